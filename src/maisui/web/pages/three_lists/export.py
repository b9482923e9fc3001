"""A list as a workbook: what is on the screen, masked as there, every line."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from maisui.answers import LABEL_BY_CODE, Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.page import needs
from maisui.web.pages.three_lists.sentences import sentence
from maisui.web.pages.three_lists.state import State
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


@needs(Permission.CUSTOMER_EXPORT)
@require_safe
def workbook_of_list(request: HttpRequest) -> HttpResponse:
    """Return the list of the address as a workbook; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(State.of(request.GET), page=1)
    first = gateway.labels.listed(state.question(size=ROWS_AT_ONCE), is_export=True)
    count, most = first.found.total_count, settings.HOME.web.customer_export_rows
    if count > most:
        said = Text(
            f"共 {count} 户，一次最多导出 {most} 户；请选一家机构或一个理由",
            f"{count} customers, at most {most} at once: choose an organisation or a reason",
        )
        messages.warning(request, str(said))
        return redirect(f"{reverse('three_lists')}?{state.query()}")
    rows = list(first.rows)
    for page in range(2, first.pages + 1):
        rows += gateway.labels.listed(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True).rows
    label, names = LABEL_BY_CODE[state.label], namer(gateway, "manager")
    title = choose(label.name_zh, label.name_en)
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("大类", "Kind"), width=10),
        Column(choose("等级", "Tier"), width=12),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("客户经理", "Manager"), width=24),
        Column(choose("主要理由", "Main reason"), width=18),
        Column(choose("理由金额（元）", "Amount (CNY)"), Unit.YUAN),
        Column(choose("说明", "In words"), width=64),
        Column(choose("自何时起", "Since"), width=12),
        Column(choose("金融资产日均（元）", "Average assets (CNY)"), Unit.YUAN),
        Column(choose("贷款余额（元）", "Loans (CNY)"), Unit.YUAN),
    )
    lines = [
        (
            row.customer_name,
            row.customer_number,
            str(value_word(row.customer_kind)),
            str(value_word(row.tier_code)),
            row.home_organisation_name,
            "、".join(str(names(number)) for number in row.managers),
            str(value_word(row.reasons[0].reason.code)),
            row.reasons[0].amount,
            choose("；", "; ").join(sentence(given) for given in row.reasons),
            row.held_since,
            row.asset_average_balance,
            row.loan_balance,
        )
        for row in rows
    ]
    total = (choose("合计", "Total"), f"{count}", "", "", "", "", "", first.found.amount, "", None, None, None)
    sheet = Sheet(title, f"{title} · {first.found.day}", columns, lines, total)
    response = HttpResponse(workbook((sheet,), stamp_of(gateway, state.organisation)), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="maisui-{state.label}-{first.found.day}.xlsx"'
    return response
