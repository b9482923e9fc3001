"""Which physical lines may be split: no control characters, no stray quotes, one byte between fields."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np

from maisui.intake.bytesearch import count_byte, count_controls, find_byte, find_sequences, line_starts, lines_at
from maisui.intake.decode import without_lines
from maisui.sources.contract import Feed

EMPTY_LINE = "empty_line"
CONTROL_CHARACTER = "control_character"
REPLACEMENT_CHARACTER = "replacement_character"
UNBALANCED_QUOTE = "unbalanced_quote"
STRAY_QUOTE = "stray_quote"
FIELD_COUNT = "field_count"
SEPARATOR = b"\x1f"
_LINE_FEED, _SPACE, _DELETE = 0x0A, 0x20, 0x7F

_LATER_CONTROLS = (
    (0xC2, 0x80, 0x9F, CONTROL_CHARACTER),
    (0xEF, 0xBB, 0xBB, CONTROL_CHARACTER),
    (0xEF, 0xBF, 0xBF, REPLACEMENT_CHARACTER),
)
"""In UTF-8: U+0080…U+009F; the byte-order mark, which has no business in a field; the mark of text lost before it came to us."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a line of UTF-8 splits: one byte between fields, and the quote or nothing.

    `agreed` is the delimiter of the contract (empty for fixed widths) that `delimiter` may stand for.
    """

    delimiter: bytes
    quote: bytes
    agreed: bytes

    @classmethod
    def of(cls, feed: Feed) -> Dialect:
        """Return the dialect of a feed."""
        agreed = b"" if feed.widths else feed.delimiter.encode("utf-8")
        return cls(agreed if len(agreed) == 1 else SEPARATOR, b"" if feed.widths else feed.quote.encode("utf-8"), agreed)

    def as_delivered(self, line: bytes) -> str:
        """Return a line as it was delivered, before its delimiter was replaced."""
        text = line
        if self.delimiter != self.agreed:
            text = text.replace(self.delimiter, self.agreed)
        return text.decode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Lines:
    """Lines of UTF-8, each ended by LF, and the physical number of each."""

    body: bytes
    numbers: np.ndarray

    @functools.cached_property
    def starts(self) -> np.ndarray:
        """Return the offset of each line and, last, the length of the body."""
        return line_starts(self.body)

    def without(self, indexes: list[int]) -> Lines:
        """Return the lines but for these."""
        return Lines(without_lines(self.body, indexes), np.delete(self.numbers, indexes))

    def pick(self, indexes: list[int]) -> list[bytes]:
        """Return these lines."""
        if not indexes:
            return []
        starts = self.starts
        return [self.body[starts[index] : starts[index + 1] - 1] for index in indexes]


def unsplittable(lines: Lines, dialect: Dialect) -> dict[int, str]:
    """Return index and reason of each line that is empty or holds a control or replacement character."""
    faults: dict[int, str] = {}
    body, starts = lines.body, lines.starts
    if len(starts) > 1 and int(np.diff(starts).min()) == 1:
        faults.update(dict.fromkeys(np.flatnonzero(np.diff(starts) == 1).tolist(), EMPTY_LINE))
    own = SEPARATOR[0] if not dialect.agreed else dialect.agreed[0] if len(dialect.agreed) == 1 else _LINE_FEED
    expected = len(lines.numbers) + (count_byte(body, own) if own < _SPACE and own != _LINE_FEED else 0)
    if count_controls(body) != expected:
        is_control = np.arange(256) < _SPACE
        is_control[_DELETE] = True
        is_control[[_LINE_FEED, own]] = False
        found = np.flatnonzero(is_control[np.frombuffer(body, np.uint8)])
        faults.update(dict.fromkeys(lines_at(starts, found), CONTROL_CHARACTER))
    if not body.isascii():
        for lead, low, high, reason in _LATER_CONTROLS:
            found = find_sequences(body, lead, low, high)
            if len(found):
                faults.update(dict.fromkeys(lines_at(starts, found[[_is_control(body, int(at)) for at in found]]), reason))
    return faults


def _is_control(body: bytes, at: int) -> bool:
    """Tell whether a sequence is what its first two bytes suggest: EF BB and EF BF open harmless letters too."""
    return body[at : at + 1] == b"\xc2" or body[at : at + 3] in (b"\xef\xbb\xbf", b"\xef\xbf\xbd")


def join_delimiters(lines: Lines, dialect: Dialect) -> Lines:
    """Return the lines with an agreed long delimiter replaced by one byte that no line holds."""
    if len(dialect.agreed) <= 1:
        return lines
    return Lines(lines.body.replace(dialect.agreed, dialect.delimiter), lines.numbers)


def misquoted(lines: Lines, dialect: Dialect) -> dict[int, str]:
    """Return index and reason of each line whose quotes do not enclose whole fields.

    Within a line quotes open and close in turn. An opening one must stand at the start of a field
    or right after the closing one it doubles; a closing one at the end of a field or right before
    the opening one that doubles it. A record is one physical line: a quoted field never runs on.
    """
    if not dialect.quote or dialect.quote not in lines.body:
        return {}
    data = np.frombuffer(lines.body, np.uint8)
    starts = lines.starts
    quotes = find_byte(lines.body, dialect.quote[0])
    line_of = np.searchsorted(starts, quotes, side="right") - 1
    first_of_line = np.searchsorted(quotes, starts[:-1])
    per_line = np.diff(np.append(first_of_line, len(quotes)))
    opens = (np.arange(len(quotes)) - first_of_line[line_of]) % 2 == 0
    is_edge = np.zeros(256, bool)
    is_edge[[_LINE_FEED, dialect.delimiter[0], dialect.quote[0]]] = True
    before_is_edge = (quotes == 0) | is_edge[data[quotes - 1]]
    is_stray = np.where(opens, ~before_is_edge, ~is_edge[data[quotes + 1]])
    faults = dict.fromkeys(np.unique(line_of[is_stray]).tolist(), STRAY_QUOTE)
    faults.update(dict.fromkeys(np.flatnonzero(per_line % 2 == 1).tolist(), UNBALANCED_QUOTE))
    return faults


def cut_widths(units: np.ndarray, widths: tuple[int, ...]) -> tuple[np.ndarray, dict[int, str]]:
    """Return fixed-width lines with a separator between fields, and the lines of another length.

    `units` are what widths count: the bytes as delivered, or the characters.
    """
    ends = np.flatnonzero(units == _LINE_FEED)
    lengths = np.diff(ends, prepend=-1) - 1
    faults = dict.fromkeys(np.flatnonzero(lengths != sum(widths)).tolist(), FIELD_COUNT)
    faults.update(dict.fromkeys(np.flatnonzero(lengths == 0).tolist(), EMPTY_LINE))
    separators = np.flatnonzero(units == SEPARATOR[0])
    faults.update(dict.fromkeys(np.searchsorted(ends, separators).tolist(), CONTROL_CHARACTER))
    is_good = np.ones(len(ends), bool)
    is_good[list(faults)] = False
    matrix = units[np.repeat(is_good, lengths + 1)].reshape(-1, sum(widths) + 1)
    return np.insert(matrix, np.cumsum(widths)[:-1], SEPARATOR[0], axis=1).ravel(), faults
