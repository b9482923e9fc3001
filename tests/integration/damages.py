"""Ways in which a delivered file of the EAST layout can be damaged, and what must come of each."""

from __future__ import annotations

import gzip
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

SEPARATOR = b"\x01"
CANARY_NAME = "金丝雀翠花"
CANARY_NUMBER = "81990000007777777"
CANARIES = (CANARY_NAME, CANARY_NUMBER, CANARY_NUMBER[-9:])
# Positions of fields in the lines of 201, 403 and 404.
NAME, CUSTOMER = 4, 3
ACCOUNT, BALANCE, OPENED, COLLECTED = 7, 12, 13, 20
SIDE, AMOUNT, CHANNEL, MOVED = 14, 18, 28, 11

LOADED, QUARANTINED, DUPLICATE, REFUSED, ANY = "loaded", "quarantined", "duplicate", "refused", "any"
Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Damage:
    """What is done to the bytes of table `table`, whether its .log stays, goes or is made to agree, and the outcome.

    `place` does something to the file itself instead; `lines` counts physical lines where line feeds do not.
    """

    table: str
    change: Change | None = None
    outcome: str = REFUSED
    log: str = "agrees"
    place: Callable[[Path], None] | None = None
    lines: Callable[[bytes], int] | None = None


def with_canary(table: str, body: bytes) -> bytes:
    """Return a file whose third line belongs to the canary."""
    lines = body.splitlines(keepends=True)
    fields = lines[2].split(SEPARATOR)
    if table == "GRJCXXB":
        fields[NAME] = CANARY_NAME.encode()
    else:
        fields[ACCOUNT if table == "GRCKFHZ" else MOVED] = CANARY_NUMBER.encode()
    lines[2] = SEPARATOR.join(fields)
    return b"".join(lines)


def cut_at(share: float) -> Change:
    return lambda body: body[: int(len(body) * share)]


def cut_in_the_canary(body: bytes) -> bytes:
    return body[: body.index(CANARY_NAME.encode()) + 4]


def field(position: int, text: str | bytes) -> Change:
    """Write `text` into one field of the canary's line."""

    def change(body: bytes) -> bytes:
        lines = body.splitlines(keepends=True)
        fields = lines[2].rstrip(b"\n").split(SEPARATOR)
        fields[position] = text if isinstance(text, bytes) else text.encode()
        lines[2] = SEPARATOR.join(fields) + b"\n"
        return b"".join(lines)

    return change


def line(edit: Change) -> Change:
    """Change the canary's whole line, its line end excluded."""

    def change(body: bytes) -> bytes:
        lines = body.splitlines(keepends=True)
        lines[2] = edit(lines[2].rstrip(b"\n")) + b"\n"
        return b"".join(lines)

    return change


def recoded(encoding: str, before: bytes = b"") -> Change:
    return lambda body: before + body.decode("utf-8").encode(encoding)


def line_ends(end: bytes) -> Change:
    return lambda body: body.replace(b"\n", end)


def again(edit: Change) -> Change:
    """Put a changed copy of the canary's line at the end."""
    return lambda body: body + edit(body.splitlines()[2]) + b"\n"


def renamed(name: Callable[[str], str]) -> Callable[[Path], None]:
    return lambda path: path.rename(path.with_name(name(path.name))) and None


def _symlink(path: Path) -> None:
    elsewhere = path.parent.parent.parent / "elsewhere.txt"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _packed(pack: Change) -> Callable[[Path], None]:
    def place(path: Path) -> None:
        body = path.read_bytes()
        path.unlink()
        path.with_suffix(".log").unlink(missing_ok=True)
        path.with_name(path.name + ".gz").write_bytes(pack(body))

    return place


