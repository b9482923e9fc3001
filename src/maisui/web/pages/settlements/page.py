"""Settlements: proposed and decided, each as it was frozen, held against its own and the published version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.settlements import decide_settlement, hold_settled_versions, is_party, propose_settlement, withdraw_settlement
from maisui.web.allocations.models import Settlement, State
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.allocations.words import STATES
from maisui.web.pages.page import needs
from maisui.web.pages.performance.scheme_words import (
    difference_sheets,
    merged_outlets,
    name_of_scheme,
    part_rows,
    payroll_sheets,
    words_of,
)
from maisui.web.schemes.terms import Terms, metrics_of
from maisui.web.settlement_desk import carried_in, differences_taken_over, held_against, is_as_frozen, last_revisions, schemes_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose

_MOST_EARLIER = 8
"""Earlier periods offered for carrying differences over."""


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every settlement the viewer may see, and the form of a new one."""
    return _list(request, {})


@needs(Permission.SETTLEMENT_PROPOSE)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Freeze a period and propose it."""
    typed = request.POST
    try:
        made = propose_settlement(
            _gateway(request),
            _user(request),
            period=typed.get("period", ""),
            last_day=_day(typed.get("day", "")),
            reason=typed.get("reason", ""),
            carry=[int(number) for number in typed.getlist("carry") if number.isascii() and number.isdigit()],
        )
    except ActionRefusedError as error:
        return _list(request, typed, error.reason)
    messages.success(request, str(Text("已冻结并提出，等待第二人审批", "Frozen and proposed; a second person decides")))
    return redirect("settlements_one", number=made.pk)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one settlement as it was frozen."""
    return _one(request, number)


@require_safe
def person(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show the statement of one person in a settlement."""
    gateway, found = _gateway(request), _found(request, number)
    return statement(request, found, _line(gateway, found, code))


@require_safe
def outlet(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """Show the statement of one outlet in a settlement."""
    gateway, found = _gateway(request), _found(request, number)
    return statement(request, found, _line(gateway, found, code, is_outlet=True))


@require_safe
def open_differences(request: HttpRequest, number: int) -> HttpResponse:
    """Say how much of what the published version pays otherwise no later settlement has taken over, in one line.

    Raises:
        NotVisibleError: for who does not see everybody's performance.
    """
    found = _found(request, number)
    if not _gateway(request).viewer.is_whole_entity(Permission.PERFORMANCE_VIEW):
        raise NotVisibleError("there is no such settlement", where="settlements", next_step="go back to the list")
    now = held_against(_gateway(request), found, None)
    people, outlets = (sum(one.line["is_outlet"] is is_outlet for one in now.open_lines) for is_outlet in (False, True))
    return render(request, "settlements/_open.html", {"now": now, "people": people, "outlets": outlets, "settlement": found})


@needs(Permission.SETTLEMENT_PROPOSE)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own settlement."""
    found = _found(request, number)
    return _done(request, number, lambda: withdraw_settlement(_gateway(request), _user(request), found))


@needs(Permission.SETTLEMENT_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject a settlement of somebody else's."""
    found, typed = _found(request, number), request.POST
    is_approved = typed.get("decision") == "approve"
    return _done(
        request,
        number,
        lambda: decide_settlement(_gateway(request), _user(request), found, is_approved=is_approved, note=typed.get("note", "")),
    )


def export_of_page(request: HttpRequest, number: int) -> Export:
    """Return a settlement for payroll: who is paid how much, and each person's statement."""
    gateway, found = _gateway(request), _found(request, number)
    gateway.require(Permission.FIGURE_EXPORT)
    lines = _seen(gateway, found, Permission.FIGURE_EXPORT)
    return _export(gateway, found, lines, schemes_of(found), f"settlement-{found.last_day}-{found.revision}")


def export_of_person(request: HttpRequest, number: int, code: str) -> Export:
    """Return the statement of one person."""
    gateway, found = _gateway(request), _found(request, number)
    gateway.require(Permission.FIGURE_EXPORT)
    line = _line(gateway, found, code, Permission.FIGURE_EXPORT)
    return export_of_line(gateway, found, line, f"settlement-{found.last_day}-{code}")


def export_of_outlet(request: HttpRequest, number: int, code: str) -> Export:
    """Return the statement of one outlet."""
    gateway, found = _gateway(request), _found(request, number)
    gateway.require(Permission.FIGURE_EXPORT)
    line = _line(gateway, found, code, Permission.FIGURE_EXPORT, is_outlet=True)
    return export_of_line(gateway, found, line, f"settlement-{found.last_day}-outlet-{code}")


def _list(request: HttpRequest, typed: Any, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "settlements/page.html", {"is_empty": True})
    if gateway.may(Permission.SETTLEMENT_APPROVE):
        hold_settled_versions()
    months = [day for day in gateway.month_ends() if _is_month_end(day)]
    earlier = last_revisions()[:_MOST_EARLIER]
    compared = {one.pk for one in earlier}
    context = {
        "rows": [
            {
                "settlement": found,
                "state": STATES[found.state],
                "people": sum(not line["is_outlet"] for line in _seen(gateway, found)),
                "is_compared": found.pk in compared,
            }
            for found in _visible(gateway)
        ],
        "months": months,
        "earlier": earlier,
        "typed": typed,
        "fault": fault,
        "is_whole": gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW),
        "may_propose": gateway.may(Permission.SETTLEMENT_PROPOSE) and gateway.viewer.is_whole_entity(Permission.SETTLEMENT_PROPOSE),
    }
    return render(request, "settlements/page.html", context, status=409 if fault else 200)


def _one(request: HttpRequest, number: int, fault: Text | None = None) -> HttpResponse:
    gateway, user, found = _gateway(request), _user(request), _found(request, number)
    is_whole = gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW)
    asks = is_whole and request.GET.get("recompute") == "yes"
    taken_over = differences_taken_over() if asks else None
    shown = [_shown(found, line) for line in _seen(gateway, found)]
    people, outlets = ([line for line in shown if line["is_outlet"] is is_outlet] for is_outlet in (False, True))
    merged = merged_outlets(gateway) if outlets else {}
    may_approve = gateway.may(Permission.SETTLEMENT_APPROVE) and gateway.viewer.is_whole_entity(Permission.SETTLEMENT_APPROVE)
    context = {
        "settlement": found,
        "state": STATES[found.state],
        "people": people,
        "settlement_pay": sum((line["whole"] for line in people), Decimal("0.00")),
        "carried": sum((line["carried_in"] for line in people), Decimal("0.00")),
        "is_carrying": any(line["carried_in"] for line in shown),
        "outlets": [line | {"merged": merged.get(line["number"], "")} for line in outlets],
        "pool": sum((line["whole"] for line in outlets), Decimal("0.00")),
        "schemes": [(name_of_scheme(terms), words_of(terms), _applied(found, terms)) for terms in schemes_of(found)],
        "is_whole": is_whole,
        "is_frozen": is_as_frozen(found),
        "pinned": held_against(gateway, found, found.version, taken_over) if asks else None,
        "now": held_against(gateway, found, None, taken_over) if asks else None,
        "may_withdraw": found.proposed_by.pk == user.pk and found.state == State.WAITING,
        "may_decide": may_approve and found.state == State.WAITING and not is_party(gateway, found, user),
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "fault": fault,
    }
    return render(request, "settlements/one.html", context, status=409 if fault else 200)


