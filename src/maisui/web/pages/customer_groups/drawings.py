"""What a group's views draw: the course of a figure, curves by age, money in and out by month, and where money came from and went."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from maisui.answers import GroupView, MonthPoint, Unit, ViewTable
from maisui.answers.group_curves import Curve, CurveTable
from maisui.answers.group_history import GroupMonth
from maisui.web.components.figures import scale_of, short
from maisui.web.exports.sheets import Cell
from maisui.web.pages.customer_groups.curve_words import COURSE_NAMES, CURVE_NAMES, cohort_name
from maisui.web.pages.customer_groups.words import AMOUNT_NAMES, TABLE_NAMES, line_name
from maisui.web.text import Text, choose

_CENT = Decimal("0.01")
_LONGEST_NAME = 10
"""Of a line's name at its end in a drawing; a longer one is told by the heading."""


def course_of(view: GroupView, base_name: str) -> dict[str, Any]:
    """Return the course of a view's figure as a drawing with its table."""
    name, unit = COURSE_NAMES[view.course_code]
    points = [(point.day, point.value, point.base) for point in view.course]
    return {
        "name": name,
        "unit": unit,
        "points": points,
        "is_empty": len([value for _, value, _ in points if value is not None]) <= 1,
        "scale": scale_of(max((abs(value) for _, *pair in points for value in pair if value is not None), default=None), unit),
        "data": _lines([day.isoformat() for day, *_ in points], [point[1:] for point in points], unit, base_name),
    }


def curves_of(table: CurveTable, base_name: str) -> dict[str, Any]:
    """Return curves by age as a drawing of group and base, with a table of all cohorts."""
    name, note = CURVE_NAMES[table.code]
    ages = [choose(f"{age} 个月", f"{age} mo") for age in table.ages]
    pairs = list(zip(table.whole.shares, table.whole.base_shares, strict=True))
    return {
        "code": table.code,
        "name": name,
        "note": note,
        "ages": ages,
        "is_money": table.is_money,
        "is_empty": not table.whole.count,
        "lines": [(cohort_name(one.code), one.count, one.amount, one.shares) for one in (*table.cohorts,)],
        "whole": (table.whole.count, table.whole.amount, table.whole.shares),
        "base": (table.whole.base_count, table.whole.base_amount, table.whole.base_shares),
        "data": _lines([""] * len(ages), pairs, Unit.SHARE, base_name) | {"labels": ages},
    }


def months_of(months: Sequence[MonthPoint], names: tuple[Text, Text]) -> dict[str, Any]:
    """Return two amounts of today's members by month as a drawing, and its scale."""
    scale = scale_of(max((abs(amount) for point in months for amount in (point.amount, point.other_amount)), default=None), Unit.YUAN)
    lines = _lines([point.day.isoformat() for point in months], [(point.amount, point.other_amount) for point in months], Unit.YUAN, "")
    return {"scale": scale, "data": lines | {"names": [str(name) for name in names]}}


def sizes_of(months: Sequence[GroupMonth]) -> dict[str, Any]:
    """Return the size of a group by month as a drawing."""
    lines = _lines([one.day.isoformat() for one in months], [(Decimal(one.count), None) for one in months], Unit.COUNT, "")
    return lines | {"names": [choose("客户数", "Customers"), ""]}


def matrix_of(table: ViewTable, names: dict[str, str]) -> dict[str, Any]:
    """Return a table of transitions as a matrix: what stood in each band, and which share of it each closing band took."""
    pairs = {tuple(line.code.split(">", 1)): line for line in table.lines}
    openings, closings = (sorted({pair[end] for pair in pairs}) for end in (0, 1))
    rows: list[tuple[str, Decimal, list[tuple[Decimal | None, Decimal | None]]]] = []
    for opening in openings:
        of = [pairs.get((opening, closing)) for closing in closings]
        opened = sum((line.amount for line in of if line), Decimal(0))
        base = sum((line.base_amount for line in of if line), Decimal(0))
        cells = [(_part(line.amount if line else Decimal(0), opened), _part(line.base_amount if line else Decimal(0), base)) for line in of]
        rows.append((line_name(table.code, opening, names), opened, cells))
    return {
        "code": table.code,
        "name": TABLE_NAMES[table.code],
        "amount_name": AMOUNT_NAMES[table.amount_code],
        "closings": [line_name(table.code, closing, names) for closing in closings],
        "rows": rows,
    }


def _part(amount: Decimal, whole: Decimal) -> Decimal | None:
    return amount / whole if whole else None


def sankey_of(tables: Sequence[ViewTable], names: dict[str, str]) -> dict[str, Any] | None:
    """Return where the group's money came from and went as flows through it; None without either."""
    by_code = {table.code: table for table in tables}
    nodes: list[dict[str, str]] = []
    links: list[dict[str, str]] = []
    for code, side in (("inflow", "in"), ("outflow", "out")):
        table = by_code.get(code)
        for line in sorted(table.lines if table else (), key=lambda line: (-line.amount, line.code)):
            if line.amount <= 0:
                continue
            node = f"{side}:{line.code}"
            nodes.append({"id": node, "label": f"{line_name(code, line.code, names)} {_said(line.amount)}", "side": side})
            ends = (node, "self") if side == "in" else ("self", node)
            links.append({"source": ends[0], "target": ends[1], "value": str(line.amount.quantize(_CENT))})
    if not links:
        return None
    return {"nodes": [*nodes, {"id": "self", "label": choose("本群", "the group"), "side": "self"}], "links": links}


def _lines(days: Sequence[str], pairs: Sequence[Sequence[Decimal | None]], unit: Unit, base_name: str) -> dict[str, Any]:
    plain = Unit.YUAN_EACH if unit is Unit.COUNT_EACH else unit
    return {
        "days": list(days),
        "values": [_plain(value) for value, _ in pairs],
        "base": [_plain(base) for _, base in pairs],
        "unit": plain.name,
        "names": [choose("本群", "The group"), base_name if len(base_name) <= _LONGEST_NAME else choose("对比", "Compared")],
        "shown": ["".join(short(value, unit)) for value, _ in pairs],
        "shown_base": ["".join(short(base, unit)) for _, base in pairs],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.6f}"


def _said(amount: Decimal) -> str:
    return "".join(short(amount, Unit.YUAN))


def curve_rows(table: CurveTable) -> list[tuple[Cell, ...]]:
    """Return the curves as rows of a sheet: cohort, number, amount, shares of the group, then number, amount and shares of the base."""
    return [_row(cohort_name(one.code), one, is_money=table.is_money) for one in (table.whole, *table.cohorts)]


def _row(name: str, one: Curve, *, is_money: bool) -> tuple[Cell, ...]:
    amounts = (one.amount, one.base_amount) if is_money else (None, None)
    return (name, one.count, amounts[0], *one.shares, one.base_count, amounts[1], *one.base_shares)
