"""Which fields a line has: columns by header or by order, one count of fields a file, no row shifted by a stray delimiter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maisui.intake.arrow import Column, Row, Table, pa, pa_csv, pc
from maisui.intake.lines import Dialect, Lines
from maisui.intake.refusal import FileRefusedError
from maisui.sources.contract import Drift, Feed

SOURCE_LINE = "source_line"
_FEW_ROWS = 4096
_SAMPLE_BYTES = 1 << 18
PLAIN_TEXT = pa.string()
REPEATED_TEXT = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one file in its own order.

    The contract or the header names the first `named` of them. `extras` are kept though no contract
    names them; `surplus` counts the empty fields every line carries behind the last column, which
    are dropped. `absent` are contracted columns the file does not have: empty in every row.
    """

    names: tuple[str, ...]
    named: int
    extras: tuple[str, ...] = ()
    surplus: int = 0
    absent: tuple[str, ...] = ()

    @property
    def field_count(self) -> int:
        """Return how many fields a line of this file has."""
        return len(self.names) + self.surplus


def headerless_layout(feed: Feed, extra_count: int, surplus: int) -> Layout:
    """Return the contracted columns in their order, with `extra_count` unnamed ones behind them."""
    extras = tuple(f"extra_{number}" for number in range(1, extra_count + 1))
    return Layout(feed.column_names + extras, len(feed.columns), extras, surplus)


def ordered_layout(feed: Feed, order: tuple[str, ...], extra_count: int, surplus: int) -> Layout:
    """Return the columns of `order`, those the contract does not know as extras, with `extra_count` unnamed ones behind them."""
    unnamed = tuple(f"extra_{len(order) + number}" for number in range(1, extra_count + 1))
    own = tuple(name for name in order if name not in feed.column_names)
    absent = tuple(name for name in feed.column_names if name not in order)
    return Layout(order + unnamed, len(order), own + unnamed, surplus, absent)


def is_plain_name(name: str) -> bool:
    """Return whether a column may keep the name the file gives it."""
    return name != SOURCE_LINE and re.fullmatch(r"[\w.\-]{1,128}", name) is not None


def known_counts(feed: Feed) -> str:
    """Return in words with how many fields the feed is known; nothing for a feed that has one order only."""
    counts = [f"{len(feed.columns)} (as contracted)", *(f"{len(layout.names)} ({layout.name})" for layout in feed.layouts)]
    return f"; known are {', '.join(counts)}" if feed.is_lenient else ""


def header_layout(feed: Feed, header: bytes, dialect: Dialect, surplus: int) -> Layout:
    """Return the layout a header line describes.

    Raises:
        FileRefusedError: when a contracted column is missing, one is named twice, or one is unknown and the contract frozen.
    """
    cells = [unquoted(cell, dialect).decode("utf-8", "backslashreplace").strip() for cell in split_line(header, dialect)]
    while cells and not cells[-1]:
        cells.pop()
    faults: list[str] = []
    missing = [name for name in feed.column_names if name not in cells]
    unknown = [name for name in cells if name not in feed.column_names]
    if missing:
        faults.append(f"the header lacks {len(missing)} contracted column(s): {', '.join(missing)}")
    if len(set(cells)) < len(cells):
        faults.append("the header names a column twice")
    if unknown and feed.drift is Drift.FREEZE:
        place = cells.index(unknown[0]) + 1
        faults.append(f"the header has {len(unknown)} column(s) the frozen contract does not know, the first at position {place}")
    if faults:
        raise FileRefusedError(
            "; ".join(faults), where="line 1, the header", next_step="have the file delivered as contracted, or amend the contract"
        )
    renamed = {name: f"extra_{number}" for number, name in enumerate(unknown, start=1) if not is_plain_name(name)}
    names = tuple(renamed.get(name, name) for name in cells)
    return Layout(names, len(names), tuple(renamed.get(name, name) for name in unknown), surplus)


@dataclass(slots=True)
class FieldCounts:
    """How many lines have how many fields, and how many of those carry text beyond the named columns."""

    lines: Counter[int]
    used: Counter[int]

    @classmethod
    def none(cls) -> FieldCounts:
        """Return counts of nothing yet."""
        return cls(Counter(), Counter())

    def verdict(self, feed: Feed, named: int) -> tuple[int, int]:
        """Return how many extra columns to keep and how many empty fields to drop on every line.

        `named` is the number of columns the contract or the header names.

        Raises:
            FileRefusedError: when every line has too few fields, or more than a frozen contract allows.
        """
        enough = {count: lines for count, lines in self.lines.items() if count >= named}
        if not enough:
            found = self.lines.most_common(1)[0][0]
            raise FileRefusedError(
                f"columns are missing: {named} expected, {found} found on every line{known_counts(feed)}",
                where="all lines",
                next_step="have the file delivered as contracted, or check the delimiter of the contract",
            )
        usual = max(enough, key=lambda count: (enough[count], -count))
        if usual == named:
            return 0, 0
        if not self.used[usual] or (feed.drift is Drift.FREEZE and self.used[usual] * 2 < self.lines[usual]):
            return 0, usual - named
        if named in enough or feed.has_header or feed.widths:
            return 0, 0
        if feed.drift is Drift.FREEZE:
            raise FileRefusedError(
                f"there are more columns than contracted: {named} expected, {usual} found",
                where="all lines",
                next_step="have the file delivered as contracted, or amend the contract",
            )
        return usual - named, 0


