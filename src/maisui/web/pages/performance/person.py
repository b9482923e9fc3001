"""One person's page: what he did and what is his, compared with his peers and his targets, down to the lines of his journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import Period, RuleLine, Unit
from maisui.answers.manual_work import manual_rates
from maisui.answers.periods import window_of
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.manual_work.converted import approved_days, work_of
from maisui.web.manual_work.models import State
from maisui.web.pages.manual_work.page import rows_of
from maisui.web.pages.manual_work.words import kind_name
from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.overview.state import State as PageState
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.pages.performance.abilities import PART_WORDS, ShownAbility, abilities_of
from maisui.web.pages.performance.by_person import read_of_all, rules_of
from maisui.web.pages.performance.manager_activity import manager_activity_of
from maisui.web.pages.performance.manager_quality import manager_quality_of
from maisui.web.pages.performance.one_person import (
    MANAGER_METRICS,
    TELLER_METRICS,
    OwnFigure,
    codes_of,
    figures_of,
    results_of,
    score_of,
)
from maisui.web.pages.performance.page import PERIODS, state_of
from maisui.web.pages.performance.scheme_words import name_of_scheme, part_rows
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.settlement_desk import line_json
from maisui.web.text import Text

ROWS = 20
RULE_NAMES: dict[str, Text] = {
    "account": Text("账户归属", "By account"),
    "customer": Text("客户归属", "By customer"),
    "village": Text("村归属", "By village"),
}
KIND_NAMES: dict[str, Text] = {"deposit": Text("存款", "Deposits"), "loan": Text("贷款", "Loans")}
SCORE_PLACES = 2


@require_safe
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one person of the viewer's organisations; the look is recorded."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = state_of(request)
    desk = PerformanceDesk.of_person(gateway, code)
    return render(request, "performance/person.html", context_of(request, gateway, desk, state))


def context_of(request: HttpRequest, gateway: Gateway, desk: PerformanceDesk, state: PageState) -> dict[str, Any]:
    """Return what the page of one person shows in the state of the address.

    Raises:
        MaisuiError: as the gateway does.
    """
    day, first = last_day(gateway, state), first_day(gateway, state)
    settings, organisation = desk.settings(day), desk.organisation(state.organisation)
    desk.require_his_from(first)
    teller = attempt(lambda: figures_of(desk, state, TELLER_METRICS, settings))
    manager = attempt(lambda: figures_of(desk, state, MANAGER_METRICS, settings))
    profile = desk.profile(first, day, organisation) if desk.person.tellers else None
    rules = attempt(lambda: _rules(desk.of(rules_of(day, organisation)), manager.value or ()))
    activity = attempt(lambda: manager_activity_of(desk, first, day, organisation) if manager.value else None)
    quality = attempt(lambda: manager_quality_of(desk, first, day, organisation) if manager.value and not desk.since else None)
    employment = desk.employment
    controls = controls_of(gateway, state, day)
    chosen = request.GET.get("code", "")[:32]
    assessed = attempt(lambda: desk.assessed(day)) if state.period is Period.MONTH else None
    mine = assessed.value if assessed else None
    return controls | {
        "state": state,
        "query": state.query(),
        "day": day,
        "first_day": first,
        "is_own": desk.is_own,
        "may_take_out": desk.is_own or gateway.may(Permission.FIGURE_EXPORT),
        "person": desk.person,
        "person_name": employment.employee_name if employment else "",
        "post": employment.post_name if employment else "",
        "place": desk.place(),
        "other_numbers": [number for number in (*desk.person.employees, *desk.person.tellers) if number != desk.person.person],
        "period_name": PERIOD_NAMES[state.period],
        "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item, page=1)) for item in PERIODS],
        "settings": settings,
        "teller": teller,
        "manager": manager,
        "results": attempt(lambda: results_of(desk, state)),
        "score": attempt(lambda: score_of(desk, state)),
        "codes": attempt(lambda: codes_of(desk, state, profile.titles if profile else {}, desk.unrated(first, day, organisation))),
        "profile": profile,
        "hours": _hours(profile.hours) if profile else [],
        "corrections": attempt(lambda: desk.corrections(first, day, organisation)) if desk.person.tellers else None,
        "queue": attempt(lambda: desk.queue(first, day)) if desk.person.tellers else None,
        "rules": rules,
        "abilities": attempt(lambda: _abilities(gateway, desk, first, day)),
        "part_words": PART_WORDS,
        "quality": quality,
        "activity": activity,
        "cohort_rows": [(value_word(cohort.tier), cohort) for cohort in quality.value.cohorts] if quality.value else [],
        "money": Unit.YUAN,
        "has_left": employment is not None and not employment.is_on_duty,
        "left_on": employment.reported_on if employment else None,
        **_work(gateway, desk, first, day, teller.value or ()),
        "assessed": assessed,
        "scheme_name": name_of_scheme(mine.terms) if mine else "",
        "scheme_parts": part_rows(line_json(mine)["parts"]) if mine else [],
        "targets": attempt(lambda: desk.targets(state)),
        "chosen_code": chosen,
        "journal": _journal(desk, first, day, organisation, chosen, state.page) if desk.person.tellers else None,
    }


def last_day(gateway: Gateway, state: PageState) -> date:
    """Return the last day of what the state of an address shows."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the person stands in a published version
    return state.day or fresh.reporting_date


