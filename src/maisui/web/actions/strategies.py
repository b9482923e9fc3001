"""Lines of strategy: proposed with a day and a reason, approved or rejected by somebody else, taken back by who proposed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from maisui.answers import LABEL_BY_CODE, LABEL_FAMILIES
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import action
from maisui.web.actions.words import stated_words
from maisui.web.contacts.models import ContactKind
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.strategies.models import Owner, State, StrategyLine
from maisui.web.text import Text
from maisui.web.two_people.desk import LONGEST_REASON, Desk

TIERS = ("ordinary", "gold", "platinum", "diamond", "private")
STAGES = tuple(label.code for family in LABEL_FAMILIES if family.code == "life_stage" for label in family.labels)
LABELS = tuple(code for code in LABEL_BY_CODE if code not in STAGES)
LONGEST_ACTION, LONGEST_PRODUCT, LONGEST_FREQUENCY = 120, 60, 1096
_DESK = Desk(
    "strategies",
    own=Text("不能审批自己提出的变更", "nobody approves what he proposed himself"),
    over=Text("该变更已处理", "the change is decided already"),
    of_others=Text("只能撤回自己提出的变更", "only who proposed a change takes it back"),
    about_customers=True,
)


def propose_strategy(gateway: Gateway, user: StaffUser, typed: Mapping[str, str]) -> StrategyLine:
    """Propose one line; it counts for nothing before somebody else approves it.

    `typed` has code (empty for a strategy of the bank's own), valid_from, is_ended, tier, life_stage, label, action, product,
    channel, frequency_days, owner and reason.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        ActionRefusedError: when a field makes no sense, or a line of this strategy waits already.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    code = typed.get("code", "").strip()[:40]
    with action(
        "strategy_propose", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="strategy", object_id=code or "new"
    ) as details:
        tier, stage, label = (typed.get(name, "") for name in ("tier", "life_stage", "label"))
        if tier not in ("", *TIERS) or stage not in ("", *STAGES) or label not in ("", *LABELS):
            raise _DESK.refused(Text("请选择等级、阶段和标签", "choose tier, stage and label"))
        if typed.get("channel") not in ContactKind.values or typed.get("owner") not in Owner.values:
            raise _DESK.refused(Text("请选择渠道和负责人", "choose how and by whom"))
        if code and StrategyLine.objects.filter(**_of_this_bank(), code=code, state=State.WAITING).exists():
            raise _DESK.refused(Text("该策略已有待审批的变更", "a change of this strategy waits already"))
        line = StrategyLine.objects.create(
            **_of_this_bank(),
            code=code or "new",
            valid_from=_day(typed.get("valid_from", "")),
            is_ended=typed.get("is_ended", "") == "yes",
            tier=tier,
            life_stage=stage,
            label=label,
            action=stated_words(typed.get("action", ""), LONGEST_ACTION, where="strategies"),
            product=stated_words(typed["product"], LONGEST_PRODUCT, where="strategies") if typed.get("product", "").strip() else "",
            channel=typed["channel"],
            frequency_days=_frequency(typed.get("frequency_days", "")),
            owner=typed["owner"],
            reason=stated_words(typed.get("reason", ""), LONGEST_REASON, where="strategies"),
            proposed_by=user,
        )
        if not code:
            line.code = f"own-{line.pk}"
            line.save()
        details.update(_facts(line))
    return line


def decide_strategy(gateway: Gateway, user: StaffUser, number: int, *, is_approved: bool, note: str) -> None:
    """Approve or reject a line; never by who proposed it, whatever roles he holds.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        NotVisibleError: when there is no such line.
        ActionRefusedError: when he proposed it, it does not wait, or a rejection has no reason.
    """
    gateway.require_whole_entity(Permission.PARAMETER_APPROVE)
    name = "strategy_approve" if is_approved else "strategy_reject"
    with action(name, by=gateway.actor, permission=Permission.PARAMETER_APPROVE, object_type="strategy", object_id=str(number)) as details:
        line = _locked(number)
        _DESK.decide(line, user, is_approved=is_approved, note=note, is_party=is_same_person(gateway, line.proposed_by, user))
        line.save()
        details.update(_facts(line))


def withdraw_strategy(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Take back one's own line before it is decided.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        NotVisibleError: when there is no such line.
        ActionRefusedError: when it is not his, or decided already.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    with action(
        "strategy_withdraw", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="strategy", object_id=str(number)
    ) as details:
        line = _locked(number)
        _DESK.withdraw(line, user)
        details.update(_facts(line))


def _locked(number: int) -> StrategyLine:
    line = StrategyLine.objects.select_for_update(of=("self",)).select_related("proposed_by").filter(**_of_this_bank(), pk=number).first()
    if line is None:
        raise NotVisibleError("there is no such line", where="strategies", next_step="go back to the page")
    return line


def _of_this_bank() -> dict[str, str]:
    return {"legal_entity_code": settings.HOME.legal_entity_code}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _DESK.refused(Text("请填写生效日", "state the day from which it holds")) from None


def _frequency(text: str) -> int:
    days = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0  # noqa: PLR2004 - no frequency is that long
    if not 1 <= days <= LONGEST_FREQUENCY:
        raise _DESK.refused(Text(f"联系间隔为 1 至 {LONGEST_FREQUENCY} 天", f"1 to {LONGEST_FREQUENCY} days between contacts"))
    return days


def _facts(line: StrategyLine) -> dict[str, object]:
    return {"proposal": line.pk, "code": line.code, "valid_from": line.valid_from.isoformat(), "state": str(line.state)}
