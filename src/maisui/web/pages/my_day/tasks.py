"""What is to be done for customers: tasks the viewer wrote, and those of customers he looks after; late ones and the next seven days.

So it is of whom he stands in for.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers.customer_relations import parties
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import CustomerTask, TaskState
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.consent import ConsentWords, consents_said
from maisui.web.pages.my_day.whose import Whose
from maisui.web.staff.models import StaffUser

WITHIN = timedelta(days=7)
ROWS = 20


def tasks_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return the viewer's tasks in sight, what is due first, at most ROWS. The look is recorded."""
    today, whose = timezone.localdate(), Whose.of(gateway, user)
    open_tasks = CustomerTask.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code, state=TaskState.OPEN, due_on__lte=today + WITHIN
    ).select_related("written_by")
    mine = [one for one in open_tasks if whose.are(one.customer_number, one.written_by.pk)]
    with gateway.reader() as reader:
        known = parties(reader, {one.customer_number for one in mine})
    seen = {customer: party for customer, party in known.items() if covers(gateway, Permission.CUSTOMER_VIEW, party.home_organisation_code)}
    mine = [one for one in mine if one.customer_number in seen]
    rows = mine[:ROWS]
    if rows:
        customers = sorted({one.customer_number for one in rows})
        record(action="task_list", by=gateway.actor, object_type="customers", object_id="*", details={"customers": customers})
    said = consents_said(gateway, {one.customer_number for one in rows})
    return {
        "has_tasks": True,
        "tasks": [
            _shown(gateway, one, seen[one.customer_number], said[one.customer_number], is_late=one.due_on < today)
            | {"by": one.written_by.name if one.written_by.pk != user.pk else ""}
            for one in rows
        ],
        "task_count": len(mine),
        "task_late_count": sum(one.due_on < today for one in mine),
    }


def _shown(gateway: Gateway, task: CustomerTask, party: Any, consent: ConsentWords, *, is_late: bool) -> dict[str, Any]:
    masks = Masks(gateway.viewer.permissions, kind=party.customer_kind, is_revealed=False)
    return {
        "task": task,
        "reference": reference_of(party.customer_number),
        "name": masks("customer_name", party.customer_name),
        "number": masks("customer_number", party.customer_number),
        "home": party.home_organisation_name,
        "is_late": is_late,
        "consent": consent,
    }
