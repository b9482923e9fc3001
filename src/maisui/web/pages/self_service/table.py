"""The table an analyst asks for: one line for each combination of the rows, one cell for each metric and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, DIMENSION_BY_CODE, Answer, Metric, Row
from maisui.errors import QuestionError
from maisui.web.components.figures import Scale, table_scales
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.pages.overview.figures import months_before
from maisui.web.pages.overview.words import namer
from maisui.web.pages.self_service.state import TIME, State
from maisui.web.text import Text

MOST_LINES = 500
MOST_COLUMNS = 26
Key = tuple[str, ...]
Cells = dict[tuple[Key, str, str], Decimal | None]
"""Figures under their line, metric and value of the column; where there is none, nothing stands."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of figures: its metric, the value of the column dimension or the day, and the scale it is written at."""

    metric: Metric
    value: str
    name: Text | str
    scale: Scale


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its values of the row dimensions, their names, a figure for each column, and the bar of the first."""

    key: Key
    names: tuple[Text | str, ...]
    values: tuple[Decimal | None, ...]
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Table:
    """The whole answer: headings of rows, columns, lines in their order (at most `MOST_LINES`), and the whole.

    `value_count` tells how many values the column has, of which at most so many as were asked for stand in `columns`.
    """

    headings: tuple[Text, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    line_count: int
    value_count: int
    total: tuple[Decimal | None, ...]


def common_dimensions(metrics: Sequence[Metric]) -> tuple[tuple[str, Text], ...]:
    """Return the dimensions by which every one of `metrics` can be split, with the direct children first where there are organisations."""
    shared = [code for code in DIMENSION_BY_CODE if code != "date" and all(code in metric.dimensions for metric in metrics)]
    found = [(code, Text(DIMENSION_BY_CODE[code].name_zh, DIMENSION_BY_CODE[code].name_en)) for code in shared]
    children = [(CHILD, Text("下级机构", "Organisations below"))] if "organisation" in shared else []
    return (*children, *found)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a state, figure by figure as far as there are any: how large its table is, before it is built."""

    metrics: tuple[Metric, ...]
    headings: tuple[Text, ...]
    cells: Cells
    wholes: dict[tuple[str, str], Decimal | None]
    keys: tuple[Key, ...]
    values: tuple[str, ...]

    @property
    def column_count(self) -> int:
        """Return how many columns of figures the whole table has."""
        return len(self.metrics) * len(self.values)


def answered(gateway: Gateway, state: State, day: date) -> Answered:
    """Return what is answered to a state.

    Raises:
        QuestionError: when a metric or dimension is unknown, or not every metric can be split so.
        AccessError: as the gateway does.
    """
    metrics = _metrics(gateway, state)
    offered = dict(common_dimensions(metrics))
    for code in (*state.rows, *((state.column,) if state.column not in ("", TIME) else ())):
        if code not in offered:
            raise QuestionError(
                f"not every metric can be split by {code}", where="rows", next_step=f"split by one of: {', '.join(offered)}"
            )
    cells, wholes, values = _asked(gateway, state, metrics, day)
    headings = tuple(offered[code] for code in state.rows) or (Text("合计", "Total"),)
    return Answered(tuple(metrics), headings, cells, wholes, tuple(sorted({key for key, _, _ in cells})), tuple(values))


def table_of(gateway: Gateway, state: State, found: Answered, *, most: int = MOST_LINES, most_columns: int | None = None) -> Table:
    """Return the table of an answer: at most `most` lines and `most_columns` values of its column, by default as many as a page shows."""
    cells, keys, values = found.cells, found.keys, found.values
    columns = _columns(state, found.metrics, values[: most_columns or MOST_COLUMNS], cells, gateway)
    on_page = [column for column in columns if column.value in values[:MOST_COLUMNS]]
    ordered = _ordered(keys, cells, on_page, state.sort)[:most]
    figures = {key: tuple(cells.get((key, column.metric.code, column.value)) for column in columns) for key in ordered}
    drawn = bars([figures[key][0] for key in ordered]) if columns else [None] * len(ordered)
    names = [namer(gateway, code) for code in state.rows]
    lines = tuple(
        Line(key, tuple(name(value) for name, value in zip(names, key, strict=True)), figures[key], bar)
        for key, bar in zip(ordered, drawn, strict=True)
    )
    total = tuple(found.wholes.get((column.metric.code, column.value)) for column in columns)
    return Table(found.headings, columns, lines, len(keys), len(values), total)


