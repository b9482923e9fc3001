"""What every page of figures stands in: where in the tree, which day and period, and the bar by which they are chosen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Comparison, OrganisationNode, Period
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import own_code
from maisui.web.pages.overview.state import COMPARISON_NAMES, COMPARISON_SHORT_NAMES, PERIOD_NAMES, VIEW_NAMES, State
from maisui.web.text import choose


def is_fragment(request: HttpRequest) -> bool:
    """Return whether htmx will swap a part; Back asks for the whole page again."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.request_type == "partial" and not htmx.history_restore_request


def frame_of(gateway: Gateway, state: State, reporting_date: date) -> dict[str, Any]:
    """Return what every part needs: the state in words, and where in the tree we stand."""
    nodes = gateway.organisations()
    code = own_code(gateway, state)
    by_code = {node.code: node for node in nodes}
    node = by_code.get(code) if code or not nodes else _whole_bank()
    return {
        "state": state,
        "query": state.query(),
        "day": state.day or reporting_date,
        "names": {item.code: item.name for item in nodes},
        "organisation": node,
        "organisation_name": node.name if node and node.depth else "",
        "path": _path(node, by_code),
        "has_children": any((item.parent_code or "") == code for item in nodes),
        "first_comparison": COMPARISON_NAMES[state.comparisons[0]] if state.comparisons else None,
        "period_name": PERIOD_NAMES[state.period],
        "has_branches": not gateway.bank.home.is_union,
        "has_forecasts": not gateway.bank.home.is_union,
        "may_explain": gateway.may(Permission.FIGURE_EXPLAIN),
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "may_focus": gateway.may(Permission.FOCUS_VIEW),
    }


def controls_of(gateway: Gateway, state: State, day: date) -> dict[str, Any]:
    """Return the choices of the bar above the figures: days, periods, views of organisations, comparisons."""
    ends = gateway.month_ends()
    return {
        "days": ends,
        "is_other_day": day not in ends,
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in Period],
        "views": [(name, item is state.view, state.query(view=item, page=1)) for item, name in VIEW_NAMES.items()],
        "comparisons": [
            (COMPARISON_SHORT_NAMES[item], name, item in state.comparisons, state.query(comparisons=state.toggled(item)))
            for item, name in COMPARISON_NAMES.items()
            if item is not Comparison.PREVIOUS_WORKING_DAY or item in state.comparisons or _follows_rest(gateway, day)
        ],
        "state_fields": state.pairs("date"),
    }


def _follows_rest(gateway: Gateway, day: date) -> bool:
    """Return whether the last working day is not just the day before."""
    return gateway.working_days().before(day) != day - timedelta(days=1)


def organisation_choices(gateway: Gateway, state: State) -> dict[str, Any]:
    """Return every organisation the viewer may choose, with the address of the page for it."""
    return {"choices": [(node, state.query(organisation=node.code, page=1)) for node in gateway.organisations()]}


def _whole_bank() -> OrganisationNode:
    """Return what stands above several tops: the bank itself, which no file lists."""
    return OrganisationNode("", choose(settings.HOME.name_zh, settings.HOME.name_en), "", None, 0, is_open=True)


def _path(node: OrganisationNode | None, by_code: dict[str, OrganisationNode]) -> list[tuple[OrganisationNode, str]]:
    """Return the way down to `node`, each step with the name of the one above it, which its own name need not repeat."""
    found: list[tuple[OrganisationNode, str]] = []
    while node is not None:
        above = by_code.get(node.parent_code) if node.parent_code else None
        found.append((node, above.name if above else ""))
        node = above
    return found[::-1]
