"""Next products: the list by expected yuan a year, sums by product, and what was held against popularity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode
from maisui.answers.next_products import OfferPage
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.groups import group_of_list
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.next_products.state import State
from maisui.web.pages.next_products.words import BASES, own_words, quality_lines, reasons_of, share
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.paging import Slice
from maisui.web.text import Text, choose


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the list, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "next_products/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code, page=1))
    return render(request, "next_products/page.html", _context(gateway, state, by_code))


@require_POST
def make_group(request: HttpRequest) -> HttpResponse:
    """Keep the customers of the list as a group of one's own, and lead to it, or on to a campaign for it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    name = choose("下一步产品", "Next product") + (f" {value_word(state.product)}" if state.product else "")
    try:
        group = group_of_list(
            gateway,
            request.user,  # type: ignore[arg-type]
            numbers=gateway.offers.numbers(state.question()),
            name=name,
            of=f"next_products {state.query(page=1)}",
        )
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
        return redirect(_back(state))
    messages.success(request, str(Text(f"已建客户群“{group.name}”", f"the group “{group.name}” is kept")))
    if request.POST.get("then") == "campaign":
        return redirect(f"{reverse('campaigns')}?{urlencode({'group': group.pk, 'product': state.product or ''})}#new-title")
    return redirect("customer_groups_one", number=group.pk)


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address; their tasks say what to offer to each."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)

    def whole(permission: Permission, most: int) -> Sequence[str]:
        return gateway.offers.numbers(state.question(), permission)[: most + 1]

    def offered(gateway: Gateway, numbers: Sequence[str]) -> dict[str, str]:
        return {
            number: choose(f"介绍{value_word(group)}", f"Offer: {value_word(group)}")
            for number, group in gateway.offers.groups_of(numbers, state.product).items()
        }

    return acted(request, ChosenFrom.of_page("next_products", state, whole, advice=offered))


def _back(state: State) -> str:
    query = state.query()
    return f"{reverse('next_products')}?{query}" if query else reverse("next_products")


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.offers.listed(state.question())
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
        "found": found,
        "rung": RUNGS[found.standing.rung.value],
        "said": Text(found.standing.said_zh, found.standing.said_en),
        "limits": Text(found.model.limits_zh, found.model.limits_en),
        "has_chances": found.standing.rung.value in ("baseline", "trial", "in_use"),
        "horizon": found.model.horizon,
        "product_name": value_word(state.product) if state.product else None,
        "whole_query": state.query(product=None, page=1),
        "products": product_lines(found, state),
        "rows": [
            {
                "row": row,
                "reference": reference,
                "product": value_word(row.offer.product_group),
                "basis": BASES[row.offer.basis],
                "chance": share(row.offer.chance),
                "reasons": [*reasons_of(row.offer, found.model.horizon), *filter(None, [own_words(row.saver)])],
                "managers": "、".join(str(names(number)) for number in row.managers),
            }
            for reference, row in listed.rows
        ],
        "without": [(Text(zh, en), count) for zh, en, count in found.without],
        "quality": quality_lines(found.card),
        "card": found.card,
        "realised": found.facts.get("realised", []),
        "slice": Slice((), found.page, listed.pages, found.total_count),
        "may_propose": gateway.may(Permission.CUSTOMER_EXPORT),
        **chosen_context(gateway),
    }


def product_lines(found: OfferPage, state: State) -> list[dict[str, Any]]:
    """Return each product group with its sums, the length of its bar in percent of the largest, and the address of its list."""
    most = max((one.expected_amount or 0 for one in found.products), default=0)
    widest = max((one.customer_count for one in found.products), default=1)
    return [
        {
            "line": one,
            "name": value_word(one.product_group),
            "query": state.query(product=one.product_group, page=1),
            "is_chosen": one.product_group == state.product,
            "width": f"{100 * one.expected_amount / most if most and one.expected_amount else 100 * one.customer_count / widest:.1f}",
        }
        for one in found.products
    ]
