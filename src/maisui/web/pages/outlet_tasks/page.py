"""Tasks for outlets: what is open and what became of the others, the form by which a suggestion becomes one, and one task."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maisui.answers import Freshness
from maisui.errors import HomeError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.contacts import LONGEST_TASK
from maisui.web.actions.outlet_tasks import LONGEST_OUTCOME, end_outlet_task, may_end, write_outlet_task
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import tasks_in_sight
from maisui.web.outlet_tasks.models import OutletTask
from maisui.web.outlet_tasks.models import State as TaskState
from maisui.web.pages.outlet_tasks.signals import figures_now, measured_of, signal_of
from maisui.web.pages.outlet_tasks.told import told
from maisui.web.pages.outlet_tasks.words import MEASURED, PAGES, SOURCES, STATES
from maisui.web.pages.overview.state import State
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_WITHIN = timedelta(days=30)
ALL = "all"


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the tasks in sight: those that are open, or all of one state."""
    gateway, wanted = _gateway(request), wanted_of(request)
    part = slice_of(narrowed(tasks_in_sight(gateway), wanted), request.GET.get("page", ""))
    context = {
        "wanted": wanted,
        "choices": [(code, name, code == wanted) for code, name in {**STATES, ALL: Text("全部", "all")}.items()],
        "sources": [(name, PAGES[source]) for source, name in SOURCES.items()],
        "slice": part,
        "rows": [row_of(gateway, task) for task in part.rows],
    }
    return render(request, "outlet_tasks/page.html", context)


@needs(Permission.FOCUS_DECIDE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Show what a suggestion says and ask for words and a day; write the task."""
    gateway, state = _gateway(request), State.of(request.GET)
    source, subject = request.GET.get("source", ""), request.GET.get("subject", "")
    fresh = _fresh(gateway)
    names = {node.code: node.name for node in gateway.organisations()}
    signal = signal_of(gateway, source, subject, state, state.day or fresh.reporting_date, names)
    fault = None
    if request.method == "POST":
        what, due_on = request.POST.get("what", ""), request.POST.get("due_on", "")
        try:
            task = write_outlet_task(gateway, _user(request), signal, fresh, what=what, due_on=due_on)
        except ActionRefusedError as refused:
            fault = refused.reason
        else:
            messages.success(request, str(Text("已建任务", "The task is written")))
            return redirect("outlet_tasks_one", number=task.pk)
    today = timezone.localdate()
    context = {
        "signal": signal,
        "source": SOURCES[signal.source],
        "back": PAGES[signal.source],
        "back_words": state.query(),
        "measured": MEASURED[signal.source][0],
        "unit": MEASURED[signal.source][1],
        "outlet": names.get(signal.organisation_code, signal.organisation_code),
        "other": names.get(signal.other_organisation_code, ""),
        "today": today,
        "due_on": request.POST.get("due_on") or (today + _WITHIN).isoformat(),
        "what": request.POST.get("what") or signal.what,
        "longest": LONGEST_TASK,
        "fault": fault,
    }
    return render(request, "outlet_tasks/new.html", context, status=409 if fault else 200)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one task with what was measured then and what is measured now."""
    return _one(request, number)


@needs(Permission.FOCUS_DECIDE)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a task is done or dropped, and what became of it."""
    state, outcome = request.POST.get("state", ""), request.POST.get("outcome", "")
    try:
        end_outlet_task(_gateway(request), _user(request), number, state=state, outcome=outcome)
    except ActionRefusedError as refused:
        return _one(request, number, refused.reason)
    messages.success(request, str(Text("已办结", "The task is ended")))
    return redirect("outlet_tasks_one", number=number)


def row_of(gateway: Gateway, task: OutletTask) -> dict[str, Any]:
    """Return a task as lists show it."""
    names = {node.code: node.name for node in gateway.organisations()}
    return {
        "task": task,
        "told": told(gateway, task),
        "source": SOURCES[task.source],
        "outlet": names.get(task.organisation_code, ""),
        "other": names.get(task.other_organisation_code, ""),
        "state": STATES[task.state],
        "is_late": task.is_late(timezone.localdate()),
    }


def _one(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    task = tasks_in_sight(gateway).filter(pk=number).first()
    if task is None:
        raise NotVisibleError("there is no such task", where="outlet tasks", next_step="go back to the list")
    fresh = _fresh(gateway)
    now = figures_now(gateway, task.source, State(), fresh.reporting_date).get(measured_of(task.source, task.subject_code))
    context = row_of(gateway, task) | {
        "page": PAGES[task.source],
        "measured": MEASURED[task.source][0],
        "unit": MEASURED[task.source][1],
        "now": now,
        "day": fresh.reporting_date,
        "may_end": task.state == TaskState.OPEN and may_end(gateway, task),
        "endings": [(code, STATES[code]) for code in (TaskState.DONE, TaskState.DROPPED)],
        "typed": request.POST,
        "longest": LONGEST_OUTCOME,
        "fault": fault,
    }
    return render(request, "outlet_tasks/one.html", context, status=409 if fault else 200)


def wanted_of(request: HttpRequest) -> str:
    """Return which tasks an address means: those of a state, or all."""
    wanted = request.GET.get("state", TaskState.OPEN)
    return wanted if wanted in (*STATES, ALL) else TaskState.OPEN


def narrowed(found: QuerySet[OutletTask], wanted: str) -> QuerySet[OutletTask]:
    """Return the tasks of a state: what is due first while open, what ended last otherwise."""
    if wanted == TaskState.OPEN:
        return found.filter(state=wanted)
    return (found if wanted == ALL else found.filter(state=wanted)).order_by("-written_at", "-id")


def _fresh(gateway: Gateway) -> Freshness:
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="outlet tasks", next_step="wait for the first batch")
    return fresh


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
