"""The page of performance: how do tellers, managers and branches do by seven items, over which bases, and does it add up?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Period, performance_settings
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State
from maisui.web.pages.performance.figures import Table, subject_of, table_of
from maisui.web.pages.performance.items import SUBJECT_NAMES

PERIODS = (Period.MONTH, Period.QUARTER, Period.YEAR)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the seven items of the chosen subject, or the fragment of the page that htmx asked for."""
    return figure_page(request, "performance", state_of(request), _content, "managed_deposit_balance")


def state_of(request: HttpRequest) -> State:
    """Return the state of the address; the organisation is one for which the viewer may see people."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    organisation = gateway.organisation_in_sight(state.organisation, Permission.PERFORMANCE_VIEW)
    return replace(state, organisation=organisation, period=state.period if state.period in PERIODS else Period.MONTH)


def table_of_state(gateway: Gateway, state: State, day: Any) -> Table:
    """Return the table of the state, by the parameters of fairness of its day."""
    settings = gateway.shared(("performance_settings", day), lambda reader: performance_settings(reader, day))
    return table_of(gateway, state, settings)


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    chosen = subject_of(state)
    gateway.ask(state.question("deposit_balance"))  # out of sight or out of history: the whole page says so
    controls = controls_of(gateway, state, frame["day"])
    return controls | {
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in PERIODS],
        "comparisons": (),
        "table": attempt(lambda: table_of_state(gateway, state, frame["day"])),
        "subject": chosen.value,
        "subject_name": SUBJECT_NAMES[chosen],
        "is_of_persons": chosen.value != "branch",
        "subjects": [(name, item is chosen, state.query(split=item.value, sort=State().sort)) for item, name in SUBJECT_NAMES.items()],
    }
