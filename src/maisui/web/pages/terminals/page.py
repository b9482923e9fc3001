"""The page of terminals: are they used, do they pay, and what might be done about those that do not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Period, Terminals, Unit
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.models import SignalSource
from maisui.web.pages.one_product.blocks import drawn
from maisui.web.pages.outlet_tasks.became import Became
from maisui.web.pages.overview.drawings import MAP_HEIGHT
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import SPARK_MONTHS, Tried, attempt, cards_of, months_before, own_code
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.pages.terminals.figures import (
    ADVICE,
    BANDS,
    LINES,
    ROWS,
    SHOWN_SUGGESTIONS,
    bands_of,
    children,
    places_of,
    terminals_of,
    why_no_move,
)

_WHOLE_MONTHS = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.TO_DATE)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show terminals, or the fragment of the page that htmx asked for."""
    asked = State.of(request.GET)
    if asked.period is Period.DAY:
        asked = replace(asked, period=Period.MONTH)
    return figure_page(request, "terminals", asked, _content, LINES[0])


def _content(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.ask(state.question(LINES[0]))  # out of sight or out of history: the whole page says so
    days = months_before(frame["day"], gateway.month_ends(), SPARK_MONTHS)
    names = frame["names"]
    tried = attempt(lambda: terminals_of(gateway, state, frame["day"]))
    return (
        controls_of(gateway, state, frame["day"])
        | {
            "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item, page=1)) for item in _WHOLE_MONTHS],
            "lines": cards_of(gateway, state, LINES, days),
            "below": attempt(lambda: children(gateway, state, names)),
            "tried": tried,
            "count": Unit.COUNT,
            "yuan": Unit.YUAN,
            "each": Unit.COUNT_EACH,
        }
        | _one_by_one(gateway, state, tried, names)
    )


def _one_by_one(gateway: Gateway, state: State, tried: Tried[Terminals], names: dict[str, str]) -> dict[str, Any]:
    if tried.value is None or not tried.value.terminals:
        return {"rows": ()}
    every = tried.value.terminals
    pages = -(-len(every) // ROWS)
    page = min(state.page, pages)
    became = Became(gateway, SignalSource.TERMINAL, state)
    return {
        "bands": list(BANDS.values()),
        "band_lines": [(value_word(line.kind), line) for line in bands_of(every)],
        "suggestions": [
            (
                ADVICE[item.advice],
                item,
                names.get(item.terminal.organisation_code, ""),
                names.get(item.other_organisation or "", ""),
                became.of(item.terminal.terminal_number, item.terminal.organisation_code),
            )
            for item in tried.value.suggestions[:SHOWN_SUGGESTIONS]
        ],
        "tasks": drawn(
            became.block(
                lambda code: names.get(code, "—").removeprefix(names.get(own_code(gateway, state), "")),
                {one.terminal_number: one.per_day for one in every},
                is_whole=False,
            )
        ),
        "suggestion_count": len(tried.value.suggestions),
        "why_no_move": why_no_move(tried.value, names),
        "rows": [
            (one, value_word(one.channel_code), BANDS[one.band_code], names.get(one.organisation_code, one.organisation_code))
            for one in every[(page - 1) * ROWS : page * ROWS]
        ],
        "slice": Slice((), page, pages, len(every)),
        "places": places_of(gateway, every, names),
        "map_height": MAP_HEIGHT,
    }
