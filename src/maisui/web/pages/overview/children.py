"""The table of direct children by the eight figures: scales by column, order, pages, and the parent's own line as the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from maisui.answers import CHILD, Metric, Row, Unit
from maisui.web.components.figures import Scale, scale_of, table_scales
from maisui.web.gateway import Compared, Gateway
from maisui.web.pages.overview.figures import (
    SPARK_MONTHS,
    Change,
    attempt,
    changes_in,
    changes_of,
    first_day_of,
    months_before,
    own_code,
    series_of,
)
from maisui.web.pages.overview.state import State

PAGE_SIZE = 20
BY_CHANGE = ".change"
BY_NAME = "name"


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its scale, and the addresses that sort by it or by its change."""

    metric: Metric
    scale: Scale
    is_sorted: bool
    is_sorted_by_change: bool
    is_descending: bool
    sort_query: str
    change_query: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of one child."""

    metric: Metric
    scale: Scale
    value: Decimal | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Line:
    """One child, or the total: None as code."""

    code: str
    name: str
    is_own: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """The page of the table that is shown."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line | None
    count: int
    page: int
    pages: int
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    metric: Metric
    scale: Scale
    cells: Mapping[str, Cell]
    total: Cell


def children_of(gateway: Gateway, state: State, names: Mapping[str, str]) -> Children:
    """Return the table for the viewer, sorted and cut to the page asked."""
    gateway.read_together([state.question(code, (CHILD,)) for code in state.columns], state.comparisons[:1])
    asked: list[_Asked] = []
    failed: list[str] = []
    for code in state.columns:
        tried = attempt(lambda code=code: _asked(gateway, state, code))
        if tried.value is None:
            failed.append(code)
        else:
            asked.append(tried.value)
    asked = _at_one_scale(asked)
    codes = _ordered({code for column in asked for code in column.cells}, asked, state, names)
    pages = max(1, -(-len(codes) // PAGE_SIZE))
    page = min(state.page, pages)
    shown = codes[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    own = own_code(gateway, state)
    lines = tuple(
        Line(code, names.get(code, code), code == own, tuple(_cell(column, column.cells.get(code)) for column in asked)) for code in shown
    )
    total = Line("", "", is_own=False, cells=tuple(column.total for column in asked)) if codes else None
    return Children(tuple(_column(column, state) for column in asked), lines, total, len(codes), page, pages, tuple(failed))


def _asked(gateway: Gateway, state: State, code: str) -> _Asked:
    first = state.comparisons[:1]
    split = gateway.compare(state.question(code, (CHILD,)), first)
    metric, day = split.answer.metric, split.answer.window.day
    values = series_of(gateway, state, metric, months_before(day, gateway.month_ends(), SPARK_MONTHS))
    scale = scale_of(None, metric.unit)  # chosen when all columns are known
    cells = {row.dimensions[CHILD]: _made(metric, scale, split, row, state) for row in split.answer.rows}
    changes = changes_in(values, metric, day, first, state.period, first_day_of(gateway), gateway.working_days())
    return _Asked(metric, scale, cells, Cell(metric, scale, values.get(day), next(iter(changes), None)))


def _at_one_scale(asked: Sequence[_Asked]) -> list[_Asked]:
    """Return the columns with their scales: one for all amounts, so that deposits and loans can be held against each other."""
    scales = table_scales({one.metric.code: (one.metric.unit, [cell.value for cell in one.cells.values()]) for one in asked})
    return [
        replace(
            one,
            scale=scale,
            cells={code: replace(cell, scale=scale) for code, cell in one.cells.items()},
            total=replace(one.total, scale=scale),
        )
        for one, scale in ((one, scales[one.metric.code]) for one in asked)
    ]


def _made(metric: Metric, scale: Scale, compared: Compared, row: Row, state: State) -> Cell:
    return Cell(metric, scale, row.value, next(iter(changes_of(compared, row, state.comparisons[:1])), None))


def _cell(column: _Asked, cell: Cell | None) -> Cell:
    return cell or Cell(column.metric, column.scale, None, None)


def _column(asked: _Asked, state: State) -> Column:
    code, sorted_by = asked.metric.code, state.sort.lstrip("-")
    descending = state.sort.startswith("-")

    def turned(key: str) -> str:
        return state.query(sort=key if sorted_by == key and descending else f"-{key}", page=1)

    return Column(
        asked.metric,
        asked.scale,
        is_sorted=sorted_by == code,
        is_sorted_by_change=sorted_by == code + BY_CHANGE,
        is_descending=descending,
        sort_query=turned(code),
        change_query=turned(code + BY_CHANGE),
    )


def _ordered(codes: set[str], asked: Sequence[_Asked], state: State, names: Mapping[str, str]) -> list[str]:
    """Return the children in the order asked; what has no value stands last either way, equals by code."""
    plain = sorted(codes)
    key, descending = state.sort.lstrip("-"), state.sort.startswith("-")
    if key == BY_NAME:
        return sorted(plain, key=lambda code: names.get(code, code), reverse=descending)
    column = next((item for item in asked if item.metric.code == key.removesuffix(BY_CHANGE)), None)
    if column is None:
        return plain
    values = {code: _sorted_by(column.cells.get(code), key) for code in plain}
    known = [code for code in plain if values[code] is not None]
    known.sort(key=lambda code: values[code] or Decimal(0), reverse=descending)
    return known + [code for code in plain if values[code] is None]


def _sorted_by(cell: Cell | None, key: str) -> Decimal | None:
    """Return what a cell shows, by which its line is placed: a change as a rate, that of a share in percentage points."""
    if cell is None:
        return None
    if not key.endswith(BY_CHANGE):
        return cell.value
    if cell.change is None:
        return None
    return cell.change.change if cell.metric.unit is Unit.SHARE else cell.change.rate
