"""The list of key focus taken out: the cases the address asks for, masked as on the screen."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import MOST_CASES, Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import SENSITIVE, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.focus.page import row_of
from maisui.web.pages.focus.state import FocusState
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the cases of the address, at most as many as customers at once; the heading says of how many."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = FocusState.of(request.GET)
    standing = standing_of(gateway, state.organisation or None, None, where="focus")
    question = replace(state.question(gateway, request.user), page=1, size=min(MOST_CASES, settings.HOME.web.customer_export_rows))  # type: ignore[arg-type]
    listed = gateway.cases.listed(question)
    names = {node.code: node.name for node in gateway.whole_tree()}
    rows = [row_of(gateway, shown, names) for shown in listed.rows]
    columns = (
        Column(choose("程度", "Severity"), width=8),
        Column(choose("规则", "Rule"), width=20),
        Column(choose("对象", "Subject"), width=28),
        Column(choose("账号（借据号）", "Account or loan"), width=24),
        Column(choose("涉及金额", "At stake"), Unit.YUAN),
        Column(choose("依据", "Evidence"), width=60),
        Column(choose("机构", "Organisation"), width=26),
        Column(choose("日期", "Day"), width=12),
        Column(choose("状态", "State"), width=12),
        Column(choose("处理人", "Owner"), width=12),
        Column(choose("客户经理", "Manager"), width=12),
        Column(choose("期限", "Due"), width=12),
    )
    title = choose("重点关注", "Key focus")
    of = choose(f"{len(rows)} 件，共 {listed.found.total_count} 件", f"{len(rows)} of {listed.found.total_count} cases")
    lines = [
        (
            str(row["severity"]),
            choose(row["case"].rule.name_zh, row["case"].rule.name_en),
            row["subject"],
            row["shown"].account_number,
            row["case"].at_stake_amount,
            row["evidence"],
            row["case"].organisation_name,
            row["case"].period_on,
            str(row["state"]),
            row["owner"],
            row["manager"],
            row["due_on"],
        )
        for row in rows
    ]
    return Export(
        "focus",
        title,
        (Sheet(title, f"{title} · {listed.found.day} · {of}", columns, lines),),
        about=standing.about(),
        organisation=state.organisation or None,
        name=f"key-focus-{listed.found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "of": listed.found.total_count, "filters": state.query()},
        classification=SENSITIVE,
    )
