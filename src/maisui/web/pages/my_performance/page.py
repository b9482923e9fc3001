"""My performance: what the viewer did and what is his, over the whole bank, whatever the address says, and what he objects to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.manual_work import record_work, withdraw_work
from maisui.web.actions.objections import raise_objection, withdraw_objection
from maisui.web.allocations.models import FigureObjection, Settlement
from maisui.web.gateway import Gateway
from maisui.web.manual_work.models import ManualWork
from maisui.web.own_numbers import taken_since
from maisui.web.pages.allocations.objections import rows_of
from maisui.web.pages.my_performance.settled import settled_lines
from maisui.web.pages.performance.one_person import OwnFigure
from maisui.web.pages.performance.person import context_of, first_day, own_state
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.settlement_desk import carried_in
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the viewer's own figures; who has no employee number in the bank's files is told how to get one."""
    return _page(request)


@require_POST
def object_to(request: HttpRequest) -> HttpResponse:
    """Object to one of the figures that the address shows."""
    gateway, user = _gateway(request), _user(request)
    desk = PerformanceDesk.of_viewer(gateway) if gateway.freshness() is not None else None
    if desk is None:
        return _page(request)
    state = own_state(request)
    context = context_of(request, gateway, desk, state)
    own = {figure.metric.code: figure for figure in _figures(context)}
    chosen = own.get(request.POST.get("metric", ""))
    try:
        raise_objection(
            gateway,
            user,
            metric_code=chosen.metric.code if chosen else "",
            day=context["day"],
            shown_value=f"{chosen.value:f}" if chosen and chosen.value is not None else "",
            words=request.POST.get("words", ""),
        )
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已提出异议", "Objection raised")))
    return redirect(f"{reverse('my_performance')}?{state.query()}#objections")


@require_POST
def record(request: HttpRequest) -> HttpResponse:
    """Record work of one's own that no system records."""
    typed = request.POST
    try:
        record_work(
            _gateway(request),
            _user(request),
            kind=typed.get("kind", ""),
            worked_on=_day(typed.get("worked_on", "")),
            quantity=typed.get("quantity", ""),
            words=typed.get("words", ""),
        )
    except ActionRefusedError as error:
        return _page(request, work_fault=error.reason)
    messages.success(request, str(Text("已登记，等待他人审批", "Recorded; somebody else approves it")))
    return redirect(f"{reverse('my_performance')}?{own_state(request).query()}#work")


@require_POST
def unrecord(request: HttpRequest, number: int) -> HttpResponse:
    """Take back work that one recorded oneself."""
    found = ManualWork.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, pk=number, recorded_by=_user(request)).first()
    if found is None:
        raise NotVisibleError("there is no such entry", where="manual work", next_step="go back to the page")
    try:
        withdraw_work(_gateway(request), _user(request), found)
    except ActionRefusedError as error:
        return _page(request, work_fault=error.reason)
    messages.success(request, str(Text("已撤回", "Taken back")))
    return redirect(f"{reverse('my_performance')}#work")


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own objection."""
    found = FigureObjection.objects.filter(pk=number, raised_by=_user(request)).first()
    if found is None:
        raise NotVisibleError("there is no such objection", where="objections", next_step="go back to the page")
    try:
        withdraw_objection(_gateway(request), _user(request), found)
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已撤回", "Taken back")))
    return redirect(f"{reverse('my_performance')}#objections")


def _page(request: HttpRequest, fault: Text | None = None, work_fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "my_performance/nobody.html", {"is_empty": True})
    desk = PerformanceDesk.of_viewer(gateway)
    if desk is None:
        number = gateway.viewer.employee_number
        return render(request, "my_performance/nobody.html", {"number": number, "passed_on": taken_since(gateway)})
    state = own_state(request)
    if not desk.is_his_from(first_day(gateway, state)):
        return render(request, "my_performance/nobody.html", {"number": gateway.viewer.employee_number, "since": desk.since})
    context = context_of(request, gateway, desk, state)
    raised = FigureObjection.objects.select_related("answered_by").filter(employee_number__in=desk.person.employees)
    mine = raised if desk.since is None else raised.filter(raised_by=_user(request))
    context |= {
        "objectable": _figures(context),
        "objections": rows_of(gateway, list(mine)),
        "objection_fault": fault,
        "work_fault": work_fault,
        "settled": _settled(desk),
    }
    return render(request, "performance/person.html", context, status=409 if fault or work_fault else 200)


def _figures(context: dict[str, Any]) -> list[OwnFigure]:
    """Return the figures of one's own page, each of which one may object to."""
    return [figure for part in ("teller", "manager", "results") for figure in (context[part].value or ())]


def _settled(desk: PerformanceDesk) -> list[tuple[Settlement, str, Decimal, Decimal, Decimal]]:
    """Return what was settled for the viewer, the last first: the settlement, his number in it, points, pay, and what it carries over."""
    return [
        (settlement, line["number"], Decimal(line["points"]), Decimal(line["pay"]), carried_in(line))
        for settlement, line in settled_lines(desk)
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
