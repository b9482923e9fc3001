"""Objections: somebody objects to a figure of his own page; somebody else who leads his outlet answers until a day."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from maisui.answers import metric_of
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.words import stated_words
from maisui.web.allocations.models import FigureObjection, ObjectionState
from maisui.web.gateway import Gateway
from maisui.web.needs.response import due_day
from maisui.web.own_numbers import numbers_of_user
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_LONGEST_WORDS = 300
_WHERE = "objections"


def raise_objection(gateway: Gateway, user: StaffUser, *, metric_code: str, day: date, shown_value: str, words: str) -> FigureObjection:
    """Object to a figure of one's own page of a day; the value is kept as it was shown.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        ActionRefusedError: when he has no employee number, the figure is none, one about it is open, or the words do not pass.
    """
    with action(
        "objection_raise", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="objection", object_id=metric_code[:64]
    ) as details:
        desk = PerformanceDesk.of_viewer(gateway)
        if desk is None or desk.employment is None:
            raise _refused(Text("您的用户没有登记工号", "your user has no employee number"))
        try:
            metric_of(metric_code)
        except QuestionError:
            raise _refused(Text("请选择一个指标", "choose a figure")) from None
        stated = stated_words(words, _LONGEST_WORDS, where=_WHERE)
        number = gateway.viewer.employee_number
        open_ones = FigureObjection.objects.filter(employee_number=number, metric_code=metric_code, state=ObjectionState.OPEN)
        if open_ones.filter(day=day).exists():
            raise _refused(Text("对该数字已有未答复的异议", "an objection to this figure is open already"))
        objection = FigureObjection.objects.create(
            employee_number=number,
            organisation_code=desk.employment.organisation_code,
            metric_code=metric_code,
            day=day,
            shown_value=shown_value[:40],
            words=stated,
            due_on=due_day("objection", timezone.localdate()),
            raised_by=user,
        )
        details.update(_facts(objection))
    return objection


def withdraw_objection(gateway: Gateway, user: StaffUser, objection: FigureObjection) -> None:
    """Take back one's own objection while it is open.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        ActionRefusedError: when it is not his, or answered already.
    """
    with action(
        "objection_withdraw", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="objection", object_id=str(objection.pk)
    ) as details:
        locked = _locked(objection)
        if locked.raised_by.pk != user.pk:
            raise _refused(Text("只能撤回自己的异议", "only who objected takes it back"))
        _require_open(locked)
        locked.state = ObjectionState.WITHDRAWN
        locked.save()
        details.update(_facts(locked))


def answer_objection(gateway: Gateway, user: StaffUser, objection: FigureObjection, *, is_upheld: bool, words: str) -> None:
    """Answer an objection of somebody in one's organisations; what follows from it is proposed on the desk of allocation.

    Raises:
        NotAllowedError: when the viewer may not answer.
        NotVisibleError: when it is about somebody out of his sight.
        ActionRefusedError: when it is his own, answered already, or the words do not pass.
    """
    with action(
        "objection_answer", by=gateway.actor, permission=Permission.ALLOCATION_APPROVE, object_type="objection", object_id=str(objection.pk)
    ) as details:
        locked = _locked(objection)
        if not may_answer(gateway, locked):
            raise NotVisibleError("there is no such objection", where=_WHERE, next_step="reload the page")
        if locked.raised_by.pk == user.pk or locked.employee_number in numbers_of_user(gateway, user):
            raise _refused(Text("不能答复自己的异议", "nobody answers his own objection"))
        _require_open(locked)
        locked.answer = stated_words(words, _LONGEST_WORDS, where=_WHERE)
        locked.state = ObjectionState.UPHELD if is_upheld else ObjectionState.DISMISSED
        locked.answered_by, locked.answered_at = user, timezone.now()
        locked.save()
        details.update(_facts(locked))


def may_answer(gateway: Gateway, objection: FigureObjection) -> bool:
    """Return whether an objection is about somebody in the organisations for which the viewer approves allocations."""
    if not gateway.may(Permission.ALLOCATION_APPROVE):
        return False
    visible = {node.code for node in gateway.organisations(Permission.ALLOCATION_APPROVE)}
    return gateway.viewer.is_whole_entity(Permission.ALLOCATION_APPROVE) or objection.organisation_code in visible


def _locked(objection: FigureObjection) -> FigureObjection:
    return FigureObjection.objects.select_for_update(of=("self",)).select_related("raised_by").get(pk=objection.pk)


def _require_open(objection: FigureObjection) -> None:
    if objection.state != ObjectionState.OPEN:
        raise _refused(Text("该异议已处理", "the objection is answered already"))


def _facts(objection: FigureObjection) -> dict[str, object]:
    return {
        "objection": objection.pk,
        "employee_number": objection.employee_number,
        "metric": objection.metric_code,
        "day": objection.day.isoformat(),
        "due_on": objection.due_on.isoformat(),
        "state": objection.state,
    }


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where=_WHERE, next_step="correct it and try again")
