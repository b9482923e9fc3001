"""Notes on the overview's trend: read beside the points they lie at, written and withdrawn by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from maisui.answers import WorkingDays
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.notes import LONGEST_WORDS, withdraw_note, write_note
from maisui.web.gateway import Gateway
from maisui.web.notes.desk import ShownNote, notes_of
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

_MONTH = timedelta(days=31)


@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Write a note on the organisation of the address: on its metric, or on every figure."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    try:
        write_note(
            gateway,
            request.user,  # type: ignore[arg-type]
            organisation=request.POST.get("organisation", ""),
            metric=state.metric if request.POST.get("about") == "metric" else "",
            day=_day(request.POST.get("day", "")),
            words=request.POST.get("words", ""),
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect(f"{reverse('overview')}?{state.query()}")


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw a note of one's own."""
    withdraw_note(request.gateway, request.user, number)  # type: ignore[attr-defined]
    return redirect(f"{reverse('overview')}?{State.of(request.GET).query()}")


def notes_beside(gateway: Gateway, state: State, days: Sequence[date]) -> dict[str, Any]:
    """Return the notes of the trend over `days`: all of them, and for each point those since the one before."""
    before = days[0] - _MONTH if days[0] - date.min > _MONTH else date.min
    found = notes_of(gateway, state.organisation, state.metric, before, days[-1])
    starts = [before, *days[:-1]]
    at = [[note for note in found if start < note.noted_on <= day] for start, day in zip(starts, days, strict=True)]
    return {"notes": found, "notes_by_day": dict(zip(days, at, strict=True)), "longest_note": LONGEST_WORDS}


def said_at(notes: Mapping[date, list[ShownNote]], days: Sequence[date]) -> list[list[str]]:
    """Return the words of the notes at each point, as the chart's tip says them."""
    return [[f"{note.noted_on:%m-%d} {note.words}（{note.author}）" for note in notes[day]] for day in days]


def holidays_at(calendar: WorkingDays, days: Sequence[date]) -> list[list[str]]:
    """Return the holidays at each point: its own, and the Spring Festival where that fell between the point before and this one."""
    found: list[list[str]] = []
    for before, day in zip([days[0] - timedelta(days=1), *days[:-1]], days, strict=True):
        festival = calendar.festival_between(before, day)
        span = "–".join(dict.fromkeys(f"{one:%m-%d}" for one in festival or ()))
        said = [f"{span} {Text('春节放假', 'Spring Festival')}"] if festival else []
        if day in calendar.holidays and not (festival and festival[0] <= day):
            said.append(f"{day:%m-%d} {Text(f'{calendar.holidays[day]}放假', 'statutory holiday')}")
        found.append(said)
    return found


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
