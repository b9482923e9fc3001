"""How a file's bytes become blocks of whole lines: unpacking, byte-order marks, UTF-16 and every kind of line end."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from maisui.intake.bytesearch import count_byte
from maisui.intake.refusal import FileRefusedError

BLOCK_BYTES = 4 << 20
"""Small enough for the processor's cache: larger blocks were slower, most of it page faults."""
LINE_BYTES_LIMIT = 8 << 20
BOMB_RATIO = 200
BOMB_BYTES = 1 << 30

_WIDE = {"utf-16": "utf-16-le", "utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be"}
_ALIASES = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf8": "utf-8", "utf-8-sig": "utf-8", "us-ascii": "ascii"}
_NOT_UTF8 = b"\xff"


class LineEnd(StrEnum):
    """What ends a line: LF (with any CR before it), or CR in a file that has no LF."""

    LF = "lf"
    CR = "cr"


class LineEndChangedError(Exception):
    """A file read as CR-only holds an LF after all."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the first bytes tell: how many to skip, and the encodings that remain possible.

    `wide` is the UTF-16 the stream is transcoded from; the blocks are UTF-8 then.
    """

    skip: int
    wide: str
    encodings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each ended by one LF; `first_line` is the physical number of the first, from 1."""

    body: bytes
    first_line: int
    is_last: bool


def read_head(first_bytes: bytes, encodings: Sequence[str]) -> Head:
    """Return what a byte-order mark or the pattern of zero bytes says, else the contract's list."""
    if first_bytes.startswith(codecs.BOM_UTF8):
        return Head(3, "", ("utf-8",))
    if first_bytes.startswith(codecs.BOM_UTF16_LE):
        return Head(2, "utf-16-le", ("utf-8",))
    if first_bytes.startswith(codecs.BOM_UTF16_BE):
        return Head(2, "utf-16-be", ("utf-8",))
    if first_bytes.startswith(b"\x84\x31\x95\x33"):
        return Head(4, "", ("gb18030",))
    names = [_ALIASES.get(name.lower().replace("_", "-"), name.lower().replace("_", "-")) for name in encodings]
    narrow = tuple(dict.fromkeys(name for name in names if name not in _WIDE))
    wide = [_WIDE[name] for name in names if name in _WIDE]
    if wide:
        even, odd = first_bytes[0::2].count(0), first_bytes[1::2].count(0)
        if not narrow or even + odd > len(first_bytes) // 20:
            return Head(0, "utf-16-be" if even > odd else "utf-16-le" if odd > even else wide[0], ("utf-8",))
    return Head(0, "", narrow)


