"""The self-service table as a workbook: what is on the screen, in the same order, every line."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from maisui.errors import HomeError
from maisui.web.audit.record import record
from maisui.web.exports.figures_book import definitions_sheet
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Cell, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.self_service.state import State
from maisui.web.pages.self_service.table import Table, table_of
from maisui.web.text import Text, choose


@require_safe
def workbook_of_page(request: HttpRequest) -> HttpResponse:
    """Return the table of the address as a workbook, every line of it; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    gateway.require_figures_export(state.organisation)
    state = replace(state, organisation=state.organisation or gateway.top)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="self-service", next_step="wait for the first batch")
    most = settings.HOME.web.export_rows
    table = table_of(gateway, state, state.day or fresh.reporting_date, most=most)
    if table.line_count > most:
        said = Text(
            f"共 {table.line_count} 行，一次最多导出 {most} 行；请少拆分一个维度或选一家机构",
            f"{table.line_count} lines, at most {most} at once: split by fewer dimensions or choose one organisation",
        )
        messages.warning(request, str(said))
        return redirect(f"{reverse('self_service')}?{state.query()}")
    names = {node.code: node.name for node in gateway.organisations()}
    place = names.get(state.organisation or "", choose(settings.HOME.name_zh, settings.HOME.name_en))
    about = f"{place} · {state.day or fresh.reporting_date} · {PERIOD_NAMES[state.period]}"
    metrics = tuple(metric for metric in gateway.catalogue() if metric.code in state.metrics)
    content = workbook((_sheet(table, about), definitions_sheet(metrics)), stamp_of(gateway, state.organisation))
    details = {"organisation": state.organisation or "*", "metrics": list(state.metrics), "rows": table.line_count}
    record(action="export", by=gateway.actor, object_type="self_service", object_id=state.query()[:200], details=details)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    name = f"maisui-table-{state.organisation or settings.HOME.legal_entity_code}-{state.day or fresh.reporting_date}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheet(table: Table, about: str) -> Sheet:
    columns: list[Column] = []
    for heading in table.headings:
        columns += [Column(f"{heading}{choose('代码', ' code')}", width=18), Column(str(heading), width=28)]
    for column in table.columns:
        name = choose(column.metric.name_zh, column.metric.name_en)
        columns.append(Column(f"{name} {column.name}".strip(), column.metric.unit))
    rows: list[tuple[Cell, ...]] = []
    for line in table.lines:
        keys: list[Cell] = []
        for code, name in zip(line.key or ("",), line.names or (choose("合计", "Total"),), strict=True):
            keys += [code, str(name)]
        rows.append((*keys, *line.values))
    blank = ("",) * (2 * len(table.headings) - 1)
    title = choose("自助分析", "Self-service")
    return Sheet(title, f"{title} · {about}", tuple(columns), rows, (choose("合计", "Total"), *blank, *table.total))
