"""The overview page: the first question of a bank's leaders, "how are we, and what changed?"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from maisui.answers import Comparison, Expected, ForecastQuery, Metric, Period, Timing, Unit
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import column_scale, largest_of, scale_of, short
from maisui.web.gateway import Gateway
from maisui.web.notes.desk import ShownNote
from maisui.web.pages.overview.bases import bases_of
from maisui.web.pages.overview.children import BY_NAME, children_of
from maisui.web.pages.overview.drawings import MAP_HEIGHT
from maisui.web.pages.overview.explanation import explanation_context
from maisui.web.pages.overview.figures import (
    CLASSED_LOANS,
    SPARK_MONTHS,
    STRUCTURES,
    TREND_MONTHS,
    attempt,
    cards_of,
    finding_of,
    metrics_by_code,
    months_before,
    ranking_of,
    structure_of,
    trend_of,
)
from maisui.web.pages.overview.frame import controls_of, frame_of, is_fragment, organisation_choices
from maisui.web.pages.overview.inclusive import inclusive_of, market_of
from maisui.web.pages.overview.multiples import multiples_of
from maisui.web.pages.overview.narrative import narrative_of
from maisui.web.pages.overview.notes import holidays_at, notes_beside, said_at
from maisui.web.pages.overview.state import COMPARISON_NAMES, KPIS, State
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.targets.figures import Goal, goals_of_year
from maisui.web.text import choose

PARTS = ("narrative", "narrative_more", "bases", "multiples", "children", "structure", "inclusive", "organisations", "explain")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the overview, or the fragment of it that htmx asked for."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "overview/page.html", {"is_empty": True})
    asked = State.of(request.GET)
    part, state = request.GET.get("part", ""), replace(asked, explained="")
    context = frame_of(gateway, state, fresh.reporting_date)
    fragment = is_fragment(request)
    explained = asked.explained or state.metric
    if fragment and part in PARTS:
        response = render(request, f"overview/_{part}.html", context | _part(gateway, state, part, explained, context))
    else:
        context |= _first_screen(gateway, state, context["day"], context["names"]) | _look_in(gateway, state.organisation)
        if part == "explain":
            context |= {"opened": _part(gateway, state, part, explained, context)}
        response = render(request, "overview/_page.html" if fragment else "overview/page.html", context)
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def warm(gateway: Gateway) -> None:
    """Compute what the page shows when it is opened without any choice, so that it is there when somebody opens it."""
    fresh = gateway.freshness()
    if fresh is None:
        return
    state = State()
    frame = frame_of(gateway, state, fresh.reporting_date)
    _first_screen(gateway, state, frame["day"], frame["names"])
    narrative_of(gateway, state)
    children_of(gateway, state, frame["names"])
    for wanted in STRUCTURES:
        _structure(gateway, state, *wanted)


def _look_in(gateway: Gateway, organisation: str | None) -> dict[str, Any]:
    """Return which bank of a union is shown whose organisations are seen by its leave only, and how far the viewer's right is."""
    whole = gateway.may(Permission.UNION_VIEW) and gateway.viewer.is_whole_entity(Permission.UNION_VIEW)
    if not (gateway.bank.home.is_union and whole and organisation):
        return {}
    if organisation not in {member.code for member in gateway.union.members()}:
        return {}
    return {"county": organisation, "county_grant": gateway.union.grants().get(organisation)}


def _first_screen(gateway: Gateway, state: State, day: date, names: dict[str, str]) -> dict[str, Any]:
    ends = gateway.month_ends()
    days = months_before(day, ends, TREND_MONTHS)
    metrics = metrics_by_code(gateway)
    ranking = attempt(lambda: ranking_of(gateway, state, names))
    goals = attempt(lambda: goals_of_year(gateway, state)).value or {}
    noted = notes_beside(gateway, state, days)
    gateway.ask(state.question(KPIS[0]))  # an organisation out of sight or a day out of history is no card's fault: it answers for the page
    return {
        "cards": [
            (code, metrics[code], card, _goal(state, goals.get(code)))
            for code, card in zip(KPIS, cards_of(gateway, state, KPIS, days), strict=True)
        ],
        "ranking": ranking,
        "ranking_scale": column_scale((part.value for part in ranking.value[1]), ranking.value[0].unit) if ranking.value else None,
        "trend": attempt(lambda: trend_card(gateway, state, days, noted["notes_by_day"])),
        "trend_notes": noted,
        "finding": finding_of(ranking.value[1]) if ranking.value else None,
        "metric": metrics.get(state.metric),
        "metrics": [item for item in metrics.values() if not item.is_per_target],
        **controls_of(gateway, state, day),
        "metric_fields": state.pairs("metric"),
    }


def _goal(state: State, goal: Goal | None) -> tuple[Goal, str] | None:
    """Return the target of the year with the address of the page of targets, which asks for the year unless told otherwise."""
    plain = State()
    return (goal, state.query(metric=goal.line.metric.code, period=plain.period, sort=plain.sort)) if goal else None


