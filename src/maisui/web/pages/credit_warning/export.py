"""The page taken out: the list as on the screen, masked as there, and class migration beside it."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.customers.score_desk import ShownScored
from maisui.web.exports.sheets import SENSITIVE, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.judged import judged_word
from maisui.web.pages.churn.words import RUNGS, reasons
from maisui.web.pages.credit_warning.state import State
from maisui.web.pages.credit_warning.words import CLASSES, SEVERITIES, class_word, guarantee_words
from maisui.web.pages.overview.words import namer
from maisui.web.pages.paging import every_row
from maisui.web.pages.strategies.next_step import step_words
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 200


def export_of_page(request: HttpRequest) -> Export:
    """Return the list of the address, the gravest first, as many as one may take at once, and the matrix of its months."""
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
        Column(choose("违约概率", "Chance of default"), Unit.SHARE, width=12),
        Column(choose("严重程度", "Severity"), width=12),
        Column(choose("贷款余额", "Exposure"), Unit.YUAN),
        Column(choose("预计违约敞口", "Expected exposure in default"), Unit.YUAN),
        Column(choose("五级分类", "Class"), width=12),
        Column(choose("逾期天数", "Days overdue"), Unit.COUNT),
        Column(choose("担保关系", "Guarantees"), width=20),
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
            str(SEVERITIES[one.customer.severity]),
            one.customer.value_at_risk,
            one.customer.expected_loss,
            class_word(one.customer.borrower),
            one.customer.borrower.overdue_day_count if one.customer.borrower else None,
            choose("、", ", ").join(guarantee_words(one.customer.borrower)),
            choose("；", "; ").join(reasons(one.customer)),
            step_words(one.step, one.customer.rule_codes).said,
            judged_word(one.judgement),
        )
        for one in rows
    ]
    shown = choose("风险预警", "Credit early warning")
    title = f"{shown} · {RUNGS[found.standing.rung.value]} · {found.day} · {len(rows)} / {found.total_count}"
    return Export(
        "credit_warning",
        shown,
        (Sheet(shown, title, columns, lines), *_migration(gateway, state)),
        organisation=state.organisation,
        name=f"credit-warning-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(rows), "of": found.total_count},
        classification=SENSITIVE,
    )


def _migration(gateway: Gateway, state: State) -> tuple[Sheet, ...]:
    found = gateway.scores.class_migration(state.organisations, state.months)
    if found is None:
        return ()
    shown = choose("分类迁徙", "Class migration")
    columns = (
        Column(choose("期初分类", "Class before"), width=16),
        Column(choose("期末", "Became"), width=16),
        Column(choose("笔次", "Loans"), Unit.COUNT),
        Column(choose("占比", "Share"), Unit.SHARE),
        Column(choose("95% 下限", "95 % low"), Unit.SHARE),
        Column(choose("95% 上限", "95 % high"), Unit.SHARE),
    )
    lines = [
        (str(CLASSES[row.opening]), str(CLASSES[cell.closing]), cell.count, cell.share, cell.low, cell.high)
        for row in found.rows
        for cell in row.cells
    ]
    expected = (
        Column(choose("分类", "Class"), width=16),
        Column(choose("当前余额", "Balance now"), Unit.YUAN),
        Column(choose("预计余额", "Expected balance"), Unit.YUAN),
    )
    title = choose(
        f"{shown} · {found.months} 个月 · {len(found.cohorts)} 个批次", f"{shown} · {found.months} months · {len(found.cohorts)} cohorts"
    )
    return (
        Sheet(shown, title, columns, lines),
        Sheet(
            choose("预计余额", "Expected balance"),
            choose(f"{found.day} 起 {found.months} 个月后，不含新发放", f"{found.months} months after {found.day}, without new loans"),
            expected,
            [(str(CLASSES[row.opening]), row.balance, row.expected) for row in found.rows],
        ),
    )
