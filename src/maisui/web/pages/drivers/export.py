"""The page of drivers taken out: every line of the split with its part in the change, whole and exact."""

from __future__ import annotations

import sys
from dataclasses import replace

from django.http import HttpRequest

from maisui.errors import QuestionError
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Chart, Column, Drawing, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.drivers.figures import Reason, comparison_of, reason_of, split_name, split_of
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.pages.overview.words import namer
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return all lines of the page of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="drivers")
    state = replace(state, organisation=standing.organisation, comparisons=(comparison_of(state),))
    reason = reason_of(gateway, state, standing.names, most=sys.maxsize)
    if reason is None:
        raise QuestionError("there is nothing to compare", where="drivers", next_step="choose another day or another base")
    about = f"{standing.place} · {standing.day} · {reason.change.name} {reason.change.base_day}"
    return Export(
        "drivers",
        choose("变动归因", "Why it changed"),
        (drivers_sheet(gateway, state, about, reason),),
        (reason.movement.metric,),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"drivers-{reason.movement.metric.code}-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(reason.line_count),
    )


def drivers_sheet(gateway: Gateway, state: State, about: str, reason: Reason) -> Sheet:
    """Return every line of a split with its part in the change, the largest first."""
    metric = reason.movement.metric
    split = split_of(gateway, state)
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
    chart = Chart(Drawing.STEPS, 1, 4, most=10)
    return Sheet(
        choose("变动归因", "Drivers"), f"{title} · {about}{narrowed}", tuple(columns), [tuple(row) for row in rows], tuple(total), chart
    )
