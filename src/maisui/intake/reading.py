"""How one file is read from first byte to last: block by block, again from the start when the whole file proves a first guess wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from maisui.intake import decode, fields, lines, totals, versions
from maisui.intake.arrow import Table, pa
from maisui.intake.blocks import Block, BlockReader, Content, LineEnd, LineEndChangedError, first_fault, unpacked
from maisui.intake.bytesearch import count_byte
from maisui.intake.checks import RowChecks
from maisui.intake.control import ControlSums, Declared
from maisui.intake.duplicates import DUPLICATE_KEY, KeyHashes
from maisui.intake.quarantine import ALWAYS_TOLERATED, QUARANTINE_FILE, Quarantine
from maisui.intake.rates import RateUnits
from maisui.intake.receipt import Notice
from maisui.intake.refusal import FileRefusedError
from maisui.intake.rows import ROWS_FILE, RowStore
from maisui.intake.versions import Version
from maisui.sources.contract import Feed

_MOST_PASSES = 8
_SAMPLE_BYTES = 1 << 18


@dataclass(frozen=True, slots=True)
class Settled:
    """What is already decided about a file before a pass; a `final` decision was made on the whole of it.

    `header`, `version` and `lines_before` are set when single lines of a file are read again: its header line or
    order of columns, and how many physical lines precede them.
    """

    line_end: LineEnd | None = None
    encoding: str = ""
    is_encoding_final: bool = False
    extra_count: int = 0
    surplus: int = 0
    is_layout_final: bool = False
    deformed: Mapping[str, bool] = field(default_factory=dict[str, bool])
    are_certificates_final: bool = False
    header: bytes | None = None
    lines_before: int = 0
    version: Version | None = None


class ReadAgainError(Exception):
    """The pass showed that something settled was wrong; caught by `read_content`."""

    def __init__(self, settled: Settled) -> None:
        """Keep what the next pass starts from."""
        super().__init__()
        self.settled = settled


@dataclass(frozen=True, slots=True)
class Delivered:
    """The content to read: how to open it, whether it is packed, its contract and what its companion declares."""

    open: Callable[[], BinaryIO]
    is_packed: bool
    size: int
    feed: Feed
    declared: Declared | None = None
    sha256_as_delivered: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file held; its rows and its quarantine lie in the building folder."""

    encoding: str
    sha256: str
    byte_count: int
    line_count: int
    loaded: int
    quarantined: int
    duplicate: int
    first_line: int
    last_line: int
    notices: tuple[Notice, ...]
    totals: dict[str, dict[str, str]]
    columns: tuple[str, ...]
    surplus: int
    version: Version


def read_content(delivered: Delivered, folder: Path, settled: Settled | None = None) -> Reading:
    """Read a whole file into `folder`.

    Raises:
        FileRefusedError: when the file as a whole is not as agreed; the folder's content means nothing then.
        FileIncompleteError: never here, but by the caller's own checks.
    """
    settled = settled or Settled()
    for _ in range(_MOST_PASSES):
        try:
            with delivered.open() as stream:
                return _Pass(delivered, stream, folder, settled).run()
        except ReadAgainError as again:
            settled = again.settled
        except LineEndChangedError:
            settled = replace(settled, line_end=LineEnd.LF)
    raise FileRefusedError("the file contradicts itself: no reading of its encoding and columns holds to its end")


