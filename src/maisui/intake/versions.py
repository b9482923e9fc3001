"""Which version of a published layout a file follows: its delimiter, a header it should not have, its order of columns.

Only feeds of a lenient contract are looked at this way. Nothing is guessed row by row: one decision holds for the file and
is told in a notice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from maisui.intake import fields, forms
from maisui.intake.arrow import pa
from maisui.intake.bytesearch import find_byte
from maisui.intake.lines import Dialect, Lines
from maisui.intake.receipt import Notice
from maisui.intake.refusal import FileRefusedError
from maisui.sources.contract import ColumnKind, Feed

HEADER = "header"
_SAMPLE_LINES = 400
_OTHER_DELIMITERS = ("|$|", "|@|", "|", "\t", ",", "\u0001")
_INEXACT = 500
_LEAST_NAMED = 2


@dataclass(frozen=True, slots=True)
class Version:
    """The columns of a file in its own order; `name` is empty for the contract's.

    Columns the contract does not know are kept under their own name, those it misses are empty. Where `filled` is
    less than the columns, the exporter cut trailing empty fields off: every line is padded, and what lies
    behind `filled` may be empty.
    """

    names: tuple[str, ...]
    name: str = ""
    filled: int = 0

    @property
    def is_cut(self) -> bool:
        """Return whether lines may end early."""
        return 0 < self.filled < len(self.names)

    def missing(self, feed: Feed) -> frozenset[str]:
        """Return the contracted columns that this file cannot fill."""
        return frozenset(feed.column_names) - frozenset(self.names[: self.filled or None])


@dataclass(frozen=True, slots=True)
class Opened:
    """What the first lines of a file tell: the feed with the file's own delimiter, its version, whether line 1 is a header."""

    feed: Feed
    version: Version
    has_header: bool
    notices: tuple[Notice, ...]


def contracted(feed: Feed) -> Version:
    """Return the contract's own order."""
    return Version(feed.column_names)


def open_version(feed: Feed, body: bytes, known: Version | None = None) -> Opened:
    """Return how a lenient feed's file is to be read, by its first lines (UTF-8); `known` is settled already.

    Raises:
        FileRefusedError: when a header lacks a column of the key.
    """
    rows = body.split(b"\n", _SAMPLE_LINES + 1)[:_SAMPLE_LINES]
    sample = [row for row in rows if row]
    found, notices = _with_delimiter(feed, sample)
    dialect = Dialect.of(found)
    if known is not None:
        return Opened(found, known, False, notices)
    first = _cells(sample[0], dialect) if sample else []
    if _is_header(found, first):
        version = Version(_named_columns(found, first), HEADER)
        lacking = [column.name for column in feed.columns if column.is_key and column.is_required and column.name not in version.names]
        if lacking:
            raise FileRefusedError(f"the header lacks {', '.join(lacking)}, of the key", where="line 1, the header")
        text = "line 1 names the columns: they were read by name"
        return Opened(found, version, True, (*notices, Notice("header_line", "", 1, text), *_missing(found, version)))
    version = _best_version(found, sample, dialect)
    return Opened(found, version, False, (*notices, *_version_notices(found, version)))


def cells_of(opened: Opened, body: bytes) -> list[list[str]]:
    """Return the fields of the first lines, the header apart."""
    dialect = Dialect.of(opened.feed)
    rows = [row for row in body.split(b"\n", _SAMPLE_LINES + 1)[:_SAMPLE_LINES] if row]
    return [_cells(row, dialect) for row in rows[1 if opened.has_header else 0 :]]


def fit(feed: Feed, body: bytes) -> int | None:
    """Return how badly the first lines fit the contract (values of a thousand rows), None where the number of fields differs."""
    sample = [row for row in body.split(b"\n", _SAMPLE_LINES + 1)[:_SAMPLE_LINES] if row]
    found, _ = _with_delimiter(feed, sample)
    dialect = Dialect.of(found)
    counts = Counter(_field_count(row, dialect) for row in sample)
    if not counts or counts.most_common(1)[0][0] != len(feed.columns):
        return None
    return _misfit(found, contracted(found), [_cells(row, dialect) for row in sample])