def _log(edit: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def place(path: Path) -> None:
        log = path.with_suffix(".log")
        log.write_bytes(edit(log.read_bytes()))

    return place


def _bomb(line_end: bool) -> bytes:
    packer = gzip.compress((b"\n" if line_end else b"0") * (64 << 20), mtime=0)
    return packer * 17


DAMAGES: dict[str, Damage] = {
    # cut, the control file telling the true size, or gone
    **{f"cut at {share:.0%}, with its log": Damage("GRJCXXB", cut_at(share), REFUSED, "stays") for share in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)},
    **{f"cut at {share:.0%}, without log": Damage("GRJCXXB", cut_at(share), ANY, "goes") for share in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)},
    "cut within a character, with its log": Damage("GRJCXXB", cut_in_the_canary, REFUSED, "stays"),
    "cut within a character, without log": Damage("GRJCXXB", cut_in_the_canary, QUARANTINED, "goes"),
    "last line end missing, with its log": Damage("GRJCXXB", lambda body: body[:-1], REFUSED, "stays"),
    "last line end missing, without log": Damage("GRJCXXB", lambda body: body[:-1], LOADED, "goes"),
    # encodings
    "GB18030": Damage("GRJCXXB", recoded("gb18030"), LOADED),
    "UTF-8 with a mark": Damage("GRJCXXB", lambda body: b"\xef\xbb\xbf" + body, LOADED),
    "UTF-16 with a mark": Damage("GRJCXXB", recoded("utf-16"), LOADED, lines=lambda body: body.decode("utf-16").count("\n")),
    "UTF-16 without a mark": Damage("GRJCXXB", recoded("utf-16-le"), REFUSED),
    "Big5": Damage("GRJCXXB", lambda body: body.decode().encode("big5", "replace"), ANY),
    "one GBK line among UTF-8": Damage("GRJCXXB", line(lambda text: text.decode().encode("gbk")), QUARANTINED),
    "one UTF-8 line among GBK": Damage("GRJCXXB", lambda body: line(lambda _: body.splitlines()[2])(recoded("gb18030")(body)), QUARANTINED),
    "broken bytes in a name": Damage("GRJCXXB", field(NAME, CANARY_NAME.encode() + b"\xff\xfe"), QUARANTINED),
    "lost characters in a name": Damage("GRJCXXB", field(NAME, CANARY_NAME + "\ufffd"), QUARANTINED),
    "a zero byte": Damage("GRJCXXB", field(NAME, CANARY_NAME + "\x00"), QUARANTINED),
    "an escape sequence": Damage("GRJCXXB", field(NAME, CANARY_NAME + "\x1b[31m"), QUARANTINED),
    "rare four-byte characters": Damage("GRJCXXB", lambda body: recoded("gb18030")(field(NAME, "𠮷㐱")(body)), LOADED),
    "noise": Damage("GRJCXXB", lambda _: bytes(range(256)) * 400, REFUSED),
    # line ends
    "CRLF": Damage("GRJCXXB", line_ends(b"\r\n"), LOADED),
    "CR CR LF": Damage("GRJCXXB", line_ends(b"\r\r\n"), LOADED),
    "CR only": Damage("GRJCXXB", line_ends(b"\r"), LOADED, lines=lambda body: body.count(b"\r")),
    "mixed line ends": Damage("GRJCXXB", lambda body: body.replace(b"\n", b"\r\n", 9), LOADED),
    "an empty line": Damage("GRJCXXB", lambda body: body.replace(b"\n", b"\n\n", 1), QUARANTINED),
    "a line break in a name": Damage("GRJCXXB", field(NAME, "金丝\n雀"), QUARANTINED),
    "a line of twenty megabytes": Damage("GRJCXXB", field(NAME, "金" * (7 << 20)), REFUSED),
    # delimiters and fields
    "another delimiter": Damage("GRJCXXB", lambda body: body.replace(SEPARATOR, b"|"), LOADED),
    "commas": Damage("GRCKFHZ", lambda body: body.replace(SEPARATOR, b","), LOADED),
    "one field too many": Damage("GRJCXXB", line(lambda text: text + SEPARATOR + b"more"), QUARANTINED),
    "one field too few": Damage("GRJCXXB", line(lambda text: text.rpartition(SEPARATOR)[0]), QUARANTINED),
    "a column less on every line": Damage("GRCKFHZ", lambda body: re.sub(rb"\x01[^\x01\n]*\n", b"\n", body), LOADED),
    "a column more on every line": Damage("GRJCXXB", lambda body: body.replace(b"\n", b"\x01new\n"), LOADED),
    "a lone quote": Damage("GRJCXXB", field(NAME, '"' + CANARY_NAME), LOADED),
    "two columns swapped": Damage("GRCKFHZ", lambda body: b"\n".join(_swapped(text) for text in body.splitlines()) + b"\n", REFUSED),
    # amounts
    **{
        f"balance {form}": Damage("GRCKFHZ", field(BALANCE, form), QUARANTINED)
        for form in ("1,234.56", "1e5", "1_000", "(1.00)", "1.00-", "1.005", "NaN", "Infinity", "１２.００", "¥1", "12 元", "--1", "", "9" * 20, "#VALUE!")
    },
    "balance minus nought": Damage("GRCKFHZ", field(BALANCE, "-0"), ANY),
    "negative amount of a posting": Damage("GRCKFHZMX", field(AMOUNT, "-5.00"), QUARANTINED),
    # dates
    **{
        f"opened on {form}": Damage("GRCKFHZ", field(OPENED, form), QUARANTINED)
        for form in ("20260230", "2026-10-31", "45678", "00000000", "20261301", "2026103", "九月")
    },
    "opened on the first day there is": Damage("GRCKFHZ", field(OPENED, "00010101"), LOADED),
    "collected on no day": Damage("GRCKFHZ", field(COLLECTED, "99991231"), ANY),
    "opened in the future": Damage("GRCKFHZ", field(OPENED, "20991231"), LOADED),
    # numbers a spreadsheet has spoilt
    **{f"account {form}": Damage("GRCKFHZ", field(ACCOUNT, form), QUARANTINED) for form in ("8.1990E+16", '="81990000007777777"', "'81990000007777777", "")},
    # keys and words
    "the same line twice": Damage("GRCKFHZ", again(lambda text: text), DUPLICATE),
    "the same key with another balance": Damage("GRCKFHZ", lambda body: body + field(BALANCE, "0.07")(body).splitlines()[2] + b"\n", QUARANTINED),
    "an account of nobody known": Damage("GRCKFHZ", field(5, "199999999999"), LOADED),
    "a posting on no known account": Damage("GRCKFHZMX", lambda body: body, LOADED),
    "an unknown word": Damage("GRCKFHZMX", field(CHANNEL, "鸽子"), LOADED),
    "an unknown word where the list is closed": Damage("GRCKFHZMX", field(SIDE, "左"), QUARANTINED),
    "SQL in a name": Damage("GRJCXXB", field(NAME, "x'); DROP TABLE customer; --"), LOADED),
    "a formula in a name": Damage("GRJCXXB", field(NAME, "=cmd|' /C calc'!A0"), LOADED),
    # whole files and their names
    "empty file": Damage("GRCKFHZ", lambda _: b"", REFUSED, "goes"),
    "empty file its log vouches for": Damage("GRCKFHZMX", lambda _: b"", LOADED),
    "only line ends": Damage("GRCKFHZ", lambda _: b"\n" * 40, REFUSED),
    "another table's rows": Damage("GRCKFHZ", lambda _: b"a\x01b\x01c\n" * 50, REFUSED),
    "symbolic link": Damage("GRJCXXB", place=_symlink),
    "pipe": Damage("GRJCXXB", place=_fifo),
    "folder under a file's name": Damage("GRJCXXB", outcome=REFUSED, place=_folder),
    "line break in the file name": Damage("GRJCXXB", place=renamed(lambda name: "a\nb-" + name)),
    "dots in the file name": Damage("GRJCXXB", place=renamed(lambda name: ".." + name)),
    "backslash in the file name": Damage("GRJCXXB", place=renamed(lambda name: "..\\" + name)),
    "bytes that are no text in the file name": Damage("GRJCXXB", place=renamed(lambda name: os.fsdecode(b"\xff") + name)),
    "no such day in the file name": Damage("GRJCXXB", outcome=REFUSED, place=renamed(lambda name: name.replace("1031", "1341"))),
    "a later day in the file name": Damage("GRJCXXB", outcome=REFUSED, place=renamed(lambda name: name.replace("1031", "1101"))),
    "upper-case suffix": Damage("GRJCXXB", outcome=ANY, place=renamed(lambda name: name.replace(".txt", ".TXT"))),
    # packed files
    "packed": Damage("GRJCXXB", outcome=LOADED, place=_packed(lambda body: gzip.compress(body, mtime=0))),
    "packed and cut": Damage("GRJCXXB", place=_packed(lambda body: gzip.compress(body, mtime=0)[:-200])),
    "packed with a changed byte": Damage("GRJCXXB", place=_packed(lambda body: _flipped(gzip.compress(body, mtime=0)))),
    "not packed at all": Damage("GRJCXXB", place=_packed(lambda body: body)),
    "a bomb of one line": Damage("GRJCXXB", place=_packed(lambda _: _bomb(line_end=False))),
    "a bomb of line ends": Damage("GRJCXXB", place=_packed(lambda _: _bomb(line_end=True))),
    # control files
    "log: one row too many": Damage("GRJCXXB", place=_log(lambda text: re.sub(rb"(\xe8\xae\xb0\xe5\xbd\x95\xe6\x95\xb0:)\d+", rb"\g<1>7", text))),
    "log: another file's": Damage("GRJCXXB", place=_log(lambda text: text.replace(b"GRJCXXB", b"DGKHXXB"))),
    "log: rows declared twice": Damage("GRJCXXB", place=_log(lambda text: text + "记录数:1\n".encode())),
    "log: rows are words": Damage("GRJCXXB", place=_log(lambda text: re.sub(rb"\xe8\xae\xb0\xe5\xbd\x95\xe6\x95\xb0:\d+", "记录数:many".encode(), text))),
    "log: noise": Damage("GRJCXXB", place=_log(lambda _: b"\xff\x00" * 600), outcome=REFUSED),
    "log: two megabytes": Damage("GRJCXXB", place=_log(lambda text: text * 20_000)),
    "log: empty": Damage("GRJCXXB", place=_log(lambda _: b""), outcome=LOADED),
}  # fmt: skip

