"""What people have written of one customer, as his page shows it; the caller has checked that he is in scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from maisui.web.audit.models import AuditRecord
from maisui.web.contacts.models import CustomerContact, CustomerFact, CustomerTask, TaskState

LOOKED_BACK = timedelta(days=90)
MOST_LOOKS = 100
_LOOKS = ("customer_view", "customer_reveal")


@dataclass(frozen=True, slots=True)
class Written:
    """Facts, those that hold first; contacts, the newest first; open tasks by day, then the ended ones."""

    facts: tuple[CustomerFact, ...]
    contacts: tuple[CustomerContact, ...]
    tasks: tuple[CustomerTask, ...]


@dataclass(frozen=True, slots=True)
class LookRecord:
    """One look at a customer: who, when, what was done, and whether it was refused."""

    at: datetime
    name: str
    username: str
    action: str
    result: str


def written_of(customer_number: str) -> Written:
    """Return all that is written of a customer."""
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number": customer_number}
    facts = list(CustomerFact.objects.filter(**own).select_related("written_by", "ended_by"))
    tasks = list(CustomerTask.objects.filter(**own).select_related("written_by", "ended_by"))
    return Written(
        tuple(sorted(facts, key=lambda fact: fact.ended_at is not None)),
        tuple(CustomerContact.objects.filter(**own).select_related("written_by")),
        tuple(sorted(tasks, key=lambda task: task.state != TaskState.OPEN)),
    )


def next_task_of(customer_number: str) -> CustomerTask | None:
    """Return the open task of a customer that is due first; None where there is none."""
    return CustomerTask.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code, customer_number=customer_number, state=TaskState.OPEN
    ).first()


def looks_at(customer_number: str) -> tuple[LookRecord, ...]:
    """Return who looked at a customer's page within LOOKED_BACK, the newest first; at most MOST_LOOKS."""
    found = AuditRecord.objects.filter(
        at__gte=timezone.now() - LOOKED_BACK, action__in=_LOOKS, object_type="customer", object_id=customer_number
    ).order_by("-sequence")[:MOST_LOOKS]
    return tuple(LookRecord(one.at, one.actor_name, one.actor_username, one.action, one.result) for one in found)
