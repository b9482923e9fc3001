"""Asking to look into a county, deciding it for the county, and ending it; each with its record."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.county_access.models import LONGEST_REASON, CountyAccess
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

SHORTEST_REASON = 6
MOST_DAYS = 90
DAYS_OFFERED = (7, 30, MOST_DAYS)


def requests_of(gateway: Gateway) -> QuerySet[CountyAccess]:
    """Return every request of this union, the newest first."""
    return CountyAccess.objects.filter(union_code=gateway.bank.home.legal_entity_code).select_related("asked_by", "decided_by")


def ask_for_county(gateway: Gateway, user: StaffUser, county_code: str, *, reason: str, days: int) -> CountyAccess:
    """Ask for the right to look into a county for `days` days from today.

    Raises:
        NotAllowedError: when the viewer may not look at the union.
        NotVisibleError: when the union has no such member.
        ActionRefusedError: without a reason, for too long, or while an earlier request counts.
    """
    today = timezone.localdate()
    with action(
        "county_ask", by=gateway.actor, permission=Permission.UNION_VIEW, object_type="county", object_id=county_code[:64]
    ) as details:
        if county_code not in {member.code for member in gateway.bank.home.members}:
            raise NotVisibleError("the union has no such member", where="county", next_step="choose one from the table")
        said = " ".join(reason.split())
        if not SHORTEST_REASON <= len(said) <= LONGEST_REASON or not said.isprintable():
            raise _refused(
                Text(
                    f"请写明事由（{SHORTEST_REASON} 至 {LONGEST_REASON} 字）",
                    f"give the reason in {SHORTEST_REASON} to {LONGEST_REASON} characters",
                )
            )
        if not 1 <= days <= MOST_DAYS:
            raise _refused(Text(f"最长 {MOST_DAYS} 天", f"{MOST_DAYS} days at most"))
        mine = requests_of(gateway).filter(asked_by=user, county_code=county_code)
        if any(one.is_waiting(today) or one.is_valid_on(today) for one in mine):
            raise _refused(Text("已有待批或有效的授权", "an earlier request is waiting or in force"))
        until = today + timedelta(days=days)
        made = CountyAccess.objects.create(
            asked_by=user, union_code=gateway.bank.home.legal_entity_code, county_code=county_code, reason=said, valid_until=until
        )
        details |= {"reason": said, "until": str(until)}
    return made


def decide_on_county(gateway: Gateway, user: StaffUser, number: int, *, is_granted: bool) -> None:
    """Grant or refuse a request, for the county that it is about.

    Raises:
        NotAllowedError: when the viewer may not decide for any county.
        NotVisibleError: when there is no such request to a county of his.
        ActionRefusedError: for one's own request, and for one that is decided or over.
    """
    name = "county_grant" if is_granted else "county_refuse"
    with action(name, by=gateway.actor, permission=Permission.COUNTY_GRANT, object_type="county", object_id=str(number)) as details:
        found = _of_my_county(gateway, number)
        if found.asked_by.pk == user.pk:
            raise _refused(Text("不得批准本人的申请", "nobody decides on his own request"))
        if not found.is_waiting(timezone.localdate()):
            raise _refused(Text("该申请已处理或已过期", "this request is decided or over"))
        found.is_granted, found.decided_by, found.decided_at = is_granted, user, timezone.now()
        found.save()
        details |= {"county": found.county_code, "for": found.asked_by.username, "until": str(found.valid_until)}


def end_county_access(gateway: Gateway, user: StaffUser, number: int) -> None:
    """End a right today that the county gave.

    Raises:
        NotAllowedError: when the viewer may not decide for any county.
        NotVisibleError: when there is no such right to a county of his.
        ActionRefusedError: when it does not count any more.
    """
    with action("county_end", by=gateway.actor, permission=Permission.COUNTY_GRANT, object_type="county", object_id=str(number)) as details:
        found = _of_my_county(gateway, number)
        if not found.is_valid_on(timezone.localdate()):
            raise _refused(Text("该授权已不再有效", "this right does not count any more"))
        found.valid_until = timezone.localdate()
        found.save()
        details |= {"county": found.county_code, "for": found.asked_by.username, "by": user.username}


def counties_of(gateway: Gateway) -> frozenset[str]:
    """Return the members for which the viewer may decide: those his roles are held for, all of them only by a role at each."""
    tops = set(gateway.viewer.tops_of(Permission.COUNTY_GRANT))
    return frozenset(member.code for member in gateway.bank.home.members if member.code in tops)


def _of_my_county(gateway: Gateway, number: int) -> CountyAccess:
    found = requests_of(gateway).select_for_update(of=("self",)).filter(pk=number).first()
    if found is None or found.county_code not in counties_of(gateway):
        raise NotVisibleError("there is no such request", where="county access", next_step="go back to the list")
    return found


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="county access", next_step="correct it and try again")
