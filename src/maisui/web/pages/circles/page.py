"""Households, company groups, villages and suggested circles: the list of a kind, and one of them with its members."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode, Unit
from maisui.answers.circle_members import SUGGESTED, CircleKind
from maisui.answers.circles import Circle, Coverage
from maisui.web.access.permissions import Permission
from maisui.web.actions.contacts import LONGEST_TASK
from maisui.web.actions.groups import group_of_circle
from maisui.web.customers.circles import ShownCircle, ShownCircleMember
from maisui.web.gateway import Gateway
from maisui.web.pages.circles.state import ROWS, State
from maisui.web.pages.circles.words import CHOICES, KINDS, MEANINGS, ORDERS, evidence_of, name_of, place_of
from maisui.web.pages.customers.bulk_tasks import tasks_made
from maisui.web.pages.customers.tab_contexts import month_lines
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

WITH_HOUSEHOLDS = (CircleKind.HOUSEHOLD, CircleKind.VILLAGE)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the circles of a kind, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "circles/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code, page=1))
    return render(request, "circles/page.html", _context(gateway, state, by_code))


@require_safe
def one(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Show the circle whom `reference` names, with one page of its members."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET, kind)
    found = gateway.circles.one(state.kind, reference, organisation=state.organisation, choice=state.choice, page=state.page, size=ROWS)
    context = {
        "state": state,
        "kind": state.kind,
        "kind_name": KINDS[state.kind],
        "meaning": MEANINGS[state.kind],
        "is_suggested": state.kind in SUGGESTED,
        "name": name_of(state.kind, found.head),
        "reference": reference,
        "head": found.head,
        "row": found.circle.row,
        "circle": found.circle,
        "lines": member_lines(state.kind, found.members),
        "slice": Slice((), found.circle.page, found.pages, found.circle.chosen_count),
        "choices": _choices(state) if state.kind is CircleKind.VILLAGE else [],
        "choice_name": CHOICES[state.choice],
        "rates": rates_of(found.circle.row.coverage),
        "visit_days": gateway.circles.visit_days(),
        "season": _season(found.circle),
        "credit": _credit(found.circle),
        "villages": found.villages,
        "query": state.query_of_one(),
        "back": State(kind=state.kind).query(),
        "unit": Unit.YUAN,
        "share_unit": Unit.SHARE,
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        "may_record": gateway.may(Permission.CUSTOMER_RECORD),
        "today": timezone.localdate(),
        "longest_task": LONGEST_TASK,
        "shows_households": state.kind is CircleKind.VILLAGE,
        "shows_visits": state.kind in WITH_HOUSEHOLDS,
    }
    return render(request, "circles/one.html", context)


@require_POST
def make_group(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Keep the members one may see as a customer group of one's own, and lead to it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    wanted = State.of(request.GET, kind).kind
    group = group_of_circle(gateway, request.user, kind=wanted, reference=reference, name=str(KINDS[wanted]))  # type: ignore[arg-type]
    return redirect("customer_groups_one", number=group.pk)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def make_tasks(request: HttpRequest, kind: str, reference: str) -> HttpResponse:
    """Write a task for each member of whom the viewer may write, and return to the circle."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    wanted = State.of(request.GET, kind).kind
    numbers = gateway.circles.numbers(wanted, reference, Permission.CUSTOMER_RECORD)
    return tasks_made(request, numbers, f"{wanted} {reference}", reverse("circles_one", args=[wanted, reference]))


def member_lines(kind: CircleKind, members: tuple[ShownCircleMember, ...]) -> list[dict[str, Any]]:
    """Return each member with the words of his place, evidence and tier."""
    return [
        {
            "shown": shown,
            "member": shown.member,
            "place": place_of(kind, shown.member.role, is_first=shown.member.is_first),
            "evidence": evidence_of(shown.member.evidence),
            "tier": value_word(shown.member.tier_code) if shown.member.tier_code not in (None, "none") else "—",
        }
        for shown in members
    ]


def rates_of(coverage: Coverage | None) -> list[tuple[Text, int, int, Any]]:
    """Return the rates of a village: name, counted, of how many, and the share; None of nothing."""
    if coverage is None:
        return []
    houses, granted = coverage.household_count, coverage.granted_count
    return [
        (name, count, of, Decimal(count) / of if of else None)
        for name, count, of in (
            (Text("建档率", "On file"), coverage.on_file_count, houses),
            (Text("走访率", "Visited"), coverage.visited_count, houses),
            (Text("授信率", "Granted credit"), granted, houses),
            (Text("用信率", "Drawing credit"), coverage.drawn_count, granted),
        )
    ]


def list_lines(kind: CircleKind, rows: tuple[ShownCircle, ...]) -> list[dict[str, Any]]:
    """Return each circle with what it is called and the rates of a village."""
    return [{"shown": shown, "row": shown.row, "name": name_of(kind, shown), "rates": rates_of(shown.row.coverage)} for shown in rows]


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    suggested = gateway.circles.suggestions() if state.kind in SUGGESTED else None
    is_missing = state.kind in SUGGESTED and suggested is None
    organisation = organisation_of(state.organisation, by_code)
    context: dict[str, Any] = {
        "state": state,
        "kind": state.kind,
        "kinds": [(name, state.query(kind=kind, page=1), kind is state.kind) for kind, name in KINDS.items()],
        "kind_name": KINDS[state.kind],
        "meaning": MEANINGS[state.kind],
        "is_suggested": state.kind in SUGGESTED,
        "is_missing": is_missing,
        "query": state.query(),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "may_export": not is_missing and gateway.may(Permission.CUSTOMER_EXPORT),
    }
    if is_missing:
        return context
    listed = gateway.circles.listed(state.kind, organisation=state.organisation, order=state.order, page=state.page, size=ROWS)
    return context | {
        "found": listed.found,
        "lines": list_lines(state.kind, listed.rows),
        "orders": [(order, name, state.query(order=order, page=1), order is state.order) for order, name in ORDERS.items()],
        "order_name": ORDERS[state.order],
        "slice": Slice((), listed.found.page, listed.pages, listed.found.total_count),
        "shows_coverage": state.kind is CircleKind.VILLAGE,
        "visit_days": gateway.circles.visit_days(),
        "facts": suggested.facts if suggested else None,
    }


def _choices(state: State) -> list[tuple[Text, str, bool]]:
    return [(name, state.query_of_one(choice=choice, page=1), choice is state.choice) for choice, name in CHOICES.items()]


def _season(circle: Circle) -> dict[str, Any]:
    """Return what came in and went out month by month as a drawing with its table."""
    return month_lines(
        [month.month_start for month in circle.months],
        [month.inflow_amount for month in circle.months],
        [month.outflow_amount for month in circle.months],
        (Text("流入", "In"), Text("流出", "Out")),
    )


def _credit(circle: Circle) -> dict[str, Any] | None:
    """Return a company group's whole credit with what is left of its limit and its share of net capital."""
    found = circle.credit
    if found is None:
        return None
    limit, capital = found.limit_amount, found.net_capital_amount
    return {
        "found": found,
        "room": None if limit is None else limit - found.exposure_amount,
        "is_beyond": limit is not None and found.exposure_amount > limit,
        "used_share": found.exposure_amount / limit if limit else None,
        "capital_share": found.exposure_amount / capital if capital else None,
    }
