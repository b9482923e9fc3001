"""The page of card use: our cards here, others' cards here, ours elsewhere, and the money between institutions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import ChannelList, Unit
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.card_use.figures import LINES, children, levels_of
from maisui.web.pages.card_use.institutions import elsewhere, institutions
from maisui.web.pages.channels.block_page import Asked
from maisui.web.pages.channels.customer_list import list_acted, list_page
from maisui.web.pages.one_product.blocks import drawn, filled
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import SPARK_MONTHS, attempt, cards_of, months_before
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.page import needs


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show card use, or the fragment of the page that htmx asked for."""
    return figure_page(request, "card_use", State.of(request.GET), _content, "acquiring_for_others_count")


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Show the customers who mostly use others' machines."""
    return list_page(request, ChannelList.ELSEWHERE, "card_use")


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers who mostly use others' machines: those ticked, or all of them."""
    return list_acted(request, ChannelList.ELSEWHERE, "card_use")


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question(LINES[0]))  # out of sight or out of history: the whole page says so
    days = months_before(frame["day"], gateway.month_ends(), SPARK_MONTHS)
    asked = Asked(gateway, state, frame["day"], frame["names"], is_whole=False)
    return controls_of(gateway, state, frame["day"]) | {
        "lines": cards_of(gateway, state, LINES, days),
        "levels": attempt(lambda: levels_of(gateway, state)),
        "below": attempt(lambda: children(gateway, state, frame["names"])),
        "blocks": [attempt(lambda make=make: drawn(filled(make(asked)))) for make in (institutions, elsewhere)],
        "may_see_customers": gateway.may(Permission.CUSTOMER_VIEW),
        "list_words": State(organisation=state.organisation).query(),
        "count": Unit.COUNT,
        "yuan": Unit.YUAN,
    }
