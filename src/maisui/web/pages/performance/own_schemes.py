"""The bank's own schemes: typed and tried in the address, proposed with the trial, and published by a second person."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.schemes import LONGEST_REASON, decide_scheme, is_party, propose_scheme, withdraw_scheme
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.allocations.words import STATES
from maisui.web.pages.page import needs
from maisui.web.pages.performance.scheme_words import BASES, METHODS, SUBJECTS, words_of, words_of_indicator
from maisui.web.schemes.desk import Trial, last_month, own_schemes_on, trial_of
from maisui.web.schemes.form import FIELDS, ROWS, terms_typed, typed_of
from maisui.web.schemes.models import SchemeProposal, State
from maisui.web.schemes.terms import Subject, counted_unit, library_of, terms_from
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose

MOST_ROWS = 200


@needs(Permission.PARAMETER_PROPOSE)
def new(request: HttpRequest) -> HttpResponse:
    """Show the form of a scheme with what the typed one would have made of last month, and take its proposal."""
    gateway = _gateway(request)
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    gateway.require_whole_entity(Permission.PERFORMANCE_VIEW)
    if gateway.freshness() is None:
        return render(request, "performance/own_scheme_form.html", {"is_empty": True})
    said = request.POST if request.method == "POST" else request.GET
    if request.method == "GET" and "name" not in said:
        return _form(request, _filled(gateway, said.get("code", "")) or {"subject": said.get("subject", "")})
    try:
        terms = terms_typed(said, _posts(gateway), _places(gateway))
        if request.method != "POST":
            return _form(request, said, trial=trial_of(gateway, terms, is_ended=bool(said.get("ended"))))
        made = propose_scheme(
            gateway,
            _user(request),
            terms,
            valid_from=_day(said.get("from", "")),
            is_ended=bool(said.get("ended")),
            reason=said.get("reason", ""),
        )
    except ActionRefusedError as error:
        return _form(request, said, fault=error.reason)
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("performance_scheme_own", number=made.pk)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one scheme with what it would have made of the month before it was proposed."""
    return _one(request, number)


@needs(Permission.PARAMETER_PROPOSE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own scheme."""
    found = _found(request, number)
    return _done(request, number, lambda: withdraw_scheme(_gateway(request), _user(request), found))


@needs(Permission.PARAMETER_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Publish or reject a scheme of somebody else's."""
    found, typed = _found(request, number), request.POST
    is_approved = typed.get("decision") == "approve"
    return _done(
        request,
        number,
        lambda: decide_scheme(_gateway(request), _user(request), found, is_approved=is_approved, note=typed.get("note", "")),
    )


def export_of_scheme(request: HttpRequest, number: int) -> Export:
    """Return one scheme and who gains and loses by it."""
    gateway, found = _gateway(request), _found(request, number)
    gateway.require(Permission.FIGURE_EXPORT)
    terms, rows = terms_from(found.terms), _rows(gateway, found, Permission.FIGURE_EXPORT)
    about = f"{terms.name} · {found.trial['day']}"
    columns = (
        Column(choose("工号或机构号", "Number"), width=14),
        Column(choose("姓名或网点", "Name"), width=20),
        Column(choose("岗位", "Post"), width=16),
        Column(choose("机构", "Organisation"), width=34),
        Column(choose("试算得分", "Tried points"), Unit.COUNT_EACH),
        Column(choose("现行金额", "In force"), Unit.YUAN),
        Column(choose("试算金额", "Tried"), Unit.YUAN),
        Column(choose("增减", "Change"), Unit.YUAN),
    )
    cells = [
        (row["number"], row["name"], row["post"], row["place"], row["points"], row["pay"], row["tried"], row["change"]) for row in rows
    ]
    title = choose("谁得谁失", "Who gains, who loses")
    return Export(
        "performance_scheme",
        terms.name,
        (Sheet(title, f"{title} · {about}", columns, cells),),
        terms.metrics,
        (
            (choose("状态", "State"), str(STATES[found.state])),
            (choose("自", "From"), found.valid_from.isoformat()),
            (choose("方案", "Scheme"), words_of(terms)),
            (choose("试算月份", "Tried on"), str(found.trial["day"])),
            (choose("数据版本", "Version"), str(found.trial["version"])),
        ),
        None,
        f"scheme-{found.code}-{found.valid_from}",
        object_id=str(found.pk),
        details={"proposal": found.pk, "rows": len(rows)},
    )


def proposal_rows(gateway: Gateway, lines: Iterable[SchemeProposal]) -> list[dict[str, Any]]:
    """Return the bank's own schemes as a list shows them: all to who sees everybody, the published ones to others."""
    is_whole = gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW)
    return [_row(line) for line in lines if is_whole or line.state == State.APPROVED]


def _row(line: SchemeProposal) -> dict[str, Any]:
    terms = terms_from(line.terms)
    changes = [Decimal(row["tried"]) - Decimal(row["pay"]) for row in line.trial["rows"]]
    return {
        "line": line,
        "terms": terms,
        "subject": SUBJECTS[terms.subject],
        "state": STATES[line.state],
        "gaining": sum(change > 0 for change in changes),
        "losing": sum(change < 0 for change in changes),
        "difference": sum(changes, Decimal("0.00")),
    }


