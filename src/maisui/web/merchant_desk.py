"""The desk of acquired merchants: figures without names, and lists by name within the organisations of the viewer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from maisui.answers.merchants import (
    FeeTie,
    Merchant,
    MerchantList,
    MerchantPage,
    MerchantQuery,
    Merchants,
    fee_ties,
    list_merchants,
    merchant_customers,
    merchants,
)
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownMerchant:
    """One merchant of a list: its name masked, its customer's number taken away; `reference` names him, empty out of sight."""

    merchant: Merchant
    merchant_name: str
    reference: str


@dataclass(frozen=True, slots=True)
class ShownMerchants:
    """One page of a list, masked; `found` keeps counts and sums, its rows are taken away."""

    found: MerchantPage
    pages: int
    rows: tuple[ShownMerchant, ...]


class MerchantDesk:
    """What one viewer may ask of merchants; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def merchants(self, organisation: str | None, first_day: date, day: date) -> Merchants:
        """Return the merchants over the months between two days, without names."""
        scoped = self._gateway.organisation_in_sight(organisation)
        return self._gateway.shared(("merchants", scoped, first_day, day), lambda reader: merchants(reader, scoped, first_day, day))

    def merchant_fee_ties(self, organisation: str | None, first_day: date, day: date) -> tuple[FeeTie, ...] | None:
        """Return the whole months in which merchants' fees are held against the ledger; None below the whole bank."""
        scoped = self._gateway.organisation_in_sight(organisation)
        return self._gateway.shared(("merchant_fee_ties", scoped, first_day, day), lambda reader: fee_ties(reader, scoped, first_day, day))

    def merchants_named(self, kind: MerchantList, organisation: str | None, first_day: date, day: date, page: int) -> ShownMerchants:
        """Return one page of a list within the viewer's scope; who is on it is recorded first.

        Raises:
            NotAllowedError: when he may not see customers.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        query = replace(self._query(kind, organisation, Permission.CUSTOMER_VIEW), first_day=first_day, day=day, page=page)
        with gateway.reader() as reader:
            found = list_merchants(reader, query)
        record(
            action="merchant_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if query.organisations is None else ",".join(query.organisations),
            details={
                "kind": kind.value,
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows if row.customer_number],
            },
        )
        rows: list[ShownMerchant] = []
        for row in found.rows:
            masks = Masks(gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
            reference = reference_of(row.customer_number) if row.customer_number else ""
            nameless = replace(row, merchant_name=None, customer_number=None)
            rows.append(ShownMerchant(nameless, masks("merchant_name", row.merchant_name), reference))
        return ShownMerchants(replace(found, rows=()), max(1, -(-found.total_count // query.size)), tuple(rows))

    def silent_merchant_customers(self, organisation: str | None, day: date | None, permission: Permission) -> tuple[str, ...]:
        """Return the customers behind silent merchants for whom the viewer holds `permission`, for work behind the pages; never shown.

        Raises:
            NotAllowedError: when he does not hold it.
            NotVisibleError: when an organisation is not in his scope for that or does not exist.
        """
        query = self._query(MerchantList.SILENT, organisation, permission)
        with self._gateway.reader() as reader:
            return merchant_customers(reader, replace(query, day=day or query.day))

    def _query(self, kind: MerchantList, organisation: str | None, permission: Permission) -> MerchantQuery:
        """Return the query of a list on the reporting date within the viewer's organisations for `permission`."""
        self._gateway.require(permission)
        tops = tops_covered(self._gateway, None if organisation is None else (organisation,), permission)
        homes = tops_covered(self._gateway, None, permission)
        with self._gateway.reader() as reader:
            today = reader.manifest.reporting_date
        return MerchantQuery(kind, today, today, tops, homes)
