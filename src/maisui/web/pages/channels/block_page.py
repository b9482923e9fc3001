"""Pages of channels that are made of blocks: figures over time, tables drawn and taken out from one value, organisations below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from maisui.answers import CHILD, Period
from maisui.web.access.permissions import Permission
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Export
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.export import table_sheet
from maisui.web.pages.channels.tables import Table, table_of
from maisui.web.pages.one_product.blocks import Block, drawn, filled, sheet_of
from maisui.web.pages.overview.figure_page import figure_page
from maisui.web.pages.overview.figures import SPARK_MONTHS, attempt, cards_of, metrics_by_code, months_before, own_code
from maisui.web.pages.overview.frame import controls_of
from maisui.web.pages.overview.state import PERIOD_NAMES, State, words_of_state
from maisui.web.text import Text, choose

WHOLE_MONTHS = (Period.MONTH, Period.QUARTER, Period.YEAR, Period.TO_DATE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a block is made of: whose gateway, which state and day, names of organisations, and whether every line is wanted."""

    gateway: Gateway
    state: State
    day: date
    names: dict[str, str]
    is_whole: bool

    def name_of(self, organisation: str) -> str:
        """Return the name of an organisation, its code where it has none; on the page without that of the one it shows."""
        name = self.names.get(organisation, organisation)
        above = "" if self.is_whole else self.names.get(own_code(self.gateway, self.state), "")
        return name.removeprefix(above) or name


BlockMaker = Callable[[Asked], Block]


@dataclass(frozen=True, slots=True)
class BlockPage:
    """One page.

    Attributes:
        code: its name in addresses and in the registry.
        title: what it is called.
        makers: its blocks, each found for itself so that one that fails leaves the others.
        lines: metrics shown over thirteen months.
        columns: metrics shown for each organisation below.
        note: where the figures come from.
        periods: which may be chosen; none where the blocks go by the day alone.
        lists: pages of customers that it leads to: name of the page, what it is called.
        explained: whose explanation opens where none is named.
    """

    code: str
    title: Text
    makers: tuple[BlockMaker, ...]
    explained: str
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    note: Text | str = ""
    periods: tuple[Period, ...] = WHOLE_MONTHS
    lists: tuple[tuple[str, Text], ...] = ()


def show_blocks(request: HttpRequest, page: BlockPage) -> HttpResponse:
    """Return the page, or the fragment of it that htmx asked for."""
    state = _state(request, page)
    return figure_page(
        request, "channels", state, lambda gateway, asked, frame: _content(page, gateway, asked, frame), page.explained, "blocks"
    )


def warm_blocks(gateway: Gateway, page: BlockPage, day: date) -> None:
    """Find the blocks that the page shows when it is opened without any choice, so that they are there when somebody opens it."""
    for make in page.makers:
        make(Asked(gateway, State(), day, {}, is_whole=False))


def export_blocks(request: HttpRequest, page: BlockPage) -> Export:
    """Return every line of what the page of the address shows."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = _state(request, page)
    standing = standing_of(gateway, state.organisation, state.day, where=page.code)
    state = replace(state, organisation=standing.organisation)
    about = f"{standing.place} · {standing.day}"
    asked = Asked(gateway, state, standing.day, standing.names, is_whole=True)
    blocks = [filled(make(asked)) for make in page.makers]
    sheets = [sheet_of(block, about) for block in blocks]
    if page.columns:
        sheets.append(table_sheet(choose("下级机构", "Organisations"), about, _below(page, asked)))
    metrics = metrics_by_code(gateway)
    return Export(
        page.code,
        str(page.title),
        tuple(sheets),
        tuple(metrics[code] for code in dict.fromkeys((*page.lines, *page.columns))),
        standing.about(*words_of_state(state)),
        standing.organisation,
        f"{page.code.replace('_', '-')}-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(sum(len(block.lines) for block in blocks)),
    )


def _state(request: HttpRequest, page: BlockPage) -> State:
    state = State.of(request.GET)
    if page.periods and state.period not in page.periods:
        return replace(state, period=page.periods[0])
    return state


def _below(page: BlockPage, asked: Asked) -> Table:
    """Return the figures of each organisation below."""
    own = own_code(asked.gateway, asked.state)
    return table_of(asked.gateway, asked.state, CHILD, page.columns, asked.name_of, below=frozenset(asked.names) - {own})


def _content(page: BlockPage, gateway: Gateway, state: State, frame: dict[str, Any]) -> dict[str, Any]:
    gateway.organisation_in_sight(state.organisation)  # out of sight: the whole page says so
    days = months_before(frame["day"], gateway.month_ends(), SPARK_MONTHS)
    asked = Asked(gateway, state, frame["day"], frame["names"], is_whole=False)
    words = State(organisation=state.organisation, day=state.day).query()
    plain = {} if page.lines or page.columns else {"comparisons": ()}
    return (
        controls_of(gateway, state, frame["day"])
        | plain
        | {
            "periods": [(PERIOD_NAMES[item], item is state.period, state.query(period=item, page=1)) for item in page.periods],
            "page_of": page,
            "lines": cards_of(gateway, state, page.lines, days),
            "blocks": [attempt(lambda make=make: drawn(filled(make(asked)))) for make in page.makers],
            "below": attempt(lambda: _below(page, asked)) if page.columns else None,
            "lists": _lists(page, words) if gateway.may(Permission.CUSTOMER_VIEW) else (),
            "may_export": gateway.may(Permission.FIGURE_EXPORT),
        }
    )


def _lists(page: BlockPage, words: str) -> Sequence[tuple[str, str, Text]]:
    return [(name, words, title) for name, title in page.lists]
