"""Does an old report agree with us, and if not, why: the list of reported figures, and one figure with its causes down to accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Agreement, Cause, FigureComparison, ReportedFigure, Unit
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.reported_figures import LONGEST_WORDS, SHORTEST_WORDS, accept_difference, accepted_of, all_accepted
from maisui.web.archive.models import AcceptedDifference
from maisui.web.components.figures import column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.compare.state import FigureState, ListState, without
from maisui.web.pages.compare.words import REASONS, STATES, CauseWords, words_of
from maisui.web.pages.contribution.figures import Step, drawn_steps
from maisui.web.pages.overview.state import State
from maisui.web.pages.page import needs
from maisui.web.pages.paging import ROWS, Slice
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

_SHOWN_CANDIDATES = 30
_SHOWN_OTHERS = 5


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the list: a comparison in words, and the address of its page."""

    comparison: FigureComparison
    organisation: str
    state: Text
    reason: Text | None
    causes: tuple[Text, ...]
    query: str
    accepted: AcceptedDifference | None


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause in words, its share of the difference, the address that opens or assumes it, and that of the figure it is a side of."""

    cause: Cause
    words: CauseWords
    share: Decimal | None
    query: str
    is_open: bool = False
    is_assumed: bool = False
    part_query: str = ""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """List the reported figures within the viewer's scope; report, state and page stand in the address."""
    gateway = _gateway(request)
    wanted = ListState.of(request.GET)
    every = gateway.reports.figures()
    figures = [figure for figure in every if not wanted.report or figure.report == wanted.report]
    is_whole = bool(wanted.agreement) or len(figures) <= ROWS
    lines = lines_of(gateway, figures) if is_whole else []
    counts = Counter(line.comparison.state for line in lines)
    found = [line for line in lines if not wanted.agreement or line.comparison.state == wanted.agreement]
    count = len(found) if is_whole else len(figures)
    pages = max(1, -(-count // ROWS))
    page = min(wanted.page, pages)
    shown = slice((page - 1) * ROWS, page * ROWS)
    here = found[shown] if is_whole else lines_of(gateway, figures[shown])
    context = {
        "filter": wanted,
        "lines": here,
        "slice": Slice(here, page, pages, count),
        "reports": sorted({figure.report for figure in every}),
        "states": [
            (state, name, counts[state] if is_whole else "", state == wanted.agreement)
            for state, name in STATES.items()
            if counts[state] or state == wanted.agreement or not is_whole
        ],
        "share": Unit.SHARE,
        "total": len(figures),
        "fresh": gateway.freshness(),
        "may_upload": gateway.may(Permission.DATA_UPLOAD),
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
    }
    return render(request, "compare/page.html", context)


@require_safe
def one(request: HttpRequest) -> HttpResponse:
    """Show one reported figure against ours; the opened cause and what is assumed stand in the address."""
    return _one(request, FigureState.of(request.GET))


@require_POST
@needs(Permission.DIFFERENCE_ACCEPT)
def accept(request: HttpRequest) -> HttpResponse:
    """Keep a person's word that a difference is understood."""
    gateway, state = _gateway(request), FigureState.of(request.GET)
    user = request.user
    assert isinstance(user, StaffUser)  # noqa: S101 - behind sign-in
    figure = figure_of(gateway, state)
    words = request.POST.get("words", "")
    try:
        accept_difference(gateway, user, gateway.reports.compared(figure, state.assumed), words=words)
    except ActionRefusedError as error:
        return _one(request, state, fault=error.reason, typed=words)
    messages.success(request, str(Text("已记录", "Kept")))
    return redirect(f"{reverse('compare_one')}?{state.query()}#accepted")


def figure_of(gateway: Gateway, state: FigureState) -> ReportedFigure:
    """Return the figure that an address names.

    Raises:
        NotVisibleError: when it is none that the viewer may see.
    """
    return gateway.reports.figure(
        report=state.report, organisation=state.organisation, day=state.day, metric=state.metric, currency=state.currency
    )


def lines_of(gateway: Gateway, figures: Iterable[ReportedFigure]) -> list[FigureLine]:
    """Return reported figures within the viewer's scope, held against ours; one that fails says so in its line."""
    names = names_of(gateway)
    accepted: dict[tuple[object, ...], AcceptedDifference] = {}
    for said in all_accepted():
        key = (said.report_name, said.organisation_code, said.measured_on, said.metric_code, said.currency)
        accepted.setdefault(key, said)
    found: list[FigureLine] = []
    for figure in figures:
        comparison = gateway.reports.listed(figure)
        found.append(
            FigureLine(
                comparison,
                names.get(figure.organisation, ""),
                STATES[comparison.state],
                REASONS.get(comparison.reason),
                tuple(words_of(cause, names).name for cause in comparison.causes),
                FigureState.at(figure).query(),
                accepted.get((figure.report, figure.organisation, figure.day, figure.metric, figure.currency)),
            )
        )
    return found


def names_of(gateway: Gateway) -> dict[str, str]:
    """Return the names of the organisations the viewer may see, by code, without the name of the highest of them in front."""
    seen = gateway.organisations(Permission.FIGURE_EXPLAIN)
    return {node.code: node.name.removeprefix(seen[0].name) or node.name for node in seen}


def cause_lines(comparison: FigureComparison, causes: tuple[Cause, ...], names: Mapping[str, str], state: FigureState) -> list[CauseLine]:
    """Return causes in words, each with its share of the difference and the address that opens it."""
    whole = comparison.difference
    return [
        CauseLine(
            cause,
            words_of(cause, names),
            cause.amount / whole if whole else None,
            state.query(cause="" if cause.code == state.cause else cause.code, page=1),
            cause.code == state.cause,
            cause.code in state.assumed,
            _part_query(cause, state),
        )
        for cause in causes
    ]


def _part_query(cause: Cause, state: FigureState) -> str:
    """Return the address of the reported numerator or denominator that a cause speaks of, which is explained in yuan."""
    side, _, metric = cause.code.partition("=")
    return state.query(metric=metric, cause="", assumed=(), page=1) if side in ("numerator", "denominator") else ""


def steps_of(comparison: FigureComparison, names: Mapping[str, str]) -> tuple[Step, ...]:
    """Return the waterfall from the report's figure over every cause to ours."""
    causes = [*comparison.causes, *([_unexplained(comparison)] if comparison.unexplained else [])]
    lines: list[tuple[Text, Text | str, str, Decimal, bool]] = [(Text("报表", "The report"), "", "", comparison.figure.theirs, True)]
    for cause in causes:
        words = words_of(cause, names)
        lines.append((words.name, words.why, cause.code if cause.has_rows else "", cause.amount, False))
    lines.append((Text("本系统", "Ours"), "", "", comparison.ours or Decimal(0), True))
    return drawn_steps(lines)


def _one(request: HttpRequest, state: FigureState, *, fault: Text | None = None, typed: str = "") -> HttpResponse:
    gateway = _gateway(request)
    figure = figure_of(gateway, state)
    comparison = gateway.reports.compared(figure, state.assumed)
    names = names_of(gateway)
    unit = comparison.metric.unit if comparison.metric else Unit.YUAN
    steps = steps_of(comparison, names) if comparison.ours is not None else ()
    context: dict[str, Any] = {
        "state": state,
        "figure": figure,
        "comparison": comparison,
        "organisation": names.get(figure.organisation, ""),
        "state_name": STATES[comparison.state],
        "is_bad": comparison.state in (Agreement.PARTLY, Agreement.UNEXPLAINED, Agreement.NOT_COMPARABLE),
        "reason": REASONS.get(comparison.reason),
        "unit": unit,
        "steps": [(step, state.query(cause=step.code, page=1) if step.code else "") for step in steps],
        "scale": column_scale([step.amount for step in steps if step.amount], unit),
        "causes": cause_lines(comparison, comparison.causes, names, state),
        "unexplained": words_of(_unexplained(comparison), names) if comparison.unexplained else None,
        "others": [cause_lines(comparison, causes, names, state) for causes in comparison.others[:_SHOWN_OTHERS]],
        "more_others": max(0, len(comparison.others) - _SHOWN_OTHERS),
        "candidates": _candidates(comparison, names, state),
        "assumed": [
            (code, _assumed_name(code, comparison, names), state.query(assumed=without(state.assumed, code), cause="", page=1))
            for code in state.assumed
        ],
        "ours_query": State(organisation=figure.organisation, day=figure.day, metric=figure.metric, explained=figure.metric).query(),
        "accepted": [
            (said, said.our_amount != f"{comparison.ours}" or said.their_amount != f"{figure.theirs}") for said in accepted_of(figure)
        ],
        "may_accept": gateway.may(Permission.DIFFERENCE_ACCEPT) and bool(comparison.difference),
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "may_see_accounts": gateway.may(Permission.CUSTOMER_VIEW),
        "shortest": SHORTEST_WORDS,
        "longest": LONGEST_WORDS,
        "fault": fault,
        "typed": typed,
    }
    opened = _opened(comparison, state)
    if opened is not None and context["may_see_accounts"]:
        rows = gateway.reports.rows(comparison, opened, page=state.page, page_size=ROWS)
        context |= {
            "opened": words_of(opened, names),
            "opened_amount": opened.amount,
            "rows": [(row, names.get(row.organisation, ""), row.ours - row.theirs) for row in rows.rows],
            "found": rows,
            "slice": Slice(rows.rows, state.page, max(1, -(-rows.count // ROWS)), rows.count),
        }
    return render(request, "compare/one.html", context)


def _candidates(comparison: FigureComparison, names: Mapping[str, str], state: FigureState) -> list[CauseLine]:
    """Return the parts that a person who knows the report may name: none where its own detail says it all."""
    if comparison.state in (Agreement.AGREES, Agreement.NOT_COMPARABLE):
        return []
    return [
        replace(line, query=state.query(assumed=(*state.assumed, line.cause.code), cause="", page=1))
        for line in cause_lines(comparison, comparison.candidates[:_SHOWN_CANDIDATES], names, state)
        if not line.is_assumed
    ]


def _assumed_name(code: str, comparison: FigureComparison, names: Mapping[str, str]) -> Text:
    return words_of(Cause(code, Decimal(0), 0, comparison.figure.day), names).name


def _opened(comparison: FigureComparison, state: FigureState) -> Cause | None:
    """Return the cause that an address opens: one of the explanation, of another that fits, or of the parts that were tried."""
    if not state.cause:
        return None
    known = [*comparison.causes, *(cause for causes in comparison.others for cause in causes), *comparison.candidates]
    for cause in known:
        if cause.code == state.cause and cause.has_rows:
            return cause
    raise NotVisibleError("there is no such cause", where="compare", next_step="choose one from the page")


def _unexplained(comparison: FigureComparison) -> Cause:
    return Cause("unexplained", comparison.unexplained, 0, comparison.figure.day, has_rows=False)


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]
