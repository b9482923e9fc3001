"""The page of card use taken out: relations by level, and organisations."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.card_use.figures import COLUMNS, LINES, LevelLine, children, levels_of
from maisui.web.pages.card_use.institutions import elsewhere, institutions
from maisui.web.pages.channels.block_page import Asked
from maisui.web.pages.channels.export import table_sheet
from maisui.web.pages.one_product.blocks import filled, sheet_of
from maisui.web.pages.overview.figures import metrics_by_code
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="card-use")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    lines = levels_of(gateway, state)
    asked = Asked(gateway, state, standing.day, standing.names, is_whole=True)
    metrics = metrics_by_code(gateway)
    return Export(
        "card_use",
        choose("本代他与他代本", "Card use"),
        (
            _levels_sheet(about, lines),
            *(sheet_of(filled(make(asked)), about) for make in (institutions, elsewhere)),
            table_sheet(choose("下级机构", "Organisations"), about, children(gateway, state, standing.names)),
        ),
        tuple(metrics[code] for code in dict.fromkeys((*LINES, *COLUMNS))),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"card-use-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(lines)),
    )


def _levels_sheet(about: str, lines: tuple[LevelLine, ...]) -> Sheet:
    name = choose("代理关系与级别", "Relations and levels")
    columns = (
        Column(choose("关系与级别", "Relation and level"), width=40),
        Column(choose("笔数", "Count"), Unit.COUNT),
        Column(choose("金额", "Amount"), Unit.YUAN),
        Column(choose("手续费收入", "Income"), Unit.YUAN),
        Column(choose("手续费支出", "Cost"), Unit.YUAN),
        Column(choose("净额", "Net"), Unit.YUAN),
    )
    rows = [
        (str(line.name) if line.is_whole else f"  {line.name}", line.count, line.amount, line.income, line.cost, line.net) for line in lines
    ]
    return Sheet(name, f"{name} · {about}", columns, rows)
