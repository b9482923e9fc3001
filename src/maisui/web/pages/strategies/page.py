"""Strategies of service: the table in force with take-up and result, what is proposed, and the form of a proposal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.strategies import (
    LABELS,
    LONGEST_ACTION,
    LONGEST_FREQUENCY,
    LONGEST_PRODUCT,
    LONGEST_REASON,
    STAGES,
    TIERS,
    decide_strategy,
    propose_strategy,
    withdraw_strategy,
)
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.customers.words import CONTACT_KINDS
from maisui.web.pages.organisation_choice import path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.strategies.state import StrategyState
from maisui.web.pages.strategies.whom import address_of
from maisui.web.pages.strategies.words import OWNERS, STATES, for_whom, label_word, reason_word
from maisui.web.staff.models import StaffUser
from maisui.web.strategies import desk
from maisui.web.strategies.models import State, StrategyLine
from maisui.web.strategies.table import Strategy, reasons_of, strategies_on
from maisui.web.text import Text

MOST_DECIDED = 20


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the table in force, how it is taken up and what became of it, and every change proposed."""
    gateway, user = _gateway(request), _user(request)
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "strategies/page.html", {"is_empty": True})
    state = StrategyState.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    own = by_code.get(state.organisation or "")
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code))
    lines = StrategyLine.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("proposed_by", "decided_by")
    may_approve = _may(gateway, Permission.PARAMETER_APPROVE)
    day = fresh.reporting_date
    found = desk.results(gateway, state.organisation or None)
    context = {
        "state": state,
        "query": state.query(),
        "organisation": own,
        "path": path_of(own, by_code),
        "rows": [
            strategy_row(one.strategy)
            | {"result": one, "address": address_of([each.strategy for each in found], place, state.organisation)}
            for place, one in enumerate(found)
        ],
        "waiting": [_line_row(gateway, line, user, day, may_approve=may_approve) for line in lines.filter(state=State.WAITING)],
        "decided": [_line_row(gateway, line, user, day, may_approve=False) for line in lines.exclude(state=State.WAITING)[:MOST_DECIDED]],
        "may_propose": _may(gateway, Permission.PARAMETER_PROPOSE),
        "small_base": desk.SMALL_BASE,
        "unit": Unit.YUAN,
    }
    return render(request, "strategies/page.html", context)


@needs(Permission.PARAMETER_PROPOSE)
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a proposal, filled with the strategy it changes, and take it."""
    gateway = _gateway(request)
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    if request.method != "POST":
        return _form(request, _filled(request.GET.get("code", "")))
    try:
        propose_strategy(gateway, _user(request), request.POST.dict())
    except ActionRefusedError as refused:
        return _form(request, request.POST.dict(), refused.reason)
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("strategies")


@needs(Permission.PARAMETER_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a line of somebody else's."""
    is_approved, note = request.POST.get("decision") == "approve", request.POST.get("note", "")
    return _done(request, lambda: decide_strategy(_gateway(request), _user(request), number, is_approved=is_approved, note=note))


@needs(Permission.PARAMETER_PROPOSE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own line."""
    return _done(request, lambda: withdraw_strategy(_gateway(request), _user(request), number))


def strategy_row(one: Any) -> dict[str, Any]:
    """Return a strategy or a proposed line in words."""
    by_reason = (
        [] if not isinstance(one, Strategy) or one.is_own else [(reason_word(reason), said) for reason, said in reasons_of(one.code)]
    )
    return {"one": one, "whom": for_whom(one), "channel": CONTACT_KINDS[one.channel], "owner": OWNERS[one.owner], "by_reason": by_reason}


def _line_row(gateway: Gateway, line: StrategyLine, user: StaffUser, day: date, *, may_approve: bool) -> dict[str, Any]:
    """Return a proposed line in words; `is_ahead` where it is approved and the data, which are of `day`, have not reached it."""
    is_mine = line.proposed_by.pk == user.pk
    return strategy_row(line) | {
        "state": STATES[line.state],
        "is_ahead": line.state == State.APPROVED and line.valid_from > day,
        "is_mine": is_mine,
        "may_decide": may_approve and not is_same_person(gateway, line.proposed_by, user),
    }


def _filled(code: str) -> dict[str, str]:
    """Return the form of a change of a strategy in force; an empty one where there is none of that code."""
    today = timezone.localdate()
    found = next((one for one in strategies_on(today) if one.code == code), None)
    if found is None:
        return {"valid_from": today.isoformat(), "frequency_days": "30"}
    return {
        "code": found.code,
        "valid_from": today.isoformat(),
        "tier": found.tier,
        "life_stage": found.life_stage,
        "label": found.label,
        "action": str(found.action),
        "product": str(found.product),
        "channel": found.channel,
        "frequency_days": str(found.frequency_days),
        "owner": found.owner,
    }


def _form(request: HttpRequest, typed: dict[str, str], fault: Text | None = None) -> HttpResponse:
    context = {
        "typed": typed,
        "fault": fault,
        "tiers": [(code, value_word(code)) for code in TIERS],
        "stages": [(code, label_word(code)) for code in STAGES],
        "labels": [(code, label_word(code)) for code in LABELS],
        "channels": CONTACT_KINDS.items(),
        "owners": OWNERS.items(),
        "longest": {"action": LONGEST_ACTION, "product": LONGEST_PRODUCT, "reason": LONGEST_REASON, "days": LONGEST_FREQUENCY},
    }
    return render(request, "strategies/new.html", context, status=409 if fault is not None else 200)


def _done(request: HttpRequest, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
        messages.success(request, str(Text("已记录", "Recorded")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
    return redirect("strategies")


def _may(gateway: Gateway, permission: Permission) -> bool:
    return gateway.may(permission) and gateway.viewer.is_whole_entity(permission)


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
