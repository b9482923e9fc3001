"""How far targets are reached: the metric each names, asked by its own definition, against the target and its part due by the day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.figure import divide
from maisui.answers.organisations import OrganisationNode, organisation_tree, organisations_below
from maisui.answers.periods import Period
from maisui.answers.question import CHILD, Answer, Note, Question, Row
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, Additivity, Metric, Timing, Unit
from maisui.metrics.measure_sql import Window
from maisui.warehouse.reader import Reader

TARGET = "target"
"""The dimension of a rate of completion that is never left out: the metric for which the target is set."""
TIME_WEIGHTED = "time_weighted_target_completion_rate"
PERIODS = (Period.MONTH, Period.QUARTER, Period.YEAR)
"""The spans for which targets are set."""
_SPLITS = (CHILD, "organisation", "manager")
_NOBODY = "none"
_DECIMALS = 6
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}

Answering = Callable[[Reader, Question], Answer]
"""How the metrics that have targets are asked: `ask` without a comparison."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target in force and what is reached of it on a day; figures that do not exist are None.

    `holder` is an organisation, or an employee where the targets of managers were asked. `is_sum` tells that nobody set this target
    itself: it adds up those of the organisations below. `due` is the part of the target that was due by the day.
    """

    holder: str
    metric: Metric
    period_from: date
    period_end_on: date
    day: date
    target: Decimal
    is_sum: bool
    actual: Decimal | None
    due: Decimal | None

    @property
    def days(self) -> int:
        """Return the calendar days of the period."""
        return (self.period_end_on - self.period_from).days + 1

    @property
    def days_passed(self) -> int:
        """Return the calendar days of the period up to the day, that day included."""
        return (self.day - self.period_from).days + 1

    @property
    def days_left(self) -> int:
        """Return the calendar days of the period after the day."""
        return self.days - self.days_passed

    @property
    def time_progress(self) -> Decimal:
        """Return the part of the period that has passed, 0…1."""
        return divide(Decimal(self.days_passed), Decimal(self.days), _DECIMALS)

    @property
    def completion(self) -> Decimal | None:
        """Return actual over target; None where the target is not above zero."""
        return _share(self.actual, self.target)

    @property
    def time_weighted_completion(self) -> Decimal | None:
        """Return actual over what was due by the day."""
        return _share(self.actual, self.due)

    @property
    def distance(self) -> Decimal | None:
        """Return actual less target: below zero is short of it."""
        return None if self.actual is None else self.actual - self.target

    @property
    def is_met(self) -> bool | None:
        """Return whether the target is reached already (not passed, where less is better); None where neither direction is better."""
        return _is_good(self.metric, self.actual, self.target)

    @property
    def is_on_schedule(self) -> bool | None:
        """Return whether as much is reached as was due by the day; None where that is not known or neither direction is better."""
        return _is_good(self.metric, self.actual, self.due)

    @property
    def needed_a_day(self) -> Decimal | None:
        """Return what each remaining day must add to reach the target, or for an average the balance to be held on each of them.

        None where nothing is missing, no day remains, or the metric is a ratio.
        """
        if self.actual is None or self.days_left == 0 or self.is_met is not False or _holds_any_time(self.metric):
            return None
        missing = self.target - self.actual
        if self.is_average:
            missing = self.target * self.days - self.actual * self.days_passed
        return divide(missing, Decimal(self.days_left), self.needed_unit.decimals)

    @property
    def needed_unit(self) -> Unit:
        """Return the unit of what is needed a day: a few customers a month are a part of one a day."""
        return Unit.COUNT_EACH if self.metric.unit is Unit.COUNT else self.metric.unit

    @property
    def is_average(self) -> bool:
        """Return whether what is needed a day is a balance to be held, and not what must be added."""
        return self.metric.numerator.timing is Timing.AVERAGE


def by_target(question: Question) -> Question:
    """Return the question split by target as well, where its metric is one rate for each target."""
    metric = BY_CODE.get(question.metric)
    is_needed = metric is not None and metric.is_per_target and TARGET not in question.by
    return replace(question, by=(*question.by, TARGET)) if is_needed else question


def target_answer(reader: Reader, answering: Answering, metric: Metric, question: Question, window: Window) -> Answer:
    """Return the rates of completion of the targets in force.

    Raises:
        QuestionError: when the question is not split by target, or by something for which no targets are set.
    """
    if TARGET not in question.by:
        raise QuestionError(
            f"{metric.code} is one rate for each target and has no sum", where=question.metric, next_step="split it by target as well"
        )
    lines, notes = target_lines(reader, answering, question, window)
    split = next((code for code in question.by if code != TARGET), None)
    rows: list[Row] = []
    for line in lines:
        dimensions = {code: line.metric.code if code == TARGET else line.holder for code in (*((split,) if split else ()), TARGET)}
        below = line.due if metric.code == TIME_WEIGHTED else line.target
        dimensions = {code: dimensions[code] for code in question.by}
        rows.append(Row(dimensions, line.actual, below, _share(line.actual, below)))
    ordered = tuple(sorted(rows, key=lambda row: tuple(row.dimensions.values())))
    return Answer(metric, question, window, None, reader.manifest.version, ordered, notes, {})


def target_lines(
    reader: Reader, answering: Answering, question: Question, window: Window
) -> tuple[tuple[TargetLine, ...], tuple[Note, ...]]:
    """Return the targets in force on the window's day for the question's period, in the order of holders and of the catalogue.

    Without a split they are those of the organisation asked for; by `child` or `organisation` those of organisations below, by
    `manager` those of employees. An organisation for which nobody set a target of an additive metric has the sum of those directly
    below it, provided that every open one of them has one: the actual value is that of all of them. Nothing is said of whoever
    does not lie at or below the organisation asked for; only the whole bank holds those outside the tree.

    Raises:
        QuestionError: when the period or the split is one for which no targets are set.
    """
    split = _split_of(question)
    first, last = span_of(window.day, question.period)
    delivered = _delivered(reader, first, last)
    unknown = sorted({code for _, _, code, _ in delivered if code not in BY_CODE or BY_CODE[code].is_per_target})
    tree = _Tree(organisation_tree(reader), question.organisation, organisations_below(reader, question.organisation))
    if split == "manager":
        held = {(who, code): value for home, who, code, value in delivered if who != _NOBODY and tree.covers(home)}
        holders = sorted({who for who, _ in held})
        found = {(who, code): (value, False) for (who, code), value in held.items()}
    else:
        own = {(home, code): value for home, who, code, value in delivered if who == _NOBODY}
        holders = tree.holders(split, {home for home, _ in own})
        codes = {code for _, code in own if code in BY_CODE}
        found = {(home, code): set_ for home in holders for code in codes if (set_ := tree.resolved(home, BY_CODE[code], own)) is not None}
    lines: list[TargetLine] = []
    for metric in (item for item in BY_CODE.values() if not item.is_per_target and any(code == item.code for _, code in found)):
        asked = _Asked(reader, answering, question, metric, split, tree)
        actuals = asked.at(window.day, question.period)
        bases = asked.bases(first)
        for holder in holders:
            if (holder, metric.code) in found:
                target, is_sum = found[holder, metric.code]
                plain = TargetLine(holder, metric, first, last, window.day, target, is_sum, actuals.get(holder), None)
                lines.append(replace(plain, due=_due(plain, bases.get(holder))))
    notes = (_unknown_note(unknown),) if unknown else ()
    return tuple(lines), notes


def targets_set(reader: Reader, day: date, period: Period) -> dict[tuple[bool, str, str], Decimal]:
    """Return every target set for the calendar period in which a day lies: by whether an organisation holds it, holder and metric.

    Raises:
        QuestionError: when no targets are set for such a period.
    """
    first, last = span_of(day, period)
    return {(who == _NOBODY, home if who == _NOBODY else who, code): value for home, who, code, value in _delivered(reader, first, last)}


class _Tree:
    """Where organisations lie, and which of them the question covers."""

    def __init__(self, nodes: Iterable[OrganisationNode], top: str | None, covered: frozenset[str] | None) -> None:
        self._nodes = {node.code: node for node in nodes}
        self._children: dict[str | None, list[str]] = {}
        for node in self._nodes.values():
            self._children.setdefault(node.parent_code, []).append(node.code)
        roots = self._children.get(None, [])
        self.top = top if top is not None else roots[0] if len(roots) == 1 else ""
        self._covered = covered

    def holders(self, split: str | None, with_own: Iterable[str]) -> list[str]:
        """Return whose targets are asked."""
        found = [self.top] if split is None else self.children(self.top) if split == CHILD else self._nodes.keys() & set(with_own)
        return sorted(code for code in found if self.covers(code))

    def children(self, code: str) -> list[str]:
        return self._children.get(code or None, [])

    def is_leaf(self, code: str) -> bool:
        return code not in self._children

    def covers(self, code: str) -> bool:
        """Return whether an organisation is the one asked for or lies below it; the whole bank holds those outside the tree too."""
        return self._covered is None or code in self._covered

    def resolved(self, code: str, metric: Metric, own: Mapping[tuple[str, str], Decimal]) -> tuple[Decimal, bool] | None:
        """Return an organisation's target, and whether it is the sum of those below because nobody set it.

        There is no sum where an open organisation below has none: its part of the actual value would be held against nothing.
        """
        if (code, metric.code) in own:
            return own[code, metric.code], False
        if metric.additivity("organisation") is not Additivity.ADDITIVE:
            return None
        below = {child: self.resolved(child, metric, own) for child in self.children(code)}
        if any(found is None and self._nodes[child].is_open for child, found in below.items()):
            return None
        known = [found[0] for found in below.values() if found is not None]
        return (sum(known, Decimal(0)), True) if known else None


@dataclass(frozen=True, slots=True)
class _Asked:
    """Asks one metric for every holder of targets, so that target and actual speak of the same organisations."""

    reader: Reader
    answering: Answering
    question: Question
    metric: Metric
    split: str | None
    tree: _Tree

    def at(self, day: date, period: Period) -> dict[str, Decimal | None]:
        """Return the metric's value of each holder; empty where it cannot be asked so."""
        if self.split == "organisation":
            plain = self._asked(("organisation",), self.question.organisation, day, period)
            leaves = {code: value for code, value in plain.items() if self.tree.is_leaf(code)}
            parents = [code for code in self.tree.holders(self.split, self._with_target()) if not self.tree.is_leaf(code)]
            return leaves | {code: value for code in parents for value in self._asked((), code, day, period).values()}
        by = (self.split,) if self.split else ()
        return self._asked(by, self.question.organisation, day, period)

    def bases(self, period_from: date) -> dict[str, Decimal | None]:
        """Return the value of each holder on the day before the period, from which its target grows."""
        before = period_from - timedelta(days=1)
        is_new_year = self.metric.numerator.timing is Timing.YEAR_START and period_from.year != before.year
        if not _grows(self.metric) or is_new_year or before < self.reader.manifest.first_date:
            return {}
        return self.at(before, Period.DAY)

    def _asked(self, by: tuple[str, ...], organisation: str | None, day: date, period: Period) -> dict[str, Decimal | None]:
        question = replace(self.question, metric=self.metric.code, by=by, organisation=organisation, day=day, period=period)
        try:
            rows = self.answering(self.reader, question).rows
        except QuestionError:
            return {}
        return {row.dimensions[by[0]] if by else organisation or self.tree.top: row.value for row in rows}

    def _with_target(self) -> set[str]:
        rows = self.reader.rows("SELECT DISTINCT organisation_code FROM target_period WHERE employee_number = 'none'")
        return {row[0] for row in rows}


