"""The three lists: who contributes much, who could, and who needs somebody now — each with the reason in yuan."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import LABEL_BY_CODE, OrganisationNode, Question, Unit
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.known_contribution import knows_contribution
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.figures import YEAR_MONTHS, attempt, months_of_a_year
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.paging import Slice
from maisui.web.pages.strategies.next_step import step_words
from maisui.web.pages.three_lists.sentences import sentence
from maisui.web.pages.three_lists.state import LISTS, State
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one list, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "three_lists/page.html", {"is_empty": True})
    state = State.of(request.GET)
    nodes = gateway.organisations(Permission.CUSTOMER_VIEW)
    by_code = {node.code: node for node in nodes}
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, manager=None, page=1))
    return render(request, "three_lists/page.html", _context(gateway, state, by_code))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    return acted(
        request,
        ChosenFrom.of_page("three_lists", state, lambda permission, most: gateway.labels.numbers(state.question(), most, permission)),
    )


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.labels.listed(state.question())
    found, label = listed.found, LABEL_BY_CODE[state.label]
    organisation = organisation_of(state.organisation, by_code)
    names = namer(gateway, "manager")
    return {
        "state": state,
        "query": state.query(),
        "label": label,
        "label_name": Text(label.name_zh, label.name_en),
        "label_rule": str(Text(label.rule_zh, label.rule_en)),
        "found": found,
        "tabs": _tabs(gateway, state),
        "rows": [
            {
                "row": row,
                "kind": value_word(row.customer_kind),
                "tier": value_word(row.tier_code) if row.tier_code != "none" else "—",
                "sentences": [(value_word(given.reason.code), sentence(given)) for given in row.reasons],
                "amount": row.reasons[0].amount,
                "step": step_words(row.step),
                "managers": "、".join(str(names(number)) for number in row.managers),
            }
            for row in listed.rows
        ],
        "reasons": [
            (
                Text(reason.name_zh, reason.name_en),
                count,
                reason.code == state.reason,
                state.query(reason=None if reason.code == state.reason else reason.code, page=1),
            )
            for reason, count in found.by_reason
        ],
        "managers": [(number, names(number)) for number in found.managers],
        "slice": Slice((), found.page, listed.pages, found.total_count),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        "tie": _tie(gateway, state),
        "few_months": months if (months := months_of_a_year(gateway)) < YEAR_MONTHS else None,
        "knows_contribution": knows_contribution(gateway),
        **chosen_context(gateway),
        "unit": Unit.YUAN,
    }


def _tabs(gateway: Gateway, state: State) -> list[tuple[Text, object, str, bool]]:
    """Return each list with how many its metric counts; where figures are not the viewer's, without."""
    tabs: list[tuple[Text, object, str, bool]] = []
    for code in LISTS:
        label = LABEL_BY_CODE[code]
        counted = attempt(lambda code=code: gateway.ask(Question(f"{code}_customer_count", organisation=state.organisation)).rows)
        value = counted.value[0].value if counted.value else None
        address = State(label=code, organisation=state.organisation).query()
        tabs.append((Text(label.name_zh, label.name_en), value, address, code == state.label))
    return tabs


def _tie(gateway: Gateway, state: State) -> dict[str, Any] | None:
    """Return what the metrics say of the whole list, where nothing but the organisation narrows it."""
    if state.reason is not None or state.manager is not None:
        return None
    said: dict[str, Any] = {}
    for kind in ("customer_count", "amount"):
        tried = attempt(lambda kind=kind: gateway.ask(Question(f"{state.label}_{kind}", organisation=state.organisation)).rows)
        if not tried.value:
            return None
        said[kind] = tried.value[0].value
    return said
