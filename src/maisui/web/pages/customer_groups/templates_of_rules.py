"""Rules to begin with: the rural groups and the usual purposes, each an ordinary rule that one changes as one likes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from maisui.web.pages.customer_groups.rule_in_address import written
from maisui.web.text import Text

Rule = dict[str, Any]


def _all(*conditions: Rule) -> Rule:
    return {"id": "r", "join": "all", "of": [{"id": f"c{place}", **condition} for place, condition in enumerate(conditions, 1)]}


def _label(code: str) -> Rule:
    return {"field": "label", "is": "is", "value": code}


TEMPLATES: tuple[tuple[str, Text, Rule], ...] = (
    ("ordinary_farmer", Text("普通农户", "Ordinary farmers"), _all(_label("ordinary_farmer"))),
    ("big_farmer", Text("种养大户", "Big farmers"), _all(_label("big_farmer"))),
    ("self_employed", Text("个体工商户", "Self-employed"), _all(_label("self_employed"))),
    ("cooperative", Text("农民专业合作社", "Cooperatives"), _all(_label("cooperative"))),
    ("family_farm", Text("家庭农场", "Family farms"), _all(_label("family_farm"))),
    ("leading_firm", Text("龙头企业", "Leading firms"), _all(_label("leading_firm"))),
    (
        "farmers_without_loans",
        Text("有实力、未用信的农户", "Able farmers without a loan"),
        _all(
            {"field": "is_farmer", "is": "yes"},
            {"field": "loan_balance", "is": "at_most", "value": "0"},
            {"field": "inflow_amount", "is": "at_least", "value": "20000"},
        ),
    ),
    (
        "counter_only",
        Text("只走柜面的客户", "Customers of the counter only"),
        _all(
            {"field": "channel", "is": "did", "value": "counter", "days": 90},
            {"field": "channel", "is": "did_not", "value": "mobile_bank", "days": 90},
            {"field": "channel", "is": "did_not", "value": "internet_bank", "days": 90},
        ),
    ),
    (
        "payroll_leaving",
        Text("代发后资金转走的客户", "Payroll that moves on elsewhere"),
        _all(
            {"field": "payroll_amount", "is": "at_least", "value": "5000"},
            {"field": "own_elsewhere_amount", "is": "at_least", "value": "1000"},
        ),
    ),
    (
        "tied_to_attention",
        Text("担保关系中有特别关注客户", "Tied by a guarantee to somebody of attention"),
        _all({"field": "related_guarantee", "is": "is", "value": "attention"}),
    ),
)
"""Each with its code and name; a click opens it in the builder."""


def builder_address(rule: Rule, number: int | None) -> str:
    """Return the address of the builder with a rule, for a new group or as a change of the group of that number."""
    pairs = [("rule", written(rule)), *([("group", str(number))] if number else [])]
    return f"{reverse('customer_groups_build')}?{urlencode(pairs)}"
