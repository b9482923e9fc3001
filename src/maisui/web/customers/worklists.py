"""Loans to be renewed and collected, as a viewer may see them: within his organisations, recorded, masked, with what was last said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.answers import WorklistPage, WorklistQuery, loan_worklist
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import CustomerContact, CustomerTask, TaskState
from maisui.web.contacts.promises import JudgedPromise, promises_of
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownWork:
    """One loan with its borrower, masked; `day_count` is days until it falls due, or in arrears."""

    reference: str
    customer_number: str
    customer_name: str
    home_organisation_name: str
    on: date
    day_count: int
    disbursed_amount: Decimal
    balance: Decimal
    loan_class: str
    currency: str
    last_contact: CustomerContact | None
    next_task: CustomerTask | None
    promise: JudgedPromise | None


def shown_worklist(
    gateway: Gateway, *, due_within: int | None, page: int, size: int, is_export: bool = False
) -> tuple[WorklistPage, tuple[ShownWork, ...]]:
    """Return one page of a worklist without its rows, and the rows masked; who is named is recorded first.

    Raises:
        NotAllowedError: when the viewer may not see customers, or not take them out for an export.
        AuditUnavailableError: when the look cannot be recorded.
    """
    permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
    gateway.require(permission)
    homes = None if gateway.viewer.is_whole_entity(permission) else gateway.viewer.tops_of(permission)
    with gateway.reader() as reader:
        found = loan_worklist(reader, WorklistQuery(due_within, homes, page, size))
        numbers = sorted({row.customer_number for row in found.rows})
        promises = promises_of(reader, numbers) if due_within is None else {}
    record(
        action="worklist_export" if is_export else "customer_list",
        by=gateway.actor,
        object_type="customers",
        object_id="*" if homes is None else ",".join(homes),
        details={"due_within": due_within or "overdue", "found": found.total_count, "page": found.page, "customers": numbers},
    )
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number__in": numbers}
    contacts = {one.customer_number: one for one in CustomerContact.objects.filter(**own).order_by("happened_on", "id")}
    tasks = {one.customer_number: one for one in CustomerTask.objects.filter(**own, state=TaskState.OPEN).order_by("-due_on", "-id")}
    rows: list[ShownWork] = []
    for row in found.rows:
        masks = Masks(gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        rows.append(
            ShownWork(
                reference_of(row.customer_number),
                masks("customer_number", row.customer_number),
                masks("customer_name", row.customer_name),
                row.home_organisation_name,
                row.on,
                abs((row.on - found.day).days),
                row.disbursed_amount,
                row.balance,
                row.loan_class,
                row.currency,
                contacts.get(row.customer_number),
                tasks.get(row.customer_number),
                next(iter(promises.get(row.customer_number, [])), None),
            )
        )
    return WorklistPage(found.day, found.page, found.total_count, ()), tuple(rows)
