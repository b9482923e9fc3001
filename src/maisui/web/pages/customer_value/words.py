"""How orders, reasons and parts of a customer's worth are said."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.worth import WorthOrder
from maisui.web.text import Text

ORDERS = {
    WorthOrder.EXPECTED: Text("预期价值", "Expected value"),
    WorthOrder.POTENTIAL: Text("潜力", "Potential"),
}
"""By what the list may be put in order, beside the past (`past_word`)."""
ABSENT = {
    "left_already": Text("已无未销账户", "no open account"),
    "history_too_short": Text("开户不足 12 个月", "under twelve months here"),
}
"""Why nothing is expected of a customer."""


def past_word(months: int) -> Text:
    """Return the name of what was contributed in the months there are, twelve at most."""
    return Text(f"近 {months} 个月贡献", f"Contribution of {months} months")


def share(value: Decimal | None) -> str:
    """Return a share in percent with one place; — where there is none."""
    return "—" if value is None else f"{value:.1%}".replace("-", "−")
