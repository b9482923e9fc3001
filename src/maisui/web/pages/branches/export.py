"""The pages of branches taken out: the list of outlets, and one portrait with its peers, efficiency, chances and suggestions."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit, metric_of
from maisui.answers.branch_advice import Advice, Silence
from maisui.web.exports.files import Standing, standing_of
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.branches.page import (
    LISTED,
    chances_of,
    desk_of,
    feature_name,
    feature_unit,
    listed_of,
    peers_of,
    state_of,
)
from maisui.web.pages.branches.portrait import Portrait, portrait_of
from maisui.web.pages.branches.words import COUNTER_WORDS, MANAGER_WORDS, SILENCE_WORDS
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.pages.overview.words import value_word
from maisui.web.text import choose


def export_of_list(request: HttpRequest) -> Export:
    """Return the outlets of the address side by side."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(state_of(request), comparisons=())
    standing = standing_of(gateway, state.organisation, state.day, where="branches")
    state = replace(state, organisation=standing.organisation)
    lines, metrics = listed_of(gateway, state), [metric_of(code) for code in LISTED]
    title = choose("网点一览", "Outlets side by side")
    columns = (
        Column(choose("机构号", "Code"), width=14),
        Column(choose("网点", "Outlet"), width=30),
        Column(choose("等级", "Grade"), width=14),
        Column(choose("区位", "Character"), width=14),
        *(Column(choose(metric.name_zh, metric.name_en), metric.unit) for metric in metrics),
        Column(choose("人均产出与标杆之比", "Output a head to the best"), Unit.SHARE),
    )
    rows = [(line.code, line.name, line.grade, str(line.character or ""), *line.cells, line.efficiency) for line in lines]
    return Export(
        "branches",
        choose("网点画像", "Branches"),
        (Sheet(title, f"{title} · {standing.place} · {standing.day}", columns, rows),),
        tuple(metrics),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"branches-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(rows)),
    )


