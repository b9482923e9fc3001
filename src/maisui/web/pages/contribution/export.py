"""The page of contribution as a workbook: waterfall, bridge and the table of its split, whole yuan and cents."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.errors import HomeError
from maisui.web.audit.record import record
from maisui.web.exports.figures_book import definitions_sheet
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.contribution.figures import PARTS, SPLITS, Step, Table, bridge, named, table_of, waterfall
from maisui.web.pages.overview.state import State
from maisui.web.text import choose


@require_safe
def workbook_of_page(request: HttpRequest) -> HttpResponse:
    """Return what the page of the address shows as a workbook."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    gateway.require_figures_export(state.organisation)
    state = replace(state, organisation=state.organisation or gateway.top)
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="contribution", next_step="wait for the first batch")
    names = {node.code: node.name for node in gateway.organisations()}
    place = names.get(state.organisation or "", choose(settings.HOME.name_zh, settings.HOME.name_en))
    about = f"{place} · {state.day or fresh.reporting_date}"
    table = table_of(gateway, state, names)
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    sheets = (
        _steps_sheet(choose("贡献", "Contribution"), about, waterfall(gateway, state)),
        _steps_sheet(choose("利润桥", "Profit bridge"), about, bridge(gateway, state)),
        _table_sheet(state, about, table),
        definitions_sheet(tuple(metrics[code] for code, _ in PARTS)),
    )
    content = workbook(sheets, stamp_of(gateway, state.organisation))
    details = {"organisation": state.organisation or "*", "day": str(state.day or fresh.reporting_date), "rows": len(table.lines)}
    record(action="export", by=gateway.actor, object_type="contribution", object_id=state.query()[:200], details=details)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    name = f"maisui-contribution-{state.organisation or settings.HOME.legal_entity_code}-{state.day or fresh.reporting_date}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _steps_sheet(title: str, about: str, steps: tuple[Step, ...]) -> Sheet:
    columns = (
        Column(choose("项目", "Line"), width=36),
        Column(choose("金额", "Amount"), Unit.YUAN),
        Column(choose("说明", "Note"), width=60),
    )
    return Sheet(title, f"{title} · {about}", columns, [(str(step.name), step.amount, str(step.note)) for step in steps])


def _table_sheet(state: State, about: str, table: Table) -> Sheet:
    title = str(SPLITS[state.split][0])
    columns = (
        Column(choose("代码", "Code"), width=18),
        Column(choose("名称", "Name"), width=32),
        *(Column(str(named(metric)), metric.unit) for metric, _ in table.columns),
    )
    rows = [(line.code, str(line.name), *(cell.value for cell in line.cells)) for line in table.lines]
    total = (choose("合计", "Total"), "", *(cell.value for cell in table.total))
    return Sheet(title, f"{title} · {about}", columns, rows, total)
