"""The page of contribution taken out: waterfall, bridge and the table of its split, whole yuan and cents."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Chart, Column, Drawing, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.contribution.figures import PARTS, SPLITS, Step, Table, bridge, named, table_of, waterfall
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="contribution")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    table = table_of(gateway, state, standing.names)
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    return Export(
        "contribution",
        choose("贡献分析", "Contribution"),
        (
            steps_sheet(choose("贡献", "Contribution"), about, waterfall(gateway, state)),
            steps_sheet(choose("利润桥", "Profit bridge"), about, bridge(gateway, state)),
            _table_sheet(state, about, table),
        ),
        tuple(metrics[code] for code, _ in PARTS),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"contribution-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(table.lines)),
    )


def steps_sheet(title: str, about: str, steps: tuple[Step, ...]) -> Sheet:
    """Return the steps of a waterfall, drawn as one."""
    columns = [Column(choose("项目", "Line"), width=36), Column(choose("金额", "Amount"), Unit.YUAN)]
    if has_notes := any(str(step.note) for step in steps):
        columns.append(Column(choose("说明", "Note"), width=60))
    drawn = Chart(Drawing.STEPS, 0, 1, frozenset(place for place, step in enumerate(steps) if step.is_total))
    rows = [(str(step.name), step.amount, *((str(step.note),) if has_notes else ())) for step in steps]
    return Sheet(title, f"{title} · {about}", tuple(columns), rows, chart=drawn)


def _table_sheet(state: State, about: str, table: Table) -> Sheet:
    title = str(SPLITS[state.split][0])
    columns = (
        Column(choose("代码", "Code"), width=18),
        Column(choose("名称", "Name"), width=32),
        *(Column(str(named(metric)), metric.unit) for metric, _ in table.columns),
    )
    rows = [(line.code, str(line.name), *(cell.value for cell in line.cells)) for line in table.lines]
    total = (choose("合计", "Total"), "", *(cell.value for cell in table.total))
    codes = [metric.code for metric, _ in table.columns]
    chief = codes.index("customer_contribution") if "customer_contribution" in codes else 0
    return Sheet(title, f"{title} · {about}", columns, rows, total, Chart(Drawing.BARS, 1, 2 + chief))
