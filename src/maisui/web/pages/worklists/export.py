"""A worklist of loans taken out: what is on the screen, masked as there, every line."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.customers.worklists import ShownWork, shown_worklist
from maisui.web.exports.sheets import SENSITIVE, Cell, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_OUTCOMES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import every_row
from maisui.web.pages.worklists.page import PROMISED_NAMES, promise_words, step_of
from maisui.web.pages.worklists.state import NAMES, WorkState
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return the worklist of the address; for more loans than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = WorkState.of(request.GET)
    asked = state.question()
    found, rows = shown_worklist(gateway, asked, page=1, size=ROWS_AT_ONCE, is_export=True)
    most = settings.HOME.web.customer_export_rows
    if found.total_count > most:
        raise NotAtOnceError(Text(f"一次最多导出 {most} 笔", f"at most {most} loans at once"))
    everything = every_row(
        rows,
        found.total_count,
        ROWS_AT_ONCE,
        lambda page: shown_worklist(gateway, asked, page=page, size=ROWS_AT_ONCE, is_export=True)[1],
    )
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("拖欠自", "In arrears since") if state.is_overdue else choose("到期日", "Due on"), width=14),
        Column(choose("币种", "Currency"), width=8),
        Column(choose("余额", "Balance"), Unit.YUAN),
        Column(choose("五级分类", "Class"), width=12),
        Column(choose("最近联系", "Last contact"), width=24),
        *(_promise_columns() if state.is_overdue else ()),
        Column(choose("下一步", "Next step"), width=48),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            row.home_organisation_name,
            row.on,
            row.currency,
            row.balance,
            f"{value_word(row.loan_class)}{choose('（贴现票据）', ' (discounted bill)') if row.is_bill else ''}",
            f"{row.last_contact.happened_on} {CONTACT_OUTCOMES[row.last_contact.outcome]}" if row.last_contact else "",
            *(_promise(row) if state.is_overdue else ()),
            step_of(row, state).said,
        )
        for row in everything
    ]
    name = NAMES[state.code]
    about = f"{name} · {PROMISED_NAMES[state.promised]} · {found.day}" if state.promised else f"{name} · {found.day}"
    return Export(
        "worklist",
        str(name),
        (Sheet(str(name), about, columns, lines),),
        name=f"worklist-{state.code}-{found.day}",
        organisation=state.organisation,
        object_id=state.code,
        details={"rows": len(lines), "filters": state.query()},
        classification=SENSITIVE,
    )


def _promise_columns() -> tuple[Column, ...]:
    return (
        Column(choose("承诺还款日", "Promised by"), width=14),
        Column(choose("承诺金额", "Promised"), Unit.YUAN),
        Column(choose("已还", "Received"), Unit.YUAN),
        Column(choose("承诺状态", "State of the promise"), width=36),
    )


def _promise(row: ShownWork) -> tuple[Cell, ...]:
    words = promise_words(row.promise)
    if words is None:
        return (None, None, None, "")
    now = words["now"]
    said = choose("；", "; ").join(str(part) for part in (words["state"], words["earlier"]) if part)
    return (now.promise.promised_on, now.promise.amount, now.received, said)