def trend_card(
    gateway: Gateway, state: State, days: tuple[date, ...], notes: Mapping[date, list[ShownNote]] | None = None
) -> dict[str, Any]:
    """Return what the drawing of the state's metric over `days` needs: points, scale, notes and the chart's data."""
    moved, before = trend_of(gateway, state, days)
    values = dict(moved.points)
    unit = moved.metric.unit
    points = [(day, values.get(day), before[day]) for day in days]
    known = [value for _, value, _ in points if value is not None]
    return {
        "metric": moved.metric,
        "points": points,
        "is_empty": len(known) <= 1,
        "expected": _expected(gateway, state, moved.metric, days[-1]),
        "is_running": state.period is not Period.DAY and moved.metric.numerator.timing in (Timing.PERIOD, Timing.AVERAGE),
        "holidays": dict(zip(days, holidays_at(gateway.working_days(), days), strict=True)),
        "has_base": any(base is not None for _, _, base in points),
        "scale": scale_of(largest_of([*known, *before.values()]), unit),  # as on the chart's axis, which has room for both lines
        "data": {
            "days": [day.isoformat() for day in days],
            "values": [None if value is None else str(value) for _, value, _ in points],
            "base": [None if base is None else str(base) for _, _, base in points],
            "unit": unit.name,
            "names": [choose("本期", "This period"), choose("上年同期", "Last year")],
            "shown": ["".join(short(value, unit)) for _, value, _ in points],
            "notes": said_at(notes, days) if notes else [],
            "holidays": holidays_at(gateway.working_days(), days),
            "shown_base": ["".join(short(base, unit)) for _, _, base in points],
        },
    }


def _expected(gateway: Gateway, state: State, metric: Metric, day: date) -> Expected | None:
    """Return what is expected of the month end after `day`, where that is the next to be forecast and a point of the line is a month."""
    if state.period is not Period.MONTH and metric.numerator.timing is not Timing.POINT:
        return None
    found = gateway.forecasts.next_month(ForecastQuery(metric.code, state.organisation))
    return found if found and day == found.day.replace(day=1) - timedelta(days=1) else None


def _part(gateway: Gateway, state: State, part: str, explained: str, frame: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Callable[[], dict[str, Any]]] = {
        "narrative": lambda: {"told": attempt(lambda: narrative_of(gateway, state))},
        "narrative_more": lambda: {"told": attempt(lambda: narrative_of(gateway, state))},
        "bases": lambda: _bases(gateway, state, frame["day"]),
        "multiples": lambda: _multiples(gateway, state, frame),
        "children": lambda: _children(gateway, state, frame["names"]),
        "structure": lambda: {"structures": [_structure(gateway, state, *wanted) for wanted in STRUCTURES]},
        "inclusive": lambda: _inclusive(gateway, state, frame["day"]),
        "organisations": lambda: organisation_choices(gateway, state),
        "explain": lambda: explanation_context(gateway, state, metric=explained, organisation=frame["organisation"]),
    }
    return found[part]()


def _multiples(gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    days = months_before(frame["day"], gateway.month_ends(), SPARK_MONTHS)
    return {
        "multiples": attempt(lambda: multiples_of(gateway, state, frame["names"], days)),
        "map_height": MAP_HEIGHT,
    }


def _bases(gateway: Gateway, state: State, day: date) -> dict[str, Any]:
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    return {"bases": bases_of(gateway, state, days), "base_names": [COMPARISON_NAMES[item] for item in Comparison]}


def _inclusive(gateway: Gateway, state: State, day: date) -> dict[str, Any]:
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    return {
        "inclusive": attempt(lambda: inclusive_of(gateway, state, days)),
        "market": attempt(lambda: market_of(gateway, state, days)),
        "share_unit": Unit.SHARE,
        "yuan_unit": Unit.YUAN,
    }


def _children(gateway: Gateway, state: State, names: dict[str, str]) -> dict[str, Any]:
    table = children_of(gateway, state, names)
    metrics = metrics_by_code(gateway)
    by_name = state.sort.lstrip("-") == BY_NAME
    without = {code: tuple(item for item in KPIS if (item in state.columns) != (item == code)) for code in KPIS}
    return {
        "children": table,
        "density_query": state.query(is_compact=not state.is_compact),
        "column_choices": [(metrics[code], code in state.columns, state.query(columns=without[code] or KPIS)) for code in KPIS],
        "name_query": state.query(sort=f"-{BY_NAME}" if state.sort == BY_NAME else BY_NAME, page=1),
        "name_sorted": ("▼" if state.sort.startswith("-") else "▲") if by_name else "",
        "page_choices": [(number, state.query(page=number)) for number in range(1, table.pages + 1)],
    }


def _structure(gateway: Gateway, state: State, code: str, title: object, metric: str, split: str, is_denominator: bool) -> dict[str, Any]:
    tried = attempt(lambda: structure_of(gateway, state, metric, split, is_denominator=is_denominator))
    found = tried.value
    parts = [(value_word(part.code), part) for part in found[1]] if found else []
    balance = metrics_by_code(gateway).get(code)
    scale = scale_of(largest_of(part.value for _, part in parts), balance.unit) if balance else None
    return {
        "code": code,
        "title": title,
        "tried": tried,
        "parts": parts,
        "metric": balance,
        "scale": scale,
        "holds": CLASSED_LOANS if is_denominator else None,
    }
