"""The visit sheet of a village: printed or taken out for one officer's households, filled in, and read again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers.circle_members import CircleKind
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.visits import DAY, KEY, KEY_MARK, OUTCOME, WORDS, enter_visits
from maisui.web.customers.visit_sheets import VisitSheet, visit_sheet
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import own_numbers
from maisui.web.pages.circles.words import place_of
from maisui.web.pages.customers.consent import WORDS as CONSENTS
from maisui.web.pages.customers.words import CONTACT_OUTCOMES
from maisui.web.pages.overview.words import namer
from maisui.web.pages.page import needs
from maisui.web.text import Text, choose

_TO_WRITE = "＿" * 6


@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how the sheet is got, and where it is read again."""
    return render(request, "circles/visits.html", _context(request, reference))


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """Read a filled sheet: lead to the village when its visits are written down, show each cell that does not pass otherwise."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    numbers = gateway.circles.numbers(CircleKind.VILLAGE, reference, Permission.CUSTOMER_RECORD)
    file = request.FILES.get("file")
    content = file.read() if file is not None else b""
    try:
        entered = enter_visits(
            gateway,
            request.user,  # type: ignore[arg-type]
            content=content,
            numbers=numbers,
            outcomes=CONTACT_OUTCOMES,
            of=reference,
        )
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
        return redirect("circles_visits", reference=reference)
    if entered.faults:
        return render(request, "circles/visits.html", _context(request, reference) | {"faults": entered.faults}, status=409)
    said = Text(
        f"已登记走访 {entered.new} 条，{entered.known} 条此前已登记",
        f"{entered.new} visits written down, {entered.known} were known already",
    )
    messages.success(request, str(said))
    return redirect("circles_one", kind=CircleKind.VILLAGE, reference=reference)


def export_of_sheet(request: HttpRequest, reference: str) -> Export:
    """Return the sheet: with lines to write on where it is printed, with keys where it is filled in on a screen."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    manager, is_printed = _manager(request), request.path.endswith(".pdf")
    right = _right_to_take_out(request, manager, is_printed=is_printed)
    sheet = visit_sheet(gateway, reference, manager, right)
    most = settings.HOME.web.customer_export_rows
    if len(sheet.lines) > most:
        raise NotAtOnceError(Text(f"一次最多 {most} 行，请选一位客户经理", f"at most {most} lines at once: choose an officer"))
    names = namer(gateway, "manager")
    title = choose(f"走访表 · {sheet.name} · {sheet.day}", f"Visit sheet · {sheet.name} · {sheet.day}")
    columns = (
        Column(choose("户", "Household"), width=20),
        Column(choose("客户", "Customer"), width=14),
        Column(choose("客户号", "Number"), width=18),
        Column(choose("身份", "Place"), width=10),
        Column(choose("上次走访", "Last visit"), width=12),
        Column(choose("营销授权", "Marketing"), width=14),
        Column(str(DAY), width=14),
        Column(str(OUTCOME), width=14),
        Column(str(WORDS), width=36),
        *(() if is_printed else (Column(str(KEY), width=12),)),
    )
    blank = _TO_WRITE if is_printed else ""
    return Export(
        "visit_sheet",
        choose("走访表", "Visit sheet"),
        (Sheet(choose("走访表", "Visit sheet"), title, columns, _rows(sheet, blank, is_printed=is_printed), is_form=True),),
        about=(
            (choose("责任客户经理", "Officer in charge"), str(names(manager)) if manager else choose("全部", "all")),
            (
                choose("营销授权", "Marketing"),
                choose("已拒绝的只走访、不推介；未同意的先征得同意", "who refused is offered nothing; who has not agreed is asked first"),
            ),
            (choose("结果填写", "Outcome is one of"), choose("、", ", ").join(str(word) for word in CONTACT_OUTCOMES.values())),
        ),
        organisation=",".join(gateway.viewer.tops_of(right)) or None,
        name=f"visit-sheet-{sheet.day}",
        object_id=reference,
        details={"rows": len(sheet.lines), "manager": manager or ""},
        classification=SENSITIVE,
    )


def _right_to_take_out(request: HttpRequest, manager: str | None, *, is_printed: bool) -> Permission:
    """Return what a file of the sheet asks for: an officer prints his own households, every other file is a list of customers."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if is_printed and not gateway.may(Permission.CUSTOMER_EXPORT) and manager in own_numbers(gateway):
        return Permission.CUSTOMER_RECORD
    return Permission.CUSTOMER_EXPORT


def _context(request: HttpRequest, reference: str) -> dict[str, Any]:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    manager = _manager(request)
    sheet, names = visit_sheet(gateway, reference, manager), namer(gateway, "manager")
    may_record, own = gateway.may(Permission.CUSTOMER_RECORD), own_numbers(gateway)
    return {
        "reference": reference,
        "sheet": sheet,
        "manager": manager,
        "managers": [(number, names(number), count, number == manager) for number, count in sheet.managers],
        "query": urlencode({"manager": manager}) if manager else "",
        "back": reverse("circles_one", args=[CircleKind.VILLAGE, reference]),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        "own_sheets": [urlencode({"manager": number}) for number, _ in sheet.managers if number in own] if may_record else [],
        "may_record": may_record,
        "outcomes": [str(word) for word in CONTACT_OUTCOMES.values()],
    }


def _rows(sheet: VisitSheet, blank: str, *, is_printed: bool) -> list[tuple[str, ...]]:
    return [
        (
            line.household,
            line.customer_name,
            line.customer_number,
            place_of(CircleKind.VILLAGE, line.member.role, is_first=line.member.is_first),
            str(line.last_visit or ""),
            str(CONSENTS[line.consent].said),
            blank,
            blank,
            blank,
            *(() if is_printed else (f"{KEY_MARK}{line.reference}",)),
        )
        for line in sheet.lines
    ]


def _manager(request: HttpRequest) -> str | None:
    return request.GET.get("manager") or None
