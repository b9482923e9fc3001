"""The route of one's own performance: the figures of the page of the token's owner, and nobody else's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import Period
from maisui.answers.manager_activity import Use
from maisui.errors import HomeError
from maisui.web.access.scope import NotVisibleError
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.performance.person import context_of
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.settlement_desk import line_json

router = Router()


@router.get("/performance/own", response={200: dict[str, Any], **PROBLEMS}, summary="Your own performance")
def own_performance(
    request: HttpRequest,
    day: Annotated[date | None, Query(alias="date", description="The reporting day; the last published one by default.")] = None,
    period: Annotated[Period, Query(description="month, quarter or year")] = Period.MONTH,
) -> dict[str, Any]:
    """Return your figures over the whole bank with bases, bands and rules, manual work, targets and the statement of the month."""
    gateway = gateway_of(request)
    if gateway.freshness() is None:
        raise HomeError("nothing has been published yet", where="performance", next_step="wait for the first batch")
    desk = PerformanceDesk.of_viewer(gateway)
    if desk is None:
        raise NotVisibleError("no employee number is yours", where="performance", next_step="ask the security administrator for it")
    shown = context_of(request, gateway, desk, State(day=day, period=period))
    figures = [figure for part in ("teller", "manager", "results") for figure in (shown[part].value or ())]
    mine = shown["assessed"].value if shown["assessed"] else None
    return {
        "person": desk.person.person,
        "date": shown["day"],
        "period_start": shown["first_day"],
        "figures": [
            {
                "metric": one.metric.code,
                "value": _text(one.value),
                "change": _text(one.change),
                "numerator": _text(one.above),
                "denominator": _text(one.below),
                "is_small": one.is_small,
                "band_zh": one.band.zh if one.band else None,
                "band_en": one.band.en if one.band else None,
                "peer_count": one.peer_count,
            }
            for one in figures
        ],
        "corrections": _corrections(shown),
        "managed": _managed(shown),
        "manual_workload": _text(shown["manual_workload"]),
        "targets": [
            {"metric": line.metric.code, "target": _text(line.target), "actual": _text(line.actual), "completion": _text(line.completion)}
            for line in shown["targets"].value or ()
        ],
        "statement": line_json(mine) if mine else None,
    }


def _corrections(shown: dict[str, Any]) -> dict[str, int] | None:
    found = shown["corrections"].value if shown["corrections"] else None
    names = ("posting_count", "own_count", "later_count", "other_count", "cash_count", "small_cash_count")
    return {name: getattr(found, name) for name in names} if found else None


def _managed(shown: dict[str, Any]) -> dict[str, Any] | None:
    """Return what one's customers hold and use, where one's deposits come from, and contacts; None for who looks after nobody."""
    found = shown["activity"].value
    if found is None:
        return None
    return {
        "own_deposit_balance": _text(found.origin.own_balance),
        "derived_deposit_balance": _text(found.origin.derived_balance),
        "agency_and_wealth_balance": _text(found.sold.market_amount),
        "agency_and_wealth_customers": found.sold.customer_count,
        "visits": found.met.visit_count,
        "contacts": found.met.contact_count,
        "products": [_use(one.use) for one in found.products],
        "channels": [_use(one.use) for one in found.channels],
    }


def _use(use: Use) -> dict[str, Any]:
    return {"code": use.code, "held": use.holder_count, "active": use.active_count, "opened": use.opened_count}


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
