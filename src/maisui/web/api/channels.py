"""The routes of channel analysis: the blocks of its pages, by program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import Period, View
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.api.blocks import block_json
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.pages.card_use.institutions import elsewhere, institutions
from maisui.web.pages.cash_needs import page as cash_needs
from maisui.web.pages.catchment import page as catchment
from maisui.web.pages.channel_adoption import page as channel_adoption
from maisui.web.pages.channels.block_page import WHOLE_MONTHS, Asked, BlockMaker
from maisui.web.pages.counter_staffing import page as counter_staffing
from maisui.web.pages.merchants import page as merchants
from maisui.web.pages.one_product.blocks import filled
from maisui.web.pages.overview.state import State

router = Router()


@dataclass(frozen=True, slots=True)
class _Analysis:
    """The blocks of one analysis, and the periods it knows."""

    makers: tuple[BlockMaker, ...]
    periods: tuple[Period, ...] = tuple(Period)


_ANALYSES: dict[str, _Analysis] = {
    "adoption": _Analysis(channel_adoption.PAGE.makers),
    "cash-needs": _Analysis(cash_needs.PAGE.makers),
    "catchment": _Analysis(catchment.PAGE.makers, WHOLE_MONTHS),
    "counter-staffing": _Analysis(counter_staffing.PAGE.makers, WHOLE_MONTHS),
    "institutions": _Analysis((institutions, elsewhere)),
    "merchants": _Analysis(merchants.PAGE.makers, WHOLE_MONTHS),
}


@router.get("/{code}", response={200: list[dict[str, Any]], **PROBLEMS}, summary="One analysis of channels")
def channel_analysis(
    request: HttpRequest,
    code: str,
    org: Annotated[str | None, Query(description="An organisation: it and everything below it.")] = None,
    day: Annotated[date | None, Query(alias="date", description="Reporting day; the latest by default.")] = None,
    period: Period = Period.MONTH,
    view: Annotated[View, Query(description="as-was or as-is.")] = View.AS_WAS,
) -> list[dict[str, Any]]:
    """Return the blocks of `adoption`, `cash-needs`, `catchment`, `counter-staffing`, `institutions` or `merchants`, every line of them."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    fresh, known = gateway.freshness(), _ANALYSES.get(code)
    if known is None or fresh is None:
        raise QuestionError("there is no such analysis", where=code, next_step=f"ask for one of: {', '.join(sorted(_ANALYSES))}")
    if period not in known.periods:
        raise QuestionError("it is kept by month", where="period", next_step=f"ask for one of: {', '.join(known.periods)}")
    organisation = gateway.organisation_in_sight(org)
    names = {node.code: node.name for node in gateway.organisations()}
    asked = Asked(
        gateway, State(organisation=organisation, day=day, period=period, view=view), day or fresh.reporting_date, names, is_whole=True
    )
    return [block_json(filled(make(asked))) for make in known.makers]