def _visible(gateway: Gateway) -> Iterable[Settlement]:
    """Return all settlements to who sees everybody, the approved ones to who sees some."""
    found = Settlement.objects.select_related("proposed_by", "decided_by")
    return found if gateway.viewer.is_whole_entity(Permission.PERFORMANCE_VIEW) else found.filter(state=State.APPROVED)


def _found(request: HttpRequest, number: int) -> Settlement:
    found = next((one for one in _visible(_gateway(request)) if one.pk == number), None)
    if found is None:
        raise NotVisibleError("there is no such settlement", where="settlements", next_step="go back to the list")
    return found


def _seen(gateway: Gateway, settlement: Settlement, *more: Permission) -> list[dict[str, Any]]:
    """Return the lines of people in the viewer's organisations, by where they worked when it was frozen; `more` must hold there too."""
    lines: list[dict[str, Any]] = list(settlement.lines)
    for permission in (Permission.PERFORMANCE_VIEW, *more):
        if not gateway.viewer.is_whole_entity(permission):
            mine = {node.code for node in gateway.organisations(permission)}
            lines = [line for line in lines if line["organisation"] in mine]
    return lines


def _line(gateway: Gateway, settlement: Settlement, code: str, *more: Permission, is_outlet: bool = False) -> dict[str, Any]:
    lines = _seen(gateway, settlement, *more)
    found = next((line for line in lines if line["number"] == code and line["is_outlet"] is is_outlet), None)
    if found is None:
        raise NotVisibleError("there is no such person in this settlement", where="settlements", next_step="choose one from the list")
    return found


def _shown(settlement: Settlement, line: dict[str, Any]) -> dict[str, Any]:
    name = next((name_of_scheme(terms) for terms in schemes_of(settlement) if terms.code == line["scheme"]), line["scheme"])
    pay, carried = Decimal(line["pay"]), carried_in(line)
    return {**line, "points": Decimal(line["points"]), "pay": pay, "carried_in": carried, "whole": pay + carried, "scheme_name": name}


