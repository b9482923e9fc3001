"""Which organisation a list of customers is shown for, and the path down to it, from the organisations that the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maisui.answers import OrganisationNode


def organisation_of(code: str | None, by_code: Mapping[str, OrganisationNode]) -> OrganisationNode | None:
    """Return the organisation of an address, the only top where it names none that is known, or None where there are several."""
    roots = [node for node in by_code.values() if node.parent_code is None]
    return by_code.get(code or "") or (roots[0] if len(roots) == 1 else None)


def path_of(node: OrganisationNode | None, by_code: Mapping[str, OrganisationNode]) -> list[OrganisationNode]:
    """Return the organisations from the top down to `node`."""
    found: list[OrganisationNode] = []
    while node is not None:
        found.append(node)
        node = by_code.get(node.parent_code) if node.parent_code else None
    return found[::-1]


def picker(request: HttpRequest, nodes: Iterable[OrganisationNode], chosen: str | None, query_of: Callable[[str], str]) -> HttpResponse:
    """Answer with the organisations to choose from, each with what stands in the page's address for it; the chosen one is marked."""
    choices = [(node, query_of(node.code)) for node in nodes]
    own = next((node for node, _ in choices if node.code == chosen), None)
    return render(request, "overview/_organisations.html", {"choices": choices, "organisation": own})
