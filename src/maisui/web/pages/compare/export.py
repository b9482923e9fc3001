"""The comparison taken out: the list of figures, or one figure with its causes and the accounts behind them."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Cause, FigureComparison, Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.sheets import INTERNAL, SENSITIVE, Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.compare.page import figure_of, lines_of, names_of
from maisui.web.pages.compare.state import FigureState, ListState
from maisui.web.pages.compare.words import STATES, words_of
from maisui.web.text import choose


def export_of_list(request: HttpRequest) -> Export:
    """Return the reported figures that the address lists, every one of them."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    wanted = ListState.of(request.GET)
    exportable = _exportable(gateway)
    rows: list[tuple[Cell, ...]] = []
    figures = [
        figure
        for figure in gateway.reports.figures()
        if (not wanted.report or figure.report == wanted.report) and (exportable is None or figure.organisation in exportable)
    ]
    for line in lines_of(gateway, figures):
        one, figure = line.comparison, line.comparison.figure
        if wanted.agreement and one.state != wanted.agreement:
            continue
        name = choose(one.metric.name_zh, one.metric.name_en) if one.metric else figure.metric
        unit = one.metric.unit if one.metric else Unit.YUAN
        amounts = (Amount(figure.theirs, unit), Amount(one.ours, unit), Amount(one.difference, unit))
        why = str(line.reason or "") or " · ".join(str(cause) for cause in line.causes)
        said = f"{line.accepted.words} ({line.accepted.accepted_by.name})" if line.accepted else ""
        rows.append((figure.report, figure.organisation, line.organisation, figure.day, name, *amounts, str(line.state), why, said))
    columns = (
        Column(choose("报表", "Report"), width=32),
        Column(choose("机构号", "Organisation"), width=14),
        Column(choose("机构", "Name"), width=24),
        Column(choose("日期", "Day"), width=12),
        Column(choose("指标", "Metric"), width=24),
        Column(choose("报表数", "Report"), width=20),
        Column(choose("本系统", "Ours"), width=20),
        Column(choose("差额", "Difference"), width=20),
        Column(choose("结论", "Result"), width=16),
        Column(choose("原因", "Causes"), width=60),
        Column(choose("认可", "Accepted"), width=40),
    )
    title = choose("口径比对", "Compare reports")
    sheets = (Sheet(title, title, columns, rows),)
    return Export("reported_figure", title, sheets, name="compare", object_id="*", details={"rows": len(rows)})


def export_of_figure(request: HttpRequest) -> Export:
    """Return one reported figure with its causes and, for who may see customers, the accounts behind each, masked."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.FIGURE_EXPORT)
    state = FigureState.of(request.GET)
    figure = figure_of(gateway, state)
    gateway.require_figures_export(figure.organisation)
    comparison = gateway.reports.compared(figure, state.assumed)
    names = names_of(gateway)
    sheets = [_causes_sheet(comparison, names)]
    if gateway.may(Permission.CUSTOMER_VIEW):
        sheets.append(_accounts_sheet(gateway, comparison, names))
    return Export(
        "reported_figure",
        choose("口径比对", "Compare reports"),
        tuple(sheets),
        (comparison.metric,) if comparison.metric else (),
        (
            (choose("报表", "Report"), figure.report),
            (choose("机构", "Organisation"), figure.organisation),
            (choose("数据日期", "Day"), f"{figure.day}"),
        ),
        figure.organisation,
        f"compare-{figure.metric}-{figure.day}",
        object_id=figure.metric[:64],
        details={"organisation": figure.organisation, "day": f"{figure.day}", "name": figure.report[:200], "rows": len(sheets[-1].rows)},
        classification=SENSITIVE if len(sheets) > 1 else INTERNAL,
    )


def _causes_sheet(comparison: FigureComparison, names: Mapping[str, str]) -> Sheet:
    figure, unit = comparison.figure, comparison.metric.unit if comparison.metric else Unit.YUAN
    columns = (
        Column(choose("项目", "Line"), width=40),
        Column(choose("金额", "Amount"), unit),
        Column(choose("户数", "Accounts"), Unit.COUNT),
        Column(choose("说明", "Why"), width=70),
    )
    rows: list[tuple[Cell, ...]] = [(choose("报表数", "The report"), figure.theirs, figure.accounts or None, figure.note)]
    for cause in comparison.causes:
        words = words_of(cause, names)
        rows.append((str(words.name), cause.amount, cause.rows or None, str(words.why)))
    if comparison.unexplained:
        words = words_of(Cause("unexplained", comparison.unexplained, 0, figure.day), names)
        rows.append((str(words.name), comparison.unexplained, None, str(words.why)))
    total = (choose("本系统", "Ours"), comparison.ours, None, str(STATES[comparison.state]))
    return Sheet(choose("原因", "Causes"), f"{figure.report} · {figure.organisation} · {figure.day}", columns, rows, total)


def _accounts_sheet(gateway: Gateway, comparison: FigureComparison, names: Mapping[str, str]) -> Sheet:
    most = settings.HOME.web.export_rows
    columns = (
        Column(choose("原因", "Cause"), width=40),
        Column(choose("账号", "Account"), width=26),
        Column(choose("币种", "Currency"), width=8),
        Column(choose("机构", "Organisation"), width=24),
        Column(choose("产品或科目", "Product or subject"), width=24),
        Column(choose("报表", "Report"), Unit.YUAN),
        Column(choose("本系统", "Ours"), Unit.YUAN),
        Column(choose("差额", "Difference"), Unit.YUAN),
    )
    rows: list[tuple[Cell, ...]] = []
    left = 0
    for cause in comparison.causes:
        if not cause.has_rows:
            continue
        found = gateway.reports.rows(comparison, cause, page=1, page_size=max(1, most - len(rows)))
        name = str(words_of(cause, names).name)
        left += found.count - len(found.rows) + found.hidden_count
        rows += [
            (
                name,
                row.account_number or "",
                row.currency or "",
                f"{row.organisation or ''} {names.get(row.organisation, '')}".strip(),
                row.product or "",
                row.theirs,
                row.ours,
                row.ours - row.theirs,
            )
            for row in found.rows
        ]
    title = choose("逐户", "Accounts")
    about = choose(f"{title}，未列出 {left} 行", f"{title}, {left} rows not listed") if left else title
    return Sheet(title, about, columns, rows)


def _exportable(gateway: Gateway) -> frozenset[str] | None:
    """Return the organisations whose figures the viewer may export; None is every one."""
    if gateway.viewer.is_whole_entity(Permission.FIGURE_EXPORT):
        return None
    return frozenset(node.code for node in gateway.organisations(Permission.FIGURE_EXPORT))
