"""What people write of a customer: the forms of his archive, each one action, each leading back to the tab."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions import contacts
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.promises import withdraw_promise, write_promise
from maisui.web.customers.tabs import Tab
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.one_state import OneState
from maisui.web.pages.customers.state import State
from maisui.web.pages.page import needs
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def fact(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a fact of the customer."""
    kind, words, source = (request.POST.get(name, "") for name in ("kind", "words", "source"))
    first, last = request.POST.get("valid_from", ""), request.POST.get("valid_until", "")
    return _done(
        request,
        reference,
        lambda gateway, user: contacts.write_fact(
            gateway,
            user,
            customer_number=customer_of(reference),
            kind=kind,
            words=words,
            source=source,
            valid_from=first,
            valid_until=last,
        ),
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def end_fact(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """End a fact of the customer."""
    return _done(
        request, reference, lambda gateway, user: contacts.end_fact(gateway, user, customer_number=customer_of(reference), fact=number)
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def contact(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a contact with the customer."""
    kind, day, outcome, words = (request.POST.get(name, "") for name in ("kind", "happened_on", "outcome", "words"))
    return _done(
        request,
        reference,
        lambda gateway, user: contacts.write_contact(
            gateway, user, customer_number=customer_of(reference), kind=kind, happened_on=day, outcome=outcome, words=words
        ),
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def promise(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the customer promised to pay."""
    amount, day, words = (request.POST.get(name, "") for name in ("amount", "promised_on", "words"))
    return _done(
        request,
        reference,
        lambda gateway, user: write_promise(
            gateway, user, customer_number=customer_of(reference), amount=amount, promised_on=day, words=words
        ),
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def withdraw(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Withdraw a promise to pay."""
    reason = request.POST.get("reason", "")
    return _done(
        request,
        reference,
        lambda gateway, user: withdraw_promise(gateway, user, customer_number=customer_of(reference), promise=number, reason=reason),
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def task(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what is to be done for the customer."""
    what, due_on = request.POST.get("what", ""), request.POST.get("due_on", "")
    return _done(
        request,
        reference,
        lambda gateway, user: contacts.write_task(gateway, user, customer_number=customer_of(reference), what=what, due_on=due_on),
    )


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def end_task(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that a task is done or dropped."""
    state = request.POST.get("state", "")
    return _done(
        request,
        reference,
        lambda gateway, user: contacts.end_task(gateway, user, customer_number=customer_of(reference), task=number, state=state),
    )


def _done(request: HttpRequest, reference: str, write: Callable[[Gateway, StaffUser], object]) -> HttpResponse:
    try:
        write(request.gateway, request.user)  # type: ignore[attr-defined,arg-type]
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    else:
        messages.success(request, str(Text("已登记", "written down")))
    state = OneState(State.of(request.GET), Tab.ARCHIVE)
    return redirect(f"{reverse('customers_one', args=[reference])}?{state.query()}")
