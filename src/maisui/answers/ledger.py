"""What questions about the general ledger have in common: the organisations, days and currency they mean, and the subjects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.ask import Note, merged_notes, place_of, window_at
from maisui.answers.ledger_currencies import (
    ALL_CURRENCIES,
    AMOUNTS,
    Conversion,
    LedgerRate,
    LedgerRates,
    conversion_notes,
    conversion_of,
    converted_rows,
    ledger_rates,
)
from maisui.answers.periods import Period
from maisui.answers.union import elimination_notes, member_notes
from maisui.errors import QuestionError
from maisui.metrics.measure_sql import Scope, View, Window, subtree_condition
from maisui.warehouse.reader import Reader

NIL = Decimal("0.00")
OFF_BALANCE = "off_balance"
DEBIT_POSITIVE = "CASE l.balance_side WHEN 'credit' THEN -l.balance ELSE l.balance END"
"""A balance of `ledger_day AS l` with debit positive, whatever the side of its subject."""


@dataclass(frozen=True, slots=True)
class LedgerQuestion:
    """What is asked of the ledger; `day` None is the reporting date, `organisation` None the whole bank.

    `currency` None is the currency in which most of the ledger is kept. Amounts of two currencies are never added up, unless it is
    `ALL_CURRENCIES`: then all that have a rate are converted into the local one.
    """

    organisation: str | None = None
    day: date | None = None
    period: Period = Period.MONTH
    view: View = View.AS_WAS
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class LedgerFrame:
    """What a question means in one version: the window, the accounting days delivered, the currency, and what a reader should know.

    `conversion` says how currencies are added up, None where one alone is asked for; `currency` is that of the amounts; `rates`
    are those of the accounting day on which the window's balances stand.
    """

    question: LedgerQuestion
    window: Window
    scope: Scope
    days: tuple[date, ...]
    currency: str
    currencies: tuple[str, ...]
    version: str
    notes: tuple[Note, ...] = ()
    conversion: Conversion | None = None
    rates: tuple[LedgerRate, ...] = ()
    may_convert: bool = False

    @property
    def ledger_day(self) -> date | None:
        """Return the accounting day on which the window's balances stand; None where none was delivered before its end."""
        return self.day_before(self.window.day)

    def day_before(self, day: date) -> date | None:
        """Return the last accounting day on or before `day`."""
        return max((one for one in self.days if one <= day), default=None)

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the currencies whose rows count: one, or all that are converted."""
        return self.conversion.currencies if self.conversion else (self.currency,)

    def conditions(self) -> tuple[str, list[str]]:
        """Return the condition on `ledger_day AS l` (or a table of the same columns) of currencies and organisations, with its values."""
        found = [f"l.currency IN ({', '.join('?' for _ in self.wanted)})"]
        if self.scope.organisation is not None:
            found.append(subtree_condition(self.scope, "l.organisation_code", "l.business_date"))
        return " AND ".join(found), list(self.wanted)

    def source(self, table: str) -> str:
        """Return what to read a table from: itself, or its rows with amounts in local currency at the rate of their day."""
        return table if self.conversion is None else f"({converted_rows(table, AMOUNTS[table])})"


@dataclass(frozen=True, slots=True)
class LedgerSubject:
    """One subject: its place in the tree (level 1 is the top) and on the statements; `rule_code` says what placed it there."""

    code: str
    name: str
    parent: str | None
    level: int
    side: str
    statement: str
    line: str
    rule_code: str
    children: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_unmapped(self) -> bool:
        """Return whether no rule knows the line of the subject; equity and what counts net have no finer lines to miss."""
        return self.statement == "unmapped" or (self.rule_code == "none" and self.statement in ("asset", "liability", "income"))


def ledger_frame(reader: Reader, question: LedgerQuestion) -> LedgerFrame:
    """Return what `question` means in the version that `reader` reads.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    window = window_at(reader, question.day, question.period)
    scope = place_of(reader, question.organisation, question.view)
    days = tuple(row[0] for row in reader.rows("SELECT DISTINCT business_date FROM ledger_day ORDER BY 1"))
    if not days:
        raise QuestionError("no ledger has been delivered", where="the ledger", next_step="deliver the ledger (EAST 401 and 402)")
    counted = reader.rows("SELECT currency, count(*) FROM ledger_day GROUP BY currency ORDER BY count(*) DESC, currency")
    currencies = tuple(row[0] for row in counted)
    may_convert = len(currencies) > 1
    conversion = conversion_of(reader, currencies) if question.currency == ALL_CURRENCIES and may_convert else None
    asked = None if question.currency == ALL_CURRENCIES and len(currencies) == 1 else question.currency
    currency = conversion.local if conversion else asked or str(counted[0][0])
    if conversion is None and currency not in currencies:
        raise QuestionError(
            f"the ledger has no currency {currency!r}", where="currency", next_step=f"choose one of: {', '.join(currencies)}"
        )
    frame = LedgerFrame(
        question, window, scope, days, currency, currencies, reader.manifest.version, conversion=conversion, may_convert=may_convert
    )
    if conversion is not None and frame.ledger_day is not None:
        frame = replace(frame, rates=ledger_rates(reader, conversion, [frame.ledger_day]))
    notes = [*_day_notes(frame), *_currency_notes(frame)]
    if reader.manifest.is_union:
        notes += [*member_notes(reader, window), *elimination_notes(reader, window.day)]
    if question.view is View.AS_IS:
        notes += merged_notes(reader, question.organisation)
    return replace(frame, notes=tuple(notes))


