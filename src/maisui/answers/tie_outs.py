"""Whether everything ties: the ledger against accounts on one day, subject by subject, down to outlets and accounts, and over versions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader
from maisui.warehouse.refusal import Refusal, read_refusal
from maisui.warehouse.version import Control, all_versions

_MOST_DAYS, _MOST_ACCOUNTS, _MOST_VERSIONS, _MOST_OUTLETS = 400, 50, 24, 500
_BALANCE_SHEET = ("asset", "liability")


@dataclass(frozen=True, slots=True)
class TiedDay:
    """One accounting day of the ledger: how many lines were compared with accounts, and how many differ."""

    day: date
    compared: int
    differing: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """One side of the balance sheet on one day: how much of the ledger there is held against accounts."""

    element: str
    covered: Decimal
    whole: Decimal

    @property
    def share(self) -> Decimal | None:
        """Return the covered share; None where the ledger holds nothing."""
        return self.covered / self.whole if self.whole else None


TOGETHER = "*"
"""In place of a subject: all subjects of a set in one sum."""


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One ledger subject of the whole entity on one day, with what accounts say; `share` is its part of its side of the balance sheet."""

    subject: str
    name: str | None
    element: str
    control: str
    is_covered: bool
    currency: str
    ledger: Decimal
    subledger: Decimal | None
    difference: Decimal | None
    differing: int
    share: Decimal | None

    @property
    def is_together(self) -> bool:
        """Return whether it is the sum of all subjects of its set, which are held against accounts together."""
        return self.subject == TOGETHER


@dataclass(frozen=True, slots=True)
class LoanCoverage:
    """On one day: loans that figures of loan quality count, the ledger's loans, and whether receipts equal loan accounts.

    `difference` is None where no loan accounts came on that day; `differing` counts outlets and currencies.
    """

    day: date
    counted: Decimal
    ledger: Decimal
    difference: Decimal | None
    differing: int

    @property
    def share(self) -> Decimal | None:
        """Return the share of the ledger's loans that is counted; None where the ledger holds none."""
        return self.counted / self.ledger if self.ledger else None


@dataclass(frozen=True, slots=True)
class TieDay:
    """One day: coverage, subjects with and without accounts; subjects that only accounts name come last."""

    day: date
    coverage: tuple[Coverage, ...]
    covered: tuple[SubjectLine, ...]
    uncovered: tuple[SubjectLine, ...]
    loans: LoanCoverage | None = None


@dataclass(frozen=True, slots=True)
class OutletLine:
    """One organisation under one subject on one day."""

    organisation: str
    name: str | None
    currency: str
    found_in: str
    subledger: Decimal
    ledger: Decimal
    difference: Decimal


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account under a subject that differs: what it was reported to hold, and by how much its movements miss that, if they do."""

    account_number: str
    currency: str
    balance: Decimal
    rolled: Decimal | None
    difference: Decimal | None


@dataclass(frozen=True, slots=True)
class VersionTies:
    """One kept version and its controls."""

    version: str
    reporting_date: date
    published_at: str
    controls: tuple[Control, ...]

    @property
    def broken(self) -> tuple[Control, ...]:
        """Return the controls with violations."""
        return tuple(control for control in self.controls if control.violations)


def tied_days(reader: Reader) -> tuple[TiedDay, ...]:
    """Return the accounting days of the ledger, newest first."""
    rows = reader.rows(
        "SELECT c.business_date, coalesce(t.compared, 0), coalesce(t.differing, 0) "
        "FROM (SELECT DISTINCT business_date FROM subject_coverage) AS c "
        "LEFT JOIN (SELECT business_date, count(*) AS compared, count(*) FILTER (WHERE difference_amount <> 0) AS differing "
        "FROM ledger_tie GROUP BY business_date) AS t ON t.business_date = c.business_date ORDER BY 1 DESC LIMIT ?",
        [_MOST_DAYS],
    )
    return tuple(TiedDay(*row) for row in rows)


def tie_day(reader: Reader, day: date) -> TieDay:
    """Return what ties on `day` and what nobody holds against the ledger, the largest first."""
    rows = reader.rows(
        "SELECT subject_code, subject_name, element_code, control_code, is_covered, currency, ledger_balance, subledger_balance, "
        "difference_amount, differing_count, sum(abs(ledger_balance)) OVER (PARTITION BY element_code) AS whole "
        "FROM subject_coverage WHERE business_date = ? ORDER BY abs(ledger_balance) DESC, subject_code, currency",
        [day],
    )
    lines = [on_its_side(SubjectLine(*row[:10], share=abs(row[6]) / row[10] if row[10] else None)) for row in rows]
    only = reader.rows(
        "SELECT t.subject_code, NULL, 'unknown', t.control_code, true, t.currency, sum(t.ledger_balance), sum(t.subledger_balance), "
        "sum(t.difference_amount), count(*) FILTER (WHERE t.difference_amount <> 0) FROM ledger_tie AS t WHERE t.business_date = ? "
        "AND NOT EXISTS (SELECT 1 FROM subject_coverage AS c WHERE c.business_date = t.business_date AND c.subject_code = t.subject_code "
        "AND c.currency = t.currency) GROUP BY ALL ORDER BY t.subject_code, t.currency",
        [day],
    )
    coverage = tuple(
        Coverage(
            element,
            sum((abs(line.ledger) for line in lines if line.element == element and line.is_covered), Decimal(0)),
            sum((abs(line.ledger) for line in lines if line.element == element), Decimal(0)),
        )
        for element in _BALANCE_SHEET
    )
    covered = sorted((line for line in lines if line.is_covered), key=lambda line: (not line.differing, -abs(line.ledger), line.subject))
    uncovered = [line for line in lines if not line.is_covered and line.ledger and line.element not in ("result", "equity")]
    loans = loan_coverage(reader, day)
    on_the_day = loans if loans is not None and loans.day == day else None
    return TieDay(day, coverage, (*covered, *(SubjectLine(*row, share=None) for row in only)), tuple(uncovered), on_the_day)


def on_its_side(line: SubjectLine) -> SubjectLine:
    """Return the line with its accounts signed as its ledger balance is: tie-outs of assets hold a credit balance below zero."""
    if line.subledger is None or line.difference is None or not line.ledger or line.subledger - line.difference != -line.ledger:
        return line
    return replace(line, subledger=-line.subledger, difference=-line.difference)


def loan_coverage(reader: Reader, day: date) -> LoanCoverage | None:
    """Return how much of the ledger's loans is counted on the last day up to `day` that has both; None where there is none."""
    rows = reader.rows(
        "SELECT business_date, sum(counted_balance), sum(ledger_balance), sum(difference_amount), "
        "count(*) FILTER (WHERE difference_amount <> 0) FROM loan_tie WHERE ledger_balance IS NOT NULL AND business_date <= ? "
        "GROUP BY business_date ORDER BY business_date DESC LIMIT 1",
        [day],
    )
    return LoanCoverage(*rows[0]) if rows else None


