"""Churn: the worklist by value at risk times probability, the ladder, and what came true."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode
from maisui.answers.survival_by_product import AGES
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.judged import judged_word
from maisui.web.pages.churn.state import State
from maisui.web.pages.churn.survival import survival_lines
from maisui.web.pages.churn.told import told_of
from maisui.web.pages.churn.words import chance, reasons
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import Slice
from maisui.web.pages.strategies.next_step import step_words


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the worklist, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "churn/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code, page=1))
    return render(request, "churn/page.html", _context(gateway, state, by_code))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    return acted(request, ChosenFrom.of_warned("churn", State.of(request.GET), gateway, "churn"))


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.scores.listed(state.question())
    organisation = organisation_of(state.organisation, by_code)
    context: dict[str, Any] = {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "is_scored": listed is not None,
        "may_export": listed is not None and gateway.may(Permission.CUSTOMER_EXPORT),
    }
    if listed is None:
        return context
    found, names = listed.found, namer(gateway, "manager")
    return context | {
        **told_of(found),
        "may_judge": gateway.may(Permission.CUSTOMER_RECORD),
        **chosen_context(gateway),
        "survival": survival_lines(gateway.scores.survival((state.organisation,) if state.organisation else None)),
        "survival_ages": AGES,
        "rows": [
            {
                "row": shown.customer,
                "reference": shown.reference,
                "judged": judged_word(shown.judgement),
                "chance": chance(shown.customer.probability),
                "sentences": reasons(shown.customer),
                "step": step_words(shown.step, shown.customer.rule_codes),
                "managers": "、".join(str(names(number)) for number in shown.customer.managers),
            }
            for shown in listed.rows
        ],
        "slice": Slice((), found.page, listed.pages, found.total_count),
    }
