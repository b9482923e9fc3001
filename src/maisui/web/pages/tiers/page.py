"""Tiers set by hand: the list with its filters, the form for the customer of the address, and what is decided of each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import customer_of
from maisui.web.actions import tiers as actions
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.strategies import TIERS
from maisui.web.gateway import Gateway
from maisui.web.pages.organisation_choice import path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.pages.tiers.state import SHOWN, TierState
from maisui.web.pages.tiers.words import REFUSALS, STANDINGS
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.tiers import desk
from maisui.web.tiers.models import State, TierProposal


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the tiers of one's customers that were set by hand, and the form for the customer of the address."""
    return _page(request)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a tier for a customer, or the end of one."""
    number = customer_of(request.POST.get("customer", ""))
    return _done(request, lambda: actions.propose_tier(_gateway(request), _user(request), number, request.POST.dict()))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take one's own proposal back."""
    found = _one(request, number)
    return _done(request, lambda: actions.withdraw_tier(_gateway(request), _user(request), found))


@needs(Permission.DATA_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject what somebody else proposed."""
    found, is_approved, note = _one(request, number), request.POST.get("decision") == "approve", request.POST.get("note", "")
    return _done(request, lambda: actions.decide_tier(_gateway(request), _user(request), found, is_approved=is_approved, note=note))


def rows_of(gateway: Gateway, user: StaffUser, found: list[TierProposal]) -> list[dict[str, Any]]:
    """Return decisions in sight as they are shown, the look recorded."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the page asked
    names = {node.code: node.name for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    rows: list[dict[str, Any]] = []
    for one in desk.shown(gateway, found, fresh.reporting_date):
        proposal = one.proposal
        is_open = proposal.state == State.WAITING
        rows.append(
            {
                "shown": one,
                "one": proposal,
                "home": names.get(proposal.organisation_code, proposal.organisation_code),
                "before": value_word(proposal.tier_before),
                "tier": value_word(proposal.tier) if proposal.tier else Text("恢复按规则定级", "back to the rule"),
                "standing": STANDINGS[one.standing],
                "refusal": REFUSALS.get(one.refusal_code or ""),
                "may_decide": is_open and actions.may_decide(gateway, proposal) and not actions.is_party(gateway, proposal, user),
                "may_withdraw": is_open and proposal.proposed_by.pk == user.pk,
            }
        )
    return rows


def _page(request: HttpRequest, fault: Text | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "tiers/page.html", {"is_empty": True})
    state = TierState.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation or None, lambda code: state.query(organisation=code, page=""))
    own = by_code.get(state.organisation)
    actions.deliver_tiers()
    part = slice_of(listed(gateway, state), state.page)
    context = {
        "fault": fault,
        "state": state,
        "query": state.query(),
        "organisation": own,
        "path": path_of(own, by_code),
        "choices": [(name, state.query(show=code, page=""), code == state.show) for code, name in SHOWN.items()],
        "form": _form(gateway, request.POST.get("customer", "") or state.customer),
        "typed": request.POST if fault is not None else {},
        "rows": rows_of(gateway, user, list(part.rows)),
        "slice": part,
        "day": fresh.reporting_date,
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        "longest_reason": actions.LONGEST_REASON,
    }
    return render(request, "tiers/page.html", context, status=409 if fault is not None else 200)


def listed(gateway: Gateway, state: TierState, permission: Permission = Permission.CUSTOMER_VIEW) -> QuerySet[TierProposal]:
    """Return the decisions that an address lists, within what `permission` covers."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the page asked
    found = desk.in_sight(gateway, state.organisation or None, permission)
    return state.narrowed(found, desk.standings(gateway, fresh.reporting_date), fresh.reporting_date)


def _form(gateway: Gateway, reference: str) -> dict[str, Any] | None:
    """Return whom the form is about; None where the address names nobody, or nobody for whom the viewer may propose."""
    if not reference or not gateway.may(Permission.CUSTOMER_RECORD):
        return None
    shown = gateway.customer_profile(customer_of(reference))
    if shown.standing is None:
        return None
    begins = shown.day
    return {
        "reference": reference,
        "customer": shown,
        "tier": value_word(shown.standing.tier_code),
        "by_hand": shown.standing.by_hand,
        "tiers": [(code, value_word(code)) for code in TIERS if code != shown.standing.tier_code],
        "first_day": begins,
        "latest": begins + actions.LONGEST - timedelta(days=1),
        "waits": TierProposal.objects.filter(customer_number=customer_of(reference), state=State.WAITING).exists(),
    }


def _one(request: HttpRequest, number: int) -> TierProposal:
    found = desk.in_sight(_gateway(request)).filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such proposal", where="tiers", next_step="reload the page")
    return found


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _page(request, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("tiers")


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
