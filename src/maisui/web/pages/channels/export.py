"""The page of channels taken out: channels, hours of the week, contents and organisations, whole figures."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Cell, Chart, Column, Drawing, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.figures import (
    CHILD_COLUMNS,
    COLUMNS,
    Cross,
    Heat,
    channel_table,
    child_table,
    contents_of,
    heat_of,
    trend_metric,
)
from maisui.web.pages.channels.tables import Table
from maisui.web.pages.channels.words import HOURS
from maisui.web.pages.overview.figures import metrics_by_code
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = trend_metric(State.of(request.GET))
    standing = standing_of(gateway, state.organisation, state.day, where="channels")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    metrics = metrics_by_code(gateway)
    table = channel_table(gateway, state)
    sheets = (
        table_sheet(choose("渠道", "Channels"), about, table),
        heat_sheet(about, heat_of(gateway, state)),
        cross_sheet(about, contents_of(gateway, state)),
        table_sheet(choose("下级机构", "Organisations"), about, child_table(gateway, state, standing.names)),
    )
    return Export(
        "channels",
        choose("渠道总览", "Channels"),
        sheets,
        tuple(metrics[code] for code in dict.fromkeys((*COLUMNS, *CHILD_COLUMNS, "hourly_transaction_count", "hourly_transaction_amount"))),
        standing.about(*words_of_state(state), *_narrowed(state)),
        standing.organisation,
        f"channels-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(table.lines)),
    )


def _narrowed(state: State) -> tuple[tuple[str, str], ...]:
    return tuple((choose("时段筛选", "Hours narrowed by"), f"{dimension}: {value}") for dimension, value in state.within)


def table_sheet(name: str, about: str, table: Table) -> Sheet:
    """Return a table of figures as a sheet, its first column drawn."""
    columns = (
        Column(choose("代码", "Code"), width=18),
        Column(choose("名称", "Name"), width=30),
        *(Column(choose(metric.name_zh, metric.name_en), metric.unit) for metric, _ in table.columns),
        Column(choose("占比", "Share"), Unit.SHARE),
    )
    rows: list[tuple[Cell, ...]] = [(line.code, str(line.name), *(cell.value for cell in line.cells), line.share) for line in table.lines]
    total = (choose("合计", "Total"), "", *(cell.value for cell in table.total), None)
    return Sheet(name, f"{name} · {about}", columns, rows, total, Chart(Drawing.BARS, 1, 2))


def heat_sheet(about: str, heat: Heat) -> Sheet:
    """Return the hours of the week: a row an hour, a column a weekday."""
    name = choose("时段", "Hours")
    columns = (
        Column(choose("时", "Hour"), width=10),
        *(Column(str(day), heat.metric.unit) for day, _, _ in heat.rows),
    )
    rows = [(hour, *(cells[place].value for _, cells, _ in heat.rows)) for place, hour in enumerate(HOURS)]
    title = choose(heat.metric.name_zh, heat.metric.name_en)
    return Sheet(name, f"{title} · {about}", columns, rows, (choose("合计", "Total"), *(total for *_, total in heat.rows)))


def cross_sheet(about: str, cross: Cross) -> Sheet:
    """Return contents by channel."""
    name = choose("业务内容", "Contents")
    columns = (
        Column(choose("业务内容", "Content"), width=20),
        *(Column(str(word), cross.metric.unit) for _, word in cross.columns),
        Column(choose("合计", "Total"), cross.metric.unit),
    )
    rows = [(str(word), *(cell.value for cell in cells), total) for _, word, cells, total in cross.rows]
    return Sheet(name, f"{name} · {choose(cross.metric.name_zh, cross.metric.name_en)} · {about}", columns, rows)
