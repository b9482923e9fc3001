"""Unmasking one customer for one user: a reason, a quarter of an hour, so many a day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.audit.actor import Actor
from maisui.web.audit.chain import one_line
from maisui.web.customers.models import CustomerReveal, open_reveal
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

REVEALED_FOR = timedelta(minutes=15)
SHORTEST_REASON = 6
LONGEST_REASON = 200


def reveal_customer(*, by: Actor, customer_number: str, reason: str, protected: Text | None = None) -> CustomerReveal:
    """Let `by` see a customer unmasked until a quarter of an hour from now; one that is still open is returned as it is.

    `protected` says why this customer stays masked for him. The caller has checked that the customer is in his scope.

    Raises:
        NotAllowedError: when `by` may not unmask customers.
        ActionRefusedError: when the customer is protected, the reason too short, or the day's number used up.
    """
    entity = settings.HOME.legal_entity_code
    with action(
        "customer_reveal", by=by, permission=Permission.CUSTOMER_REVEAL, object_type="customer", object_id=customer_number
    ) as details:
        if protected is not None:
            raise ActionRefusedError(protected, where="customer", next_step="ask a colleague whose work it is")
        stated = checked_reason(reason)
        user = StaffUser.objects.select_for_update().get(username=by.username)
        now = timezone.now()
        found = open_reveal(user.username, entity, customer_number, now)
        if found is None:
            _refuse_too_many(user, now)
            found = CustomerReveal.objects.create(
                user=user,
                legal_entity_code=entity,
                customer_number=customer_number,
                reason=stated,
                revealed_at=now,
                expires_at=now + REVEALED_FOR,
            )
        details |= {"reason": stated, "until": found.expires_at.isoformat()}
    return found


def reveals_left(username: str, now: datetime) -> int:
    """Return how many customers `username` may still unmask today."""
    used = CustomerReveal.objects.filter(user__username=username, revealed_at__gte=_midnight(now)).count()
    return max(0, settings.HOME.web.reveals_a_day - used)


def checked_reason(reason: str) -> str:
    """Return a stated reason in one line.

    Raises:
        ActionRefusedError: when it says too little.
    """
    stated = one_line(" ".join(reason.split()), LONGEST_REASON)
    if len(stated.replace(" ", "")) < SHORTEST_REASON:
        raise ActionRefusedError(
            Text(f"请写明理由，至少 {SHORTEST_REASON} 个字", f"state a reason of at least {SHORTEST_REASON} characters"),
            where="reason",
            next_step="write for what work you need the customer's details",
        )
    return stated


def _refuse_too_many(user: StaffUser, now: datetime) -> None:
    if reveals_left(user.username, now) == 0:
        most = settings.HOME.web.reveals_a_day
        raise ActionRefusedError(
            Text(f"今日查看明文已达上限 {most} 次", f"today's {most} reveals are used up"),
            where="reveals_a_day",
            next_step="go on tomorrow, or ask a colleague",
        )


def _midnight(now: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
