"""Balance sheet and income statement of one organisation with all below it, at several days side by side, to the cent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ask import Note
from maisui.answers.ledger import (
    NIL,
    OFF_BALANCE,
    LedgerFrame,
    LedgerQuestion,
    LedgerSubject,
    balances_on,
    ledger_frame,
    ledger_subjects,
    translation_on,
)
from maisui.answers.periods import window_of
from maisui.answers.statement_lines import (
    ASSET_LINES,
    CHECK,
    EQUITY_LINES,
    INCOME_LAYOUT,
    INCOME_LINES,
    LIABILITY_LINES,
    LINE,
    LINE_NAMES,
    SECTION,
    SUBJECT,
    TOTAL,
    TRANSLATION,
    Entry,
)
from maisui.metrics.measure_sql import Window
from maisui.warehouse.reader import Reader

Amounts = tuple[Decimal | None, ...]
JOINT, INCOME, UNMAPPED = "joint", "income", "unmapped"


@dataclass(frozen=True, slots=True)
class StatementColumn:
    """One column: the day asked, the accounting day it stands on (None: no ledger), and for flows the span that is added up."""

    day: date
    ledger_day: date | None
    period_start: date | None = None


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line: a section, a line, a subject below it, a total or the check of balance; one amount for each column.

    `code` names the line, or the subject; `line` is the line a subject stands on. Amounts are positive on the side of their section;
    `is_share` marks a quotient, `formula` is that of a line of the bank's own, `budget` what was planned for the first column; `unplanned`
    names the lines of a total that have none, so that it has none itself.
    """

    kind: str
    code: str
    level: int
    amounts: Amounts
    name_zh: str
    name_en: str
    line: str = ""
    is_unmapped: bool = False
    is_share: bool = False
    formula: str = ""
    budget: Decimal | None = None
    unplanned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with everything that decides it; `whole` is the code of the total of which its lines are parts."""

    code: str
    frame: LedgerFrame
    columns: tuple[StatementColumn, ...]
    lines: tuple[StatementLine, ...]
    whole: str
    notes: tuple[Note, ...]

    def line(self, code: str) -> StatementLine:
        """Return the line, section or total called `code`."""
        return next(line for line in self.lines if line.code == code and line.kind != SUBJECT)


def balance_sheet(reader: Reader, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
    """Return assets, liabilities and equity at the question's day and at each of `days`, each on the accounting day that stands then.

    Joint subjects count net, each on the side on which it stands within the scope; what stands between the organisations of
    the scope falls away. Total assets = liabilities + equity + the year's result, unless subjects stand on no statement or the
    delivered ledger is out of balance: both have lines of their own. With all currencies converted, what conversion itself makes of
    books that balance stands in equity as a line of its own.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    asked = (frame.window.day, *days)
    columns = tuple(StatementColumn(day, frame.day_before(day)) for day in asked)
    wanted = [column.ledger_day for column in columns if column.ledger_day is not None]
    balances = balances_on(reader, frame, wanted)
    translated = translation_on(reader, frame, wanted, balances)
    subjects = ledger_subjects(reader)
    sheet = _Sheet(
        subjects,
        tuple(None if column.ledger_day is None else balances[column.ledger_day] for column in columns),
        tuple(None if column.ledger_day is None else translated[column.ledger_day] for column in columns),
    )
    return Statement("balance_sheet", frame, columns, tuple(sheet.lines()), "total_assets", frame.notes)


