"""Whom a strategy applies to, as a customer group: those it fits and no narrower one does."""

from __future__ import annotations

from collections.abc import Sequence

from maisui.answers.group_rule import MOST_CONDITIONS
from maisui.web.pages.customer_groups.rule_in_address import Data
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.strategies.table import Strategy


def address_of(strategies: Sequence[Strategy], place: int, organisation: str) -> str:
    """Return the address of the builder with those the strategy at `place` applies to; "" where a rule of so many lines is too long.

    `strategies` come in the order in which they apply.
    """
    narrower = [_conditions(one, f"n{rank}") for rank, one in enumerate(strategies[:place])]
    below: list[Data] = [{"id": "p", "field": "organisation", "is": "is", "value": organisation}] if organisation else []
    own = [*_conditions(strategies[place], "o"), *below]
    if sum(map(len, narrower), len(own)) > MOST_CONDITIONS:
        return ""
    others = [{"id": f"b{rank}", "join": "all", "of": conditions} for rank, conditions in enumerate(narrower)]
    excepted: list[Data] = [{"id": "x", "join": "none", "of": others}] if others else []
    return builder_address({"id": "r", "join": "all", "of": [*own, *excepted]}, None)


def _conditions(one: Strategy, name: str) -> list[Data]:
    wanted = (("tier", one.tier), ("label", one.life_stage), ("label", one.label))
    return [{"id": f"{name}c{place}", "field": field, "is": "is", "value": value} for place, (field, value) in enumerate(wanted) if value]
