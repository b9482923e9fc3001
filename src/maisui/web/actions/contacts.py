"""What people write of customers: facts with source and days, contacts with outcome, tasks with a day; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.words import stated_words
from maisui.web.contacts.models import (
    ContactKind,
    ContactOutcome,
    CustomerContact,
    CustomerFact,
    CustomerTask,
    FactKind,
    FactSource,
    TaskState,
)
from maisui.web.customers import desk
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_WORDS = 300
LONGEST_TASK = 120
FURTHEST = timedelta(days=3660)


def write_fact(
    gateway: Gateway, user: StaffUser, *, customer_number: str, kind: str, words: str, source: str, valid_from: str, valid_until: str
) -> CustomerFact:
    """Write down a fact of a customer in the viewer's scope.

    Raises:
        NotAllowedError: when he may not write of customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: for an unknown kind or source, words that are missing or hold a long number, or days that make no sense.
    """
    with _writing("customer_fact_write", gateway, customer_number) as details:
        if kind not in FactKind.values or source not in FactSource.values:
            raise _refused(Text("请选择类别和来源", "choose kind and source"))
        first, last = day_stated(valid_from), day_stated(valid_until) if valid_until else None
        if last is not None and last < first:
            raise _refused(Text("失效日不能早于生效日", "the last day is before the first"))
        fact = CustomerFact.objects.create(
            **_of(customer_number),
            kind=kind,
            words=_stated(words, LONGEST_WORDS),
            source=source,
            valid_from=first,
            valid_until=last,
            written_by=user,
        )
        details.update({"fact": fact.pk, "kind": kind, "source": source})
    return fact


def end_fact(gateway: Gateway, user: StaffUser, *, customer_number: str, fact: int) -> None:
    """End a fact that no longer holds; it stays in the history.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is no such customer or fact in his scope.
        ActionRefusedError: when it is ended already.
    """
    with _writing("customer_fact_end", gateway, customer_number) as details:
        found = CustomerFact.objects.select_for_update(of=("self",)).filter(pk=fact, **_of(customer_number)).first()
        if found is None:
            raise _nothing()
        if found.ended_at is not None:
            raise _refused(Text("该条已失效", "it is ended already"))
        found.ended_at, found.ended_by = timezone.now(), user
        found.save()
        details.update({"fact": found.pk, "kind": found.kind})


def write_contact(
    gateway: Gateway, user: StaffUser, *, customer_number: str, kind: str, happened_on: str, outcome: str, words: str
) -> CustomerContact:
    """Write down a contact with a customer in the viewer's scope.

    Raises:
        NotAllowedError: when he may not write of customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: for an unknown kind or outcome, a day to come, or words that hold a long number.
    """
    with _writing("customer_contact_write", gateway, customer_number) as details:
        if kind not in ContactKind.values or outcome not in ContactOutcome.values:
            raise _refused(Text("请选择方式和结果", "choose how, and what came of it"))
        day = day_stated(happened_on)
        if day > timezone.localdate():
            raise _refused(Text("联系日期不能晚于今天", "a contact does not lie ahead"))
        contact = CustomerContact.objects.create(
            **_of(customer_number),
            kind=kind,
            happened_on=day,
            outcome=outcome,
            words=_stated(words, LONGEST_WORDS) if words.strip() else "",
            written_by=user,
        )
        details.update({"contact": contact.pk, "kind": kind, "outcome": outcome})
    return contact


def write_task(gateway: Gateway, user: StaffUser, *, customer_number: str, what: str, due_on: str) -> CustomerTask:
    """Write down what is to be done for a customer in the viewer's scope, and by when.

    Raises:
        NotAllowedError: when he may not write of customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: when words or day are missing or make no sense.
    """
    with _writing("customer_task_write", gateway, customer_number) as details:
        task = CustomerTask.objects.create(
            **_of(customer_number), what=_stated(what, LONGEST_TASK), due_on=day_stated(due_on), written_by=user
        )
        details.update({"task": task.pk})
    return task


def end_task(gateway: Gateway, user: StaffUser, *, customer_number: str, task: int, state: str) -> None:
    """Say that a task is done, or dropped.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is no such customer or task in his scope.
        ActionRefusedError: when it is ended already, or the state is none.
    """
    with _writing("customer_task_end", gateway, customer_number) as details:
        if state not in (TaskState.DONE, TaskState.DROPPED):
            raise _refused(Text("请选择完成或取消", "choose done or dropped"))
        found = CustomerTask.objects.select_for_update(of=("self",)).filter(pk=task, **_of(customer_number)).first()
        if found is None:
            raise _nothing()
        if found.state != TaskState.OPEN:
            raise _refused(Text("任务已结束", "the task is ended already"))
        found.state, found.ended_at, found.ended_by = state, timezone.now(), user
        found.save()
        details.update({"task": found.pk, "state": state})


@contextmanager
def _writing(name: str, gateway: Gateway, customer_number: str) -> Generator[dict[str, object]]:
    """Run the body as one action on a customer in the viewer's scope; the record keeps no words."""
    desk.require_visible(gateway, customer_number)
    with action(
        name, by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customer", object_id=customer_number
    ) as details:
        yield details


def _of(customer_number: str) -> dict[str, str]:
    return {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number": customer_number}


def day_stated(text: str) -> date:
    """Return the day a form states.

    Raises:
        ActionRefusedError: when it is none, or far away.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _refused(Text("请填写日期", "state the day")) from None
    if abs(day - timezone.localdate()) > FURTHEST:
        raise _refused(Text("日期太远", "the day is too far away"))
    return day


def _stated(words: str, longest: int) -> str:
    return stated_words(words, longest, where="customer archive")


def _nothing() -> NotVisibleError:
    return NotVisibleError("there is no such entry", where="customer archive", next_step="go back to the customer's page")


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="customer archive", next_step="correct it and try again")
