"""The page of a union: how is the jurisdiction, which bank stands where, whose data are late, and where do banks contradict each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import LINE_NAMES, ConsolidatedLine, MemberVersion, Unit
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.county_access import DAYS_OFFERED, SHORTEST_REASON, ask_for_county
from maisui.web.components.figures import column_scale, table_scales
from maisui.web.county_access.models import LONGEST_REASON
from maisui.web.gateway import Gateway
from maisui.web.pages.jurisdiction.peers import COLUMNS, KINDS, SIZES, peers_of
from maisui.web.pages.overview.figures import attempt, cards_of, metrics_by_code, months_before
from maisui.web.pages.overview.frame import controls_of, frame_of, is_fragment
from maisui.web.pages.overview.state import KPIS, State
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_TREND_MONTHS = 13
_MIRRORS_SHOWN = 24
STATEMENTS = {
    "asset": Text("资产", "Assets"),
    "joint": Text("共同类", "Joint"),
    "liability": Text("负债", "Liabilities"),
    "equity": Text("权益", "Equity"),
    "income": Text("本年损益", "Result of the year"),
}

ELIMINATIONS: dict[str, Text] = {
    "clearing": Text("清算资金往来", "Clearing between banks"),
    "internal": Text("系统内往来", "Positions within the union"),
}
"""Rules of elimination that have a name in both languages; others are called as the union wrote them."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the jurisdiction: cards, banks side by side, the state of their data, mirrors and the consolidated balance sheet."""
    gateway = _gateway(request)
    desk, fresh = gateway.union, gateway.freshness()
    members = desk.members()
    if fresh is None or not members:
        return render(request, "jurisdiction/page.html", {"is_empty": True, "is_union": gateway.bank.home.is_union})
    state = state_of(request)
    context = frame_of(gateway, state, fresh.reporting_date) | controls_of(gateway, state, state.day or fresh.reporting_date)
    day: date = context["day"]
    days = months_before(day, gateway.month_ends(), _TREND_MONTHS)
    metrics = metrics_by_code(gateway)
    mirrors = desk.mirrors()
    context |= {
        "cards": [(code, metrics[code], card) for code, card in zip(KPIS, cards_of(gateway, state, KPIS, days), strict=True)],
        "peers": peers_of(gateway, state, members),
        "metric": metrics[state.metric],
        "kinds": _choices(state, "kind", KINDS, {member.kind for member in members}),
        "sizes": _choices(state, "size", SIZES, set(SIZES)),
        "size_names": SIZES,
        "members": [_standing(member, fresh.reporting_date) for member in members],
        "grants": desk.grants(),
        "answered": desk.answered(),
        "wanted": request.GET.get("county", ""),
        "mirrors": mirrors[:_MIRRORS_SHOWN],
        "mirror_count": len(mirrors),
        "untied": sum(not line.ties for line in mirrors if line.is_compared),
        "unheard": sum(not line.is_compared for line in mirrors),
        "names": {member.code: Text(member.name_zh, member.name_en) for member in members},
        "days_offered": DAYS_OFFERED,
        "shortest_reason": SHORTEST_REASON,
        "longest_reason": LONGEST_REASON,
        "yuan": Unit.YUAN,
        "ledger": attempt(lambda: _ledger(gateway, day)),
    }
    return render(request, "jurisdiction/_page.html" if is_fragment(request) else "jurisdiction/page.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Ask a county to be let in for some days, with the reason."""
    gateway, user = _gateway(request), _user(request)
    days = request.POST.get("days", "")
    try:
        ask_for_county(
            gateway,
            user,
            request.POST.get("county", ""),
            reason=request.POST.get("reason", ""),
            days=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,  # noqa: PLR2004 - at most 90
        )
    except ActionRefusedError as error:
        messages.error(request, str(error.reason))
    else:
        messages.success(request, str(Text("已提交，待该行批准", "Asked; the county decides")))
    return redirect("jurisdiction")


@require_safe
def county(request: HttpRequest, code: str) -> HttpResponse:
    """Show one county's organisations to whom it let in; the look is recorded first."""
    gateway = _gateway(request)
    desk, fresh = gateway.union, gateway.freshness()
    state = State.of(request.GET)
    metrics = metrics_by_code(gateway)
    wanted = [name for name in COLUMNS if name in metrics and "organisation" in metrics[name].dimensions]
    day = state.day or (fresh.reporting_date if fresh else date.min)
    found = desk.county(code, wanted, day, state.organisation)
    names = {node.code: node.name for node in found.tree}
    parents = {node.code: node.parent_code for node in found.tree}
    open_below = {node.parent_code for node in found.tree}
    scales = table_scales(
        {name: (metrics[name].unit, [row.value for row in below.rows]) for name, below in zip(wanted, found.children, strict=True)}
    )
    table = [
        (
            metrics[name],
            scales[name],
            total.rows[0].value if total.rows else None,
            {row.dimensions["child"]: row.value for row in below.rows},
        )
        for name, total, below in zip(wanted, found.totals, found.children, strict=True)
    ]
    roots = [node.code for node in found.tree if node.parent_code is None]
    own = state.organisation or (roots[0] if len(roots) == 1 else "")
    places = sorted({place for *_, values in table for place in values}, key=lambda place: (place != own, place))
    context = {
        "county": found,
        "name": Text(found.home.name_zh, found.home.name_en),
        "columns": [(metric, scale, total) for metric, scale, total, _ in table],
        "lines": [
            (
                place,
                names.get(place, place),
                place == own,
                place in open_below,
                [(values.get(place), metric.unit, scale) for metric, scale, _, values in table],
            )
            for place in places
        ],
        "top": names.get(own, ""),
        "organisation": names.get(state.organisation or "", ""),
        "above": parents.get(state.organisation or ""),
        "is_below": state.organisation is not None,
    }
    return render(request, "jurisdiction/county.html", context)


def state_of(request: HttpRequest) -> State:
    """Return the page's state: always of the whole union, its kind and size of members kept as what it is narrowed to."""
    asked = State.of(request.GET)
    known = {"kind": KINDS, "size": SIZES}
    within = tuple((name, value) for name, value in dict(asked.within).items() if value in known.get(name, ()))
    metric = asked.metric if asked.metric in COLUMNS else COLUMNS[0]
    return replace(asked, organisation=None, within=within, metric=metric, split="", explained="")


def _choices(state: State, name: str, words: dict[str, Text], offered: set[str]) -> list[tuple[Text, bool, str]]:
    """Return what the table can be narrowed to in one respect, everything first, each with its address."""
    chosen = dict(state.within)
    others = tuple(item for item in state.within if item[0] != name)
    everything = (Text("全部", "All"), name not in chosen, state.query(within=others))
    return [
        everything,
        *((words[code], chosen.get(name) == code, state.query(within=(*others, (name, code)))) for code in words if code in offered),
    ]


def _standing(member: MemberVersion, day: date) -> tuple[MemberVersion, str, list[Any]]:
    """Return a member, whether it is current, late or missing, and its controls that do not tie."""
    state = "missing" if member.is_missing else "late" if member.is_late(day) else "current"
    return member, state, [control for control in member.controls if control.violations]


def _ledger(gateway: Gateway, day: date) -> dict[str, Any]:
    on, rules = gateway.union.eliminations(day)
    sheet = gateway.union.consolidated_sheet(day)
    scale = column_scale([line.summed for line in sheet.lines], Unit.YUAN)
    return {
        "day": on,
        "rules": [(ELIMINATIONS.get(rule.rule, rule.rule), rule) for rule in rules],
        "scale": scale,
        "sheet": sheet,
        "sections": _sections(sheet.lines),
    }


def _sections(lines: tuple[ConsolidatedLine, ...]) -> list[tuple[Text, list[tuple[Text, ConsolidatedLine]], ConsolidatedLine]]:
    found: list[tuple[Text, list[tuple[Text, ConsolidatedLine]], ConsolidatedLine]] = []
    for code, title in STATEMENTS.items():
        mine = [line for line in lines if line.statement == code and (line.summed or line.eliminated)]
        if mine:
            total = ConsolidatedLine(
                code,
                "",
                sum((x.summed for x in mine), start=mine[0].summed * 0),
                sum((x.eliminated for x in mine), start=mine[0].summed * 0),
            )
            found.append((title, [(Text(*LINE_NAMES.get(line.line, (line.line, line.line))), line) for line in mine], total))
    return found


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
