"""The catalogue of products taken out: every line, group and product, whole yuan and cents."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Chart, Column, Drawing, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.pages.products.catalogue import Catalogue, catalogue, metrics_of
from maisui.web.pages.products.drawings import pareto_of
from maisui.web.pages.products.page import stage_rule, whole_months
from maisui.web.pages.products.words import LEVEL_NAMES, STAGE_NAMES
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the catalogue of the address down to single products, and the ranking of groups."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = whole_months(State.of(request.GET))
    standing = standing_of(gateway, state.organisation, state.day, where="products")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    found = catalogue(gateway, state, standing.day, level="product")
    title = choose("产品总览", "Products")
    return Export(
        "products",
        title,
        (_catalogue_sheet(found, title, about), _pareto_sheet(found, about)),
        metrics_of(gateway),
        standing.about(*words_of_state(state), (choose("阶段规则", "Rule of stages"), stage_rule(found))),
        standing.organisation,
        f"products-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(found.lines)),
    )


def _catalogue_sheet(found: Catalogue, title: str, about: str) -> Sheet:
    columns = (
        Column(choose("级别", "Level"), width=10),
        Column(choose("名称", "Name"), width=30),
        Column(choose("代码", "Code"), width=24),
        Column(choose("阶段", "Stage"), width=12),
        Column(choose("活跃客户", "Active holders"), Unit.COUNT),
        *(Column(str(column.name), column.unit) for column in found.columns),
        Column(choose("贡献占比", "Share of contribution"), Unit.SHARE),
        Column(choose("活跃客户十二个月变动", "Active holders, 12 months"), Unit.SHARE),
        Column(choose("余额十二个月变动", "Balance, 12 months"), Unit.SHARE),
    )
    rows = [
        (
            str(LEVEL_NAMES[line.level]),
            str(line.name),
            line.path[-1],
            str(STAGE_NAMES[line.life.stage]) if line.life.stage else "—",
            line.active,
            *(line.values.get(column.code) for column in found.columns),
            line.share,
            line.life.holder_rate,
            line.life.balance_rate,
        )
        for line in found.lines
    ]
    total = (choose("合计", "Total"), "", "", "", None, *(found.total.get(column.code) for column in found.columns), None, None, None)
    return Sheet(title, f"{title} · {about}", columns, rows, total)


def _pareto_sheet(found: Catalogue, about: str) -> Sheet:
    title = choose("贡献排名", "Contribution ranked")
    columns = (
        Column(choose("产品组", "Product group"), width=30),
        Column(choose("贡献", "Contribution"), Unit.YUAN),
        Column(choose("累计占比", "Running share"), Unit.SHARE),
    )
    rows = [(str(one.line.name), one.value, one.running) for one in pareto_of(found.lines, "group").lines]
    return Sheet(title, f"{title} · {about}", columns, rows, chart=Chart(Drawing.BARS, 0, 1))
