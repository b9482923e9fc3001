"""Needs, complaints and opportunities: what is open and late, how fast customers are answered, and one with every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.needs import (
    LONGEST_WORDS,
    answer_need,
    close_need,
    hand_over_need,
    is_his,
    may_act,
    may_receive,
    may_take,
    record_need,
    take_need,
)
from maisui.web.actions.words import SHORTEST_WORDS
from maisui.web.customers.tabs import Tab
from maisui.web.gateway import Gateway
from maisui.web.needs import desk
from maisui.web.needs.models import State
from maisui.web.pages.customers.one_state import OneState
from maisui.web.pages.customers.state import State as CustomersState
from maisui.web.pages.needs.state import ALL, ANYBODY, LATE, MINE, NOT_CLOSED, NeedState
from maisui.web.pages.needs.words import KINDS, OUTCOMES, STATES, STEPS, need_choices, need_rows, wait_words
from maisui.web.pages.organisation_choice import picker
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LISTED_STATES: dict[str, Text] = {
    NOT_CLOSED: Text("未办结", "Not closed"),
    LATE: Text("逾期未答复", "Late"),
    "new": STATES[State.OPEN],
    **{code: name for code, name in STATES.items() if code != State.OPEN},
    ALL: Text("全部", "All"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is listed, and how each kind stands in the same organisations."""
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "needs/page.html", {"is_empty": True})
    state = NeedState.of(request.GET)
    nodes = gateway.organisations(Permission.CUSTOMER_VIEW)
    own = next((node for node in nodes if node.code == state.organisation), None)
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, page=""))
    reach = desk.in_sight(gateway, state.organisation or None)
    part = slice_of(state.narrowed(reach, user), request.GET.get("page", ""))
    context = {
        "state": state,
        "query": state.query(),
        "organisation": own,
        "path": _path(state.organisation, nodes),
        "kinds": [_of_kind(reach, code, name, state) for code, name in KINDS.items()],
        "kind": KINDS.get(state.kind),
        "all_query": state.query(kind="", page=""),
        "states": [(code, name, code == state.state) for code, name in LISTED_STATES.items()],
        "owners": [
            (name, code == state.owner, state.query(owner=code, page=""))
            for code, name in ((ANYBODY, Text("全部", "Anybody's")), (MINE, Text("我名下", "Mine")))
        ],
        "state_fields": [pair.split("=") for pair in state.query(state=NOT_CLOSED, page="").split("&") if pair],
        "rows": rows_of(gateway, part.rows, state.query()),
        "slice": part,
        "may_record": gateway.may(Permission.CUSTOMER_RECORD),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        **need_choices(),
    }
    return render(request, "needs/page.html", context)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Record what a customer, named by his number, asks for."""
    number = "".join(request.POST.get("customer_number", "").split())[:200]
    try:
        need = _record(request, number)
    except NotVisibleError:
        messages.warning(request, str(Text("没有该客户，或不在您的范围内", "there is no such customer in your organisations")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
    else:
        return redirect("needs_one", number=need.pk)
    return redirect("needs")


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def of_customer(request: HttpRequest, reference: str) -> HttpResponse:
    """Record what the customer of a page asks for, and lead back to his archive."""
    try:
        _record(request, customer_of(reference))
        messages.success(request, str(Text("已登记", "written down")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
    state = OneState(CustomersState.of(request.GET), Tab.ARCHIVE)
    return redirect(f"{reverse('customers_one', args=[reference])}?{state.query()}")


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one with its words and steps; the look is recorded first."""
    return _one(request, number)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take one."""
    return _done(request, number, lambda: take_need(_gateway(request), _user(request), number))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Hand one over."""
    to, words = request.POST.get("to", ""), request.POST.get("words", "")
    return _done(request, number, lambda: hand_over_need(_gateway(request), _user(request), number, username=to, words=words))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Say what the customer was answered."""
    words = request.POST.get("words", "")
    return _done(request, number, lambda: answer_need(_gateway(request), _user(request), number, words=words))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close one with what became of it."""
    outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
    return _done(request, number, lambda: close_need(_gateway(request), _user(request), number, outcome=outcome, words=words))


def rows_of(gateway: Gateway, listed: Any, filters: str = "") -> list[dict[str, Any]]:
    """Return needs as lists show them, their customers masked; the look is recorded first."""
    shown = desk.shown(gateway, listed, details={"filters": filters})
    return [row | {"shown": one} for row, one in zip(need_rows(one.need for one in shown), shown, strict=True)]


def _record(request: HttpRequest, customer_number: str) -> Any:
    kind, came_by, words, at_stake = (request.POST.get(name, "") for name in ("kind", "came_by", "words", "at_stake"))
    return record_need(
        _gateway(request),
        _user(request),
        customer_number=customer_number,
        kind=kind,
        came_by=came_by,
        words=words,
        at_stake=at_stake,
    )


def _of_kind(reach: Any, code: str, name: Text, state: NeedState) -> dict[str, Any]:
    """Return how a kind stands, with where its figures lead."""
    standing = desk.standing_of(reach, code)
    return {
        "name": name,
        "is_chosen": code == state.kind,
        "query": state.query(kind="" if code == state.kind else code, page=""),
        "open_count": standing.waiting_count,
        "late_count": standing.late_count,
        "late_query": state.query(kind=code, state=LATE, page=""),
        "at_stake": standing.at_stake_amount,
        "time": standing.time,
        "median": wait_words(standing.time.median),
    }


def _one(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    need = desk.one(gateway, number)
    (shown,) = desk.shown(gateway, [need], action="need_view")
    acts = may_act(gateway, user, need)
    context = {
        **need_rows([need])[0],
        "shown": shown,
        "waited": wait_words(need.response_time),
        "steps": [(step, STEPS[step.step], OUTCOMES.get(step.outcome)) for step in need.steps.select_related("done_by", "handed_to")],  # type: ignore[attr-defined]
        "may_take": gateway.may_of_customer(Permission.CUSTOMER_RECORD, need.organisation_code) and may_take(need, user),
        "may_answer": acts and need.state != State.ANSWERED,
        "may_close": acts and need.state == State.ANSWERED,
        "is_deputy": acts and need.owner is not None and need.owner.pk != user.pk and is_his(need, user),
        "receivers": may_receive(gateway, need) if acts and need.state != State.ANSWERED else [],
        "outcomes": OUTCOMES.items(),
        "shortest": SHORTEST_WORDS,
        "longest": LONGEST_WORDS,
        "fault": fault,
        "unit": Unit.YUAN,
    }
    return render(request, "needs/one.html", context, status=200 if fault is None else 422)


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as refused:
        return _one(request, number, refused.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("needs_one", number=number)


def _path(code: str, nodes: Any) -> list[Any]:
    by_code = {node.code: node for node in nodes}
    found, node = [], by_code.get(code)
    while node is not None:
        found.append(node)
        node = by_code.get(node.parent_code) if node.parent_code else None
    return found[::-1]


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
