"""Models: one proposed for use with a reason, approved or rejected by somebody else, and written into the home for the next scoring."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maisui.answers import DESCRIBED, FORECAST_METRICS, ModelApproval, approved_model, model_approvals, trained_models, write_model_approval
from maisui.answers.forecasts import code_of
from maisui.answers.model_life import lacking
from maisui.answers.model_shadow import model_limits, months_in_shadow
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import action
from maisui.web.actions.fairness import require_explained
from maisui.web.gateway import Gateway
from maisui.web.model_desk.models import ModelProposal, State
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk, lay_out, named

_SHORTEST_EXCEPTION = 10
FORECAST_CODES = tuple(code_of(metric) for metric in FORECAST_METRICS)
_DESK = Desk(
    "models",
    own=Text("不能审批自己提出的模型", "nobody approves what he proposed himself"),
    over=Text("该提议已处理", "the proposal is decided already"),
    next_step="reload the page",
)


def propose_model(
    gateway: Gateway, user: StaffUser, *, model: str, sha256: str, valid_from: date | None, reason: str, exception: str = ""
) -> ModelProposal:
    """Propose a trained model for use, or with no hash that the model goes out of use; nothing changes before somebody else approves.

    A challenger of the model in use needs its months in shadow, or words why it may do without them (`exception`).

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        ActionRefusedError: when there is no such model, it did not pass, day or reason are missing, or it was not long enough in shadow.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    exception = " ".join(exception.split())
    with action(
        "model_propose", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="model", object_id=model[:40]
    ) as details:
        if model not in {one.code for one in DESCRIBED} | set(FORECAST_CODES):
            raise _DESK.refused(Text("没有这个模型", "there is no such model"))
        if valid_from is None:
            raise _DESK.refused(Text("请填写生效日", "a day is needed"))
        reason = _DESK.reason(reason, Text("请填写原因（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
        _require_fit(gateway, model, sha256)
        _require_shadow(gateway, model, sha256, exception)
        if ModelProposal.objects.filter(model=model, state=State.WAITING).exists():
            raise _DESK.refused(Text("该模型已有待审批的提议", "a proposal for this model waits already"))
        proposal = ModelProposal.objects.create(
            model=model, sha256=sha256, valid_from=valid_from, reason=reason, exception=exception, proposed_by=user
        )
        details.update(_facts(proposal))
    return proposal


def decide_model(gateway: Gateway, user: StaffUser, proposal: ModelProposal, *, is_approved: bool, note: str) -> None:
    """Approve or reject a proposal; never by who proposed it, whatever roles he holds.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        ActionRefusedError: when he proposed it, it does not wait, or a rejection has no reason.
    """
    gateway.require_whole_entity(Permission.PARAMETER_APPROVE)
    name = "model_approve" if is_approved else "model_reject"
    with action(
        name, by=gateway.actor, permission=Permission.PARAMETER_APPROVE, object_type="model", object_id=proposal.model[:40]
    ) as details:
        locked = _DESK.locked(proposal)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_same_person(gateway, locked.proposed_by, user))
        if is_approved:
            _require_fit(gateway, locked.model, locked.sha256)
            transaction.on_commit(write_approved_models)
        locked.save()
        details.update(_facts(locked))


def write_approved_models() -> None:
    """Write every approval that is not in the home yet; asked again after each approval and on each look at the page."""

    def write(proposal: ModelProposal) -> None:
        assert proposal.decided_at is not None  # noqa: S101 - it is approved
        approval = ModelApproval(
            model=proposal.model,
            sha256=proposal.sha256,
            valid_from=proposal.valid_from,
            reason=proposal.reason,
            proposed_by=named(proposal.proposed_by),
            approved_by=named(proposal.decided_by),
            approved_at=proposal.decided_at,
        )
        write_model_approval(settings.HOME.path, proposal.pk, approval)

    approved = ModelProposal.objects.select_related("proposed_by", "decided_by").filter(state=State.APPROVED, written_at=None)
    lay_out(approved, write, stamp="written_at", what="model")


def _require_fit(gateway: Gateway, model: str, sha256: str) -> None:
    """Refuse a model that is not there, did not pass its test or leaves an unequal choice unexplained, and forecasts not borne out.

    Raises:
        ActionRefusedError: when it is so.
    """
    if model in FORECAST_CODES:
        trust = gateway.forecasts.trust(model.removeprefix("forecast."))
        if sha256 and (trust is None or trust.procedure != sha256):
            raise _DESK.refused(Text("预测方法已变，请重新打开页面", "the way of forecasting changed"))
        if sha256 and trust is not None and trust.faults:
            raise _DESK.refused(Text("滚动检验未通过，不能启用", "the rolling test is not passed and it cannot be used"))
        return
    found = [one for one in trained_models(settings.HOME.path, model) if one.sha256 == sha256]
    if sha256 and not found:
        raise _DESK.refused(Text("没有这个已训练的模型", "there is no such trained model"))
    if found and found[0].card["faults"]:
        raise _DESK.refused(Text("该模型未通过检验，不能启用", "the model did not pass its test and cannot be used"))
    if found and (gaps := lacking(found[0].card)):
        raise _DESK.refused(
            Text(
                "模型卡不完整，不能启用，缺：" + "、".join(zh for zh, _ in gaps) + "；请重新训练",
                "the card is not whole and the model cannot be used; it lacks: " + ", ".join(en for _, en in gaps) + "; train it again",
            )
        )
    if found:
        require_explained(model, found[0].card)


def _require_shadow(gateway: Gateway, model: str, sha256: str, exception: str) -> None:
    """Refuse a challenger that did not run beside the model in use for the months set; one that was in use before may come back at once.

    Raises:
        ActionRefusedError: when it is so and no exception is given in words.
    """
    if exception:
        _DESK.reason(exception, Text("例外理由须 10 至 300 字", "an exception needs 10 to 300 characters"), _SHORTEST_EXCEPTION)
    approvals = model_approvals(settings.HOME.path)
    champion = approved_model(approvals, model, timezone.localdate())
    known = {one.sha256 for one in approvals if one.model == model}
    if model in FORECAST_CODES or not sha256 or champion is None or sha256 in known or exception or gateway.freshness() is None:
        return
    with gateway.reader() as reader:
        needed = model_limits(reader).shadow_months
    ran = len(months_in_shadow(settings.HOME.path, model, sha256))
    if ran < needed:
        raise _DESK.refused(
            Text(
                f"影子期只有 {ran} 个月，需 {needed} 个月；确有必要请写明例外理由",
                f"{ran} months in shadow, {needed} are needed; or say in words why it may do without them",
            )
        )


def _facts(proposal: ModelProposal) -> dict[str, object]:
    return {
        "proposal": proposal.pk,
        "sha256": proposal.sha256,
        "valid_from": proposal.valid_from.isoformat(),
        "reason": proposal.reason,
        "exception": proposal.exception,
        "note": proposal.decision_note,
    }
