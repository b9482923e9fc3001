"""Tasks for outlets: written from a signal with what it measured, and ended with what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from maisui.answers import Freshness
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.contacts import LONGEST_TASK, day_stated
from maisui.web.actions.words import stated_words
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.desk import may_decide, tasks_in_sight
from maisui.web.outlet_tasks.models import OutletTask, SignalSource, State
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_OUTCOME = 300


@dataclass(frozen=True, slots=True)
class Signal:
    """What a page suggests and measured: see `OutletTask`; `what` are the words a task begins with."""

    source: SignalSource
    subject_code: str
    organisation_code: str
    other_organisation_code: str
    what: Text
    figure: Decimal | None
    amount: Decimal | None


def write_outlet_task(gateway: Gateway, user: StaffUser, signal: Signal, fresh: Freshness, *, what: str, due_on: str) -> OutletTask:
    """Write down what the outlet of a signal is to do; `fresh` is the version in which the caller found the signal.

    Raises:
        NotAllowedError: when the viewer may not decide.
        NotVisibleError: when he may not decide for that outlet.
        ActionRefusedError: when words or day are missing or make no sense, the day lies behind, or the signal has an open task already.
    """
    with action(
        "outlet_task_write", by=gateway.actor, permission=Permission.FOCUS_DECIDE, object_type="outlet_task", object_id=signal.subject_code
    ) as details:
        if not may_decide(gateway, signal.organisation_code):
            raise _nothing()
        day = day_stated(due_on)
        if day < timezone.localdate():
            raise _refused(Text("期限不能早于今天", "the day lies behind"))
        own = {
            "legal_entity_code": settings.HOME.legal_entity_code,
            "source": signal.source,
            "subject_code": signal.subject_code,
        }
        if OutletTask.objects.select_for_update().filter(**own, state=State.OPEN).exists():
            raise _refused(Text("这条建议已有未办结的任务", "there is an open task of this suggestion"))
        task = OutletTask.objects.create(
            **own,
            organisation_code=signal.organisation_code,
            other_organisation_code=signal.other_organisation_code,
            what=_stated(what, LONGEST_TASK, signal.subject_code),
            due_on=day,
            reported_on=fresh.reporting_date,
            version_then=fresh.version,
            figure_then=signal.figure,
            amount_then=signal.amount,
            written_by=user,
        )
        details.update(_facts(task))
    return task


def end_outlet_task(gateway: Gateway, user: StaffUser, number: int, *, state: str, outcome: str) -> None:
    """Say that a task is done or dropped, and what became of it.

    Raises:
        NotAllowedError: when the viewer may not decide.
        NotVisibleError: when there is no such task for which he may decide.
        ActionRefusedError: when it is ended already, the state is none, or words are missing.
    """
    with action(
        "outlet_task_end", by=gateway.actor, permission=Permission.FOCUS_DECIDE, object_type="outlet_task", object_id=str(number)
    ) as details:
        task = tasks_in_sight(gateway).select_for_update(of=("self",)).filter(pk=number).first()
        if task is None or not may_end(gateway, task):
            raise _nothing()
        if task.state != State.OPEN:
            raise _refused(Text("任务已办结", "the task is ended already"))
        if state not in (State.DONE, State.DROPPED):
            raise _refused(Text("请选择完成或取消", "choose done or dropped"))
        task.outcome = _stated(outcome, LONGEST_OUTCOME, task.subject_code)
        task.state, task.ended_at, task.ended_by = state, timezone.now(), user
        task.save()
        details.update(_facts(task))


def may_end(gateway: Gateway, task: OutletTask) -> bool:
    """Return whether the viewer decides for either outlet that a task concerns."""
    places = filter(None, (task.organisation_code, task.other_organisation_code))
    return any(may_decide(gateway, place) for place in places)


def _stated(words: str, longest: int, subject: str) -> str:
    """Return words on one line; the number of the terminal itself may stand in them, other long numbers may not."""
    stated_words(words.replace(subject, "·" * len(subject)), longest, where="outlet tasks")
    return " ".join(words.split())


def _facts(task: OutletTask) -> dict[str, object]:
    return {"task": task.pk, "source": task.source, "organisation": task.organisation_code, "state": task.state}


def _nothing() -> NotVisibleError:
    return NotVisibleError("there is no such task", where="outlet tasks", next_step="go back to the list")


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="outlet tasks", next_step="correct it and try again")