def export_of_one(request: HttpRequest, code: str) -> Export:
    """Return one outlet's portrait."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(state_of(request), comparisons=(), organisation=code)
    standing = standing_of(gateway, code, state.day, where="branches")
    desk = desk_of(gateway, state)
    portrait = portrait_of(desk, code)
    about = f"{standing.place} · {standing.day}"
    sheets = (
        _figures(portrait, about),
        _peers(gateway, state, portrait, about),
        _efficiency(portrait, standing, about),
        _chances(gateway, state, about),
        _advice(portrait, about),
    )
    return Export(
        "branches",
        choose("网点画像", "Branch"),
        sheets,
        tuple(line.metric for _, _, lines in portrait.groups for line in lines),
        standing.about(*words_of_state(state)),
        code,
        f"branch-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(sum(len(sheet.rows) for sheet in sheets)),
    )


def _figures(portrait: Portrait, about: str) -> Sheet:
    title = choose("规模成长质量效率", "Figures")
    columns = (
        Column(choose("组", "Group"), width=12),
        Column(choose("指标", "Metric"), width=30),
        Column(choose("本网点", "Own"), width=20),
        Column(choose("较上月", "MoM"), width=20),
        Column(choose("相似平均", "Mean of alike outlets"), width=20),
        Column(choose("位次", "Place"), Unit.COUNT),
        Column(choose("参排数", "of"), Unit.COUNT),
    )
    rows = [
        (
            str(name),
            choose(line.metric.name_zh, line.metric.name_en),
            *(Amount(value, line.metric.unit) for value in (line.value, line.change, line.mean)),
            line.rank,
            line.count if line.rank else None,
        )
        for _, name, lines in portrait.groups
        for line in lines
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _peers(gateway: Gateway, state: State, portrait: Portrait, about: str) -> Sheet:
    title = choose("相似网点", "Alike outlets")
    columns = (
        Column(choose("网点", "Outlet"), width=30),
        Column(choose("同等级", "Same grade"), width=10),
        Column(choose("距离（标准差）", "Distance (standard deviations)"), Unit.COUNT_EACH),
        Column(choose("特征", "Feature"), width=26),
        Column(choose("本网点", "Own"), width=20),
        Column(choose("该网点", "Theirs"), width=20),
        Column(choose("占距离平方", "Share of the squared distance"), Unit.SHARE),
    )
    rows: list[tuple[Cell, ...]] = []
    for peer in peers_of(gateway, desk_of(gateway, state), portrait):
        name = peer.name or choose("可视范围外的网点", "an outlet out of sight")
        same = choose("是", "yes") if peer.likeness.is_same_grade else choose("否", "no")
        for gap in peer.likeness.gaps:
            unit = feature_unit(gap.code)
            other = gap.other if peer.is_seen else None
            rows.append(
                (name, same, peer.likeness.distance, str(feature_name(gap.code)), Amount(gap.own, unit), Amount(other, unit), gap.share)
            )
    return Sheet(title, f"{title} · {about}", columns, rows)


def _efficiency(portrait: Portrait, standing: Standing, about: str) -> Sheet:
    title = choose("人均产出", "Output a head")
    columns = (
        Column(choose("产出", "Output"), width=26),
        Column(choose("权重", "Weight"), Unit.COUNT_EACH),
        Column(choose("人均", "A head"), width=20),
        Column(choose("标杆人均", "The best"), width=20),
        Column(choose("标杆", "Best outlet"), width=30),
        Column(choose("之比", "Ratio"), Unit.SHARE),
        Column(choose("达标杆可增", "At the best pace"), width=20),
    )
    found = portrait.efficiency
    rows = [
        (
            choose(metric.name_zh, metric.name_en),
            output.weight,
            Amount(output.own_each, metric.unit),
            Amount(output.best_each, metric.unit),
            standing.names.get(output.best, output.best),
            output.ratio,
            Amount(output.missing, metric.unit),
        )
        for output in (found.outputs if found else ())
        for metric in (metric_of(output.code),)
    ]
    total = (choose("综合", "Together"), None, None, None, "", found.score, None) if found else None
    return Sheet(title, f"{title} · {about}", columns, rows, total)


def _chances(gateway: Gateway, state: State, about: str) -> Sheet:
    title = choose("少持产品", "Held less than usual")
    columns = (
        Column(choose("已持有", "Holds"), width=24),
        Column(choose("可推荐", "Could hold"), width=24),
        Column(choose("持有客户", "Holders"), Unit.COUNT),
        Column(choose("两者皆有", "Both"), Unit.COUNT),
        Column(choose("通常", "Usual"), Unit.SHARE),
        Column(choose("可增客户", "More customers"), Unit.COUNT),
        Column(choose("可增贡献（元/年）", "Would bring (CNY a year)"), Unit.YUAN),
    )
    rows = [
        (
            str(value_word(one.first)),
            str(value_word(one.second)),
            one.first_count,
            one.both_count,
            one.usual.value,
            one.customer_count,
            one.amount,
        )
        for one, _ in attempt(lambda: chances_of(gateway, state)).value or []
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _advice(portrait: Portrait, about: str) -> Sheet:
    title = choose("人手建议", "Staff")
    columns = (
        Column(choose("对象", "Of"), width=14),
        Column(choose("建议或不作建议的原因", "Suggestion, or why there is none"), width=60),
        Column(choose("人数", "Heads"), Unit.COUNT_EACH),
        Column(choose("人均负荷", "Load a head"), Unit.COUNT_EACH),
        Column(choose("相似网点", "Alike outlets"), Unit.COUNT_EACH),
        Column(choose("照此调整后", "If followed"), Unit.COUNT_EACH),
    )
    rows = [
        _advised(choose("柜面", "Counter"), portrait.advice.counter, COUNTER_WORDS),
        _advised(choose("客户经理", "Managers"), portrait.advice.manager, MANAGER_WORDS),
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _advised(of: str, advice: Advice | Silence, words: dict) -> tuple[Cell, ...]:
    if isinstance(advice, Silence):
        return (of, str(SILENCE_WORDS[advice]), None, None, None, None)
    return (of, str(words[advice.suggestion]), advice.heads, advice.load, advice.peer_load, advice.load_instead)
