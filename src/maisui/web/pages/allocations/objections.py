"""Objections to figures: what was objected, until when it is answered, and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import BY_CODE
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.objections import answer_objection, may_answer
from maisui.web.allocations.models import FigureObjection, ObjectionState
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.page import needs
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

STATES: dict[str, Text] = {
    ObjectionState.OPEN: Text("待答复", "open"),
    ObjectionState.UPHELD: Text("成立", "upheld"),
    ObjectionState.DISMISSED: Text("不成立", "dismissed"),
    ObjectionState.WITHDRAWN: Text("已撤回", "taken back"),
}


@needs(Permission.ALLOCATION_APPROVE)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the objections of people in the viewer's organisations, the open ones first."""
    return _page(request)


@needs(Permission.ALLOCATION_APPROVE)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer one objection."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    user: StaffUser = request.user  # type: ignore[assignment]
    found = FigureObjection.objects.filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such objection", where="objections", next_step="go back to the list")
    try:
        answer_objection(gateway, user, found, is_upheld=request.POST.get("answer") == "uphold", words=request.POST.get("words", ""))
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已答复", "Answered")))
    return redirect("allocations_objections")


def rows_of(gateway: Gateway, found: Sequence[FigureObjection]) -> list[dict[str, Any]]:
    """Return objections as they are shown."""
    staff, today = employments_of(gateway.bank), timezone.localdate()
    return [
        {
            "objection": one,
            "metric": BY_CODE.get(one.metric_code),
            "state": STATES[one.state],
            "value": Decimal(one.shown_value) if one.shown_value else None,
            "name": staff[one.employee_number].employee_name if one.employee_number in staff else "",
            "is_open": one.state == ObjectionState.OPEN,
            "is_upheld": one.state == ObjectionState.UPHELD,
            "is_late": one.state == ObjectionState.OPEN and one.due_on < today,
        }
        for one in found
    ]


def _page(request: HttpRequest, fault: Text | None = None) -> HttpResponse:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    found = [one for one in FigureObjection.objects.select_related("raised_by", "answered_by") if may_answer(gateway, one)]
    found.sort(key=lambda one: (one.state != ObjectionState.OPEN, one.due_on, -one.pk))
    context = {"rows": rows_of(gateway, found), "fault": fault, "own_number": gateway.viewer.employee_number}
    return render(request, "allocations/objections.html", context, status=409 if fault else 200)
