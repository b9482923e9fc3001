"""What is handed over: proposals that wait for the viewer to decide, and those he made or that concern him."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions.allocations import is_party, may_decide
from maisui.web.allocations.models import AllocationProposal, State
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.allocations.words import KINDS, STATES
from maisui.web.staff.models import StaffUser

KEPT_FOR = timedelta(days=14)
"""How long a decision about the viewer stays on his day."""
MOST = 20


def hand_overs_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return the proposals of the viewer's day; nothing for who neither proposes nor decides."""
    if not gateway.may(Permission.ALLOCATION_PROPOSE):
        return {}
    known = AllocationProposal.objects.select_related("proposed_by", "decided_by")
    recent = known.filter(Q(state=State.WAITING) | Q(decided_at__gte=timezone.now() - KEPT_FOR))
    to_decide = [one for one in known.filter(state=State.WAITING) if may_decide(gateway, one) and not is_party(gateway, one, user)]
    concerning = [one for one in recent if is_party(gateway, one, user)]
    staff = employments_of(gateway.bank)

    def shown(found: list[AllocationProposal]) -> list[dict[str, Any]]:
        return [
            {
                "proposal": one,
                "kind": KINDS[one.kind],
                "state": STATES[one.state],
                "customers": len({held["customer"] or held["number"] for held in one.holdings}),
                "people": [staff[number].employee_name if number in staff else number for number in one.employees[:4]],
            }
            for one in found[:MOST]
        ]

    return {
        "has_hand_overs": bool(to_decide or concerning),
        "hand_overs_to_decide": shown(to_decide),
        "hand_overs_mine": shown(concerning),
        "hand_overs_waiting_count": len(to_decide),
    }