class Content:
    """The unpacked bytes of a file, hashed and counted while they are read."""

    def __init__(self, stream: BinaryIO, *, is_packed: bool, packed_size: int = 0) -> None:
        """Wrap an open file; `packed_size` bounds what a `.gz` may unpack to."""
        self._stream: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=stream, mode="rb") if is_packed else stream
        self._bound = max(BOMB_BYTES, packed_size * BOMB_RATIO) if is_packed else 0
        self._hash = hashlib.sha256()
        self.byte_count = 0

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, fewer only at the end.

        Raises:
            FileRefusedError: when a packed file is damaged or unpacks to far too much.
        """
        try:
            data = self._stream.read(size)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise FileRefusedError("the packed file is damaged or cut", where=f"after {self.byte_count} unpacked bytes") from None
        self._hash.update(data)
        self.byte_count += len(data)
        if self._bound and self.byte_count > self._bound:
            raise FileRefusedError(
                f"the packed file unpacks to more than {BOMB_RATIO} times its size and {BOMB_BYTES} bytes",
                where=f"after {self.byte_count} unpacked bytes",
                next_step="check where the file comes from; deliver it unpacked when it is genuine",
            )
        return data

    @property
    def sha256(self) -> str:
        """Return the hash of what was read so far."""
        return self._hash.hexdigest()


class BlockReader:
    """Cuts content into blocks at line ends; afterwards knows how the file ended."""

    def __init__(self, content: Content, encodings: Sequence[str], *, line_end: LineEnd | None = None) -> None:
        """Read the head; `line_end` None means: find out from the first lines."""
        self._content = content
        first = content.read(BLOCK_BYTES)
        self.head = read_head(first[:65536], encodings)
        self.is_empty = len(first) == self.head.skip
        self.line_end = line_end
        self.ends_with_line_end = True
        self._narrow: Callable[[bytes, bool], bytes] = _transcoder(self.head.wide) if self.head.wide else _as_it_is
        self._first: bytes | None = first[self.head.skip :]

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order, the last one marked; an empty file yields one empty block.

        Raises:
            FileRefusedError: when a line is longer than the limit, or the packed file is damaged.
            LineEndChangedError: when a CR-only file turns out to hold an LF.
        """
        line_number = 1
        ready = b""
        for chunk in self._whole_lines():
            if ready:
                yield Block(ready, line_number, is_last=False)
                line_number += count_byte(ready, 10)
            ready = chunk
        if ready == b"\n":
            ready = b""
        elif ready.endswith(b"\n\n"):
            ready = ready[:-1]
        yield Block(ready, line_number, is_last=True)

    def _whole_lines(self) -> Iterator[bytes]:
        carry: list[bytes] = []
        carried = 0
        while True:
            data, at_end = self._next()
            cut = data.rfind(b"\n") + 1
            if cut:
                yield self._plain(b"".join((*carry, data[:cut])))
                carry, carried = [], 0
            carry.append(data[cut:])
            carried += len(data) - cut
            if carried > LINE_BYTES_LIMIT:
                raise FileRefusedError(
                    f"a line is longer than {LINE_BYTES_LIMIT} bytes", next_step="check the line ends agreed for this file"
                )
            if at_end:
                break
        rest = b"".join(carry).rstrip(b"\r") if self.line_end is LineEnd.LF else b"".join(carry)
        if rest:
            self.ends_with_line_end = False
            yield self._plain(rest + b"\n")

    def _next(self) -> tuple[bytes, bool]:
        """Return the next bytes in an ASCII-compatible encoding with LF where lines end, and whether they are the last."""
        raw = self._first if self._first is not None else self._content.read(BLOCK_BYTES)
        self._first = None
        at_end = len(raw) < BLOCK_BYTES - self.head.skip
        data = self._narrow(raw, at_end)
        if self.line_end is None and (b"\n" in data or b"\r" in data):
            self.line_end = LineEnd.LF if b"\n" in data else LineEnd.CR
        if self.line_end is LineEnd.CR:
            if b"\n" in data:
                raise LineEndChangedError
            data = data.replace(b"\r", b"\n")
        return data, at_end

    def _plain(self, lines: bytes) -> bytes:
        while b"\r" in lines and b"\r\n" in lines:
            lines = lines.replace(b"\r\n", b"\n")
        return lines


def _as_it_is(data: bytes, at_end: bool) -> bytes:
    del at_end
    return data


def _transcoder(wide: str) -> Callable[[bytes, bool], bytes]:
    """Return a function from UTF-16 bytes to UTF-8; what is broken stays broken UTF-8 in its own line."""
    decoder = codecs.getincrementaldecoder(wide)("surrogatepass")

    def narrow(data: bytes, at_end: bool) -> bytes:
        text = decoder.decode(data).encode("utf-8", "surrogatepass")
        return text + _NOT_UTF8 if at_end and decoder.getstate()[0] else text

    return narrow


def first_fault(stream: BinaryIO, encoding: str, skip: int) -> tuple[int, int]:
    """Return the line and the byte offset of the first bytes that are not `encoding`, (0, 0) when there are none."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    stream.read(skip)
    offset, line = skip, 1
    while True:
        data = stream.read(1 << 20)
        pending = len(decoder.getstate()[0])
        try:
            line += decoder.decode(data, final=not data).count("\n")
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start]).decode(encoding, "ignore")
            return line + before.count("\n"), offset - pending + error.start
        if not data:
            return 0, 0
        offset += len(data)


def unpacked(stream: BinaryIO, *, is_packed: bool) -> BinaryIO:
    """Return `stream`, unpacked when it is a `.gz`."""
    return io.BufferedReader(gzip.GzipFile(fileobj=stream, mode="rb")) if is_packed else stream
