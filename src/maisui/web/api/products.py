"""The routes of product analysis: what is held together, where outlets hold less than is usual, and signals of products."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router
from ninja.params.functions import Query

from maisui.answers import Period, View
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.api.blocks import block_json
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.product_signals.figures import blocks_of
from maisui.web.pages.product_signals.outcomes import Outcomes
from maisui.web.pages.product_signals.page import counted
from maisui.web.pages.products.page import whole_months
from maisui.web.pages.products.together import tied
from maisui.web.staff.models import StaffUser

router = Router()


class CustomerKind(StrEnum):
    """Whose products are looked at."""

    PERSONAL = "personal"
    CORPORATE = "corporate"


Org = Annotated[str | None, Query(description="An organisation: it and everything below it.")]
Kind = Annotated[CustomerKind, Query(description="Persons or firms.")]
AsOf = Annotated[View, Query(description="as-was: organisations of each day; as-is: closed outlets under their successor.")]


@router.get("/pairs", response={200: dict[str, Any], **PROBLEMS}, summary="What customers hold together")
def products_held_together(
    request: HttpRequest, org: Org = None, kind: Kind = CustomerKind.PERSONAL, view: AsOf = View.AS_WAS
) -> dict[str, Any]:
    """Return every pair of product groups with support, confidence and lift with their intervals, on the reporting date."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    return _plain(gateway.products.pairs(org, kind.value, view))


@router.get("/chances", response={200: list[dict[str, Any]], **PROBLEMS}, summary="Launch opportunities")
def launch_opportunities(
    request: HttpRequest, org: Org = None, kind: Kind = CustomerKind.PERSONAL, view: AsOf = View.AS_WAS
) -> list[dict[str, Any]]:
    """Return where outlets hold less of a product than is usual: how many customers, and what they would bring a year."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    sure = tied(gateway.products.pairs(org, kind.value, view))
    return [_plain(one) for one in gateway.products.chances(org, kind.value, view, sure)]


@router.get("/signals", response={200: list[dict[str, Any]], **PROBLEMS}, summary="Signals of products")
def signals_of_products(
    request: HttpRequest, org: Org = None, period: Period = Period.MONTH, view: AsOf = View.AS_WAS
) -> list[dict[str, Any]]:
    """Return the lists of the page: products to end, to raise, wanted and to launch, each with its evidence and money at stake."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    fresh = gateway.freshness()
    if fresh is None:
        raise QuestionError("nothing is published yet", where="signals", next_step="run the batch first")
    state = whole_months(State(organisation=gateway.organisation_in_sight(org), period=period, view=view))
    outcomes = Outcomes(gateway, StaffUser.objects.get(username=gateway.viewer.username))
    return [block_json(block) for block in blocks_of(gateway, state, counted(gateway, fresh.reporting_date), outcomes)]


def _plain(value: Any) -> Any:
    """Return a frozen value as objects and lists; amounts and shares as text without rounding."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
