"""A worklist of loans taken out: what is on the screen, masked as there, every line."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.customers.worklists import ShownWork, shown_worklist
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_OUTCOMES, PROMISE_STATES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import every_row
from maisui.web.pages.worklists.page import NAMES, OVERDUE, code_of, days_of
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return the worklist of the address; for more loans than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.CUSTOMER_EXPORT)
    code = code_of(request)
    found, rows = shown_worklist(gateway, due_within=days_of(code), page=1, size=ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if found.total_count > most:
        raise NotAtOnceError(Text(f"一次最多导出 {most} 笔", f"at most {most} loans at once"))
    everything = every_row(
        rows,
        found.total_count,
        ROWS_AT_ONCE,
        lambda page: shown_worklist(gateway, due_within=days_of(code), page=page, size=ROWS_AT_ONCE, is_export=True)[1],
    )
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("拖欠自", "In arrears since") if code == OVERDUE else choose("到期日", "Due on"), width=14),
        Column(choose("币种", "Currency"), width=8),
        Column(choose("余额", "Balance"), Unit.YUAN),
        Column(choose("五级分类", "Class"), width=12),
        Column(choose("最近联系", "Last contact"), width=24),
        *((Column(choose("还款承诺", "Promise"), width=40),) if code == OVERDUE else ()),
        Column(choose("下一步", "Next step"), width=40),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            row.home_organisation_name,
            row.on,
            row.currency,
            row.balance,
            str(value_word(row.loan_class)),
            f"{row.last_contact.happened_on} {CONTACT_OUTCOMES[row.last_contact.outcome]}" if row.last_contact else "",
            *((_promise(row),) if code == OVERDUE else ()),
            f"{row.next_task.due_on} {row.next_task.what}" if row.next_task else "",
        )
        for row in everything
    ]
    sheet = Sheet(str(NAMES[code]), f"{NAMES[code]} · {found.day}", columns, lines)
    return Export(
        "worklist",
        str(NAMES[code]),
        (sheet,),
        name=f"worklist-{code}-{found.day}",
        object_id=code,
        details={"rows": len(lines)},
        classification=SENSITIVE,
    )


def _promise(row: ShownWork) -> str:
    if row.promise is None:
        return ""
    given = row.promise.promise
    return f"{given.promised_on} {given.amount:,.2f} {choose('元', 'CNY')} {PROMISE_STATES[row.promise.state]}"
