"""Loans that fall due or fell into arrears, as a viewer may see them: scope, then the record of who was looked at, then the mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers import DueQuery, LoanList, MaturingDay, due_soon
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownLoan:
    """A loan with its customer, masked; `reference` names him in addresses."""

    reference: str
    customer_number: str
    customer_name: str
    on: date
    balance: Decimal


@dataclass(frozen=True, slots=True)
class ShownLoans:
    """The largest loans of a list, masked, with count and balance of all of them."""

    count: int
    balance: Decimal
    lines: tuple[ShownLoan, ...]


@dataclass(frozen=True, slots=True)
class ShownDueSoon:
    """What falls due and what fell into arrears, masked; without the permission to see customers no names stand in it."""

    day: date
    maturing_deposits: tuple[MaturingDay, ...] | None
    maturing_loans: ShownLoans
    overdue_loans: ShownLoans


def shown_due_soon(gateway: Gateway, query: DueQuery) -> ShownDueSoon:
    """Return what falls due within the viewer's scope; who is named is recorded first.

    Raises:
        NotAllowedError: when he may not see figures.
        NotVisibleError: when the organisation is not in his scope or does not exist.
        AuditUnavailableError: when the look cannot be recorded.
    """
    homes: tuple[str, ...] | None = ()
    if gateway.may(Permission.CUSTOMER_VIEW):
        homes = None if gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW) else gateway.viewer.tops_of(Permission.CUSTOMER_VIEW)
    scoped = replace(query, organisation=gateway.organisation_in_sight(query.organisation), homes=homes)
    found = gateway.shared(("due_soon", scoped), lambda reader: due_soon(reader, scoped))
    named = [line.customer_number for loans in (found.maturing_loans, found.overdue_loans) for line in loans.lines]
    if named:
        record(
            action="customer_list",
            by=gateway.actor,
            object_type="customers",
            object_id=scoped.organisation or "*",
            details={"day": str(found.day), "manager": scoped.manager or "", "customers": sorted(set(named))},
        )
    return ShownDueSoon(found.day, found.maturing_deposits, _shown(gateway, found.maturing_loans), _shown(gateway, found.overdue_loans))


def _shown(gateway: Gateway, found: LoanList) -> ShownLoans:
    lines: list[ShownLoan] = []
    for line in found.lines:
        masks = Masks(gateway.viewer.permissions, kind=line.customer_kind, is_revealed=False)
        number, name = masks("customer_number", line.customer_number), masks("customer_name", line.customer_name)
        lines.append(ShownLoan(reference_of(line.customer_number), number, name, line.on, line.balance))
    return ShownLoans(found.count, found.balance, tuple(lines))
