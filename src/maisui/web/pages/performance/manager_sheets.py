"""What became of what a manager looks after, and what its customers do, taken out: the sheets of his page's two blocks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers import Unit
from maisui.web.exports.sheets import Amount, Cell, Column, Sheet
from maisui.web.pages.performance.manager_activity import ManagerActivity
from maisui.web.pages.performance.manager_quality import ManagerQuality
from maisui.web.text import choose


def manager_sheets(about: str, shown: dict[str, Any]) -> tuple[Sheet, ...]:
    """Return loans by responsibility, facts, cohorts and use as the context of a page holds them, some perhaps empty."""
    quality: ManagerQuality | None = shown["quality"].value
    activity: ManagerActivity | None = shown["activity"].value
    return (
        _loans(about, quality),
        _facts(about, quality, activity),
        _cohorts(about, shown["cohort_rows"]),
        _use(about, activity),
    )


def _loans(about: str, quality: ManagerQuality | None) -> Sheet:
    title = choose("贷款责任", "Loans by responsibility")
    columns = (
        Column(choose("责任", "Responsibility"), width=34),
        Column(choose("发放年", "Granted in"), width=12),
        Column(choose("笔数", "Loans"), Unit.COUNT),
        Column(choose("余额", "Balance"), Unit.YUAN),
        Column(choose("逾期", "Overdue"), Unit.YUAN),
        Column(choose("不良", "Bad"), Unit.YUAN),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(one.word), str(year.year), year.loan_count, year.balance, year.overdue_balance, year.bad_balance)
        for one in (quality.responsibilities if quality else ())
        for year in one.years
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _facts(about: str, quality: ManagerQuality | None, activity: ManagerActivity | None) -> Sheet:
    title = choose("管户成效", "What became of it")
    columns = (
        Column(choose("项目", "Item"), width=34),
        Column(choose("数值", "Value"), width=20),
        Column(choose("基数", "Base"), width=20),
    )
    rows: list[tuple[Cell, ...]] = []
    if quality:
        due, deposits, cases = quality.collected, quality.deposits, quality.cases
        rows += [
            (
                choose("到期应收收回率", "Collected of what fell due"),
                Amount(due.rate if due else None, Unit.SHARE),
                Amount(due.due_amount if due else None, Unit.YUAN),
            ),
            (choose("存款增量 / 年初基数", "Increment of deposits / base"), *_yuan(deposits.increment, deposits.base_balance)),
            (choose("活期日均占比", "Demand share, average"), Amount(deposits.demand_share, Unit.SHARE), None),
            (choose("每百元存款年付息", "Interest on 100 a year"), Amount(deposits.cost_per_hundred, Unit.YUAN_EACH), None),
            (choose("按期办结 / 办结的重点关注", "Cases closed in time / closed"), *_counts(cases.in_time_count, cases.closed_count)),
        ]
    if activity:
        origin, sold, met = activity.origin, activity.sold, activity.met
        rows += [
            (choose("派生存款 / 自营存款", "Derived / own deposits"), *_yuan(origin.derived_balance, origin.own_balance)),
            (
                choose("代理与理财持有 / 户数", "Agency and wealth held / customers"),
                Amount(sold.market_amount, Unit.YUAN),
                Amount(Decimal(sold.customer_count), Unit.COUNT),
            ),
            (choose("走访次数 / 户数", "Visits / customers"), *_counts(met.visit_count, met.visited_count)),
            (choose("联系次数 / 户数", "Contacts / customers"), *_counts(met.contact_count, met.customer_count)),
            (choose("未联系上 / 联系次数", "Not reached / contacts"), *_counts(met.missed_count, met.contact_count)),
        ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _cohorts(about: str, cohort_rows: list[tuple[Any, Any]]) -> Sheet:
    title = choose("年初管户去向", "Customers of the year's start")
    columns = (
        Column(choose("年初等级", "Tier then"), width=16),
        Column(choose("户数", "Customers"), Unit.COUNT),
        Column(choose("留存", "Kept"), Unit.COUNT),
        Column(choose("应留存", "Expected"), Unit.COUNT_EACH),
        Column(choose("上升", "Risen"), Unit.COUNT),
        Column(choose("下降", "Fallen"), Unit.COUNT),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(tier), one.customer_count, one.kept_count, one.expected, one.risen_count, one.fallen_count) for tier, one in cohort_rows
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _use(about: str, activity: ManagerActivity | None) -> Sheet:
    title = choose("产品与渠道", "Products and channels")
    columns = (
        Column(choose("类别", "Kind"), width=10),
        Column(choose("名称", "Name"), width=24),
        Column(choose("持有或用过", "Held or ever used"), Unit.COUNT),
        Column(choose("活跃", "Used"), Unit.COUNT),
        Column(choose("本期新开或首用", "Taken up or begun"), Unit.COUNT),
    )
    kinds = ((choose("产品", "Product"), activity.products), (choose("渠道", "Channel"), activity.channels)) if activity else ()
    rows: list[tuple[Cell, ...]] = [
        (kind, str(one.name), one.use.holder_count, one.use.active_count, one.use.opened_count) for kind, uses in kinds for one in uses
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _yuan(value: Decimal, base: Decimal) -> tuple[Amount, Amount]:
    return Amount(value, Unit.YUAN), Amount(base, Unit.YUAN)


def _counts(value: int, base: int) -> tuple[Amount, Amount]:
    return Amount(Decimal(value), Unit.COUNT), Amount(Decimal(base), Unit.COUNT)
