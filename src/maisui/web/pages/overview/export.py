"""The overview taken out: what is on the screen, in the same order, with every child and not just the page shown."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from maisui.answers import Unit
from maisui.web.components.figures import unit_name
from maisui.web.exports.files import Standing, standing_of
from maisui.web.exports.jobs import ask_for_figures
from maisui.web.exports.sheets import Amount, Cell, Chart, Column, Drawing, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.children import Children, Line, children_of
from maisui.web.pages.overview.figures import changes_of
from maisui.web.pages.overview.state import COMPARISON_NAMES, VIEW_NAMES, State, words_of_state
from maisui.web.pages.targets.figures import goals_of_year
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the overview of the address.

    Raises:
        NotAtOnceError: for more lines than one may take at once.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="overview")
    state = replace(state, organisation=standing.organisation)
    whole = _whole_table(gateway, state, standing.names)
    most = settings.HOME.web.export_rows
    if len(whole) > most:
        raise NotAtOnceError(
            Text(
                f"共 {len(whole)} 行，一次最多导出 {most} 行；请用“全部指标”在后台生成",
                f"{len(whole)} lines, at most {most} at once: ask for “All figures”",
            )
        )
    return Export(
        "overview",
        choose("经营概览", "Overview"),
        (figures_sheet(gateway, state, standing), *([_children_sheet(state, whole)] if whole else [])),
        tuple(metric for metric in gateway.catalogue() if metric.code in state.columns),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"overview-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(whole)),
    )


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


def figures_sheet(gateway: Gateway, state: State, standing: Standing) -> Sheet:
    """Return the figures of the columns with their bases, changes and targets, one metric a line."""
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
            line += [change.base_day, Amount(change.base_value, metric.unit), Amount(change.change, metric.unit, is_change=True)]
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
    title = choose("经营概览", "Overview")
    return Sheet(title, f"{title} · {standing.place} · {standing.day} · {VIEW_NAMES[state.view]}", tuple(columns), rows)


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
    return Sheet(title, title, tuple(columns), rows, total, Chart(Drawing.BARS, 1, 2), together=2 if first else 1)


def _cells(line: Line, *, with_change: bool) -> list[Cell]:
    found: list[Cell] = []
    for cell in line.cells:
        found.append(cell.value)
        if with_change:
            found.append(cell.change.change if cell.change else None)
    return found
