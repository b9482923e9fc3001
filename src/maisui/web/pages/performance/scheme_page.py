"""Schemes: who earns how many points and yuan under each, and for the standard one who would gain or lose by other numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import Period, metric_of
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.frame import controls_of, frame_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.performance.own_schemes import proposal_rows
from maisui.web.pages.performance.page import state_of
from maisui.web.pages.performance.scheme_words import SUBJECTS, name_of_scheme, payroll_sheets, words_of, words_of_indicator
from maisui.web.performance_desk import organisations_within
from maisui.web.schemes.assessment import Assessed
from maisui.web.schemes.desk import assessed_through, schemes_in_force
from maisui.web.schemes.models import SchemeProposal
from maisui.web.schemes.reckoning import Part
from maisui.web.schemes.terms import STANDARD, Indicator, Terms
from maisui.web.settlement_desk import line_json
from maisui.web.text import choose

TRIED = ("cap", "floor", "price")
_MOST, _LONGEST = Decimal(100_000), 16


@dataclass(frozen=True, slots=True)
class Line:
    """One holder under the scheme in force, a part for each indicator, and what the tried scheme would give."""

    now: Assessed
    parts: tuple[Part | None, ...]
    tried: Assessed | None

    @property
    def change(self) -> Decimal | None:
        """Return how many yuan more the tried scheme would pay."""
        return None if self.tried is None else self.tried.statement.pay - self.now.statement.pay


@dataclass(frozen=True, slots=True)
class Assessment:
    """A month under one scheme in force and a tried one, holder by holder, the most gained first."""

    schemes: tuple[Terms, ...]
    scheme: Terms
    tried: Terms
    lines: tuple[Line, ...]

    @property
    def is_trial(self) -> bool:
        """Return whether the address tries another scheme."""
        return self.tried != self.scheme

    @property
    def shown(self) -> list[Assessed]:
        """Return the statements that a file holds: of the tried scheme where there is one."""
        return [line.tried for line in self.lines if line.tried] if self.is_trial else [line.now for line in self.lines]

    @property
    def pay(self) -> Decimal:
        """Return what the scheme in force pays in all."""
        return sum((line.now.statement.pay for line in self.lines), Decimal(0))

    @property
    def tried_pay(self) -> Decimal:
        """Return what the tried scheme would pay in all."""
        return sum((line.tried.statement.pay for line in self.lines if line.tried), Decimal(0))

    @property
    def gaining(self) -> int:
        """Return how many would be paid more."""
        return sum(line.change is not None and line.change > 0 for line in self.lines)

    @property
    def losing(self) -> int:
        """Return how many would be paid less."""
        return sum(line.change is not None and line.change < 0 for line in self.lines)


def assessment_of(gateway: Gateway, request: HttpRequest, state: State) -> Assessment:
    """Return the month of the address under the scheme it names and, for the standard one, the numbers it tries.

    Raises:
        MaisuiError: as the gateway does, when there is no such scheme, or when a number of the tried scheme does not pass.
    """
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - callers have seen to it
    day = state.day or fresh.reporting_date
    within = organisations_within(gateway, state.organisation)
    schemes = schemes_in_force(gateway, day)
    code = request.GET.get("scheme") or STANDARD
    scheme = next((one for one in schemes if one.code == code), None)
    if scheme is None:
        raise QuestionError("no such scheme is in force on this day", where="scheme", next_step="choose one from the list")
    tried = tried_terms(scheme, {name: str(value) for name, value in request.GET.items()}) if scheme.is_standard else scheme
    now = [one for one in assessed_through(gateway, day, Period.MONTH, schemes) if one.terms.code == scheme.code]
    then = {}
    if tried != scheme:
        others = tuple(tried if one.code == scheme.code else one for one in schemes)
        then = {one.holder.key: one for one in assessed_through(gateway, day, Period.MONTH, others)}
    lines = [
        Line(one, tuple(_part_of(one, indicator) for indicator in scheme.indicators), then.get(one.holder.key))
        for one in now
        if one.holder.organisation in within
    ]
    lines.sort(key=lambda line: (-(line.change or Decimal(0)), -line.now.statement.pay, line.now.holder.number))
    return Assessment(schemes, scheme, tried, tuple(lines))


def tried_terms(terms: Terms, said: dict[str, str]) -> Terms:
    """Return the standard scheme with what the address says in place of weights (`weight.<metric>`), `cap`, `floor` and `price`.

    Raises:
        QuestionError: when a number is none, below zero or beyond reason.
    """
    indicators = tuple(
        replace(
            one,
            weight=_number(said, f"weight.{one.metric}", one.weight),
            cap=_number(said, "cap", one.cap or Decimal(0)),
            floor=_number(said, "floor", one.floor or Decimal(0)),
        )
        for one in terms.indicators
    )
    return replace(terms, indicators=indicators, point_price=_number(said, "price", terms.point_price))


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the statements of the month under a scheme, who gains and loses under a tried one, and the bank's own schemes."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "performance/scheme.html", {"is_empty": True})
    state = _monthly(request)
    assessment = assessment_of(gateway, request, state)
    context: dict[str, Any] = frame_of(gateway, state, fresh.reporting_date)
    context |= controls_of(gateway, state, context["day"])
    tried = assessment.tried
    proposals = SchemeProposal.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("proposed_by", "decided_by")
    return render(
        request,
        "performance/scheme.html",
        context
        | {
            "assessment": assessment,
            "scheme_name": name_of_scheme(assessment.scheme),
            "scheme_words": [words_of_indicator(one) for one in assessment.scheme.indicators],
            "schemes": [(one.code, name_of_scheme(one), SUBJECTS[one.subject]) for one in assessment.schemes],
            "columns": [metric_of(one.metric) for one in assessment.scheme.indicators],
            "weights": [(f"weight.{one.metric}", metric_of(one.metric), f"{one.weight:f}") for one in tried.indicators],
            "bounds": _bounds(tried),
            "trial_query": _query(request, state),
            "proposals": proposal_rows(gateway, proposals),
            "is_whole": gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW),
            "may_propose": gateway.may(Permission.PARAMETER_PROPOSE) and gateway.viewer.is_whole_entity(Permission.PARAMETER_PROPOSE),
        },
    )


def export_of_page(request: HttpRequest) -> Export:
    """Return the statements of the address and the list for payroll."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.PERFORMANCE_VIEW)
    state = _monthly(request)
    standing = standing_of(gateway, state.organisation, state.day, where="performance")
    assessment = assessment_of(gateway, request, replace(state, organisation=standing.organisation, day=standing.day))
    return Export(
        "performance_scheme",
        choose("考核方案", "Scheme"),
        payroll_sheets(f"{standing.place} · {standing.day}", [line_json(one) for one in assessment.shown], {}),
        assessment.scheme.metrics,
        standing.about((choose("方案", "Scheme"), f"{name_of_scheme(assessment.tried)}: {words_of(assessment.tried)}")),
        standing.organisation,
        f"scheme-{standing.file_name}",
        object_id=_query(request, state),
        details=standing.details(len(assessment.lines)),
    )


def _part_of(one: Assessed, indicator: Indicator) -> Part | None:
    return next((part for part in one.statement.parts if part.indicator == indicator), None)


def _bounds(tried: Terms) -> dict[str, str]:
    first = tried.indicators[0] if tried.indicators else None
    cap, floor = (first.cap, first.floor) if first else (None, None)
    return {"cap": f"{cap or Decimal(0):f}", "floor": f"{floor or Decimal(0):f}", "price": f"{tried.point_price:f}"}


def _number(said: dict[str, str], name: str, standing: Decimal) -> Decimal:
    text = said.get(name, "").strip()
    if not text:
        return standing
    try:
        value = Decimal(text) if len(text) <= _LONGEST else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or not 0 <= value <= _MOST:
        raise QuestionError("a number of the scheme does not pass", where=name, next_step="write a number from 0 to 100000")
    return value


def _monthly(request: HttpRequest) -> State:
    return replace(state_of(request), period=Period.MONTH, comparisons=())


def _query(request: HttpRequest, state: State) -> str:
    said = request.GET.copy()
    for name in list(said):
        if name not in (*TRIED, "scheme") and not name.startswith("weight."):
            del said[name]
    return "&".join(part for part in (state.query(comparisons=State().comparisons), said.urlencode()) if part)
