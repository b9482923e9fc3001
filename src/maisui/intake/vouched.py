"""Whether files in the inbox are what their companions say, before any batch reads them: by name, size and number of lines."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, cast

from maisui.intake.control import Declared, hold_to_name_and_size, read_control
from maisui.intake.recognise import has_header
from maisui.intake.refusal import FileIncompleteError, FileRefusedError
from maisui.intake.scan import Arrival, scan_inbox
from maisui.sources.contract import Source

_CHUNK_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Unkept:
    """A file that differs from its companion, and how."""

    file_name: str
    what: str


def unkept(source: Source, inbox: Path, taken: Collection[str]) -> list[Unkept]:
    """Return the files of an inbox that a batch would refuse for their companion; those named in `taken` are not read again."""
    arrivals = scan_inbox(source=source, inbox=inbox, until=date.max).arrivals
    told = ((arrival.file_name, _difference(arrival)) for arrival in arrivals if arrival.control and arrival.file_name not in taken)
    return [Unkept(name, what) for name, what in told if what]


def _difference(arrival: Arrival) -> str:
    """Return how a file differs from its companion, or nothing."""
    is_packed = arrival.file_name.lower().endswith(".gz")
    try:
        declared = read_control(cast("Path", arrival.control), arrival.feed)
        if not is_packed:
            hold_to_name_and_size(declared, arrival.file_name, (arrival.size,))
        return _other_count(arrival, declared, is_packed)
    except (FileRefusedError, FileIncompleteError) as refused:
        return refused.what
    except (OSError, EOFError):
        return "the file or its companion cannot be read"


def _other_count(arrival: Arrival, declared: Declared, is_packed: bool) -> str:
    """Return what differs in the number of lines, a line of headings apart; quoted values may hold lines and are not counted."""
    if declared.rows is None or arrival.feed.quote or arrival.file_name.lower().endswith(".xlsx"):
        return ""
    with gzip.open(arrival.path) if is_packed else arrival.path.open("rb") as stream:
        count = _count_lines(cast("IO[bytes]", stream)) - has_header(arrival.path, arrival.feed)
    return "" if declared.rows == count else f"{declared.rows} rows are declared, {count} were delivered"


def _count_lines(stream: IO[bytes]) -> int:
    """Return the lines of a text, one without a line end at its end included."""
    count, last = 0, b"\n"
    for chunk in _chunks(stream):
        count += chunk.count(b"\n")
        last = chunk[-1:]
    return count + (last != b"\n")


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK_BYTES):
        yield chunk