def _split_of(question: Question) -> str | None:
    others = [code for code in question.by if code != TARGET]
    if len(others) > 1 or any(code not in _SPLITS for code in others):
        raise QuestionError(
            f"targets cannot be split by {', '.join(others)}",
            where=question.metric,
            next_step=f"split by target and at most one of: {', '.join(_SPLITS)}",
        )
    return others[0] if others else None


def span_of(day: date, period: Period) -> tuple[date, date]:
    """Return the first and last day of the calendar month, quarter or year in which `day` lies.

    Raises:
        QuestionError: for a period of another kind.
    """
    if period not in PERIODS:
        raise QuestionError(
            f"no targets are set for the period {period.value!r}", where="--period", next_step="ask for month, quarter or year"
        )
    months = _MONTHS[period]
    begins = (day.month - 1) // months * months + 1
    ends = begins + months - 1
    return date(day.year, begins, 1), date(day.year, ends, calendar.monthrange(day.year, ends)[1])


def _delivered(reader: Reader, first: date, last: date) -> list[tuple[str, str, str, Decimal]]:
    return reader.rows(
        "SELECT organisation_code, employee_number, target_metric_code, coalesce(CAST(target_share AS DECIMAL(38,6)), "
        "CAST(target_amount AS DECIMAL(38,6))) FROM target_period WHERE business_date = ? AND period_end_on = ? ORDER BY 1, 2, 3",
        [first, last],
    )


