"""Correction tickets: what waits for the data department, one's own with their answers, and one ticket with every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import feed_owners, feed_titles
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.tickets import (
    LONGEST_WORDS,
    SHORTEST_WORDS,
    accept_answer,
    answer_ticket,
    may_handle,
    may_reopen,
    reopen_ticket,
    require_handling,
    row_after_answer,
    take_ticket,
)
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.customers import desk
from maisui.web.customers.shown import masked_number
from maisui.web.gateway import Gateway
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice, slice_of
from maisui.web.pages.tickets.state import OUTCOMES, STATES, STEPS, WAITING, TicketFilter
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.tickets.fields import FIELDS, field_name
from maisui.web.tickets.models import CorrectionTicket, State


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the inbox to who handles tickets and one's own to everybody; state, source and owner stand in the address."""
    gateway, user = _gateway(request), _user(request)
    wanted = TicketFilter.of(request.GET, may_handle=may_handle(gateway))
    asked = CorrectionTicket.objects.filter(legal_entity_code=settings.HOME.legal_entity_code)
    reach = asked if wanted.is_inbox else asked.filter(raised_by=user)
    owners = feed_owners(settings.HOME)
    found = wanted.narrowed(reach, owners)
    part = slice_of(found, request.GET.get("page", ""))
    context = {
        "filter": wanted,
        "has_choice": may_handle(gateway) and gateway.may(Permission.CUSTOMER_VIEW),
        "state_choices": [(code, name, code == wanted.state) for code, name in {WAITING: Text("待处理", "Waiting"), **STATES}.items()],
        "sources": list(reach.exclude(source_code="").order_by("source_code").values_list("source_code", flat=True).distinct()),
        "owners": sorted({owners[place] for place in reach.values_list("source_code", "feed_code").distinct() if place in owners}),
        "slice": part,
        "rows": _rows(gateway, part),
    }
    return render(request, "tickets/page.html", context)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one ticket with its words and steps; the look is recorded first."""
    return _one(request, _found(request, number))


@needs(Permission.TICKET_HANDLE)
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take a ticket."""
    require_handling(_gateway(request))
    return _done(request, number, lambda: take_ticket(_gateway(request), _user(request), number))


@needs(Permission.TICKET_HANDLE)
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a ticket with an outcome and words."""
    outcome, words = request.POST.get("outcome", ""), request.POST.get("answer", "")
    return _done(request, number, lambda: answer_ticket(_gateway(request), _user(request), number, outcome=outcome, answer=words))


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    """Reopen one's own answered ticket, with a reason."""
    reason = request.POST.get("reason", "")
    return _done(request, number, lambda: reopen_ticket(_gateway(request), _user(request), number, reason=reason))


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Accept the answer to one's own ticket."""
    return _done(request, number, lambda: accept_answer(_gateway(request), _user(request), number))


def _one(request: HttpRequest, ticket: CorrectionTicket, fault: Text | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    record(action="ticket_view", by=gateway.actor, object_type="ticket", object_id=str(ticket.pk), details={"field": ticket.field_code})
    handles = may_handle(gateway)
    context = {
        "ticket": ticket,
        "field": field_name(ticket.field_code),
        "state": STATES[ticket.state],
        "outcome": OUTCOMES.get(ticket.outcome),
        "age": ticket.age_days(timezone.now()),
        "home": _organisation_names(gateway).get(ticket.organisation_code, ticket.organisation_code),
        "customer": desk.named(gateway, ticket.customer_number),
        "feed": feed_titles(settings.HOME).get((ticket.source_code, ticket.feed_code)),
        "owner": feed_owners(settings.HOME).get((ticket.source_code, ticket.feed_code)),
        "is_stand_in": ticket.row_kind not in ("", FIELDS[ticket.field_code][1]),
        "may_see_file": gateway.viewer.is_whole_entity(Permission.DATA_VIEW),
        "steps": [(step, STEPS[step.step], OUTCOMES.get(step.outcome)) for step in ticket.steps.select_related("done_by")],  # type: ignore[attr-defined]
        "later": row_after_answer(gateway, ticket),
        "may_take": handles and ticket.state == State.OPEN,
        "may_answer": handles and ticket.state in (State.OPEN, State.IN_PROGRESS),
        "may_reopen": may_reopen(ticket, user),
        "outcomes": OUTCOMES.items(),
        "shortest": SHORTEST_WORDS,
        "longest": LONGEST_WORDS,
        "typed": request.POST,
        "fault": fault,
    }
    return render(request, "tickets/one.html", context, status=409 if fault is not None else 200)


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one(request, _found(request, number), error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("tickets_one", number=number)


def _found(request: HttpRequest, number: int) -> CorrectionTicket:
    """Return a ticket of one's own, or any to who handles them.

    Raises:
        NotVisibleError: when there is none; recorded as refused.
    """
    gateway = _gateway(request)
    tickets: QuerySet[CorrectionTicket] = CorrectionTicket.objects.select_related("raised_by", "handled_by")
    ticket = tickets.filter(pk=number, legal_entity_code=settings.HOME.legal_entity_code).first()
    if ticket is None or not (ticket.raised_by.pk == _user(request).pk or may_handle(gateway)):
        record(action="ticket_view", by=gateway.actor, object_type="ticket", object_id=str(number), result=Result.REFUSED)
        raise NotVisibleError("there is no such ticket", where="tickets", next_step="go back to the list")
    return ticket


def _rows(gateway: Gateway, part: Slice[CorrectionTicket]) -> list[dict[str, Any]]:
    now, titles, names = timezone.now(), feed_titles(settings.HOME), _organisation_names(gateway)
    owners = feed_owners(settings.HOME)
    return [
        {
            "ticket": ticket,
            "customer_number": masked_number(ticket.customer_number, gateway.viewer.permissions),
            "field": field_name(ticket.field_code),
            "feed": titles.get((ticket.source_code, ticket.feed_code)),
            "owner": owners.get((ticket.source_code, ticket.feed_code)),
            "home": names.get(ticket.organisation_code, ticket.organisation_code),
            "state": STATES[ticket.state],
            "outcome": OUTCOMES.get(ticket.outcome) if ticket.state in (State.ANSWERED, State.CLOSED) else None,
            "age": ticket.age_days(now),
        }
        for ticket in part.rows
    ]


def _organisation_names(gateway: Gateway) -> dict[str, str]:
    return {node.code: node.name for node in gateway.organisations(Permission.TICKET_VIEW)}


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
