"""The routes of tasks for outlets: which signals became one, by when, and what was measured then and is measured now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.params.functions import Path, Query

from maisui.errors import HomeError, QuestionError
from maisui.web.access.scope import NotVisibleError
from maisui.web.api.figures import PROBLEMS, gateway_of
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import tasks_in_sight
from maisui.web.outlet_tasks.models import OutletTask, State
from maisui.web.pages.outlet_tasks.page import ALL, narrowed
from maisui.web.pages.outlet_tasks.signals import figures_now, measured_of
from maisui.web.pages.outlet_tasks.told import told
from maisui.web.pages.overview.state import State as PageState

router = Router()
_STATES = (*State.values, ALL)


class OutletTaskLine(Schema):
    """One task.

    `source` says what `figure_then` is: terminal its uses a day, counter_staffing the busiest hour's use as a share, product_launch the
    share of holders at the outlet who hold what is offered.

    `other_organisation` is where a machine goes or a teller comes from; `amount_then` is yuan at stake. Both, and the figures, are null
    where there is none. Of a launch they are null, and the words without counts, for who may not see the customers of the outlet.
    """

    number: int
    source: str
    subject: str
    organisation: str
    other_organisation: str | None
    what: str
    due_on: date
    reported_on: date
    version_then: str
    figure_then: str | None
    amount_then: str | None
    state: str
    is_late: bool
    outcome: str
    written_by: str
    written_at: datetime
    ended_by: str | None
    ended_at: datetime | None


class MeasuredOutletTask(OutletTaskLine):
    """One task with the same figure as it is measured at the reporting date; null where it is measured no more."""

    figure_now: str | None
    date: date


@router.get("/outlet-tasks", response={200: list[OutletTaskLine], **PROBLEMS}, summary="Tasks for outlets")
def outlet_task_lines(
    request: HttpRequest,
    org: Annotated[str | None, Query(description="An organisation: tasks that concern it or what lies below it.")] = None,
    state: Annotated[str, Query(description="open, done, dropped or all.")] = State.OPEN,
) -> list[OutletTaskLine]:
    """Return the tasks of the token owner's organisations, what is due first while open, the last written first otherwise."""
    if state not in _STATES:
        raise QuestionError("there is no such state", where="state", next_step=f"choose one of: {', '.join(_STATES)}")
    gateway = gateway_of(request)
    return [OutletTaskLine(**_said(gateway, task)) for task in narrowed(tasks_in_sight(gateway, org), state)]


@router.get("/outlet-tasks/{number}", response={200: MeasuredOutletTask, **PROBLEMS}, summary="One task for an outlet")
def outlet_task(
    request: HttpRequest, number: Annotated[int, Path(ge=1, le=2**31 - 1, description="Number of the task.")]
) -> MeasuredOutletTask:
    """Return one task with what was measured when it was written and what is measured now."""
    gateway = gateway_of(request)
    task = tasks_in_sight(gateway).filter(pk=number).first()
    if task is None:
        raise NotVisibleError("there is no such task", where="outlet tasks", next_step="ask for the list")
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="outlet tasks", next_step="wait for the first batch")
    now = figures_now(gateway, task.source, PageState(), fresh.reporting_date).get(measured_of(task.source, task.subject_code))
    return MeasuredOutletTask(**_said(gateway, task), figure_now=_text(now), date=fresh.reporting_date)


def _said(gateway: Gateway, task: OutletTask) -> dict[str, Any]:
    shown = told(gateway, task)
    return {
        "number": task.pk,
        "source": task.source,
        "subject": task.subject_code,
        "organisation": task.organisation_code,
        "other_organisation": task.other_organisation_code or None,
        "what": shown.what,
        "due_on": task.due_on,
        "reported_on": task.reported_on,
        "version_then": task.version_then,
        "figure_then": _text(shown.figure),
        "amount_then": _text(shown.amount),
        "state": task.state,
        "is_late": task.is_late(timezone.localdate()),
        "outcome": task.outcome,
        "written_by": task.written_by.name,
        "written_at": task.written_at,
        "ended_by": task.ended_by.name if task.ended_by else None,
        "ended_at": task.ended_at,
    }


def _text(value: Any) -> str | None:
    return None if value is None else f"{value:f}"
