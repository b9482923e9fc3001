"""A union's balance sheet: what its members show together, what is taken out of it, and what is left, in all currencies together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ask import Note
from maisui.answers.ledger import DEBIT_POSITIVE, NIL, LedgerFrame, LedgerQuestion, ledger_frame, ledger_subjects
from maisui.answers.ledger_currencies import ALL_CURRENCIES, conversion_notes
from maisui.answers.statement_lines import LINE_NAMES
from maisui.warehouse.home import ELIMINATION
from maisui.warehouse.reader import Reader

_IN_DEBIT = ("asset", "joint")
_STATEMENTS = (*_IN_DEBIT, "liability", "equity", "income")


@dataclass(frozen=True, slots=True)
class ConsolidatedLine:
    """One statement line of the consolidated balance sheet: its side, what members show together, and what is taken out of it."""

    statement: str
    line: str
    summed: Decimal
    eliminated: Decimal

    @property
    def consolidated(self) -> Decimal:
        """Return what is left of it over the whole union."""
        return self.summed + self.eliminated


@dataclass(frozen=True, slots=True)
class ConsolidatedSheet:
    """The lines of a day, the currency of their amounts, and whether other currencies are converted into it, at which rates."""

    currency: str
    is_converted: bool
    lines: tuple[ConsolidatedLine, ...]
    notes: tuple[Note, ...]


def consolidated_sheet(reader: Reader, day: date) -> ConsolidatedSheet:
    """Return the balance sheet of the union on `day`, line by line; assets and joint subjects positive in debit, others in credit.

    Members' ledgers in several currencies are converted as on the page of the general ledger, on its accounting day.

    Raises:
        QuestionError: when the day lies outside the history, or no ledger was delivered.
    """
    frame = ledger_frame(reader, LedgerQuestion(day=day, currency=ALL_CURRENCIES))
    if frame.conversion is None:
        return ConsolidatedSheet(frame.currency, False, _of_day(reader, day, frame.currency), ())
    notes = tuple(conversion_notes(frame.conversion, frame.rates, frame.ledger_day))
    return ConsolidatedSheet(frame.currency, True, _converted(reader, frame), notes)


def _of_day(reader: Reader, day: date, currency: str) -> tuple[ConsolidatedLine, ...]:
    rows = reader.rows(
        "SELECT statement_code, line_code, CAST(coalesce(sum(balance) FILTER (WHERE organisation_code <> ?), 0) AS DECIMAL(38,2)), "
        "CAST(coalesce(sum(balance) FILTER (WHERE organisation_code = ?), 0) AS DECIMAL(38,2)) FROM ledger_line_day "
        f"WHERE business_date = ? AND currency = ? AND statement_code IN ({', '.join('?' for _ in _STATEMENTS)}) "
        "GROUP BY statement_code, line_code",
        [ELIMINATION, ELIMINATION, day, currency, *_STATEMENTS],
    )
    return _in_order(ConsolidatedLine(*row) for row in rows)


def _in_order(lines: Iterable[ConsolidatedLine]) -> tuple[ConsolidatedLine, ...]:
    """Return lines in the order of the statements."""
    order = list(LINE_NAMES)
    return tuple(sorted(lines, key=lambda one: (one.statement, order.index(one.line) if one.line in order else len(order), one.line)))


def _converted(reader: Reader, frame: LedgerFrame) -> tuple[ConsolidatedLine, ...]:
    if frame.ledger_day is None:
        return ()
    where, values = frame.conditions()
    rows = reader.rows(
        f"SELECT l.subject_code, l.organisation_code = ?, CAST(sum({DEBIT_POSITIVE}) AS DECIMAL(38,2)) "
        f"FROM {frame.source('ledger_day')} AS l WHERE l.business_date = ? AND {where} GROUP BY 1, 2",
        [ELIMINATION, frame.ledger_day, *values],
    )
    subjects = ledger_subjects(reader)
    found: dict[tuple[str, str], list[Decimal]] = {}
    for code, is_taken_out, amount in rows:
        subject = subjects.get(code)
        if subject is not None and subject.statement in _STATEMENTS:
            sides = found.setdefault((subject.statement, subject.line), [NIL, NIL])
            sides[is_taken_out] += amount if subject.statement in _IN_DEBIT else -amount
    return _in_order(ConsolidatedLine(*place, *sides) for place, sides in found.items())
