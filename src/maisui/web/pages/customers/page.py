"""The customer look-up: customers at home in an organisation, searched without leaving a trace in addresses."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import CUSTOMER_COLUMNS, LABEL_BY_CODE, Condition, CustomerOrder, CustomerSearch, OrganisationNode, Question, rule_of
from maisui.answers.customers import SHORTEST_PHONE
from maisui.answers.group_rule import conditions_of
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.customers.shown import ShownList
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import own_numbers
from maisui.web.pages.customer_groups.listed import names_said
from maisui.web.pages.customer_groups.rule_in_address import changed, form_of, with_condition, with_one_of, without
from maisui.web.pages.customer_groups.templates_of_rules import builder_address
from maisui.web.pages.customer_groups.words import JOIN_WORDS, condition_words, rule_words
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.customers.state import KIND_NAMES, LONGEST_WORDS, MOST_COLUMNS, SEARCH_NAMES, Search, State
from maisui.web.pages.known_contribution import knows_contribution
from maisui.web.pages.organisation_choice import path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.text import Text, known_word

_COLUMNS: tuple[tuple[CustomerOrder, Text], ...] = (
    (CustomerOrder.NAME, Text("客户", "Customer")),
    (CustomerOrder.NUMBER, Text("客户号", "Number")),
    (CustomerOrder.DEPOSITS, Text("存款余额", "Deposits")),
    (CustomerOrder.LOANS, Text("贷款余额", "Loans")),
    (CustomerOrder.ASSETS, Text("资产月日均", "Assets, month average")),
    (CustomerOrder.CONTRIBUTION, Text("近 12 月贡献", "Contribution, 12 months")),
)
_MOST_LABELS = 12
_AFTER: tuple[tuple[str, dict[str, Any]], ...] = (("customers", {}), ("customers_exports", {"page": 1, "find": ""}))
"""Where an act on the list leads to: back to it, and to where all of it is taken out; each with what it does not keep."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the list, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "customers/page.html", {"is_empty": True})
    state = State.of(request.GET)
    if request.GET.get("into"):
        return redirect(f"{reverse('customers')}?{state.with_rule(with_condition(state.conditions, request.GET))}")
    nodes = gateway.organisations(Permission.CUSTOMER_VIEW)
    by_code = {node.code: node for node in nodes}
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, page=1))
    search = Search.unsealed(state.find, _holder(request)) if state.find else None
    within = gateway.groups(request.user).selection_of(rule_of(state.conditions)) if state.rule else None  # type: ignore[arg-type]
    listed = gateway.list_customers(state.question(search, within))
    context = _context(gateway, state, search, listed, by_code) | _narrowed(gateway, request, state, listed)
    return render(request, "customers/page.html", context)


