"""Which columns a delivery has where a structure file of its own says so, read before the delivery itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from maisui.intake.refusal import FileIncompleteError, FileRefusedError
from maisui.sources.contract import Feed
from maisui.sources.file_names import exact_name

_MOST_BYTES = 1 << 20
_FEWEST_PARTS = 2


def is_structure(feeds: Sequence[Feed], name: str) -> bool:
    """Return whether `name` is a structure file of one of `feeds`."""
    return any(feed.structure and exact_name(feed.structure).fullmatch(name) for feed in feeds)


def structure_header(path: Path, feed: Feed, business_date: date) -> bytes | None:
    """Return the columns of the delivery at `path` as a header line, None for a feed without structure files.

    The structure file lies beside the delivery: the last one dated up to the delivery's own date.

    Raises:
        FileIncompleteError: when it has not come.
        FileRefusedError: when it cannot be understood.
    """
    if not feed.structure:
        return None
    expression = exact_name(feed.structure)
    found: list[tuple[str, Path]] = []
    for beside in path.parent.iterdir():
        match = expression.fullmatch(beside.name)
        if match is not None and beside.is_file() and not beside.is_symlink():
            dated = match.groupdict().get("date") or ""
            if dated <= f"{business_date:%Y%m%d}":
                found.append((dated, beside))
    if not found:
        raise FileIncompleteError("its structure file has not come")
    chosen = max(found, key=lambda item: (item[0], item[1].name))[1]
    return feed.delimiter.join(_columns(chosen, feed)).encode("utf-8")


def _columns(path: Path, feed: Feed) -> list[str]:
    """Return the names that the lines `index|COLUMN|…|title` give, in the order of their index."""
    where = f"structure file {path.name}"
    with path.open("rb") as opened:
        raw = opened.read(_MOST_BYTES + 1)
    text = _decoded(raw, feed)
    if text is None or len(raw) > _MOST_BYTES:
        raise FileRefusedError("the structure file is too large, or not in an agreed encoding", where=where)
    named: dict[int, str] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split("|")]
        if len(parts) < _FEWEST_PARTS or not parts[0].isdecimal() or not parts[1].isidentifier() or int(parts[0]) in named:
            raise FileRefusedError("a line of the structure file is not index|COLUMN|…", where=f"{where}, line {number}")
        named[int(parts[0])] = parts[1].upper()
    if not named:
        raise FileRefusedError("the structure file names no column", where=where)
    return [named[index] for index in sorted(named)]


def _decoded(raw: bytes, feed: Feed) -> str | None:
    for encoding in ("utf-8-sig", *feed.encodings, "gb18030"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None
