"""What is worth saying about an organisation on a day: the movements that stand out of what is usual, with what brought them.

A sentence is a frozen value without words: which situation, the figures with the metric of each, and the causes ordered by amount.
Every figure is one that `ask` answers for the same organisation, day and period; pages put it into words and link it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from statistics import median

from maisui.answers.ask import base_question, calendar_for, metric_of, plain_answer, window_at, with_base
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.course import Course, course_of, read_courses
from maisui.answers.drivers import movement, splits_of
from maisui.answers.freshness import freshness
from maisui.answers.periods import DAILY, Comparison, base_day
from maisui.answers.question import CHILD, Answer, Question
from maisui.answers.ratio_limits import LimitState, ratio_limits
from maisui.answers.targets import TargetLine
from maisui.answers.together import read_series_together
from maisui.answers.trend import trend
from maisui.answers.working_days import WorkingDays, working_days
from maisui.errors import QuestionError
from maisui.metrics import Metric, Timing
from maisui.metrics.measure_sql import last_month_end
from maisui.parameters import product_lines
from maisui.warehouse.reader import Reader

NOISE_FACTOR = "narrative_noise_factor"
"""The dated parameter: a change is spoken of when it is more than so many times the usual one."""


class Situation(StrEnum):
    """What a sentence says."""

    DATA_LATE = "data_late"
    TIES_BROKEN = "ties_broken"
    LIMIT_BREACHED = "limit_breached"
    DEPOSITS_ROSE = "deposits_rose"
    DEPOSITS_FELL = "deposits_fell"
    DEMAND_SHARE_ROSE = "demand_share_rose"
    DEMAND_SHARE_FELL = "demand_share_fell"
    RENEWAL_ROSE = "renewal_rose"
    RENEWAL_FELL = "renewal_fell"
    DEPOSIT_COST_ROSE = "deposit_cost_rose"
    DEPOSIT_COST_FELL = "deposit_cost_fell"
    LOANS_ROSE = "loans_rose"
    LOANS_FELL = "loans_fell"
    SMALL_FIRM_LOANS_ROSE = "small_firm_loans_rose"
    SMALL_FIRM_LOANS_FELL = "small_firm_loans_fell"
    BAD_LOANS_ROSE = "bad_loans_rose"
    BAD_LOANS_FELL = "bad_loans_fell"
    OVERDUE_ROSE = "overdue_rose"
    OVERDUE_FELL = "overdue_fell"
    CUSTOMERS_GAINED = "customers_gained"
    CUSTOMERS_LOST = "customers_lost"
    MOVED_ONLINE = "moved_online"
    MOVED_TO_COUNTER = "moved_to_counter"
    PROFIT_ROSE = "profit_rose"
    PROFIT_FELL = "profit_fell"
    CONTRIBUTION_ROSE = "contribution_rose"
    CONTRIBUTION_FELL = "contribution_fell"
    MARKET_SHARE_ROSE = "market_share_rose"
    MARKET_SHARE_FELL = "market_share_fell"
    TARGET_BEHIND = "target_behind"
    TARGET_AHEAD = "target_ahead"
    TARGET_MET = "target_met"
    BRANCH_AHEAD = "branch_ahead"
    BRANCH_BEHIND = "branch_behind"


class Remark(StrEnum):
    """What a sentence adds about the course of its figure."""

    HIGHEST = "highest"
    LOWEST = "lowest"
    TURNED_UP = "turned_up"
    TURNED_DOWN = "turned_down"
    SPRING_FESTIVAL = "spring_festival"


class Urgency(IntEnum):
    """In which order sentences are read: first whether figures can be trusted, then what a bank must not let happen, then what moved."""

    TRUST = 0
    LIMIT = 1
    MOVED = 2


@dataclass(frozen=True, slots=True)
class MainCause:
    """One line of a split and its part in the change, in the unit of the metric."""

    split: str
    code: str
    effect: Decimal


@dataclass(frozen=True, slots=True)
class Beside:
    """Another figure that a sentence names: of the same organisation, day and period; with the limit that it breaks, if it does."""

    metric: Metric
    value: Decimal
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing worth saying. What a situation has no use for is None or empty.

    Attributes:
        situation: what is said.
        metric: of which figure.
        value: the figure on the day; of a branch, its own.
        base_day: the day it is held against.
        change: the figure less its base.
        rate: the change over the base.
        causes: what brought the change, for each split the largest effect first.
        beside: other figures that belong to it.
        remarks: what is to say of the course.
        organisation: the branch that a sentence about a branch is about.
        peers_rate: the median rate of the branches beside it.
        targets: the targets that a sentence about targets is about.
        count: how many: violations of controls, days that data are late, limits broken, targets.
        whole_count: of how many: targets that stand so, whether or not it is more than usual.
        urgency: its place in the order.
        weight: how far it stands out, in usual changes; orders sentences of one urgency.
        is_good: whether it is good news; None where nobody can say.
    """

    situation: Situation
    metric: Metric | None = None
    value: Decimal | None = None
    base_day: date | None = None
    change: Decimal | None = None
    rate: Decimal | None = None
    causes: tuple[MainCause, ...] = ()
    beside: tuple[Beside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    organisation: str = ""
    peers_rate: Decimal | None = None
    targets: tuple[TargetLine, ...] = ()
    count: int = 0
    whole_count: int = 0
    urgency: Urgency = Urgency.MOVED
    weight: Decimal = Decimal(1)
    is_good: bool | None = None


@dataclass(frozen=True, slots=True)
class Narrative:
    """What is worth saying, the most important first, and what everything is held against.

    `watched` counts the figures that were looked at, so that silence can be told from not looking.
    """

    day: date
    comparison: Comparison
    noise_factor: Decimal
    watched: int
    sentences: tuple[Sentence, ...]
    festival: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class _Watched:
    code: str
    rose: Situation
    fell: Situation
    split: str = ""
    beside: tuple[str, ...] = ()


_WATCHED = (
    _Watched("deposit_balance", Situation.DEPOSITS_ROSE, Situation.DEPOSITS_FELL, "product_group"),
    _Watched("demand_deposit_share", Situation.DEMAND_SHARE_ROSE, Situation.DEMAND_SHARE_FELL),
    _Watched("term_deposit_renewal_rate", Situation.RENEWAL_ROSE, Situation.RENEWAL_FELL, beside=("maturing_term_deposit_amount",)),
    _Watched("deposit_cost_rate", Situation.DEPOSIT_COST_ROSE, Situation.DEPOSIT_COST_FELL),
    _Watched(
        "loan_balance", Situation.LOANS_ROSE, Situation.LOANS_FELL, "product_group", ("loan_disbursed_amount", "loan_collected_amount")
    ),
    _Watched("inclusive_small_micro_loan_balance", Situation.SMALL_FIRM_LOANS_ROSE, Situation.SMALL_FIRM_LOANS_FELL),
    _Watched("npl_ratio", Situation.BAD_LOANS_ROSE, Situation.BAD_LOANS_FELL, beside=("npl_balance",)),
    _Watched("overdue_loan_ratio", Situation.OVERDUE_ROSE, Situation.OVERDUE_FELL),
    _Watched(
        "customer_count",
        Situation.CUSTOMERS_GAINED,
        Situation.CUSTOMERS_LOST,
        "customer_kind",
        ("new_customer_count", "lost_customer_count"),
    ),
    _Watched("electronic_substitution_rate", Situation.MOVED_ONLINE, Situation.MOVED_TO_COUNTER),
    _Watched("net_profit", Situation.PROFIT_ROSE, Situation.PROFIT_FELL, "ledger_line"),
    _Watched("customer_contribution", Situation.CONTRIBUTION_ROSE, Situation.CONTRIBUTION_FELL, "product_group"),
    _Watched("market_share_deposit", Situation.MARKET_SHARE_ROSE, Situation.MARKET_SHARE_FELL),
)
"""The figures that are looked at: how their movement is called, the split that explains it beside organisations, and what belongs to it."""
_COMPARED = ("deposit_balance", "loan_balance")
"""The figures by whose growth branches are held against each other."""
_FEWEST_PEERS = 4
_MOST_CAUSES = 3
_WORTH_NAMING = Decimal("0.1")
"""A cause is named from this part of the whole change on."""


def watched_metrics() -> tuple[str, ...]:
    """Return the codes of the metrics that the narrative looks at."""
    return tuple(watched.code for watched in _WATCHED)


def narrative(reader: Reader, question: Question, targets: Sequence[TargetLine]) -> Narrative:
    """Return what is worth saying about the organisation of `question` on its day, against its comparison; its metric plays no part.

    `targets` are those of the year in force for the same organisation and day.

    Raises:
        QuestionError: when the organisation or the day is unknown.
    """
    day = window_at(reader, question.day, question.period).day
    comparison = question.comparison or Comparison.PREVIOUS_MONTH
    asked = _Asked(AskedOnceReader(reader), replace(question, day=day, comparison=None), comparison)
    factor = _noise_factor(reader, day)
    courses = _courses(asked, day)
    found = [
        *_trust(reader, day),
        *_limits(asked, day),
        *(
            _moved(asked, watched, courses[watched.code])
            for watched in _WATCHED
            if watched.code in courses and not courses[watched.code].is_noise(factor)
        ),
        *target_sentences(targets, {} if comparison in DAILY else courses, factor),
        *_branches(asked, factor),
    ]
    calendar = working_days(reader)
    ordered = sorted((_with_festival(sentence, day, comparison, calendar) for sentence in found), key=_place)
    return Narrative(day, comparison, factor, len(courses), tuple(ordered), _festival(day, comparison, calendar))


def _with_festival(sentence: Sentence, day: date, comparison: Comparison, calendar: WorkingDays) -> Sentence:
    """Return a sentence about a movement with the remark that the Spring Festival fell into it, or into one of both months only."""
    if sentence.change is None or sentence.base_day is None or sentence.organisation:
        return sentence
    if _festival(day, comparison, calendar, sentence.base_day) is None:
        return sentence
    return replace(sentence, remarks=(*sentence.remarks, Remark.SPRING_FESTIVAL))


def _festival(day: date, comparison: Comparison, calendar: WorkingDays, base: date | None = None) -> tuple[date, date] | None:
    """Return the days off for the Spring Festival that make a day unlike its base: since the base, or in one of two like months.

    Against the year's start every later day has them behind it, so nothing is said.
    """
    before = base or base_day(day, comparison, Timing.POINT, calendar)
    match comparison:
        case Comparison.YEAR_START:
            return None
        case Comparison.SAME_DATE_LAST_YEAR:
            now, then = (calendar.festival_between(last_month_end(one), one) for one in (day, before))
            return (now or then) if (now is None) != (then is None) else None
        case _:
            return calendar.festival_between(before, day)


def _place(sentence: Sentence) -> tuple[Urgency, Decimal, Situation, str]:
    """Return what decides the order; bad news counts double."""
    weight = sentence.weight * (2 if sentence.is_good is False else 1)
    return sentence.urgency, -weight, sentence.situation, sentence.organisation


def causes_of(drivers: Iterable[tuple[str, Decimal]], change: Decimal, split: str) -> tuple[MainCause, ...]:
    """Return the lines that brought a change: those of its own direction, the largest first, as far as they matter beside it."""
    same = [(code, effect) for code, effect in drivers if effect * change > 0 and abs(effect) >= abs(change) * _WORTH_NAMING]
    same.sort(key=lambda item: (-abs(item[1]), item[0]))
    return tuple(MainCause(split, code, effect) for code, effect in same[:_MOST_CAUSES])


def remarks_of(course: Course) -> tuple[Remark, ...]:
    """Return what is to say of the course of a figure whose change stands out."""
    found: list[Remark] = []
    if course.is_highest:
        found.append(Remark.HIGHEST)
    if course.is_lowest:
        found.append(Remark.LOWEST)
    if course.has_turned:
        found.append(Remark.TURNED_UP if course.change > 0 else Remark.TURNED_DOWN)
    return tuple(found)


def outliers(rates: dict[str, Decimal], factor: Decimal) -> list[tuple[str, Decimal, Decimal]]:
    """Return who stands furthest out on either side: code, the distance from the median in usual distances, and the median.

    What is usual is the median distance; fewer than four have none, and where most are equal nobody stands out by it.
    """
    if len(rates) < _FEWEST_PEERS:
        return []
    middle = Decimal(median(rates.values()))
    usual = Decimal(median(abs(rate - middle) for rate in rates.values()))
    if not usual:
        return []
    ends = {max(rates, key=lambda code: (rates[code], code)), min(rates, key=lambda code: (rates[code], code))}
    found = [(code, (rates[code] - middle) / usual, middle) for code in sorted(ends)]
    return [(code, distance, middle) for code, distance, middle in found if abs(distance) > 2 * factor]


def _noise_factor(reader: Reader, day: date) -> Decimal:
    """Return the factor in force on the day; a version from before there was one goes by the product's."""
    rows = reader.rows(
        "SELECT number_value FROM parameter WHERE parameter_code = ? AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [NOISE_FACTOR, day, day],
    )
    return Decimal(rows[0][0]) if rows else Decimal(next(line["number"] for line in product_lines() if line["code"] == NOISE_FACTOR))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of one organisation on one day, and the base it is held against."""

    reader: AskedOnceReader
    question: Question
    comparison: Comparison

    def answer(self, code: str, *by: str) -> Answer | None:
        """Return the figure of the day; None where it cannot be asked so."""
        return self._answer(replace(self.question, metric=code, by=by))

    def base(self, answer: Answer) -> Answer | None:
        """Return the base of an answer; None where it has none."""
        return self._answer(base_question(answer, self.comparison, calendar_for(self.reader, self.comparison)))

    def value(self, code: str) -> Decimal | None:
        """Return the figure of the day for the organisation as a whole."""
        answer = self.answer(code)
        return answer.rows[0].value if answer and answer.rows else None

    def _answer(self, question: Question) -> Answer | None:
        try:
            return plain_answer(self.reader, question, with_notes=False)
        except QuestionError:  # not kept by organisation, or outside the history: of that there is nothing to say
            return None


def _courses(asked: _Asked, day: date) -> dict[str, Course]:
    read_courses(asked.reader, watched_metrics(), asked.question, day, asked.comparison)
    found: dict[str, Course] = {}
    for watched in _WATCHED:
        try:
            course = course_of(asked.reader, metric_of(watched.code), asked.question, day, asked.comparison)
        except QuestionError:  # not kept by organisation
            continue
        if course is not None:
            found[watched.code] = course
    return found


def _trust(reader: Reader, day: date) -> list[Sentence]:
    """Return what is to say of the data themselves; it is known of the reporting date only."""
    fresh, found = freshness(reader.manifest), list[Sentence]()
    if day != fresh.reporting_date:
        return []
    if fresh.is_stale and fresh.last_delivery_on is not None:
        late = (day - fresh.last_delivery_on).days
        found.append(Sentence(Situation.DATA_LATE, base_day=fresh.last_delivery_on, count=late, urgency=Urgency.TRUST, is_good=False))
    count = sum(control.violations for control in fresh.controls)
    if count:
        found.append(Sentence(Situation.TIES_BROKEN, count=count, urgency=Urgency.TRUST, is_good=False))
    return found


def _limits(asked: _Asked, day: date) -> list[Sentence]:
    """Return the ratios of the whole bank that lie beyond a limit, the furthest first; a part of it or a union has no limits."""
    if asked.question.organisation is not None or asked.reader.manifest.is_union:
        return []
    found, limits = list[tuple[Decimal, Beside]](), ratio_limits(asked.reader, day)
    read_series_together(asked.reader, limits, None, (day,), asked.question.period, asked.question.view)
    for code, limit in limits.items():
        value = _single(asked, code, day)
        if value is None or limit.state_of(value) is not LimitState.BREACHED:
            continue
        broken = limit.floor if limit.floor is not None and value < limit.floor else limit.ceiling
        assert broken is not None  # noqa: S101 - one of the two is broken
        found.append((abs(value - broken) / abs(broken) if broken else abs(value), Beside(metric_of(code), value, broken)))
    if not found:
        return []
    found.sort(key=lambda item: (-item[0], item[1].metric.code))
    beside = tuple(one for _, one in found)
    return [Sentence(Situation.LIMIT_BREACHED, count=len(found), beside=beside, urgency=Urgency.LIMIT, is_good=False)]


def _single(asked: _Asked, code: str, day: date) -> Decimal | None:
    """Return a figure of the day as a course of one point, which costs less than an answer."""
    question = asked.question
    found = trend(asked.reader, code, organisation=question.organisation, days=(day,), period=question.period, view=question.view)
    return found.points[0][1]


def _moved(asked: _Asked, watched: _Watched, course: Course) -> Sentence:
    metric = course.metric
    beside = [(metric_of(code), asked.value(code)) for code in watched.beside]
    splits = [split for split in (CHILD, watched.split) if split and split in splits_of(metric)]
    return Sentence(
        watched.rose if course.change > 0 else watched.fell,
        metric,
        course.value,
        course.base_day,
        course.change,
        course.rate,
        causes=tuple(cause for split in splits for cause in _causes(asked, course, split)),
        beside=tuple(Beside(other, value) for other, value in beside if value is not None),
        remarks=remarks_of(course),
        weight=course.weight,
        is_good=None if metric.more_is_better is None else (course.change > 0) == metric.more_is_better,
    )


def _causes(asked: _Asked, course: Course, split: str) -> tuple[MainCause, ...]:
    answer = asked.answer(course.metric.code, split)
    base = asked.base(answer) if answer else None
    found = movement(answer, base, {}) if answer and base else None
    if found is None or len(found.drivers) == 1:
        return ()
    return causes_of(((one.code, one.effect) for one in found.drivers), course.change, split)


def target_sentences(lines: Sequence[TargetLine], courses: Mapping[str, Course], factor: Decimal) -> list[Sentence]:
    """Return what is to say of the year's targets: which are behind, which are ahead and which are met, the furthest first.

    A target is ahead or behind only where it is further from what was due by the day than its figure usually moves; where nobody knows
    what is usual, always.
    """
    found: dict[Situation, list[tuple[Decimal, TargetLine]]] = {}
    whole: Counter[Situation] = Counter()
    for line in lines:
        situation = _standing(line)
        if situation is None or line.actual is None:
            continue
        whole[situation] += 1
        course, gap = courses.get(line.metric.code), abs(line.actual - (line.due or line.actual))
        usual = course.usual if course else None
        if situation is Situation.TARGET_MET or usual is None or gap > factor * usual:
            due = abs(line.due) if line.due else Decimal(1)
            found.setdefault(situation, []).append((gap / due, line))
    return [
        Sentence(
            situation,
            targets=tuple(line for _, line in sorted(held, key=lambda item: (-item[0], item[1].metric.code))),
            count=len(held),
            whole_count=whole[situation],
            weight=Decimal(len(held)),
            is_good=situation is not Situation.TARGET_BEHIND,
        )
        for situation, held in found.items()
    ]


def _standing(line: TargetLine) -> Situation | None:
    """Return how a target stands; one that must not be exceeded is met only when its period is over."""
    if line.is_met and line.metric.more_is_better:
        return Situation.TARGET_MET
    if line.is_on_schedule is None:
        return None
    return Situation.TARGET_AHEAD if line.is_on_schedule else Situation.TARGET_BEHIND


def _branches(asked: _Asked, factor: Decimal) -> list[Sentence]:
    """Return the organisations below whose growth stands out from that of the others."""
    found: list[Sentence] = []
    for code in _COMPARED:
        answer = asked.answer(code, CHILD)
        base = asked.base(answer) if answer else None
        if answer is None or base is None:
            continue
        compared = with_base(answer, base, asked.comparison)
        rows = {row.dimensions[CHILD]: row for row in compared.rows if row.dimensions[CHILD] != asked.question.organisation}
        rates = {child: row.change_rate for child, row in rows.items() if row.change_rate is not None}
        for child, distance, middle in outliers(rates, factor):
            row, is_ahead = rows[child], distance > 0
            found.append(
                Sentence(
                    Situation.BRANCH_AHEAD if is_ahead else Situation.BRANCH_BEHIND,
                    answer.metric,
                    row.value,
                    base.window.day,
                    row.change,
                    row.change_rate,
                    organisation=child,
                    peers_rate=middle,
                    weight=abs(distance) / 2,
                    is_good=is_ahead,
                )
            )
    return found
