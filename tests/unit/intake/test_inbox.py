"""C12: names and kinds of files that are not even opened, packed files that would burst the disk."""

import gzip
import os
from datetime import date
from pathlib import Path

import pytest
from unit.intake.drawn_files import DAY, NAME, line, text_of

from maisui.intake import receive
from maisui.intake.refusal import printable
from maisui.sources.contract import Source


@pytest.mark.parametrize(
    "name",
    ["B1\n-ACC-20260331.txt", "B1\x1b[31m-ACC-20260331.txt", "..-ACC-20260331.txt", "B1\u202e-ACC-20260331.txt", "B\\-ACC-20260331.txt"],
)
def test_unsafe_names_are_refused_and_printed_safely(bank, name):
    bank.deliver(text_of(line(1)), name)
    taken = bank.receive()
    assert (taken.receipts, len(taken.refused)) == ((), 1)
    assert taken.refused[0].file_name.isprintable()


def test_a_name_that_is_no_unicode_is_refused(bank):
    bank.inbox.mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(bank.inbox) + b"/B1\xff-ACC-20260331.txt")).write_bytes(b"x")
    assert bank.receive().refused[0].file_name.isprintable()


def test_links_and_devices_are_refused(bank, tmp_path):
    target = tmp_path / "secret.txt"
    target.write_text(text_of(line(1)))
    bank.inbox.mkdir(parents=True)
    (bank.inbox / NAME).symlink_to(target)
    (bank.inbox / "folder").symlink_to(tmp_path)
    os.mkfifo(bank.inbox / "B2-ACC-20260331.txt")
    taken = bank.receive()
    assert (taken.receipts, sorted(r.what for r in taken.refused)) == (
        (),
        ["it is a symbolic link", "it is a symbolic link", "it is not an ordinary file"],
    )


def test_folders_are_searched_one_level_down(bank):
    bank.deliver(text_of(line(1)), f"morning/{NAME}")
    bank.deliver(text_of(line(2)), f"morning/deeper/{NAME}")
    bank.deliver(text_of(line(2)), f"..bad/{NAME}")
    taken = bank.receive()
    assert [receipt.loaded for receipt in taken.receipts] == [1]
    assert taken.unrecognised == ("morning/deeper/",)
    assert [refused.file_name for refused in taken.refused] == ["..bad"]


def test_an_inbox_that_does_not_exist_is_empty(bank):
    taken = receive(source=bank.source, inbox=bank.home / "none", raw=bank.raw, until=date(2026, 1, 1), workers=1)
    assert (taken.receipts, taken.refused) == ((), ())


def test_a_name_with_an_impossible_date_is_not_recognised(bank):
    bank.deliver(text_of(line(1)), "B1-ACC-20260231.txt")
    assert bank.receive().unrecognised == ("B1-ACC-20260231.txt",)


def test_a_source_without_feeds_recognises_nothing(bank):
    bank.deliver(text_of(line(1)))
    taken = receive(source=Source("none", "", "", {}), inbox=bank.inbox, raw=bank.raw, until=DAY, workers=1)
    assert taken.unrecognised == (NAME,)


def test_a_zip_bomb_is_refused(bank, monkeypatch):
    monkeypatch.setattr("maisui.intake.blocks.BOMB_BYTES", 1 << 20)
    text = bank.refusal(gzip.compress(text_of(line(1)).encode() * 60_000), NAME + ".gz")
    assert "unpacks to more than 200 times its size" in text


def test_a_well_packed_file_is_no_bomb(bank):
    assert bank.take(gzip.compress(text_of(line(1)).encode() * 20_000), NAME + ".gz").duplicate == 19_999


@pytest.mark.parametrize("damage", ["cut", "flipped", "plain", "empty"])
def test_a_damaged_packed_file_is_refused(bank, damage):
    packed = gzip.compress(text_of(*(line(number) for number in range(50))).encode())
    content = {
        "cut": packed[:-30],
        "flipped": packed[:60] + bytes([packed[60] ^ 255]) + packed[61:],
        "plain": b"not packed at all",
        "empty": b"",
    }[damage]
    assert "packed file is damaged" in bank.refusal(content, NAME + ".gz") or damage == "empty"


def test_a_packed_file_under_a_plain_name_is_refused(bank):
    assert "lines" in bank.refusal(gzip.compress(text_of(*(line(number) for number in range(500))).encode()))


def test_names_are_printable():
    assert printable("王\n\udcff") == "王\\n\\udcff"
