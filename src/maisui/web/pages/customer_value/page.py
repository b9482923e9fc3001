"""Customer value: tenths that add up to the profit pool, the list by what is expected, and how far that may be trusted."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode
from maisui.answers.worth import WorthOrder, WorthPage
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.contribution.figures import BRIDGE_LINES
from maisui.web.pages.customer_value.state import State
from maisui.web.pages.customer_value.words import ABSENT, ORDERS, past_word, share
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.known_contribution import NOT_KNOWN
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

_HUNDRED = 100


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the page, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "customer_value/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code, page=1))
    return render(request, "customer_value/page.html", _context(gateway, state, by_code))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the customers ticked, or with all of the list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)

    def whole(permission: Permission, most: int) -> Sequence[str]:
        return gateway.scores.worth_numbers(state.question(), most, permission)

    return acted(request, ChosenFrom.of_page("customer_value", state, whole))


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.scores.worth(state.question())
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
        **chosen_context(gateway),
        "knows_contribution": brings_anything(found),
        "not_known": NOT_KNOWN,
        "rung": RUNGS[found.standing.rung.value],
        "said": Text(found.standing.said_zh, found.standing.said_en),
        "has_expected": found.standing.has_probabilities,
        "months": found.facts.get("months", 0),
        "horizon": found.facts.get("horizon"),
        "discount_rate": share(Decimal(found.facts["discount_rate"])) if "discount_rate" in found.facts else "—",
        "orders": [
            (ORDERS.get(order) or past_word(found.facts.get("months", 12)), order is found.order, state.query(order=order, page=1))
            for order in WorthOrder
            if order is not WorthOrder.EXPECTED or found.standing.has_probabilities
        ],
        "rows": [
            {
                "row": row,
                "reference": reference,
                "staying": share(row.staying),
                "wallet": share(row.wallet_share),
                "absent": ABSENT.get(row.why_not or ""),
                "managers": "、".join(str(names(number)) for number in row.managers),
            }
            for reference, row in listed.rows
        ],
        "tenths": tenth_lines(found),
        "pool": pool_lines(found),
        "without": [(Text(zh, en), count) for zh, en, count in found.without],
        "realised": [
            one | {"expected_amount": Decimal(one["expected"]), "came_amount": Decimal(one["came"])}
            for one in found.facts.get("realised", [])
        ],
        "fees": fees_said(found),
        "slice": Slice((), found.page, listed.pages, found.total_count),
    }


def brings_anything(found: WorthPage) -> bool:
    """Return whether any contribution is known: without transfer prices everybody's is nought."""
    return any(one.most or one.least for one in found.tenths)


def tenth_lines(found: WorthPage) -> list[dict[str, Any]]:
    """Return the tenths with their share of the whole and the length of their bar in percent of the largest."""
    largest = max((abs(one.past) for one in found.tenths), default=Decimal(0)) or Decimal(1)
    return [
        {
            "tenth": one,
            "share": share(one.past / found.past if found.past else None),
            "is_loss": one.past < 0,
            "width": f"{abs(one.past) / largest * _HUNDRED:.1f}",
        }
        for one in found.tenths
    ]


def pool_lines(found: WorthPage) -> list[tuple[Text, Decimal, bool]]:
    """Return how customers' contribution comes to the net profit of the ledger, line by line; empty for a part of the bank."""
    if not found.pool:
        return []
    others = [(BRIDGE_LINES[code][0], found.pool.get(code, Decimal("0.00")), False) for code in BRIDGE_LINES if code != "contribution"]
    whole = sum(found.pool.values(), Decimal("0.00"))
    first = (Text("客户贡献合计（十档之和）", "Contribution of customers (the ten tenths)"), found.past, False)
    unlike = found.pool.get("contribution", Decimal("0.00")) - found.past
    without = [(Text("未计入客户的贡献", "Contribution of no customer"), unlike, False)] if unlike else []
    return [first, *without, *others, (Text("总账净利润", "Net profit of the ledger"), whole, True)]


def fees_said(found: WorthPage) -> Text | None:
    """Return whether fees of cards and payments follow their own rhythm, or why not; None below a trial."""
    if found.card is None:
        return None
    why = found.card["fees"]["why_not"]
    if not why:
        return Text(
            "卡与支付手续费按客户自身节奏（BG/NBD 与 Gamma-Gamma）外推",
            "fees of cards and payments follow each customer's own rhythm (BG/NBD and Gamma-Gamma)",
        )
    return Text(
        "卡与支付手续费不单独外推：" + "；".join(zh for zh, _ in why),
        "fees of cards and payments are not told apart: " + "; ".join(en for _, en in why),
    )