def _one(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway, user, found = _gateway(request), _user(request), _found(request, number)
    may_approve = gateway.may(Permission.PARAMETER_APPROVE) and gateway.viewer.is_whole_entity(Permission.PARAMETER_APPROVE)
    names = {node.code: node.name for node in gateway.whole_tree()}
    rows = _rows(gateway, found)
    terms = terms_from(found.terms)
    context = _row(found) | {
        "indicators": [words_of_indicator(one) for one in terms.indicators],
        "weight_sum": sum((one.weight for one in terms.indicators), Decimal(0)),
        "places": [names.get(code, code) for code in terms.organisations],
        "rows": rows[:MOST_ROWS],
        "count": len(rows),
        "pay": sum((row["pay"] for row in rows), Decimal("0.00")),
        "tried": sum((row["tried"] for row in rows), Decimal("0.00")),
        "may_withdraw": found.proposed_by.pk == user.pk and found.state == State.WAITING,
        "may_decide": may_approve and found.state == State.WAITING and not is_party(gateway, found, user),
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "may_change": _may_propose(gateway) and found.state == State.APPROVED,
        "fault": fault,
    }
    return render(request, "performance/own_scheme.html", context, status=409 if fault else 200)


def _rows(gateway: Gateway, found: SchemeProposal, *more: Permission) -> list[dict[str, Any]]:
    """Return the frozen trial's lines of the viewer's organisations, the most gained first; `more` must hold there too."""
    rows = list(found.trial["rows"])
    for permission in (Permission.PERFORMANCE_VIEW, *more):
        if not gateway.viewer.is_whole_entity(permission):
            mine = {node.code for node in gateway.organisations(permission)}
            rows = [row for row in rows if row["organisation"] in mine]
    shown = []
    for row in rows:
        pay, tried = Decimal(row["pay"]), Decimal(row["tried"])
        points = None if row["points"] is None else Decimal(row["points"])
        shown.append(row | {"pay": pay, "tried": tried, "points": points, "change": tried - pay})
    return shown


def _form(request: HttpRequest, said: Any, *, trial: Trial | None = None, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    subject = Subject(said["subject"]) if said.get("subject") in tuple(Subject) else Subject.TELLER
    lists = said if isinstance(said, QueryDict) else None
    chosen = {name: (lists.getlist(name) if lists is not None else said.get(name, [])) for name in ("post", "place")}
    context = {
        "said": said,
        "subject": subject.value,
        "subjects": SUBJECTS.items(),
        "posts": [(post, post in chosen["post"]) for post in _posts(gateway)],
        "places": [(node, node.code in chosen["place"]) for node in gateway.whole_tree() if node.is_open],
        "library": [(metric, counted_unit(metric)) for metric in library_of(subject)],
        "methods": METHODS.items(),
        "bases": BASES.items(),
        "rows": [{"number": number, **{name: said.get(f"{name}{number}", "") for name in FIELDS}} for number in range(ROWS)],
        "trial": trial,
        "hidden": [(name, value) for name, values in lists.lists() for value in values if value] if trial and lists is not None else [],
        "changes": trial.changes[:MOST_ROWS] if trial else (),
        "month": last_month(gateway),
        "longest": LONGEST_REASON,
        "fault": fault,
    }
    return render(request, "performance/own_scheme_form.html", context, status=409 if fault else 200)


def _filled(gateway: Gateway, code: str) -> dict[str, Any]:
    """Return the form of a change of a scheme in force; an empty one where there is none of that code."""
    fresh = gateway.freshness()
    found = next((line for line in own_schemes_on(fresh.reporting_date) if line.code == code), None) if fresh else None
    return dict(typed_of(terms_from(found.terms))) if found else {}


def _found(request: HttpRequest, number: int) -> SchemeProposal:
    gateway = _gateway(request)
    found = (
        SchemeProposal.objects.select_related("proposed_by", "decided_by")
        .filter(legal_entity_code=settings.HOME.legal_entity_code, pk=number)
        .first()
    )
    is_whole = gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW)
    if found is None or not (is_whole or found.state == State.APPROVED):
        raise NotVisibleError("there is no such scheme", where="schemes", next_step="go back to the list")
    return found


def _posts(gateway: Gateway) -> list[str]:
    return sorted({one.post_name for one in employments_of(gateway.bank).values() if one.post_name})


def _places(gateway: Gateway) -> list[str]:
    return [node.code for node in gateway.whole_tree()]


def _may_propose(gateway: Gateway) -> bool:
    return gateway.may(Permission.PARAMETER_PROPOSE) and gateway.viewer.is_whole_entity(Permission.PARAMETER_PROPOSE)


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one(request, number, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("performance_scheme_own", number=number)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text if len(text) != 7 else f"{text}-01")  # noqa: PLR2004 - a month is typed as YYYY-MM
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
