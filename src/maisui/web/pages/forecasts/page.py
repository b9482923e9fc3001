"""The page of forecasts: months ahead with a measured interval, how they are known, what came of earlier ones, parts and scenario."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from maisui.answers import FORECAST_METRICS, ForecastLine, ForecastView, OrganisationNode, Rung, SaidAndCame, Unit
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import column_scale, largest_of, scale_of, short
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.words import channel_word
from maisui.web.pages.forecasts.scenario import has_rate, scenario_of
from maisui.web.pages.forecasts.state import MOST_RATE, MOST_VOLUME, State
from maisui.web.pages.forecasts.words import METHODS, RUNGS, SAID, rung_said, shift_said
from maisui.web.pages.organisation_choice import picker
from maisui.web.pages.overview.frame import is_fragment
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text, choose

SHOWN_MONTHS = 25
STEPS_SHOWN = (1, 3, 6)
"""After how many months what was said is held against what came."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what is expected, the fragment of it that htmx asked for, or the choice of organisations for the picker."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "forecasts/page.html", {"is_empty": True})
    state = State.of(request.GET)
    by_code = {node.code: node for node in gateway.organisations()}
    fragment = is_fragment(request)
    if request.GET.get("part") == "organisations":
        return picker(request, by_code.values(), state.organisation, lambda code: state.query(organisation=code))
    response = render(request, "forecasts/_page.html" if fragment else "forecasts/page.html", _context(gateway, state, by_code))
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def member_word(found: ForecastView) -> Callable[[str], Text]:
    """Return how values of a forecast's dimension are called."""
    return channel_word if found.dimension.code == "channel" else value_word


def _context(gateway: Gateway, state: State, by_code: dict[str, OrganisationNode]) -> dict[str, Any]:
    found = gateway.forecasts.of(state.question())
    roots = [node for node in by_code.values() if node.parent_code not in by_code]
    organisation = by_code.get(state.organisation or "") or (roots[0] if len(roots) == 1 else None)
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    context: dict[str, Any] = {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "organisation_name": organisation.name if organisation else "",
        "path": _path(organisation, by_code),
        "metric": metrics[state.metric],
        "metrics": [(metrics[code], code == state.metric, state.query(metric=code, member=None)) for code in FORECAST_METRICS],
        "found": found,
        "is_before_first_month": not gateway.whole_months(),
        "may_export": found is not None and gateway.may(Permission.FIGURE_EXPORT),
    }
    if found is None:
        return context
    word = member_word(found)
    names = {code: node.name for code, node in by_code.items()}
    own = organisation.code if organisation else ""
    amounts = [amount for _, amount in found.history] + [one.amount for one in found.ahead]
    scale = scale_of(largest_of(amounts), found.metric.unit)
    return context | {
        "member": word(state.member) if state.member else None,
        "member_fields": state.pairs("member"),
        "scenario_fields": state.pairs("volume", "rate"),
        "member_choices": _member_choices(gateway, state, found),
        "scale": scale,
        "rung": RUNGS[found.rung],
        "rung_said": rung_said(found),
        "trust_said": Text(found.trust.said_zh, found.trust.said_en) if found.rung in (Rung.TRIAL, Rung.IN_USE) else None,
        "shift_said": shift_said(found),
        "chart": _chart(found),
        "months": _months(found),
        "methods": [(METHODS[method], SAID[method], count, amount) for method, count, amount in found.methods],
        "errors": [(METHODS[method], error, place == 0) for place, (method, error) in enumerate(found.errors)],
        "ratio": found.mean_errors[0] / found.mean_errors[1] if found.mean_errors and found.mean_errors[1] else None,
        "coverage": Decimal(found.covered) / found.tried if found.tried else None,
        "kind_coverage": Decimal(found.spread.covered) / found.spread.tried if found.spread.tried else None,
        "past": _past(found, found.past, STEPS_SHOWN),
        "published": _past(found, found.published, range(1, len(found.ahead) + 1)),
        "member_title": Text("各渠道", "Channels") if found.dimension.code == "channel" else Text("各产品组", "Product groups"),
        "child_title": Text("各下级机构", "Organisations below"),
        "children": _table(found.children, lambda code: _child_name(code, own, names), lambda code: code != own and code in by_code),
        "members": _table(found.members, word, lambda _: True),
        "children_scale": column_scale([line.last for line in found.children], found.metric.unit),
        "members_scale": column_scale([line.last for line in found.members], found.metric.unit),
        "total": found.history[-1][1],
        "breaks": [
            (one.day, names.get(one.organisation), names.get(one.successor or "")) for one in found.breaks if one.organisation in names
        ],
        "scenario": scenario_of(gateway, state, found),
        "share_unit": Unit.SHARE,
        "has_rate": has_rate(state.metric),
        "most_volume": MOST_VOLUME,
        "most_rate": MOST_RATE,
    }