def first_day(gateway: Gateway, state: PageState) -> date:
    """Return the first day of what the state of an address shows."""
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the person stands in a published version
    return window_of(last_day(gateway, state), state.period, fresh.first_date).period_start


def _abilities(gateway: Gateway, desk: PerformanceDesk, first: date, day: date) -> tuple[ShownAbility, ...]:
    return abilities_of(desk, first, day, approved_days(gateway.shared(("manual_rates",), manual_rates), first, day))


@dataclass(frozen=True, slots=True)
class Rules:
    """What each rule gave the person, and for deposits and loans the sum held against the figure above."""

    lines: tuple[tuple[Text, Text, RuleLine], ...]
    ties: tuple[tuple[Text, Decimal, Decimal], ...]


def _rules(lines: tuple[RuleLine, ...], figures: tuple[OwnFigure, ...]) -> Rules:
    shown = tuple((KIND_NAMES[line.account_kind], RULE_NAMES[line.rule_code], line) for line in lines if line.account_kind in KIND_NAMES)
    held = {figure.metric.code: figure.value for figure in figures}
    ties: list[tuple[Text, Decimal, Decimal]] = []
    for kind, code in (("deposit", "managed_deposit_balance"), ("loan", "managed_loan_balance")):
        value = held.get(code)
        if value is not None:
            ties.append((KIND_NAMES[kind], sum((line.balance for _, _, line in shown if line.account_kind == kind), Decimal(0)), value))
    return Rules(shown, tuple(ties))


def _work(gateway: Gateway, desk: PerformanceDesk, first: date, day: date, figures: tuple[OwnFigure, ...]) -> dict[str, Any]:
    """Return manual work of the period beside the converted workload of systems; sums count what is approved only."""
    rates = gateway.shared(("manual_rates",), manual_rates)
    work = work_of(rates, desk.person.employees, first, day)
    system = next((figure.value for figure in figures if figure.metric.code == "teller_converted_workload"), None)
    manual = sum((one.converted or Decimal(0) for one in work if one.entry.state == State.APPROVED), Decimal("0.00"))
    return {
        "work": rows_of(gateway, list(work)),
        "work_kinds": [(kind, kind_name(kind)) for kind in rates.kinds(day)],
        "system_workload": system,
        "manual_workload": manual,
        "whole_workload": (system or Decimal("0.00")) + manual,
    }


def _hours(hours: tuple[tuple[int, int], ...]) -> list[tuple[str, int, Bar | None]]:
    drawn = bars([Decimal(count) for _, count in hours])
    return [(f"{hour:02d}:00", count, bar) for (hour, count), bar in zip(hours, drawn, strict=True)]


def _journal(desk: PerformanceDesk, first: date, day: date, organisation: str | None, code: str, page: int) -> Slice[Any]:
    count, _ = desk.lines(first, day, organisation, code, 0, 0)
    pages = max(1, -(-count // ROWS))
    number = min(page, pages)
    return Slice(desk.lines(first, day, organisation, code, (number - 1) * ROWS, ROWS)[1], number, pages, count)


def warm(gateway: Gateway, desk: PerformanceDesk) -> None:
    """Compute what everybody's own page asks alike: figures of all people on the last day, of which each page shows its person's."""
    fresh, state = gateway.freshness(), _own(PageState())
    if fresh is None:
        return
    day = fresh.reporting_date
    first, settings = window_of(day, state.period, fresh.first_date).period_start, desk.settings(day)
    for compute in (
        lambda: figures_of(desk, state, (*TELLER_METRICS, *MANAGER_METRICS), settings),
        lambda: results_of(desk, state),
        lambda: score_of(desk, state),
        lambda: codes_of(desk, state, {}, {}),
        lambda: _abilities(gateway, desk, first, day),
        lambda: desk.targets(state),
        *(partial(desk.of_everybody, wanted) for wanted in read_of_all(first, day)),
    ):
        attempt(compute)


def own_state(request: HttpRequest) -> PageState:
    """Return the state of the address for somebody's own figures: no organisation narrows them."""
    return _own(PageState.of(request.GET))


def _own(state: PageState) -> PageState:
    return replace(state, organisation=None, period=state.period if state.period in PERIODS else Period.MONTH)
