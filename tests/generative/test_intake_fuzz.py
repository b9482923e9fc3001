"""C9, C11: whatever happens to the bytes of a good file, no line is lost or invented and nothing is raised."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.intake.drawn_files import Bank, feed_of

COLUMNS = """
    id       | account      | key
    name     | text         |
    balance  | amount       | must
    opened   | date         |
    currency | currency     |
    state    | closed_word  |      | 正常 销户
    kind     | text         |
    number   | certificate:kind |
"""
ROWS = [
    [str(62220000 + number), name, f"{number}.50", "20240229", "CNY", "正常", "居民身份证", "11010519491231002X"]
    for number, name in enumerate(["王小麦", "𠮷野", "", "买买提·依明", "Li Min", "张（三）", "麦", "赵钱孙李", "x", "周"])
]
QUIET = settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None)


def separated(delimiter: str, end: str, encoding: str, *, has_header: bool = False, quote: str = "") -> bytes:
    header = [[column.name for column in feed_of(COLUMNS).columns]] if has_header else []
    rows = [delimiter.join(f"{quote}{cell}{quote}" for cell in row) for row in [*header, *ROWS]]
    return "".join(row + end for row in rows).encode(encoding)


def padded() -> bytes:
    return b"".join(b"".join(cell.encode("gb18030").ljust(24) for cell in row) + b"\n" for row in ROWS)


DIALECTS = {
    "east": ({"delimiter": "\x01", "drift": "evolve"}, separated("\x01", "\n", "utf-8")),
    "union": ({"delimiter": "|$|", "encodings": ("gb18030",)}, separated("|$|", "\r\n", "gb18030")),
    "quoted": ({"delimiter": ";", "quote": '"', "has_header": True}, separated(";", "\r\n", "utf-8-sig", has_header=True, quote='"')),
    "wide": ({"delimiter": "\t", "encodings": ("utf-16",)}, separated("\t", "\n", "utf-16")),
    "fixed": ({"delimiter": "", "widths": (24,) * 8, "encodings": ("gb18030",)}, padded()),
    "controlled": ({"delimiter": "|", "control": ".log"}, separated("|", "\r", "gb18030")),
}

change = st.tuples(st.sampled_from(["put", "cut", "insert", "double"]), st.integers(0, 1 << 20), st.binary(min_size=1, max_size=4))
spoilers = st.sampled_from(
    [b"\n", b"\r", b"\x00", b'"', b"|", b";", b"\x01", b"\xff", b"\xef\xbf\xbd", b"\xe7\x8e\x8b", b"\n\n", b"9" * 30, b"\x1f"]
)
changes = st.lists(st.one_of(change, st.tuples(st.just("insert"), st.integers(0, 1 << 20), spoilers)), min_size=1, max_size=6)


def mutated(content: bytes, steps: list[tuple[str, int, bytes]]) -> bytes:
    for verb, place, piece in steps:
        at = place % (len(content) + 1)
        if verb == "put":
            content = content[:at] + piece + content[at + len(piece) :]
        elif verb == "cut":
            content = content[:at]
        elif verb == "insert":
            content = content[:at] + piece + content[at:]
        else:
            content = content[:at] + content[max(0, at - 60) :]
    return content


def take_in(bank: Bank, content: bytes) -> None:
    """Receive mutated content; the helper asserts that every receipt adds up and its files hold what it says."""
    taken = bank.receive()
    assert len(taken.receipts) + len(taken.refused) + len(taken.waiting) == 1, taken
    assert not list((bank.raw / ".building" / "bank").iterdir())
    for receipt in taken.receipts:
        rows = bank.rows(receipt)
        numbers = [row["source_line"] for row in rows]
        assert numbers == sorted(set(numbers))
        assert not set(numbers) & set(bank.reasons(receipt))
        assert receipt.byte_count == len(content)
        assert all(cell is not None and "\ufffd" not in str(cell) for row in rows for cell in row.values())


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_good_file_is_loaded_whole(dialect):
    home = Path(tempfile.mkdtemp())
    shaped, content = DIALECTS[dialect]
    bank = Bank(home, feed_of(COLUMNS, **shaped))
    receipt = bank.take(content)
    assert [[row[column.name] for column in bank.feed.columns] for row in bank.rows(receipt)] == ROWS
    shutil.rmtree(home)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_mutated_bytes_never_raise_and_never_lose_a_line(dialect):
    shaped, good = DIALECTS[dialect]

    @QUIET
    @given(changes, st.booleans())
    def holds(steps, is_packed):
        home = Path(tempfile.mkdtemp())
        try:
            bank = Bank(home, feed_of(COLUMNS, **shaped))
            content = mutated(good, steps)
            packed = gzip.compress(content, mtime=0) if is_packed else content
            bank.deliver(packed, "B1-ACC-20260331.txt" + ".gz" * is_packed)
            if dialect == "controlled":
                bank.deliver(f"rows:{len(ROWS)}\nbytes:{len(packed)}\nsum.balance.CNY:50.00", "B1-ACC-20260331.log")
            take_in(bank, content)
        finally:
            shutil.rmtree(home)

    holds()


def test_mutated_packed_files_and_control_files_never_raise():
    shaped, good = DIALECTS["controlled"]

    @QUIET
    @given(changes, changes)
    def holds(steps, said_steps):
        home = Path(tempfile.mkdtemp())
        try:
            bank = Bank(home, feed_of(COLUMNS, **shaped))
            bank.deliver(mutated(gzip.compress(good, mtime=0), steps), "B1-ACC-20260331.txt.gz")
            said = f"rows:{len(ROWS)}\n记录数:10\nsum.balance:50.00\nhash.id:1\nsha256:{'0' * 64}\n"
            bank.deliver(mutated(said.encode(), said_steps), "B1-ACC-20260331.log")
            taken = bank.receive()
            assert len(taken.receipts) + len(taken.refused) + len(taken.waiting) == 1
        finally:
            shutil.rmtree(home)

    holds()
