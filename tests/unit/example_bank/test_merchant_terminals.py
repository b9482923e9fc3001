"""Terminals, merchants and acquiring name each other by the same numbers."""

from __future__ import annotations

from unit.example_bank.supplement_rows import delivered

LAST_DAY = "20261031"


def test_terminals_stand_with_the_merchants_of_table_303(bank) -> None:
    reported = set(bank.rows(f"SELECT SHBH, ZDH FROM SDSHXXB WHERE delivered = '{LAST_DAY}'"))
    merchants = {merchant for merchant, _ in reported}
    terminals = [row for row in delivered(bank.out, "terminal") if row["delivered"] == LAST_DAY and row["merchant_number"]]
    trading = {row["merchant_number"] for row in delivered(bank.out, "pos_acquiring") if row["delivered"] == LAST_DAY}
    assert len(terminals) > 10
    assert {row["terminal_kind"] for row in terminals} == {"POS"}
    assert {(row["merchant_number"], row["terminal_number"]) for row in terminals} <= reported
    assert len({terminal for _, terminal in reported}) == len(reported)
    assert trading
    assert trading <= merchants
