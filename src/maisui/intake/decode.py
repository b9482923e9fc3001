"""Which encoding a file is in, and which of its lines are not: strict, never a replacement character, no mojibake."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from maisui.intake.arrow import ArrowError, pa
from maisui.intake.bytesearch import find_high_runs, line_starts, lines_at

UNDECODABLE = "undecodable"
MIXED_ENCODING = "mixed_encoding"
_CJK = re.compile("[\u2e80-\U0010ffff]")
_OPENS_THREE_OR_FOUR = np.zeros(256, bool)
_OPENS_THREE_OR_FOUR[0xE2:0xF5] = True
_CONTINUES = np.zeros(256, bool)
_CONTINUES[0x80:0xC0] = True
_LEAST_CJK = 2
_NOT_MULTIBYTE = frozenset(("utf-8", "ascii"))


@dataclass(frozen=True, slots=True)
class Decoded:
    """The good lines of a block as UTF-8 and, by line index in the block, why the others are not among them."""

    body: bytes
    faults: dict[int, str]


def decode_block(body: bytes, encoding: str) -> Decoded:
    """Return the lines of `body` that are `encoding`, as UTF-8; the others are named by their index."""
    if body.isascii():
        return Decoded(body, {})
    if encoding in _NOT_MULTIBYTE:
        faults = find_faults(body, encoding)
        return Decoded(without_lines(body, faults) if faults else body, faults)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    if text and next(_utf8_lines(body), None) is None:
        return Decoded(text.encode("utf-8"), {})
    faults = find_faults(body, encoding)
    return Decoded(without_lines(body, faults).decode(encoding).encode("utf-8"), faults)


def find_faults(body: bytes, encoding: str) -> dict[int, str]:
    """Return index and reason of each line of `body` that is not `encoding`."""
    return dict(_faults(body, encoding))


def count_faults(body: bytes, encoding: str, enough: int) -> int:
    """Return how many lines of `body` are not `encoding`; stop counting at `enough`."""
    return sum(1 for _ in itertools.islice(_faults(body, encoding), enough))


def best_encoding(body: bytes, encodings: Sequence[str]) -> str:
    """Return the encoding with the fewest faulty lines; the contract's order breaks ties."""
    best = encodings[0]
    if len(encodings) > 1:
        fewest = count_faults(body, best, sys.maxsize)
        for encoding in encodings[1:]:
            count = count_faults(body, encoding, fewest)
            if count < fewest:
                fewest, best = count, encoding
    return best


def without_lines(body: bytes, lines: Iterable[int]) -> bytes:
    """Return `body` without the lines of these indexes."""
    starts = line_starts(body)
    kept: list[bytes] = []
    position = 0
    for line in sorted(lines):
        kept.append(body[position : starts[line]])
        position = int(starts[line + 1])
    kept.append(body[position:])
    return b"".join(kept)


def _faults(body: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    if body.isascii():
        return
    seen: set[int] = set()
    for line in _undecodable_lines(body, encoding):
        seen.add(line)
        yield line, UNDECODABLE
    if encoding not in _NOT_MULTIBYTE:
        yield from ((line, MIXED_ENCODING) for line in _utf8_lines(body) if line not in seen)


def _undecodable_lines(body: bytes, encoding: str) -> Iterator[int]:
    if _is_utf8(body) if encoding == "utf-8" else _decodes(body, encoding):
        return
    # Line by line: no double-byte character reaches over a line end, and a decoder that goes on after each fault of a
    # whole block sets aside memory for the block each time.
    for index, line in enumerate(body.split(b"\n")):
        if not line.isascii() and not _decodes(line, encoding):
            yield index


def _decodes(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(body: bytes) -> bool:
    """Tell whether all of `body` is UTF-8; Arrow's check is eight times faster than decoding."""
    whole = pa.StringArray.from_buffers(1, pa.py_buffer(np.array([0, len(body)], np.int32)), pa.py_buffer(body))
    try:
        whole.validate(full=True)
    except ArrowError:
        return False
    return True


def _utf8_lines(body: bytes) -> Iterator[int]:
    """Return the lines of a double-byte file that are UTF-8 in truth.

    Such lines often decode without an error, into rare characters (GBK reads a UTF-8 mark as 锘).
    Cheap test first: some run of non-ASCII bytes begins like a three- or four-byte sequence.
    """
    at = find_high_runs(body)
    data = np.append(np.frombuffer(body, np.uint8), np.zeros(2, np.uint8))
    opens = _OPENS_THREE_OR_FOUR[data[at]] & _CONTINUES[data[at + 1]] & _CONTINUES[data[at + 2]]
    if opens.any():
        starts = line_starts(body)
        for line in lines_at(starts, at[opens]):
            if _reads_as_utf8(body[starts[line] : starts[line + 1]]):
                yield line


def _reads_as_utf8(line: bytes) -> bool:
    text = line.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    cjk = len(_CJK.findall(text)) - broken
    return cjk >= _LEAST_CJK and broken * 4 <= cjk
