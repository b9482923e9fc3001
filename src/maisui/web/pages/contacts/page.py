"""Contacts with all customers in sight: counted by way and result, listed with filters, and acted on at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of, reference_of
from maisui.web.contacts import desk
from maisui.web.customers.desk import named, visible
from maisui.web.customers.shown import NamedCustomer
from maisui.web.gateway import Gateway
from maisui.web.pages.contacts.state import ANYBODY, MINE, ContactState
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.customers.state import KIND_NAMES
from maisui.web.pages.customers.words import CONTACT_KINDS, CONTACT_OUTCOMES
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import ROWS, Slice
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the contacts of the address, or the choice of organisations for its picker."""
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "contacts/page.html", {"is_empty": True})
    state = ContactState.of(request.GET)
    nodes = gateway.organisations(Permission.CUSTOMER_VIEW)
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, page=1))
    found = desk.found(gateway, state.question(gateway))
    by_code = {node.code: node for node in nodes}
    part, organisation = _slice(found, state), organisation_of(state.organisation, by_code)
    first, last = state.days
    context = {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "first": first,
        "last": last,
        "customer": _customer(gateway, state),
        "without_customer": state.query(customer="", page=1),
        "whose": [
            (name, code == state.whose, state.query(whose=code, page=1))
            for code, name in ((ANYBODY, Text("全部客户", "All customers")), (MINE, Text("我管户的", "Those I look after")))
        ]
        if user.employee_number or state.whose == MINE
        else [],
        "kinds": [(code, name, code == state.kind) for code, name in KIND_NAMES.items()],
        "ways": [(code, name, code == state.way) for code, name in CONTACT_KINDS.items()],
        "outcomes": [(code, name, code == state.outcome) for code, name in CONTACT_OUTCOMES.items()],
        "people": [(code, name, code == state.person) for code, name in found.people],
        "kept": state.pairs("kind", "way", "outcome", "person", "from", "until"),
        "kept_beside_customer": state.query(customer="", page=1),
        "clear_query": state.query(customer="", kind="", way="", outcome="", person="", first=None, last=None, page=1),
        "table": _table(found, state),
        "customer_count": len(found.customers),
        "rows": rows_of(gateway, part.rows, state),
        "slice": part,
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        **chosen_context(gateway),
    }
    return render(request, "contacts/page.html", context)


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Narrow the list to the one customer whose number was typed, which stands sealed in the address."""
    gateway, state = _gateway(request), ContactState.of(request.GET)
    number = "".join(request.POST.get("customer_number", "").split())[:200]
    try:
        reference = reference_of(visible(gateway, number).customer_number) if number else ""
    except NotVisibleError:
        messages.warning(request, str(Text("没有该客户，或不在您的范围内", "there is no such customer in your organisations")))
        reference = state.customer
    return redirect(f"{reverse('contacts')}?{state.query(customer=reference, page=1)}")


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all customers of the list of the address."""
    gateway, state = _gateway(request), ContactState.of(request.GET)

    def whole(permission: Permission, most: int) -> tuple[str, ...]:
        return desk.found(gateway, state.question(gateway), permission).customers[: most + 1]

    return acted(request, ChosenFrom.of_page("contacts", state, whole))


def rows_of(gateway: Gateway, keys: Any, state: ContactState, action: str = "contact_list") -> list[dict[str, Any]]:
    """Return contacts as lists show them, their customers masked; the look is recorded first."""
    details: dict[str, object] = {"filters": state.query()}
    return [
        {
            "shown": one,
            "kind": value_word(one.customer_kind),
            "way": CONTACT_KINDS[one.contact.kind],
            "outcome": CONTACT_OUTCOMES[one.contact.outcome],
            "only_query": state.query(customer=one.reference or "", page=1),
        }
        for one in desk.shown(gateway, keys, action=action, details=details)
    ]


def _slice(found: desk.FoundContacts, state: ContactState) -> Slice[int]:
    count = len(found.keys)
    pages = max(1, -(-count // ROWS))
    number = min(max(state.page, 1), pages)
    return Slice(found.keys[(number - 1) * ROWS : number * ROWS], number, pages, count)


def _customer(gateway: Gateway, state: ContactState) -> NamedCustomer | None:
    """Return the one customer of the address as he is named to the viewer; the list's own record says that he was looked at."""
    return named(gateway, customer_of(state.customer)) if state.customer else None


def _table(found: desk.FoundContacts, state: ContactState) -> list[dict[str, Any]]:
    """Return a row a way, with a cell an outcome: how many contacts, with how many customers, and where both lead."""

    def cell(way: str, outcome: str) -> dict[str, Any]:
        is_chosen = (way, outcome) == (state.way, state.outcome)
        return {
            "count": found.counts.get((way, outcome), 0),
            "customers": found.customer_counts.get((way, outcome), 0),
            "is_chosen": is_chosen,
            "query": state.query(way="", outcome="", page=1) if is_chosen else state.query(way=way, outcome=outcome, page=1),
        }

    rows: list[dict[str, Any]] = []
    for way, name in CONTACT_KINDS.items():
        total = sum(count for (one, _), count in found.counts.items() if one == way)
        rows.append({"name": name, "cells": [cell(way, outcome) for outcome in CONTACT_OUTCOMES], "total": total})
    return rows


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