def padded(lines: Lines, dialect: Dialect, version: Version, least: int) -> Lines:
    """Return lines whose trailing fields were cut off with empty ones in their place; shorter than `least` they stay."""
    wanted = len(version.names) - 1
    at = find_byte(lines.body, dialect.delimiter[0])
    counts = np.diff(np.searchsorted(at, lines.starts))
    if not len(counts) or int(counts.min()) >= wanted:
        return lines
    bodies = [
        line + dialect.delimiter * (wanted - count) if least - 1 <= count < wanted else line
        for line, count in zip(lines.body.split(b"\n"), counts.tolist(), strict=False)
    ]
    return Lines(b"\n".join(bodies) + b"\n", lines.numbers)


def least_filled(feed: Feed, names: Sequence[str]) -> int:
    """Return how many fields a cut line must still have: half of them, and those that must be filled."""
    required = [place for place, name in enumerate(names[:-1], start=1) if name in feed.column_names and feed.column(name).is_required]
    return max((*required, (len(names) + 1) // 2))


def _with_delimiter(feed: Feed, sample: list[bytes]) -> tuple[Feed, tuple[Notice, ...]]:
    if not sample or any(feed.delimiter.encode() in row for row in sample):
        return feed, ()
    known = {len(feed.columns), *(len(layout.names) for layout in feed.layouts)}
    best, best_score = feed.delimiter, (0, 0)
    for delimiter in _OTHER_DELIMITERS:
        quote = '"' if delimiter in ",\t" and any(b'"' in row for row in sample) else ""
        dialect = Dialect.of(replace(feed, delimiter=delimiter, quote=quote))
        counts = Counter(_field_count(row, dialect) for row in sample)
        usual, times = counts.most_common(1)[0]
        score = (sum(n for count, n in counts.items() if count in known), times if usual > 1 else 0)
        if score > best_score:
            best, best_score = delimiter, score
    if best == feed.delimiter:
        return feed, ()
    quote = '"' if best in ",\t" and any(b'"' in row for row in sample) else feed.quote
    shown = {"\t": "a tab", "\u0001": "^A"}.get(best, best)
    return replace(feed, delimiter=best, quote=quote), (Notice("delimiter", "", 0, f"fields are separated by {shown}, not as contracted"),)


def _field_count(row: bytes, dialect: Dialect) -> int:
    return len(_split(row, dialect))


def _cells(row: bytes, dialect: Dialect) -> list[str]:
    return [fields.unquoted(cell, dialect).decode("utf-8", "replace") for cell in _split(row, dialect)]


def _split(row: bytes, dialect: Dialect) -> list[bytes]:
    joined = row.replace(dialect.agreed, dialect.delimiter) if len(dialect.agreed) > 1 else row
    return fields.split_line(joined, dialect)


def _is_header(feed: Feed, cells: list[str]) -> bool:
    known = _spellings(feed)
    filled = [cell for cell in cells if cell.strip()]
    named = sum(cell.strip().upper() in known for cell in filled)
    return named >= _LEAST_NAMED and named * 2 >= len(filled)


def _spellings(feed: Feed) -> dict[str, str]:
    """Return every accepted spelling of a column, in capitals, with its contracted name."""
    spelt = {column.title.upper(): column.name for column in feed.columns}
    spelt |= {other.upper(): name for other, name in feed.column_aliases if name in feed.column_names}
    return spelt | {name.upper(): name for name in feed.column_names}


def _named_columns(feed: Feed, cells: list[str]) -> tuple[str, ...]:
    known = _spellings(feed)
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = known.get(cell.strip().upper(), cell.strip())
        names.append(name if fields.is_plain_name(name) and name not in names else f"extra_{place}")
    return tuple(names)


def _best_version(feed: Feed, sample: list[bytes], dialect: Dialect) -> Version:
    """Return the order of columns that the lines fit best; values are looked at only where their number leaves a choice."""
    counts = Counter(_field_count(row, dialect) for row in sample)
    own = contracted(feed)
    if not counts:
        return own
    usual = counts.most_common(1)[0][0]
    orders = [own, *(Version(layout.names, layout.name) for layout in feed.layouts)]
    exact = [order for order in orders if len(order.names) == usual]
    if exact == [own]:
        return own
    cells = [_cells(row, dialect) for row in sample]
    longest = max(counts)
    candidates = [order for order in orders if len(order.names) <= usual]
    for order in orders:
        if longest < len(order.names) and min(counts) >= least_filled(feed, order.names):
            cut = replace(order, filled=longest)
            candidates += [] if _lost_a_column(feed, cut, cells) else [cut]
    if not candidates:
        return own
    inexact = {order: 0 if len(order.names) == usual else _INEXACT for order in candidates}
    return min(candidates, key=lambda order: (_misfit(feed, order, cells) + inexact[order], -_words_met(feed, order, cells)))


def _lost_a_column(feed: Feed, cut: Version, cells: list[list[str]]) -> bool:
    """Tell whether the last field is the day of collection although the order says otherwise: a column in the middle is gone."""
    last = cut.names[cut.filled - 1]
    is_dated = last in feed.column_names and feed.column(last).kind is ColumnKind.DATE
    ends = {row[-1] for row in cells if len(row) == cut.filled}
    is_day = len(ends) == 1 and all(len(end) == len("20260331") and end.isdigit() for end in ends)
    return is_day and not is_dated


def _misfit(feed: Feed, order: Version, cells: list[list[str]]) -> int:
    """Return how many values of a thousand rows do not have the form their column would ask for."""
    rows = [row for row in cells if len(row) >= min(len(order.names), order.filled or len(order.names))]
    if not rows:
        return len(order.names) * 1000
    faults = 0
    for place, name in enumerate(order.names[: order.filled or None]):
        if name not in feed.column_names:
            continue
        column = feed.column(name)
        texts = pa.array([row[place] for row in rows], pa.string())
        masks = [mask for _, mask in forms.column_faults(texts, column, frozenset(feed.nulls_of(column)))]
        if column.kind is ColumnKind.WORD:
            masks.append(forms.unknown_words(texts, column))
        faults += int(np.logical_or.reduce(masks).sum()) if masks else 0
    return faults * 1000 // len(rows)


def _words_met(feed: Feed, order: Version, cells: list[list[str]]) -> int:
    """Return how many values are words of their column's dictionary: what tells two orders apart where nothing speaks against either."""
    met = 0
    for place, name in enumerate(order.names):
        column = feed.column(name) if name in feed.column_names else None
        if column is not None and column.words:
            texts = pa.array([row[place] for row in cells if place < len(row) and row[place]], pa.string())
            met += len(texts) - int(forms.unknown_words(texts, column).sum())
    return met


def _version_notices(feed: Feed, version: Version) -> tuple[Notice, ...]:
    notices: list[Notice] = []
    if version.name:
        text = f"the file has the {len(version.names)} columns of version {version.name}, read in that order"
        notices += [Notice("older_layout", "", len(version.names), text), *_missing(feed, version)]
    if version.is_cut:
        text = f"lines end after {version.filled} of {len(version.names)} fields: the others were taken as empty"
        notices.append(Notice("trailing_fields_cut", "", len(version.names) - version.filled, text))
    return tuple(notices)


def _missing(feed: Feed, version: Version) -> tuple[Notice, ...]:
    absent = [name for name in feed.column_names if name not in version.names]
    text = f"the file does not have {', '.join(absent)}: empty in every row"
    return (Notice("columns_not_delivered", "", len(absent), text),) if absent else ()