def tie_outlets(reader: Reader, day: date, subject: str) -> tuple[OutletLine, ...]:
    """Return the organisations under `subject` on `day`, those that differ first."""
    rows = reader.rows(
        "SELECT t.organisation_code, o.organisation_name, t.currency, t.found_in, t.subledger_balance, t.ledger_balance, "
        "t.difference_amount FROM ledger_tie AS t LEFT JOIN organisation AS o ON o.organisation_code = t.organisation_code "
        "WHERE t.business_date = ? AND t.subject_code = ? ORDER BY abs(t.difference_amount) DESC, t.organisation_code, t.currency LIMIT ?",
        [day, subject, _MOST_OUTLETS],
    )
    return tuple(OutletLine(*row) for row in rows)


def tie_accounts(reader: Reader, day: date, subject: str, organisation: str) -> tuple[AccountLine, ...]:
    """Return the accounts behind a difference: those whose movements miss their balance, then those that moved on that day."""
    rows = reader.rows(
        "SELECT s.account_number, s.currency, s.balance, b.rolled_balance, b.difference_amount FROM account_snapshot AS s "
        "LEFT JOIN balance_break AS b ON b.account_number = s.account_number AND b.currency = s.currency AND b.reported_on = s.reported_on "
        "WHERE s.reported_on = ? AND s.organisation_code = ? AND coalesce(s.subject_code, 'none') = ? AND s.balance IS NOT NULL "
        "AND (b.account_number IS NOT NULL OR EXISTS (SELECT 1 FROM account_transaction AS t "
        "WHERE t.account_number = s.account_number AND t.currency = s.currency AND t.posted_on = s.reported_on)) "
        "ORDER BY b.difference_amount IS NULL, abs(b.difference_amount) DESC, s.account_number, s.currency LIMIT ?",
        [day, organisation, subject, _MOST_ACCOUNTS],
    )
    return tuple(AccountLine(*row) for row in rows)


def control_history(home: Home) -> tuple[VersionTies, ...]:
    """Return the kept versions with their controls, the newest publication first."""
    kept = all_versions(home.versions) if home.versions.is_dir() else ()
    found = [VersionTies(one.version, one.reporting_date, one.published_at, one.controls) for one in kept]
    return tuple(reversed(found))[:_MOST_VERSIONS]


def stopped_batch(home: Home) -> Refusal | None:
    """Return the batch that controls have kept from being published since the last publication."""
    return read_refusal(home.entity)
