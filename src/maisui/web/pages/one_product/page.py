"""One product: where is it in its life, what is it made of, what does it bring and cost, who holds it and who sells it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Comparison, Timing, Unit
from maisui.answers.figure import moved
from maisui.answers.periods import base_day
from maisui.answers.product_place import ProductPlace
from maisui.answers.product_stage import Life, life_of
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.one_product import tab_goals, tab_what_if, tabs_money, tabs_people
from maisui.web.pages.one_product.blocks import Block, drawn
from maisui.web.pages.one_product.state import KINDS, TAB_NAMES, WHOLE_MONTHS, ProductState, Tab, tabs_of
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import attempt, first_day_of
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.products.words import LEVEL_NAMES, STAGE_NAMES, address_of, product_name
from maisui.web.text import Text

Building = Callable[[Gateway, OneProductDesk, ProductState, date], list[Block]]
TABS: dict[Tab, Building] = {
    Tab.LIFE: tabs_people.life_blocks,
    Tab.STRUCTURE: tabs_people.structure_blocks,
    Tab.TRANSACTIONS: tabs_money.transaction_blocks,
    Tab.INCOME: tabs_money.income_blocks,
    Tab.BENEFIT: tabs_money.benefit_blocks,
    Tab.RISK: tabs_money.risk_blocks,
    Tab.CUSTOMERS: tabs_people.customer_blocks,
    Tab.SELLERS: tabs_people.seller_blocks,
    Tab.GOALS: tab_goals.goal_blocks,
    Tab.WHAT_IF: tab_what_if.what_if_blocks,
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of the head: name, value, unit, and its change against the same day last year."""

    name: Text
    value: Decimal | None
    unit: Unit
    change: tuple[Decimal | None, Decimal | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the tabs: what the product is called and belongs to, its stage, its figures, and what is below it.

    `base` is the day against which the figures moved, None where history does not reach it.
    """

    name: Text | str
    level: Text
    above: tuple[tuple[Text | str, str], ...]
    below: tuple[tuple[Text | str, str], ...]
    life: Life
    facts: tuple[Fact, ...]
    base: date | None


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a tab of one product, or the fragment of the page that htmx asked for."""

    def content(gateway: Gateway, state: ProductState, frame: dict[str, Any]) -> dict[str, Any]:
        return _content(gateway, code, state, frame)

    return figure_page(request, "one_product", ProductState.of(request.GET), content, "customer_contribution")


def desk_of(gateway: Gateway, code: str, state: ProductState) -> OneProductDesk:
    """Return the desk of the product that an address names.

    Raises:
        AccessError: when the organisation is out of sight, or no product is called so.
    """
    return gateway.products.one(gateway.products.place(code, state.level), state.organisation, state.view)


def _content(gateway: Gateway, code: str, state: ProductState, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question("customer_contribution"))  # out of sight or out of history: the whole page says so
    desk, day = desk_of(gateway, code, state), frame["day"]
    tried = attempt(lambda: [drawn(block) for block in TABS[state.tab](gateway, desk, state, day)])
    return controls_of(gateway, state, day) | {
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item)) for item in WHOLE_MONTHS],
        "product": attempt(lambda: head_of(gateway, desk, state, day)),
        "product_title": product_title(desk.place),
        "tabs": [(name, state.query(tab=tab), tab is state.tab) for tab, name in tabs_shown(desk.place, state.tab)],
        "kinds": [(value_word(kind), kind == state.customer_kind, state.query(split="" if kind == KINDS[0] else kind)) for kind in KINDS]
        if state.tab is Tab.CUSTOMERS
        else (),
        "asks": state.tab is Tab.WHAT_IF,
        "asked_fields": state.pairs("points", "fee"),
        "tried": tried,
        "stages": STAGE_NAMES,
    }


def tabs_shown(place: ProductPlace, chosen: Tab) -> list[tuple[Tab, Text]]:
    """Return the tabs of a product with their names, and the chosen one, which may say why it is empty."""
    return [(tab, name) for tab, name in TAB_NAMES.items() if tab is chosen or tab in tabs_of(place.line)]


def product_title(place: ProductPlace) -> Text | str:
    """Return what a product is called: by the bank's own list, else by its code."""
    return product_name(place.path, {place.code: place.own_name} if place.own_name else {})


def head_of(gateway: Gateway, desk: OneProductDesk, state: ProductState, day: date) -> Head:
    """Return what stands above the tabs."""
    place = desk.place
    before = base_day(day, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT)
    courses = gateway.products.courses(state.organisation, [*tabs_money.months_of(gateway, day), before], state.view)
    now, then = courses.at(place.path, day), courses.at(place.path, before)
    first, last = tabs_money.span_of(gateway, state, day)
    found = desk.benefit(first, last)
    holders, holders_then = (None if one.holder_count is None else Decimal(one.holder_count) for one in (now, then))
    active, active_then = (None if one.active_holder_count is None else Decimal(one.active_holder_count) for one in (now, then))
    facts = (
        Fact(Text("余额", "Balance"), now.balance, Unit.YUAN, moved(now.balance, then.balance)),
        Fact(Text("持有客户", "Holders"), holders, Unit.COUNT, moved(holders, holders_then)),
        Fact(Text("活跃客户", "Active holders"), active, Unit.COUNT, moved(active, active_then)),
        Fact(Text("贡献", "Contribution"), found.contribution if found else None, Unit.YUAN),
        Fact(Text("经济增加值", "Value added"), found.added_value if found else None, Unit.YUAN),
    )
    has_history = before >= first_day_of(gateway)
    paths = sorted(path for path in courses.by_path if len(path) == len(place.path) + 1 and path[:-1] == place.path)
    return Head(
        product_name(place.path, courses.names),
        LEVEL_NAMES[place.level],
        tuple(
            (product_name(place.path[:length], courses.names), address_of(place.path[:length], state))
            for length in range(1, len(place.path))
        ),
        tuple((product_name(path, courses.names), address_of(path, state)) for path in paths if address_of(path, state)),
        life_of(now, then, gateway.products.settings(day), has_history=has_history),
        facts,
        before if has_history else None,
    )
