"""One person's page taken out: his figures, scores, statement, targets, rules, codes, manual work and journal, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.errors import HomeError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import State
from maisui.web.pages.performance.manager_sheets import manager_sheets
from maisui.web.pages.performance.one_person import OwnFigure
from maisui.web.pages.performance.page import state_of
from maisui.web.pages.performance.person import PART_WORDS, context_of, own_state
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.text import Text, choose

MOST_LINES = 5_000
"""Lines of the journal that a file holds; more are read on the page."""


def export_of_person(request: HttpRequest, code: str) -> Export:
    """Return the page of one person of the viewer's organisations; the look is recorded as that of the page is."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    _require_published(gateway)
    desk = PerformanceDesk.of_person(gateway, code)
    place = desk.employment.organisation_code if desk.employment else None
    gateway.require_figures_export(place)
    return _export(request, gateway, desk, state_of(request))


def export_of_viewer(request: HttpRequest) -> Export:
    """Return the viewer's own page: what is his he may take with him, whatever else he may not export."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    _require_published(gateway)
    desk = PerformanceDesk.of_viewer(gateway)
    if desk is None:
        raise NotVisibleError("no employee number is yours", where="performance", next_step="ask the security administrator for it")
    return _export(request, gateway, desk, own_state(request))


def _require_published(gateway: Gateway) -> None:
    if gateway.freshness() is None:
        raise HomeError("nothing has been published yet", where="performance", next_step="wait for the first batch")


def _export(request: HttpRequest, gateway: Gateway, desk: PerformanceDesk, state: State) -> Export:
    shown = context_of(request, gateway, desk, replace(state, page=1))
    about = f"{shown['person_name']} {desk.person.person} · {shown['first_day']} – {shown['day']}"
    figures = [figure for part in ("teller", "manager", "results") for figure in (shown[part].value or ())]
    sheets = (
        _figures(about, figures),
        _scores(about, shown),
        _statement(about, shown),
        _targets(about, shown),
        _codes(about, shown),
        _quality(about, shown),
        *manager_sheets(about, shown),
        _work(about, shown),
        _journal(about, desk, state, shown),
    )
    kept = tuple(sheet for sheet in sheets if sheet.rows)
    fresh = gateway.freshness()
    assert fresh is not None  # noqa: S101 - the person stands in a published version
    return Export(
        "performance_person",
        choose("我的绩效", "My performance") if desk.is_own else choose("个人绩效", "One person's performance"),
        kept or sheets[:1],
        tuple(figure.metric for figure in figures),
        (
            (choose("姓名", "Name"), str(shown["person_name"])),
            (choose("工号", "Employee"), desk.person.person),
            (choose("岗位", "Post"), str(shown["post"])),
            (choose("机构", "Organisation"), str(shown["place"])),
            (choose("期间", "Period"), f"{shown['first_day']} – {shown['day']}"),
        ),
        None,
        f"performance-{desk.person.person}-{shown['day']}",
        object_id=desk.person.person,
        details={"date": str(shown["day"]), "is_own": desk.is_own, "version": fresh.version},
    )


def _figures(about: str, figures: Iterable[OwnFigure]) -> Sheet:
    columns = (
        Column(choose("指标", "Metric"), width=28),
        Column(choose("数值", "Value"), width=20),
        Column(choose("分子", "Numerator"), Unit.COUNT_EACH),
        Column(choose("分母", "Denominator"), Unit.COUNT_EACH),
        Column(choose("较上月", "MoM"), width=20),
        Column(choose("同岗位位次", "Band in post"), width=16),
        Column(choose("归属规则", "Rule"), width=60),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            choose(one.metric.name_zh, one.metric.name_en),
            Amount(one.value, one.metric.unit),
            one.above,
            one.below,
            Amount(one.change, one.metric.unit, is_change=True),
            str(one.band) if one.band else choose("小基数", "small base") if one.is_small else "",
            str(one.rule),
        )
        for one in figures
    ]
    return _sheet(Text("指标", "Figures"), about, columns, rows)


def _scores(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("能力", "Ability"), width=20),
        Column(choose("构成", "Part"), width=28),
        Column(choose("本人", "Own"), width=16),
        Column(choose("基数", "Base"), Unit.COUNT),
        Column(choose("岗位平均", "Mean of post"), width=16),
        Column(choose("权重", "Weight"), Unit.COUNT_EACH),
        Column(choose("得分", "Score"), Unit.COUNT_EACH),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            str(one.title),
            str(PART_WORDS[part.code][0]),
            Amount(part.value, PART_WORDS[part.code][1]),
            part.base,
            Amount(part.mean, PART_WORDS[part.code][1]),
            part.weight,
            one.score.score,
        )
        for one in shown["abilities"].value or ()
        if one.score
        for part in one.score.parts
    ]
    return _sheet(Text("能力评分", "Scores"), about, columns, rows)


def _statement(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("指标", "Metric"), width=28),
        Column(choose("计法", "Method"), width=24),
        Column(choose("实际", "Actual"), width=20),
        Column(choose("目标", "Target"), width=20),
        Column(choose("计入", "Counted"), width=18),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
        Column(choose("计价金额", "Pay by price"), Unit.YUAN),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            choose(part.metric.name_zh, part.metric.name_en),
            part.how,
            Amount(part.actual, part.metric.unit),
            Amount(part.target, part.metric.unit),
            part.counted,
            part.points,
            part.pay,
        )
        for part in shown["scheme_parts"]
    ]
    return _sheet(Text("计分单", "Statement"), about, columns, rows)


def _targets(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("指标", "Metric"), width=28),
        Column(choose("实际", "Actual"), width=20),
        Column(choose("目标", "Target"), width=20),
        Column(choose("完成率", "Completion"), Unit.SHARE),
        Column(choose("实际−目标", "Actual − target"), width=20),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            choose(line.metric.name_zh, line.metric.name_en),
            Amount(line.actual, line.metric.unit),
            Amount(line.target, line.metric.unit),
            line.completion,
            Amount(line.distance, line.metric.unit),
        )
        for line in shown["targets"].value or ()
    ]
    return _sheet(Text("目标", "Targets"), about, columns, rows)


def _codes(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("交易码", "Code"), width=12),
        Column(choose("名称", "Title"), width=24),
        Column(choose("笔数", "Count"), Unit.COUNT),
        Column(choose("系数", "Rate"), Unit.COUNT_EACH),
        Column(choose("折算", "Converted"), Unit.COUNT_EACH),
        Column(choose("无系数笔数", "Without a rate"), Unit.COUNT),
    )
    rows: list[tuple[Cell, ...]] = [
        (one.code, one.title, one.count, one.rate, one.workload, one.unrated_count) for one in shown["codes"].value or ()
    ]
    return _sheet(Text("按交易码", "By code"), about, columns, rows)


def _quality(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("项目", "Item"), width=34),
        Column(choose("数量", "Count"), Unit.COUNT),
        Column(choose("基数", "Base"), Unit.COUNT),
    )
    rows: list[tuple[Cell, ...]] = []
    if shown["corrections"] and (found := shown["corrections"].value):
        rows += [
            (choose("当日自办自冲 / 记账", "Taken back by himself the same day / postings"), found.own_count, found.posting_count),
            (choose("本人隔日冲销", "Taken back by himself later"), found.later_count, found.posting_count),
            (choose("他人冲销", "Taken back by others"), found.other_count, found.posting_count),
            (choose("小额现金 / 现金", "Small cash / cash"), found.small_cash_count, found.cash_count),
        ]
    if shown["queue"] and (load := shown["queue"].value):
        rows.append((choose("高峰叫号 / 叫号", "Called in peaks / called"), load.own_peak_count, load.own_count))
    return _sheet(Text("冲正与高峰", "Corrections, peaks"), about, columns, rows)


def _work(about: str, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("日期", "Day"), width=12),
        Column(choose("工作", "Work"), width=22),
        Column(choose("数量", "Quantity"), Unit.COUNT_EACH),
        Column(choose("系数", "Rate"), Unit.COUNT_EACH),
        Column(choose("折算", "Converted"), Unit.COUNT_EACH),
        Column(choose("事由", "What was done"), width=40),
        Column(choose("状态", "State"), width=14),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            row["entry"].worked_on,
            row["kind"],
            row["entry"].quantity,
            row["rate"],
            row["converted"],
            row["entry"].words,
            str(row["state"]),
        )
        for row in shown["work"]
    ]
    return _sheet(Text("手工工作量", "Manual work"), about, columns, rows)


def _journal(about: str, desk: PerformanceDesk, state: State, shown: dict[str, Any]) -> Sheet:
    columns = (
        Column(choose("日期", "Day"), width=12),
        Column(choose("时间", "Time"), width=10),
        Column(choose("机构", "Organisation"), width=14),
        Column(choose("交易码", "Code"), width=12),
        Column(choose("名称", "Title"), width=24),
        Column(choose("金额", "Amount"), Unit.YUAN),
        Column(choose("复核", "Checker"), width=12),
        Column(choose("授权", "Authoriser"), width=12),
        Column(choose("流水号", "Journal"), width=22),
    )
    lines: Iterable[Any] = ()
    if desk.person.tellers:
        organisation = desk.organisation(state.organisation)
        lines = desk.lines(shown["first_day"], shown["day"], organisation, shown["chosen_code"], 0, MOST_LINES)[1]
    rows: list[tuple[Cell, ...]] = [
        (
            line.handled_on,
            line.clock,
            line.organisation_code,
            line.transaction_code,
            line.title,
            line.amount,
            line.checker,
            line.authoriser,
            line.journal_number,
        )
        for line in lines
    ]
    return _sheet(Text("柜员流水", "Journal"), about, columns, rows)


def _sheet(title: Text, about: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Sheet:
    return Sheet(str(title), f"{title} · {about}", columns, rows)
