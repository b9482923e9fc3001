"""The worklist taken out: what is on the screen, masked as there, within what may be taken out at once."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.answers.survival_by_product import AGES
from maisui.web.customers.score_desk import ShownScored
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.judged import judged_word
from maisui.web.pages.churn.state import State
from maisui.web.pages.churn.survival import survival_lines
from maisui.web.pages.churn.words import RUNGS, reasons
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import every_row
from maisui.web.pages.strategies.next_step import step_words
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return the list of the address, the highest expected losses first, as many as one may take at once."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, most = replace(State.of(request.GET), page=1), settings.HOME.web.customer_export_rows
    first = gateway.scores.listed(state.question(size=min(most, ROWS_AT_ONCE)), is_export=True)
    if first is None:
        raise NotAtOnceError(Text("本版本尚未评分", "this version is not scored yet"))

    def rows_of(page: int) -> tuple[ShownScored, ...]:
        more = gateway.scores.listed(replace(state, page=page).question(size=ROWS_AT_ONCE), is_export=True)
        return more.rows if more else ()

    found, names = first.found, namer(gateway, "manager")
    rows = every_row(first.rows, min(most, found.total_count), ROWS_AT_ONCE, rows_of)
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("归属机构", "Home outlet"), width=28),
        Column(choose("客户经理", "Manager"), width=24),
        Column(choose("流失概率", "Chance of leaving"), Unit.SHARE, width=12),
        Column(choose("风险资产", "Value at risk"), Unit.YUAN),
        Column(choose("预计流失", "Expected loss"), Unit.YUAN),
        Column(choose("理由", "Reasons"), width=64),
        Column(choose("下一步", "What next"), width=64),
        Column(choose("专家判断", "Judged by people"), width=40),
    )
    lines = [
        (
            one.customer.customer_name,
            one.customer.customer_number,
            one.customer.home_organisation_name,
            "、".join(str(names(number)) for number in one.customer.managers),
            one.customer.probability,
            one.customer.value_at_risk,
            one.customer.expected_loss,
            choose("；", "; ").join(reasons(one.customer)),
            step_words(one.step, one.customer.rule_codes).said,
            judged_word(one.judgement),
        )
        for one in rows
    ]
    shown = choose("流失预警", "Churn")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day} · {len(rows)} / {found.total_count}"
    return Export(
        "churn",
        shown,
        (Sheet(shown, title, columns, lines), _survival(gateway, state)),
        organisation=state.organisation,
        name=f"churn-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "of": found.total_count},
        classification=SENSITIVE,
    )


def _survival(gateway: Gateway, state: State) -> Sheet:
    """Return how long each product group is kept: for each age the share still open and the accounts at risk."""
    lines = survival_lines(gateway.scores.survival((state.organisation,) if state.organisation else None))
    shown = choose("各产品留存", "Kept by product")
    columns = [
        Column(choose("产品组", "Product group"), width=20),
        Column(choose("观察账户", "Accounts seen"), Unit.COUNT),
        Column(choose("已销户", "Closed"), Unit.COUNT),
    ]
    for age in AGES:
        columns.append(Column(choose(f"{age} 个月仍在", f"Open after {age} months"), Unit.SHARE))
        columns.append(Column(choose(f"{age} 个月在险户数", f"At risk at {age} months"), Unit.COUNT))
    rows = [
        (
            str(line["name"]),
            line["accounts"],
            line["closed"],
            *(value for cell in line["cells"] for value in ((cell["exact"], cell["at_risk"]) if cell else (None, None))),
        )
        for line in lines
    ]
    return Sheet(shown, choose("个人账户，Kaplan–Meier", "Accounts of persons, Kaplan–Meier"), tuple(columns), rows)
