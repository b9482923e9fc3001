"""The self-service table taken out: what is on the screen, in the same order, every line and every column."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Cell, Chart, Column, Drawing, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.self_service.state import State
from maisui.web.pages.self_service.table import Answered, Table, answered, table_of
from maisui.web.text import Text, choose

MOST_VALUES = 2_000
"""How many values of the column a workbook takes, whose sheets end at 16,384 columns: eight metrics fit."""
MOST_CELLS = 500_000
"""Figures of one workbook: they take a worker some seven seconds and an eighth of a gigabyte."""


def export_of_page(request: HttpRequest) -> Export:
    """Return the table of the address, every line and column of it.

    Raises:
        NotAtOnceError: for more lines than one may take at once, or more columns or figures than a workbook holds.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="self-service")
    state = replace(state, organisation=standing.organisation)
    found, most = answered(gateway, state, standing.day), settings.HOME.web.export_rows
    _require_room(found, most)
    table = table_of(gateway, state, found, most=most, most_columns=MOST_VALUES)
    return Export(
        "self_service",
        choose("自助分析", "Self-service"),
        (_sheet(table, f"{standing.place} · {standing.day} · {PERIOD_NAMES[state.period]}"),),
        tuple(metric for metric in gateway.catalogue() if metric.code in state.metrics),
        standing.about((choose("期间", "Period"), str(PERIOD_NAMES[state.period]))),
        standing.organisation,
        f"table-{standing.file_name}",
        object_id=state.query(),
        details={"organisation": state.organisation or "*", "metrics": list(state.metrics), "rows": table.line_count},
    )


def _require_room(found: Answered, most: int) -> None:
    """Refuse what is too large before a line of it is built: most of its cells would be empty ones."""
    lines, columns, values = len(found.keys), found.column_count, len(found.values)
    if lines > most:
        raise NotAtOnceError(
            Text(
                f"共 {lines} 行，一次最多导出 {most} 行；请少拆分一个维度或选一家机构",
                f"{lines} lines, at most {most} at once: split by fewer dimensions or choose one organisation",
            )
        )
    if values > MOST_VALUES:
        raise NotAtOnceError(
            Text(
                f"列共 {values} 个值，一次最多导出 {MOST_VALUES} 个；请把它放到行",
                f"the column has {values} values, at most {MOST_VALUES} at once: make it a row",
            )
        )
    if lines * columns > MOST_CELLS:
        raise NotAtOnceError(
            Text(
                f"共 {lines} 行 × {columns} 列，一次最多导出 {MOST_CELLS} 格；请少选指标、少拆分一个维度或选一家机构",
                f"{lines} lines by {columns} columns, at most {MOST_CELLS} cells at once: "
                "choose fewer metrics, split by fewer dimensions or choose one organisation",
            )
        )


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
    first = 2 * len(table.headings)
    chart = Chart(Drawing.BARS, max(first - 1, 0), first) if table.columns and table.headings else None
    return Sheet(title, f"{title} · {about}", tuple(columns), rows, (choose("合计", "Total"), *blank, *table.total), chart)
