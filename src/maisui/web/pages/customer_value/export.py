"""The page taken out: tenths, the way to the ledger's profit, and the list masked as on the screen, as many as one may take at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.answers.worth import CustomerWorth, WorthPage
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.pages.customer_value.page import brings_anything, pool_lines, tenth_lines
from maisui.web.pages.customer_value.state import State
from maisui.web.pages.customer_value.words import past_word, share
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import every_row
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return tenths, bridge and list of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, most = replace(State.of(request.GET), page=1), settings.HOME.web.customer_export_rows
    first = gateway.scores.worth(state.question(size=min(most, ROWS_AT_ONCE)), is_export=True)
    if first is None:
        raise NotAtOnceError(Text("本版本尚未评分", "this version is not scored yet"))

    def rows_of(page: int) -> tuple[tuple[str, CustomerWorth], ...]:
        more = gateway.scores.worth(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True)
        return more.rows if more else ()

    found, names = first.found, namer(gateway, "manager")
    rows = every_row(first.rows, min(most, found.total_count), ROWS_AT_ONCE, rows_of)
    shown = choose("客户价值预测", "Customer value")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day}"
    is_known = brings_anything(found)
    people = _people_sheet(rows, found, title, names, is_known=is_known)
    return Export(
        "customer_value",
        shown,
        (*((_tenths_sheet(found, title),) if is_known else ()), *((_bridge_sheet(found, title),) if found.pool else ()), people),
        organisation=state.organisation,
        name=f"customer-value-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "of": found.total_count},
        classification=SENSITIVE,
    )


def _people_sheet(
    rows: list[tuple[str, CustomerWorth]], found: WorthPage, title: str, names: Callable[[str], object], *, is_known: bool
) -> Sheet:
    said = choose(found.standing.said_zh, found.standing.said_en)
    return Sheet(
        choose("名单", "Customers"),
        f"{title} · {len(rows)} / {found.total_count} · {said}",
        (
            Column(choose("客户", "Customer"), width=20),
            Column(choose("客户号", "Number"), width=20),
            Column(choose("归属机构", "Home outlet"), width=28),
            Column(choose("客户经理", "Manager"), width=24),
            Column(str(past_word(found.facts.get("months", 12))), Unit.YUAN),
            Column(choose("预期价值", "Expected value"), Unit.YUAN),
            Column(choose("一年后仍在的概率", "Chance of staying a year"), width=16),
            Column(choose("转往本人他行账户", "Moved to own accounts elsewhere"), Unit.YUAN),
            Column(choose("钱包份额", "Share of wallet"), width=12),
            Column(choose("潜力（年）", "Potential a year"), Unit.YUAN),
        ),
        [
            (
                row.customer_name,
                row.customer_number,
                row.home_organisation_name,
                "、".join(str(names(number)) for number in row.managers),
                row.past_value if is_known else None,
                row.expected_value,
                share(row.staying),
                row.elsewhere_amount,
                share(row.wallet_share),
                row.potential_value,
            )
            for _, row in rows
        ],
    )


def _tenths_sheet(found: WorthPage, title: str) -> Sheet:
    return Sheet(
        choose("十档", "Tenths"),
        title,
        (
            Column(choose("档", "Tenth")),
            Column(choose("户", "Customers"), Unit.COUNT),
            Column(choose("贡献最高", "Most"), Unit.YUAN),
            Column(choose("贡献最低", "Least"), Unit.YUAN),
            Column(str(past_word(found.facts.get("months", 12))), Unit.YUAN),
            Column(choose("占比", "Share"), Unit.SHARE, width=12),
            Column(choose("预期价值", "Expected value"), Unit.YUAN),
        ),
        [
            (
                tenth.number,
                tenth.count,
                tenth.most,
                tenth.least,
                tenth.past,
                tenth.past / found.past if found.past else None,
                tenth.expected,
            )
            for line in tenth_lines(found)
            for tenth in (line["tenth"],)
        ],
    )


def _bridge_sheet(found: WorthPage, title: str) -> Sheet:
    return Sheet(
        choose("与总账核对", "To the ledger"),
        title,
        (Column(choose("项目", "Line"), width=36), Column(choose("金额", "Amount"), Unit.YUAN)),
        [(str(name), amount) for name, amount, _ in pool_lines(found)],
    )
