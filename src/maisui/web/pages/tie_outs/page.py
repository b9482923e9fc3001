"""Does everything tie today: every control, the ledger against accounts down to the outlet, what is uncovered, and which version broke."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import SUBJECT_SETS, Freshness, SubjectLine, TieDay, TiedDay, Unit
from maisui.errors import HomeError
from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.text import Text, choose

_LONGEST_CODE = 64
ELEMENTS = {
    "asset": Text("资产", "assets"),
    "liability": Text("负债", "liabilities"),
    "joint": Text("共同类", "joint"),
    "equity": Text("权益", "equity"),
    "result": Text("损益", "result"),
    "off_balance": Text("表外", "off balance"),
    "unknown": Text("总账未见", "not in the ledger"),
    "together": Text("各科目合计", "subjects together"),
}
FOUND_IN = {
    "both": Text("两边都有", "on both sides"),
    "ledger": Text("仅总账，科目下无账户", "ledger only: no account under the subject"),
    "subledger": Text("仅分户账，总账无此科目机构", "accounts only: not in the ledger"),
    "no_accounts": Text("仅总账，该机构当日未送分户账", "ledger only: no accounts came from there that day"),
}
SEVERITIES = {"stop": Text("不发布", "not published"), "warn": Text("提示", "listed")}
SETS = {one.code: Text(one.name_zh, one.name_en) for one in SUBJECT_SETS} | {"none": Text("无分户账", "no sub-ledger")}


@dataclass(frozen=True, slots=True)
class State:
    """What the address asks for: a day of the ledger, a subject and an outlet under it."""

    day: date | None
    subject: str
    organisation: str


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show controls and the ledger of one day; day, subject and outlet stand in the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "tie_outs/page.html", {"refused": gateway.data.stopped_batch()})
    days = gateway.data.tied_days()
    state = _state(request, days)
    may_see_accounts = gateway.may(Permission.CUSTOMER_VIEW)
    context: dict[str, object] = {
        "fresh": fresh,
        "refused": gateway.data.stopped_batch(),
        "broken": [control for control in fresh.controls if control.violations],
        "tolerated": [control for control in fresh.controls if control.tolerated],
        "compared": sum(1 for control in fresh.controls if control.checked),
        "days": days,
        "state": state,
        "may_see_accounts": may_see_accounts,
        "may_export": gateway.may(Permission.FIGURE_EXPORT),
        "history": gateway.data.control_history(),
    }
    if state.day:
        context |= _of_day(gateway.data.tie_day(state.day))
        if state.subject:
            outlets = gateway.data.tie_outlets(state.day, state.subject)
            context["outlets"] = [(line, FOUND_IN.get(line.found_in, line.found_in)) for line in outlets]
            if state.organisation and may_see_accounts:
                context["accounts"] = gateway.data.tie_accounts(state.day, state.subject, state.organisation)
    return render(request, "tie_outs/page.html", context)


def export_of_page(request: HttpRequest) -> Export:
    """Return controls and the ledger of the day."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    days = gateway.data.tied_days()
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="tie-outs", next_step="wait for the first batch")
    state = _state(request, days)
    sheets = [_controls_sheet(fresh)]
    if state.day:
        sheets.append(_subjects_sheet(gateway.data.tie_day(state.day)))
    day = f"{state.day or fresh.reporting_date}"
    return Export(
        "tie_outs",
        choose("勾稽", "Tie-outs"),
        tuple(sheets),
        about=((choose("数据日期", "Day"), day),),
        name=f"tie-outs-{day}",
        object_id=f"{state.day or ''}",
        details={"version": fresh.version},
    )


def _of_day(tied: TieDay) -> dict[str, object]:
    return {
        "tied": tied,
        "coverage": [(ELEMENTS[part.element], part.share) for part in tied.coverage],
        "covered": [_in_words(line) for line in tied.covered],
        "uncovered": [_in_words(line) for line in tied.uncovered],
    }


def _in_words(line: SubjectLine) -> tuple[SubjectLine, Text | str, Text | str]:
    return line, _element(line), SETS.get(line.control, line.control)


def _element(line: SubjectLine) -> Text | str:
    """Return the element of a line in words; a set whose subjects are held against its accounts in one sum has none."""
    return ELEMENTS["together"] if line.is_together else ELEMENTS.get(line.element, line.element)


def _state(request: HttpRequest, days: tuple[TiedDay, ...]) -> State:
    known = {f"{one.day}": one.day for one in days}
    day = known.get(request.GET.get("day", "")) or next(iter(known.values()), None)
    return State(day, request.GET.get("subject", "")[:_LONGEST_CODE], request.GET.get("organisation", "")[:_LONGEST_CODE])


def _controls_sheet(fresh: Freshness) -> Sheet:
    columns = (
        Column(choose("规则", "Control"), width=60),
        Column(choose("代码", "Code"), width=28),
        Column(choose("不符时", "When missed"), width=14),
        Column(choose("检查", "Checked"), Unit.COUNT),
        Column(choose("不符", "Missed"), Unit.COUNT),
        Column(choose("差额", "Difference"), Unit.YUAN),
        Column(choose("最大的不符", "Largest differences"), width=90),
    )
    rows = [
        (
            choose(control.name_zh, control.name_en),
            control.code,
            str(SEVERITIES.get(control.severity, control.severity)),
            control.checked,
            control.violations,
            Decimal(control.difference) if control.checked else None,
            "; ".join(" ".join(detail.values()) for detail in control.details[:5]),
        )
        for control in fresh.controls
    ]
    return Sheet(choose("勾稽规则", "Controls"), f"{fresh.version} · {fresh.reporting_date}", columns, rows)


def _subjects_sheet(tied: TieDay) -> Sheet:
    columns = (
        Column(choose("科目", "Subject"), width=14),
        Column(choose("名称", "Name"), width=32),
        Column(choose("要素", "Element"), width=12),
        Column(choose("核对集", "Set"), width=28),
        Column(choose("币种", "Currency"), width=8),
        Column(choose("总账", "Ledger"), Unit.YUAN),
        Column(choose("分户账", "Accounts"), Unit.YUAN),
        Column(choose("差额", "Difference"), Unit.YUAN),
        Column(choose("占比", "Share"), Unit.SHARE),
    )
    rows = [
        (
            line.subject,
            line.name or "",
            str(_element(line)),
            str(SETS.get(line.control, line.control)),
            line.currency,
            line.ledger,
            line.subledger,
            line.difference,
            line.share,
        )
        for line in (*tied.covered, *tied.uncovered)
    ]
    return Sheet(choose("总分核对", "Ledger and accounts"), f"{tied.day}", columns, rows)
