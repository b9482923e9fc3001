"""Amounts with separators, zeros in front or the minus behind become the numbers they stand for, on both engines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from unit.intake.drawn_files import Bank, feed_of, text_of

from maisui.engines.engine import Engine
from maisui.intake import folder_of
from maisui.integration.read_feed import raw_view, typed_feed

WRITTEN = {
    "amount:,": {"1,234,567.89": "1234567.89", "-1,000.50": "-1000.50", "999": "999.00", "": None},
    "amount:-": {"12.50-": "-12.50", "-3": "-3.00", "0.01-": "-0.01", "7.7": "7.70"},
    "amount:0": {"0000001234.50": "1234.50", "-0001.00": "-1.00", "0000.00": "0.00"},
    "amount+:,-0": {"1,234.56": "1234.56", "0000012.00": "12.00"},
}


@pytest.mark.parametrize("kind", sorted(WRITTEN))
def test_what_is_written_is_what_is_read(engine: Engine, tmp_path: Path, kind: str) -> None:
    expected = WRITTEN[kind]
    bank = Bank(tmp_path, feed_of(f"id | code | key\n money | {kind} |"))
    receipt = bank.take(text_of(*(f"{place}|{text}" for place, text in enumerate(expected))))
    assert receipt.loaded == len(expected)
    feed = bank.feed
    engine.read_raw(raw_view(feed), feed.column_names, [folder_of(bank.raw, receipt) / "rows.parquet"])
    engine.create_view(feed.view, typed_feed(feed))
    rows = engine.fetch(f"SELECT id, money, delivered_on FROM {feed.view} ORDER BY id")
    assert [(money, day) for _, money, day in rows] == [
        (None if value is None else Decimal(value), date(2026, 3, 31)) for value in expected.values()
    ]
