"""How one quarantined line is let in after all: through the same checks, once, under a name, and written down."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from pathlib import Path

from maisui.errors import ContractError
from maisui.intake import certificates, decode, lines, rates
from maisui.intake.arrow import pc, pq
from maisui.intake.quarantine import QUARANTINE_FILE, QuarantinedRow, read_quarantine
from maisui.intake.reading import Delivered, Reading, Settled, read_content
from maisui.intake.receipt import RATES_AS_FRACTION, Receipt, ReceiptKind, file_identity
from maisui.intake.refusal import FileRefusedError
from maisui.intake.registration import RELEASES_FILE, building_area, find, folder_of, publish, read_receipt, receipts, storage
from maisui.intake.rows import ROWS_FILE
from maisui.intake.versions import Version
from maisui.sources.contract import ColumnKind, Feed, Source
from maisui.warehouse.durable import sync_file

_NO_TEXT = frozenset((decode.UNDECODABLE, decode.MIXED_ENCODING, lines.REPLACEMENT_CHARACTER))
_OF_THE_FILE = (RATES_AS_FRACTION, rates.ASSUMED_PERCENT)
_NEXT = "correct the line or mend the contract, then release it again"


def release(*, raw: Path, source: Source, file_id: str, line: int, corrected: str | None, operator: str, at: datetime) -> Receipt:
    """Land one quarantined line of a registered file as a small registration of its own.

    `corrected` None lets the line in as it was delivered, for when the contract has been mended.
    No other intake may run on `raw` meanwhile.

    Raises:
        ContractError: when the line is not quarantined there, was released before, its file was
            superseded, or the line still does not pass.
        StorageError: when the registration does not exist or the disk fails.
    """
    original = read_receipt(find(raw=raw, file_id=file_id, source=source.code))
    held = _Held(raw, source.feeds[original.feed], original, line, receipts(raw=raw, source=source.code))
    row = held.quarantined()
    if not operator.strip():
        raise ContractError("a release names its operator", where=held.where, next_step="give the operator's name")
    if corrected is None and row.reason in _NO_TEXT:
        raise ContractError("the line still fails: " + row.reason, where=held.where, next_step=_NEXT)
    built = building_area(raw, source.code) / f"{os.getpid()}-release"
    with storage(built):
        built.mkdir()
    reading = held.read(row.raw_line if corrected is None else corrected, built)
    held.refuse_known_key(built)
    with storage(built):
        sync_file(built / ROWS_FILE)
        sync_file(built / QUARANTINE_FILE)
    told = {
        "of": original.file_id,
        "line": str(line),
        "reason": row.reason,
        "operator": operator,
        "at": at.isoformat(),
        "corrected": "no" if corrected is None else "yes",
    }
    sequence = max(receipt.received_sequence for receipt in held.registered) + 1
    receipt = _receipt(original, reading, line, told, sequence)
    publish(raw=raw, built=built, receipt=receipt)
    _write_down(raw, [*held.registered, receipt])
    return receipt


@dataclass(frozen=True, slots=True)
class _Held:
    """A quarantined line on its way out, and the registrations around it."""

    raw: Path
    feed: Feed
    original: Receipt
    line: int
    registered: tuple[Receipt, ...]

    @property
    def where(self) -> str:
        return f"{self.original.file_name}, line {self.line}"

    def quarantined(self) -> QuarantinedRow:
        """Return the line, unless its file was superseded or it was let in before."""
        if any(receipt.superseded for receipt in self.registered if receipt.file_id == self.original.file_id):
            next_step = "release the line of the correction, if it is quarantined there"
            raise ContractError("the file was superseded by a correction", where=self.where, next_step=next_step)
        if any(receipt.release.get("line") == str(self.line) for receipt in self._releases()):
            raise ContractError("the line was released before", where=self.where, next_step="nothing is left to do for this line")
        for row in read_quarantine(folder_of(self.raw, self.original) / QUARANTINE_FILE):
            if row.line == self.line:
                return row
        next_step = "list the quarantined lines of the file"
        raise ContractError("the line is not quarantined in this file", where=self.where, next_step=next_step)

    def _releases(self) -> list[Receipt]:
        return [receipt for receipt in self.registered if receipt.release.get("of") == self.original.file_id]

    def read(self, text: str, built: Path) -> Reading:
        """Send one line through everything a file goes through, under what was settled for its file."""
        if "\n" in text or "\r" in text or not text:
            raise ContractError("a record is one line, and not an empty one", where=self.where, next_step=_NEXT)
        encoding = "utf-8" if self.original.encoding.startswith("utf-16") else self.original.encoding
        try:
            content = text.encode(encoding) + b"\n"
        except UnicodeEncodeError:
            raise ContractError(f"the corrected line cannot be written in {encoding}", where=self.where, next_step=_NEXT) from None
        delivered = Delivered(lambda: io.BytesIO(content), False, len(content), replace(self.feed, encodings=(encoding,)))
        try:
            reading = read_content(delivered, built, self._settled(encoding))
        except FileRefusedError as refused:
            raise ContractError(f"the line still fails: {refused.what}", where=self.where, next_step=_NEXT) from None
        return reading

    def _settled(self, encoding: str) -> Settled:
        original, feed = self.original, self.feed
        deformed = {notice.column for notice in original.warnings if notice.code == certificates.DEFORMED}
        return Settled(
            encoding=encoding,
            is_encoding_final=True,
            extra_count=0 if feed.has_header or feed.is_lenient else max(0, len(original.columns) - len(feed.columns)),
            surplus=original.surplus,
            is_layout_final=True,
            deformed={column.name: column.name in deformed for column in feed.columns if column.kind is ColumnKind.CERTIFICATE},
            are_certificates_final=True,
            header=feed.delimiter.join(original.columns).encode(encoding) if feed.has_header else None,
            lines_before=self.line - 1,
            version=Version(original.columns, original.layout, original.filled) if feed.is_lenient and original.columns else None,
        )

    def refuse_known_key(self, built: Path) -> None:
        """Refuse a line whose key the file, or an earlier release from it, has loaded already."""
        key = self.feed.key or self.feed.column_names
        landed = pq.read_table(built / ROWS_FILE, columns=list(key), use_threads=False).to_pylist()[0]
        same_key = reduce(lambda one, other: one & other, [pc.field(name) == landed[name] for name in key])
        for receipt in [self.original, *self._releases()]:
            rows = pq.read_table(folder_of(self.raw, receipt) / ROWS_FILE, columns=[key[0]], filters=same_key, use_threads=False)
            if rows.num_rows:
                raise ContractError("the line still fails: duplicate_key, a row with its key is loaded", where=self.where, next_step=_NEXT)


def _receipt(original: Receipt, reading: Reading, line: int, told: dict[str, str], sequence: int) -> Receipt:
    day = original.business_date.isoformat()
    return replace(
        original,
        file_id=file_identity(original.source, original.feed, day, original.sha256, "release", str(line)),
        sha256=reading.sha256,
        byte_count=reading.byte_count,
        line_count=1,
        loaded=1,
        quarantined=0,
        duplicate=0,
        first_line=line,
        last_line=line,
        kind=ReceiptKind.RELEASE,
        supersedes=None,
        superseded=False,
        received_sequence=sequence,
        warnings=(
            *(notice for notice in reading.notices if notice.code not in ("extra_column", *_OF_THE_FILE)),
            *(notice for notice in original.warnings if notice.code in _OF_THE_FILE),
        ),
        control={},
        totals=reading.totals,
        release=told,
        size=0,
        mtime_ns=0,
        ctime_ns=0,
    )


def _write_down(raw: Path, registered: Sequence[Receipt]) -> None:
    """Append every release that the list of releases lacks: this one, and one a kill kept from being written."""
    path = raw / RELEASES_FILE
    try:
        before = path.read_bytes()
    except FileNotFoundError:
        before = b""
    listed = set[str]()
    for entry in before.splitlines():
        try:
            listed.add(str(json.loads(entry)["registration"]))
        except (ValueError, KeyError, TypeError):
            continue
    entries = [_entry(receipt) for receipt in registered if receipt.kind is ReceiptKind.RELEASE and receipt.file_id not in listed]
    with storage(path), path.open("ab") as file:
        file.write((b"\n" if before and not before.endswith(b"\n") else b"") + "".join(entries).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    sync_file(raw)


def _entry(receipt: Receipt) -> str:
    told = receipt.release
    entry = {
        "at": told["at"],
        "operator": told["operator"],
        "file": told["of"],
        "line": int(told["line"]),
        "reason": told["reason"],
        "corrected": told["corrected"],
        "registration": receipt.file_id,
    }
    return json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n"
