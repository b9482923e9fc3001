"""How rungs, reasons and chances are said."""

from __future__ import annotations

from decimal import Decimal
from math import expm1

from maisui.answers import ScoredCustomer, ScoreReason
from maisui.web.text import Text, choose

RUNGS = {
    "no_data": Text("无数据", "No data"),
    "rule": Text("规则", "Rule"),
    "baseline": Text("基线", "Base rates"),
    "trial": Text("试运行", "On trial"),
    "in_use": Text("正式", "In use"),
}
"""The steps of the ladder in words."""


def sentence(reason: ScoreReason) -> str:
    """Return a reason with its value: a share in percent, a number with its unit."""
    name = choose(reason.name_zh, reason.name_en)
    match reason.shape:
        case "share":
            return f"{name} {reason.value:.0%}"
        case "count":
            return f"{name} {reason.value:,.0f}"
        case "days":
            return f"{name} {reason.value:,.0f} {choose('天', 'days')}"
        case "months":
            return f"{name} {reason.value:,.0f} {choose('个月', 'months')}"
        case "amount":  # learnt as a logarithm, told in yuan
            return f"{name} {expm1(reason.value):,.0f} {choose('元', 'CNY')}"
        case _:
            return f"{name}{choose('：', ': ')}{choose('是', 'yes') if reason.value else choose('否', 'no')}"


def reasons(customer: ScoredCustomer) -> list[str]:
    """Return why a customer is on a list: what raises his score, then the lines of the rule that hold."""
    scored = [sentence(reason) for reason in customer.reasons]
    rules = [choose(zh, en[:1].upper() + en[1:]) for zh, en in customer.rules]
    return [*scored, *rules]


def chance(probability: Decimal | None) -> str:
    """Return a probability in percent with one place; — where there is none."""
    return "—" if probability is None else f"{probability:.1%}"
