"""The page of drivers as a workbook: every line of the split with its part in the change, whole and exact."""

from __future__ import annotations

import sys
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.errors import HomeError, QuestionError
from maisui.web.audit.record import record
from maisui.web.exports.figures_book import definitions_sheet
from maisui.web.exports.jobs import stamp_of
from maisui.web.exports.workbook import CONTENT_TYPE, Column, Sheet, workbook
from maisui.web.gateway import Gateway
from maisui.web.pages.drivers.figures import Reason, comparison_of, reason_of, split_name, split_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import namer
from maisui.web.text import choose


@require_safe
def workbook_of_page(request: HttpRequest) -> HttpResponse:
    """Return all lines of the page of the address as a workbook."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    gateway.require_figures_export(state.organisation)
    state = replace(state, organisation=state.organisation or gateway.top, comparisons=(comparison_of(state),))
    fresh = gateway.freshness()
    if fresh is None:
        raise HomeError("nothing has been published yet", where="drivers", next_step="wait for the first batch")
    names = {node.code: node.name for node in gateway.organisations()}
    reason = reason_of(gateway, state, names, most=sys.maxsize)
    if reason is None:
        raise QuestionError("there is nothing to compare", where="drivers", next_step="choose another day or another base")
    place = names.get(state.organisation or "", choose(settings.HOME.name_zh, settings.HOME.name_en))
    day = state.day or fresh.reporting_date
    sheets = (_sheet(gateway, state, f"{place} · {day} · {reason.change.name} {reason.change.base_day}", reason),)
    content = workbook((*sheets, definitions_sheet((reason.movement.metric,))), stamp_of(gateway, state.organisation))
    details = {"organisation": state.organisation or "*", "day": str(day), "rows": reason.line_count}
    record(action="export", by=gateway.actor, object_type="drivers", object_id=state.query()[:200], details=details)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    name = f"maisui-drivers-{reason.movement.metric.code}-{state.organisation or settings.HOME.legal_entity_code}-{day}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _sheet(gateway: Gateway, state: State, about: str, reason: Reason) -> Sheet:
    metric = reason.movement.metric
    split = split_of(state)
    narrowed = "".join(f" · {split_name(name)} {namer(gateway, name)(value)}" for name, value in state.within)
    title = choose(metric.name_zh, metric.name_en)
    columns = [
        Column(choose("代码", "Code"), width=18),
        Column(str(split_name(split)), width=32),
        Column(choose("基期", "Base"), metric.unit),
        Column(choose("本期", "Now"), metric.unit),
        Column(choose("对变动的影响", "Effect on the change"), metric.unit),
    ]
    rows = [[one.driver.code, str(one.name), one.driver.base, one.driver.value, one.driver.effect] for one in reason.lines]
    total = [choose("合计", "Total"), "", reason.movement.base, reason.movement.value, reason.movement.change]
    if metric.denominator is not None:
        columns += [
            Column(choose("其中：结构", "of which mix"), metric.unit),
            Column(choose("其中：自身比率", "of which own ratio"), metric.unit),
        ]
        rows = [[*row, one.driver.mix, one.driver.rate] for row, one in zip(rows, reason.lines, strict=True)]
        total += [None, None]
    return Sheet(choose("变动归因", "Drivers"), f"{title} · {about}{narrowed}", tuple(columns), [tuple(row) for row in rows], tuple(total))
