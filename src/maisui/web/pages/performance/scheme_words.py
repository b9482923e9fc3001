"""Schemes in words: how an indicator counts, and the lines of a statement as they stand on pages, in settlements and in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from maisui.answers import Metric, Unit, metric_of
from maisui.answers.organisations import successions
from maisui.web.components.figures import digits
from maisui.web.exports.sheets import Amount, Cell, Column, Sheet
from maisui.web.gateway import Gateway
from maisui.web.schemes.terms import Basis, Indicator, Method, Subject, Terms, counted_unit
from maisui.web.settlement_desk import PayDifference, carried_in
from maisui.web.text import Text, choose

METHODS: dict[Method, Text] = {
    Method.TARGET: Text("目标计分", "target"),
    Method.BAND: Text("分档计分", "bands"),
    Method.PRICE: Text("计价", "unit price"),
}
BASES: dict[Basis, Text] = {
    Basis.VALUE: Text("本期数", "the period's figure"),
    Basis.INCREASE: Text("比上期增量", "increase on the period before"),
}
SUBJECTS: dict[Subject, Text] = {
    Subject.TELLER: Text("柜员", "Tellers"),
    Subject.MANAGER: Text("客户经理", "Managers"),
    Subject.BRANCH: Text("网点", "Outlets"),
}
STANDARD_NAME = Text("标准方案（参数）", "Standard scheme (parameters)")


@dataclass(frozen=True, slots=True)
class PartRow:
    """One indicator of a statement as it is shown; `counted` is a completion, points of a band, or a quantity with its unit."""

    metric: Metric
    how: str
    actual: Decimal
    target: Decimal | None
    completion: Decimal | None
    counted: str
    weight: Decimal | None
    points: Decimal | None
    pay: Decimal | None


def name_of_scheme(terms: Terms) -> str:
    """Return under which name a scheme is shown."""
    return str(STANDARD_NAME) if terms.is_standard else terms.name


def words_of(terms: Terms) -> str:
    """Return a scheme in one line, as it stands on the cover of an export."""
    said = [words_of_indicator(one) for one in terms.indicators]
    if any(one.method is not Method.PRICE for one in terms.indicators):
        said.append(choose("每分 {} 元", "{} yuan a point").format(f"{terms.point_price.normalize():f}"))
    return choose("；", "; ").join(said)


def words_of_indicator(one: Indicator) -> str:
    """Return in words how one indicator counts."""
    metric = metric_of(one.metric)
    parts = [choose(metric.name_zh, metric.name_en), str(METHODS[one.method])]
    if one.basis is Basis.INCREASE:
        parts.append(str(BASES[one.basis]))
    unit = str(counted_unit(metric))
    if one.weight:
        parts.append(choose("权重 {}", "weight {}").format(_plain(one.weight)))
    if one.target is not None:
        parts.append(choose("目标 {}", "target {}").format(f"{_plain(one.target)} {unit}"))
    if one.floor is not None:
        parts.append(choose("起计 {}", "floor {}").format(_plain(one.floor)))
    if one.cap is not None:
        parts.append(choose("封顶 {}", "cap {}").format(_plain(one.cap)))
    if one.tiers:
        worth = choose("{} 元", "{} yuan") if one.method is Method.PRICE else choose("{} 分", "{} points")
        steps = (f"≥ {_plain(tier.begins)} {unit}: {worth.format(_plain(tier.worth))}" for tier in one.tiers)
        parts.append(choose("、", ", ").join(steps))
    return " ".join(parts)


def part_rows(parts: Iterable[Mapping[str, Any]]) -> list[PartRow]:
    """Return the parts of a frozen or live statement line as they are shown."""
    found: list[PartRow] = []
    for part in parts:
        metric, method = metric_of(part["metric"]), Method(part["method"])
        counted = Decimal(part["counted"])
        shown = f"{digits(counted * 100, 1)}%" if method is Method.TARGET else choose("{} 分", "{} points").format(_plain(counted))
        if method is Method.PRICE:
            shown = f"{digits(counted, 0 if metric.unit is Unit.COUNT else 2)} {counted_unit(metric)}"
        how = str(METHODS[method]) + (f" · {BASES[Basis.INCREASE]}" if part["basis"] == Basis.INCREASE.value else "")
        if manual := Decimal(part["manual"]):
            how += choose(" · 含手工 {}", " · {} manual").format(_plain(manual))
        is_paid = method is Method.PRICE
        found.append(
            PartRow(
                metric,
                how,
                Decimal(part["actual"]),
                _number(part["target"]),
                _number(part["completion"]),
                shown,
                None if is_paid else Decimal(part["weight"]),
                None if is_paid else Decimal(part["points"]),
                Decimal(part["pay"]) if is_paid else None,
            )
        )
    return found


def merged_outlets(gateway: Gateway) -> dict[str, str]:
    """Return in words when each closed outlet was merged and into which: what it earned before stays its own."""
    names = {node.code: node.name for node in gateway.whole_tree()}
    return {
        code: choose("{} 撤并，并入 {}", "closed on {}, merged into {}").format(closed_on, names.get(successor, successor))
        for code, (closed_on, successor) in gateway.shared(("successions",), successions).items()
    }


def payroll_sheets(about: str, lines: Iterable[Mapping[str, Any]], merged: Mapping[str, str]) -> tuple[Sheet, ...]:
    """Return who is paid how much, what outlets have to share out where there are any, and every statement.

    `merged` are the words of closed outlets, which stand where people have their organisation.
    """
    lines = list(lines)
    people, outlets = ([line for line in lines if line["is_outlet"] is is_outlet] for is_outlet in (False, True))
    sheets = [_payroll(choose("发放清单", "Payroll"), about, people)] if people or not outlets else []
    if outlets:
        placed = [{**line, "place": merged.get(line["number"], line["place"])} for line in outlets]
        sheets.append(_payroll(choose("网点绩效包", "Outlets"), about, placed))
    return (*sheets, _statements(about, lines))


def _payroll(title: str, about: str, lines: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = (
        Column(choose("工号或机构号", "Number"), width=14),
        Column(choose("姓名或网点", "Name"), width=20),
        Column(choose("岗位", "Post"), width=16),
        Column(choose("机构", "Organisation"), width=34),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
        Column(choose("本期金额", "Pay of the period"), Unit.YUAN),
        Column(choose("结转差异", "Carried over"), Unit.YUAN),
        Column(choose("应发合计", "Pay"), Unit.YUAN),
    )
    rows: list[tuple[Cell, ...]] = []
    sums = [Decimal("0.00")] * 3
    for line in lines:
        pay, carried = Decimal(line["pay"]), carried_in(line)
        amounts = (pay, carried, pay + carried)
        sums = [one + more for one, more in zip(sums, amounts, strict=True)]
        rows.append((line["number"], line["name"], line["post"], line["place"], Decimal(line["points"]), *amounts))
    return Sheet(title, f"{title} · {about}", columns, rows, (choose("合计", "Total"), "", "", "", None, *sums))


def difference_sheets(about: str, differences: Iterable[PayDifference]) -> tuple[Sheet, ...]:
    """Return whose settled pay is another by what is known now; none where nobody's is."""
    title = choose("差异", "Differences")
    columns = (
        Column(choose("工号或机构号", "Number"), width=14),
        Column(choose("姓名或网点", "Name"), width=20),
        Column(choose("已结算", "Settled"), Unit.YUAN),
        Column(choose("按当前版本", "As now known"), Unit.YUAN),
        Column(choose("差异", "Difference"), Unit.YUAN),
        Column(choose("已结转", "Carried over"), Unit.YUAN),
        Column(choose("未结转", "Open"), Unit.YUAN),
    )
    rows = [(one.number, one.name, one.settled, one.reckoned, one.difference, one.carried, one.open) for one in differences]
    return (Sheet(title, f"{title} · {about}", columns, rows),) if rows else ()


def _statements(about: str, lines: list[Mapping[str, Any]]) -> Sheet:
    title = choose("计分明细", "Statements")
    columns = (
        Column(choose("工号或机构号", "Number"), width=14),
        Column(choose("姓名或网点", "Name"), width=20),
        Column(choose("指标", "Metric"), width=28),
        Column(choose("计法", "Method"), width=18),
        Column(choose("实际", "Actual"), width=20),
        Column(choose("目标", "Target"), width=20),
        Column(choose("完成率", "Completion"), Unit.SHARE),
        Column(choose("计入", "Counted"), width=18),
        Column(choose("权重", "Weight"), Unit.COUNT_EACH),
        Column(choose("得分", "Points"), Unit.COUNT_EACH),
        Column(choose("计价金额", "Pay by price"), Unit.YUAN),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            line["number"],
            line["name"],
            choose(row.metric.name_zh, row.metric.name_en),
            row.how,
            Amount(row.actual, row.metric.unit),
            Amount(row.target, row.metric.unit),
            row.completion,
            row.counted,
            row.weight,
            row.points,
            row.pay,
        )
        for line in lines
        for row in part_rows(line["parts"])
    ]
    return Sheet(title, f"{title} · {about}", columns, rows)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
