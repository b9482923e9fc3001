"""Segments: the portrait of each beside all customers, how many moved, and a click to a customer group with its six views."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import OrganisationNode
from maisui.answers.segments import SegmentView
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.groups import LONGEST_NAME, group_of_list
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.known_contribution import NOT_KNOWN, knows_contribution
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.figures import months_of_a_year
from maisui.web.pages.page import needs
from maisui.web.pages.segments.words import move_lines, name_of, trait_lines, trial_lines
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the segments, or the choice of organisations for its picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "segments/page.html", {"is_empty": True})
    organisation = request.GET.get("org") or None
    permission = Permission.CUSTOMER_VIEW if gateway.may(Permission.CUSTOMER_VIEW) else Permission.FIGURE_VIEW
    by_code = {node.code: node for node in gateway.organisations(permission)}
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), organisation, lambda code: urlencode({"org": code}))
    return render(request, "segments/page.html", _context(gateway, organisation, by_code))


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def make_group(request: HttpRequest, code: str) -> HttpResponse:
    """Keep the customers of a segment as a group of one's own, and lead to it and its six views."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    organisation = request.GET.get("org") or None
    found = gateway.segments.view(organisation)
    segment = next((one for one in found.segments if one.code == code), None) if found else None
    if segment is None:
        raise NotVisibleError("there is no such segment", where="segments", next_step="choose one from the page of segments")
    try:
        group = group_of_list(
            gateway,
            request.user,  # type: ignore[arg-type]
            numbers=gateway.segments.numbers(organisation, code),
            name=name_of(segment)[: LONGEST_NAME - 4],
            of=f"segments {code}",
        )
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
        return redirect(f"{reverse('segments')}?{urlencode({'org': organisation})}" if organisation else "segments")
    return redirect("customer_groups_one", number=group.pk)


def _context(gateway: Gateway, organisation_code: str | None, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    found = gateway.segments.view(organisation_code)
    organisation = organisation_of(organisation_code, by_code)
    query = urlencode({"org": organisation_code}) if organisation_code else ""
    context: dict[str, Any] = {
        "query": query,
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "is_scored": found is not None,
        "may_export": found is not None and gateway.may(Permission.FIGURE_EXPORT),
    }
    if found is None:
        return context
    return (
        context
        | told(found)
        | {
            "summed_months": months_of_a_year(gateway),
            "may_group": gateway.may(Permission.CUSTOMER_VIEW),
            "knows_contribution": knows_contribution(gateway),
            "not_known": NOT_KNOWN,
        }
    )


def told(found: SegmentView) -> dict[str, Any]:
    """Return what the template tells of segments."""
    whole = found.everybody
    return {
        "found": found,
        "rung": RUNGS[found.standing.rung.value],
        "said": Text(found.standing.said_zh, found.standing.said_en),
        "limits": Text(found.model.limits_zh, found.model.limits_en),
        "is_found": found.standing.has_probabilities,
        "segments": [
            {
                "one": one,
                "name": name_of(one),
                "today": Text(one.today_zh, one.today_en) if one.today_zh else None,
                "share": f"{one.customer_count / whole.customer_count:.1%}" if whole.customer_count else "—",
                "width": f"{100 * one.customer_count / whole.customer_count:.1f}" if whole.customer_count else "0",
            }
            for one in found.segments
        ],
        "traits": trait_lines(found),
        "trials": trial_lines(found.card),
        "alike_earlier": found.card["hold_out"]["alike_earlier"] if found.card else None,
        "earlier_day": found.card["hold_out"]["earlier_day"] if found.card else None,
        "moves": move_lines(found) if found.moves else [],
        "months": [
            {"day": month["day"], "sizes": month["sizes"], "moved": "—" if month["moved_share"] is None else f"{month['moved_share']:.1%}"}
            for month in reversed(found.months)
        ],
        "without": [(Text(zh, en), count) for zh, en, count in found.without],
    }