def _grows(metric: Metric) -> bool:
    """Return whether a target is approached from a base: a balance or an average, not a sum over the period and not a ratio."""
    return not _holds_any_time(metric) and metric.numerator.timing is not Timing.PERIOD


def _holds_any_time(metric: Metric) -> bool:
    """Return whether the target of a metric is due on every day of the period alike: ratios."""
    return metric.denominator is not None


def _due(line: TargetLine, base: Decimal | None) -> Decimal | None:
    """Return what was due by the day: evenly from the base to the target, by calendar days."""
    if _holds_any_time(line.metric):
        return line.target
    timing = line.metric.numerator.timing
    starts_at_nothing = timing is Timing.PERIOD or (timing is Timing.YEAR_START and line.period_from.month == 1)
    if starts_at_nothing:
        base = Decimal(0)
    if base is None:
        return None
    grown = base * line.days + (line.target - base) * line.days_passed
    return divide(grown, Decimal(line.days), line.metric.unit.decimals)


def _share(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    return None if above is None or below is None or below <= 0 else divide(above, below, _DECIMALS)


def _is_good(metric: Metric, actual: Decimal | None, wanted: Decimal | None) -> bool | None:
    if actual is None or wanted is None or metric.more_is_better is None:
        return None
    return actual >= wanted if metric.more_is_better else actual <= wanted


def _unknown_note(codes: list[str]) -> Note:
    listed = ", ".join(codes)
    return Note(f"以下目标指标不在指标目录中，未计算：{listed}", f"targets are set for metrics that are not in the catalogue: {listed}")
