"""Judgements: somebody who knows a customer puts him on a list or takes him from it, with a reason and until a day; lowering needs two."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from maisui.answers import MODEL_BY_CODE
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import action
from maisui.web.customers import desk as customers
from maisui.web.gateway import Gateway
from maisui.web.model_desk.models import JudgementState, ScoreJudgement
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk

LONGEST_DAYS = 366
_DESK = Desk(
    "judgements",
    own=Text("不能审批自己提出的判断", "nobody approves what he judged himself"),
    over=Text("该判断已处理", "the judgement is decided already"),
    next_step="reload the page",
    approved=JudgementState.ACTIVE,
)


def propose_judgement(
    gateway: Gateway, user: StaffUser, *, model: str, customer_number: str, is_lowering: bool, reason: str, ends_on: date | None
) -> ScoreJudgement:
    """Judge a customer of one's scope otherwise than the model; raising holds at once, lowering waits for a second person.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when the customer is out of his scope.
        ActionRefusedError: when he is not judged by the model, has a judgement already, or reason or last day are missing.
    """
    customers.require_visible(gateway, customer_number)
    with action(
        "judgement_propose", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customer", object_id=customer_number
    ) as details:
        today = timezone.localdate()
        if model not in MODEL_BY_CODE:
            raise _DESK.refused(Text("没有这个模型", "there is no such model"))
        said = _DESK.reason(reason, Text("请填写理由（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
        if ends_on is None or not today < ends_on <= today + timedelta(days=LONGEST_DAYS):
            raise _DESK.refused(Text("到期日须在明天至一年之内", "the last day lies between tomorrow and a year from now"))
        shown = gateway.scores.said_of(model, customer_number)
        if shown is None:
            raise _DESK.refused(Text("该客户不在本模型的评分范围", "the model does not judge this customer"))
        open_ones = ScoreJudgement.objects.filter(model=model, customer_number=customer_number, ends_on__gte=today)
        if open_ones.filter(state__in=(JudgementState.WAITING, JudgementState.ACTIVE)).exists():
            raise _DESK.refused(Text("该客户已有未到期的专家判断", "a judgement of this customer holds or waits already"))
        scored_on, probability = shown
        judgement = ScoreJudgement.objects.create(
            model=model,
            customer_number=customer_number,
            is_lowering=is_lowering,
            reason=said,
            ends_on=ends_on,
            scored_on=scored_on,
            shown_probability=None if probability is None else probability.quantize(Decimal("0.000001")),
            state=JudgementState.WAITING if is_lowering else JudgementState.ACTIVE,
            proposed_by=user,
        )
        details.update(_facts(judgement))
    return judgement


def decide_judgement(gateway: Gateway, user: StaffUser, judgement: ScoreJudgement, *, is_approved: bool, note: str) -> None:
    """Approve or reject a lowering judgement of somebody else; never one's own.

    Raises:
        NotAllowedError: when the viewer may not approve.
        NotVisibleError: when the customer is out of his scope.
        ActionRefusedError: when he proposed it, it does not wait, or a rejection has no reason.
    """
    customers.require_visible(gateway, judgement.customer_number)
    name = "judgement_approve" if is_approved else "judgement_reject"
    with action(
        name, by=gateway.actor, permission=Permission.DATA_APPROVE, object_type="customer", object_id=judgement.customer_number
    ) as details:
        locked = _DESK.locked(judgement)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_same_person(gateway, locked.proposed_by, user))
        locked.save()
        details.update(_facts(locked))


def end_judgement(gateway: Gateway, user: StaffUser, judgement: ScoreJudgement) -> None:
    """End a judgement before its day; a raising one only by who judged or by who may approve, so that risk is never lowered by one person.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when the customer is out of his scope.
        ActionRefusedError: when it holds no longer, or a raising one is ended by who judged it.
    """
    customers.require_visible(gateway, judgement.customer_number)
    with action(
        "judgement_end",
        by=gateway.actor,
        permission=Permission.CUSTOMER_RECORD,
        object_type="customer",
        object_id=judgement.customer_number,
    ) as details:
        locked = _DESK.locked(judgement)
        if locked.state not in (JudgementState.WAITING, JudgementState.ACTIVE):
            raise _DESK.refused(Text("该判断已结束", "the judgement is over already"))
        if not locked.is_lowering and (is_same_person(gateway, locked.proposed_by, user) or not gateway.may(Permission.DATA_APPROVE)):
            raise _DESK.refused(
                Text("上调判断须由另一名有审批权的人结束", "a raising judgement is ended by another person who may approve")
            )
        locked.state, locked.ended_by, locked.ended_at = JudgementState.ENDED, user, timezone.now()
        locked.save()
        details.update(_facts(locked))


def _facts(judgement: ScoreJudgement) -> dict[str, object]:
    return {
        "judgement": judgement.pk,
        "model": judgement.model,
        "is_lowering": judgement.is_lowering,
        "ends_on": judgement.ends_on.isoformat(),
        "state": judgement.state,
        "reason": judgement.reason,
    }
