"""Whether the version holds any contribution: without it a zero would say that customers bring nothing."""

from __future__ import annotations

from maisui.web.gateway import Gateway
from maisui.web.text import Text

NOT_KNOWN = Text("没有贡献数据：需要转移价格（transfer_price）补录", "Contribution is not known: it needs the supplement transfer_price")
"""Why nothing that goes by contribution can be judged."""


def knows_contribution(gateway: Gateway) -> bool:
    """Return whether contribution of any customer is known; it needs transfer prices (transfer_price)."""
    return gateway.shared(
        ("knows_contribution",), lambda reader: bool(reader.rows("SELECT count(*) > 0 FROM customer_contribution_month")[0][0])
    )
