"""The overview as a workbook: what is on the screen, in the same order, with every child and not just the page shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import Unit
from maisui.errors import HomeError
from maisui.web.audit.record import record
from maisui.web.components.figures import unit_name
from maisui.web.exports.figures_book import definitions_sheet
from maisui.web.exports.jobs import ask_for_figures, stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Amount, Cell, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.children import Children, Line, children_of
from maisui.web.pages.overview.figures import changes_of
from maisui.web.pages.overview.state import COMPARISON_NAMES, VIEW_NAMES, State
from maisui.web.pages.targets.figures import goals_of_year
from maisui.web.text import Text, choose


@require_safe
def workbook_of_page(request: HttpRequest) -> HttpResponse:
    """Return the overview of the address as a workbook; for more lines than one may take at once, say how to get them."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    gateway.require_figures_export(state.organisation)
    state = replace(state, organisation=state.organisation or gateway.top)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="overview", next_step="wait for the first batch")
    names = {node.code: node.name for node in gateway.organisations()}
    whole = _whole_table(gateway, state, names)
    most = settings.HOME.web.export_rows
    if len(whole) > most:
        said = Text(
            f"共 {len(whole)} 行，一次最多导出 {most} 行；请用“全部指标”在后台生成",
            f"{len(whole)} lines, at most {most} at once: ask for “All figures”",
        )
        messages.warning(request, str(said))
        return redirect(f"{reverse('overview')}?{state.query()}")
    metrics = tuple(metric for metric in gateway.catalogue() if metric.code in state.columns)
    sheets = (
        _figures_sheet(gateway, state, names, fresh.reporting_date),
        *([_children_sheet(state, whole)] if whole else []),
        definitions_sheet(metrics),
    )
    content = workbook(sheets, stamp_of(gateway, state.organisation))
    details = {"organisation": state.organisation or "*", "day": str(state.day or fresh.reporting_date), "rows": len(whole)}
    record(action="export", by=gateway.actor, object_type="overview", object_id=state.query()[:200], details=details)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    name = f"maisui-overview-{state.organisation or settings.HOME.legal_entity_code}-{state.day or fresh.reporting_date}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def ask_for_all(request: HttpRequest) -> HttpResponse:
    """Ask for every figure of every organisation below the one shown, made in the background."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    ask_for_figures(gateway, request.user, organisation=state.organisation, day=state.day, period=state.period)  # type: ignore[arg-type]
    return redirect("jobs")


def _whole_table(gateway: Gateway, state: State, names: dict[str, str]) -> list[tuple[Children, Line]]:
    """Return every line of the table, page after page; each line comes with the table it stands in."""
    first = children_of(gateway, replace(state, page=1), names)
    pages = [first, *(children_of(gateway, replace(state, page=number), names) for number in range(2, first.pages + 1))]
    return [(page, line) for page in pages for line in page.lines]


def _figures_sheet(gateway: Gateway, state: State, names: dict[str, str], reporting_date: date) -> Sheet:
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    goals = goals_of_year(gateway, state)
    rows: list[tuple[Cell, ...]] = []
    for code in state.columns:
        metric = metrics[code]
        compared = gateway.compare(state.question(code), state.comparisons)
        row = compared.answer.rows[0] if compared.answer.rows else None
        line: list[Cell] = [
            choose(metric.name_zh, metric.name_en),
            Amount(row.value if row else None, metric.unit),
            unit_name(metric.unit),
        ]
        for change in changes_of(compared, row, state.comparisons):
            line += [change.base_day, Amount(change.base_value, metric.unit), Amount(change.change, metric.unit)]
        if goals:
            goal = goals.get(code)
            line += [Amount(goal.line.target, metric.unit), goal.line.completion, goal.line.time_progress] if goal else [None, None, None]
        rows.append(tuple(line))
    columns = [
        Column(choose("指标", "Metric"), width=30),
        Column(choose("数值", "Value"), width=22),
        Column(choose("单位", "Unit"), width=16),
    ]
    for comparison in state.comparisons:
        name = str(COMPARISON_NAMES[comparison])
        columns += [Column(f"{name}{choose('：基期', ': base day')}", width=14), Column(f"{name}{choose('：基数', ': base')}", width=20)]
        columns += [Column(f"{name}{choose('：变动', ': change')}", width=20)]
    if goals:
        columns += [Column(choose("年度目标", "Target of the year"), width=20), Column(choose("完成率", "Completion"), Unit.SHARE)]
        columns += [Column(choose("时间进度", "Time passed"), Unit.SHARE)]
    place = names.get(state.organisation or "", choose(settings.HOME.name_zh, settings.HOME.name_en))
    title = choose("经营概览", "Overview")
    return Sheet(title, f"{title} · {place} · {state.day or reporting_date} · {VIEW_NAMES[state.view]}", tuple(columns), rows)


def _children_sheet(state: State, whole: list[tuple[Children, Line]]) -> Sheet:
    table = whole[0][0]
    columns = [Column(choose("机构号", "Code"), width=16), Column(choose("机构", "Organisation"), width=30)]
    first = str(COMPARISON_NAMES[state.comparisons[0]]) if state.comparisons else ""
    for column in table.columns:
        name = choose(column.metric.name_zh, column.metric.name_en)
        columns.append(Column(name, column.metric.unit))
        if first:
            columns.append(Column(f"{name} {first}", column.metric.unit))
    rows = [(line.code, line.name, *_cells(line, with_change=bool(first))) for _, line in whole]
    total = (choose("合计", "Total"), "", *_cells(table.total, with_change=bool(first))) if table.total else None
    title = choose("下级机构", "Organisations")
    return Sheet(title, title, tuple(columns), rows, total)


def _cells(line: Line, *, with_change: bool) -> list[Cell]:
    found: list[Cell] = []
    for cell in line.cells:
        found.append(cell.value)
        if with_change:
            found.append(cell.change.change if cell.change else None)
    return found
