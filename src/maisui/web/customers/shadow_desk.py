"""Where customers whom a challenger would list otherwise are handed out: scope, then the record of who looks, then the mask."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from maisui.answers.model_shadow import ShadowChange, ShadowPage, list_shadow_changes
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

ROWS = 50


class ShadowDesk:
    """What one viewer may see of a challenger's list."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def changes(self, model: str, page: int) -> tuple[ShadowPage, tuple[tuple[str, ShadowChange], ...]] | None:
        """Return one page of whom the challenger would list otherwise, recorded first, each with the reference that names him in addresses.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            AuditUnavailableError: when the look cannot be recorded.
        """
        gateway = self._gateway
        gateway.require(Permission.CUSTOMER_VIEW)
        tops = tops_covered(gateway, None)
        with gateway.reader() as reader:
            found = list_shadow_changes(reader, gateway.bank.home.path, model, tops, page, ROWS)
        if found is None:
            return None
        record(
            action="score_list",
            by=gateway.actor,
            object_type="customers",
            object_id="*" if tops is None else ",".join(tops),
            details={
                "model": model,
                "shadow": found.view.challenger,
                "found": found.total_count,
                "page": found.page,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        return replace(found, rows=()), tuple((reference_of(row.customer_number), self._masked(row)) for row in found.rows)

    def _masked(self, row: ShadowChange) -> ShadowChange:
        masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        number, name = masks("customer_number", row.customer_number), masks("customer_name", row.customer_name)
        return replace(row, customer_number=number, customer_name=name)
