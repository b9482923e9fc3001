"""Judgements: who was put on a list or taken from it by whom, why and until when; proposed, decided and ended here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import MODEL_BY_CODE, MODELS
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of, reference_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.judgements import LONGEST_DAYS, decide_judgement, end_judgement, propose_judgement
from maisui.web.audit.record import record
from maisui.web.customers import desk as customers
from maisui.web.gateway import Gateway
from maisui.web.model_desk.models import JudgementState, ScoreJudgement
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.churn.words import chance
from maisui.web.pages.page import needs
from maisui.web.text import Text

_MOST = 50
_DAYS = 90
STATES = {
    JudgementState.WAITING: Text("待他人审批", "Waits for another person"),
    JudgementState.ACTIVE: Text("生效", "Holds"),
    JudgementState.REJECTED: Text("已驳回", "Rejected"),
    JudgementState.ENDED: Text("已结束", "Ended"),
}
_OVER = Text("已到期", "Over")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the judgements of one's customers, and the form for the customer in the address."""
    return _page(request)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Judge a customer otherwise than the model."""
    said = request.POST
    return _done(
        request,
        lambda: propose_judgement(
            _gateway(request),
            request.user,  # type: ignore[arg-type]
            model=said.get("model", ""),
            customer_number=customer_of(said.get("customer", "")),
            is_lowering=said.get("way") == "lower",
            reason=said.get("reason", ""),
            ends_on=_day(said.get("ends_on", "")),
        ),
    )


@needs(Permission.DATA_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a lowering judgement of somebody else."""
    found, is_approved, note = _one(number), request.POST.get("decision") == "approve", request.POST.get("note", "")
    return _done(request, lambda: decide_judgement(_gateway(request), request.user, found, is_approved=is_approved, note=note))  # type: ignore[arg-type]


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a judgement before its day."""
    found = _one(number)
    return _done(request, lambda: end_judgement(_gateway(request), request.user, found))  # type: ignore[arg-type]


def _one(number: int) -> ScoreJudgement:
    found = ScoreJudgement.objects.filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such judgement", where="judgements", next_step="reload the page")
    return found


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("judgements")


def _page(request: HttpRequest, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "judgements/page.html", {"is_empty": True})
    said = request.POST if request.method == "POST" else request.GET
    rows = _rows(request, gateway)
    context: dict[str, Any] = {
        "fault": fault,
        "asked": _asked(gateway, said.get("model", ""), said.get("customer", "")) if said.get("customer") else None,
        "rows": rows,
        "may_propose": gateway.may(Permission.CUSTOMER_RECORD),
        "first_day": timezone.localdate() + timedelta(days=1),
        "usual_day": timezone.localdate() + timedelta(days=_DAYS),
        "last_day": timezone.localdate() + timedelta(days=LONGEST_DAYS),
    }
    return render(request, "judgements/page.html", context, status=409 if fault is not None else 200)


def _asked(gateway: Gateway, code: str, reference: str) -> dict[str, Any] | None:
    """Return whom the form is about and what was said of him; None where the address names nobody in sight or no model."""
    number = customer_of(reference)
    shown = customers.named(gateway, number) if number and code in MODEL_BY_CODE else None
    said = gateway.scores.said_of(code, number) if shown is not None else None
    if shown is None or said is None:
        return None
    record(action="score_list", by=gateway.actor, object_type="customers", object_id="*", details={"model": code, "customers": [number]})
    model = MODEL_BY_CODE[code]
    return {
        "reference": reference,
        "customer": shown,
        "code": code,
        "model": Text(model.name_zh, model.name_en),
        "chance": chance(said[1]),
        "day": said[0],
    }


def _rows(request: HttpRequest, gateway: Gateway) -> list[dict[str, Any]]:
    """Return the newest judgements of customers in sight, who is shown recorded first."""
    today, names = timezone.localdate(), {model.code: Text(model.name_zh, model.name_en) for model in MODELS}
    found = ScoreJudgement.objects.select_related("proposed_by", "decided_by", "ended_by")[:_MOST]
    seen = [(one, customers.named(gateway, one.customer_number)) for one in found]
    visible = [(one, shown) for one, shown in seen if shown is not None]
    if visible:
        details: dict[str, object] = {"judgements": True, "customers": sorted({one.customer_number for one, _ in visible})}
        record(action="score_list", by=gateway.actor, object_type="customers", object_id="*", details=details)

    def approves(one: ScoreJudgement) -> bool:
        return gateway.may(Permission.DATA_APPROVE) and not is_same_person(gateway, one.proposed_by, request.user)  # type: ignore[arg-type]

    return [
        {
            "one": one,
            "reference": reference_of(one.customer_number),
            "customer": shown,
            "model": names.get(one.model, one.model),
            "chance": chance(one.shown_probability),
            "state": _OVER if one.state == JudgementState.ACTIVE and one.ends_on < today else STATES[JudgementState(one.state)],
            "may_decide": one.state == JudgementState.WAITING and approves(one),
            "may_end": one.state == JudgementState.ACTIVE
            and one.ends_on >= today
            and gateway.may(Permission.CUSTOMER_RECORD)
            and (one.is_lowering or approves(one)),
        }
        for one, shown in visible
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]
