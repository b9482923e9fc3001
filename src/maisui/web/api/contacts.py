"""The route of contacts: how often customers were met, how, and what came of it; nobody is named and no word is told.

A token never carries the right to see customers: a line of few customers is told without its counts.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.errors import HomeError, QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.contacts import desk
from maisui.web.contacts.models import ContactKind, ContactOutcome
from maisui.web.groups.threshold import are_few, fewest_shown
from maisui.web.pages.contacts.state import SHOWN_BACK
from maisui.web.pages.customers.state import KIND_NAMES

router = Router()


class ContactLine(Schema):
    """One way and outcome: contacts, and customers met so; both are null where the customers are few."""

    way: str
    outcome: str
    contact_count: int | None
    customer_count: int | None


@router.get("/contacts", response={200: list[ContactLine], **PROBLEMS}, summary="Contacts by way and outcome")
def contacts_by_way(
    request: HttpRequest,
    org: Annotated[str | None, Query(description="An organisation: customers at home there and below it.")] = None,
    first: Annotated[date | None, Query(alias="from", description="First day; ninety days up to the last by default.")] = None,
    last: Annotated[date | None, Query(alias="until", description="Last day; today by default.")] = None,
    kind: Annotated[str, Query(description="Kind of customer: personal, corporate or unknown.")] = "",
) -> list[ContactLine]:
    """Return how often customers of the token owner's organisations were met between two days, by way and outcome."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="contacts", next_step="wait for the first batch")
    if kind not in ("", *KIND_NAMES):
        raise QuestionError("there is no such kind", where="kind", next_step=f"choose one of: {', '.join(KIND_NAMES)}")
    until = last or timezone.localdate()
    query = desk.ContactQuery(first or until - SHOWN_BACK, until, org, customer_kind=kind)
    found, fewest = desk.found(gateway, query, Permission.FIGURE_VIEW), fewest_shown(fresh.reporting_date)
    return [
        _line(found, way, outcome, fewest)
        for way in ContactKind.values
        for outcome in ContactOutcome.values
        if (way, outcome) in found.counts
    ]


def _line(found: desk.FoundContacts, way: str, outcome: str, fewest: int) -> ContactLine:
    customers = found.customer_counts[way, outcome]
    is_told = not are_few(customers, fewest)
    return ContactLine(
        way=way,
        outcome=outcome,
        contact_count=found.counts[way, outcome] if is_told else None,
        customer_count=customers if is_told else None,
    )
