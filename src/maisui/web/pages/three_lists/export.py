"""A list taken out: what is on the screen, masked as there, every line."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import LABEL_BY_CODE, Unit
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.pages.paging import every_row
from maisui.web.pages.three_lists.sentences import sentence
from maisui.web.pages.three_lists.state import State
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return the list of the address; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(State.of(request.GET), page=1)
    first = gateway.labels.listed(state.question(size=ROWS_AT_ONCE), is_export=True)
    count, most = first.found.total_count, settings.HOME.web.customer_export_rows
    if count > most:
        said = Text(
            f"共 {count} 户，一次最多导出 {most} 户；请选一家机构或一个理由",
            f"{count} customers, at most {most} at once: choose an organisation or a reason",
        )
        raise NotAtOnceError(said)
    rows = every_row(
        first.rows,
        count,
        ROWS_AT_ONCE,
        lambda page: gateway.labels.listed(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True).rows,
    )
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
        Column(choose("理由金额", "Amount"), Unit.YUAN),
        Column(choose("说明", "In words"), width=64),
        Column(choose("自何时起", "Since"), width=12),
        Column(choose("金融资产日均", "Average assets"), Unit.YUAN),
        Column(choose("贷款余额", "Loans"), Unit.YUAN),
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
    counted = choose(f"{count} 户", f"{count} customers")
    total = (choose("合计", "Total"), counted, "", "", "", "", "", first.found.amount, "", None, None, None)
    sheet = Sheet(title, f"{title} · {first.found.day}", columns, lines, total)
    return Export(
        "three_lists",
        title,
        (sheet,),
        organisation=state.organisation,
        name=f"{state.label}-{first.found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "filters": state.query()},
        classification=SENSITIVE,
    )
