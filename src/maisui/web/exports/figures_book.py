"""The large export: every figure of every organisation at and below one, one line each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, Comparison, Metric, OrganisationNode, Period, Question
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.components.figures import unit_name
from maisui.web.exports.models import ExportJob
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.text import choose

KIND = "all_figures"


def export_of_job(gateway: Gateway, job: ExportJob, tell: Callable[[int], None]) -> Export:
    """Return all figures of the job's organisation and everything below it, with the change since last month.

    Raises:
        MaisuiError: as the gateway does for the organisation itself.
    """
    organisation = job.organisation_code or None
    gateway.require_figures_export(organisation)
    day = date.fromisoformat(job.parameters["day"]) if job.parameters.get("day") else None
    period = Period(job.parameters["period"])
    metrics = [metric for metric in gateway.catalogue() if "organisation" in metric.dimensions]
    visible = gateway.organisations(Permission.FIGURE_EXPORT)
    nodes = _at_and_below(visible, organisation)
    rows: list[tuple[Cell, ...]] = []
    for number, metric in enumerate(metrics):
        tell(number * 100 // len(metrics))
        try:
            values = _values(gateway, metric, organisation, visible, day, period)
        except QuestionError:  # the history is too short for this figure on this day: it has no lines
            continue
        rows.extend(
            (code, name, choose(metric.name_zh, metric.name_en), metric.code, *_written(metric, values[code]))
            for code, name in nodes
            if code in values
        )
    columns = (
        Column(choose("机构号", "Organisation"), width=16),
        Column(choose("机构", "Name"), width=30),
        Column(choose("指标", "Metric"), width=30),
        Column(choose("指标代码", "Code"), width=30),
        Column(choose("数值", "Value"), width=24),
        Column(choose("较上月基数", "Base, last month"), width=24),
        Column(choose("单位", "Unit"), width=18),
    )
    title = choose("全部指标", "All figures")
    return Export(KIND, title, (Sheet(title, title, columns, rows),), tuple(metrics), organisation=organisation)


def _at_and_below(visible: Sequence[OrganisationNode], organisation: str | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    inside: set[str] = set()
    for node in visible:
        if organisation is None or node.code == organisation or node.parent_code in inside:
            inside.add(node.code)
            found.append((node.code, node.name))
    return found


def _values(
    gateway: Gateway, metric: Metric, organisation: str | None, visible: Sequence[OrganisationNode], day: date | None, period: Period
) -> dict[str, tuple[Decimal | None, Decimal | None]]:
    """Return value and base of each organisation of the subtree, every one with all that lies below it."""
    found: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    tops = [organisation] if organisation is not None else [node.code for node in visible if node.parent_code is None]
    parents = {node.parent_code for node in visible}
    waiting = [*tops]
    for code in tops:
        rows = (
            gateway.compare(Question(metric.code, (), code, day, period), (Comparison.PREVIOUS_MONTH,))
            .against(Comparison.PREVIOUS_MONTH)
            .rows
        )
        found[code] = (rows[0].value, rows[0].base_value) if rows else (None, None)
    while waiting:
        code = waiting.pop()
        if code not in parents:
            continue
        try:
            compared = gateway.compare(Question(metric.code, (CHILD,), code, day, period), (Comparison.PREVIOUS_MONTH,))
        except QuestionError:
            continue
        for row in compared.against(Comparison.PREVIOUS_MONTH).rows:
            child = row.dimensions[CHILD]
            if child != code:
                found[child] = (row.value, row.base_value)
                waiting.append(child)
    return found


def _written(metric: Metric, values: tuple[Decimal | None, Decimal | None]) -> tuple[Cell, Cell, str]:
    return Amount(values[0], metric.unit), Amount(values[1], metric.unit), unit_name(metric.unit)
