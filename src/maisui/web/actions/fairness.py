"""Reasons for unequal choice: written by one person for a group below four fifths, until a day, and approved or rejected by another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers import DESCRIBED, trained_models
from maisui.answers.fairness_gaps import Group, gaps
from maisui.answers.model_watch import ModelWatch, model_watch
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import action
from maisui.web.gateway import Gateway
from maisui.web.model_desk.fairness import group_word, unexplained
from maisui.web.model_desk.models import FairnessReason, State
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk

LONGEST_DAYS = 366
_SHORTEST_REASON = 10
_DESK = Desk(
    "models",
    own=Text("不能审批自己写的理由", "nobody approves what he wrote himself"),
    over=Text("该理由已处理", "the reason is decided already"),
    next_step="reload the page",
)


def gaps_shown(watch: ModelWatch | None, cards: Iterable[dict[str, Any]]) -> dict[Group, float]:
    """Return the groups below four fifths in anything that the desk shows of a model: today's list, what came true, and its cards."""
    tables: list[Any] = [card.get("groups", ()) for card in cards]
    if watch is not None:
        tables += [watch.selection, (watch.fairness or {}).get("groups", ())]
    return gaps(tables)


def require_explained(model: str, card: dict[str, Any]) -> None:
    """Refuse a model whose card shows a group below four fifths for which no approved reason holds today.

    Raises:
        ActionRefusedError: when it is so.
    """
    open_ones = unexplained(model, gaps([card.get("groups", ())]), timezone.localdate())
    if open_ones:
        words = {group: group_word(group) for group in open_ones}
        raise _DESK.refused(
            Text(
                "入选比低于 0.80，须先写明理由并由另一人批准："
                + "、".join(f"{words[group].zh} {ratio:.2f}" for group, ratio in open_ones.items()),
                "chosen below four fifths without an approved reason: "
                + ", ".join(f"{words[group].en} {ratio:.2f}" for group, ratio in open_ones.items()),
            )
        )


def propose_fairness_reason(
    gateway: Gateway, user: StaffUser, *, model: str, group: Group, reason: str, ends_on: date | None
) -> FairnessReason:
    """Write down why a group is chosen much less often; it holds once somebody else approved it.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        ActionRefusedError: when the group has no such gap, one waits already, or reason or last day are missing.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    with action(
        "fairness_propose", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="model", object_id=model[:40]
    ) as details:
        today = timezone.localdate()
        if model not in {one.code for one in DESCRIBED}:
            raise _DESK.refused(Text("没有这个模型", "there is no such model"))
        said = _DESK.reason(reason, Text("请填写理由（10 至 300 字）", "a reason of 10 to 300 characters is needed"), _SHORTEST_REASON)
        if ends_on is None or not today < ends_on <= today + timedelta(days=LONGEST_DAYS):
            raise _DESK.refused(Text("到期日须在明天至一年之内", "the last day lies between tomorrow and a year from now"))
        ratio = gaps_shown(_watch(gateway, model), [one.card for one in trained_models(settings.HOME.path, model)]).get(group)
        if ratio is None:
            raise _DESK.refused(Text("该组的入选比不低于 0.80，无须说明", "the group is not below four fifths: no reason is needed"))
        if FairnessReason.objects.filter(model=model, field=group[0], group=group[1], state=State.WAITING).exists():
            raise _DESK.refused(Text("该组已有待审批的理由", "a reason for this group waits already"))
        written = FairnessReason.objects.create(
            model=model, field=group[0], group=group[1], ratio=Decimal(f"{ratio:.4f}"), reason=said, ends_on=ends_on, proposed_by=user
        )
        details.update(_facts(written))
    return written


def decide_fairness_reason(gateway: Gateway, user: StaffUser, written: FairnessReason, *, is_approved: bool, note: str) -> None:
    """Approve or reject a reason of somebody else; never one's own, whatever roles one holds.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        ActionRefusedError: when he wrote it, it does not wait, or a rejection has no reason.
    """
    gateway.require_whole_entity(Permission.PARAMETER_APPROVE)
    name = "fairness_approve" if is_approved else "fairness_reject"
    with action(
        name, by=gateway.actor, permission=Permission.PARAMETER_APPROVE, object_type="model", object_id=written.model[:40]
    ) as details:
        locked = _DESK.locked(written)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_same_person(gateway, locked.proposed_by, user))
        locked.save()
        details.update(_facts(locked))


def _watch(gateway: Gateway, model: str) -> ModelWatch | None:
    if gateway.freshness() is None:
        return None
    with gateway.reader() as reader:
        return model_watch(reader, settings.HOME.path, model)


def _facts(written: FairnessReason) -> dict[str, object]:
    return {
        "reason_number": written.pk,
        "group": f"{written.field} {written.group}",
        "ratio": f"{written.ratio}",
        "reason": written.reason,
        "ends_on": written.ends_on.isoformat(),
        "state": written.state,
        "note": written.decision_note,
    }
