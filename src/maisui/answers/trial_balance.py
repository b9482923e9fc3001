"""The trial balance 业务状况表: what every subject opened with, what moved on both sides, and what it closed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from maisui.answers.ask import Note
from maisui.answers.ledger import NIL, OFF_BALANCE, LedgerFrame, LedgerQuestion, LedgerSubject, ledger_frame, ledger_subjects
from maisui.answers.ledger_currencies import ledger_rates
from maisui.metrics.measure_sql import last_month_end
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.warehouse.reader import Reader

SIDES = 6
_NOTHING = (NIL,) * SIDES
_OPENING_SIDES = "g.opening_debit_balance, g.opening_credit_balance"
_CLOSING_SIDES = "g.closing_debit_balance, g.closing_credit_balance"

Sides = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]
"""Opening debit and credit, turnover debit and credit, closing debit and credit."""


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """One subject: balances on both sides before, moved and after; None where the ledger does not say.

    `difference` is opening plus debit less credit, less closing (debit positive): anything but zero is a gap in what was delivered.
    `translation` is 汇兑折算差额, what rates that moved between opening and closing made of it; it is no part of the difference.
    """

    subject: LedgerSubject
    opening_debit: Decimal | None
    opening_credit: Decimal | None
    debit: Decimal | None
    credit: Decimal | None
    closing_debit: Decimal
    closing_credit: Decimal
    translation: Decimal = NIL

    @property
    def difference(self) -> Decimal | None:
        """Return what the subject misses, None where opening or turnover are not known."""
        if self.opening_debit is None or self.opening_credit is None or self.debit is None or self.credit is None:
            return None
        rolled = self.opening_debit - self.opening_credit + self.debit - self.credit
        return rolled - self.closing_debit + self.closing_credit - self.translation


@dataclass(frozen=True, slots=True)
class TrialBalanceTotal:
    """The sums over all subjects in the books, or all beyond them: debits must equal credits in each pair.

    `translation` is that of all its subjects; `rounded` is what rounding converted lines made of debit less credit in each pair.
    """

    opening_debit: Decimal | None
    opening_credit: Decimal | None
    debit: Decimal | None
    credit: Decimal | None
    closing_debit: Decimal
    closing_credit: Decimal
    translation: Decimal = NIL
    rounded: tuple[Decimal, Decimal, Decimal] = (NIL, NIL, NIL)

    @property
    def pairs(self) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        """Return debit and credit of opening, turnover and closing."""
        return ((self.opening_debit, self.opening_credit), (self.debit, self.credit), (self.closing_debit, self.closing_credit))

    @property
    def differences(self) -> tuple[Decimal | None, ...]:
        """Return debit less credit of opening, turnover and closing, without what rounding made of it."""
        return tuple(
            None if debit is None or credit is None else debit - credit - made
            for (debit, credit), made in zip(self.pairs, self.rounded, strict=True)
        )

    @property
    def is_balanced(self) -> bool:
        """Return whether no pair that is known differs."""
        return not any(self.differences)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The trial balance of a scope: `opened_after` is the day whose closing it opens with, `closed_on` the accounting day it ends on."""

    frame: LedgerFrame
    opened_after: date | None
    closed_on: date | None
    rows: tuple[TrialBalanceRow, ...]
    total: TrialBalanceTotal | None
    off_balance: TrialBalanceTotal | None
    breaks: int
    notes: tuple[Note, ...]

    @property
    def deepest(self) -> int:
        """Return the lowest level of the tree."""
        return max((row.subject.level for row in self.rows), default=1)


