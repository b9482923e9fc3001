"""The page of targets: how far is each target reached, is that as much as was due by now, and who is behind?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import TARGET_PERIODS, Metric, Unit
from maisui.web.components.figures import Scale, fitting, table_scales
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figure_page import figure_page, warm_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.targets.figures import Goal, goals_of, metrics_in, ordered, split_below
from maisui.web.pages.targets.state import BEST_FIRST, TargetState
from maisui.web.text import Text

COLUMNS: tuple[tuple[str, Text], ...] = (
    ("actual", Text("实际", "Actual")),
    ("target", Text("目标", "Target")),
    ("completion", Text("完成率", "Completion")),
    ("weighted", Text("时序完成率", "Time-weighted")),
    ("distance", Text("实际−目标", "Actual − target")),
    ("needed", Text("剩余每日需", "Needed a day")),
    ("rank", Text("同级名次", "Rank in grade")),
)
"""The columns of the table of one metric, each with the key by which it sorts."""
_SMALLEST_FIRST = ("name", "rank")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show how far targets are reached, or the fragment of the page that htmx asked for."""
    return figure_page(request, "targets", state_of(request), _content, "target_completion_rate")


def warm(gateway: Gateway) -> None:
    """Compute what the page shows when it is opened without any choice."""
    warm_page(gateway, TargetState(), _content)


def state_of(request: HttpRequest) -> TargetState:
    """Return the state of the address; targets are set for months, quarters and years only."""
    state = TargetState.of(request.GET)
    return state if state.period in TARGET_PERIODS else replace(state, period=TargetState().period)


def _content(gateway: Gateway, state: TargetState, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("target_completion_rate", ("target",)))  # out of sight or out of history: the whole page says so
    own = attempt(lambda: goals_of(gateway, state))
    split = split_below(gateway, state)
    below = attempt(lambda: goals_of(gateway, state, split) if split else ())
    metrics = metrics_in(below.value or ())
    chosen = next((metric for metric in metrics if metric.code == state.metric), metrics[0] if metrics else None)
    state = replace(state, metric=chosen.code) if chosen else state
    found = [goal for goal in below.value or () if goal.line.metric is chosen]
    lines = ordered(found, state.sort)
    controls = controls_of(gateway, state, frame["day"])
    return controls | {
        "state": state,
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in TARGET_PERIODS],
        "comparisons": (),
        "own": own,
        "own_rows": _at_one_scale(own.value or ()),
        "summary": _summary(own.value or ()),
        "below": below,
        "is_of_managers": split == ("manager",),
        "chosen": chosen,
        "lines": lines,
        "scales": _scales(chosen.unit, lines) if chosen else None,
        "columns": [(key, name, *_sorted_by(state, key, chosen)) for key, name in COLUMNS],
        "name_column": _sorted_by(state, "name", chosen),
        "matrix_metrics": [(metric, metric is chosen, state.query(metric=metric.code, sort=TargetState().sort)) for metric in metrics],
        "matrix": _matrix(lines, below.value or (), metrics),
        "metric_fields": state.pairs("metric"),
    }


def _summary(goals: tuple[Goal, ...]) -> dict[str, Any] | None:
    """Return how much of the period has passed and how many targets are as they should be."""
    if not goals:
        return None
    kinds = [goal.kind for goal in goals]
    return {
        "line": goals[0].line,
        "count": len(goals),
        "good": kinds.count("good"),
        "behind": kinds.count("behind"),
        "open": kinds.count("open"),
    }


def _at_one_scale(goals: tuple[Goal, ...]) -> list[tuple[Goal, Scale | None, Scale | None]]:
    """Return each target with the scales of its amounts and of its distance: all amounts in yuan have one, others that of each figure.

    A distance that the common scale would write as 0.00 has its own.
    """
    lines = [goal.line for goal in goals if goal.line.metric.unit is Unit.YUAN]
    money = table_scales(
        {"actual": (Unit.YUAN, [line.actual for line in lines]), "distance": (Unit.YUAN, [line.distance for line in lines])}
    )
    scales = [money["actual"] if goal.line.metric.unit is Unit.YUAN else None for goal in goals]
    return [(goal, scale, fitting(scale, goal.line.distance, goal.line.metric.unit)) for goal, scale in zip(goals, scales, strict=True)]


def _scales(unit: Unit, goals: list[Goal]) -> dict[str, Scale]:
    """Return the scale of each column of money or counts."""
    lines = [goal.line for goal in goals]
    return table_scales(
        {
            "actual": (unit, [value for line in lines for value in (line.actual, line.target)]),
            "distance": (unit, [line.distance for line in lines]),
            "needed": (lines[0].needed_unit if lines else unit, [line.needed_a_day for line in lines]),
        }
    )


def _sorted_by(state: TargetState, key: str, chosen: Metric | None) -> tuple[str, str, str]:
    """Return the address that sorts by a column, turning it where it is sorted already; its mark, and what is read out."""
    is_down, sorted_by = state.sort.startswith("-"), state.sort.lstrip("-")
    if sorted_by == BEST_FIRST:
        is_down, sorted_by = chosen is None or chosen.more_is_better is not False, "weighted"
    if sorted_by != key:
        return state.query(sort=key if key in _SMALLEST_FIRST else f"-{key}", page=1), "", ""
    turned = state.query(sort=key if is_down else f"-{key}", page=1)
    return turned, "▼" if is_down else "▲", "descending" if is_down else "ascending"


def _matrix(lines: list[Goal], goals: tuple[Goal, ...], metrics: tuple[Metric, ...]) -> list[tuple[Goal, list[Goal | None]]]:
    """Return one row for each holder in the order of the table, with its target of every metric."""
    held = {(goal.line.holder, goal.line.metric.code): goal for goal in goals}
    first = {goal.line.holder: goal for goal in [*goals[::-1], *lines]}
    order = list(dict.fromkeys([goal.line.holder for goal in lines] + [goal.line.holder for goal in goals]))
    return [(first[holder], [held.get((holder, metric.code)) for metric in metrics]) for holder in order]
