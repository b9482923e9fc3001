"""Where offers of next products are handed out: scope, then the record of who looks at whom, then the mask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from maisui.answers.next_products import OfferedCustomer, OfferPage, OfferQuery, ProductOffers, list_offers, offered_groups, offered_numbers
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.score_desk import kept_scores
from maisui.web.customers.shown import Masks
from maisui.web.groups.threshold import fewest_shown

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ShownOffers:
    """One page of offers, masked, each with the reference that names the customer in addresses; `found` keeps sums only."""

    found: OfferPage
    pages: int
    rows: tuple[tuple[str, OfferedCustomer], ...]


class OfferDesk:
    """What one viewer may see of offers."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def listed(self, query: OfferQuery, *, is_export: bool = False) -> ShownOffers | None:
        """Return one page of offers within the viewer's scope, recorded first; None where nothing is scored.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission))
        found = self._page(scoped)
        if found is None:
            return None
        record(
            action="offer_export" if is_export else "offer_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
            details={
                "sha256": found.sha256,
                "version": found.version,
                "rung": found.standing.rung.value,
                "product_group": query.product_group or "",
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        rows = tuple((reference_of(row.customer_number), self._masked(row)) for row in found.rows)
        return ShownOffers(replace(found, rows=()), max(1, -(-found.total_count // query.size)), rows)

    def numbers(self, query: OfferQuery, permission: Permission = Permission.CUSTOMER_VIEW) -> tuple[str, ...]:
        """Return the numbers of a list for whom the viewer holds `permission`, for work behind the pages only.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when an organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        gateway.require(permission)
        scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission))
        with gateway.reader() as reader:
            return offered_numbers(reader, gateway.bank.home.path, scoped)

    def groups_of(self, numbers: Sequence[str], product_group: str | None) -> dict[str, str]:
        """Return which product group is offered to each of `numbers`, whom the caller found in scope."""
        with self._gateway.reader() as reader:
            return offered_groups(reader, self._gateway.bank.home.path, numbers, product_group)

    def by_product(self, organisation: str | None) -> tuple[OfferPage, tuple[ProductOffers, ...]] | None:
        """Return what is offered by product within an organisation the viewer sees figures of, without products of few customers.

        Raises:
            NotAllowedError: when he may not see figures.
            NotVisibleError: when the organisation is not in his scope or does not exist.
        """
        gateway = self._gateway
        gateway.require(Permission.FIGURE_VIEW)
        scoped = tops_covered(gateway, (organisation,) if organisation else None, Permission.FIGURE_VIEW)
        found = self._page(OfferQuery(scoped, size=1))
        if found is None:
            return None
        with gateway.reader() as reader:
            least = fewest_shown(reader.manifest.reporting_date)
        return replace(found, rows=()), tuple(one for one in found.products if one.customer_count >= least)

    def _page(self, scoped: OfferQuery) -> OfferPage | None:
        home = self._gateway.bank.home.path
        return kept_scores(self._gateway, "next_product", scoped, lambda reader: list_offers(reader, home, scoped))

    def _masked(self, row: OfferedCustomer) -> OfferedCustomer:
        masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        number, name = masks("customer_number", row.customer_number), masks("customer_name", row.customer_name)
        return replace(row, customer_number=number, customer_name=name)
