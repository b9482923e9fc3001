"""What becomes of loans of each class within 3, 6 or 12 months: counts of past cohorts, and what balances to expect of today's loans.

A cohort is every loan on a month end; it is looked at again `months` later. Cohorts follow each other without overlapping, back from
the last month end, so that a loan and a month are counted once and intervals mean what they say. Expected balances are today's by
class times what earlier balances of that class became; loans not yet granted are not in it. Loans in yuan, without entrusted ones.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from maisui.models.measures import wilson
from maisui.warehouse.reader import Reader

HORIZONS = (3, 6, 12)
OPENING = ("pass", "special_mention", "substandard", "doubtful", "loss", "unclassified")
CLOSING = (*OPENING, "settled", "written_off", "transferred")
_MOST_MONTHS = 36
_CENT, _ZERO = Decimal("0.01"), Decimal("0.00")
_DIGITS = 60


@dataclass(frozen=True, slots=True)
class MigrationCell:
    """Of the loans of a class, how many became another, and the 95 % interval of the share (Wilson)."""

    closing: str
    count: int
    share: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """One class: its loans in all cohorts, what became of them, its balance today, and what is expected in this class in `months`.

    `expected` is None where a class of today was in no cohort.
    """

    opening: str
    count: int
    cells: tuple[MigrationCell, ...]
    balance: Decimal
    expected: Decimal | None


@dataclass(frozen=True, slots=True)
class ClassMigration:
    """The matrix of `months`: cohorts by their days, rows by class; `leaves` is what is expected to be settled, written off or sold."""

    day: date
    months: int
    cohorts: tuple[date, ...]
    rows: tuple[MigrationRow, ...]
    balance: Decimal
    expected: Decimal | None
    leaves: Decimal | None


def class_migration(reader: Reader, organisations: tuple[str, ...] | None, months: int) -> ClassMigration | None:
    """Return what became of loans kept at or below `organisations` (None is the whole bank); None without a month end to look back from."""
    ends = [
        day
        for (day,) in reader.rows(
            "SELECT DISTINCT business_date FROM customer_fact_month WHERE business_date = last_day(business_date) ORDER BY 1 DESC"
        )
    ][:_MOST_MONTHS]
    if not ends:
        return None
    pairs = [(ends[place + months], ends[place]) for place in range(0, len(ends) - months, months)]
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    before: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    became: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: _ZERO))
    for opening_on, closing_on in pairs:
        for opening, closing, count, balance, remaining in _moved(reader, organisations, opening_on, closing_on):
            counts[opening][closing] += count
            before[opening] += balance
            became[opening][closing] += remaining
    now = dict(_balances(reader, organisations, ends[0]))
    expected = _expected(now, before, became) if all(before.get(name) for name in now) else None
    return ClassMigration(
        day=ends[0],
        months=months,
        cohorts=tuple(opening for opening, _ in pairs),
        rows=tuple(
            MigrationRow(
                opening=name,
                count=sum(counts[name].values()),
                cells=tuple(
                    _cell(closing, counts[name][closing], sum(counts[name].values())) for closing in CLOSING if counts[name][closing]
                ),
                balance=now.get(name, _ZERO),
                expected=None if expected is None else expected.get(name, _ZERO),
            )
            for name in OPENING
            if counts[name] or name in now or (expected or {}).get(name)
        ),
        balance=sum(now.values(), _ZERO),
        expected=None if expected is None else sum(expected.values(), _ZERO),
        leaves=None if expected is None else sum(now.values(), _ZERO) - sum(expected.values(), _ZERO),
    )


def _expected(now: dict[str, Decimal], before: dict[str, Decimal], became: dict[str, dict[str, Decimal]]) -> dict[str, Decimal]:
    """Return what today's balances become, class by class, to the cent."""
    with localcontext(prec=_DIGITS):
        return {
            closing: sum((balance * became[name][closing] / before[name] for name, balance in now.items()), _ZERO).quantize(
                _CENT, ROUND_HALF_UP
            )
            for closing in OPENING
        }


def _cell(closing: str, count: int, of: int) -> MigrationCell:
    low, high = wilson(count, of)
    return MigrationCell(closing, count, Decimal(count) / of, Decimal(str(low)), Decimal(str(high)))


_LEFT = "('settled', 'written_off', 'transferred')"
_LIVE = f"l.product_code <> '委托贷款' AND l.currency = 'CNY' AND s.balance > 0 AND s.loan_status NOT IN {_LEFT}"


def _at(name: str, place: str) -> str:
    return f"{name}.valid_from <= {place} AND ({name}.valid_until IS NULL OR {name}.valid_until > {place})"


def _within(organisations: tuple[str, ...] | None) -> tuple[str, tuple[str, ...]]:
    if organisations is None:
        return "", ()
    places = ", ".join("?" for _ in organisations) or "NULL"
    asked = f"AND s.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
    return asked, organisations


def _moved(
    reader: Reader, organisations: tuple[str, ...] | None, opening_on: date, closing_on: date
) -> list[tuple[str, str, int, Decimal, Decimal]]:
    """Return for each class on a day and what became of it: loans, their balance, and what remains of it, never more than it was."""
    within, codes = _within(organisations)
    return reader.rows(
        f"""
WITH later AS (
  SELECT loan_number, balance, loan_class, loan_status, valid_until IS NOT NULL AND valid_until <= DATE '{closing_on}' AS is_gone
  FROM loan_state
  WHERE valid_from <= DATE '{closing_on}'
  QUALIFY row_number() OVER (PARTITION BY loan_number ORDER BY valid_from DESC) = 1
),
moved AS (
  SELECT
    s.loan_class AS opening, s.balance,
    CASE
      WHEN c.loan_status IN ('written_off', 'transferred') THEN c.loan_status
      WHEN c.is_gone OR c.balance = 0 OR c.loan_status = 'settled' THEN 'settled'
      ELSE c.loan_class
    END AS closing,
    least(s.balance, c.balance) AS remaining
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  INNER JOIN later AS c ON c.loan_number = s.loan_number
  WHERE {_at("s", f"DATE '{opening_on}'")} AND {_LIVE} {within}
)
SELECT opening, closing, count(*), CAST(sum(balance) AS DECIMAL(38,2)), CAST(sum(remaining) AS DECIMAL(38,2))
FROM moved
GROUP BY opening, closing
ORDER BY opening, closing""",
        list(codes),
    )


def _balances(reader: Reader, organisations: tuple[str, ...] | None, day: date) -> list[tuple[str, Decimal]]:
    within, codes = _within(organisations)
    return reader.rows(
        f"""
SELECT s.loan_class, CAST(sum(s.balance) AS DECIMAL(38,2))
FROM loan_state AS s
INNER JOIN loan AS l ON l.loan_number = s.loan_number
WHERE {_at("s", f"DATE '{day}'")} AND {_LIVE} {within}
GROUP BY s.loan_class
ORDER BY s.loan_class""",
        list(codes),
    )