def trial_balance(reader: Reader, question: LedgerQuestion) -> TrialBalance:
    """Return the trial balance of a scope over a period, subjects in tree order, upper ones as the sums of what lies below.

    Both sides stand gross: what one organisation owes another is not netted. Turnover is added up over the accounting days whose
    own spans cover the period without overlap; where those are longer than the period (a monthly ledger, one day asked), the
    span is that of the ledger, and a note says so. A ledger without turnover has None there.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    closed_on = max((day for day in frame.days if frame.window.period_start <= day <= frame.window.day), default=None)
    if closed_on is None:
        return TrialBalance(frame, None, None, (), None, None, 0, (*frame.notes, _no_day(frame)))
    spans = _spans(reader, frame, closed_on)
    is_told = bool(spans)
    opened_after = spans[0][0] - timedelta(days=1) if spans else max((day for day in frame.days if day < closed_on), default=None)
    asked = _Asked([day for _, day in spans] or [closed_on], None if is_told else opened_after, opened_after or closed_on)
    leaves = _leaf_sides(reader, frame, asked)
    subjects = ledger_subjects(reader)
    has_opening = is_told or opened_after is not None
    made = _Translated(reader, frame, asked) if frame.conversion else None
    gaps = made.by_leaf(leaves) if made and has_opening and is_told else {}
    rows = tuple(_rows(subjects, leaves, gaps, has_opening=has_opening, has_turnover=is_told))
    on, off = (
        _total([row for row in rows if not row.subject.children and (row.subject.statement == OFF_BALANCE) is beyond], made)
        for beyond in (False, True)
    )
    notes = (*frame.notes, *_span_notes(frame, spans, is_told=is_told))
    return TrialBalance(frame, opened_after, closed_on, rows, on, off, _breaks(reader, frame, closed_on), notes)


def _no_day(frame: LedgerFrame) -> Note:
    start, end = frame.window.period_start, frame.window.day
    return Note(f"{start} 至 {end} 没有总账日", f"no accounting day from {start} to {end}")


def _spans(reader: Reader, frame: LedgerFrame, closed_on: date) -> list[tuple[date, date]]:
    """Return first and last day of the ledgers whose turnovers add up to the period, oldest first; none where a ledger tells none."""
    told: dict[date, str | None] = dict(
        reader.rows(
            "SELECT reported_on, max(period_kind) FROM ledger_snapshot WHERE reported_on <= ? GROUP BY reported_on "
            "HAVING max(abs(opening_debit_balance) + abs(opening_credit_balance) + abs(debit_amount) + abs(credit_amount)) > 0",
            [closed_on],
        )
    )
    found: list[tuple[date, date]] = []
    day: date | None = closed_on
    while day is not None and day in told:
        start = _first_day(day, told[day], frame.days)
        found.append((start, day))
        if start <= frame.window.period_start:
            break
        day = frame.day_before(start - timedelta(days=1))
    if not found or found[0][1] != closed_on:
        return []
    return found[::-1]


def _first_day(day: date, period_kind: str | None, days: Sequence[date]) -> date:
    """Return the first day that the turnover of a ledger covers, by the period it was reported for."""
    match period_kind:
        case "day":
            return day
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "half_year":
            return day.replace(month=(day.month - 1) // 6 * 6 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
        case "month":
            return last_month_end(day) + timedelta(days=1)
        case _:
            before = max((one for one in days if one < day), default=None)
            return day if before is None else before + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The accounting days whose turnover counts, the day whose closing opens it (None: the delivered opening), that of its rate."""

    days: Sequence[date]
    opening_day: date | None
    opening_rate_day: date


