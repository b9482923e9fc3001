"""Lists of customers taken out: asked for with a reason, approved by a second person above the limit, so many a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from maisui.answers import CustomerOrder
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.customers import checked_reason
from maisui.web.customers.export import BASE_FIELDS, FIELDS, MOST_ROWS, question_of
from maisui.web.customers.models import CustomerExport
from maisui.web.exports.jobs import ask, gateway_of
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

KIND = "customer_list"
LONGEST_NOTE = 200
_SHORTEST_NOTE = 4
_State = CustomerExport.State


def exports_left(user: StaffUser) -> int:
    """Return how many lists `user` may still ask for today."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return max(0, settings.HOME.web.customer_exports_a_day - CustomerExport.objects.filter(asked_by=user, asked_at__gte=midnight).count())


def ask_for_customers(
    gateway: Gateway, user: StaffUser, *, organisation: str | None, filters: dict[str, object], fields: Sequence[str], reason: str
) -> CustomerExport:
    """Ask to take out a list of customers; within the limit its file is made at once, above it after a second person's approval.

    Raises:
        NotAllowedError: when the viewer may not take customers out.
        NotVisibleError: when the organisation is not his for that.
        ActionRefusedError: without a reason or fields, for nobody or too many, or when the day's number is used up.
    """
    with action(
        "customer_export_ask",
        by=gateway.actor,
        permission=Permission.CUSTOMER_EXPORT,
        object_type="customers",
        object_id=organisation or "*",
    ) as details:
        gateway.organisation_in_sight(organisation, Permission.CUSTOMER_EXPORT)
        stated = checked_reason(reason)
        chosen = [code for code in FIELDS if code in fields]
        if not chosen:
            raise _refused(Text("请至少选一项内容", "choose at least one field"))
        StaffUser.objects.select_for_update().get(pk=user.pk)
        if exports_left(user) == 0:
            most = settings.HOME.web.customer_exports_a_day
            raise _refused(Text(f"今日导出名单已达上限 {most} 次", f"today's {most} lists are used up"))
        asked = CustomerExport(
            legal_entity_code=settings.HOME.legal_entity_code,
            asked_by=user,
            organisation_code=organisation or "",
            filters=filters,
            fields=chosen,
            reason=stated,
        )
        asked.row_count = gateway.count_customers(question_of(gateway, asked, 1))
        ticked = asked.filters.get("ticked")
        if ticked and asked.row_count != len(ticked):
            raise _refused(
                Text("勾选的客户分属不同机构，请先按机构缩小名单", "those ticked belong to several organisations: narrow the list to one")
            )
        if not 0 < asked.row_count <= MOST_ROWS:
            raise _refused(
                Text(
                    f"共 {asked.row_count} 户；一次可导出 1 至 {MOST_ROWS} 户，请调整条件",
                    f"{asked.row_count} customers; a file holds 1 to {MOST_ROWS}",
                )
            )
        is_free = asked.row_count <= settings.HOME.web.customer_export_rows
        asked.state = _State.APPROVED if is_free else _State.WAITING
        asked.save()
        if is_free:
            _make(gateway, asked)
        details |= {"reason": stated, "rows": asked.row_count, "fields": chosen, "state": str(asked.state), "request": asked.pk}
    return asked


def ask_for_ticked(gateway: Gateway, user: StaffUser, *, numbers: Sequence[str], organisation: str | None, reason: str) -> CustomerExport:
    """Ask to take out the customers ticked in a list, whom the caller found within the viewer's scope for that, as lists show them.

    Raises:
        NotAllowedError: when the viewer may not take customers out.
        ActionRefusedError: as `ask_for_customers`, or when no one organisation of his holds them all.
    """
    top = organisation
    if top is None and not gateway.viewer.is_whole_entity(Permission.CUSTOMER_EXPORT):
        top = next(iter(gateway.viewer.tops_of(Permission.CUSTOMER_EXPORT)), "")
    filters: dict[str, object] = {
        "kind": None,
        "tier": None,
        "is_everybody": True,
        "sort": f"-{CustomerOrder.DEPOSITS}",
        "ticked": list(numbers),
    }
    return ask_for_customers(gateway, user, organisation=top, filters=filters, fields=list(BASE_FIELDS), reason=reason)


def decide_customers(gateway: Gateway, user: StaffUser, number: int, *, is_approved: bool, note: str) -> None:
    """Approve or reject a list that another person asked for; never one's own, and only within one's own scope.

    Raises:
        NotAllowedError: when the viewer may not approve.
        NotVisibleError: when there is no such list for him.
        ActionRefusedError: when it is his own or decided already, or a rejection has no reason.
    """
    note = " ".join(note.split())
    name = "customer_export_approve" if is_approved else "customer_export_reject"
    with action(
        name, by=gateway.actor, permission=Permission.CUSTOMER_EXPORT_APPROVE, object_type="customers", object_id=str(number)
    ) as details:
        asked = CustomerExport.objects.select_for_update().filter(pk=number).first()
        if asked is None or not may_decide(gateway, asked):
            raise NotVisibleError("there is no such list", where="customer exports", next_step="reload the page")
        by = asked.asked_by
        if is_same_person(gateway, by, user):
            raise _refused(Text("不能审批自己的申请", "nobody approves what he asked for himself"))
        if asked.state != _State.WAITING:
            raise _refused(Text("该申请已有结论", "it is decided already"))
        if len(note) > LONGEST_NOTE or not note.isprintable() or (not is_approved and len(note) < _SHORTEST_NOTE):
            raise _refused(Text("驳回须说明原因（4 至 200 字）", "a rejection needs a reason of 4 to 200 characters"))
        asked.decided_by, asked.decided_at, asked.decision_note = user, timezone.now(), note
        asked.state = _State.APPROVED if is_approved else _State.REJECTED
        asked.save()
        if is_approved:
            _make(gateway_of(by), asked)
        details |= {"owner": by.username, "reason": asked.reason, "rows": asked.row_count, "note": note, "request": asked.pk}


def may_decide(gateway: Gateway, asked: CustomerExport) -> bool:
    """Return whether the viewer's scope for approvals covers all that a list holds."""
    permission = Permission.CUSTOMER_EXPORT_APPROVE
    if not gateway.may(permission):
        return False
    if gateway.viewer.is_whole_entity(permission):
        return True
    return asked.organisation_code != "" and asked.organisation_code in {node.code for node in gateway.organisations(permission)}


def lists_of(gateway: Gateway, user: StaffUser) -> QuerySet[CustomerExport]:
    """Return the lists a user asked for, and where he may approve those of others that wait or that he decided."""
    mine = Q(asked_by=user) | Q(decided_by=user)
    found = CustomerExport.objects.select_related("asked_by", "decided_by", "job")
    if not gateway.may(Permission.CUSTOMER_EXPORT_APPROVE):
        return found.filter(mine)
    waiting = [one.pk for one in CustomerExport.objects.filter(state=_State.WAITING) if may_decide(gateway, one)]
    return found.filter(mine | Q(pk__in=waiting))


def _make(gateway: Gateway, asked: CustomerExport) -> None:
    asked.job = ask(gateway, asked.asked_by, KIND, asked.organisation_code or None, {"request": asked.pk})
    asked.save()


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="customer exports", next_step="correct it and ask again")
