"""Allocation: what waits, what belongs to nobody, and how it is claimed, transferred, handed over and approved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.allocations import (
    Terms,
    decide_allocation,
    deliver_decisions,
    is_party,
    may_decide,
    propose_claim,
    propose_transfer,
    settled_until,
    withdraw_allocation,
)
from maisui.web.actions.objections import may_answer
from maisui.web.allocation_desk import ShownAccounts, accounts_of, decisions_counted, masked_number, opened_accounts, pool_in_sight
from maisui.web.allocations.holdings import holdings_of
from maisui.web.allocations.models import AllocationProposal, FigureObjection, ObjectionState, State
from maisui.web.gateway import Gateway, employments_of
from maisui.web.own_numbers import own_numbers, person_of
from maisui.web.pages.allocations.words import KINDS, LINES, OBJECT_KINDS, RULES, STATES, percent_of
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice, slice_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

ROWS = 30
SHOWN_OBJECTS = 200
_LONGEST_NUMBER = 8
_LONGEST_LIST = 1000


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what waits, the unassigned pool with the form to claim from it, and what was decided."""
    return _page(request, {})


@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """Propose that chosen accounts of the pool go to somebody."""
    gateway, typed = _gateway(request), request.POST
    receivers = _numbers(typed.get("receivers", "")) if _leads(gateway) else [gateway.viewer.employee_number]
    try:
        made = propose_claim(
            gateway, _user(request), accounts=opened_accounts(gateway, typed.getlist("account")), receivers=receivers, terms=_terms(typed)
        )
    except (ActionRefusedError, NotVisibleError) as error:
        return _page(request, typed, _reason(error))
    return _proposed(request, made)


@require_safe
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show what somebody holds and the form to give it away, all of it or some."""
    return _hand_over(request, request.GET.get("giver", "")[:64], {})


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Propose a hand-over of everything, or a transfer of chosen accounts."""
    gateway, typed = _gateway(request), request.POST
    giver = typed.get("giver", "")[:64]
    chosen = None if typed.get("which") == "all" else opened_accounts(gateway, typed.getlist("account"))
    try:
        made = propose_transfer(
            gateway, _user(request), giver=giver, receivers=_numbers(typed.get("receivers", "")), terms=_terms(typed), accounts=chosen
        )
    except (ActionRefusedError, NotVisibleError) as error:
        return _hand_over(request, giver, typed, _reason(error))
    return _proposed(request, made)


@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one proposal, object by object."""
    return _one(request, number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own proposal."""
    found = _found(request, number)
    return _done(request, number, lambda: withdraw_allocation(_gateway(request), _user(request), found))


@needs(Permission.ALLOCATION_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a proposal of somebody else's."""
    found, typed = _found(request, number), request.POST
    is_approved = typed.get("decision") == "approve"
    return _done(
        request,
        number,
        lambda: decide_allocation(_gateway(request), _user(request), found, is_approved=is_approved, note=typed.get("note", "")),
    )


def visible_proposals(gateway: Gateway, user: StaffUser) -> QuerySet[AllocationProposal]:
    """Return the proposals the viewer may see: those in his organisations where he leads, else those that are his own or concern him."""
    found = AllocationProposal.objects.select_related("proposed_by", "decided_by")
    if _leads(gateway) and gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW):
        return found
    mine = {node.code for node in gateway.organisations(Permission.PERFORMANCE_VIEW)} if _leads(gateway) else set[str]()
    own = own_numbers(gateway)
    kept = [
        one.pk
        for one in found
        if one.proposed_by.pk == user.pk or not own.isdisjoint(one.employees) or (one.organisations and mine >= set(one.organisations))
    ]
    return found.filter(pk__in=kept)


