"""What the page of drivers asks: the figure at two days, split by one dimension, and each line's part in the change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import (
    BY_CODE,
    CHILD,
    DIMENSION_BY_CODE,
    Comparison,
    Driver,
    Metric,
    Movement,
    Timing,
    View,
    has_movers,
    metric_of,
    splits_of,
)
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import may_split_by
from maisui.web.gateway import Compared, Gateway
from maisui.web.pages.contribution.figures import Step, drawn_steps
from maisui.web.pages.overview.figures import Change, changes_of, own_code
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import namer
from maisui.web.text import Text

MOST_STEPS = 9
"""Lines of the waterfall; what is left stands in one more."""
MOST_LINES = 300
NIL = Decimal(0)
WORTH_NAMING = Decimal("0.02")
"""A line is named as a step, or in the sentence, from this part of the largest effect on."""
OTHERS = Text("其余各项", "All others")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: name, its part of the whole's change as a share, and the address one level further down, if any.

    `customers` is the address of the customers behind the line; empty where they are not known or not for this viewer.
    """

    driver: Driver
    name: Text | str
    share: Decimal | None
    further: str
    customers: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What moved a figure: the whole against its base, each line, the same as a waterfall, and the largest on either side."""

    movement: Movement
    change: Change
    lines: tuple[Line, ...]
    line_count: int
    steps: tuple[Step, ...]
    rises: tuple[Line, ...]
    falls: tuple[Line, ...]


def comparison_of(state: State) -> Comparison:
    """Return the one base the page holds the figure against: the first of the state."""
    return state.comparisons[0] if state.comparisons else Comparison.PREVIOUS_MONTH


def split_of(gateway: Gateway, state: State) -> str:
    """Return the split of the state; without one the first that tells anything. Empty where nothing takes the metric apart.

    An organisation that nothing is below would be its own only line: it is taken apart by something else first.
    """
    if state.split:
        return state.split
    narrowed = {name for name, _ in state.within}
    offered = [code for code in splits_of(metric_of(state.metric)) if code not in narrowed and may_split_by(gateway.viewer, code)]
    if offered[1:] and offered[0] == CHILD and _is_lowest(gateway, own_code(gateway, state)):
        return offered[1]
    return next(iter(offered), "")


def _is_lowest(gateway: Gateway, organisation: str) -> bool:
    """Return whether nothing in sight is below an organisation; several tops are."""
    return organisation != "" and all(node.parent_code != organisation for node in gateway.organisations())


def split_name(code: str) -> Text:
    """Return what a split is called."""
    if code == CHILD:
        return Text("下级机构", "Organisations")
    return Text(DIMENSION_BY_CODE[code].name_zh, DIMENSION_BY_CODE[code].name_en)


def reason_of(gateway: Gateway, state: State, names: Mapping[str, str], *, most: int = MOST_LINES) -> Reason | None:
    """Return what moved the state's metric; None where it has no figure at one of the days, or nothing takes it apart.

    Raises:
        QuestionError: when the metric or the split does not exist, or does not add up.
        AccessError: as the gateway does.
    """
    metric, comparison, within, split = metric_of(state.metric), comparison_of(state), dict(state.within), split_of(gateway, state)
    if not split:
        return None
    compared, moved = gateway.movement(state.question(metric.code, (*within, split)), comparison, within)
    if moved is None:
        return None
    called = namer(gateway, split)
    lines = tuple(
        Line(
            one,
            called(one.code),
            one.effect / moved.change if moved.change else None,
            _further(gateway, state, metric, split, one.code, names),
            customers_query(gateway, state, (*state.within, (split, one.code))),
        )
        for one in moved.drivers
    )
    return Reason(
        moved,
        _change(compared, moved, comparison),
        lines[:most],
        len(lines),
        _steps(lines, moved.change),
        tuple(line for line in _worth_naming(lines) if line.driver.effect > 0)[:3],
        tuple(line for line in _worth_naming(lines) if line.driver.effect < 0)[:3],
    )


def _change(compared: Compared, moved: Movement, comparison: Comparison) -> Change:
    """Return the whole's change as every page shows one."""
    (whole,) = compared.answer.rows[:1]
    shown = changes_of(compared, whole, (comparison,))[0]
    rate = (moved.change / abs(moved.base)).quantize(Decimal("0.000001")) if moved.base else None
    return Change(comparison, shown.name, shown.short_name, shown.base_day, moved.base, moved.change, rate, shown.unlike)


def customers_query(gateway: Gateway, state: State, within: tuple[tuple[str, str], ...]) -> str:
    """Return the address of the customers behind the state's metric within some values; empty where there is none for this viewer."""
    is_known = has_movers(metric_of(state.metric), (name for name, _ in within)) and state.view is View.AS_WAS
    return state.query(within=within, split="", page=1) if is_known and gateway.may(Permission.CUSTOMER_VIEW) else ""


def counted_metric(metric: Metric) -> Metric | None:
    """Return the figure whose customers stand behind one that is no sum over customers, where they are known.

    Of a ratio it is what is above its line; of an average and of a change since the year's start the balance itself.
    """
    measure, is_ratio = metric.numerator, metric.denominator is not None
    if not is_ratio and measure.timing not in (Timing.AVERAGE, Timing.YEAR_START):
        return None
    behind = (one for one in BY_CODE.values() if one.denominator is None and has_movers(one))
    wanted = (measure.mart, measure.where)
    return next(
        (one for one in behind if one.numerator == measure or (not is_ratio and wanted == (one.numerator.mart, one.numerator.where))), None
    )


def _further(gateway: Gateway, state: State, metric: Metric, split: str, code: str, names: Mapping[str, str]) -> str:
    """Return the address of what moved one line; empty where it cannot be taken apart further."""
    if split == CHILD:
        own = state.organisation or ""
        return state.query(organisation=code, split="", page=1) if code in names and code != own else ""
    narrowed = (*state.within, (split, code))
    taken = {name for name, _ in narrowed}
    following = next((other for other in splits_of(metric) if other not in taken and may_split_by(gateway.viewer, other)), "")
    return state.query(within=narrowed, split=following) if following else ""


def _steps(lines: tuple[Line, ...], change: Decimal) -> tuple[Step, ...]:
    """Return the largest lines as steps from nothing, the others as one, and the whole change."""
    named = _worth_naming(lines)[:MOST_STEPS]
    drawn: list[tuple[Text | str, Decimal]] = [(line.name, line.driver.effect) for line in named]
    others = [line.driver.effect for line in lines[len(named) :] if line.driver.effect]
    if others:
        drawn.append((OTHERS, sum(others, NIL)))
    whole = (Text("合计变动", "Whole change"), "", "", change, True)
    return drawn_steps([*((name, "", "", effect, False) for name, effect in drawn), whole])


def _worth_naming(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines, the largest effect first, that are not tiny beside it."""
    least = abs(lines[0].driver.effect) * WORTH_NAMING if lines else NIL
    return tuple(line for line in lines if abs(line.driver.effect) >= least and line.driver.effect)