@dataclass(frozen=True, slots=True)
class Parsed:
    """The rows of a block: text columns of the layout, and the lines that have another count of fields."""

    table: Table
    numbers: np.ndarray
    misfits: list[int]


def parse(lines: Lines, layout: Layout, dialect: Dialect, repeated: frozenset[str], counts: FieldCounts) -> Parsed:
    """Split lines into the columns of `layout`; `repeated` columns come out dictionary-encoded.

    `misfits` are indexes into `lines`. A line with more or fewer fields than the file has is one even
    where the odd fields are empty: which of its delimiters is the stray one cannot be known.
    """
    table, misfits = _read(lines.body, layout, dialect, repeated)
    if table.num_rows:
        counts.lines[layout.field_count] += table.num_rows
        if layout.extras:
            counts.used[layout.field_count] += table.num_rows
    for line in lines.pick(misfits):
        cells = split_line(line, dialect)
        counts.lines[len(cells)] += 1
        if any(unquoted(cell, dialect) for cell in cells[layout.named :]):
            counts.used[len(cells)] += 1
    numbers = np.delete(lines.numbers, misfits) if misfits else lines.numbers
    parsed = Parsed(table, numbers, misfits)
    return _fill_absent(_drop_surplus(parsed, lines, layout, counts) if layout.surplus else parsed, layout)


def _fill_absent(parsed: Parsed, layout: Layout) -> Parsed:
    table = parsed.table
    for name in layout.absent:
        table = table.append_column(name, pa.array(np.full(table.num_rows, ""), pa.string()))
    return Parsed(table, parsed.numbers, parsed.misfits) if layout.absent else parsed


def _drop_surplus(parsed: Parsed, lines: Lines, layout: Layout, counts: FieldCounts) -> Parsed:
    table, numbers, misfits = parsed.table, parsed.numbers, parsed.misfits
    filled = np.zeros(table.num_rows, bool)
    for position in range(len(layout.names), layout.field_count):
        filled |= pc.not_equal(_decoded(table.column(position)), "").to_numpy(zero_copy_only=False)
    if filled.any():
        counts.used[layout.field_count] += int(filled.sum())
        table = table.filter(pa.array(~filled))
        misfits = sorted([*misfits, *np.flatnonzero(np.isin(lines.numbers, numbers[filled])).tolist()])
        numbers = numbers[~filled]
    return Parsed(table, numbers, misfits)


def _decoded(column: Column) -> Column:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _read(body: bytes, layout: Layout, dialect: Dialect, repeated: frozenset[str]) -> tuple[Table, list[int]]:
    """Return the lines that have the layout's count of fields and the indexes of those that have not."""
    names = [*layout.names, *(f"\x00{number}" for number in range(layout.surplus))]
    types = {name: REPEATED_TEXT if name in repeated else PLAIN_TEXT for name in names}
    odd: list[int] = []

    def set_aside(row: Row) -> str:
        odd.append(row.number - 1)
        return "skip"

    table = pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(column_names=names, use_threads=False, block_size=max(len(body), 1024)),
        parse_options=pa_csv.ParseOptions(
            delimiter=dialect.delimiter.decode(),
            quote_char=dialect.quote.decode() or False,
            double_quote=True,
            escape_char=False,
            newlines_in_values=False,
            ignore_empty_lines=False,
            invalid_row_handler=set_aside,
        ),
        convert_options=pa_csv.ConvertOptions(column_types=types, strings_can_be_null=False, check_utf8=False),
    )
    return table, odd


def split_line(line: bytes, dialect: Dialect) -> list[bytes]:
    """Return the fields of one line as they stand, quotes included."""
    if not dialect.quote or dialect.quote not in line:
        return line.split(dialect.delimiter)
    cells: list[bytes] = []
    for piece in line.split(dialect.delimiter):
        if cells and cells[-1].count(dialect.quote) % 2:
            cells[-1] += dialect.delimiter + piece
        else:
            cells.append(piece)
    return cells


def unquoted(cell: bytes, dialect: Dialect) -> bytes:
    """Return the text of a field."""
    quote = dialect.quote
    if quote and cell != quote and cell.startswith(quote) and cell.endswith(quote):
        return cell[1:-1].replace(quote + quote, quote)
    return cell


def repeated_columns(lines: Lines, layout: Layout, dialect: Dialect) -> frozenset[str]:
    """Return the columns whose texts mostly repeat, by the first lines of a file; small files have none."""
    if len(lines.numbers) < _FEW_ROWS:
        return frozenset()
    cut = lines.body.rfind(b"\n", 0, _SAMPLE_BYTES) + 1
    sample, _ = _read(lines.body[:cut], layout, dialect, frozenset())
    return frozenset(
        name for name in sample.column_names if sample.num_rows and pc.count_distinct(sample[name]).as_py() * 5 < sample.num_rows
    )


def restore_delimiters(table: Table, dialect: Dialect) -> Table:
    """Return the table with the agreed long delimiter back inside quoted fields."""
    for position, name in enumerate(table.column_names):
        column = _decoded(table.column(position))
        if pc.any(pc.match_substring(column, dialect.delimiter.decode())).as_py():
            restored = pc.replace_substring(column, dialect.delimiter.decode(), dialect.agreed.decode())
            table = table.set_column(position, name, restored.cast(table.column(position).type))
    return table


def trim_padding(table: Table) -> Table:
    """Return a fixed-width table without the spaces that fill its fields."""
    columns: Sequence[Column] = [pc.utf8_trim(_decoded(column), " \u3000").cast(column.type) for column in table.columns]
    return pa.table(list(columns), names=table.column_names)
