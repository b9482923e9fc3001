"""Which customer numbers were merged into which, by what certificate, since when, by whom, and what has been undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.merges.words import certificate_word
from maisui.web.pages.paging import ROWS, Slice

_MOST_PAGES = 1_000_000


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of the merge log, the newest first; the page stands in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    data = gateway.data
    if gateway.freshness() is None:
        return render(request, "merges/page.html", {})
    asked = request.GET.get("page", "1")[:7]
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) < _MOST_PAGES else 1
    log, rows = data.merge_log(page=number, page_size=ROWS)
    shown = [(row, certificate_word(row.merge.certificate_group)) for row in rows]
    context = {
        "may_see_pairs": gateway.may(Permission.CUSTOMER_VIEW),
        "log": log,
        "undone_count": log.count - log.in_force_count,
        "slice": Slice(shown, log.page, max(1, -(-log.count // ROWS)), log.count),
    }
    return render(request, "merges/page.html", context)
