"""Circles taken out: the list of a kind, or one circle with its members, masked as on the screen, every line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest

from maisui.answers import Unit
from maisui.answers.circles import CircleMember, CircleSums
from maisui.web.exports.sheets import SENSITIVE, Cell, Column, Export, NotAtOnceError, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.circles.page import list_lines, member_lines, rates_of
from maisui.web.pages.circles.state import State
from maisui.web.pages.circles.words import CHOICES, KINDS, name_of
from maisui.web.pages.paging import every_row
from maisui.web.text import Text, choose

ROWS_AT_ONCE = 500
_Row = TypeVar("_Row")


def export_of_list(request: HttpRequest) -> Export:
    """Return the circles of the address; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(State.of(request.GET), page=1)

    def asked(page: int):  # noqa: ANN202 - one page of the list
        return gateway.circles.listed(
            state.kind, organisation=state.organisation, order=state.order, page=page, size=ROWS_AT_ONCE, is_export=True
        )

    first = asked(1)
    rows = _all(first.rows, first.found.total_count, lambda page: asked(page).rows)
    lines = list_lines(state.kind, rows)
    rates = [name for name, *_ in rates_of(lines[0]["row"].coverage)] if lines else []
    columns = (
        Column(str(KINDS[state.kind]), width=28),
        Column(choose("代码", "Code"), width=24),
        Column(choose("可见成员", "Members you see"), Unit.COUNT),
        Column(choose("在外成员", "Members outside"), Unit.COUNT),
        *(
            column
            for name in rates
            for column in (Column(str(name), Unit.SHARE), Column(choose(f"{name}：户", f"{name}: households"), width=14))
        ),
        *_sum_columns(),
    )
    cells = [
        (
            line["name"],
            line["shown"].code,
            line["row"].sums.member_count,
            line["row"].outside_count,
            *(cell for _, count, of, share in line["rates"] for cell in (share, f"{count}/{of}")),
            *_sums(line["row"].sums),
        )
        for line in lines
    ]
    total = (
        choose("合计（每人一次）", "All, each person once"),
        "",
        first.found.sums.member_count,
        None,
        *([None, None] * len(rates)),
        *_sums(first.found.sums),
    )
    sheet = Sheet(str(KINDS[state.kind]), f"{KINDS[state.kind]} · {first.found.day}", columns, cells, total)
    return Export(
        "circles",
        str(KINDS[state.kind]),
        (sheet,),
        organisation=state.organisation,
        name=f"{state.kind}-{first.found.day}",
        object_id=state.kind,
        details={"rows": len(cells)},
        classification=SENSITIVE,
    )


def export_of_one(request: HttpRequest, kind: str, reference: str) -> Export:
    """Return one circle with the members of the address; for more than one may take at once, say so."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = replace(State.of(request.GET, kind), page=1)

    def asked(page: int):  # noqa: ANN202 - one page of the circle
        return gateway.circles.one(
            state.kind, reference, organisation=state.organisation, choice=state.choice, page=page, size=ROWS_AT_ONCE, is_export=True
        )

    first = asked(1)
    members = _all(first.members, first.circle.chosen_count, lambda page: asked(page).members)
    name, row = name_of(state.kind, first.head), first.circle.row
    columns = (
        Column(choose("客户", "Customer"), width=20),
        Column(choose("客户号", "Number"), width=20),
        Column(choose("身份", "Place"), width=12),
        Column(choose("依据", "Evidence"), width=28),
        Column(choose("自", "Since"), width=12),
        Column(choose("等级", "Tier"), width=10),
        Column(choose("归属机构", "Home outlet"), width=28),
        *_sum_columns(),
    )
    cells = [
        (
            line["shown"].customer_name,
            line["shown"].customer_number,
            line["place"],
            line["evidence"],
            str(line["member"].since or ""),
            str(line["tier"]),
            line["member"].home_organisation_name,
            *_sums(line["member"]),
        )
        for line in member_lines(state.kind, members)
    ]
    is_all = first.circle.chosen_count == row.sums.member_count
    total = (choose("合计", "Total"), "", "", "", "", "", "", *_sums(row.sums)) if is_all else None
    outside = choose(f"另有 {row.outside_count} 名成员在可见范围之外", f"{row.outside_count} members outside the scope")
    about = [(choose("成员", "Members"), str(CHOICES[state.choice])), (choose("范围", "Scope"), outside)]
    about += [(str(what), f"{count}/{of}") for what, count, of, _ in rates_of(row.coverage)]
    return Export(
        "circle",
        f"{KINDS[state.kind]} · {name}",
        (Sheet(str(KINDS[state.kind]), f"{name} · {first.circle.day}", columns, cells, total),),
        about=tuple(about),
        organisation=state.organisation,
        name=f"{state.kind}-members-{first.circle.day}",
        object_id=reference,
        details={"kind": state.kind, "rows": len(cells)},
        classification=SENSITIVE,
    )


def _all(first: tuple[_Row, ...], count: int, more: Callable[[int], tuple[_Row, ...]]) -> tuple[_Row, ...]:
    most = settings.HOME.web.customer_export_rows
    if count > most:
        raise NotAtOnceError(
            Text(f"共 {count} 行，一次最多导出 {most} 行；请选一家机构", f"{count} lines, at most {most} at once: choose an organisation")
        )
    return tuple(every_row(first, count, ROWS_AT_ONCE, more))


def _sum_columns() -> tuple[Column, ...]:
    return (
        Column(choose("资产日均", "Average assets"), Unit.YUAN),
        Column(choose("存款余额", "Deposits"), Unit.YUAN),
        Column(choose("贷款余额", "Loans"), Unit.YUAN),
        Column(choose("近十二个月贡献", "Contribution, 12 months"), Unit.YUAN),
        Column(choose("授信余额", "Credit exposure"), Unit.YUAN),
    )


def _sums(of: CircleSums | CircleMember) -> tuple[Cell, ...]:
    return (of.asset_average_balance, of.deposit_balance, of.loan_balance, of.year_contribution_amount, of.exposure_amount)
