"""The page of drivers: why did this figure change, where, and what next?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Comparison, Metric, MoverOrder, Timing, metric_of, splits_of, why_no_movers
from maisui.web.access.scope import may_split_by
from maisui.web.components.figures import column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.drivers.figures import Reason, comparison_of, counted_metric, customers_query, reason_of, split_name, split_of
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt, metrics_by_code
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import COMPARISON_NAMES, COMPARISON_SHORT_NAMES, State
from maisui.web.pages.overview.words import namer


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what moved a figure, or the fragment of the page that htmx asked for."""
    asked = State.of(request.GET)
    return figure_page(request, "drivers", replace(asked, comparisons=(comparison_of(asked),)), _content, asked.metric)


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question(state.metric))  # out of sight or out of history: the whole page says so
    metric, narrowed = metric_of(state.metric), {name for name, _ in state.within}
    split, counted = split_of(gateway, state), counted_metric(metric)
    reason = attempt(lambda: reason_of(gateway, state, frame["names"]))
    chosen = comparison_of(state)
    return controls_of(gateway, state, frame["day"]) | {
        "comparisons": [
            (COMPARISON_SHORT_NAMES[item], COMPARISON_NAMES[item], item is chosen, state.query(comparisons=(item,))) for item in Comparison
        ],
        "metric": metric,
        "metrics": [item for item in metrics_by_code(gateway).values() if splits_of(item)],
        "metric_fields": [(name, value) for name, value in state.pairs("metric", "within", "split")],
        "reason": reason,
        "customers": customers_query(gateway, state, state.within),
        "no_customers": why_no_movers(metric),
        "counted": counted,
        "customers_counted": _behind(gateway, state, metric, counted) if counted else "",
        "scale": _scale(reason.value) if reason.value else None,
        "splits": [
            (split_name(code), code == split, state.query(split=code))
            for code in splits_of(metric)
            if code not in narrowed and may_split_by(gateway.viewer, code)
        ],
        "split_title": split_name(split) if reason.value else None,
        "narrowed": [
            (split_name(name), namer(gateway, name)(value), state.query(within=tuple(item for item in state.within if item[0] != name)))
            for name, value in state.within
            if name in splits_of(metric)
        ],
    }


def _behind(gateway: Gateway, state: State, metric: Metric, counted: Metric) -> str:
    """Return the address of everybody behind `counted`, the figure that stands behind `metric`; the largest part now comes first."""
    compared = (Comparison.YEAR_START,) if metric.numerator.timing is Timing.YEAR_START else state.comparisons
    query = customers_query(gateway, replace(state, metric=counted.code, comparisons=compared), state.within)
    return f"{query}&order={MoverOrder.VALUE.value}" if query else ""


def _scale(reason: Reason) -> object:
    figures = [figure for one in reason.lines for figure in (one.driver.base, one.driver.value, one.driver.effect) if figure]
    return column_scale(figures, reason.movement.metric.unit)
