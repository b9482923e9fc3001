"""Key focus: the list by severity and money, one case with its evidence and steps, and the quality of the rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import RULES, RuleCount, SubjectKind, Unit
from maisui.answers.model_watch import model_watch
from maisui.answers.unusual_history import OwnPasts, own_pasts, own_pasts_by_home
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.cases import (
    LONGEST_SNOOZE,
    LONGEST_WORDS,
    SHORTEST_WORDS,
    close_case,
    escalate_case,
    hand_over_case,
    is_his,
    may_act,
    may_receive,
    may_take,
    next_above,
    snooze_case,
    take_case,
)
from maisui.web.alerts.desk import ShownCase
from maisui.web.alerts.models import State
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.focus.quality import quality_of
from maisui.web.pages.focus.state import ALL, ANYBODY, MINE, MY_CUSTOMERS, OPEN, FocusState
from maisui.web.pages.focus.words import OUTCOMES, SEVERITIES, STATES, STEPS, evidence, sentence, state_of, subject
from maisui.web.pages.organisation_choice import picker
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

OWNERS: dict[str, Text] = {
    ANYBODY: Text("全部", "Anybody's"),
    MINE: Text("我名下", "Mine"),
    MY_CUSTOMERS: Text("我管户的", "My customers'"),
}
LISTED_STATES: dict[str, Text] = {OPEN: Text("未办结", "Not closed"), **STATES, ALL: Text("全部", "All")}


def _check(gateway: Gateway) -> tuple[Text, Text] | None:
    """Return how far the rule of abnormal series may be trusted, as a rung and in words; None where its check was not reckoned."""
    with gateway.reader() as reader:
        found = model_watch(reader, gateway.bank.home.path, "anomaly")
    return (RUNGS[found.standing.rung.value], Text(found.standing.said_zh, found.standing.said_en)) if found else None


def _pasts(gateway: Gateway, organisations: frozenset[str]) -> OwnPasts:
    """Return of how many customers within the viewer's sight the past is long enough, and until when the rule is silent on the others."""
    return own_pasts(gateway.shared(("own_pasts",), own_pasts_by_home), organisations)


def warm(gateway: Gateway) -> None:
    """Count beforehand whose past is long enough, which is alike for all who look at the rule."""
    _pasts(gateway, frozenset())


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the list, with the number of cases by rule beside it."""
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "focus/page.html", {"is_empty": True})
    state = FocusState.of(request.GET)
    nodes = gateway.organisations(Permission.FOCUS_VIEW)
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, page=1))
    question = state.question(gateway, user)
    listed = gateway.cases.listed(question)
    counts = gateway.cases.counts(_of_every_rule(gateway, state, user))
    names = {node.code: node.name for node in gateway.whole_tree()}
    found = listed.found
    context = {
        "state": state,
        "query": state.query(),
        "found": found,
        "rows": [row_of(gateway, shown, names) for shown in listed.rows],
        "slice": Slice((), found.page, found.pages, found.total_count),
        "counts": [(count, count.rule.code == state.rule, state.query(rule=_toggled(state.rule, count), page=1)) for count in counts],
        "all_count": sum(count.total_count for count in counts),
        "all_query": state.query(rule="", page=1),
        "severities": [
            (name, code == state.severity, state.query(severity=code, page=1))
            for code, name in {"": Text("全部", "All"), **SEVERITIES}.items()
        ],
        "states": [(code, name, code == state.state) for code, name in LISTED_STATES.items()],
        "owners": [(name, code == state.owner, state.query(owner=code, page=1)) for code, name in OWNERS.items()],
        "path": _path(state.organisation, nodes),
        "organisation": next((node for node in nodes if node.code == state.organisation), None),
        "rule": next((rule for rule in RULES if rule.code == state.rule), None),
        "check": _check(gateway) if state.rule == "abnormal_series" else None,
        "pasts": _pasts(gateway, frozenset(node.code for node in nodes)) if state.rule == "unusual_customer" else None,
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "state_fields": [pair.split("=") for pair in state.query(state=OPEN, page=1).split("&") if pair],
        "unit": Unit.YUAN,
    }
    return render(request, "focus/page.html", context)


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """Show what people found of the cases of each rule."""
    return render(request, "focus/quality.html", {"rows": quality_of(_gateway(request))})


@require_safe
def attention(request: HttpRequest) -> HttpResponse:
    """Show the open cases by rule, as a part of the overview."""
    gateway = _gateway(request)
    state = FocusState(organisation=request.GET.get("org", ""))
    counts = gateway.cases.counts(state.question(gateway, _user(request)))
    ordered = sorted(counts, key=lambda count: (-count.high_count, -count.medium_count, -count.total_count, count.rule.code))
    context = {"counts": [(count, state.query(rule=count.rule.code)) for count in ordered[:8]], "query": state.query(), "unit": Unit.YUAN}
    return render(request, "focus/_attention.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case with its evidence, what may be done with it and what was done."""
    return _one(request, code)


