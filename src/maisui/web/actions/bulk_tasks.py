"""Tasks for many customers at once: those of a circle, of a group or of a narrowed list, each within the writer's organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.conf import settings

from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.contacts import LONGEST_TASK, day_stated
from maisui.web.actions.words import stated_words
from maisui.web.contacts.models import CustomerTask, TaskState
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

MOST_TASKS = 500
"""Customers for whom tasks may be written at once."""


def write_tasks(gateway: Gateway, user: StaffUser, numbers: Sequence[str], *, what: str | Mapping[str, str], due_on: str, of: str) -> int:
    """Write down what is to be done for each of `numbers`, whom the caller found within the viewer's scope; return how many are new.

    `what` are the words of all, or of each by number; who has none there gets no task, and neither does who has an open one of the
    same words already. `of` names the list in the record.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        ActionRefusedError: for nobody or more than MOST_TASKS, or when words or day are missing or make no sense.
    """
    with action(
        "customer_task_write", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customers", object_id=of[:200]
    ) as details:
        if not 0 < len(numbers) <= MOST_TASKS:
            raise ActionRefusedError(
                Text(
                    f"一次可为 1 至 {MOST_TASKS} 户建任务，请先缩小名单",
                    f"tasks are written for 1 to {MOST_TASKS} customers at once: narrow the list",
                ),
                where="tasks",
                next_step="narrow the list",
            )
        given = dict.fromkeys(numbers, what) if isinstance(what, str) else what
        words = {number: stated_words(given[number], LONGEST_TASK, where="tasks") for number in numbers if number in given}
        own, day = {"legal_entity_code": settings.HOME.legal_entity_code}, day_stated(due_on)
        had = CustomerTask.objects.filter(**own, state=TaskState.OPEN, customer_number__in=numbers).values_list("customer_number", "what")
        having = {number for number, said in had if words.get(number) == said}
        fresh = [number for number in words if number not in having]
        CustomerTask.objects.bulk_create(
            CustomerTask(**own, customer_number=number, what=words[number], due_on=day, written_by=user) for number in fresh
        )
        details.update({"tasks": len(fresh), "had_already": len(having), "customers": fresh})
    return len(fresh)
