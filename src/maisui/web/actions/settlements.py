"""Settlements: a period frozen from one version by one person, approved by another, never changed; a correction is a new revision."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from maisui.answers import hold_versions
from maisui.errors import MaisuiError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import action
from maisui.web.allocations.models import Settlement, State
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import numbers_of_user
from maisui.web.settlement_desk import (
    SETTLED_PERIODS,
    Reckoned,
    carried_in,
    content_hash,
    first_day_of,
    hash_of,
    is_as_frozen,
    is_carried_from,
    last_revisions,
    reckoned,
    with_carried,
)
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk

_log = logging.getLogger(__name__)
_DESK = Desk(
    "settlements",
    own=Text("不能审批自己提出或给自己计酬的结算", "nobody approves what he proposed or what pays himself"),
    over=Text("该结算已处理", "the settlement is decided already"),
    of_others=Text("只能撤回自己提出的结算", "only who proposed a settlement takes it back"),
)


def propose_settlement(
    gateway: Gateway, user: StaffUser, *, period: str, last_day: date | None, reason: str, carry: Sequence[int] = ()
) -> Settlement:
    """Freeze what a month or quarter pays by the published version; it pays nobody before somebody else approves it.

    `carry` are earlier settlements by number whose differences to the published version it pays as well.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank, or not see everybody's performance.
        ActionRefusedError: when the period is not over, nobody earns in it, one of it waits, or a reason is missing; when differences
            cannot be carried over, or those of the period itself are already.
    """
    gateway.require_whole_entity(Permission.SETTLEMENT_PROPOSE)
    gateway.require_whole_entity(Permission.PERFORMANCE_VIEW)
    with action(
        "settlement_propose", by=gateway.actor, permission=Permission.SETTLEMENT_PROPOSE, object_type="settlement", object_id=str(last_day)
    ) as details:
        fresh = gateway.freshness()
        if period not in SETTLED_PERIODS or last_day is None or fresh is None:
            raise _DESK.refused(Text("请选择期间", "choose a period"))
        following = last_day + timedelta(days=1)
        is_over = following.day == 1 and (period == "month" or following.month % 3 == 1)
        if not is_over or not fresh.first_date <= last_day <= fresh.reporting_date:
            raise _DESK.refused(Text("该期间尚未结束，或没有数据", "the period is not over, or there are no data of it"))
        reason = _DESK.reason(reason, Text("请填写说明（4 至 300 字）", "a note of 4 to 300 characters is needed"))
        first_day = first_day_of(last_day, SETTLED_PERIODS[period])
        same = Settlement.objects.filter(first_day=first_day, last_day=last_day)
        if same.filter(state=State.WAITING).exists():
            raise _DESK.refused(Text("该期间已有待审批的结算", "a settlement of this period waits already"))
        found = reckoned(gateway, last_day, SETTLED_PERIODS[period])
        if not found.lines:
            raise _DESK.refused(
                Text(
                    "该期间没有按方案计酬的人员或网点（未下达目标，也没有适用的方案）",
                    "nobody earns by a scheme in this period: no targets are set and no scheme applies",
                )
            )
        if same.filter(state=State.APPROVED).exists() and is_carried_from(first_day, last_day):
            raise _DESK.refused(
                Text(
                    "该期间的差额已结转到后续结算，不能再修订",
                    "differences of this period are carried over already; it is not revised any more",
                )
            )
        found = _with_differences(gateway, found, carry, first_day)
        settlement = Settlement.objects.create(
            first_day=first_day,
            last_day=last_day,
            revision=same.filter(state=State.APPROVED).count() + 1,
            version=found.version,
            scheme=found.scheme,
            scheme_hash=hash_of(found.scheme),
            lines=found.lines,
            content_hash=content_hash(
                first_day=first_day, last_day=last_day, version=found.version, scheme=found.scheme, lines=found.lines
            ),
            total_pay=found.total_pay,
            reason=reason,
            proposed_by=user,
        )
        details.update(_facts(settlement))
        transaction.on_commit(hold_settled_versions)
    return settlement


def hold_settled_versions() -> None:
    """Have the versions kept on which settlements that wait or stand rest; asked after each change and on each look at the list."""
    standing = Settlement.objects.filter(state__in=(State.WAITING, State.APPROVED))
    try:
        hold_versions(settings.HOME, set(standing.values_list("version", flat=True)))
    except MaisuiError as error:
        _log.error("versions of settlements are not held: %s", error.what)


def _with_differences(gateway: Gateway, found: Reckoned, carry: Sequence[int], first_day: date) -> Reckoned:
    """Return a reckoning with the differences of the settlements chosen."""
    if not carry:
        return found
    sources = [one for one in last_revisions(first_day) if one.pk in carry]
    if len(sources) != len(set(carry)):
        raise _DESK.refused(
            Text("只能结转更早期间最后一次修订的差额", "differences are carried over from the last revision of an earlier period")
        )
    carried = with_carried(gateway, found, sources)
    if carried.lines == found.lines:
        raise _DESK.refused(Text("所选期间没有可结转的差额", "the periods chosen have no difference to carry over"))
    return carried


def withdraw_settlement(gateway: Gateway, user: StaffUser, settlement: Settlement) -> None:
    """Take back one's own settlement before it is decided.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: when it is not his, or decided already.
    """
    gateway.require_whole_entity(Permission.SETTLEMENT_PROPOSE)
    with action(
        "settlement_withdraw",
        by=gateway.actor,
        permission=Permission.SETTLEMENT_PROPOSE,
        object_type="settlement",
        object_id=str(settlement.pk),
    ) as details:
        locked = _DESK.locked(settlement)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))
        transaction.on_commit(hold_settled_versions)


def decide_settlement(gateway: Gateway, user: StaffUser, settlement: Settlement, *, is_approved: bool, note: str) -> None:
    """Approve or reject a settlement; never by who proposed it, nor by whom it pays.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        ActionRefusedError: when he is party to it, it does not wait, was altered, or a rejection has no reason.
    """
    gateway.require_whole_entity(Permission.SETTLEMENT_APPROVE)
    with action(
        "settlement_approve" if is_approved else "settlement_reject",
        by=gateway.actor,
        permission=Permission.SETTLEMENT_APPROVE,
        object_type="settlement",
        object_id=str(settlement.pk),
    ) as details:
        locked = _DESK.locked(settlement)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_party(gateway, locked, user))
        if is_approved and not is_as_frozen(locked):
            raise _DESK.refused(Text("内容与冻结时的指纹不符，请驳回", "it is not as it was frozen; reject it"))
        locked.save()
        details.update(_facts(locked))
        transaction.on_commit(hold_settled_versions)


def is_party(gateway: Gateway, settlement: Settlement, user: StaffUser) -> bool:
    """Return whether somebody proposed a settlement or is paid by it, under any number of his."""
    by = settlement.proposed_by
    paid = {line["number"] for line in settlement.lines if not line["is_outlet"]}
    return by.pk == user.pk or bool(numbers_of_user(gateway, user) & {by.employee_number, *paid})


def _facts(settlement: Settlement) -> dict[str, object]:
    return {
        "settlement": settlement.pk,
        "from": settlement.first_day.isoformat(),
        "until": settlement.last_day.isoformat(),
        "revision": settlement.revision,
        "version": settlement.version,
        "scheme": settlement.scheme_hash,
        "content": settlement.content_hash,
        "people": sum(not line["is_outlet"] for line in settlement.lines),
        "pay": f"{settlement.total_pay:f}",
        "carried": f"{sum((carried_in(line) for line in settlement.lines), Decimal('0.00')):f}",
        "reason": settlement.reason,
        "note": settlement.decision_note,
    }