def _page(request: HttpRequest, typed: Any, fault: Text | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "allocations/page.html", {"is_empty": True})
    if gateway.may(Permission.ALLOCATION_APPROVE):
        deliver_decisions()
    kind = request.GET.get("line", "")
    kind = kind if kind in LINES else ""
    page = _page_number(request.GET.get("page", ""))
    found = pool_in_sight(gateway, account_kind=kind, page=page, size=ROWS)
    proposals = visible_proposals(gateway, user)
    history = slice_of(proposals.exclude(state=State.WAITING), "")
    context = _form_context(gateway, typed, fault) | {
        "found": found,
        "rows": _rows(found),
        "slice": Slice((), page, max(1, -(-found.pool.count // ROWS)), found.pool.count),
        "lines": [("", Text("全部", "All"), kind == ""), *((code, name, kind == code) for code, name in LINES.items())],
        "waiting": [_row(one, user, gateway) for one in proposals.filter(state=State.WAITING)],
        "history": history,
        "decided": [_row(one, user, gateway) for one in history.rows],
        "may_answer": gateway.may(Permission.ALLOCATION_APPROVE),
        "open_count": sum(may_answer(gateway, one) for one in FigureObjection.objects.filter(state=ObjectionState.OPEN)),
        "typed_accounts": set(typed.getlist("account")) if fault else set(),
    }
    return render(request, "allocations/page.html", context, status=409 if fault else 200)


def _hand_over(request: HttpRequest, giver: str, typed: Any, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "allocations/page.html", {"is_empty": True})
    if not _leads(gateway):
        giver = gateway.viewer.employee_number
    givers = person_of(gateway, giver) if giver else ()
    staff = employments_of(gateway.bank)
    visible = {node.code for node in gateway.organisations(Permission.PERFORMANCE_VIEW)} if _leads(gateway) else set[str]()
    is_own = not own_numbers(gateway).isdisjoint(givers)
    is_in_sight = is_own or any(number in staff and staff[number].organisation_code in visible for number in givers)
    page = _page_number(request.GET.get("page", ""))
    found = accounts_of(gateway, givers, page=page, size=ROWS) if givers and is_in_sight else None
    leavers = sorted(
        (number, one.employee_name) for number, one in staff.items() if not one.is_on_duty and one.organisation_code in visible
    )
    context = _form_context(gateway, typed, fault) | {
        "giver": giver,
        "giver_name": next((staff[number].employee_name for number in givers if number in staff), ""),
        "has_left": bool(givers) and not any(staff[number].is_on_duty for number in givers if number in staff),
        "is_unknown": bool(giver) and not is_in_sight,
        "found": found,
        "rows": _rows(found) if found else [],
        "slice": Slice((), page, max(1, -(-found.pool.count // ROWS)), found.pool.count) if found else None,
        "leavers": leavers[:20],
        "typed_accounts": set(typed.getlist("account")) if fault else set(),
    }
    return render(request, "allocations/hand_over.html", context, status=409 if fault else 200)


def _form_context(gateway: Gateway, typed: Any, fault: Text | None) -> dict[str, Any]:
    fresh = gateway.freshness()
    return {
        "typed": typed,
        "fault": fault,
        "leads": _leads(gateway),
        "own_number": gateway.viewer.employee_number,
        "own_name": getattr(employments_of(gateway.bank).get(gateway.viewer.employee_number), "employee_name", ""),
        "settled_until": settled_until(),
        "reporting_date": fresh.reporting_date if fresh else None,
        "first_date": fresh.first_date if fresh else None,
    }


def _one(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway, user, found = _gateway(request), _user(request), _found(request, number)
    fresh = gateway.freshness()
    staff = employments_of(gateway.bank)
    objects = holdings_of(found)
    names = {node.code: node.name for node in gateway.whole_tree()}
    counted = decisions_counted(gateway).get(found.decision_number or 0)

    def told(shares: dict[str, Any]) -> list[tuple[str, str, str]]:
        return [(one, staff[one].employee_name if one in staff else "", percent_of(share)) for one, share in sorted(shares.items())]

    context = {
        "row": _row(found, user, gateway),
        "proposal": found,
        "objects": [
            {
                "kind": OBJECT_KINDS[one.holding.object_kind],
                "number": masked_number(gateway, one.holding.object_kind, one.holding.object_number),
                "line": LINES[one.holding.account_kind],
                "place": names.get(one.organisation_code, ""),
                "day": one.day,
                "until": one.until,
                "before": told(one.before),
                "after": told(one.after),
            }
            for one in objects[:SHOWN_OBJECTS]
        ],
        "count": len(objects),
        "may_withdraw": found.proposed_by.pk == user.pk and found.state == State.WAITING,
        "may_decide": found.state == State.WAITING and may_decide(gateway, found) and not is_party(gateway, found, user),
        "is_party": found.state == State.WAITING and may_decide(gateway, found) and is_party(gateway, found, user),
        "counted": counted,
        "is_ahead": found.valid_from > fresh.reporting_date if fresh else False,
        "fault": fault,
    }
    return render(request, "allocations/proposal.html", context, status=409 if fault else 200)


def _row(proposal: AllocationProposal, user: StaffUser, gateway: Gateway) -> dict[str, Any]:
    staff = employments_of(gateway.bank)
    return {
        "proposal": proposal,
        "kind": KINDS[proposal.kind],
        "state": STATES[proposal.state],
        "count": len(proposal.holdings),
        "people": [(number, staff[number].employee_name if number in staff else "") for number in proposal.employees],
        "is_mine": proposal.proposed_by.pk == user.pk,
    }


def _rows(found: ShownAccounts) -> list[dict[str, Any]]:
    return [
        {
            "account": one,
            "line": LINES[one.account_kind],
            "share": percent_of(one.result_share),
            "rule": RULES[one.rule_code],
        }
        for one in found.rows
    ]


def _terms(typed: Any) -> Terms:
    day = None
    if typed.get("since") != "start":
        try:
            day = date.fromisoformat(typed.get("valid_from", ""))
        except ValueError:
            raise ActionRefusedError(
                Text("请填写生效日，或选择追溯历史", "name the first day, or let history be restated"),
                where="valid_from",
                next_step="correct it and try again",
            ) from None
    return Terms(day, typed.get("reason", ""), typed.get("deal") == "turn", typed.get("correction") == "yes")


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one(request, number, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("allocations_proposal", number=number)


def _proposed(request: HttpRequest, made: AllocationProposal) -> HttpResponse:
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("allocations_proposal", number=made.pk)


def _found(request: HttpRequest, number: int) -> AllocationProposal:
    """Return one proposal that the viewer may see.

    Raises:
        NotVisibleError: when there is none.
    """
    found = visible_proposals(_gateway(request), _user(request)).filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such proposal", where="allocations", next_step="go back to the list")
    return found


def _reason(error: ActionRefusedError | NotVisibleError) -> Text:
    return error.reason if isinstance(error, ActionRefusedError) else Text("账户不存在或已不在列表中", "there is no such account")


def _leads(gateway: Gateway) -> bool:
    return gateway.may(Permission.PERFORMANCE_VIEW)


def _numbers(text: str) -> list[str]:
    return [word for word in text[:_LONGEST_LIST].replace("，", " ").replace("、", " ").replace(",", " ").split() if word]


def _page_number(asked: str) -> int:
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER else 1


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
