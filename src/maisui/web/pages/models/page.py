"""The model desk: every trained model with its figures, what is proposed and decided, and what is in use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import DESCRIBED, MODEL_BY_CODE, Described, Model, approved_model, model_approvals, trained_models
from maisui.answers.model_life import damaged_models
from maisui.answers.model_shadow import shadow_view
from maisui.answers.model_watch import ModelWatch, model_watch
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.fairness import decide_fairness_reason, gaps_shown, propose_fairness_reason
from maisui.web.actions.models import decide_model, propose_model, write_approved_models
from maisui.web.gateway import Gateway
from maisui.web.model_desk.fairness import standing_reasons
from maisui.web.model_desk.models import FairnessReason, ModelProposal, State
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.models.card import is_measured, realised, selection, told
from maisui.web.pages.models.forecasts import forecasts_of
from maisui.web.pages.models.life import judged_of, life_of
from maisui.web.pages.models.reasons import reasons_told
from maisui.web.pages.models.shadow import told as told_of_shadow
from maisui.web.pages.page import needs
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

STATES = {"waiting": Text("待审批", "Waiting"), "approved": Text("已批准", "Approved"), "rejected": Text("已驳回", "Rejected")}

_TABLES = {
    "value": "models/_value.html",
    "identity": "models/_identity.html",
    "next_product": "models/_next_product.html",
    "segments": "models/_segments.html",
    "anomaly": "models/_anomaly.html",
}
"""The table of trained files, for those that do not choose between two outcomes."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every model."""
    return _page(request)


@needs(Permission.PARAMETER_PROPOSE)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a trained model for use, or a model out of use."""
    said = request.POST
    return _done(
        request,
        lambda: propose_model(
            _gateway(request),
            request.user,  # type: ignore[arg-type]
            model=said.get("model", ""),
            sha256=said.get("sha256", ""),
            valid_from=_day(said.get("valid_from", "")),
            reason=said.get("reason", ""),
            exception=said.get("exception", ""),
        ),
    )


@needs(Permission.PARAMETER_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a proposal of somebody else."""
    found = ModelProposal.objects.filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such proposal", where="models", next_step="go back to the list")
    is_approved, note = request.POST.get("decision") == "approve", request.POST.get("note", "")
    return _done(request, lambda: decide_model(_gateway(request), request.user, found, is_approved=is_approved, note=note))  # type: ignore[arg-type]


@needs(Permission.PARAMETER_PROPOSE)
@require_POST
def fairness(request: HttpRequest) -> HttpResponse:
    """Write down why a model chooses a group of people much less often."""
    said = request.POST
    field, _, group = said.get("group", "").partition("/")
    return _done(
        request,
        lambda: propose_fairness_reason(
            _gateway(request),
            request.user,  # type: ignore[arg-type]
            model=said.get("model", ""),
            group=(field, group),
            reason=said.get("reason", ""),
            ends_on=_day(said.get("ends_on", "")),
        ),
    )


@needs(Permission.PARAMETER_APPROVE)
@require_POST
def fairness_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a reason that somebody else wrote."""
    found = FairnessReason.objects.filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such reason", where="models", next_step="go back to the list")
    is_approved, note = request.POST.get("decision") == "approve", request.POST.get("note", "")
    return _done(
        request,
        lambda: decide_fairness_reason(_gateway(request), request.user, found, is_approved=is_approved, note=note),  # type: ignore[arg-type]
    )


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("models")


def _page(request: HttpRequest, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    write_approved_models()
    today = timezone.localdate()
    proposals = list(ModelProposal.objects.select_related("proposed_by", "decided_by"))
    context = {
        "fault": fault,
        "today": today,
        "models": [_of_model(gateway, model, today, request.user) for model in DESCRIBED],  # type: ignore[arg-type]
        "proposals": [
            {
                "proposal": one,
                "state": STATES[one.state],
                "may_decide": one.state == State.WAITING
                and _may(gateway, Permission.PARAMETER_APPROVE)
                and not is_same_person(gateway, one.proposed_by, request.user),  # type: ignore[arg-type]
            }
            for one in proposals
        ],
        "may_propose": _may(gateway, Permission.PARAMETER_PROPOSE),
        "may_see_customers": gateway.may(Permission.CUSTOMER_VIEW),
        "forecasts": forecasts_of(gateway) if gateway.freshness() is not None else [],
        **life_of(gateway),
    }
    return render(request, "models/page.html", context, status=409 if fault is not None else 200)


def _of_model(gateway: Gateway, model: Model | Described, today: date, user: StaffUser) -> dict[str, Any]:
    approvals = model_approvals(settings.HOME.path)
    used = approved_model(approvals, model.code, today)
    known = {one.sha256 for one in approvals if one.model == model.code}
    watch, trained, reasons = _watch(gateway, model), trained_models(settings.HOME.path, model.code), standing_reasons(model.code, today)
    return {
        "model": model,
        "table": _TABLES.get(model.code, "models/_classified.html"),
        "name": Text(model.name_zh, model.name_en),
        "question": Text(model.question_zh, model.question_en),
        "owner": Text(model.owner_zh, model.owner_en),
        "limits": Text(model.limits_zh, model.limits_en),
        "personal_information": Text(model.personal_information_zh, model.personal_information_en),
        "features": [Text(one.name_zh, one.name_en) for one in model.features],
        "used": used,
        "watch": watch,
        "is_too_short": len(gateway.whole_months()) < model.least_months if watch is not None else False,
        "selection": selection(watch.selection, reasons) if watch is not None else [],
        "fairness": realised(watch.fairness, reasons) if watch is not None else None,
        "reasons": reasons_told(
            gateway,
            model.code,
            gaps_shown(watch, [one.card for one in trained]),
            user,
            today,
            may_decide=_may(gateway, Permission.PARAMETER_APPROVE),
        ),
        "shadow": _shadow(gateway, model),
        "damaged": [folder.name for folder in damaged_models(settings.HOME.path, model.code)],
        "judged": judged_of(gateway, model.code, watch.in_scope) if watch is not None and model.code in MODEL_BY_CODE else None,
        "rung": RUNGS[watch.standing.rung.value] if watch is not None else None,
        "said": Text(watch.standing.said_zh, watch.standing.said_en) if watch is not None else None,
        "trained": [
            {
                "sha256": one.sha256,
                "card": one.card,
                "told": told(one.card, reasons),
                "is_measured": is_measured(one.card),
                "faults": [Text(zh, en) for zh, en in one.card["faults"]],
                "is_used": used is not None and used.sha256 == one.sha256,
                "was_used": one.sha256 in known and not (used is not None and used.sha256 == one.sha256),
            }
            for one in trained
        ],
    }


def _watch(gateway: Gateway, model: Model | Described) -> ModelWatch | None:
    """Return how a model goes on in the version of the page; asked anew each time, since scores are laid beside a version."""
    if gateway.freshness() is None:
        return None
    with gateway.reader() as reader:
        return model_watch(reader, settings.HOME.path, model.code)


def _shadow(gateway: Gateway, model: Model | Described) -> dict[str, Any] | None:
    if gateway.freshness() is None:
        return None
    with gateway.reader() as reader:
        found = shadow_view(reader, settings.HOME.path, model.code)
    return told_of_shadow(found, model.code) if found is not None else None


def _may(gateway: Gateway, permission: Permission) -> bool:
    return gateway.may(permission) and gateway.viewer.is_whole_entity(permission)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]
