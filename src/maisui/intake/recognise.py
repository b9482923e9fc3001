"""What a file in the inbox is, by its first block: encoding, version, certificates; or which of the tables without a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from maisui.intake import certificates, decode, versions
from maisui.intake.blocks import BlockReader, Content
from maisui.intake.refusal import FileRefusedError
from maisui.sources.contract import ColumnKind, Feed

_SAMPLE_BYTES = 1 << 18
_WORST_FIT = 1500


@dataclass(frozen=True, slots=True)
class Glance:
    """What the first lines of a file tell; `certificates` is deformed, genuine or empty where there are none."""

    encoding: str
    version: str
    certificates: str
    notices: tuple[str, ...]


def glance(path: Path, feed: Feed) -> Glance | None:
    """Return what the first lines of `path` tell, or None where they cannot be read."""
    found = _first_lines(path, feed)
    if found is None:
        return None
    encoding, body = found
    if not feed.is_lenient or feed.has_header or feed.widths:
        return Glance(encoding, "", "", ())
    try:
        opened = versions.open_version(feed, body)
    except FileRefusedError as refused:
        return Glance(encoding, "", "", (refused.what,))
    rows = versions.cells_of(opened, body)
    return Glance(encoding, opened.version.name, _certificates(opened, rows), tuple(notice.text for notice in opened.notices))


def has_header(path: Path, feed: Feed) -> bool:
    """Tell whether the first line of `path` names columns: as contracted, or in a lenient feed as it stands there."""
    found = _first_lines(path, feed) if feed.is_lenient and not feed.has_header else None
    if found is None:
        return feed.has_header
    try:
        return versions.open_version(feed, found[1]).has_header
    except FileRefusedError:
        return False


def looks_like(path: Path, feeds: tuple[Feed, ...]) -> tuple[Feed, ...]:
    """Return the feeds whose columns the file at `path` may hold, the best first: as many fields, and values of their forms."""
    fits: list[tuple[int, str, Feed]] = []
    for feed in feeds:
        found = _first_lines(path, feed)
        fit = versions.fit(feed, found[1]) if found else None
        if fit is not None and fit <= _WORST_FIT:
            fits.append((fit, feed.code, feed))
    return tuple(feed for _, _, feed in sorted(fits, key=lambda one: one[:2]))


def pattern_for(file_name: str) -> str:
    """Return the pattern that a file name and those of other days would meet, empty where the name holds no day."""
    plain = file_name[:-3] if file_name.lower().endswith(".gz") else file_name
    match = re.fullmatch(r"(?P<licence>[^-]+-)?(?P<rest>.*?)(?P<date>(?:19|20)\d{6})(?:-\d{1,4})?(?P<end>\.\w+)", plain)
    if match is None:
        return ""
    return f"{'{any}-' if match['licence'] and match['rest'] else match['licence'] or ''}{match['rest']}{{date}}{{part}}{match['end']}"


def _first_lines(path: Path, feed: Feed) -> tuple[str, bytes] | None:
    try:
        with path.open("rb") as stream:
            content = Content(stream, is_packed=path.name.lower().endswith(".gz"), packed_size=path.stat().st_size)
            reader = BlockReader(content, feed.encodings)
            block = next(iter(reader.blocks()))
    except (OSError, FileRefusedError):
        return None
    body = block.body[: block.body.rfind(b"\n", 0, _SAMPLE_BYTES) + 1] or block.body
    if not body:
        return None
    encoding = decode.best_encoding(body, reader.head.encodings)
    return reader.head.wide or encoding, decode.decode_block(body, encoding).body


def _certificates(opened: versions.Opened, rows: list[list[str]]) -> str:
    feed, names = opened.feed, opened.version.names
    values = shaped = 0
    for column in feed.columns:
        if column.kind is not ColumnKind.CERTIFICATE or column.name not in names or column.certificate_of not in names:
            continue
        number, kind = names.index(column.name), names.index(column.certificate_of)
        texts = [row[number] for row in rows if len(row) > max(number, kind) and row[kind] in certificates.RESIDENT_TYPES and row[number]]
        good = [text for text in texts if re.fullmatch(certificates.RESIDENT_SHAPE, text)]
        values, shaped = values + len(texts), shaped + int(certificates.resident_number_holds(good).sum())
    return "" if not values else "genuine" if shaped * 2 >= values else "deformed"
