"""Decisions about tiers within a viewer's scope: how far each is in the published version, the look recorded first, masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet

from maisui.answers.customer_relations import parties
from maisui.answers.tier_decisions import END, TierDecision, tier_decisions
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import visible_tree
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.tiers.models import State, TierProposal

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownTier:
    """One decision of a customer in sight, masked; `standing` tells how far it is.

    `standing` is waiting, rejected, withdrawn, delivered (approved, not yet in a published version), refused (by the batch), ahead,
    holds, over, replaced (before its day) or done (an end that was published). `last_day` is the last day on which it holds.
    """

    proposal: TierProposal
    reference: str
    customer_number: str
    customer_name: str
    standing: str
    last_day: date | None
    refusal_code: str | None


def in_sight(
    gateway: Gateway, organisation: str | None = None, permission: Permission = Permission.CUSTOMER_VIEW
) -> QuerySet[TierProposal]:
    """Return the decisions about customers whose home the viewer's `permission` covers, at or below `organisation`, the newest first.

    Raises:
        NotAllowedError: when he does not hold it.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    gateway.require(permission)
    found = TierProposal.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("proposed_by", "decided_by")
    tops = tops_covered(gateway, (organisation,) if organisation else None, permission)
    if tops is None:
        return found
    return found.filter(organisation_code__in=[node.code for node in visible_tree(gateway.whole_tree(), tops)])


def standings(gateway: Gateway, day: date) -> dict[int, tuple[str, TierDecision]]:
    """Return how far each decision of the published version is, by its number."""
    found = gateway.published("tier_decisions", tier_decisions, default={})
    return {number: (_standing(one, day), one) for number, one in found.items()}


def shown(gateway: Gateway, proposals: Sequence[TierProposal], day: date) -> list[ShownTier]:
    """Return `proposals`, which the caller found in sight, masked; the look is recorded first.

    Raises:
        AuditUnavailableError: when it cannot be recorded.
    """
    numbers = sorted({one.customer_number for one in proposals})
    if not numbers:
        return []
    record(action="tier_list", by=gateway.actor, object_type="customers", object_id="*", details={"customers": numbers})
    with gateway.reader() as reader:
        known = parties(reader, numbers)
    counted = standings(gateway, day)
    rows: list[ShownTier] = []
    for one in proposals:
        party = known.get(one.customer_number)
        masks = Masks(gateway.viewer.permissions, kind=party.customer_kind if party else "unknown", is_revealed=False)
        standing, decision = counted.get(one.decision_number or 0, (one.state if one.state != State.APPROVED else "delivered", None))
        rows.append(
            ShownTier(
                proposal=one,
                reference=reference_of(one.customer_number),
                customer_number=masks("customer_number", one.customer_number),
                customer_name=masks("customer_name", party.customer_name) if party else "",
                standing=standing,
                last_day=decision.last_day if decision and decision.is_accepted else one.last_day,
                refusal_code=decision.refusal_code if decision else None,
            )
        )
    return rows


def _standing(decision: TierDecision, day: date) -> str:
    if not decision.is_accepted:
        return "refused"
    if decision.decision_kind == END:
        return "done" if decision.valid_from <= day else "ahead"
    assert decision.valid_until is not None  # noqa: S101 - what sets a tier and counts has a last day
    if decision.valid_until <= max(day, decision.valid_from):
        return "replaced" if decision.valid_until != decision.decided_until else "over"
    return "ahead" if decision.valid_from > day else "holds"
