"""What the page of targets and the cards of the overview show: each target with its drawing, its standing and its place among peers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import CHILD, Metric, Period, TargetLine
from maisui.web.access.scope import may_split_by
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.overview.figures import own_code
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

BY_NAME = "name"
_FULL = Decimal("1.25")
"""The part of a target at the right end of its bar: what is beyond is cut off."""
_HUNDREDTHS = Decimal("0.01")
_GOOD = Text("达到时序", "on schedule")
_BEHIND = Text("落后时序", "behind schedule")
_WITHIN = Text("在限额内", "within the limit")
_OVER = Text("超出限额", "over the limit")
_NOT_KNOWN = Text("无法判断", "not known")


@dataclass(frozen=True, slots=True)
class GoalBar:
    """A bar in hundredths of its box: what is reached, where the whole target stands, and where time stands."""

    fill: Decimal
    whole: Decimal
    due: Decimal | None


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a target among those of organisations of the same grade."""

    rank: int
    count: int
    grade: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One target as it is shown: whose, what is reached, its drawing, and whether that is as it should be."""

    line: TargetLine
    name: str
    bar: GoalBar | None
    standing: Text
    is_good: bool | None
    place: Place | None

    @property
    def kind(self) -> str:
        """Return `good`, `behind` or `open`, by which it is coloured; the sign says the same without colour."""
        return "open" if self.is_good is None else "good" if self.is_good else "behind"

    @property
    def sign(self) -> str:
        """Return the sign of its standing."""
        return {"good": "✓", "behind": "!", "open": "–"}[self.kind]


def goals_of(gateway: Gateway, state: State, by: tuple[str, ...] = ()) -> tuple[Goal, ...]:
    """Return the targets in force of the page's organisation, of those below it (`child`) or of its employees (`manager`)."""
    lines = gateway.targets(organisation=state.organisation, day=state.day, period=state.period, view=state.view, by=by)
    places = {} if by == ("manager",) else places_of(gateway, state)
    name = _namer(gateway, by)
    return tuple(_goal(line, name(line.holder), places.get((line.holder, line.metric.code))) for line in lines)


def goals_of_year(gateway: Gateway, state: State) -> dict[str, Goal]:
    """Return the targets of the year of the page's organisation under their metric, for the cards of another page."""
    lines = gateway.targets(organisation=state.organisation, day=state.day, period=Period.YEAR, view=state.view)
    return {line.metric.code: _goal(line, "", None) for line in lines}


def places_of(gateway: Gateway, state: State) -> dict[tuple[str, str], Place]:
    """Return the place of each organisation among all of its grade that the viewer sees, metric by metric; equals share a place."""
    grades = gateway.outlet_grades()
    lines = gateway.targets(organisation=gateway.top, day=state.day, period=state.period, view=state.view, by=("organisation",))
    rates: dict[tuple[str, str], dict[str, Decimal]] = {}
    metrics: dict[str, Metric] = {}
    for line in lines:
        grade, rate = grades.get(line.holder), line.time_weighted_completion
        if grade is not None and rate is not None and line.metric.more_is_better is not None:
            rates.setdefault((grade, line.metric.code), {})[line.holder] = rate
            metrics[line.metric.code] = line.metric
    found: dict[tuple[str, str], Place] = {}
    for (grade, code), held in rates.items():
        better: Callable[[Decimal, Decimal], bool] = Decimal.__gt__ if metrics[code].more_is_better else Decimal.__lt__
        for holder, rate in held.items():
            found[holder, code] = Place(1 + sum(better(other, rate) for other in held.values()), len(held), grade)
    return found


def metrics_in(goals: Iterable[Goal]) -> tuple[Metric, ...]:
    """Return the metrics that have targets, each once, in the order of the catalogue."""
    return tuple(dict.fromkeys(goal.line.metric for goal in goals))


SORTS: dict[str, Callable[[Goal], Decimal | None]] = {
    "actual": lambda goal: goal.line.actual,
    "target": lambda goal: goal.line.target,
    "completion": lambda goal: goal.line.completion,
    "weighted": lambda goal: goal.line.time_weighted_completion,
    "distance": lambda goal: goal.line.distance,
    "needed": lambda goal: goal.line.needed_a_day,
    "rank": lambda goal: Decimal(goal.place.rank) if goal.place else None,
}
"""By what the table of one metric can be sorted, besides the name."""


def ordered(goals: Sequence[Goal], sort: str) -> list[Goal]:
    """Return the targets of one metric in the order asked; what has no value stands last either way, equals by their holder."""
    key, descending = sort.lstrip("-"), sort.startswith("-")
    plain = sorted(goals, key=lambda goal: goal.line.holder)
    if key == BY_NAME:
        return sorted(plain, key=lambda goal: goal.name, reverse=descending)
    value = SORTS.get(key, SORTS["weighted"])
    if key not in SORTS:  # the best first, whichever way is better
        descending = all(goal.line.metric.more_is_better is not False for goal in plain) != descending
    known = [goal for goal in plain if value(goal) is not None]
    known.sort(key=lambda goal: value(goal) or Decimal(0), reverse=descending)
    return known + [goal for goal in plain if value(goal) is None]


def is_leaf(gateway: Gateway, state: State) -> bool:
    """Return whether the page's organisation has none below it, so that its employees are shown instead."""
    own = own_code(gateway, state)
    return not any((node.parent_code or "") == own for node in gateway.organisations())


def split_below(gateway: Gateway, state: State) -> tuple[str, ...]:
    """Return by what the table below is split: organisations directly below, or employees where there are none.

    Nothing where there are none and the viewer may not see people's performance.
    """
    if not is_leaf(gateway, state):
        return (CHILD,)
    return ("manager",) if may_split_by(gateway.viewer, "manager") else ()


def _goal(line: TargetLine, name: str, place: Place | None) -> Goal:
    is_good = line.is_on_schedule
    words = (_WITHIN, _OVER) if line.metric.more_is_better is False else (_GOOD, _BEHIND)
    return Goal(line, name, _bar(line), _NOT_KNOWN if is_good is None else words[0] if is_good else words[1], is_good, place)


def _bar(line: TargetLine) -> GoalBar | None:
    if line.completion is None:
        return None
    due = line.due / line.target if line.due is not None else None
    return GoalBar(_placed(line.completion), _placed(Decimal(1)), None if due is None else _placed(due))


def _placed(share: Decimal) -> Decimal:
    return (min(max(share, Decimal(0)), _FULL) / _FULL * 100).quantize(_HUNDREDTHS)


def _namer(gateway: Gateway, by: tuple[str, ...]) -> Callable[[str], str]:
    if by == ("manager",):
        staff = employments_of(gateway.bank)
        return lambda number: f"{staff[number].employee_name} {number}" if number in staff else number
    names: Mapping[str, str] = {node.code: node.name for node in gateway.organisations()}
    return lambda code: names.get(code, code)