def _leaf_sides(reader: Reader, frame: LedgerFrame, asked: _Asked) -> dict[str, Sides]:
    """Return the six sides of every leaf subject; the opening is the delivered one of the first day, or the closing of `opening_day`.

    With all currencies together openings have the rate of the day they stand on, turnover and closing those of their accounting days.
    """
    where, values = frame.conditions()
    listed = ", ".join(f"DATE '{day}'" for day in asked.days)
    first, last = f"DATE '{asked.days[0]}'", f"DATE '{asked.days[-1]}'"
    opened, opened_on = (_OPENING_SIDES, first) if asked.opening_day is None else (_CLOSING_SIDES, f"DATE '{asked.opening_day}'")
    opened_debit, opened_credit = opened.split(", ")
    turned_debit, turned_credit = "g.debit_amount", "g.credit_amount"
    closed_debit, closed_credit = _CLOSING_SIDES.split(", ")
    rates = ""
    if frame.conversion is not None:
        opened_debit, opened_credit = (in_local_currency(side, "o") for side in (opened_debit, opened_credit))
        turned_debit, turned_credit = (in_local_currency(side, "r") for side in (turned_debit, turned_credit))
        closed_debit, closed_credit = (in_local_currency(side, "r") for side in (closed_debit, closed_credit))
        opened_at = f"DATE '{asked.opening_rate_day}'"
        rates = f"{rate_of_day('l', opened_at, 'o')} {rate_of_day('l', 'l.business_date', 'r')} "
    rows = reader.rows(
        "SELECT l.subject_code, "
        f"{_sum_on(opened_debit, opened_on)}, {_sum_on(opened_credit, opened_on)}, "
        f"{_sum_on(turned_debit, None, listed)}, {_sum_on(turned_credit, None, listed)}, "
        f"{_sum_on(closed_debit, last)}, {_sum_on(closed_credit, last)} "
        "FROM ledger_day AS l INNER JOIN ledger_snapshot AS g ON g.reported_on = l.business_date "
        "AND g.organisation_code = l.organisation_code AND g.subject_code = l.subject_code AND g.currency = l.currency "
        f"{rates}WHERE l.business_date IN ({listed}, {opened_on}) AND {where} GROUP BY l.subject_code",
        values,
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _sum_on(amount: str, day: str | None, listed: str = "") -> str:
    condition = f"l.business_date = {day}" if day is not None else f"l.business_date IN ({listed})"
    return f"CAST(coalesce(sum(CASE WHEN {condition} THEN {amount} END), 0) AS DECIMAL(38,2))"


class _Translated:
    """What conversion made of a trial balance: gaps that are not in the books of any currency by itself."""

    def __init__(self, reader: Reader, frame: LedgerFrame, asked: _Asked) -> None:
        conversion = frame.conversion
        codes = conversion.currencies if conversion else ()
        self._apart = {code: _leaf_sides(reader, replace(frame, conversion=None, currency=code), asked) for code in codes}
        found = ledger_rates(reader, conversion, (asked.opening_rate_day, *asked.days)) if conversion else ()
        self._rates = {(rate.day, rate.currency): rate for rate in found}
        self._opened_on, self._closed_on = asked.opening_rate_day, asked.days[-1]
        where, values = frame.conditions()
        self._turned = reader.rows(
            "SELECT l.business_date, l.currency, l.subject_code, CAST(sum(l.debit_amount - l.credit_amount) AS DECIMAL(38,2)) "
            f"FROM ledger_day AS l WHERE l.business_date IN ({', '.join('?' for _ in asked.days)}) AND {where} GROUP BY ALL",
            [*asked.days, *values],
        )

    def by_leaf(self, leaves: Mapping[str, Sides]) -> dict[str, Decimal]:
        """Return what each leaf subject misses between opening and closing beyond what it misses in its own currencies."""
        found = {code: _gap(sides) for code, sides in leaves.items()}
        for currency, held in self._apart.items():
            for code, sides in held.items():
                found[code] -= self._whole(_gap(sides), currency, self._closed_on)
        return found

    def rounded(self, rows: Sequence[TrialBalanceRow]) -> tuple[Decimal, Decimal, Decimal]:
        """Return debit less credit of each pair over leaf subjects, less that of each currency and day converted whole."""
        codes = {row.subject.code for row in rows}
        opening = sum(((row.opening_debit or NIL) - (row.opening_credit or NIL) for row in rows), NIL)
        turnover = sum(((row.debit or NIL) - (row.credit or NIL) for row in rows), NIL)
        closing = sum((row.closing_debit - row.closing_credit for row in rows), NIL)
        for currency, held in self._apart.items():
            listed = [sides for code, sides in held.items() if code in codes]
            opening -= self._whole(sum((sides[0] - sides[1] for sides in listed), NIL), currency, self._opened_on)
            closing -= self._whole(sum((sides[4] - sides[5] for sides in listed), NIL), currency, self._closed_on)
        moved: dict[tuple[date, str], Decimal] = {}
        for day, currency, code, amount in self._turned:
            if code in codes:
                moved[day, currency] = moved.get((day, currency), NIL) + amount
        turnover -= sum((self._whole(amount, currency, day) for (day, currency), amount in moved.items()), NIL)
        return opening, turnover, closing

    def _whole(self, amount: Decimal, currency: str, day: date) -> Decimal:
        rate = self._rates.get((day, currency))
        return amount if rate is None else rate.converted(amount)


def _gap(sides: Sides) -> Decimal:
    opening_debit, opening_credit, debit, credit, closing_debit, closing_credit = sides
    return opening_debit - opening_credit + debit - credit - closing_debit + closing_credit


def _rows(
    subjects: Mapping[str, LedgerSubject],
    leaves: Mapping[str, Sides],
    gaps: Mapping[str, Decimal],
    *,
    has_opening: bool,
    has_turnover: bool,
) -> list[TrialBalanceRow]:
    """Return one row for each subject that opened, moved or closed, upper subjects as the sums of what lies below them."""
    sums: dict[str, Sides] = {}
    made: dict[str, Decimal] = {}
    for code in reversed(list(subjects)):
        made[code] = sum((made[child] for child in subjects[code].children), gaps.get(code, NIL))
        parts = [leaves.get(code, _NOTHING), *(sums[child] for child in subjects[code].children)]
        sums[code] = tuple(sum(column, NIL) for column in zip(*parts, strict=True))  # type: ignore[assignment] - six columns each
    found: list[TrialBalanceRow] = []
    for code, subject in subjects.items():
        if not any(sums[code]):
            continue
        opening_debit, opening_credit, debit, credit, closing_debit, closing_credit = sums[code]
        found.append(
            TrialBalanceRow(
                subject,
                opening_debit if has_opening else None,
                opening_credit if has_opening else None,
                debit if has_turnover else None,
                credit if has_turnover else None,
                closing_debit,
                closing_credit,
                made[code],
            )
        )
    return found


def _total(rows: Sequence[TrialBalanceRow], made: _Translated | None) -> TrialBalanceTotal | None:
    if not rows:
        return None
    return TrialBalanceTotal(
        _sum([row.opening_debit for row in rows]),
        _sum([row.opening_credit for row in rows]),
        _sum([row.debit for row in rows]),
        _sum([row.credit for row in rows]),
        sum((row.closing_debit for row in rows), NIL),
        sum((row.closing_credit for row in rows), NIL),
        sum((row.translation for row in rows), NIL),
        made.rounded(rows) if made else (NIL, NIL, NIL),
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, NIL) if len(known) == len(amounts) else None


def _span_notes(frame: LedgerFrame, spans: Sequence[tuple[date, date]], *, is_told: bool) -> list[Note]:
    if not is_told:
        return [
            Note(
                "总账未报送期初与发生额；期初取上一总账日期末",
                "the ledger delivers no openings and turnovers; it opens with the closing before",
            )
        ]
    notes: list[Note] = []
    start, asked = spans[0][0], frame.window.period_start
    if start < asked:
        notes.append(
            Note(
                f"总账按期报送：发生额自 {start} 起，不是 {asked}", f"the ledger is delivered by period: turnover from {start}, not {asked}"
            )
        )
    elif start > asked:
        notes.append(Note(f"{start} 之前没有总账：发生额自 {start} 起", f"there is no ledger before {start}: turnover from that day"))
    gaps = [later[0] for earlier, later in pairwise(spans) if earlier[1] != later[0] - timedelta(days=1)]
    if gaps:
        listed = ", ".join(f"{day}" for day in gaps)
        notes.append(Note(f"{listed} 之前缺总账日，发生额不全", f"accounting days are missing before {listed}: turnover is not complete"))
    return notes


def _breaks(reader: Reader, frame: LedgerFrame, day: date) -> int:
    """Return in how many places the ledger that was delivered for the day contradicts itself."""
    where, values = frame.conditions()
    return int(reader.rows(f"SELECT count(*) FROM ledger_break AS l WHERE l.business_date = ? AND {where}", [day, *values])[0][0])
