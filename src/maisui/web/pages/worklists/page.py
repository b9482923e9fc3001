"""Worklists: loans that fall due and loans in arrears, with what was last said to the borrower and what comes next."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from maisui.answers import DUE_WITHIN, Unit
from maisui.web.access.permissions import Permission
from maisui.web.customers.worklists import shown_worklist
from maisui.web.exports.files import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_OUTCOMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.text import Text, choose

ROWS, ROWS_AT_ONCE = 50, 200
OVERDUE = "overdue"
_LONGEST_NUMBER = 8
NAMES: dict[str, Text] = {
    **{str(days): Text(f"{days} 天内到期", f"Due within {days} days") for days in DUE_WITHIN},
    OVERDUE: Text("逾期催收", "In arrears"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of a worklist."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "worklists/page.html", {"is_empty": True})
    code = _code(request)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER else 1
    found, rows = shown_worklist(gateway, due_within=_days(code), page=page, size=ROWS)
    context = {
        "lists": [(one, name, one == code) for one, name in NAMES.items()],
        "code": code,
        "name": NAMES[code],
        "is_overdue": code == OVERDUE,
        "day": found.day,
        "rows": [(row, value_word(row.loan_class), CONTACT_OUTCOMES[row.last_contact.outcome] if row.last_contact else "") for row in rows],
        "slice": Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
    }
    return render(request, "worklists/page.html", context)


@needs(Permission.CUSTOMER_EXPORT)
@require_safe
def workbook_of_list(request: HttpRequest) -> HttpResponse:
    """Return a worklist as a workbook; for more loans than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    code = _code(request)
    found, rows = shown_worklist(gateway, due_within=_days(code), page=1, size=ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if found.total_count > most:
        messages.warning(request, str(Text(f"一次最多导出 {most} 笔", f"at most {most} loans at once")))
        return redirect("worklists")
    everything = list(rows)
    for page in range(2, -(-found.total_count // ROWS_AT_ONCE) + 1):
        everything += shown_worklist(gateway, due_within=_days(code), page=page, size=ROWS_AT_ONCE, is_export=True)[1]
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("拖欠自", "In arrears since") if code == OVERDUE else choose("到期日", "Due on"), width=14),
        Column(choose("币种", "Currency"), width=8),
        Column(choose("余额", "Balance"), Unit.YUAN),
        Column(choose("五级分类", "Class"), width=12),
        Column(choose("最近联系", "Last contact"), width=24),
        Column(choose("下一步", "Next step"), width=40),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            row.home_organisation_name,
            str(row.on),
            row.currency,
            row.balance,
            str(value_word(row.loan_class)),
            f"{row.last_contact.happened_on} {CONTACT_OUTCOMES[row.last_contact.outcome]}" if row.last_contact else "",
            f"{row.next_task.due_on} {row.next_task.what}" if row.next_task else "",
        )
        for row in everything
    ]
    sheet = Sheet(str(NAMES[code]), f"{NAMES[code]} · {found.day}", columns, lines)
    response = HttpResponse(workbook((sheet,), stamp_of(gateway, None)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="maisui-worklist-{code}.xlsx"'
    return response


def _code(request: HttpRequest) -> str:
    asked = request.GET.get("list", "")
    return asked if asked in NAMES else str(DUE_WITHIN[0])


def _days(code: str) -> int | None:
    return None if code == OVERDUE else int(code)
