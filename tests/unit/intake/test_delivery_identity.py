"""B1, B2: the same bytes are taken once, other bytes under the same name are a correction, order does not matter."""

import gzip
import hashlib
import itertools
import sys
from concurrent.futures.process import BrokenProcessPool
from datetime import date

import pytest
from unit.intake.drawn_files import DAY, NAME, line, text_of

from maisui.errors import StorageError
from maisui.intake import ReceiptKind, receipts, receive
from maisui.intake import scan as scan_module
from maisui.intake.delivery import Job

receiving = sys.modules["maisui.intake.receive"]


def test_the_same_inbox_again_registers_nothing(bank):
    bank.take(text_of(line(1), line(2)))
    before = bank.last.receipts
    again = bank.receive()
    assert again.registered == ()
    assert again.receipts == before == receipts(raw=bank.raw, source="bank", until=DAY) == receipts(raw=bank.raw)


def test_a_file_touched_but_unchanged_is_recognised_by_its_bytes(bank):
    path = bank.deliver(text_of(line(1)))
    bank.receive()
    path.touch()
    assert bank.receive().registered == ()


def test_known_bytes_under_another_name_are_a_duplicate_once(bank):
    content = text_of(line(1), line(2), line(3))
    bank.take(content)
    copy = bank.take(content, "B1-ACC-20260331-2.txt")
    assert (copy.kind, copy.loaded, copy.duplicate, copy.line_count) == (ReceiptKind.DUPLICATE, 0, 3, 3)
    assert bank.receive().registered == ()
    (bank.inbox / copy.file_name).touch()
    assert bank.receive().registered == ()


def test_two_equal_files_in_one_inbox_load_once(bank):
    bank.deliver(text_of(line(1)), "A-ACC-20260331.txt")
    bank.deliver(text_of(line(1)), "B-ACC-20260331.txt")
    assert [(r.file_name[0], r.kind, r.loaded) for r in bank.receive().receipts] == [("A", "delivery", 1), ("B", "duplicate", 0)]


def test_the_same_bytes_on_another_day_are_another_delivery(bank):
    bank.take(text_of(line(1)), "B1-ACC-20260330.txt")
    assert bank.take(text_of(line(1))).kind == ReceiptKind.DELIVERY


def test_other_bytes_under_the_same_name_supersede_and_both_are_kept(bank):
    first = bank.take(text_of(line(1)))
    second = bank.take(text_of(line(1), line(2)))
    third = bank.take(text_of(line(3)))
    assert (second.supersedes, third.supersedes) == (first.file_id, second.file_id)
    assert [receipt.superseded for receipt in bank.last.receipts] == [True, True, False]
    assert [receipt.received_sequence for receipt in bank.last.receipts] == [1, 2, 3]


def test_a_correction_taken_back_lets_the_first_content_count_again(bank):
    first = bank.take(text_of(line(1)))
    wrong = bank.take(text_of(line(2)))
    back = bank.take(text_of(line(1)))
    assert (back.kind, back.supersedes, back.loaded) == (ReceiptKind.DELIVERY, wrong.file_id, 1)
    assert [notice.code for notice in back.warnings] == ["correction_taken_back"]
    assert first.file_id != back.file_id
    assert [receipt.superseded for receipt in bank.last.receipts] == [True, True, False]
    assert bank.receive().registered == ()
    again = bank.take(text_of(line(2)))
    assert (again.supersedes, again.sha256) == (back.file_id, wrong.sha256)


def test_a_packed_file_is_the_file_it_unpacks_to(bank):
    content = text_of(line(1), line(2)).encode()
    plain = bank.take(content)
    packed = bank.take(gzip.compress(content), NAME + ".gz")
    assert (packed.kind, packed.sha256) == (ReceiptKind.DUPLICATE, plain.sha256)
    corrected = bank.take(gzip.compress(content + line(3).encode()), NAME + ".gz")
    assert corrected.supersedes == plain.file_id
    assert corrected.byte_count == len(content) + len(line(3).encode())


def test_a_name_with_a_part_number_is_another_part(bank):
    bank.take(text_of(line(1)))
    part = bank.take(text_of(line(2)), "B1-ACC-20260331-2.txt")
    assert (part.kind, part.supersedes) == (ReceiptKind.DELIVERY, None)


