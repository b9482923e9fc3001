"""The table of performance taken out: every column of the subject, the bases of its ratios, and the sums that must meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.access.permissions import Permission
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import words_of_state
from maisui.web.pages.performance.figures import Cell as ShownCell
from maisui.web.pages.performance.figures import Line, Table, subject_of
from maisui.web.pages.performance.items import SUBJECT_NAMES
from maisui.web.pages.performance.page import state_of, table_of_state
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    gateway.require(Permission.PERFORMANCE_VIEW)
    state = replace(state_of(request), comparisons=())
    standing = standing_of(gateway, state.organisation, state.day, where="performance")
    state = replace(state, organisation=standing.organisation)
    table = table_of_state(gateway, state, standing.day)
    subject = SUBJECT_NAMES[subject_of(state)]
    about = f"{standing.place} · {standing.day}"
    return Export(
        "performance",
        choose("绩效总览", "Performance"),
        (_items_sheet(str(subject), about, table), _ties_sheet(about, table), _reasons_sheet(about, table)),
        tuple(dict.fromkeys(metric for metric, _ in table.columns)),
        standing.about((choose("对象", "Subject"), str(subject)), *words_of_state(state)),
        standing.organisation,
        f"performance-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(table.lines)),
    )


def _items_sheet(subject: str, about: str, table: Table) -> Sheet:
    columns = [Column(choose("代码", "Code"), width=16), Column(choose("名称", "Name"), width=28), Column(choose("岗位", "Post"), width=14)]
    for metric, _ in table.columns:
        columns.append(Column(choose(metric.name_zh, metric.name_en), metric.unit))
        if metric.unit is Unit.SHARE:
            columns.append(Column(choose("分母", "Base"), Unit.COUNT))
    rows = [_row(line) for line in table.lines]
    total = (choose("合计", "Total"), "", "", *_cells(table.total))
    return Sheet(subject, f"{subject} · {about}", tuple(columns), rows, total)


def _row(line: Line) -> tuple[Cell, ...]:
    return (line.code, line.name, line.post, *_cells(line.cells))


def _cells(cells: Iterable[ShownCell]) -> list[Cell]:
    found: list[Cell] = []
    for cell in cells:
        if cell.is_excused:
            continue
        found.append(cell.value)
        if cell.unit is Unit.SHARE:
            found.append(cell.below)
    return found


def _ties_sheet(about: str, table: Table) -> Sheet:
    title = choose("加总核对", "Sums")
    columns = (
        Column(choose("核对", "Sum"), width=44),
        Column(choose("各人（各机构）合计", "Σ lines"), width=20),
        Column(choose("未分配", "Unassigned"), width=20),
        Column(choose("机构合计", "Whole"), width=20),
        Column(choose("差额", "Difference"), width=16),
    )
    rows = [
        (str(tie.name), *(Amount(value, tie.metric.unit) for value in (tie.lines, tie.rest, tie.whole, tie.difference)))
        for tie in table.ties
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _reasons_sheet(about: str, table: Table) -> Sheet:
    title = choose("七项说明", "Seven items")
    columns = (Column(choose("项目", "Item"), width=24), Column(choose("指标，或不适用的原因", "Metrics, or why there are none"), width=90))
    rows = [
        (
            f"{heading.number}. {heading.item.name}",
            str(heading.reason)
            if heading.reason
            else choose("、", ", ").join(choose(metric.name_zh, metric.name_en) for metric, _ in heading.columns)
            + (choose("；", "; ") + str(heading.limit) if heading.limit else ""),
        )
        for heading in table.headings
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)
