"""The scheme of managers: who earns how many points for which targets, and who would gain or lose under another scheme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import Metric, Period, Scheme, Unit, metric_of, scheme_of
from maisui.web.access.permissions import Permission
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Column, Export, Sheet
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.overview.frame import controls_of, frame_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.performance.page import state_of
from maisui.web.pages.performance.scheme import Part, Statement, statements_of, tried_scheme
from maisui.web.performance_desk import targets_within
from maisui.web.text import choose

TRIED = ("cap", "floor", "price")


@dataclass(frozen=True, slots=True)
class Line:
    """One person: name, outlet, the statement in force with a part for each indicator, and what the tried scheme would give."""

    number: str
    name: str
    place: str
    now: Statement
    parts: tuple[Part | None, ...]
    tried: Statement | None

    @property
    def change(self) -> Decimal | None:
        """Return how many yuan more the tried scheme would pay."""
        return None if self.tried is None else self.tried.pay - self.now.pay


@dataclass(frozen=True, slots=True)
class Assessment:
    """A month under the scheme in force and a tried one, person by person, the most gained first."""

    scheme: Scheme
    tried: Scheme
    metrics: tuple[Metric, ...]
    lines: tuple[Line, ...]

    @property
    def is_trial(self) -> bool:
        """Return whether the address tries another scheme."""
        return self.tried != self.scheme

    @property
    def pay(self) -> Decimal:
        """Return what the scheme in force pays in all."""
        return sum((line.now.pay for line in self.lines), Decimal(0))

    @property
    def tried_pay(self) -> Decimal:
        """Return what the tried scheme would pay in all."""
        return sum((line.tried.pay for line in self.lines if line.tried), Decimal(0))

    @property
    def gaining(self) -> int:
        """Return how many would be paid more."""
        return sum(line.change is not None and line.change > 0 for line in self.lines)

    @property
    def losing(self) -> int:
        """Return how many would be paid less."""
        return sum(line.change is not None and line.change < 0 for line in self.lines)


def assessment_of(gateway: Gateway, request: HttpRequest, state: State) -> Assessment:
    """Return the month of the address under the scheme in force on its day and the one the address tries.

    Raises:
        MaisuiError: as the gateway does, or when a number of the tried scheme does not pass.
    """
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - callers have seen to it
    day = state.day or fresh.reporting_date
    scheme = gateway.shared(("scheme", day), lambda reader: scheme_of(reader, day))
    tried = tried_scheme(scheme, {name: str(value) for name, value in request.GET.items()})
    targets = targets_within(gateway, replace(state, day=day, period=Period.MONTH))
    now, then = statements_of(targets, scheme), statements_of(targets, tried)
    codes = tuple(code for code, _ in scheme.weights)
    staff, names = employments_of(gateway.bank), {node.code: node.name for node in gateway.organisations()}
    lines = [
        Line(
            number,
            staff[number].employee_name if number in staff else number,
            names.get(staff[number].organisation_code, "") if number in staff else "",
            statement,
            tuple(next((part for part in statement.parts if part.line.metric.code == code), None) for code in codes),
            then.get(number),
        )
        for number, statement in now.items()
    ]
    key = (lambda line: (-(line.change or Decimal(0)), line.number)) if tried != scheme else (lambda line: (-line.now.pay, line.number))
    return Assessment(scheme, tried, tuple(metric_of(code) for code in codes), tuple(sorted(lines, key=key)))


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the statements of the month and, where the address tries another scheme, who gains and who loses."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "performance/scheme.html", {"is_empty": True})
    state = _monthly(request)
    assessment = assessment_of(gateway, request, state)
    context: dict[str, Any] = frame_of(gateway, state, fresh.reporting_date)
    context |= controls_of(gateway, state, context["day"])
    tried = assessment.tried
    weights = [(f"weight.{code}", metric_of(code), f"{weight:f}") for code, weight in tried.weights]
    return render(
        request,
        "performance/scheme.html",
        context
        | {
            "assessment": assessment,
            "weights": weights,
            "bounds": {"cap": f"{tried.cap:f}", "floor": f"{tried.floor:f}", "price": f"{tried.point_price:f}"},
            "trial_query": _query(request, state),
            "may_propose": gateway.may(Permission.PARAMETER_PROPOSE),
        },
    )


def export_of_page(request: HttpRequest) -> Export:
    """Return the statements of the address and the list for payroll."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.PERFORMANCE_VIEW)
    state = _monthly(request)
    standing = standing_of(gateway, state.organisation, state.day, where="performance")
    assessment = assessment_of(gateway, request, replace(state, organisation=standing.organisation, day=standing.day))
    about = f"{standing.place} · {standing.day}"
    return Export(
        "performance_scheme",
        choose("客户经理考核", "Scheme of managers"),
        (_payroll(about, assessment), _statements(about, assessment)),
        assessment.metrics,
        standing.about((choose("方案", "Scheme"), words_of(assessment.tried))),
        standing.organisation,
        f"scheme-{standing.file_name}",
        object_id=_query(request, state),
        details=standing.details(len(assessment.lines)),
    )


