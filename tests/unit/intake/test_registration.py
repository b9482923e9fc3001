"""A1, C9: a registration is whole or absent, its counts add up, and a damaged one is said to be damaged."""

import errno
import json
import os
from datetime import date

import pytest
from unit.intake.drawn_files import DAY, NAME, line, text_of

from maisui.errors import StorageError
from maisui.intake import Receipt, delivery, line_of, quarantined_rows, receipts, registration
from maisui.intake.receipt import receipt_from_json


class KilledError(BaseException):
    """Stands for SIGKILL: nobody may catch it."""


def test_a_registration_holds_its_three_files(bank):
    receipt = bank.take(text_of(line(1)))
    folder = bank.raw / "bank" / "ACC" / "2026-03-31" / receipt.file_id
    assert sorted(path.name for path in folder.iterdir()) == ["quarantine.parquet", "receipt.json", "rows.parquet"]
    assert receipt.file_id == registration.read_receipt(folder).file_id
    assert not list((bank.raw / ".building" / "bank").iterdir())


@pytest.mark.parametrize("call", ["sync_file", "rename"])
def test_a_kill_at_any_moment_leaves_all_or_nothing(bank_of, monkeypatch, call):
    whole = bank_of()
    whole.deliver(text_of(line(1), line(2)))
    whole.deliver(text_of(line(3)), "B2-ACC-20260331.txt")
    expected = [(r.file_id, r.received_sequence) for r in whole.receive().receipts]
    module, name = (os, "rename") if call == "rename" else (registration, "sync_file")
    real = getattr(module, name)
    for fatal in range(1, 12):
        left = iter(range(fatal))
        next(left)
        bank = bank_of()
        bank.deliver(text_of(line(1), line(2)))
        bank.deliver(text_of(line(3)), "B2-ACC-20260331.txt")

        def die(*given, left=left):
            if next(left, None) is None:
                raise KilledError
            return real(*given)

        monkeypatch.setattr(module, name, die)
        try:
            bank.receive()
        except KilledError:
            monkeypatch.setattr(module, name, real)
            landed = receipts(raw=bank.raw)
            assert [(r.file_id, r.received_sequence) for r in landed] == expected[: len(landed)]
        monkeypatch.setattr(module, name, real)
        assert [(r.file_id, r.received_sequence) for r in bank.receive().receipts] == expected
        assert not list((bank.raw / ".building" / "bank").iterdir())


@pytest.mark.parametrize(("number", "told"), [(errno.ENOSPC, "the disk is full"), (errno.EIO, "could not be written")])
def test_a_full_or_failing_disk_is_said_and_leaves_nothing(bank, monkeypatch, number, told):
    bank.deliver(text_of(line(1)))

    def fail(_path):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(delivery, "sync_file", fail)
    with pytest.raises(StorageError, match=told):
        bank.receive()
    monkeypatch.undo()
    assert receipts(raw=bank.raw) == ()
    assert len(bank.receive().receipts) == 1


def test_receipts_are_read_by_source_and_date(bank):
    bank.deliver(text_of(line(1)), "B1-ACC-20260330.txt")
    bank.deliver(text_of(line(2)))
    bank.receive()
    assert len(receipts(raw=bank.raw)) == 2
    assert len(receipts(raw=bank.raw, source="bank", until=date(2026, 3, 30))) == 1
    assert receipts(raw=bank.raw, source="other") == ()
    assert receipts(raw=bank.home / "nowhere") == ()


def test_a_receipt_survives_its_stored_form(bank_of):
    bank = bank_of(total_columns=("balance",), total_currency="currency")
    receipt = bank.take(text_of(line(1), line(1), line(2, balance="x"), line(3, status="?")))
    assert receipt_from_json(receipt.to_json(), where="x") == receipt
    assert (receipt.loaded, receipt.duplicate, receipt.quarantined) == (2, 1, 1)


@pytest.mark.parametrize("damage", ["", "{}", "[]", "not json", "missing", "count"])
def test_a_damaged_receipt_is_said_to_be_damaged(bank, damage):
    receipt = bank.take(text_of(line(1)))
    path = bank.raw / "bank" / "ACC" / "2026-03-31" / receipt.file_id / "receipt.json"
    if damage == "missing":
        path.unlink()
    elif damage == "count":
        path.write_text(json.dumps({**json.loads(path.read_text()), "loaded": 5}))
    else:
        path.write_text(damage)
    with pytest.raises(StorageError, match="damaged"):
        receipts(raw=bank.raw)


def test_a_receipt_that_loses_a_line_cannot_be_made():
    with pytest.raises(ValueError, match="3 lines are not 1 loaded"):
        Receipt("a", "b", "c", "d", "e", 1, DAY, "utf-8", 3, 1, 1, 0, 1, 3)


def test_quarantine_of_an_unknown_or_damaged_registration(bank):
    receipt = bank.take(text_of(line(1)))
    for unknown in ("0" * 16, "../../etc", "*"):
        with pytest.raises(StorageError, match="no such registration"):
            quarantined_rows(raw=bank.raw, file_id=unknown)
    (bank.raw / "bank" / "ACC" / "2026-03-31" / receipt.file_id / "quarantine.parquet").write_bytes(b"x")
    with pytest.raises(StorageError, match="damaged"):
        quarantined_rows(raw=bank.raw, file_id=receipt.file_id)


def test_no_message_holds_a_value(bank):
    customer = "秘密客户"
    bank.deliver(text_of(line(1, name=customer), *(line(n, name=customer, balance=customer) for n in range(2, 50))), "B2-ACC-20260331.txt")
    bank.deliver(text_of(line(1, name=customer), line(2, status=customer), line(3, opened=customer)))
    taken = bank.receive()
    assert customer not in str(taken)
    assert customer not in "".join(path.read_text() for path in bank.raw.rglob("receipt.json"))
    assert NAME in str(taken)


def test_a_value_is_found_on_its_first_line(bank):
    receipt = bank.take(text_of(line(1), line(2, name="王|小麦"), line(3), line(4, name="李")))
    asked = {"raw": bank.raw, "file_id": receipt.file_id}
    first, last = bank.column(receipt, "name")[0], bank.column(receipt, "name")[-1]
    assert line_of(**asked, column="name", value=last) == 4
    assert line_of(**asked, column="name", value=first) == 1
    assert line_of(**asked, column="name", value="nobody") is None
    assert line_of(**asked, column="no_such_column", value=last) is None
    (bank.raw / "bank" / "ACC" / "2026-03-31" / receipt.file_id / "rows.parquet").write_bytes(b"damaged")
    with pytest.raises(StorageError, match="missing or damaged"):
        line_of(**asked, column="name", value=last)
