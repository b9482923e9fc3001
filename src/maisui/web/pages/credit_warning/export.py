"""The page taken out: the list as on the screen, masked as there, and class migration beside it."""

from __future__ import annotations

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.sheets import SENSITIVE, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.scored_list import OwnColumn, scored_list
from maisui.web.pages.credit_warning.state import State
from maisui.web.pages.credit_warning.words import CLASSES, SEVERITIES, class_word, guarantee_words
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the list of the address, the gravest first, as many as one may take at once, and the matrix of its months."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state, shown = State.of(request.GET), choose("风险预警", "Credit early warning")
    own: tuple[OwnColumn, ...] = (
        (Column(choose("违约概率", "Chance of default"), Unit.SHARE, width=12), lambda one: one.customer.probability),
        (Column(choose("严重程度", "Severity"), width=12), lambda one: str(SEVERITIES[one.customer.severity])),
        (Column(choose("贷款余额", "Exposure"), Unit.YUAN), lambda one: one.customer.value_at_risk),
        (Column(choose("预计违约敞口", "Expected exposure in default"), Unit.YUAN), lambda one: one.customer.expected_loss),
        (Column(choose("五级分类", "Class"), width=12), lambda one: class_word(one.customer.borrower)),
        (
            Column(choose("逾期天数", "Days overdue"), Unit.COUNT),
            lambda one: one.customer.borrower and one.customer.borrower.overdue_day_count,
        ),
        (
            Column(choose("担保关系", "Guarantees"), width=20),
            lambda one: choose("、", ", ").join(guarantee_words(one.customer.borrower)),
        ),
    )
    found, sheet = scored_list(gateway, state.question(), shown, own)
    return Export(
        "credit_warning",
        shown,
        (sheet, *_migration(gateway, state)),
        organisation=state.organisation,
        name=f"credit-warning-{found.day}",
        object_id=state.organisation or "*",
        details={"rows": len(sheet.rows), "of": found.total_count},
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
