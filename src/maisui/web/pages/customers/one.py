"""One customer: who he is, a tab of what is known of him, and the door to his unmasked details."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of, reference_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.customers import LONGEST_REASON, REVEALED_FOR, SHORTEST_REASON
from maisui.web.actions.tickets import LONGEST_VALUE, LONGEST_WORDS, SHORTEST_WORDS, raise_ticket
from maisui.web.contacts.written import next_task_of
from maisui.web.customers.shown import ShownCustomer
from maisui.web.customers.tabs import Tab
from maisui.web.follows.desk import followed
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.one_state import TAB_NAMES, OneState
from maisui.web.pages.customers.state import KIND_NAMES, State
from maisui.web.pages.customers.tab_contexts import context_of_tab
from maisui.web.pages.customers.words import PURPOSES, class_word
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.three_lists.sentences import labels_shown
from maisui.web.text import Text, known_word
from maisui.web.tickets.fields import FIELDS

SEXES: dict[str, Text] = {"male": Text("男", "male"), "female": Text("女", "female")}


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the customer whom `reference` names, with the tab of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = OneState.of(request.GET)
    number = customer_of(reference)
    customer = gateway.customer_profile(number, state.tab, state.asked())
    labels = labels_shown(gateway, number) if state.tab is Tab.OVERVIEW else ()
    is_followed = followed(request.user).filter(customer_number=number).exists()  # type: ignore[arg-type]
    may_set_tier = gateway.may_of_customer(Permission.CUSTOMER_RECORD, customer.home_organisation_code)
    seen = {"may_set_tier": may_set_tier, "labels": labels, "is_followed": is_followed, "circles": gateway.circles.of_customer(number)}
    context = _context(customer, state) | seen | context_of_tab(gateway, customer, state)
    return render(request, "customers/one.html", context)


@require_POST
def reveal(request: HttpRequest, reference: str) -> HttpResponse:
    """Unmask the customer for a while, for the reason stated in the form."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    try:
        gateway.reveal_customer(customer_of(reference), request.POST.get("reason", ""))
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return back_to(request, reference)


@require_POST
def ticket(request: HttpRequest, reference: str) -> HttpResponse:
    """Raise a ticket on what the form says is wrong, and lead to it."""
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
        return back_to(request, reference)
    messages.success(request, str(Text(f"工单 {raised.pk} 已提出", f"ticket {raised.pk} is raised")))
    return redirect("tickets_one", number=raised.pk)


@require_POST
def path(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the number of another customer and lead to the path between the two, the number sealed in the address."""
    number = "".join(request.POST.get("number", "").split())[:200]
    state = OneState(State.of(request.GET), Tab.RELATIONS, path=reference_of(number) if number else "")
    return redirect(f"{reverse('customers_one', args=[reference])}?{state.query()}")


def back_to(request: HttpRequest, reference: str) -> HttpResponse:
    """Return to the tab of the customer's page from which a form was sent."""
    query = OneState.of(request.GET).query()
    address = reverse("customers_one", args=[reference])
    return redirect(f"{address}?{query}" if query else address)


def _context(customer: ShownCustomer, state: OneState) -> dict[str, Any]:
    header = customer.header
    return {
        "customer": customer,
        "content": customer.content,
        "state": state,
        "query": state.query(),
        "list_query": state.listed.query(),
        "tabs": [(tab, name, state.of_tab(tab), tab is state.tab) for tab, name in TAB_NAMES.items()],
        "tab_template": f"customers/tab_{state.tab}.html",
        "kind": known_word(KIND_NAMES, customer.customer_kind),
        "sex": known_word(SEXES, customer.sex) if customer.sex else "",
        "tier": value_word(customer.standing.tier_code) if customer.standing else None,
        "ruled_tier": value_word(customer.standing.ruled_tier_code) if customer.standing else None,
        "reached_tier": value_word(customer.standing.reached_tier_code) if customer.standing else None,
        "loan_class": class_word(header.loan_class) if header.loan_class else None,
        "is_bad": header.loan_class in ("substandard", "doubtful", "loss"),
        "overdue_days": (customer.day - header.overdue_since).days if header.overdue_since else None,
        "consents": [(PURPOSES.get(one.purpose_code, value_word(one.purpose_code)), one) for one in header.consents],
        "next_task": next_task_of(customer_of(customer.reference)),
        "archive_query": state.of_tab(Tab.ARCHIVE),
        "unit": Unit.YUAN,
        "share_unit": Unit.SHARE,
        "seconds_left": int((customer.reveal.until - timezone.now()).total_seconds()) + 1 if customer.reveal.until else 0,
        "shortest_reason": SHORTEST_REASON,
        "longest_reason": LONGEST_REASON,
        "ticket_fields": [(code, name) for code, (name, _) in FIELDS.items()],
        "shortest_words": SHORTEST_WORDS,
        "longest_words": LONGEST_WORDS,
        "longest_value": LONGEST_VALUE,
        "minutes": int(REVEALED_FOR.total_seconds() // 60),
    }
