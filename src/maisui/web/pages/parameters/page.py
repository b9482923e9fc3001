"""Parameters: which values hold, their history, changes proposed and decided, and what a change would have made of last month."""

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

from maisui.answers import (
    DeskParameter,
    Unit,
    desk_parameters,
    is_for_whole_history,
    metrics_on,
    open_families,
    own_line_preview,
    parameter_meaning,
    plain_value,
    published_lines,
)
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.parameters import (
    FieldFaultError,
    ask_preview,
    decide_parameter,
    propose_parameter,
    withdraw_parameter,
    write_approved_parameters,
)
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.pages.parameters.words import KINDS, ORIGINS, STATES, percent_of
from maisui.web.pages.previews import preview_context
from maisui.web.parameters.models import ParameterProposal, State
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose

LONGEST_WORDS = 64


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every parameter that fits the address, what waits, and the history of proposals."""
    gateway = _gateway(request)
    if gateway.may(Permission.PARAMETER_APPROVE):
        write_approved_parameters()
    words, chosen, today = request.GET.get("q", "").strip()[:LONGEST_WORDS], request.GET.get("family", ""), timezone.localdate()
    every = desk_parameters(settings.HOME)
    families = list({one.family.code: one.family for one in every}.values())
    fitting = [one for one in every if _fits(one, words) and chosen in ("", one.family.code)]
    by_code = {one.code: one for one in every}
    part = slice_of(_proposals().exclude(state=State.WAITING), request.GET.get("page", ""))
    context = {
        "words": words,
        "longest_words": LONGEST_WORDS,
        "chosen": chosen,
        "families": families,
        "found": [(family, [_row(one, today) for one in fitting if one.family is family]) for family in families],
        "count": len(fitting),
        "is_narrowed": bool(words or chosen),
        "today": today,
        "waiting": [_proposal_row(proposal, by_code) for proposal in _proposals().filter(state=State.WAITING)],
        "slice": part,
        "decided": [_proposal_row(proposal, by_code) for proposal in part.rows],
        "may_propose": _may(gateway, Permission.PARAMETER_PROPOSE),
        "published": _published(gateway),
    }
    return render(request, "parameters/page.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one parameter: its whole dated history, what was proposed, and which metrics rest on it."""
    gateway, today = _gateway(request), timezone.localdate()
    found = next((one for one in desk_parameters(settings.HOME) if one.code == code), None)
    if found is None:
        raise NotVisibleError("there is no such parameter", where="parameters", next_step="go back to the list")
    published, now = _published(gateway), found.in_force(today)
    lines = [
        {
            "line": line,
            "percent": percent_of(found.kind, line.value),
            "origin": ORIGINS[line.origin],
            "is_now": line is now,
            "is_coming": line.valid_from > today,
            "is_published": (code, line.valid_from, plain_value(code, line.value)) in published,
        }
        for line in reversed(found.lines)
    ]
    mine = set(gateway.catalogue())
    context = {
        "parameter": found,
        "row": _row(found, today),
        "lines": lines,
        "has_version": bool(published),
        "proposals": [_proposal_row(proposal, {code: found}) for proposal in _proposals().filter(code=code)],
        "metrics": [metric for metric in metrics_on(code) if metric in mine],
        "may_propose": _may(gateway, Permission.PARAMETER_PROPOSE),
    }
    return render(request, "parameters/one.html", context)


@needs(Permission.PARAMETER_PROPOSE)
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a proposal, and take it."""
    gateway = _gateway(request)
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    if request.method != "POST":
        return _form(request, {"code": request.GET.get("code", "")[:100]})
    typed = request.POST
    try:
        proposal = propose_parameter(
            gateway,
            _user(request),
            code=typed.get("code", ""),
            valid_from=_day(typed.get("valid_from", "")),
            value=typed.get("value", ""),
            reason=typed.get("reason", ""),
        )
    except FieldFaultError as error:
        return _form(request, typed, {error.field: error.reason})
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("parameters_proposal", number=proposal.pk)


@require_safe
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """Show one proposal with its preview."""
    return _one_proposal(request, number)


@needs(Permission.PARAMETER_PROPOSE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own proposal."""
    found = _found(number)
    return _done(request, number, lambda: withdraw_parameter(_gateway(request), _user(request), found))