def _member_choices(gateway: Gateway, state: State, found: ForecastView) -> list[tuple[str, Text, bool]]:
    """Return the product groups or channels of the organisation, whichever is chosen."""
    whole = found if state.member is None else gateway.forecasts.of(State(state.organisation, state.metric).question())
    word = member_word(found)
    return [(line.code, word(line.code), line.code == state.member) for line in (whole.members if whole else ())]


def _child_name(code: str, own: str, names: dict[str, str]) -> Text | str:
    return Text("本机构直属", "Its own") if code == own else names.get(code, code)


def _months(found: ForecastView) -> list[dict[str, Any]]:
    """Return the months ahead, each with its change from the last known month."""
    last = found.history[-1][1]
    return [{"expected": one, "change": one.amount - last, "rate": _rate(found, one.amount - last, last)} for one in found.ahead]


def _past(found: ForecastView, came: Iterable[SaidAndCame], steps: Container[int]) -> list[dict[str, Any]]:
    """Return what was said so many months ahead beside what came, the latest month first."""
    lines: list[dict[str, Any]] = []
    for one in came:
        ahead = one.day.year * 12 + one.day.month - one.made_on.year * 12 - one.made_on.month
        if ahead in steps:
            difference = one.came - one.said
            lines.append({"one": one, "ahead": ahead, "difference": difference, "rate": _rate(found, difference, one.said)})
    return sorted(lines, key=lambda line: (line["one"].day, -line["ahead"]), reverse=True)


def _rate(found: ForecastView, part: Decimal, whole: Decimal) -> Decimal | None:
    """Return a share of a whole; None for figures that are now above and now below nothing, of which a share says nothing."""
    return part / whole if whole > 0 and all(amount >= 0 for _, amount in found.history) else None


def _table(lines: tuple[ForecastLine, ...], name: Callable[[str], Text | str], leads_down: Callable[[str], bool]) -> list[dict[str, Any]]:
    """Return the parts as rows; where the whole is not told, no part is, and a row has no months ahead."""
    return [
        {
            "line": line,
            "name": name(line.code),
            "leads_down": leads_down(line.code),
            "cells": [line.ahead[step - 1] for step in STEPS_SHOWN] if line.ahead else [],
            "how": METHODS[line.method] if line.method else Text("各序列之和", "Sum of series"),
            "rung": RUNGS[line.rung],
        }
        for line in lines
    ]


def _chart(found: ForecastView) -> dict[str, Any]:
    """Return the drawing: the last months known, then those ahead with their interval, which begins at the last known one."""
    history = found.history[-SHOWN_MONTHS:]
    unit = found.metric.unit
    blank = [None] * (len(history) - 1)
    last = history[-1][1]
    ahead = found.ahead
    expected = [*blank, last, *(one.amount for one in ahead)]
    low = [*blank, last, *(one.low for one in ahead)]
    high = [*blank, last, *(one.high for one in ahead)]
    spans = [f"{''.join(short(one.low, unit))} – {''.join(short(one.high, unit))}" if one.low is not None else "" for one in ahead]
    return {
        "days": [day.isoformat() for day, _ in history] + [one.day.isoformat() for one in ahead],
        "values": [str(amount) for _, amount in history] + [None] * len(ahead),
        "base": [None if one is None else str(one) for one in expected],
        "low": [None if one is None else str(one) for one in low],
        "high": [None if one is None else str(one) for one in high],
        "unit": unit.name,
        "names": [choose("实际", "Actual"), choose("预测", "Expected")],
        "shown": ["".join(short(amount, unit)) for _, amount in history] + [""] * len(ahead),
        "shown_base": [
            *([""] * len(history)),
            *(
                f"{''.join(short(one.amount, unit))}（{span}）" if span else "".join(short(one.amount, unit))
                for one, span in zip(ahead, spans, strict=True)
            ),
        ],
    }


def _path(node: OrganisationNode | None, by_code: dict[str, OrganisationNode]) -> list[OrganisationNode]:
    found: list[OrganisationNode] = []
    while node is not None:
        found.append(node)
        node = by_code.get(node.parent_code) if node.parent_code else None
    return found[::-1]
