"""How many holders of a product group hold others as well, and what those others bring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.product_signals import other_contribution
from maisui.web.gateway import Gateway
from maisui.web.pages.one_product.state import KINDS
from maisui.web.pages.overview.state import State


def shared_holders(gateway: Gateway, state: State, day: date, group: str) -> tuple[int, Decimal]:
    """Return how many holders of a group hold others as well, and what those others bring a year."""
    desk = gateway.products.one(gateway.products.place(group, "group"), state.organisation, state.view)
    shared, brought = 0, Decimal(0)
    for kind in KINDS:
        shared += sum(one.holder_count for one in desk.portrait(day, kind) if one.trait == "groups" and one.code != "1")
        table = gateway.products.pairs(state.organisation, kind, state.view)
        both = {pair.second: pair.both_count for pair in table.pairs if pair.first == group}
        brought += other_contribution(both, gateway.products.worth(state.organisation, kind, state.view))
    return shared, brought
