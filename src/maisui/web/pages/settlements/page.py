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

from maisui.answers import Metric, Unit, metric_of
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.settlements import decide_settlement, is_party, propose_settlement, withdraw_settlement
from maisui.web.allocations.models import Settlement, State
from maisui.web.exports.sheets import Amount, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.allocations.words import STATES
from maisui.web.pages.page import needs
from maisui.web.settlement_desk import held_against, is_as_frozen
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose


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
    line = _line(gateway, found, code)
    context = {"settlement": found, "line": line, "parts": _parts(line), "may_export": gateway.may(Permission.FIGURE_EXPORT)}
    return render(request, "settlements/person.html", context | {"pay": Decimal(line["pay"]), "points": Decimal(line["points"])})


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
    return _export(found, lines, (_payroll(found, lines), _statements(found, lines)), f"settlement-{found.last_day}-{found.revision}")


def export_of_person(request: HttpRequest, number: int, code: str) -> Export:
    """Return the statement of one person."""
    gateway, found = _gateway(request), _found(request, number)
    gateway.require(Permission.FIGURE_EXPORT)
    lines = [_line(gateway, found, code, Permission.FIGURE_EXPORT)]
    return _export(found, lines, (_payroll(found, lines), _statements(found, lines)), f"settlement-{found.last_day}-{code}")


def _list(request: HttpRequest, typed: Any, fault: Text | None = None) -> HttpResponse:
    gateway = _gateway(request)
    if gateway.freshness() is None:
        return render(request, "settlements/page.html", {"is_empty": True})
    months = [day for day in gateway.month_ends() if _is_month_end(day)]
    context = {
        "rows": [{"settlement": found, "state": STATES[found.state], "people": len(_seen(gateway, found))} for found in _visible(gateway)],
        "months": months,
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
    lines = _seen(gateway, found)
    may_approve = gateway.may(Permission.SETTLEMENT_APPROVE) and gateway.viewer.is_whole_entity(Permission.SETTLEMENT_APPROVE)
    context = {
        "settlement": found,
        "state": STATES[found.state],
        "rows": [_shown(line) for line in lines],
        "pay": sum((Decimal(line["pay"]) for line in lines), Decimal("0.00")),
        "weights": [(metric_of(code), weight) for code, weight in found.scheme["weights"].items()],
        "is_whole": is_whole,
        "is_frozen": is_as_frozen(found),
        "pinned": held_against(gateway, found, found.version) if asks else None,
        "now": held_against(gateway, found, None) if asks else None,
        "may_withdraw": found.proposed_by.pk == user.pk and found.state == State.WAITING,
        "may_decide": may_approve and found.state == State.WAITING and not is_party(found, user),
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


def _line(gateway: Gateway, settlement: Settlement, code: str, *more: Permission) -> dict[str, Any]:
    found = next((line for line in _seen(gateway, settlement, *more) if line["number"] == code), None)
    if found is None:
        raise NotVisibleError("there is no such person in this settlement", where="settlements", next_step="choose one from the list")
    return found


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    return {**line, "points": Decimal(line["points"]), "pay": Decimal(line["pay"])}


def _parts(line: dict[str, Any]) -> list[tuple[Metric, dict[str, Decimal | None]]]:
    return [
        (metric_of(part["metric"]), {name: None if value is None else Decimal(value) for name, value in part.items() if name != "metric"})
        for part in line["parts"]
    ]


def _export(found: Settlement, lines: list[dict[str, Any]], sheets: tuple[Sheet, ...], name: str) -> Export:
    scheme = found.scheme
    return Export(
        "settlement",
        choose("绩效结算", "Settlement"),
        sheets,
        tuple(metric_of(code) for code in scheme["weights"]),
        (
            (choose("期间", "Period"), f"{found.first_day} – {found.last_day}"),
            (choose("修订", "Revision"), str(found.revision)),
            (choose("状态", "State"), str(STATES[found.state])),
            (choose("数据版本", "Version"), found.version),
            (choose("方案指纹", "Scheme"), found.scheme_hash[:16]),
            (choose("内容指纹", "Content"), found.content_hash[:16]),
        ),
        None,
        name,
        object_id=str(found.pk),
        details={"settlement": found.pk, "rows": len(lines)},
    )


def _payroll(found: Settlement, lines: list[dict[str, Any]]) -> Sheet:
    title = choose("发放清单", "Payroll")
    columns = (
        Column(choose("工号", "Employee"), width=14),
        Column(choose("姓名", "Name"), width=16),
        Column(choose("岗位", "Post"), width=16),
        Column(choose("机构", "Organisation"), width=34),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
        Column(choose("金额", "Pay"), Unit.YUAN),
    )
    rows = [(line["number"], line["name"], line["post"], line["place"], Decimal(line["points"]), Decimal(line["pay"])) for line in lines]
    total = (choose("合计", "Total"), "", "", "", None, sum((row[5] for row in rows), Decimal("0.00")))
    return Sheet(title, f"{title} · {found.first_day} – {found.last_day}", columns, rows, total)


def _statements(found: Settlement, lines: list[dict[str, Any]]) -> Sheet:
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
        (
            line["number"],
            line["name"],
            choose(metric.name_zh, metric.name_en),
            Amount(part["actual"], metric.unit),
            Amount(part["target"], metric.unit),
            part["completion"],
            part["counted"],
            part["weight"],
            part["points"],
        )
        for line in lines
        for metric, part in _parts(line)
    ]
    return Sheet(title, f"{title} · {found.first_day} – {found.last_day}", columns, rows)


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