def _applied(settlement: Settlement, terms: Terms, fewest: int = 0) -> Text:
    """Return how many people and outlets a scheme assessed in a settlement; fewer people than `fewest` are not counted out."""
    of_scheme = [line for line in settlement.lines if line["scheme"] == terms.code]
    outlets = sum(line["is_outlet"] for line in of_scheme)
    people = len(of_scheme) - outlets
    if not of_scheme:
        return Text("本期无人适用", "assessed nobody in this period")
    if 0 < people < fewest:
        return Text(f"考核人数少于 {fewest}，不列", f"assessed fewer than {fewest} people")
    said_zh = [*([f"{people} 人"] if people else []), *([f"{outlets} 个网点"] if outlets else [])]
    said_en = [*([f"{people} people"] if people else []), *([f"{outlets} outlets"] if outlets else [])]
    return Text(f"考核 {'、'.join(said_zh)}", f"assessed {' and '.join(said_en)}")


def statement(request: HttpRequest, settlement: Settlement, line: dict[str, Any], *, is_own: bool = False) -> HttpResponse:
    """Show one line of a settlement part by part; the caller has made sure that the viewer may see it. One's own may be taken out."""
    gateway, shown = _gateway(request), _shown(settlement, line)
    now = held_against(gateway, settlement, None) if request.GET.get("recompute") == "yes" else None
    again = now.lines.get((line["is_outlet"], line["number"])) if now else None
    context = {
        "settlement": settlement,
        "line": line,
        "parts": part_rows(line["parts"]),
        "shown": shown,
        "merged": merged_outlets(gateway).get(line["number"], "") if line["is_outlet"] else "",
        "is_own": is_own,
        "may_export": is_own or gateway.may(Permission.FIGURE_EXPORT),
        "now": now,
        "difference": now.of(line) if now else None,
        "parts_now": part_rows(again["parts"]) if again else [],
    }
    return render(request, "settlements/person.html", context)


def export_of_line(gateway: Gateway, found: Settlement, line: dict[str, Any], name: str, fewest: int = 0) -> Export:
    """Return one line of a settlement as a file, with the scheme that assessed it; the caller has made sure that the viewer may have it.

    Who sees only himself is told how many people it assessed from `fewest` people on.
    """
    terms = tuple(terms for terms in schemes_of(found) if terms.code == line["scheme"])
    place = merged_outlets(gateway).get(line["number"], line["place"]) if line["is_outlet"] else line["place"]
    return _export(
        gateway, found, [line], terms, name, fewest, " · ".join(part for part in (f"{line['number']} {line['name']}", place) if part)
    )


def _export(
    gateway: Gateway,
    found: Settlement,
    lines: list[dict[str, Any]],
    schemes: tuple[Terms, ...],
    name: str,
    fewest: int = 0,
    whose: str = "",
) -> Export:
    """Return lines of a settlement as a file, with the words of `schemes`; `whose` it is where it is one statement."""
    about = f"{found.first_day} – {found.last_day}"
    now = held_against(gateway, found, None)
    differences = [one for line in lines if (one := now.of(line))]
    return Export(
        "settlement",
        choose("绩效结算单", "Statement of settlement") if whose else choose("绩效结算", "Settlement"),
        (*payroll_sheets(about, lines, merged_outlets(gateway)), *difference_sheets(f"{about} · {now.version}", differences)),
        metrics_of(schemes),
        (
            *([(choose("对象", "Of"), whose)] if whose else []),
            (choose("期间", "Period"), about),
            (choose("修订", "Revision"), str(found.revision)),
            (choose("状态", "State"), str(STATES[found.state])),
            (choose("结算所依据的版本", "Version settled by"), found.version),
            *(
                (choose("方案", "Scheme"), f"{name_of_scheme(terms)}（{_applied(found, terms, fewest)}）: {words_of(terms)}")
                for terms in schemes
            ),
            (choose("方案指纹", "Fingerprint of schemes"), found.scheme_hash[:16]),
            (choose("内容指纹", "Content"), found.content_hash[:16]),
            (
                choose("与当前版本", "Against the current version"),
                choose(f"{now.version}：{len(differences)} 条不同", f"{now.version}: {len(differences)} lines differ"),
            ),
        ),
        None,
        name,
        object_id=str(found.pk),
        details={"settlement": found.pk, "rows": len(lines)},
    )


def _done(request: HttpRequest, number: int, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one(request, number, error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("settlements_one", number=number)


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