@needs(Permission.PARAMETER_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a proposal of somebody else's."""
    found, typed = _found(number), request.POST
    is_approved = typed.get("decision") == "approve"
    return _done(
        request,
        number,
        lambda: decide_parameter(_gateway(request), _user(request), found, is_approved=is_approved, note=typed.get("note", "")),
    )


@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Have the preview of a proposal made anew."""
    found = _found(number)
    return _done(request, number, lambda: ask_preview(_gateway(request), found))


def _form(request: HttpRequest, typed: Any, faults: dict[str, Text] | None = None) -> HttpResponse:
    today, code = timezone.localdate(), typed.get("code", "")
    every = desk_parameters(settings.HOME)
    found = next((one for one in every if one.code == code), None)
    context = {
        "typed": typed,
        "faults": faults or {},
        "codes": every,
        "open_families": open_families(),
        "row": _row(found, today) if found else None,
        "is_whole_history": is_for_whole_history(code),
        "today": today,
    }
    return render(request, "parameters/new.html", context, status=409 if faults else 200)


def _one_proposal(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway, user, found = _gateway(request), _user(request), _found(number)
    parameter = next((one for one in desk_parameters(settings.HOME) if one.code == found.code), None)
    is_mine, is_waiting = found.proposed_by.pk == user.pk, found.state == State.WAITING
    context = {
        **preview_context(gateway, found, Text("新值", "the new value"), of="parameter_proposal", may_ask=is_waiting),
        "row": _proposal_row(found, {found.code: parameter} if parameter else {}),
        "own_line": _own_line(gateway, found) if is_waiting else None,
        "parameter": parameter,
        "is_mine": is_mine,
        "may_withdraw": is_mine and is_waiting and _may(gateway, Permission.PARAMETER_PROPOSE),
        "may_decide": is_waiting and _may(gateway, Permission.PARAMETER_APPROVE) and not is_same_person(gateway, found.proposed_by, user),
        "is_published": (found.code, found.valid_from, plain_value(found.code, found.value)) in _published(gateway),
        "is_whole_history": is_for_whole_history(found.code),
        "is_past": found.valid_from <= timezone.localdate(),
        "fault": fault,
    }
    return render(request, "parameters/proposal.html", context, status=409 if fault is not None else 200)


def _own_line(gateway: Gateway, proposal: ParameterProposal) -> dict[str, Any] | None:
    """Return what a waiting ledger line of the bank's own would make of the last ledger day, to who may see figures of the whole bank."""
    if not _may(gateway, Permission.FIGURE_VIEW) or gateway.freshness() is None:
        return None
    with gateway.reader() as reader:
        found = own_line_preview(reader, settings.HOME, (proposal.code, proposal.valid_from, proposal.value))
    if found is None:
        return None
    unlisted, comma = (set(found.unlisted_before), set(found.unlisted_after)), choose("、", ", ")
    return {
        "effect": found,
        "sides": [
            (name, line.amounts[0] if line else None, Unit.SHARE if line and line.is_share else Unit.YUAN)
            for name, line in ((Text("现有公式", "As it stands"), found.before), (Text("按新公式", "With the new formula"), found.after))
        ],
        "listed": comma.join(sorted(unlisted[0] - unlisted[1])),
        "left_out": comma.join(sorted(unlisted[1] - unlisted[0])),
        "unlisted": len(unlisted[1]),
    }


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one_proposal(request, number, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("parameters_proposal", number=number)


def _proposals() -> Any:
    return ParameterProposal.objects.select_related("proposed_by", "decided_by")


def _found(number: int) -> ParameterProposal:
    """Return one proposal.

    Raises:
        NotVisibleError: when there is none.
    """
    found = _proposals().filter(pk=number).first()
    if found is None:
        raise NotVisibleError("there is no such proposal", where="parameters", next_step="go back to the list")
    return found


def _row(one: DeskParameter, today: date) -> dict[str, Any]:
    now, coming = one.in_force(today), one.next_after(today)
    return {
        "parameter": one,
        "kind": KINDS[one.kind],
        "now": now,
        "percent": percent_of(one.kind, now.value) if now else "",
        "origin": ORIGINS[now.origin] if now else None,
        "is_default_day": now is not None and now.valid_from.year <= 1900,  # noqa: PLR2004 - the product's lines hold from 1900
        "coming": coming,
        "coming_percent": percent_of(one.kind, coming.value) if coming else "",
    }


def _proposal_row(proposal: ParameterProposal, by_code: dict[str, DeskParameter]) -> dict[str, Any]:
    parameter = by_code.get(proposal.code)
    before = parameter.in_force(proposal.valid_from) if parameter else None
    return {
        "proposal": proposal,
        "parameter": parameter,
        "meaning": Text(*parameter_meaning(proposal.code)),
        "state": STATES[proposal.state],
        "before": before if proposal.state == State.WAITING else None,
        "before_percent": percent_of(parameter.kind, before.value) if parameter and before else "",
        "percent": percent_of(parameter.kind, proposal.value) if parameter else "",
    }


def _fits(one: DeskParameter, words: str) -> bool:
    text = f"{one.code} {one.meaning_zh} {one.meaning_en} {one.family.name_zh} {one.family.name_en}".casefold()
    return all(word in text for word in words.casefold().split())


def _published(gateway: Gateway) -> frozenset[tuple[str, date, str]]:
    """Return the lines with which the current version was made; none before the first publication."""
    return gateway.published("parameter_lines", published_lines, default=frozenset())


def _may(gateway: Gateway, permission: Permission) -> bool:
    return gateway.may(permission) and gateway.viewer.is_whole_entity(permission)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
