"""The page of contribution: who leaves how much after money, service, risk, tax and capital, and is that the ledger's profit?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Period, Unit
from maisui.web.access.scope import may_split_by
from maisui.web.components.figures import column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.contribution.figures import SPLITS, Step, bridge, table_of, waterfall
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State

_WHOLE_MONTHS = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.TO_DATE)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show contribution, or the fragment of the page that htmx asked for."""
    asked = State.of(request.GET)
    if asked.period is Period.DAY:
        asked = replace(asked, period=Period.MONTH)
    return figure_page(request, "contribution", asked, _content, "customer_contribution")


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("customer_contribution"))  # out of sight or out of history: the whole page says so
    steps, lines = attempt(lambda: waterfall(gateway, state)), attempt(lambda: bridge(gateway, state))
    table = attempt(lambda: table_of(gateway, state, frame["names"]))
    controls = controls_of(gateway, state, frame["day"])
    return controls | {
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in _WHOLE_MONTHS],
        "comparisons": (),
        "steps": steps,
        "steps_scale": _scale(steps.value or ()),
        "bridge": lines,
        "bridge_scale": _scale(lines.value or ()),
        "table": table,
        "splits": [
            (name, code == state.split, state.query(split=code))
            for code, (name, dimension, _) in SPLITS.items()
            if may_split_by(gateway.viewer, dimension)
        ],
        "unit": Unit.YUAN,
    }


def _scale(steps: tuple[Step, ...]) -> object:
    amounts = [step.amount for step in steps if step.amount]
    return column_scale(amounts, Unit.YUAN)
