"""The page of substitution: every version of the rate with its formula, outlets side by side, and who moved between channels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import CHILD, ChannelList, Unit
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.customer_list import list_acted, list_page
from maisui.web.pages.channels.tables import Table, table_of
from maisui.web.pages.overview.figure_page import figure_page, warm_page
from maisui.web.pages.overview.figures import SPARK_MONTHS, attempt, months_before, own_code
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.page import needs
from maisui.web.pages.substitution.figures import VERSIONS, migration_of, read_versions, version_of


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show substitution, or the fragment of the page that htmx asked for."""
    return figure_page(request, "substitution", State.of(request.GET), _content, VERSIONS[0])


def warm(gateway: Gateway) -> None:
    """Compute what the page shows when it is opened without any choice."""
    warm_page(gateway, State(), _content)


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Show the customers of the counter who could move."""
    return list_page(request, ChannelList.COUNTER, "substitution")


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the counter customers who could move: those ticked, or all of them."""
    return list_acted(request, ChannelList.COUNTER, "substitution")


def children(gateway: Gateway, state: State, names: dict[str, str]) -> Table:
    """Return every version for each organisation below."""
    return table_of(
        gateway, state, CHILD, VERSIONS, lambda code: names.get(code, code), below=frozenset(names) - {own_code(gateway, state)}
    )


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question(VERSIONS[0]))  # out of sight or out of history: the whole page says so
    days = months_before(frame["day"], gateway.month_ends(), SPARK_MONTHS)
    read_versions(gateway, state, days)
    return controls_of(gateway, state, frame["day"]) | {
        "versions": [attempt(lambda code=code: version_of(gateway, state, code, days)) for code in VERSIONS],
        "below": attempt(lambda: children(gateway, state, frame["names"])),
        "migration": attempt(lambda: migration_of(gateway, state, frame["day"])),
        "may_see_customers": gateway.may(Permission.CUSTOMER_VIEW),
        "list_words": State(organisation=state.organisation).query(),
        "count": Unit.COUNT,
    }