RARE: frozenset[str] = frozenset(
    [f"cut at {share:.0%}, {log}" for share in (0.1, 0.25, 0.75, 0.9) for log in ("with its log", "without log")]
    + [f"balance {form}" for form in ("1_000", "1.00-", "Infinity", "¥1", "12 元", "--1", "9" * 20, "#VALUE!")]
    + [f"opened on {form}" for form in ("45678", "00000000", "2026103", "九月")]
    + ["account 8.1990E+16", "account '81990000007777777", "balance minus nought", "negative amount of a posting", "collected on no day"]
    + ["Big5", "UTF-16 without a mark", "rare four-byte characters", "lost characters in a name", "an escape sequence", "mixed line ends"]
    + [
        "a line of twenty megabytes",
        "a bomb of line ends",
        "one field too few",
        "a formula in a name",
        "an unknown word",
        "a posting on no known account",
    ]
    + ["folder under a file's name", "backslash in the file name", "packed with a changed byte", "log: two megabytes", "log: empty"]
)
"""Damages much like another one: thrown only in the wide form of the test."""


def _swapped(text: bytes) -> bytes:
    fields = text.split(SEPARATOR)
    fields[BALANCE], fields[OPENED] = fields[OPENED], fields[BALANCE]
    return SEPARATOR.join(fields)


def _flipped(packed: bytes) -> bytes:
    middle = len(packed) // 2
    return packed[:middle] + bytes([packed[middle] ^ 0x55]) + packed[middle + 1 :]
