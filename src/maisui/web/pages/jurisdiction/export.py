"""The page of a union taken out: banks side by side, the state of their data, mirrors, and the consolidated balance sheet."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

from maisui.answers import LINE_NAMES, MemberVersion, Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.jurisdiction.page import STATEMENTS, state_of
from maisui.web.pages.jurisdiction.peers import KINDS, SIZES, Peers, peers_of
from maisui.web.text import Text, choose


def export_of_page(request: HttpRequest) -> Export:
    """Return the page of the address, every bank and pair of it."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = state_of(request)
    standing = standing_of(gateway, None, state.day, where="jurisdiction")
    members = gateway.union.members()
    names = {member.code: choose(member.name_zh, member.name_en) for member in members}
    peers = peers_of(gateway, state, members)
    wanted = dict(state.within)
    return Export(
        "jurisdiction",
        choose("辖区总览", "Jurisdiction"),
        (
            _banks(peers, standing.day),
            _states(members, standing.fresh.reporting_date),
            _mirrors(gateway, names),
            *_ledger(gateway, standing.day, names),
        ),
        tuple(column.metric for column in peers.columns),
        standing.about(
            (choose("类别", "Kind"), str(KINDS[wanted["kind"]]) if "kind" in wanted else ""),
            (choose("规模", "Size"), str(SIZES[wanted["size"]]) if "size" in wanted else ""),
        ),
        name=f"jurisdiction-{standing.file_name}",
        object_id=state.query(),
        details=standing.details(len(peers.lines)),
    )


def _banks(peers: Peers, day: date) -> Sheet:
    title = choose("行社对比", "Banks side by side")
    columns = [Column(choose("行社", "Bank"), width=24), Column(choose("类别", "Kind"), width=18), Column(choose("规模", "Size"), width=18)]
    for column in peers.columns:
        name = choose(column.metric.name_zh, column.metric.name_en)
        columns += [Column(name, column.metric.unit), Column(f"{name} {choose('名次', 'place')}", width=10)]
    lines: list[tuple[Cell, ...]] = []
    for line in peers.lines:
        cells: list[Cell] = [choose(line.member.name_zh, line.member.name_en), str(line.kind), str(SIZES[line.size]) if line.size else ""]
        for place in line.places:
            cells += [place.value, f"{place.rank}/{place.of}" if place.rank else ""]
        lines.append(tuple(cells))
    median: list[Cell] = [choose("中位数（所示行社）", "Median of those shown"), "", ""]
    total: list[Cell] = [choose("辖区合计（全部行社）", "Jurisdiction, all banks"), "", ""]
    for column in peers.columns:
        median += [column.median, ""]
        total += [column.total, ""]
    return Sheet(title, f"{title} · {day}", tuple(columns), [*lines, tuple(median)], tuple(total))


def _states(members: tuple[MemberVersion, ...], day: date) -> Sheet:
    title = choose("各行数据状态", "State of the banks' data")
    words = {"missing": Text("缺失", "missing"), "late": Text("迟到", "late"), "current": Text("当期", "current")}
    columns = (
        Column(choose("行社", "Bank"), width=24),
        Column(choose("状态", "State"), width=10),
        Column(choose("数据日期", "Data of"), width=14),
        Column(choose("最近到数", "Last delivery"), width=14),
        Column(choose("不平的勾稽", "Controls that do not tie"), Unit.COUNT),
        Column(choose("原因", "Reason"), width=48),
    )
    lines = [
        (
            choose(member.name_zh, member.name_en),
            str(words["missing" if member.is_missing else "late" if member.is_late(day) else "current"]),
            member.reporting_date,
            member.last_delivery_on,
            sum(bool(control.violations) for control in member.controls),
            member.reason,
        )
        for member in members
    ]
    return Sheet(title, title, columns, lines)


def _mirrors(gateway: Gateway, names: dict[str, str]) -> Sheet:
    title = choose("跨县代理镜像", "Cross-county mirrors")
    columns = (
        Column(choose("受理行", "Acquirer"), width=24),
        Column(choose("发卡行", "Issuer"), width=24),
        Column(choose("月份", "Month"), width=12),
        Column(choose("受理行笔数", "Count, acquirer"), Unit.COUNT),
        Column(choose("发卡行笔数", "Count, issuer"), Unit.COUNT),
        Column(choose("受理行金额", "Amount, acquirer"), Unit.YUAN),
        Column(choose("发卡行金额", "Amount, issuer"), Unit.YUAN),
        Column(choose("金额差", "Difference"), Unit.YUAN),
    )
    lines = [
        (
            names.get(line.acquirer, line.acquirer),
            names.get(line.issuer, line.issuer),
            line.month_start,
            line.acquirer_count,
            line.issuer_count,
            line.acquirer_amount,
            line.issuer_amount,
            line.amount_difference,
        )
        for line in gateway.union.mirrors()
    ]
    return Sheet(title, title, columns, lines)


def _ledger(gateway: Gateway, day: date, names: dict[str, str]) -> tuple[Sheet, Sheet]:
    on, rules = gateway.union.eliminations(day)
    found = gateway.union.consolidated_sheet(day)
    sheet, taken_out = choose("合并资产负债表", "Consolidated balance sheet"), choose("系统内头寸抵销", "Positions taken out")
    lines = [
        (
            str(STATEMENTS[line.statement]),
            choose(*LINE_NAMES.get(line.line, (line.line, line.line))),
            line.summed,
            line.eliminated,
            line.consolidated,
        )
        for line in found.lines
        if line.statement in STATEMENTS and (line.summed or line.eliminated)
    ]
    columns = (
        Column(choose("类别", "Side"), width=14),
        Column(choose("项目", "Line"), width=30),
        Column(choose("汇总", "Summed"), Unit.YUAN),
        Column(choose("抵销", "Taken out"), Unit.YUAN),
        Column(choose("合并", "Consolidated"), Unit.YUAN),
    )
    positions = [
        (rule.rule, rule.currency, names.get(member, member), Amount(amount, Unit.YUAN))
        for rule in rules
        for member, amount in rule.positions
    ] + [(rule.rule, rule.currency, choose("未核销", "unmatched"), Amount(rule.unmatched, Unit.YUAN)) for rule in rules]
    places = (
        Column(choose("规则", "Rule"), width=24),
        Column(choose("币种", "Currency"), width=10),
        Column(choose("行社", "Bank"), width=24),
        Column(choose("头寸（借方为正）", "Position, debit positive"), Unit.YUAN),
    )
    money = choose("，本外币合并", ", all currencies together") if found.is_converted else ""
    return Sheet(sheet, f"{sheet} · {on or day} · {found.currency}{money}", columns, lines), Sheet(
        taken_out, f"{taken_out} · {on or day}", places, positions
    )
