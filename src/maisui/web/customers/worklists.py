"""Loans to be renewed and collected, as a viewer may see them: within his organisations, recorded, masked, with what was last said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.answers import DueResult, WorklistPage, WorklistQuery, borrowers_at_home, due_result, loan_worklist, worklist_customers
from maisui.answers.loan_worklists import with_bills_alone
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import CustomerContact
from maisui.web.contacts.promises import FAILED, RUNNING, PromiseResult, PromiseState, Standing, promise_result, standings, written_promises
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.own_numbers import customers_of, own_numbers
from maisui.web.strategies.next_steps import NextStep, next_steps

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

PROMISED: dict[str, frozenset[PromiseState]] = {
    "failed": FAILED,
    "running": RUNNING,
    "kept": frozenset({PromiseState.KEPT}),
    "none": frozenset(),
}
"""What a list of arrears is narrowed by: how the promise that matters now stands; "none" are those who promised nothing."""
_NOTHING = "none"


@dataclass(frozen=True, slots=True)
class WorkAsked:
    """Which loans are asked for, by the address.

    Attributes:
        due_within: within how many days they fall due; None for those in arrears.
        organisation: the top of the borrowers' homes; None for all in sight.
        is_own: only of borrowers whom the viewer looks after.
        promised: one of PROMISED, or empty for all.
    """

    due_within: int | None
    organisation: str | None = None
    is_own: bool = False
    promised: str = ""


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
    is_bill: bool
    last_contact: CustomerContact | None
    step: NextStep
    promise: Standing | None


def shown_worklist(
    gateway: Gateway, asked: WorkAsked, *, page: int, size: int, is_export: bool = False
) -> tuple[WorklistPage, tuple[ShownWork, ...]]:
    """Return one page of a worklist without its rows, and the rows masked; who is named is recorded first.

    Raises:
        NotAllowedError: when the viewer may not see customers, or not take them out for an export.
        NotVisibleError: when the organisation is not in his scope or does not exist.
        AuditUnavailableError: when the look cannot be recorded.
    """
    permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
    query, promises = _query(gateway, asked, permission)
    with gateway.reader() as reader:
        found = loan_worklist(reader, replace(query, page=page, size=size))
    numbers = sorted({row.customer_number for row in found.rows})
    record(
        action="worklist_export" if is_export else "customer_list",
        by=gateway.actor,
        object_type="customers",
        object_id="*" if query.homes is None else ",".join(query.homes),
        details={
            "due_within": asked.due_within or "overdue",
            "promised": asked.promised,
            "found": found.total_count,
            "page": found.page,
            "customers": numbers,
        },
    )
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number__in": numbers}
    contacts = {one.customer_number: one for one in CustomerContact.objects.filter(**own).order_by("happened_on", "id")}
    steps = next_steps(gateway, numbers)
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
                row.is_bill,
                contacts.get(row.customer_number),
                steps[row.customer_number],
                promises.get(row.customer_number),
            )
        )
    return WorklistPage(found.day, found.page, found.total_count, ()), tuple(rows)


def borrowers(gateway: Gateway, asked: WorkAsked, most: int | None, permission: Permission = Permission.CUSTOMER_VIEW) -> tuple[str, ...]:
    """Return the borrowers of a worklist at home where the viewer holds `permission`, each once; nobody is looked at.

    Raises:
        NotAllowedError: when he does not hold it.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    query, _ = _query(gateway, asked, permission)
    with gateway.reader() as reader:
        return worklist_customers(reader, query, most)


def holders_of_bills(gateway: Gateway, asked: WorkAsked) -> frozenset[str]:
    """Return who has nothing but bills on a worklist within the viewer's scope; nobody is looked at.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    query = _covered(gateway, asked, Permission.CUSTOMER_VIEW)
    with gateway.reader() as reader:
        return with_bills_alone(reader, query)


def due_outcome(gateway: Gateway, asked: WorkAsked) -> DueResult:
    """Return what became of the loans that fell due in as many days before the reporting date as the list looks ahead.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    query = _covered(gateway, asked, Permission.CUSTOMER_VIEW)
    whose = sorted(own_numbers(gateway)) if asked.is_own else ()
    return gateway.shared(("due_result", asked.due_within, query.homes, asked.is_own, *whose), lambda reader: due_result(reader, query))


def promise_outcome(gateway: Gateway, asked: WorkAsked) -> PromiseResult:
    """Return what came of the promises of all borrowers a list covers: who paid everything is no longer on it, and counts all the same.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    query = _covered(gateway, asked, Permission.CUSTOMER_VIEW)
    with gateway.reader() as reader:
        return promise_result(reader, borrowers_at_home(reader, {number for number, _ in written_promises()}, query))


def _covered(gateway: Gateway, asked: WorkAsked, permission: Permission) -> WorklistQuery:
    """Return what is asked of the warehouse before promises narrow it."""
    gateway.require(permission)
    query = WorklistQuery(asked.due_within, tops_covered(gateway, (asked.organisation,) if asked.organisation else None, permission))
    if asked.is_own:
        query = replace(query, only=customers_of(gateway, own_numbers(gateway)))
    return query


def _query(gateway: Gateway, asked: WorkAsked, permission: Permission) -> tuple[WorklistQuery, dict[str, Standing]]:
    """Return what is asked of the warehouse, and how the promises of borrowers stand; loans that fall due know no promises."""
    query = _covered(gateway, asked, permission)
    if asked.due_within is not None:
        return query, {}
    with gateway.reader() as reader:
        known = standings(reader)
    if asked.promised == _NOTHING:
        query = replace(query, without=frozenset(known))
    elif asked.promised:
        who = frozenset(number for number, one in known.items() if one.now.state in PROMISED[asked.promised])
        query = replace(query, only=who if query.only is None else who & query.only)
    return query, known
