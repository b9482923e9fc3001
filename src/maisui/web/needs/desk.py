"""Where needs are handed out: within the viewer's organisations, the look at customers recorded first, then masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from maisui.answers.customer_relations import parties
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError, visible_tree
from maisui.web.access.sealed import reference_of
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.customers.desk import covers, tops_covered
from maisui.web.customers.shown import Masks, masked_number
from maisui.web.needs.models import CustomerNeed, State
from maisui.web.needs.response import ResponseTime, response_time

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


MEASURED_BACK = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """One need with its customer, masked; `reference` is None where the customer has moved out of the viewer's sight."""

    need: CustomerNeed
    reference: str | None
    customer_name: str
    customer_number: str
    organisation_name: str


@dataclass(frozen=True, slots=True)
class KindStanding:
    """How a kind stands: not closed, late, money at stake of those not closed (None: nobody named any), answers of a year."""

    waiting_count: int
    late_count: int
    at_stake_amount: Decimal | None
    time: ResponseTime


def of_this_bank() -> QuerySet[CustomerNeed]:
    """Return every need of the bank of this home, for work behind the pages only."""
    return CustomerNeed.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("owner", "recorded_by")


def in_sight(
    gateway: Gateway, organisation: str | None = None, permission: Permission = Permission.CUSTOMER_VIEW
) -> QuerySet[CustomerNeed]:
    """Return the needs recorded at the organisations for which the viewer holds `permission`, at or below `organisation`.

    Raises:
        NotAllowedError: when he does not hold it.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    gateway.require(permission)
    tops = tops_covered(gateway, (organisation,) if organisation else None, permission)
    if tops is None:
        return of_this_bank()
    return of_this_bank().filter(organisation_code__in=[node.code for node in visible_tree(gateway.whole_tree(), tops)])


def standing_of(reach: QuerySet[CustomerNeed], kind: str) -> KindStanding:
    """Return how a kind stands among needs in reach; answered are those recorded within the last year."""
    of_kind, today = reach.filter(kind=kind), timezone.localdate()
    waiting = list(of_kind.exclude(state=State.CLOSED))
    answered = of_kind.filter(recorded_at__gte=timezone.now() - MEASURED_BACK).exclude(answered_at=None)
    stakes = [need.at_stake_amount for need in waiting if need.at_stake_amount is not None]
    waits = [
        (need.answered_at - need.recorded_at, timezone.localdate(need.answered_at) <= need.due_on)
        for need in answered
        if need.answered_at is not None
    ]
    return KindStanding(
        len(waiting), sum(need.is_late(today) for need in waiting), sum(stakes, Decimal(0)) if stakes else None, response_time(waits)
    )


def shown(
    gateway: Gateway, needs: Iterable[CustomerNeed], *, action: str = "need_list", details: dict[str, object] | None = None
) -> tuple[ShownNeed, ...]:
    """Return needs with their customers, masked; whose customers they are is recorded first.

    Raises:
        AuditUnavailableError: when the look cannot be recorded.
    """
    listed = list(needs)
    numbers = sorted({need.customer_number for need in listed})
    if numbers:
        record(action=action, by=gateway.actor, object_type="needs", object_id="*", details={**(details or {}), "customers": numbers})
    with gateway.reader() as reader:
        known = parties(reader, numbers)
    names = {node.code: node.name for node in gateway.whole_tree()}
    permissions = gateway.viewer.permissions
    found = []
    for need in listed:
        party = known.get(need.customer_number)
        is_seen = party is not None and covers(gateway, Permission.CUSTOMER_VIEW, party.home_organisation_code)
        found.append(
            ShownNeed(
                need,
                reference_of(need.customer_number) if is_seen else None,
                Masks(permissions, kind=party.customer_kind, is_revealed=False)("customer_name", party.customer_name)
                if party and is_seen
                else "",
                masked_number(need.customer_number, permissions),
                names.get(need.organisation_code) or need.organisation_code,
            )
        )
    return tuple(found)


def one(gateway: Gateway, number: int) -> CustomerNeed:
    """Return one need in the viewer's sight.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when there is none for him; the refusal is recorded.
    """
    found = in_sight(gateway).filter(pk=number).first()
    if found is None:
        record(action="need_view", by=gateway.actor, object_type="need", object_id=str(number), result=Result.REFUSED)
        raise NotVisibleError("there is no such need", where="needs", next_step="go back to the list")
    return found


def of_customer(customer_number: str) -> tuple[CustomerNeed, ...]:
    """Return all that one customer, whose look the caller has recorded, asked for, what waits first."""
    found = of_this_bank().filter(customer_number=customer_number)
    return tuple(sorted(found, key=lambda need: need.closed_at is not None))