@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed and lead to the list that holds it sealed."""
    state = State.of(request.GET)
    typed = Search.typed(request.POST.get("by", ""), request.POST.get("words", ""))
    if typed and typed.by is CustomerSearch.PHONE and len(typed.words) < SHORTEST_PHONE:
        few = Text(f"电话请填后 {SHORTEST_PHONE} 位或更多", f"give the last {SHORTEST_PHONE} digits of a telephone number or more")
        messages.warning(request, str(few))
        typed = None
    query = state.query(find=typed.sealed(_holder(request)) if typed else "", page=1)
    return redirect(f"{reverse('customers')}?{query}")


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)

    def whole(permission: Permission, most: int) -> Sequence[str]:
        search = Search.unsealed(state.find, _holder(request)) if state.find else None
        within = gateway.groups(request.user).selection_of(rule_of(state.conditions)) if state.rule else None  # type: ignore[arg-type]
        return gateway.customers_for_work(state.question(search, within), most, permission)

    back, exports = (f"{reverse(name)}?{state.query(**kept)}" for name, kept in _AFTER)
    return acted(request, ChosenFrom(f"customers {state.query(page=1, find='')}", back, state.organisation, whole, exports))


def _holder(request: HttpRequest) -> str:
    """Return for whom a search is sealed: this user, in this session."""
    return f"{request.user.get_username()} {request.session.session_key}"


def _context(
    gateway: Gateway, state: State, search: Search | None, listed: ShownList, by_code: dict[str, OrganisationNode]
) -> dict[str, Any]:
    found = listed.found
    organisation = by_code.get(state.organisation or "") or (next(iter(by_code.values())) if _is_one_top(by_code) else None)
    return {
        "state": state,
        "query": state.query(),
        "found": found,
        "may_take_out": gateway.may(Permission.CUSTOMER_EXPORT) or gateway.may(Permission.CUSTOMER_EXPORT_APPROVE),
        "knows_contribution": knows_contribution(gateway),
        **chosen_context(gateway),
        "rows": [
            (
                row,
                known_word(KIND_NAMES, row.customer_kind),
                value_word(row.tier_code) if row.tier_code else "—",
                [row.columns[code] for code in state.columns],
            )
            for row in listed.rows
        ],
        "slice": Slice((), found.page, listed.pages, found.total_count),
        "search": search,
        "searches": [(by.value, name, search is not None and by is search.by) for by, name in SEARCH_NAMES.items()],
        "longest_words": LONGEST_WORDS,
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "columns": [
            *(_column(state, order, name) for order, name in _COLUMNS),
            *(_column(state, code, _fact_name(code)) for code in state.columns),
        ],
        "facts": [(code, _fact_name(code), code in state.columns) for code in CUSTOMER_COLUMNS],
        "most_columns": MOST_COLUMNS,
        "fields_without_columns": parse_qsl(state.query(columns=(), page=1)),
        "kinds": [
            (name, kind == state.kind, state.query(kind=kind, page=1), found.kind_counts.get(kind, 0) if kind else None)
            for kind, name in {None: Text("全部", "All"), **KIND_NAMES}.items()
        ],
        "tiers": [
            (
                value_word(tier) if tier else Text("全部等级", "All tiers"),
                tier == state.tier,
                state.query(tier=tier, page=1),
                found.tier_counts.get(tier, 0) if tier else None,
            )
            for tier in (None, *found.tiers)
        ],
        "holder_query": state.query(is_everybody=not state.is_everybody, page=1),
        "no_search_query": state.query(find="", page=1),
        "booked": _booked(gateway, state, search, organisation.code if organisation else None, found.deposit_balance),
    }


def _narrowed(gateway: Gateway, request: HttpRequest, state: State, listed: ShownList) -> dict[str, Any]:
    """Return the conditions that hold, each with how it is taken out, the form of one more, and the labels of those listed."""
    rule = state.conditions
    names = names_said(gateway)
    called = {str(group.pk): group.name for group in gateway.groups(request.user).visible()}  # type: ignore[arg-type]
    root = rule_of(rule)
    asked = {one.value for one in root.of if isinstance(one, Condition) and one.field == "label" and root.join == "all"}
    counted = sorted(((code, count) for code, count in listed.found.labels if code not in asked), key=lambda one: (-one[1], one[0]))
    return {
        "rule": state.rule,
        "state_fields": parse_qsl(state.query(page=1)),
        "rule_words": rule_words(root, names, called) if rule["of"] else "",
        "conditions": [
            (
                condition_words(one, names, called) if isinstance(one, Condition) else rule_words(one, names, called),
                state.with_rule(without(rule, one.id)),
            )
            for one in root.of
        ],
        "joins": [(word, code == rule["join"], state.with_rule(changed(rule, "r", {"join": code}))) for code, word in JOIN_WORDS.items()],
        "no_rule_query": state.query(rule="", page=1),
        "mine_query": _mine(gateway, state),
        "group_address": builder_address(rule, None) if rule["of"] else "",
        "borne": [
            (
                Text(LABEL_BY_CODE[code].name_zh, LABEL_BY_CODE[code].name_en),
                count,
                state.with_rule(with_condition(rule, QueryDict(urlencode({"into": "r", "field": "label", "is": "is", "value": code})))),
            )
            for code, count in counted[:_MOST_LABELS]
            if code in LABEL_BY_CODE
        ],
        **form_of(gateway, request),
    }


def _mine(gateway: Gateway, state: State) -> str:
    """Return the list of those whom the viewer looks after under any number of his; empty where he has none or has asked for them."""
    own = sorted(own_numbers(gateway))
    if not own or any(one.field == "manager" for one in conditions_of(rule_of(state.conditions))):
        return ""
    with suppress(QuestionError):  # no room for one more condition: nothing is offered
        return state.with_rule(with_one_of(state.conditions, "manager", own))
    return ""


def _is_one_top(by_code: dict[str, OrganisationNode]) -> bool:
    return sum(node.parent_code is None for node in by_code.values()) == 1


def _fact_name(code: str) -> Text:
    return Text(CUSTOMER_COLUMNS[code].name_zh, CUSTOMER_COLUMNS[code].name_en)


def _column(state: State, order: str, name: Text) -> dict[str, Any]:
    return {
        "name": name,
        "query": state.sorted_by(order),
        "is_number": order not in (CustomerOrder.NAME, CustomerOrder.NUMBER),
        "is_sorted": state.sort.removeprefix("-") == order,
        "is_descending": state.sort.startswith("-"),
    }


def _booked(gateway: Gateway, state: State, search: Search | None, organisation: str | None, at_home: Decimal) -> dict[str, Decimal] | None:
    """Return the metric's deposits of the same organisation, by booking outlet, and how far the list's sum is from them."""
    is_whole = state.organisation is None and gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW)
    asked = None if is_whole else organisation
    if search is not None or state.kind is not None or state.tier is not None or state.rule:
        return None
    if asked is None and not (is_whole and gateway.viewer.is_whole_entity(Permission.FIGURE_VIEW)):
        return None
    if asked is not None and asked not in {node.code for node in gateway.organisations()}:
        return None
    rows = gateway.ask(Question("deposit_balance", organisation=asked)).rows
    booked = rows[0].value if rows else None
    return None if booked is None else {"value": booked, "difference": at_home - booked}
