"""What every tab is made of: blocks of lines and columns, which the page draws and the export writes, both from the same value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from maisui.answers import Unit
from maisui.web.components.figures import Scale, column_scale
from maisui.web.exports.sheets import Cell as SheetCell
from maisui.web.exports.sheets import Chart, Column, Drawing, Sheet
from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.text import Text, choose

Word = Text | str


@dataclass(frozen=True, slots=True)
class Ranged:
    """A figure with both ends of its interval."""

    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to another page."""

    words: Word
    address: str


Cell = Decimal | int | Word | Ranged | tuple[Link, ...] | None


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its name, what it counts (None: words), and whether its figures come with an interval."""

    name: Word
    unit: Unit | None = None
    is_ranged: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, a cell for each heading, and where its name leads."""

    name: Word
    cells: tuple[Cell, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One table of a tab.

    Attributes:
        code: by which it is known within its tab.
        title: what it shows.
        first: what its lines are.
        headings: its columns.
        lines: what it shows; none with `reason` saying why.
        total: a last line that adds them up.
        finding: what it says in one sentence.
        notes: how it is reckoned.
        reason: why there is nothing.
        bars: the column that is drawn beside the names, counted from 0.
        metric: whose explanation its title opens.
        curves: lines to be drawn above it, see `drawings.curves_of`.
        is_wide: whether it takes the whole width.
        adds_up: whether its columns of money are added to each other and so stand at one scale.
        beside: amounts in yuan of the blocks that cut the same whole otherwise; its money stands at the scale that fits them all.
    """

    code: str
    title: Word
    first: Word
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...] = ()
    total: Line | None = None
    finding: Word = ""
    notes: tuple[Word, ...] = ()
    reason: Word = ""
    bars: int | None = None
    metric: str = ""
    curves: Any = None
    is_wide: bool = False
    adds_up: bool = False
    beside: tuple[Decimal, ...] = ()


NOTHING_HERE = Text("这一期没有数据。", "Nothing in this period.")


def missing(code: str, title: Word, reason: Word) -> Block:
    """Return a block that says why it has nothing to show."""
    return Block(code, title, "", (), reason=reason)


def filled(block: Block) -> Block:
    """Return a block that says so where it has no lines."""
    return block if block.lines or block.reason else replace(block, reason=NOTHING_HERE)


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell as it is drawn: a figure with unit and scale, its interval, or a word."""

    value: Decimal | None = None
    unit: Unit | None = None
    scale: Scale | None = None
    word: Word = ""
    interval: tuple[Decimal, Decimal] | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line as it is drawn."""

    name: str
    address: str
    bar: Bar | None
    cells: tuple[DrawnCell, ...]
    is_loss: bool = False


@dataclass(frozen=True, slots=True)
class DrawnBlock:
    """A block with the scales of its columns and the bars of its lines."""

    block: Block
    headings: tuple[tuple[Heading, Scale | None], ...]
    lines: tuple[DrawnLine, ...] = field(default=())
    total: DrawnLine | None = None


def drawn(block: Block) -> DrawnBlock:
    """Return a block as the page draws it."""
    every = (*block.lines, *((block.total,) if block.total else ()))
    scales = [_scale(heading, place, every) for place, heading in enumerate(block.headings)]
    if block.adds_up or block.beside:
        money = [place for place, heading in enumerate(block.headings) if heading.unit is Unit.YUAN]
        one = column_scale(block.beside or (_number(line.cells[place]) for line in every for place in money), Unit.YUAN)
        scales = [one if place in money else scale for place, scale in enumerate(scales)]
    heights = bars([_number(line.cells[block.bars]) for line in block.lines]) if block.bars is not None else [None] * len(block.lines)
    lines = tuple(_drawn_line(line, bar, block.bars, block.headings, scales) for line, bar in zip(block.lines, heights, strict=True))
    total = _drawn_line(block.total, None, None, block.headings, scales) if block.total else None
    return DrawnBlock(block, tuple(zip(block.headings, scales, strict=True)), lines, total)


def _scale(heading: Heading, place: int, lines: Sequence[Line]) -> Scale | None:
    return None if heading.unit is None else column_scale((_number(line.cells[place]) for line in lines), heading.unit)


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, Ranged):
        return cell.value
    if isinstance(cell, Decimal):
        return cell
    return Decimal(cell) if isinstance(cell, int) else None


def _drawn_line(line: Line, bar: Bar | None, place: int | None, headings: Sequence[Heading], scales: Sequence[Scale | None]) -> DrawnLine:
    cells = tuple(
        DrawnCell(word=cell if isinstance(cell, (Text, str)) else "—", links=cell if isinstance(cell, tuple) else ())
        if heading.unit is None
        else DrawnCell(_number(cell), heading.unit, scale, interval=(cell.low, cell.high) if isinstance(cell, Ranged) else None)
        for cell, heading, scale in zip(line.cells, headings, scales, strict=True)
    )
    is_loss = place is not None and (_number(line.cells[place]) or Decimal(0)) < 0
    return DrawnLine(str(line.name), line.address, bar, cells, is_loss)


def sheet_of(block: Block, about: str) -> Sheet:
    """Return a block as a sheet: an interval takes two columns more; a block without lines says why in its only row."""
    title = str(block.title)
    if not block.lines:
        return Sheet(title, f"{title} · {about}", (Column(choose("说明", "Why there is nothing"), width=60),), [(str(block.reason),)])
    columns = [Column(str(block.first), width=26)]
    for heading in block.headings:
        columns.append(Column(str(heading.name), heading.unit, 0 if heading.unit else 20))
        if heading.is_ranged:
            columns += [
                Column(f"{heading.name}{choose('（下限）', ' (low)')}", heading.unit),
                Column(f"{heading.name}{choose('（上限）', ' (high)')}", heading.unit),
            ]
    chart = None
    if block.bars is not None and not any(heading.is_ranged for heading in block.headings):
        chart = Chart(Drawing.BARS, 0, block.bars + 1)
    total = _row(block.total, block.headings) if block.total else None
    rows = [_row(line, block.headings) for line in block.lines]
    return Sheet(title, f"{title} · {about}", tuple(columns), rows, total, chart, adds_up=block.adds_up)


def _written(cell: Cell) -> SheetCell:
    match cell:
        case Text():
            return str(cell)
        case Ranged():
            return cell.value
        case tuple():
            return choose("；", "; ").join(str(link.words) for link in cell)
        case _:
            return cell


def _row(line: Line, headings: Sequence[Heading]) -> tuple[SheetCell, ...]:
    found: list[SheetCell] = [str(line.name)]
    for cell, heading in zip(line.cells, headings, strict=True):
        found.append(_written(cell))
        if heading.is_ranged:
            found += [cell.low, cell.high] if isinstance(cell, Ranged) else [None, None]
    return tuple(found)
