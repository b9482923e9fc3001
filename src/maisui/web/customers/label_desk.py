"""Where labelled customers are handed out: scope, then the record of who looks at whom, then the masked customer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers import BorneLabel, GivenReason, LabelledCustomer, LabelPage, LabelQuery, labels_of, list_labelled
from maisui.answers.labels import labelled_numbers
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.strategies.next_steps import NextStep, next_steps

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownLabelled:
    """One customer of a list, masked, with what is to be done; `reference` names him in addresses."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str
    tier_code: str
    held_since: date
    asset_average_balance: Decimal
    loan_balance: Decimal
    reasons: tuple[GivenReason, ...]
    managers: tuple[str, ...]
    step: NextStep


@dataclass(frozen=True, slots=True)
class ShownLabelList:
    """One page of a list, masked; `found` keeps counts and sums, its rows are taken away."""

    found: LabelPage
    pages: int
    rows: tuple[ShownLabelled, ...]


class LabelDesk:
    """What one viewer may see of labels."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def listed(self, query: LabelQuery, *, is_export: bool = False) -> ShownLabelList:
        """Return one page of those who bear a label within the viewer's scope; who is on it is recorded first.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission))
        found = gateway.cached(("labelled", scoped), lambda reader: list_labelled(reader, scoped))
        record(
            action="label_export" if is_export else "label_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
            details={
                "label": scoped.label,
                "why": scoped.reason or "",
                "manager": scoped.manager or "",
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        steps = next_steps(gateway, [row.customer_number for row in found.rows])
        rows = tuple(self._shown(row, steps[row.customer_number]) for row in found.rows)
        return ShownLabelList(replace(found, rows=()), max(1, -(-found.total_count // query.size)), rows)

    def numbers(self, query: LabelQuery, most: int, permission: Permission) -> tuple[str, ...]:
        """Return the numbers of a list for whom the viewer holds `permission`, one more than `most` at most; never shown.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when an organisation is not in his scope for that or does not exist.
        """
        self._gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(self._gateway, query.organisations, permission))
        with self._gateway.reader() as reader:
            return labelled_numbers(reader, scoped, most)

    def of_customer(self, customer_number: str) -> tuple[BorneLabel, ...]:
        """Return the labels of a customer whose look the caller has recorded; none where the viewer may not see customers."""
        if not self._gateway.may(Permission.CUSTOMER_VIEW):
            return ()
        with self._gateway.reader() as reader:
            return labels_of(reader, customer_number)

    def _shown(self, row: LabelledCustomer, step: NextStep) -> ShownLabelled:
        masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        return ShownLabelled(
            reference=reference_of(row.customer_number),
            customer_number=masks("customer_number", row.customer_number),
            customer_name=masks("customer_name", row.customer_name),
            customer_kind=row.customer_kind,
            home_organisation_name=row.home_organisation_name,
            tier_code=row.tier_code,
            held_since=row.held_since,
            asset_average_balance=row.asset_average_balance,
            loan_balance=row.loan_balance,
            reasons=row.reasons,
            managers=row.managers,
            step=step,
        )
