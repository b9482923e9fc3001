"""Whether the version holds any contribution: without it a zero would say that customers bring nothing."""

from __future__ import annotations

from maisui.web.gateway import Gateway


def knows_contribution(gateway: Gateway) -> bool:
    """Return whether contribution of any customer is known; it needs transfer prices (transfer_price)."""
    return gateway.shared(
        ("knows_contribution",), lambda reader: bool(reader.rows("SELECT count(*) > 0 FROM customer_contribution_month")[0][0])
    )