def _day_notes(frame: LedgerFrame) -> list[Note]:
    day = frame.ledger_day
    if day is None:
        return [Note(f"{frame.window.day} 及以前没有总账", f"there is no ledger of {frame.window.day} or before")]
    if day == frame.window.day:
        return []
    return [Note(f"{frame.window.day} 没有总账，取最近一次 {day}", f"there is no ledger of {frame.window.day}: the last one is of {day}")]


def _currency_notes(frame: LedgerFrame) -> list[Note]:
    if len(frame.currencies) == 1:
        return []
    if frame.conversion is not None:
        return conversion_notes(frame.conversion, frame.rates, frame.ledger_day)
    others = ", ".join(code for code in frame.currencies if code != frame.currency)
    return [
        Note(
            f"只含币种 {frame.currency}；另有 {others}，请分别查看",
            f"only {frame.currency}; the ledger has {others} besides, one at a time",
        )
    ]


def ledger_rates_on(reader: Reader, question: LedgerQuestion, days: Sequence[date] = (), *, whole_period: bool = False) -> LedgerRates:
    """Return the rates of the accounting days of the question and of `days`, and which currencies have none.

    With `whole_period` those of every accounting day of the question's period and of the one before it belong to it: flows have them.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    if frame.conversion is None:
        return LedgerRates((), ())
    start = frame.window.period_start
    wanted = {frame.day_before(day) for day in (frame.window.day, *days)}
    if whole_period:
        wanted |= {day for day in frame.days if start <= day <= frame.window.day} | {frame.day_before(start - timedelta(days=1))}
    return LedgerRates(ledger_rates(reader, frame.conversion, [day for day in wanted if day is not None]), frame.conversion.unrated)


def ledger_subjects(reader: Reader) -> dict[str, LedgerSubject]:
    """Return every subject under its code, in tree order; a parent that no list names does not exist."""
    rows = reader.rows(
        "WITH recent AS (SELECT subject_code, parent_code, subject_level, balance_side, row_number() OVER (PARTITION BY subject_code "
        "ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) AS recency FROM ledger_subject_snapshot) "
        "SELECT s.subject_code, coalesce(s.subject_name, s.subject_code), r.parent_code, coalesce(r.balance_side, 'both'), "
        "s.statement_code, s.line_code, s.rule_code FROM ledger_subject_line AS s "
        "LEFT JOIN recent AS r ON r.subject_code = s.subject_code AND r.recency = 1 ORDER BY s.subject_code"
    )
    known = {row[0]: row for row in rows}
    below: dict[str | None, list[str]] = {}
    for code, _, parent, *_ in rows:
        below.setdefault(parent if parent in known and not _runs_round(code, known) else None, []).append(code)
    found: dict[str, LedgerSubject] = {}
    waiting: list[tuple[str, str | None, int]] = [(code, None, 1) for code in reversed(below.get(None, []))]
    while waiting:
        code, parent, level = waiting.pop()
        _, name, _, side, statement, line, rule = known[code]
        found[code] = LedgerSubject(code, name, parent, level, side, statement, line, rule, tuple(below.get(code, ())))
        waiting.extend((child, code, level + 1) for child in reversed(below.get(code, [])))
    return found


def _runs_round(code: str, known: dict[str, tuple[str, ...]]) -> bool:
    """Return whether the way up from a subject comes back to it or never ends."""
    seen, place = {code}, known[code][2]
    while place in known:
        if place in seen:
            return True
        seen.add(place)
        place = known[place][2]
    return False


def balances_on(reader: Reader, frame: LedgerFrame, days: Sequence[date]) -> dict[date, dict[str, Decimal]]:
    """Return the balance of each leaf subject on each accounting day, debit positive, all organisations of the scope together."""
    wanted = sorted(set(days))
    found: dict[date, dict[str, Decimal]] = {day: {} for day in wanted}
    if not wanted:
        return found
    where, values = frame.conditions()
    rows = reader.rows(
        f"SELECT l.business_date, l.subject_code, CAST(sum({DEBIT_POSITIVE}) AS DECIMAL(38,2)) FROM {frame.source('ledger_day')} AS l "
        f"WHERE l.business_date IN ({', '.join('?' for _ in wanted)}) AND {where} GROUP BY l.business_date, l.subject_code",
        [*wanted, *values],
    )
    for day, subject, amount in rows:
        found[day][subject] = amount
    return found


def translation_on(
    reader: Reader, frame: LedgerFrame, days: Sequence[date], balances: Mapping[date, Mapping[str, Decimal]]
) -> dict[date, Decimal]:
    """Return 汇兑折算差额 on each accounting day, debit positive: what converting line by line adds to books that balance before it.

    It is the sum of everything in the books, less what the books of each currency lack in themselves, converted whole: that
    belongs to the ledger delivered, not to its conversion. Nought where one currency alone is asked for.
    """
    if frame.conversion is None:
        return dict.fromkeys(days, NIL)
    beyond = {code for code, subject in ledger_subjects(reader).items() if subject.statement == OFF_BALANCE}
    where, values = frame.conditions()
    wanted = sorted(set(days))
    rows = (
        reader.rows(
            f"SELECT l.business_date, l.currency, l.subject_code, CAST(sum({DEBIT_POSITIVE}) AS DECIMAL(38,2)) FROM ledger_day AS l "
            f"WHERE l.business_date IN ({', '.join('?' for _ in wanted)}) AND {where} GROUP BY ALL",
            [*wanted, *values],
        )
        if wanted
        else []
    )
    lacking: dict[tuple[date, str], Decimal] = {}
    for day, currency, subject, amount in rows:
        if subject not in beyond:
            lacking[day, currency] = lacking.get((day, currency), NIL) + amount
    found = {day: sum((amount for code, amount in balances[day].items() if code not in beyond), NIL) for day in wanted}
    rates = {(rate.day, rate.currency): rate for rate in ledger_rates(reader, frame.conversion, wanted)}
    for (day, currency), amount in lacking.items():
        rate = rates.get((day, currency))
        found[day] -= amount if rate is None else rate.converted(amount)
    return found
