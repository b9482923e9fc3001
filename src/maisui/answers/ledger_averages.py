"""Average daily balances of all subjects 日均全科目表, with what they earn or cost a year where their interest is known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.ask import Note
from maisui.answers.figure import divide
from maisui.answers.ledger import (
    DEBIT_POSITIVE,
    NIL,
    LedgerFrame,
    LedgerQuestion,
    LedgerSubject,
    balances_on,
    ledger_frame,
    ledger_subjects,
)
from maisui.answers.ledger_interest import InterestSubject, interest_subjects
from maisui.answers.ledger_subject import own_side
from maisui.answers.periods import window_of
from maisui.answers.statements import flow_column, results_of
from maisui.metrics.measure_sql import Window
from maisui.warehouse.reader import Reader

MONEY_DECIMALS, RATE_DECIMALS = 2, 6
Flow = Mapping[str, Decimal]
DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class AverageSpan:
    """The days over which a column is averaged: how many of them had a ledger or lay between two, and how many were estimated.

    `days` counts calendar days from the first ledger on; `estimated` those between two accounting days, valued at their mean;
    `carried` those after the last, which keep its balance.
    """

    window: Window
    days: int
    estimated: int
    carried: int


@dataclass(frozen=True, slots=True)
class AverageRow:
    """One subject on its own side: its average in each column, its balance at the end of the first, its interest and yearly rate."""

    subject: LedgerSubject
    averages: tuple[Decimal | None, ...]
    closing: Decimal
    interest: tuple[Decimal | None, ...]
    rates: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class AverageBalances:
    """Averages of every subject over one or several spans; `unmatched` is interest that no balance is known for."""

    frame: LedgerFrame
    spans: tuple[AverageSpan, ...]
    rows: tuple[AverageRow, ...]
    unmatched: tuple[LedgerSubject, ...]
    notes: tuple[Note, ...]

    @property
    def deepest(self) -> int:
        """Return the lowest level of the tree."""
        return max((row.subject.level for row in self.rows), default=1)


@dataclass(frozen=True, slots=True)
class BalanceDays:
    """Twice the balance-days (debit positive) of every leaf subject over one span, so that means of two days stay whole cents."""

    span: AverageSpan
    twice: Mapping[str, Decimal]

    def of(self, leaves: Sequence[str]) -> Decimal:
        """Return twice the balance-days of several leaves."""
        return sum((self.twice.get(leaf, NIL) for leaf in leaves), NIL)

    def average(self, twice: Decimal) -> Decimal | None:
        """Return the average of twice as many balance-days; None where there was no ledger."""
        return divide(twice, Decimal(2 * self.span.days), MONEY_DECIMALS) if self.span.days else None


def average_balances(reader: Reader, question: LedgerQuestion, days: Sequence[date] = ()) -> AverageBalances:
    """Return the averages over the question's period, and over the same period up to each of `days`.

    Every calendar day counts: an accounting day with its balance, a day between two with the mean of both, a day after the last
    with that. The rate of a subject is its interest of the period for a year of 365 days over its balance-days.

    Raises:
        QuestionError: when organisation, day or currency are unknown, or no ledger was delivered.
    """
    frame = ledger_frame(reader, question)
    subjects = ledger_subjects(reader)
    windows = [frame.window, *(window_of(day, question.period, reader.manifest.first_date) for day in days)]
    columns = [balance_days(reader, frame, window) for window in windows]
    flows = flows_of(reader, frame, windows)
    matched = interest_subjects(reader, subjects, frame.window.day)
    closing = balances_on(reader, frame, [frame.ledger_day])[frame.ledger_day] if frame.ledger_day else {}
    rows = tuple(_rows(subjects, columns, closing, _interest_below(subjects, matched, flows)))
    unmatched = tuple(
        one.subject
        for one in matched
        if one.balance_subject is None and any(flow is not None and flow.get(one.subject.code) for flow in flows)
    )
    spans = tuple(column.span for column in columns)
    return AverageBalances(frame, spans, rows, unmatched, (*frame.notes, *average_notes(spans[0])))


def balance_days(reader: Reader, frame: LedgerFrame, window: Window) -> BalanceDays:
    """Return the balance-days of every leaf subject over a window."""
    span, weights = _weights(frame.days, window)
    if not weights:
        return BalanceDays(span, {})
    where, values = frame.conditions()
    listed = ", ".join(f"(DATE '{day}', {weight})" for day, weight in sorted(weights.items()))
    rows = reader.rows(
        f"WITH w(on_day, weight) AS (VALUES {listed}) "
        f"SELECT l.subject_code, CAST(sum(({DEBIT_POSITIVE}) * w.weight) AS DECIMAL(38,2)) FROM {frame.source('ledger_day')} AS l "
        f"INNER JOIN w ON w.on_day = l.business_date WHERE {where} GROUP BY l.subject_code",
        values,
    )
    return BalanceDays(span, dict(rows))


def flows_of(reader: Reader, frame: LedgerFrame, windows: Sequence[Window]) -> list[Flow | None]:
    """Return what each result subject added to profit over each window; None where no accounting day lies in it."""
    columns = [flow_column(frame, window, reader.manifest.first_date) for window in windows]
    found = results_of(reader, frame, columns)
    return [None if column.ledger_day is None else flow for column, flow in zip(columns, found, strict=True)]


def _weights(days: Sequence[date], window: Window) -> tuple[AverageSpan, dict[date, int]]:
    """Return how often each accounting day counts over a window, twice: two halves for a day between two of them."""
    found: dict[date, int] = {}
    counted = estimated = carried = 0
    day = max(window.period_start, days[0])
    while day <= window.day:
        place = bisect_right(days, day)
        before, after = days[place - 1], days[place] if place < len(days) else None
        if before == day or after is None:
            found[before] = found.get(before, 0) + 2
            carried += before != day
        else:
            found[before] = found.get(before, 0) + 1
            found[after] = found.get(after, 0) + 1
            estimated += 1
        counted += 1
        day += timedelta(days=1)
    return AverageSpan(window, counted, estimated, carried), found


def _interest_below(
    subjects: Mapping[str, LedgerSubject], matched: Sequence[InterestSubject], flows: Sequence[Flow | None]
) -> dict[str, tuple[Decimal | None, ...]]:
    """Return the interest of each balance subject in each column, with that of subjects below it; what is earned or paid is positive."""
    found: dict[str, tuple[Decimal | None, ...]] = {}
    for one in matched:
        sign = 1 if one.group.is_earning else -1
        amounts = tuple(None if flow is None else sign * flow.get(one.subject.code, NIL) for flow in flows)
        place = one.balance_subject
        while place is not None:
            held = found.get(place, tuple(NIL for _ in flows))
            found[place] = tuple(None if a is None or b is None else a + b for a, b in zip(held, amounts, strict=True))
            place = subjects[place].parent
    return found


def _rows(
    subjects: Mapping[str, LedgerSubject],
    columns: Sequence[BalanceDays],
    closing: Mapping[str, Decimal],
    interest: Mapping[str, tuple[Decimal | None, ...]],
) -> list[AverageRow]:
    sums: dict[str, tuple[tuple[Decimal, ...], Decimal]] = {}
    for code in reversed(list(subjects)):
        below = [sums[child] for child in subjects[code].children]
        twice = tuple(sum((part[0][place] for part in below), column.twice.get(code, NIL)) for place, column in enumerate(columns))
        sums[code] = twice, sum((part[1] for part in below), closing.get(code, NIL))
    found: list[AverageRow] = []
    for code, subject in subjects.items():
        twice, last = sums[code]
        if any(twice) or last:
            own = tuple(own_side(subject, amount) for amount in twice)
            averages = tuple(column.average(amount) for column, amount in zip(columns, own, strict=True))
            earned = interest.get(code, tuple(None for _ in columns))
            rates = tuple(yearly_rate(amount, days) for amount, days in zip(earned, own, strict=True))
            found.append(AverageRow(subject, averages, own_side(subject, last), earned, rates))
    return found


def yearly_rate(interest: Decimal | None, twice_balance_days: Decimal) -> Decimal | None:
    """Return interest for a year of 365 days over balance-days; None without either."""
    if interest is None or not twice_balance_days:
        return None
    return divide(interest * DAYS_A_YEAR * 2, twice_balance_days, RATE_DECIMALS)


def average_notes(span: AverageSpan) -> list[Note]:
    """Return what a reader of averages over a span should know."""
    notes: list[Note] = []
    if not span.days:
        return [Note("这一期没有总账", "no ledger in this period")]
    if span.days < span.window.days:
        missing = span.window.days - span.days
        notes.append(Note(f"前 {missing} 天没有总账，不计入日均", f"the first {missing} days have no ledger and do not count"))
    if span.estimated:
        notes.append(
            Note(
                f"日均为估算：{span.days} 天中 {span.estimated} 天没有总账，取前后两次总账的平均",
                f"the average is estimated: {span.estimated} of {span.days} days lie between two ledgers and count with their mean",
            )
        )
    if span.carried:
        notes.append(Note(f"最后 {span.carried} 天沿用最近一次总账", f"the last {span.carried} days keep the last ledger's balance"))
    return notes
