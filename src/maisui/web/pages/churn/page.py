"""Churn: the worklist by value at risk times probability, the ladder, and what came true."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import OrganisationNode, ScorePage
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.state import State
from maisui.web.pages.churn.words import RUNGS, chance, sentence
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import Slice
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the worklist, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "churn/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if request.GET.get("part") == "organisations":
        choices = [(node, state.query(organisation=node.code, page=1)) for node in by_code.values()]
        return render(request, "overview/_organisations.html", {"choices": choices, "organisation": by_code.get(state.organisation or "")})
    return render(request, "churn/page.html", _context(gateway, state, by_code))


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    listed = gateway.scores.listed(state.question())
    roots = [node for node in by_code.values() if node.parent_code is None]
    organisation = by_code.get(state.organisation or "") or (roots[0] if len(roots) == 1 else None)
    context: dict[str, Any] = {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "path": _path(organisation, by_code),
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
        "question": Text(found.model.question_zh, found.model.question_en),
        "rule": Text(found.model.rule_zh, found.model.rule_en),
        "limits": Text(found.model.limits_zh, found.model.limits_en),
        "has_probabilities": found.standing.has_probabilities,
        "rows": [
            {
                "row": shown.customer,
                "reference": shown.reference,
                "chance": chance(shown.customer.probability),
                "sentences": [sentence(reason) for reason in shown.customer.reasons],
                "managers": "、".join(str(names(number)) for number in shown.customer.managers),
            }
            for shown in listed.rows
        ],
        "without": [(Text(zh, en), count) for zh, en, count in found.without],
        "rates": _rates(found),
        "bins": _bins(found),
        "realised": found.facts.get("realised", []),
        "slice": Slice((), found.page, listed.pages, found.total_count),
    }


def _rates(found: ScorePage) -> list[tuple[Text, int, int, str]]:
    """Return how often it happened with the rule and without it, as intervals."""
    words = {True: Text("规则命中", "Picked by the rule"), False: Text("规则未命中", "Not picked")}
    return [
        (words[one["is_flagged"]], one["count"], one["events"], f"{one['low']:.1%} – {one['high']:.1%}")
        for one in found.facts["base_rates"]
    ]


def _bins(found: ScorePage) -> list[dict[str, Any]]:
    """Return the tenths of the test months: expected beside seen, as words and as lengths in percent of the largest."""
    bins = found.card["metrics"]["bins"] if found.card else []
    longest = max((max(one["expected"], one["high"]) for one in bins), default=1)
    return [
        {
            "number": number,
            "count": one["count"],
            "expected": f"{one['expected']:.1%}",
            "seen": f"{one['seen'] / one['count']:.1%}",
            "interval": f"{one['low']:.1%} – {one['high']:.1%}",
            "expected_length": f"{100 * one['expected'] / longest:.1f}",
            "seen_at": f"{100 * one['seen'] / one['count'] / longest:.1f}",
            "low_at": f"{100 * one['low'] / longest:.1f}",
            "interval_length": f"{100 * (one['high'] - one['low']) / longest:.1f}",
        }
        for number, one in enumerate(bins, 1)
    ]


def _path(node: OrganisationNode | None, by_code: dict[str, OrganisationNode]) -> list[OrganisationNode]:
    found: list[OrganisationNode] = []
    while node is not None:
        found.append(node)
        node = by_code.get(node.parent_code) if node.parent_code else None
    return found[::-1]
