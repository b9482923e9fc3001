"""The page of terminals taken out: every terminal, what might be done, and organisations."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest

from maisui.answers import Terminals, Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.outlet_tasks.models import SignalSource
from maisui.web.pages.channels.export import table_sheet
from maisui.web.pages.one_product.blocks import sheet_of
from maisui.web.pages.outlet_tasks.became import AFTER, Became
from maisui.web.pages.overview.figures import metrics_by_code
from maisui.web.pages.overview.state import State, words_of_state
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.terminals.figures import ADVICE, BANDS, LINES, children, terminals_of
from maisui.web.text import choose


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows, every terminal of it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="terminals")
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    found = terminals_of(gateway, state, standing.day)
    became = Became(gateway, SignalSource.TERMINAL, state)
    now = {one.terminal_number: one.per_day for one in found.terminals}
    metrics = metrics_by_code(gateway)
    return Export(
        "terminals",
        choose("机具", "Terminals"),
        (
            _terminals_sheet(about, found, standing.names),
            _suggestions_sheet(about, found, standing.names, became),
            sheet_of(became.block(lambda code: standing.names.get(code, "—"), now, is_whole=True), about),
            table_sheet(choose("下级机构", "Organisations"), about, children(gateway, state, standing.names)),
        ),
        tuple(metrics[code] for code in LINES),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"terminals-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(found.terminals)),
    )


def _terminals_sheet(about: str, found: Terminals, names: dict[str, str]) -> Sheet:
    name = choose("机具", "Terminals")
    columns = (
        Column(choose("终端号", "Terminal"), width=18),
        Column(choose("类别", "Kind"), width=8),
        Column(choose("管理机构", "Outlet"), width=30),
        Column(choose("商户号", "Merchant"), width=18),
        Column(choose("档次", "Band"), width=14),
        Column(choose("在用日", "Days"), Unit.COUNT),
        Column(choose("闲置日", "Idle days"), Unit.COUNT),
        Column(choose("笔数", "Uses"), Unit.COUNT),
        Column(choose("日均", "A day"), Unit.COUNT_EACH),
        Column(choose("保本日均", "Break-even a day"), Unit.COUNT_EACH),
        Column(choose("手续费", "Fees"), Unit.YUAN),
        Column(choose("节约成本", "Saved"), Unit.YUAN),
        Column(choose("固定成本", "Cost"), Unit.YUAN),
        Column(choose("净收益", "Net"), Unit.YUAN),
    )
    rows = [
        (
            one.terminal_number,
            str(value_word(one.channel_code)),
            names.get(one.organisation_code, one.organisation_code),
            one.merchant_number or "",
            str(BANDS[one.band_code]),
            one.day_count,
            one.idle_day_count,
            one.success_count,
            one.per_day,
            one.break_even_per_day,
            one.fee_amount,
            one.saved_amount,
            one.cost_amount,
            one.net_amount,
        )
        for one in found.terminals
    ]
    return Sheet(name, f"{name} · {about}", columns, rows)


def _suggestions_sheet(about: str, found: Terminals, names: dict[str, str], became: Became) -> Sheet:
    name = choose("建议", "Suggestions")
    columns = (
        Column(choose("建议", "Suggestion"), width=18),
        Column(choose("终端号", "Terminal"), width=18),
        Column(choose("管理机构", "Outlet"), width=30),
        Column(choose("移往", "To"), width=30),
        Column(choose("同类台数", "Machines"), Unit.COUNT),
        Column(choose("现台日均", "A machine and day now"), Unit.COUNT_EACH),
        Column(choose("调整后台日均", "The same after"), Unit.COUNT_EACH),
        Column(choose("金额", "Amount"), Unit.YUAN),
        Column(str(AFTER), width=40),
    )
    rows = [
        (
            str(ADVICE[item.advice]),
            item.terminal.terminal_number,
            names.get(item.terminal.organisation_code, ""),
            names.get(item.other_organisation or "", ""),
            item.machines,
            item.per_day,
            item.per_day_after,
            item.amount,
            str(became.standing_of(item.terminal.terminal_number) or ""),
        )
        for item in found.suggestions
    ]
    return Sheet(name, f"{name} · {about}", columns, rows)
