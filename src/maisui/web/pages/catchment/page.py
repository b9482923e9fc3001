"""The page of catchments: whose customers live nearer to another outlet, how catchments overlap, and where business is really done."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from maisui.answers import Unit
from maisui.answers.catchment import Catchment, Nearness
from maisui.answers.figure import divide
from maisui.answers.periods import window_of
from maisui.web.exports.sheets import Export
from maisui.web.pages.channels.block_page import Asked, BlockPage, export_blocks, show_blocks
from maisui.web.pages.one_product.blocks import Block, Heading, Line, missing
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.text import Text

_NO_PLACES = Text(
    "没有村组位置或网点位置：请补录 village_position、village_roster 与 outlet_profile。",
    "No positions of villages or outlets: deliver the supplements village_position, village_roster and outlet_profile.",
)


def _catchment(asked: Asked) -> Catchment:
    window = window_of(asked.day, asked.state.period, first_day_of(asked.gateway))
    return asked.gateway.channels.catchment(asked.state.organisation, window.period_start, window.day)


def _nearest(asked: Asked) -> Block:
    title, found = Text("离哪个网点最近", "Which outlet is nearest"), _catchment(asked)
    if not found.nearness:
        return missing("nearest", title, _NO_PLACES)
    homes: dict[str, list[Nearness]] = defaultdict(list)
    for one in found.nearness:
        homes[one.home_code].append(one)
    lines = [(_away(ones), _home_line(asked, code, ones)) for code, ones in homes.items()]
    away = sum(number for number, _ in lines)
    return Block(
        "nearest",
        title,
        Text("归属网点", "Home outlet"),
        (
            Heading(Text("有位置的客户", "Customers with a position"), Unit.COUNT),
            Heading(Text("离其他网点更近", "Nearer to another outlet"), Unit.COUNT),
            Heading(Text("占比", "Share"), Unit.SHARE),
            Heading(Text("到归属网点（公里）", "To the home outlet (km)"), Unit.COUNT_EACH),
            Heading(Text("到最近网点（公里）", "To the nearest (km)"), Unit.COUNT_EACH),
            Heading(Text("多数更近的网点", "Which is nearer to most")),
        ),
        tuple(line for _, line in sorted(lines, key=lambda one: (-one[0], str(one[1].name)))),
        finding=Text(
            f"{found.placed_count:,} 名有村组位置的客户中 {away:,} 名离其他网点更近；"
            f"个人客户共 {found.customer_count:,} 名，{found.village_count:,} 名知道所在村组。",
            f"Of {found.placed_count:,} customers of villages with a position {away:,} live nearer to another outlet; "
            f"the village of {found.village_count:,} of {found.customer_count:,} persons is known.",
        ),
        notes=(
            Text(
                "直线距离，由村组中心到网点；已撤并网点不作为最近网点",
                "as the crow flies from the middle of the village; a closed outlet is nobody's nearest",
            ),
        ),
        bars=1,
        is_wide=True,
    )


def _home_line(asked: Asked, code: str, ones: list[Nearness]) -> Line:
    count = sum(one.customer_count for one in ones)
    elsewhere = [one for one in ones if one.nearest_code != code]
    first = max(elsewhere, key=lambda one: (one.customer_count, one.nearest_code), default=None)
    known = all(one.home_km is not None for one in ones)
    home = sum((one.home_km or Decimal(0) for one in ones), Decimal(0))
    return Line(
        asked.name_of(code),
        (
            count,
            _away(ones),
            divide(Decimal(_away(ones)), Decimal(count), Unit.SHARE.decimals),
            divide(home, Decimal(count), 2) if known else None,
            divide(sum((one.nearest_km for one in ones), Decimal(0)), Decimal(count), 2),
            f"{asked.name_of(first.nearest_code)} ({first.customer_count})" if first else "—",
        ),
    )


def _away(ones: list[Nearness]) -> int:
    return sum(one.customer_count for one in ones if one.nearest_code != one.home_code)


def _matrix(asked: Asked, code: str, title: Text, first: Text, counts: dict[tuple[str, str], int], note: Text, reason: Text) -> Block:
    """Return a square of outlets: of each line's whole, the share of each column."""
    if not counts:
        return missing(code, title, reason)
    columns = sorted({column for _, column in counts})
    wholes: dict[str, int] = defaultdict(int)
    for (line, _), count in counts.items():
        wholes[line] += count
    return Block(
        code,
        title,
        first,
        (Heading(Text("合计", "Total"), Unit.COUNT), *(Heading(asked.name_of(column), Unit.SHARE) for column in columns)),
        tuple(
            Line(
                asked.name_of(line),
                (whole, *(_share(counts.get((line, column)), whole) for column in columns)),
                f"?{asked.state.query(organisation=line, page=1)}",
            )
            for line, whole in sorted(wholes.items())
        ),
        notes=(note,),
        is_wide=True,
    )


def _share(count: int | None, whole: int) -> Decimal | None:
    return divide(Decimal(count), Decimal(whole), Unit.SHARE.decimals) if count else None


def _overlap(asked: Asked) -> Block:
    return _matrix(
        asked,
        "overlap",
        Text("归属网点与最近网点", "Home outlet against nearest outlet"),
        Text("归属网点", "Home outlet"),
        {(one.home_code, one.nearest_code): one.customer_count for one in _catchment(asked).nearness},
        Text(
            "每行为归属网点的客户，各列为离他们最近的网点所占比例",
            "a line: customers of a home outlet; its columns: the outlet nearest to them, as shares",
        ),
        _NO_PLACES,
    )


def _crossings(asked: Asked) -> Block:
    return _matrix(
        asked,
        "crossings",
        Text("客户实际去哪里办", "Where customers really go"),
        Text("账户网点", "Outlet of the account"),
        {(one.holding_code, one.handling_code): one.transaction_count for one in _catchment(asked).crossings},
        Text(
            "客户发起的柜面、ATM、VTM 交易笔数：每行为账户网点，各列为办理网点所占比例",
            "customers' transactions at counters, cash and teller machines: a line is the outlet of the account, "
            "its columns who handled them, as shares",
        ),
        Text(
            "这一期没有知道办理网点的柜面与自助交易。",
            "No transactions at counters or machines whose handling outlet is known in this period.",
        ),
    )


PAGE = BlockPage(
    "catchment",
    Text("网点辐射", "Catchment"),
    (_nearest, _overlap, _crossings),
    "transaction_count",
)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show catchments, or the fragment of the page that htmx asked for."""
    return show_blocks(request, PAGE)


def export_of_page(request: HttpRequest) -> Export:
    """Return what the page of the address shows."""
    return export_blocks(request, PAGE)