def _metrics(gateway: Gateway, state: State) -> list[Metric]:
    known = {metric.code: metric for metric in gateway.catalogue()}
    for code in state.metrics:
        if code not in known:
            raise QuestionError(f"there is no metric {code!r}", where="m", next_step="choose one of the catalogue")
    return [known[code] for code in state.metrics]


def _asked(
    gateway: Gateway, state: State, metrics: Sequence[Metric], day: date
) -> tuple[Cells, dict[tuple[str, str], Decimal | None], list[str]]:
    """Return every figure under its line, metric and column, the figures of the whole, and the columns' values in order."""
    cells: Cells = {}
    wholes: dict[tuple[str, str], Decimal | None] = {}
    if state.column == TIME:
        days = months_before(day, gateway.month_ends(), state.months)
        for metric in metrics:
            for at in days:
                _keep(cells, _attempted(gateway, state, metric.code, state.rows, at), metric.code, str(at), len(state.rows))
                wholes[metric.code, str(at)] = _whole(_attempted(gateway, state, metric.code, (), at))
        return cells, wholes, [str(at) for at in days]
    found: set[str] = set()
    column = (state.column,) if state.column else ()
    for metric in metrics:
        answer = gateway.ask(state.question(metric.code, (*state.rows, *column)))
        for row in answer.rows:
            key, value = tuple(row.dimensions[code] for code in state.rows), row.dimensions[state.column] if state.column else ""
            cells[key, metric.code, value] = row.value
            found.add(value)
        for row in _rows_of_whole(gateway, state, metric, column, answer):
            wholes[metric.code, row.dimensions[state.column] if state.column else ""] = row.value
    return cells, wholes, sorted(found)


def _rows_of_whole(gateway: Gateway, state: State, metric: Metric, column: tuple[str, ...], answer: Answer) -> tuple[Row, ...]:
    """Return the answer without its rows' dimensions; a rate that is one for each target has no whole over targets."""
    if not state.rows:
        return answer.rows
    return () if metric.is_per_target and "target" not in column else gateway.ask(state.question(metric.code, column)).rows


def _attempted(gateway: Gateway, state: State, metric: str, by: tuple[str, ...], at: date) -> Answer | None:
    """Return the answer at a day; None where the history does not reach what the metric needs."""
    try:
        return gateway.ask(state.question(metric, by, at))
    except QuestionError:
        return None


def _keep(cells: Cells, answer: Answer | None, metric: str, column: str, width: int) -> None:
    for row in answer.rows if answer else ():
        cells[tuple(row.dimensions.values())[:width], metric, column] = row.value


def _whole(answer: Answer | None) -> Decimal | None:
    return answer.rows[0].value if answer and answer.rows else None


def _columns(state: State, metrics: Sequence[Metric], values: Sequence[str], cells: Cells, gateway: Gateway) -> tuple[Column, ...]:
    """Return the columns; a metric has none under a value of which it says nothing at all, as deposits under the kinds of loans."""
    name = namer(gateway, state.column) if state.column not in ("", TIME) else lambda value: value
    shown: dict[str, list[Decimal | None]] = {metric.code: [] for metric in metrics}
    among = frozenset(values)
    for (_, code, value), figure in cells.items():
        if value in among:
            shown[code].append(figure)
    scales = table_scales({metric.code: (metric.unit, shown[metric.code]) for metric in metrics})
    told = {(code, value) for (_, code, value), figure in cells.items() if figure is not None}
    pairs = [(metric, value) for metric in metrics for value in values if state.column in ("", TIME) or (metric.code, value) in told]
    return tuple(Column(metric, value, name(value), scales[metric.code]) for metric, value in pairs)


def _ordered(keys: Sequence[Key], cells: Cells, on_page: Sequence[Column], sort: str) -> list[Key]:
    """Return the lines in the order the state asks: by a column's number on the page (`+`: the smallest first), else by name."""
    number = sort.lstrip("+")
    if number not in map(str, range(len(on_page))):
        return list(keys)
    column, sign = on_page[int(number)], 1 if sort.startswith("+") else -1

    def rank(key: Key) -> tuple[bool, Decimal, Key]:
        value = cells.get((key, column.metric.code, column.value))
        return value is None, sign * (value or Decimal(0)), key

    return sorted(keys, key=rank)
