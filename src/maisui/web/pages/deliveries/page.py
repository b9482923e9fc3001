"""May today's figures be trusted: which controls tie, what each feed delivered, and why lines were kept back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import CalendarCell, DayState, DeliveryCalendar, FeedState
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.quarantine import LONGEST_REASON, SHORTEST_REASON
from maisui.web.gateway import Gateway
from maisui.web.pages.paging import ROWS, Slice
from maisui.web.text import Text

_LONGEST_CODE = 64
SIGNS = {
    DayState.ARRIVED: ("✓", Text("到数", "arrived")),
    DayState.CORRECTED: ("✎", Text("有更正", "corrected")),
    DayState.LATE: ("…", Text("迟到：应到未到", "late: due, not here yet")),
    DayState.MISSING: ("✗", Text("缺失：应到未到，后面的已到", "missing: due, and something newer came")),
    DayState.NOT_DUE: ("", Text("不应到", "not due")),
}


@dataclass(frozen=True, slots=True)
class FeedMonth:
    """One feed's line of the calendar: its title, whether all of it came, and each day with its sign and what that means."""

    feed: str
    title: Text
    is_whole: bool
    days: tuple[tuple[CalendarCell, str, Text], ...]


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show feeds, the calendar of a month and delivered files; month, feed, filter and page stand in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "deliveries/page.html", {})
    feed, only_quarantined = request.GET.get("feed", "")[:_LONGEST_CODE], request.GET.get("kept") == "1"
    states = gateway.data.feed_states()
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) == int(asked) else 1
    found = gateway.data.deliveries(feed=feed, only_quarantined=only_quarantined, page=number, page_size=ROWS)
    pages = max(1, -(-found.count // ROWS))
    if number > pages:
        number = pages
        found = gateway.data.deliveries(feed=feed, only_quarantined=only_quarantined, page=number, page_size=ROWS)
    calendar = gateway.data.delivery_calendar(_month(request.GET.get("month", "")))
    is_newest = not calendar.months or calendar.month == calendar.months[0]
    late = _late(calendar if is_newest else gateway.data.delivery_calendar(None))
    context = {
        "fresh": fresh,
        "states": sorted(states, key=lambda state: state.feed not in late and not state.shrunken and not state.quarantined),
        "calendar": calendar,
        "feed_months": _feed_months(calendar, states),
        "signs": [SIGNS[state] for state in DayState if SIGNS[state][0]],
        "late": late,
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
    delivery, reasons = gateway.data.kept_back(file_id)
    context = {
        "delivery": delivery,
        "reasons": reasons,
        "may_release": gateway.may(Permission.DATA_RELEASE),
        "shortest_reason": SHORTEST_REASON,
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "deliveries/file.html", context)


@require_POST
def release(request: HttpRequest, file_id: str) -> HttpResponse:
    """Let one quarantined line in, as it was delivered or corrected, for the reason stated in the form."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    asked = request.POST.get("line", "")
    line = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < _LONGEST_CODE else 0
    corrected = request.POST.get("corrected", "").strip("\r\n") or None
    try:
        gateway.data.release_quarantined(file_id, line=line, corrected=corrected, reason=request.POST.get("reason", ""))
        messages.success(
            request, str(Text(f"第 {line} 行已放行，下一次发布后生效", f"line {line} is released; it counts after the next publication"))
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect("deliveries_file", file_id)


def _month(asked: str) -> date | None:
    """Return the first day of the month an address names as 2026-03; None for anything else."""
    try:
        return date.fromisoformat(f"{asked}-01")
    except ValueError:
        return None


def _feed_months(calendar: DeliveryCalendar, states: tuple[FeedState, ...]) -> list[FeedMonth]:
    """Return the lines of the calendar, feeds of which something is late or missing first."""
    titles = {(state.source, state.feed): Text(state.title_zh, state.title_en) for state in states}
    lines = [
        FeedMonth(
            row.feed,
            titles.get((row.source, row.feed), Text(row.feed, row.feed)),
            row.is_whole,
            tuple((cell, *SIGNS[cell.state]) for cell in row.cells),
        )
        for row in calendar.rows
    ]
    return sorted(lines, key=lambda line: line.is_whole)


def _late(newest: DeliveryCalendar) -> frozenset[str]:
    """Return the feeds that are due with nothing newer in the newest month; one that comes once a year is not late in between."""
    return frozenset(row.feed for row in newest.rows if any(cell.state is DayState.LATE for cell in row.cells))
