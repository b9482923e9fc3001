"""Supplement files of the example bank: all of them are taken in, and the bank's own market total is its ledger."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

from maisui.intake import receive
from maisui.sources.loader import load_builtin


def test_every_supplement_file_is_taken_in_without_a_fault(bank, tmp_path) -> None:
    """The workbook among them too."""
    inbox = bank.out / "inbox" / "supplement"
    intake = receive(source=load_builtin("supplement"), inbox=inbox, raw=tmp_path, until=date(2026, 12, 31), workers=1)
    assert (intake.refused, intake.waiting, intake.unrecognised) == ((), (), ())
    assert len(intake.receipts) == len(list(inbox.iterdir()))
    assert all(receipt.loaded and not receipt.quarantined for receipt in intake.receipts)
    assert any(path.suffix == ".xlsx" for path in inbox.iterdir())


def test_the_banks_own_deposits_in_the_market_are_those_of_its_ledger(bank) -> None:
    """Deposits of the last month end add up to subject 2011 of the head office's and the outlets' books."""
    last = max((bank.out / "inbox" / "supplement").glob("*-market_total-*.csv"))
    with last.open(encoding="utf-8") as file:
        own = sum(
            Decimal(row["market_balance"]) for row in csv.DictReader(file) if (row["is_own_bank"], row["business_kind"]) == ("是", "存款")
        )
    day = last.stem[-8:]
    ((ledger,),) = bank.rows(
        f"SELECT sum(CAST(QMDFYE AS DECIMAL(38,2)) - CAST(QMJFYE AS DECIMAL(38,2))) FROM ZZKJQKMB WHERE KJKMBH = '2011' AND delivered = '{day}'"
    )
    assert own == ledger