def income_statement(reader: Reader, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
    """Return what result subjects added to profit over the question's period, and over the same period up to each of `days`.

    Costs are negative, so that every total is a sum; net profit equals the metric of that name. A span without any accounting
    day has no amounts.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    first = reader.manifest.first_date
    windows = [frame.window, *(window_of(day, question.period, first) for day in days)]
    columns = tuple(flow_column(frame, window, first) for window in windows)
    subjects = ledger_subjects(reader)
    results = results_of(reader, frame, columns)
    flows = tuple(None if column.ledger_day is None else found for column, found in zip(columns, results, strict=True))
    lines = _laid_out(INCOME_LAYOUT, _by_line(subjects, INCOME, INCOME_LINES, "other_result"), flows)
    return Statement("income_statement", frame, columns, tuple(lines), "operating_income", (*frame.notes, *_span_notes(frame, columns[0])))


def flow_column(frame: LedgerFrame, window: Window, first: date) -> StatementColumn:
    """Return the column of a flow over a window; without an accounting day in it there is none."""
    inside = max((day for day in frame.days if window.period_start <= day <= window.day), default=None)
    return StatementColumn(window.day, inside if window.day >= first else None, window.period_start)


def _span_notes(frame: LedgerFrame, column: StatementColumn) -> tuple[Note, ...]:
    """Return what is wrong with the span of a flow: no accounting day in it, or one that reaches back before it."""
    start = frame.window.period_start
    if column.ledger_day is None:
        return (
            Note(f"{start} 至 {frame.window.day} 没有总账日，无发生额", f"no accounting day from {start} to {frame.window.day}: no flows"),
        )
    before = max((day for day in frame.days if day < start), default=None)
    if before is None or (start - before).days == 1 or before.year != start.year:
        return ()
    return (
        Note(
            f"{before} 之后才有下一总账日，发生额自 {before} 次日起算",
            f"the accounting day before is {before}: the flow begins after that day",
        ),
    )


def results_of(reader: Reader, frame: LedgerFrame, columns: Sequence[StatementColumn]) -> list[dict[str, Decimal]]:
    """Return what each result subject added to profit over each column's span."""
    found: list[dict[str, Decimal]] = [{} for _ in columns]
    spans = [(place, column) for place, column in enumerate(columns) if column.ledger_day is not None]
    if not spans:
        return found
    where, values = frame.conditions()
    source = frame.source("income_day")
    listed = ", ".join(f"({place}, DATE '{column.period_start}', DATE '{column.day}')" for place, column in spans)
    rows = reader.rows(
        f"WITH w(place, first_day, last_day) AS (VALUES {listed}) "
        f"SELECT w.place, l.subject_code, CAST(sum(l.profit_amount) AS DECIMAL(38,2)) FROM {source} AS l "
        f"INNER JOIN w ON l.business_date >= w.first_day AND l.business_date <= w.last_day WHERE {where} GROUP BY w.place, l.subject_code",
        values,
    )
    for place, subject, amount in rows:
        found[place][subject] = amount
    return found


def _by_line(subjects: Mapping[str, LedgerSubject], statement: str, lines: Sequence[str], rest: str) -> dict[str, list[LedgerSubject]]:
    """Return the subjects of a statement by line; one whose line belongs to another statement stands on the line `rest`."""
    found: dict[str, list[LedgerSubject]] = {line: [] for line in lines}
    for subject in subjects.values():
        if subject.statement == statement:
            found[subject.line if subject.line in found else rest].append(subject)
    return found


def _laid_out(
    layout: Sequence[Entry],
    by_line: Mapping[str, Sequence[LedgerSubject]],
    columns: Sequence[Mapping[str, Decimal] | None],
) -> list[StatementLine]:
    """Return the entries of a layout with their amounts, each line followed by its subjects."""
    found: list[StatementLine] = []
    for entry in layout:
        members = [subject for line in entry.lines for subject in by_line[line]]
        amounts = tuple(None if column is None else sum((column.get(s.code, NIL) for s in members), NIL) for column in columns)
        found.append(StatementLine(entry.kind, entry.code, entry.level, amounts, *LINE_NAMES[entry.code]))
        if entry.kind == LINE:
            found += _subject_lines(members, entry, columns, lambda amount: amount)
    return found


def _subject_lines(
    members: Sequence[LedgerSubject],
    entry: Entry,
    columns: Sequence[Mapping[str, Decimal] | None],
    signed: Callable[[Decimal], Decimal],
) -> list[StatementLine]:
    """Return one line for each subject that holds something in one of the columns."""
    found: list[StatementLine] = []
    for subject in members:
        amounts = tuple(None if column is None else signed(column.get(subject.code, NIL)) for column in columns)
        if any(amounts):
            found.append(
                StatementLine(SUBJECT, subject.code, entry.level + 1, amounts, subject.name, subject.name, entry.code, subject.is_unmapped)
            )
    return found


class _Sheet:
    """The balance sheet in the making: balances (debit positive) of every subject in each column."""

    def __init__(self, subjects: Mapping[str, LedgerSubject], columns: Sequence[Mapping[str, Decimal] | None], translated: Amounts) -> None:
        self._subjects, self._columns, self._translated = subjects, columns, translated

    def lines(self) -> list[StatementLine]:
        asset = _by_line(self._subjects, "asset", ASSET_LINES, "other_asset")
        liability = _by_line(self._subjects, "liability", LIABILITY_LINES, "other_liability")
        equity = _by_line(self._subjects, "equity", EQUITY_LINES, "other_equity")
        joint = [subject for subject in self._subjects.values() if subject.statement == JOINT]
        result = [subject for subject in self._subjects.values() if subject.statement == INCOME]
        found = [self._section("assets")]
        debit = self._part(found, [*asset.items(), ("joint_debit", joint)], _debit)
        found.append(self._total("total_assets", debit))
        found.append(self._section("liabilities"))
        owed = self._part(found, [*liability.items(), ("joint_credit", joint)], _credit)
        found.append(self._total("total_liabilities", owed))
        found.append(self._section("equity"))
        own = self._part(found, [*equity.items(), ("current_result", result)], _credit)
        if any(self._translated):
            found.append(StatementLine(LINE, TRANSLATION, 1, self._translated, *LINE_NAMES[TRANSLATION]))
            own = _added(own, self._translated)
        found.append(self._total("total_equity", own))
        found.append(self._total("liabilities_and_equity", _added(owed, own)))
        unmapped = self._alone(found, UNMAPPED)
        gap = _added(_added(debit, unmapped), _negated(_added(owed, own)))
        found.append(StatementLine(CHECK, "imbalance", 0, gap, *LINE_NAMES["imbalance"]))
        self._alone(found, OFF_BALANCE)
        return found

    def _section(self, code: str) -> StatementLine:
        return StatementLine(SECTION, code, 0, tuple(None for _ in self._columns), *LINE_NAMES[code])

    def _total(self, code: str, amounts: Amounts) -> StatementLine:
        return StatementLine(TOTAL, code, 0, amounts, *LINE_NAMES[code])

    def _part(
        self, found: list[StatementLine], parts: Sequence[tuple[str, Sequence[LedgerSubject]]], signed: Callable[[Decimal], Decimal]
    ) -> Amounts:
        """Add the lines of one side to `found` and return what they come to."""
        total: Amounts = tuple(None if column is None else NIL for column in self._columns)
        for code, members in parts:
            of_line = _positive(signed) if code.startswith("joint_") else signed
            rows = _subject_lines(members, Entry(LINE, code, 1), self._columns, of_line)
            amounts = self._sum_of(rows)
            found.append(StatementLine(LINE, code, 1, amounts, *LINE_NAMES[code]))
            found += rows
            total = _added(total, amounts)
        return total

    def _alone(self, found: list[StatementLine], statement: str) -> Amounts:
        """Add what stands on no statement, subject by subject, debit positive; nothing where there is nothing."""
        members = [subject for subject in self._subjects.values() if subject.statement == statement]
        rows = _subject_lines(members, Entry(LINE, statement, 0), self._columns, _debit)
        amounts = self._sum_of(rows)
        if rows:
            found.append(StatementLine(LINE, statement, 0, amounts, *LINE_NAMES[statement]))
            found += rows
        return amounts

    def _sum_of(self, rows: Sequence[StatementLine]) -> Amounts:
        return tuple(
            None if column is None else sum((row.amounts[place] or NIL for row in rows), NIL) for place, column in enumerate(self._columns)
        )


def _debit(amount: Decimal) -> Decimal:
    return amount


def _credit(amount: Decimal) -> Decimal:
    return -amount


def _positive(signed: Callable[[Decimal], Decimal]) -> Callable[[Decimal], Decimal]:
    """Return `signed` for a subject that stands on one of two sides: nothing where it stands on the other."""
    return lambda amount: max(signed(amount), NIL)


def _added(one: Amounts, other: Amounts) -> Amounts:
    return tuple(None if a is None or b is None else a + b for a, b in zip(one, other, strict=True))


def _negated(amounts: Amounts) -> Amounts:
    return tuple(None if amount is None else -amount for amount in amounts)
