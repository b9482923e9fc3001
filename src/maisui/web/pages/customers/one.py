"""One customer: who he is, what he holds, and the door to his unmasked details."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.web.access.sealed import customer_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.customers import LONGEST_REASON, REVEALED_FOR, SHORTEST_REASON
from maisui.web.actions.tickets import LONGEST_VALUE, LONGEST_WORDS, SHORTEST_WORDS, raise_ticket
from maisui.web.components.figures import largest_of, scale_of, short
from maisui.web.customers.shown import ShownCustomer
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.state import KIND_NAMES, State
from maisui.web.pages.customers.value import value_context
from maisui.web.pages.merges.words import certificate_word, evidence_word
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.three_lists.sentences import labels_shown
from maisui.web.text import Text, choose
from maisui.web.tickets.fields import FIELDS

SEXES: dict[str, Text] = {"male": Text("男", "male"), "female": Text("女", "female")}


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the customer whom `reference` names."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    customer = gateway.customer_profile(customer_of(reference))
    return render(
        request,
        "customers/one.html",
        _context(customer) | {"query": State.of(request.GET).query(), "labels": labels_shown(gateway, customer_of(reference))},
    )


@require_POST
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Unmask the customer for a while, for the reason stated in the form."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    query = State.of(request.GET).query()
    try:
        gateway.reveal_customer(customer_of(reference), request.POST.get("reason", ""))
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    address = reverse("customers_one", args=[reference])
    return redirect(f"{address}?{query}" if query else address)


@require_POST
def ticket(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a ticket on what the form says is wrong, and lead to it."""
    query = State.of(request.GET).query()
    try:
        raised = raise_ticket(
            request.gateway,  # type: ignore[attr-defined]
            request.user,  # type: ignore[arg-type]
            customer_number=customer_of(reference),
            field_code=request.POST.get("field", ""),
            what_is_wrong=request.POST.get("what_is_wrong", ""),
            proposed_value=request.POST.get("proposed_value", ""),
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
        address = reverse("customers_one", args=[reference])
        return redirect(f"{address}?{query}" if query else address)
    messages.success(request, str(Text(f"工单 {raised.pk} 已提出", f"ticket {raised.pk} is raised")))
    return redirect("tickets_one", number=raised.pk)


def _context(customer: ShownCustomer) -> dict[str, Any]:
    return {
        "customer": customer,
        "kind": KIND_NAMES.get(customer.customer_kind, customer.customer_kind),
        "sex": SEXES.get(customer.sex or "", customer.sex or ""),
        "numbers": [(other, certificate_word(other.merge.certificate_group)) for other in customer.other_numbers],
        "household": [(member, evidence_word(member.evidence)) for member in customer.household],
        "accounts": [(account, value_word(account.product_group)) for account in customer.accounts],
        "tier": value_word(customer.standing.tier_code) if customer.standing else None,
        "reached_tier": value_word(customer.standing.reached_tier_code) if customer.standing else None,
        "unit": Unit.YUAN,
        "value": value_context(customer.value),
        "trend": _trend(customer),
        "seconds_left": int((customer.reveal.until - timezone.now()).total_seconds()) + 1 if customer.reveal.until else 0,
        "shortest_reason": SHORTEST_REASON,
        "longest_reason": LONGEST_REASON,
        "ticket_fields": [(code, name) for code, (name, _) in FIELDS.items()],
        "shortest_words": SHORTEST_WORDS,
        "longest_words": LONGEST_WORDS,
        "longest_value": LONGEST_VALUE,
        "minutes": int(REVEALED_FOR.total_seconds() // 60),
    }


def _trend(customer: ShownCustomer) -> dict[str, Any]:
    points = customer.months
    deposits = [point.deposit_balance for point in points]
    loans = [point.loan_balance if any(other.loan_balance for other in points) else None for point in points]
    known = [value for value in deposits if value is not None]
    return {
        "points": points,
        "is_empty": len(known) <= 1,
        "has_loans": any(value is not None for value in loans),
        "scale": scale_of(largest_of([*deposits, *loans]), Unit.YUAN),
        "data": {
            "days": [point.day.isoformat() for point in points],
            "values": [None if value is None else str(value) for value in deposits],
            "base": [None if value is None else str(value) for value in loans],
            "unit": Unit.YUAN.name,
            "names": [choose("存款", "Deposits"), choose("贷款", "Loans")],
            "shown": ["".join(short(value, Unit.YUAN)) for value in deposits],
            "shown_base": ["".join(short(value, Unit.YUAN)) for value in loans],
        },
    }