def words_of(scheme: Scheme) -> str:
    """Return a scheme in one line, as it stands on the cover of an export."""
    named = ((metric_of(code), weight) for code, weight in scheme.weights)
    weights = choose("、", ", ").join(f"{choose(metric.name_zh, metric.name_en)} {weight:f}" for metric, weight in named)
    said = choose("；封顶 {}，起计 {}，每分 {} 元", "; cap {}, floor {}, {} yuan a point")
    return weights + said.format(f"{scheme.cap:f}", f"{scheme.floor:f}", f"{scheme.point_price:f}")


def _payroll(about: str, assessment: Assessment) -> Sheet:
    title = choose("发放清单", "Payroll")
    columns = (
        Column(choose("工号", "Employee"), width=14),
        Column(choose("姓名", "Name"), width=16),
        Column(choose("机构", "Organisation"), width=34),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
        Column(choose("金额", "Pay"), Unit.YUAN),
    )
    made = [(line, line.tried if assessment.is_trial else line.now) for line in assessment.lines]
    rows = [(line.number, line.name, line.place, paid.points, paid.pay) for line, paid in made if paid]
    total = (choose("合计", "Total"), "", "", None, assessment.tried_pay if assessment.is_trial else assessment.pay)
    return Sheet(title, f"{title} · {about}", columns, rows, total)


def _statements(about: str, assessment: Assessment) -> Sheet:
    title = choose("计分明细", "Statements")
    columns = (
        Column(choose("工号", "Employee"), width=14),
        Column(choose("姓名", "Name"), width=16),
        Column(choose("指标", "Metric"), width=28),
        Column(choose("实际", "Actual"), width=20),
        Column(choose("目标", "Target"), width=20),
        Column(choose("完成率", "Completion"), Unit.SHARE),
        Column(choose("计分完成率", "Counted"), Unit.SHARE),
        Column(choose("权重", "Weight"), Unit.COUNT_EACH),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
    )
    rows = [
        (line.number, line.name, choose(part.line.metric.name_zh, part.line.metric.name_en), *_figures(part))
        for line in assessment.lines
        for part in _parts(line, assessment)
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _parts(line: Line, assessment: Assessment) -> Iterable[Part]:
    paid = line.tried if assessment.is_trial else line.now
    return paid.parts if paid else ()


def _figures(part: Part) -> tuple[Any, ...]:
    unit = part.line.metric.unit
    actual, target = Amount(part.line.actual, unit), Amount(part.line.target, unit)
    return actual, target, part.line.completion, part.counted, part.weight, part.points


def _monthly(request: HttpRequest) -> State:
    return replace(state_of(request), period=Period.MONTH, comparisons=())


def _query(request: HttpRequest, state: State) -> str:
    said = request.GET.copy()
    for name in list(said):
        if name not in TRIED and not name.startswith("weight."):
            del said[name]
    return "&".join(part for part in (state.query(comparisons=State().comparisons), said.urlencode()) if part)
