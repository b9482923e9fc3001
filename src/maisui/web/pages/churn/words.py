"""How rungs, reasons and chances are said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import expm1

from maisui.answers import SaverState, ScoredCustomer, ScoreReason
from maisui.web.components.figures import digits
from maisui.web.text import Text, choose

RUNGS = {
    "no_data": Text("无数据", "No data"),
    "rule": Text("规则", "Rule"),
    "baseline": Text("基线", "Base rates"),
    "trial": Text("试运行", "On trial"),
    "in_use": Text("正式", "In use"),
}
"""The steps of the ladder in words."""


_FEW_MONTHS = 10
"""Below so many months a tenth of one is told: two weeks are no "0 months"."""
_COUNTED = {
    "troubled_neighbours": Text("{} 户", "{} of them"),
    "troubled_group": Text("{} 户", "{} of them"),
    "arrears_months": Text("{} 次", "{} times"),
    "idle_days": Text("{} 天", "{} days"),
}
"""Values that say how many of what the line of the rule itself names."""


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
            return f"{name} {reason.value:,.{1 if reason.value < _FEW_MONTHS else 0}f} {choose('个月', 'months')}"
        case "amount":  # learnt as a logarithm, told in yuan
            return f"{name} {expm1(reason.value):,.0f} {choose('元', 'CNY')}"
        case _:
            return f"{name}{choose('：', ': ')}{choose('是', 'yes') if reason.value else choose('否', 'no')}"


def reasons(customer: ScoredCustomer) -> list[str]:
    """Return why a customer is on a list: what raises his score, then the lines of the rule that hold, each with how much where known."""
    scored = [sentence(reason) + _amounts(reason.code, customer.saver) for reason in customer.reasons]
    rules = [
        choose(line.name_zh, line.name_en[:1].upper() + line.name_en[1:])
        + (_amounts(line.code, customer.saver) or _values(customer.rule_values.get(line.code, ())))
        for line in customer.rules
    ]
    return [*scored, *rules]


def _values(told: Sequence[ScoreReason]) -> str:
    """Return the values that a line of the rule is told with, in brackets; nothing where none are known."""
    said = choose("，", ", ").join(
        str(_COUNTED[one.code]).format(f"{one.value:,.0f}") if one.code in _COUNTED else sentence(one) for one in told
    )
    return choose(f"（{said}）", f" ({said[:1].lower()}{said[1:]})") if said else ""


def _amounts(code: str, saver: SaverState | None) -> str:
    """Return the amounts behind a reason in brackets: from what to what, or how much; nothing where none are known."""
    if saver is None:
        return ""
    match code:
        case "assets_to_before" | "assets_halved":
            said = _course(saver.earlier_assets, saver.recent_assets)
        case "month_to_quarter":
            said = _course(saver.recent_assets, saver.month_assets)
        case "net_outflow_to_assets":
            known = saver.inflow is not None and saver.outflow is not None
            said = _yuan(saver.outflow - saver.inflow if known else None)  # type: ignore[operator] - both are known
        case "no_own_transaction" if saver.idle_days is not None:
            said = choose(f"已 {saver.idle_days} 天，资产 ", f"{saver.idle_days} days by now, assets of ") + _yuan(saver.recent_assets)
        case _:
            said = _yuan(
                {
                    "inflow_to_assets": saver.inflow,
                    "outflow_to_assets": saver.outflow,
                    "own_elsewhere_to_assets": saver.own_elsewhere,
                    "payroll_to_assets": saver.payroll,
                    "maturing_to_assets": saver.maturing,
                }.get(code)
            )
    return choose(f"（{said}）", f" ({said})") if said else ""


def _course(before: Decimal | None, after: Decimal | None) -> str:
    return f"{digits(before, 0)} → {_yuan(after)}" if before is not None and after is not None else ""


def _yuan(amount: Decimal | None) -> str:
    return "" if amount is None else f"{digits(amount, 0)} {choose('元', 'CNY')}"


def chance(probability: Decimal | None) -> str:
    """Return a probability in percent with one place; — where there is none."""
    return "—" if probability is None else f"{probability:.1%}"
