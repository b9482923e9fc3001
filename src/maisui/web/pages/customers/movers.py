"""Customers behind a movement: new, lost, come, gone and stayed, with a total that is the figure to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import BY_CODE, Comparison, MoverGroup, MoverOrder, MoverQuery, MoverSum, Period, Timing, has_movers
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.customers.movers import ShownMovers
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context, is_whole_export, refused_whole_export
from maisui.web.pages.customers.state import KIND_NAMES
from maisui.web.pages.drivers.figures import comparison_of, split_name
from maisui.web.pages.overview.frame import controls_of, frame_of, organisation_choices
from maisui.web.pages.overview.state import COMPARISON_NAMES, COMPARISON_SHORT_NAMES, PERIOD_NAMES, State
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import Slice
from maisui.web.text import Text, known_word

ROWS = 50
Word = TypeVar("Word", bound=StrEnum)
GROUP_NAMES: dict[MoverGroup, Text] = {
    MoverGroup.NEW: Text("新客户", "New"),
    MoverGroup.LOST: Text("流失", "Lost"),
    MoverGroup.CAME: Text("转入或新持有", "Come or newly holding"),
    MoverGroup.LEFT: Text("转出或清零", "Gone or emptied"),
    MoverGroup.STAYED: Text("存量", "Stayed"),
}
GROUP_MEANINGS: dict[MoverGroup, Text] = {
    MoverGroup.NEW: Text("基期在本行没有未销账户，本期有", "held no open account in the bank at the base, holds one now"),
    MoverGroup.LOST: Text("基期在本行有未销账户，本期没有", "held an open account at the base, holds none now"),
    MoverGroup.CAME: Text("一直是本行客户，基期不计入此处，本期计入", "a customer before, but did not count here at the base"),
    MoverGroup.LEFT: Text("仍是本行客户，基期计入此处，本期不再计入", "still a customer, but no longer counts here"),
    MoverGroup.STAYED: Text("两期都计入此处", "counts here on both days"),
}
ORDER_NAMES: dict[MoverOrder, Text] = {
    MoverOrder.SIZE: Text("变动大小", "Largest"),
    MoverOrder.RISE: Text("增加最多", "Up most"),
    MoverOrder.FALL: Text("减少最多", "Down most"),
    MoverOrder.VALUE: Text("本期最多", "Largest now"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show which customers moved a figure, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "customers/movers.html", {"is_empty": True})
    state = _state(request)
    if request.GET.get("part") == "organisations":
        frame = frame_of(gateway, state, fresh.reporting_date)
        return render(request, "overview/_organisations.html", frame | organisation_choices(gateway, state))
    listed = gateway.list_movers(_query_asked(request, state))
    return render(request, "customers/movers.html", _context(gateway, state, listed, fresh.reporting_date))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all who moved the figure of the address; the whole list is taken out as a group."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = _state(request)
    query = _query_asked(request, state)
    words = _query(state, {"group": query.group, "order": query.order})
    address = f"{reverse('customers_movers')}?{words}"
    if is_whole_export(request):
        return refused_whole_export(request, address)

    def whole(permission: Permission, most: int) -> tuple[str, ...]:
        return gateway.numbers_of_movers(query, most, permission)

    return acted(request, ChosenFrom(f"movers {words}", address, None, whole, address))  # they move there, and may be at home elsewhere


def _state(request: HttpRequest) -> State:
    asked = State.of(request.GET)
    return replace(asked, comparisons=(comparison_of(asked),))


def _query_asked(request: HttpRequest, state: State) -> MoverQuery:
    """Return which customers the address asks for: those behind its figure, the group and the order it names."""
    group = _named(GROUP_NAMES, request.GET.get("group", ""))
    order = _named(ORDER_NAMES, request.GET.get("order", "")) or MoverOrder.SIZE
    return query_of(state, group=group, order=order, page=state.page, size=ROWS)


def query_of(state: State, **more: Any) -> MoverQuery:
    """Return what a page of figures asks of the customers behind its metric."""
    return MoverQuery(state.metric, state.day, comparison_of(state), state.period, state.organisation, state.within, **more)


def _named(names: Mapping[Word, Text], word: str) -> Word | None:
    if not word:
        return None
    for known in names:
        if known == word:
            return known
    raise QuestionError(f"there is no {word!r} here", where="group", next_step=f"choose one of: {', '.join(names)}")


def _context(gateway: Gateway, state: State, listed: ShownMovers, reporting_date: Any) -> dict[str, Any]:
    found, query = listed.found, listed.found.query
    more = {"group": query.group, "order": query.order if query.order is not MoverOrder.SIZE else None}
    frame = frame_of(gateway, state, reporting_date)
    return (
        frame
        | controls_of(gateway, state, frame["day"])
        | {
            "found": found,
            "metric": found.metric,
            "rows": [(row, known_word(KIND_NAMES, row.customer_kind), GROUP_NAMES[row.group]) for row in listed.rows],
            "slice": Slice((), found.page, listed.pages, found.listed_count),
            "metrics": [item for item in BY_CODE.values() if has_movers(item)],
            "metric_fields": [*state.pairs("metric"), *((name, value) for name, value in more.items() if value)],
            "groups": [
                (name, GROUP_MEANINGS[group], found.groups[group], group is query.group, _query(state, more, group=group))
                for group, name in GROUP_NAMES.items()
            ],
            "everybody": (query.group is None, _query(state, more, group=None)),
            "orders": [(name, order is query.order, _query(state, more, order=order)) for order, name in ORDER_NAMES.items()],
            "comparisons": [_base(state, more, item, is_chosen=item is query.comparison) for item in Comparison],
            "chosen": _plus(found.named, found.unnamed),
            "narrowed": [
                (split_name(name), namer(gateway, name)(value), _query(_without(state, name), more)) for name, value in state.within
            ],
            "chosen_address": f"{reverse('customers_movers_chosen')}?{_query(state, more)}",
            **chosen_context(gateway),
            "against": COMPARISON_NAMES[query.comparison],
            "back": state.query(page=1),
            "lists_unchanged": query.order is MoverOrder.VALUE,
            "is_flow": found.metric.numerator.timing is Timing.PERIOD,
            "spans": [
                (name, period is state.period, _query(replace(state, period=period), more))
                for period, name in PERIOD_NAMES.items()
                if period is not Period.TO_DATE
            ],
        }
    )


def _base(state: State, more: dict[str, Any], comparison: Comparison, *, is_chosen: bool) -> tuple[Text, Text, bool, str]:
    address = _query(replace(state, comparisons=(comparison,)), more)
    return COMPARISON_SHORT_NAMES[comparison], COMPARISON_NAMES[comparison], is_chosen, address


def _without(state: State, name: str) -> State:
    return replace(state, within=tuple(item for item in state.within if item[0] != name))


def _plus(one: MoverSum, other: MoverSum) -> MoverSum:
    return MoverSum(one.count + other.count, one.base + other.base, one.value + other.value)


def _query(state: State, more: dict[str, Any], **changes: Any) -> str:
    """Return the address of this page with what only it says beside the state of figures; the first page."""
    said = more | changes
    tail = [f"{name}={value.value}" for name, value in said.items() if value is not None and value is not MoverOrder.SIZE]
    return "&".join(part for part in (state.query(page=1), *tail) if part)
