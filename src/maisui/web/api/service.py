"""The routes of service: needs by kind and one's own, strategies in force with their result, and what one follows.

A token never carries the right to see customers: needs come without customer and words, results of few customers are withheld, and
whom one follows is a number.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Query

from maisui.errors import HomeError
from maisui.web.access.permissions import Permission
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.follows.desk import followed
from maisui.web.gateway import Gateway
from maisui.web.groups.threshold import are_few, fewest_shown
from maisui.web.needs import desk as needs_desk
from maisui.web.needs.models import NeedKind
from maisui.web.staff.models import StaffUser
from maisui.web.strategies.desk import StrategyResult, results

router = Router()
Org = Annotated[str | None, Query(description="An organisation: it and everything below it.")]


class NeedKindLine(Schema):
    """How one kind stands: not closed, late, and of those recorded within a year how many were answered, how fast, and in time."""

    kind: str
    waiting_count: int
    late_count: int
    answered_count: int
    in_time_count: int
    median_days: str | None


class OwnNeed(Schema):
    """One need that the token's owner has; whose it is and what was said is told on its page only."""

    number: int
    kind: str
    came_by: str
    state: str
    outcome: str
    organisation: str
    recorded_at: datetime
    due_on: date
    answered_at: datetime | None
    closed_at: datetime | None
    is_late: bool


class StrategyLine(Schema):
    """One strategy in force and what came of it; a figure of few customers is null, as is one that nobody is measured for.

    Empty `tier`, `life_stage` and `label` fit everybody; amounts are the assets of those measured when advice began and now, in yuan.
    """

    code: str
    tier: str
    life_stage: str
    label: str
    action_zh: str
    action_en: str
    product_zh: str
    product_en: str
    channel: str
    frequency_days: int
    owner: str
    valid_from: date
    is_own: bool
    customer_count: int | None
    contacted_count: int | None
    measured_count: int | None
    base_amount: str | None
    amount: str | None


class FollowedGroup(Schema):
    """One group that is followed."""

    number: int
    name: str
    followed_at: datetime


class Follows(Schema):
    """What the token's owner follows: how many customers, and which groups he may still open."""

    customer_count: int
    groups: list[FollowedGroup]


@router.get("/needs", response={200: list[NeedKindLine], **PROBLEMS}, summary="Needs and complaints by kind")
def needs_by_kind(request: HttpRequest, org: Org = None) -> list[NeedKindLine]:
    """Return how complaints, needs and opportunities stand that were recorded in the organisations of the token's owner."""
    reach = needs_desk.in_sight(gateway_of(request), org, Permission.FIGURE_VIEW)
    found = [(kind.value, needs_desk.standing_of(reach, kind.value)) for kind in NeedKind]
    return [
        NeedKindLine(
            kind=kind,
            waiting_count=one.waiting_count,
            late_count=one.late_count,
            answered_count=one.time.answered_count,
            in_time_count=one.time.in_time_count,
            median_days=None if one.time.median_days is None else f"{one.time.median_days:f}",
        )
        for kind, one in found
    ]


@router.get("/needs/own", response={200: list[OwnNeed], **PROBLEMS}, summary="Your own needs and complaints")
def own_needs(request: HttpRequest) -> list[OwnNeed]:
    """Return what the token's owner has and has not closed, in his organisations, the earliest due first."""
    gateway, today = gateway_of(request), timezone.localdate()
    reach = needs_desk.in_sight(gateway, None, Permission.FIGURE_VIEW)
    return [
        OwnNeed(
            number=need.pk,
            kind=need.kind,
            came_by=need.came_by,
            state=need.state,
            outcome=need.outcome,
            organisation=need.organisation_code,
            recorded_at=need.recorded_at,
            due_on=need.due_on,
            answered_at=need.answered_at,
            closed_at=need.closed_at,
            is_late=need.is_late(today),
        )
        for need in reach.filter(owner=_user(gateway), closed_at=None)
    ]


@router.get("/strategies", response={200: list[StrategyLine], **PROBLEMS}, summary="Service strategies in force")
def strategies_in_force(request: HttpRequest, org: Org = None) -> list[StrategyLine]:
    """Return every strategy in force, to how many customers it applies, how many were contacted since, and their assets then and now."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="strategies", next_step="wait for the first batch")
    fewest = fewest_shown(fresh.reporting_date)
    return [_strategy(one, fewest) for one in results(gateway, org, Permission.FIGURE_VIEW)]


@router.get("/follows", response={200: Follows, **PROBLEMS}, summary="What you follow")
def own_follows(request: HttpRequest) -> Follows:
    """Return how many customers and which groups the token's owner follows now; what happened to them is told on his day only."""
    gateway = gateway_of(request)
    gateway.require(Permission.FIGURE_VIEW)
    user = _user(gateway)
    follows = list(followed(user).select_related("group"))
    visible = {group.pk for group in gateway.groups(user).visible()}
    return Follows(
        customer_count=sum(1 for one in follows if one.customer_number),
        groups=[
            FollowedGroup(number=one.group.pk, name=one.group.name, followed_at=one.followed_at)
            for one in follows
            if one.group is not None and one.group.pk in visible
        ],
    )


def _user(gateway: Gateway) -> StaffUser:
    return StaffUser.objects.get(username=gateway.actor.username)


def _strategy(one: StrategyResult, fewest: int) -> StrategyLine:
    """Return a strategy in plain words; a count that is few, or that leaves few others, is withheld."""
    line = one.strategy
    count = None if are_few(one.customer_count, fewest) else one.customer_count
    parts = [
        None if count is None or are_few(part, fewest) or are_few(count - part, fewest) else part
        for part in (one.contacted_count, one.measured_count)
    ]
    is_measured = bool(parts[1])
    return StrategyLine(
        code=line.code,
        tier=line.tier,
        life_stage=line.life_stage,
        label=line.label,
        action_zh=line.action.zh,
        action_en=line.action.en,
        product_zh=line.product.zh,
        product_en=line.product.en,
        channel=line.channel,
        frequency_days=line.frequency_days,
        owner=line.owner,
        valid_from=line.since,
        is_own=line.is_own,
        customer_count=count,
        contacted_count=parts[0],
        measured_count=parts[1],
        base_amount=f"{one.base_amount:f}" if is_measured else None,
        amount=f"{one.amount:f}" if is_measured else None,
    )