def test_later_files_wait_for_their_day_and_strangers_are_named(bank):
    bank.deliver(text_of(line(1)), "B1-ACC-20260401.txt")
    bank.deliver("?", "readme.md")
    taken = bank.receive()
    assert (taken.later, taken.unrecognised, taken.receipts) == (1, ("readme.md",), ())
    assert len(bank.receive(until=date(2026, 4, 1)).receipts) == 1
    assert bank.receive().receipts == ()


def test_rows_and_files_in_any_order_give_the_same_rows(bank_of):
    rows = [line(number) for number in range(4)]
    seen = set()
    for order in itertools.permutations(rows):
        for cut in (1, 2):
            bank = bank_of()
            names = ["B1-ACC-20260331.txt", "B1-ACC-20260331-1.txt"]
            for name, part in zip(names if order[0] < order[1] else reversed(names), (order[:cut], order[cut:]), strict=True):
                bank.deliver(text_of(*part), name)
            landed = [row for receipt in bank.receive().receipts for row in bank.rows(receipt)]
            seen.add(tuple(sorted(tuple(row[name] for name in bank.feed.column_names) for row in landed)))
    assert len(seen) == 1


def test_two_corrections_in_one_inbox_follow_one_order(bank_of):
    contents = [text_of(line(number)) for number in (1, 2, 3)]
    expected = [hashlib.sha256(content.encode()).hexdigest() for content in contents]
    for order in itertools.permutations(contents):
        bank = bank_of()
        for folder, content in enumerate(order):
            bank.deliver(content, f"sub{folder}/{NAME}")
        assert [receipt.sha256 for receipt in bank.receive().receipts] == sorted(expected)


def test_progress_names_each_file_and_counts(bank):
    bank.deliver(text_of(line(1)))
    bank.deliver(text_of(line(2)), "B1-ACC-20260330.txt")
    told = []
    receive(source=bank.source, inbox=bank.inbox, raw=bank.raw, until=DAY, workers=1, progress=lambda *step: told.append(step))
    assert told == [("B1-ACC-20260330.txt", 1, 2), (NAME, 2, 2)]


def test_processes_and_one_process_register_the_same(bank_of):
    stored = []
    for workers in (1, 2):
        bank = bank_of()
        for number in range(101):
            bank.deliver(text_of(line(number), line(number + 1)), f"B{number:03d}-ACC-202603{number % 30 + 1:02d}.txt")
        taken = bank.receive(workers=workers)
        stored.append([(r.file_id, r.received_sequence, r.loaded, tuple(map(str, bank.rows(r)))) for r in taken.receipts])
    assert stored[0] == stored[1]
    assert len(stored[0]) == 101


def test_a_killed_process_is_said_and_leaves_what_was_registered(bank, monkeypatch):
    def killed(_self, _work, _job):
        raise BrokenProcessPool

    for number in range(101):
        bank.deliver(text_of(line(number)), f"B{number:03d}-ACC-20260331.txt")
    monkeypatch.setattr(receiving.ProcessPoolExecutor, "submit", killed)
    with pytest.raises(StorageError, match="was killed"):
        bank.receive(workers=2)
    monkeypatch.undo()
    assert len(bank.receive().registered) == 101


def test_a_process_is_given_its_contract_first(bank, monkeypatch):
    path = bank.deliver(text_of(line(1)))
    status = path.stat()
    place = bank.raw / ".building" / "bank" / "x"
    job = Job(path, path.name, "ACC", DAY, None, None, status.st_size, status.st_mtime_ns, status.st_ctime_ns, place)
    monkeypatch.setattr(receiving, "_source", None)
    with pytest.raises(AssertionError):
        receiving._work(job)
    receiving._begin(bank.source)
    outcome = receiving._work(job)
    assert outcome.receipt is not None
    assert outcome.receipt.loaded == 1


def test_files_that_vanish_between_looks_are_no_trouble(bank, monkeypatch):
    first, second = bank.deliver(text_of(line(1)), f"a/{NAME}"), bank.deliver(text_of(line(2)), f"b/{NAME}")
    scan = receiving.scan_inbox

    def scan_and_lose(**given):
        found = scan(**given)
        first.unlink()
        return found

    monkeypatch.setattr(receiving, "scan_inbox", scan_and_lose)
    taken = bank.receive()
    assert len(taken.receipts) == len(taken.waiting) == 1
    monkeypatch.undo()

    class Entry:
        name, path = "x", str(second)

        def stat(self, **_given):
            raise FileNotFoundError

    assert scan_module._arrival(Entry(), bank.feed, DAY, None) == []