class _Pass:
    """One reading of the whole file under settled assumptions."""

    def __init__(self, delivered: Delivered, stream: BinaryIO, folder: Path, settled: Settled) -> None:
        self.delivered = delivered
        self.feed = delivered.feed
        self.folder = folder
        self.settled = settled
        self.content = Content(stream, is_packed=delivered.is_packed, packed_size=delivered.size)
        self.reader = BlockReader(self.content, self.feed.encodings, line_end=settled.line_end)
        encodings = self.reader.head.encodings
        self.encoding = settled.encoding if settled.encoding in encodings else ""
        self.dialect = lines.Dialect.of(self.feed)
        self.quarantine = Quarantine()
        self.checks = RowChecks(self.feed, settled.deformed)
        self.rates = RateUnits(self.feed)
        self.control = ControlSums(delivered.declared, self.feed)
        self.counts = fields.FieldCounts.none()
        self.totals: totals.Totals = {}
        self.layout: fields.Layout | None = None
        self.version = settled.version or versions.contracted(self.feed)
        self.version_notices: tuple[Notice, ...] = ()
        self.repeated: frozenset[str] | None = None
        self.line_count = self.split_count = self.faulty_lines = 0
        self.header_lines = 0

    def run(self) -> Reading:
        for block in self.reader.blocks():
            self._take(block)
        if self.layout is None:
            return self._nothing()
        self._hold_assumptions(self.layout)
        return self._finish(self.layout)

    def _take(self, block: Block) -> None:
        body, first_line = block.body, block.first_line
        if not body:
            return
        if not self.encoding:
            self.encoding = decode.best_encoding(body, self.reader.head.encodings)
        layout = self.layout
        if layout is None:
            layout, body, first_line = self._open_layout(body, first_line)
        numbers = np.arange(first_line, first_line + count_byte(body, 10)) + self.settled.lines_before
        self.line_count += len(numbers)
        if len(numbers):
            self._take_rows(self._decode(body, numbers), layout)

    def _open_layout(self, body: bytes, first_line: int) -> tuple[fields.Layout, bytes, int]:
        """Settle the columns, from the header where the file has one; return what follows it."""
        settled = self.settled
        if self.feed.is_lenient and not self.feed.has_header and not self.feed.widths:
            return self._open_version(body, first_line)
        header = settled.header
        if self.feed.has_header and header is None:
            end = body.index(b"\n") + 1
            header, body, first_line = body[: end - 1], body[end:], first_line + 1
            self.header_lines = 1
        if self.feed.has_header and not self.feed.widths and header is not None:
            decoded = decode.decode_block(header + b"\n", self.encoding)
            if decoded.faults:
                raise FileRefusedError(f"the header is not {self.encoding}", where="line 1, the header")
            named = lines.join_delimiters(lines.Lines(decoded.body, np.array([1])), self.dialect).body.rstrip(b"\n")
            layout = fields.header_layout(self.feed, named, self.dialect, settled.surplus)
        else:
            layout = fields.headerless_layout(self.feed, settled.extra_count, settled.surplus)
        self._keep_rows_of(layout)
        return layout, body, first_line

    def _open_version(self, body: bytes, first_line: int) -> tuple[fields.Layout, bytes, int]:
        """Settle delimiter and order of columns of a lenient feed by its first lines."""
        sample = body[: body.find(b"\n", min(_SAMPLE_BYTES, len(body) - 1)) + 1]
        opened = versions.open_version(self.feed, decode.decode_block(sample, self.encoding).body, self.settled.version)
        self.feed, self.version, self.version_notices = opened.feed, opened.version, opened.notices
        self.dialect = lines.Dialect.of(self.feed)
        if opened.has_header:
            body, first_line, self.header_lines = body[body.index(b"\n") + 1 :], first_line + 1, 1
        self.checks.excuse(self.version.missing(self.feed))
        layout = fields.ordered_layout(self.feed, self.version.names, self.settled.extra_count, self.settled.surplus)
        self._keep_rows_of(layout)
        return layout, body, first_line

    def _keep_rows_of(self, layout: fields.Layout) -> None:
        self.layout = layout
        self.rows = RowStore(self.folder / ROWS_FILE, self.feed, layout.extras)
        self.keys = KeyHashes(self.feed, (*self.feed.column_names, *layout.extras))

    def _decode(self, body: bytes, numbers: np.ndarray) -> lines.Lines:
        """Return the decodable lines as UTF-8; in a fixed-width file with separators between its fields."""
        in_bytes = self.feed.width_unit == "bytes" and not self.reader.head.wide
        if self.feed.widths and in_bytes:
            cut, faults = lines.cut_widths(np.frombuffer(body, np.uint8), self.feed.widths)
            numbers = self._set_aside_raw(body, numbers, faults)
            body = cut.tobytes()
        decoded = decode.decode_block(body, self.encoding)
        self.faulty_lines += len(decoded.faults)
        numbers = self._set_aside_raw(body, numbers, decoded.faults)
        body = decoded.body
        if self.feed.widths and not in_bytes:
            characters = np.frombuffer(body.decode("utf-8").encode("utf-32-le"), np.uint32)
            halved = self.feed.width_unit == "bytes"
            cut, faults = lines.cut_widths(characters, tuple(width // 2 if halved else width for width in self.feed.widths))
            numbers = self._set_aside_raw(body, numbers, faults, "utf-8")
            body = cut.astype("<u4").tobytes().decode("utf-32-le").encode("utf-8")
        return lines.Lines(body, numbers)

    def _set_aside_raw(self, body: bytes, numbers: np.ndarray, faults: Mapping[int, str], encoding: str = "") -> np.ndarray:
        """Quarantine lines that are still in the delivered encoding; return the numbers of the others."""
        if not faults:
            return numbers
        indexes = sorted(faults)
        for index, raw in zip(indexes, lines.Lines(body, numbers).pick(indexes), strict=True):
            chosen = "utf-8" if faults[index] == decode.MIXED_ENCODING else encoding or self.encoding
            raw_line = raw.replace(lines.SEPARATOR, b"") if self.feed.widths else raw
            self.quarantine.add(int(numbers[index]), faults[index], raw_line.decode(chosen, "backslashreplace"))
        return np.delete(numbers, indexes)

    def _set_aside(self, found: lines.Lines, faults: Mapping[int, str], *, is_joined: bool = True) -> lines.Lines:
        """Quarantine lines of UTF-8; return the others."""
        if not faults:
            return found
        indexes = sorted(faults)
        for index, raw in zip(indexes, found.pick(indexes), strict=True):
            raw_line = self.dialect.as_delivered(raw) if is_joined else raw.decode("utf-8", "backslashreplace")
            self.quarantine.add(int(found.numbers[index]), faults[index], raw_line)
        return found.without(indexes)

    def _take_rows(self, found: lines.Lines, layout: fields.Layout) -> None:
        found = self._set_aside(found, lines.unsplittable(found, self.dialect), is_joined=bool(self.feed.widths))
        found = lines.join_delimiters(found, self.dialect)
        found = self._set_aside(found, lines.misquoted(found, self.dialect))
        if not len(found.numbers):
            return
        if self.version.is_cut:
            found = versions.padded(found, self.dialect, self.version, versions.least_filled(self.feed, self.version.names))
        if self.repeated is None:
            self.repeated = fields.repeated_columns(found, layout, self.dialect)
        is_first = not self.counts.lines
        parsed = fields.parse(found, layout, self.dialect, self.repeated, self.counts)
        if is_first:
            self._hold_layout(layout, is_final=False)
        self._set_aside(found, dict.fromkeys(parsed.misfits, lines.FIELD_COUNT))
        table = parsed.table
        if self.dialect.quote and len(self.dialect.agreed) > 1:
            table = fields.restore_delimiters(table, self.dialect)
        if self.feed.widths:
            table = fields.trim_padding(table)
        self.split_count += table.num_rows
        self.control.add(table)
        self._keep(found, table, parsed.numbers)

    def _keep(self, found: lines.Lines, table: Table, numbers: np.ndarray) -> None:
        failing = self.checks.failing_rows(table)
        if failing:
            at = np.searchsorted(found.numbers, numbers[list(failing)])
            self._set_aside(found, dict(zip(at.tolist(), failing.values(), strict=True)))
            passes = np.ones(table.num_rows, bool)
            passes[list(failing)] = False
            table, numbers = table.filter(pa.array(passes)), numbers[passes]
        totals.add_totals(self.totals, table, self.feed, self.feed.total_columns)
        self.rates.add(table)
        self.keys.add(table, numbers)
        self.rows.add(table, numbers)

    def _hold_layout(self, layout: fields.Layout, *, is_final: bool) -> None:
        settled = self.settled
        verdict = self.counts.verdict(self.feed, layout.named)
        if verdict[0] and layout.extras and not self.feed.has_header:
            verdict = (len(layout.extras), 0) if layout.field_count == layout.named + verdict[0] else verdict
        if not settled.is_layout_final and verdict != (settled.extra_count, settled.surplus):
            raise ReadAgainError(
                replace(settled, encoding=self.encoding, extra_count=verdict[0], surplus=verdict[1], is_layout_final=is_final)
            )

    def _hold_assumptions(self, layout: fields.Layout) -> None:
        """Compare what was assumed with the whole file; read again where they differ."""
        settled = replace(self.settled, encoding=self.encoding)
        if self.faulty_lines and not settled.is_encoding_final:
            if len(self.reader.head.encodings) > 1:
                best = self._survey()
                if best != self.encoding:
                    raise ReadAgainError(replace(settled, encoding=best, is_encoding_final=True))
            settled = replace(settled, is_encoding_final=True)
        self._refuse_undecodable()
        if self.counts.lines:
            self._hold_layout(layout, is_final=True)
        verdict = self.checks.certificate_verdict()
        if verdict != self.checks.assumed() and not settled.are_certificates_final:
            raise ReadAgainError(replace(settled, deformed={**settled.deformed, **verdict}))

    def _survey(self) -> str:
        """Return the encoding with the fewest faulty lines in the whole file; the contract's order breaks ties."""
        limit = self.faulty_lines + 1
        faulty = dict.fromkeys((name for name in self.reader.head.encodings if name != self.encoding), 0)
        for body in self._bodies_again():
            for encoding, count in faulty.items():
                faulty[encoding] += decode.count_faults(body, encoding, limit - count)
        faulty[self.encoding] = self.faulty_lines
        return min(self.reader.head.encodings, key=lambda encoding: faulty[encoding])

    def _bodies_again(self) -> Iterator[bytes]:
        with self.delivered.open() as stream:
            content = Content(stream, is_packed=self.delivered.is_packed, packed_size=self.delivered.size)
            for block in BlockReader(content, self.feed.encodings, line_end=self.reader.line_end).blocks():
                yield block.body

    def _refuse_undecodable(self) -> None:
        if self.faulty_lines <= max(ALWAYS_TOLERATED, int(self.feed.quarantine_limit * self.line_count)):
            return
        head = self.reader.head
        with self.delivered.open() as stream:
            line, offset = first_fault(unpacked(stream, is_packed=self.delivered.is_packed), head.wide or self.encoding, head.skip)
        where = f"line {line}, byte offset {offset}" if line else "lines that are UTF-8 among lines that are not"
        tried = head.wide or ", ".join(head.encodings)
        raise FileRefusedError(
            f"{self.faulty_lines} of {self.line_count} lines cannot be decoded; tried: {tried}",
            where=where,
            next_step="find out the file's encoding and add it to the contract, or have it delivered again",
        )

    def _nothing(self) -> Reading:
        """Return the reading of a file without any line, which only a control file can vouch for."""
        if self.delivered.declared is None or self.delivered.declared.rows != 0:
            raise FileRefusedError(
                "the file is empty", where="the whole file", next_step="have it delivered again, or with a control file that says 0 rows"
            )
        self.encoding = self.reader.head.encodings[0]
        layout = fields.headerless_layout(self.feed, 0, 0)
        self._keep_rows_of(layout)
        return self._finish(layout)

    def _finish(self, layout: fields.Layout) -> Reading:
        repetitions = self.keys.repetitions(self.rows)
        dropped = np.sort(np.concatenate((repetitions.repeated, repetitions.contradicting)))
        if len(dropped):
            totals.add_totals(self.totals, self.rows.rows_on(dropped), self.feed, self.feed.total_columns, sign=-1)
        if len(repetitions.contradicting):
            for line, raw_line in self._raw_lines(repetitions.contradicting):
                self.quarantine.add(line, DUPLICATE_KEY, raw_line)
        notices = self._hold_file(layout)
        self.rows.finish(dropped)
        self.quarantine.write(self.folder / QUARANTINE_FILE)
        last_line = self.line_count + self.header_lines
        return Reading(
            encoding=self.reader.head.wide or self.encoding,
            sha256=self.content.sha256,
            byte_count=self.content.byte_count,
            line_count=self.line_count,
            loaded=self.rows.row_count - len(dropped),
            quarantined=self.quarantine.count,
            duplicate=len(repetitions.repeated),
            first_line=self.header_lines + 1 if self.line_count else 0,
            last_line=last_line if self.line_count else 0,
            notices=notices,
            totals=totals.written(self.totals),
            columns=layout.names,
            surplus=layout.surplus,
            version=self.version,
        )

    def _raw_lines(self, numbers: np.ndarray) -> list[tuple[int, str]]:
        """Return these physical lines as delivered: rows found to contradict each other only at the end."""
        found: list[tuple[int, str]] = []
        first = 1
        for body in self._bodies_again():
            last = first + count_byte(body, 10)
            wanted = numbers[(numbers >= first) & (numbers < last)].tolist()
            raw = lines.Lines(body, numbers).pick([number - first for number in wanted])
            found.extend((number, line.decode(self.encoding, "backslashreplace")) for number, line in zip(wanted, raw, strict=True))
            first = last
        return found

    def _hold_file(self, layout: fields.Layout) -> tuple[Notice, ...]:
        """Hold the file to its control file and to the quarantine limit; return its warnings.

        Raises:
            FileRefusedError: with everything that is wrong.
        """
        faults: list[FileRefusedError] = []
        notices = [*self.version_notices, *self.checks.notices(), *self.rates.notices()]
        try:
            hashes = frozenset((self.content.sha256, self.delivered.sha256_as_delivered))
            ends_cleanly = self.reader.ends_with_line_end
            notices += self.control.compare(
                line_count=self.line_count, split_lines=self.split_count, sha256=hashes, ends_cleanly=ends_cleanly
            )
        except FileRefusedError as refused:
            faults.append(refused)
        try:
            self.quarantine.hold_to_limit(self.line_count, self.feed.quarantine_limit)
        except FileRefusedError as refused:
            faults.append(refused)
        if faults:
            raise FileRefusedError(
                "; ".join(f.what for f in faults), where="; ".join(f.where for f in faults), next_step=faults[0].next_step
            )
        for name in layout.extras:
            notices.append(Notice("extra_column", name, self.line_count, f"the contract does not know column {name}; it was kept"))
        if not self.line_count:
            notices.append(Notice("no_rows", "", 0, "the file holds no rows"))
        elif not self.reader.ends_with_line_end:
            notices.append(
                Notice("no_final_line_end", "", 1, "the last line has no line end: the file may have been cut in its last field")
            )
        return tuple(notices)
