"""May today's figures be trusted: which controls tie, what each feed delivered, and why lines were kept back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import Freshness
from maisui.web.gateway import Gateway
from maisui.web.pages.paging import ROWS, Slice

_LONGEST_CODE = 64


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show controls, feeds and delivered files; feed, filter and page stand in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "deliveries/page.html", {})
    feed, only_quarantined = request.GET.get("feed", "")[:_LONGEST_CODE], request.GET.get("kept") == "1"
    states = gateway.feed_states()
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) == int(asked) else 1
    found = gateway.deliveries(feed=feed, only_quarantined=only_quarantined, page=number, page_size=ROWS)
    pages = max(1, -(-found.count // ROWS))
    if number > pages:
        number = pages
        found = gateway.deliveries(feed=feed, only_quarantined=only_quarantined, page=number, page_size=ROWS)
    context = {
        "fresh": fresh,
        "states": states,
        "late": _late(gateway, fresh),
        "rows": sum(state.rows for state in states),
        "quarantined": sum(state.quarantined for state in states),
        "duplicate": sum(state.duplicate for state in states),
        "is_conserved": all(state.is_conserved for state in states),
        "feed": feed,
        "only_quarantined": only_quarantined,
        "slice": Slice(found.rows, number, pages, found.count),
    }
    return render(request, "deliveries/page.html", context)


@require_safe
def one(request: HttpRequest, file_id: str) -> HttpResponse:
    """Show one delivered file: its rows, and why lines of it were kept back."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    delivery, reasons = gateway.kept_back(file_id)
    return render(request, "deliveries/file.html", {"delivery": delivery, "reasons": reasons})


def _late(gateway: Gateway, fresh: Freshness) -> frozenset[str]:
    """Return the feeds whose newest file is older than that of the version's last delivery."""
    return frozenset(state.feed for state in gateway.feed_states() if fresh.last_delivery_on and state.last_on < fresh.last_delivery_on)
