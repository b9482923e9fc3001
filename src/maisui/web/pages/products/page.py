"""The catalogue of products: which grow, which die, which cost, and who brings the money?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Period, Unit
from maisui.answers.product_months import LEVELS
from maisui.web.components.figures import column_scale, digits
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State
from maisui.web.pages.products.catalogue import Catalogue, catalogue, level_of
from maisui.web.pages.products.drawings import HEIGHT, bubbles_of, pareto_of
from maisui.web.pages.products.words import LEVEL_NAMES, STAGE_NAMES, STAGE_RULE

WHOLE_MONTHS = (Period.MONTH, Period.QUARTER, Period.YEAR)


def whole_months(state: State) -> State:
    """Return the state with a period of whole months: contribution knows no shorter one."""
    return state if state.period in WHOLE_MONTHS else replace(state, period=Period.MONTH)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the catalogue, or the fragment of the page that htmx asked for."""
    return figure_page(request, "products", whole_months(State.of(request.GET)), _content, "customer_contribution")


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("customer_contribution"))  # out of sight or out of history: the whole page says so
    level = level_of(state)
    tried = attempt(lambda: catalogue(gateway, state, frame["day"]))
    found = tried.value
    return controls_of(gateway, state, frame["day"]) | {
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in WHOLE_MONTHS],
        "tried": tried,
        "catalogue": found,
        "levels": [(LEVEL_NAMES[item], item == level, state.query(split="" if item == "group" else item)) for item in LEVELS],
        "level_name": LEVEL_NAMES[level],
        "sorts": [(column, *_sorted(state, column.code)) for column in found.columns] if found else (),
        "stages": STAGE_NAMES,
        "rule": stage_rule(found) if found else "",
        "bubbles": bubbles_of(_down_to_groups(gateway, state, found)) if found else None,
        "bubble_height": HEIGHT,
        "pareto": pareto_of(found.lines, level) if found else None,
        "pareto_scale": column_scale((line.values.get("customer_contribution") for line in found.on(level)), Unit.YUAN) if found else None,
        "unit": Unit.YUAN,
        "count_unit": Unit.COUNT,
    }


def _down_to_groups(gateway: Gateway, state: State, found: Catalogue) -> tuple[Any, ...]:
    """Return lines and groups: the bubbles are always of groups."""
    return found.lines if level_of(state) != "line" else catalogue(gateway, state, found.day, level="group").lines


def stage_rule(found: Catalogue) -> str:
    """Return the rule of stages with the thresholds in force."""
    growth, decline = (f"{digits(found.settings.number(code) * 100, 0)}%" for code in ("product_growth_rate", "product_decline_rate"))
    return str(STAGE_RULE).format(growth=growth, decline=decline, fewest=digits(found.settings.number("product_fewest_holders"), 0))


def _sorted(state: State, code: str) -> tuple[str, str]:
    """Return the address that sorts by a column, and the mark where it is sorted already."""
    is_down, is_up = state.sort == f"-{code}", state.sort == f"+{code}"
    return state.query(sort=f"+{code}" if is_down else f"-{code}"), "▼" if is_down else "▲" if is_up else ""
