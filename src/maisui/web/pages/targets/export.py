"""The page of targets taken out: every target of the organisation and of those below it, not only the metric on the screen."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.components.figures import unit_name
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.pages.targets.figures import Goal, goals_of, metrics_in, ordered, split_below
from maisui.web.pages.targets.page import state_of
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the targets of the address."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = state_of(request)
    standing = standing_of(gateway, state.organisation, state.day, where="targets")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {PERIOD_NAMES[state.period]} · {standing.day}"
    own, split = goals_of(gateway, state), split_below(gateway, state)
    below = goals_of(gateway, state, split) if split else ()
    lines = [goal for metric in metrics_in(below) for goal in ordered([g for g in below if g.line.metric is metric], state.sort)]
    catalogue = {metric.code: metric for metric in gateway.catalogue()}
    defined = ("target_completion_rate", "time_weighted_target_completion_rate", *(metric.code for metric in metrics_in((*own, *below))))
    title = choose("客户经理目标", "Managers") if split == ("manager",) else choose("下级机构目标", "Organisations below")
    return Export(
        "targets",
        choose("目标完成", "Targets"),
        (targets_sheet(choose("本机构目标", "Targets"), about, own), *((targets_sheet(title, about, lines),) if split else ())),
        tuple(catalogue[code] for code in defined),
        standing.about((choose("期间", "Period"), str(PERIOD_NAMES[state.period]))),
        standing.organisation,
        f"targets-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(own) + len(lines)),
    )


def targets_sheet(title: str, about: str, goals: tuple[Goal, ...] | list[Goal]) -> Sheet:
    """Return targets line by line: what is reached, what is due, and what is left to do."""
    columns = (
        Column(choose("代码", "Code"), width=14),
        Column(choose("名称", "Name"), width=30),
        Column(choose("指标", "Metric"), width=26),
        Column(choose("单位", "Unit"), width=12),
        Column(choose("实际", "Actual"), width=20),
        Column(choose("目标", "Target"), width=20),
        Column(choose("完成率", "Completion"), Unit.SHARE),
        Column(choose("时间进度", "Time passed"), Unit.SHARE),
        Column(choose("时序目标", "Due by now"), width=20),
        Column(choose("时序完成率", "Time-weighted"), Unit.SHARE),
        Column(choose("实际−目标", "Actual − target"), width=20),
        Column(choose("剩余天数", "Days left"), width=10),
        Column(choose("剩余每日需", "Needed a day"), width=20),
        Column(choose("状态", "Standing"), width=14),
        Column(choose("同级名次", "Rank in grade"), width=16),
    )
    return Sheet(title, f"{title} · {about}", columns, [_row(goal) for goal in goals])


def _row(goal: Goal) -> tuple[Cell, ...]:
    line = goal.line
    unit = line.metric.unit
    return (
        line.holder,
        goal.name,
        choose(line.metric.name_zh, line.metric.name_en),
        unit_name(unit),
        Amount(line.actual, unit),
        Amount(line.target, unit),
        line.completion,
        line.time_progress,
        Amount(line.due, unit),
        line.time_weighted_completion,
        Amount(line.distance, unit),
        line.days_left,
        Amount(line.needed_a_day, line.needed_unit),
        str(goal.standing),
        f"{goal.place.rank}/{goal.place.count} {goal.place.grade}" if goal.place else None,
    )