@needs(Permission.FOCUS_DECIDE)
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a case."""
    return _done(request, code, lambda: take_case(_gateway(request), _user(request), code))


@needs(Permission.FOCUS_DECIDE)
@require_POST
def snooze(request: HttpRequest, code: str) -> HttpResponse:
    """Put a case off."""
    until, words = day_of(request.POST.get("until", "")), request.POST.get("words", "")
    return _done(request, code, lambda: snooze_case(_gateway(request), _user(request), code, until=until, words=words))


@needs(Permission.FOCUS_DECIDE)
@require_POST
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a case over."""
    to, words = request.POST.get("to", ""), request.POST.get("words", "")
    return _done(request, code, lambda: hand_over_case(_gateway(request), _user(request), code, username=to, words=words))


@needs(Permission.FOCUS_DECIDE)
@require_POST
def escalate(request: HttpRequest, code: str) -> HttpResponse:
    """Pass a case upward."""
    words = request.POST.get("words", "")
    return _done(request, code, lambda: escalate_case(_gateway(request), _user(request), code, words=words))


@needs(Permission.FOCUS_DECIDE)
@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close a case with what was found."""
    outcome, words = request.POST.get("outcome", ""), request.POST.get("words", "")
    return _done(request, code, lambda: close_case(_gateway(request), _user(request), code, outcome=outcome, words=words))


def row_of(gateway: Gateway, shown: ShownCase, names: dict[str, str]) -> dict[str, Any]:
    """Return one case as lists show it."""
    case, handled, today = shown.case, shown.handled, timezone.localdate()
    manager = employments_of(gateway.bank).get(case.employee_number or "")
    return {
        "case": case,
        "shown": shown,
        "subject": subject(shown, names),
        "evidence": sentence(case, names),
        "severity": SEVERITIES[case.severity],
        "state": STATES[state_of(handled)],
        "owner": handled.owner.name if handled and handled.owner else "",
        "manager": manager.employee_name if manager else case.employee_number or "",
        "due_on": handled.due_on if handled and not handled.closed_at else None,
        "is_late": bool(handled and handled.is_late(today)),
        "waits": handled is None and case.is_beyond_budget,
    }


def day_of(word: str) -> date | None:
    """Return the day a form says; None for none or what is no day."""
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def _one(request: HttpRequest, code: str, fault: Text | None = None) -> HttpResponse:
    gateway, user = _gateway(request), _user(request)
    shown = gateway.cases.one(code)
    names = {node.code: node.name for node in gateway.whole_tree()}
    case, handled = shown.case, shown.handled
    acts = may_act(gateway, user, handled)
    receivers = may_receive(gateway, handled) if acts and handled else []
    above = next_above(gateway, user, handled, receivers) if acts and handled else None
    steps = handled.steps.select_related("done_by", "handed_to") if handled else []  # type: ignore[attr-defined]
    context = {
        **row_of(gateway, shown, names),
        "is_gone": not case.facts,
        "handled": handled,
        "facts": evidence(case, names),
        "outcome": OUTCOMES.get(handled.outcome) if handled else None,
        "escalated_to": names.get(handled.escalated_to) if handled and handled.state == State.ESCALATED else None,
        "steps": [(step, STEPS[step.step], OUTCOMES.get(step.outcome)) for step in steps],
        "may_take": may_take(gateway, user, case, handled),
        "may_act": acts,
        "is_deputy": bool(acts and handled and handled.owner and handled.owner.pk != user.pk and is_his(handled, user)),
        "receivers": receivers,
        "above": None if above is None else names.get(above) or Text("全行", "the whole bank"),
        "outcomes": list(OUTCOMES.items()),
        "may_open_customer": bool(shown.reference) and gateway.may(Permission.CUSTOMER_VIEW),
        "is_series": case.rule.subject is SubjectKind.SERIES,
        "is_organisation": case.rule.subject is SubjectKind.ORGANISATION,
        "is_data": case.rule.subject is SubjectKind.DATA,
        "budget": gateway.cases.settings(case.organisation_code),
        "shortest": SHORTEST_WORDS,
        "longest": LONGEST_WORDS,
        "tomorrow": timezone.localdate() + timedelta(days=1),
        "last_snooze": timezone.localdate() + LONGEST_SNOOZE,
        "typed": request.POST,
        "fault": fault,
        "unit": Unit.YUAN,
        "state_query": FocusState.of(request.GET).query(),
    }
    return render(request, "focus/one.html", context, status=200 if fault is None else 422)


def _done(request: HttpRequest, code: str, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as refused:
        return _one(request, code, refused.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect(reverse("focus_one", args=[code]))


def _of_every_rule(gateway: Gateway, state: FocusState, user: StaffUser) -> Any:
    """Return the question of the list without its rule: every rule is counted beside the one chosen."""
    wanted = FocusState(severity=state.severity, state=state.state, owner=state.owner, organisation=state.organisation)
    return wanted.question(gateway, user)


def _toggled(chosen: str, count: RuleCount) -> str:
    return "" if chosen == count.rule.code else count.rule.code


def _path(code: str, nodes: Any) -> list[Any]:
    by_code = {node.code: node for node in nodes}
    found, node = [], by_code.get(code)
    while node is not None:
        found.append(node)
        node = by_code.get(node.parent_code) if node.parent_code else None
    return found[::-1]


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
