"""Which customers moved a figure, as a viewer may see them: scope, then the record of who was looked at, then the mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers import MoverGroup, MoverPage, MoverQuery, mover_numbers, movers
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownMover:
    """One customer who moved a figure, masked; `reference` names him in addresses."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str
    group: MoverGroup
    base: Decimal
    value: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class ShownMovers:
    """One page of customers who moved a figure, masked; `found` keeps counts and sums, its rows are taken away."""

    found: MoverPage
    pages: int
    rows: tuple[ShownMover, ...]


def listed_movers(gateway: Gateway, query: MoverQuery) -> ShownMovers:
    """Return one page of the customers who moved a figure within the viewer's scope; who is on it is recorded first.

    The figure is that of the organisations of which he sees figures; named are those at home where he sees customers.

    Raises:
        NotAllowedError: when he may not see figures or customers.
        NotVisibleError: when the organisation is not in his scope or does not exist.
        QuestionError: when the figure cannot be taken apart by customer.
        AuditUnavailableError: when the look cannot be recorded.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    scoped = _scoped(gateway, query, Permission.CUSTOMER_VIEW)
    found = gateway.shared(("movers", scoped), lambda reader: movers(reader, scoped))
    record(
        action="customer_list",
        by=gateway.actor,
        object_type="customers",
        object_id=scoped.organisation or "*",
        details={
            "metric": scoped.metric,
            "day": str(found.day),
            "from": str(found.base_day),
            "manager": scoped.manager or "",
            "kind": scoped.group or "",
            "found": found.listed_count,
            "page": found.page,
            "customers": [row.customer_number for row in found.rows],
        },
    )
    rows: list[ShownMover] = []
    for row in found.rows:
        masks = Masks(gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        rows.append(
            ShownMover(
                reference=reference_of(row.customer_number),
                customer_number=masks("customer_number", row.customer_number),
                customer_name=masks("customer_name", row.customer_name),
                customer_kind=row.customer_kind,
                home_organisation_name=row.home_organisation_name,
                group=row.group,
                base=row.base,
                value=row.value,
                change=row.change,
            )
        )
    return ShownMovers(replace(found, rows=()), max(1, -(-found.listed_count // query.size)), tuple(rows))


def numbers_of_movers(gateway: Gateway, query: MoverQuery, most: int, permission: Permission) -> tuple[str, ...]:
    """Return the numbers of everybody such a list names for whom the viewer holds `permission`, one more than `most` at most; never shown.

    Raises:
        NotAllowedError: when he does not hold it, or may not see figures.
        NotVisibleError: when the organisation is not in his scope or does not exist.
        QuestionError: when the figure cannot be taken apart by customer.
    """
    gateway.require(permission)
    scoped = _scoped(gateway, query, permission)
    with gateway.reader() as reader:
        return mover_numbers(reader, scoped, most)


def _scoped(gateway: Gateway, query: MoverQuery, permission: Permission) -> MoverQuery:
    """Return a query of the organisations whose figures the viewer sees, naming those at home where he holds `permission`."""
    homes = None if gateway.viewer.is_whole_entity(permission) else gateway.viewer.tops_of(permission)
    return replace(query, organisation=gateway.organisation_in_sight(query.organisation), homes=homes)
