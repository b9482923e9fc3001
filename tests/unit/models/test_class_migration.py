"""Class migration by hand: what loans became, with counts and intervals, and what balances that lets expect."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from drawn_bank import ends

from maisui.answers.class_migration import ClassMigration, class_migration

MONTHS = ends(7)


class DrawnLoans:
    """Seven month ends, and loans drawn as (number, outlet, [(month, balance, class, status)], month after the last or None)."""

    def __init__(self, *loans: tuple[str, str, list[tuple[int, int, str, str]], int | None]) -> None:
        self.connection = duckdb.connect()
        self.connection.execute("CREATE TABLE customer_fact_month (business_date DATE)")
        self.connection.executemany("INSERT INTO customer_fact_month VALUES (?)", [[day] for day in MONTHS])
        self.connection.execute("CREATE TABLE loan (loan_number VARCHAR, product_code VARCHAR, currency VARCHAR)")
        self.connection.execute(
            "CREATE TABLE loan_state (loan_number VARCHAR, organisation_code VARCHAR, valid_from DATE, valid_until DATE, "
            "balance DECIMAL(18,2), loan_class VARCHAR, loan_status VARCHAR)"
        )
        self.connection.execute(
            "CREATE TABLE organisation_closure AS SELECT * FROM (VALUES ('A', 'A'), ('H', 'A'), ('H', 'B')) AS t(ancestor_code, organisation_code)"
        )
        for number, outlet, states, last in loans:
            self.connection.execute("INSERT INTO loan VALUES (?, '农户贷款', 'CNY')", [number])
            untils: list[date | None] = [*(MONTHS[month] for month, *_ in states[1:]), None if last is None else MONTHS[last]]
            for (month, *state), until in zip(states, untils, strict=True):
                self.connection.execute(
                    "INSERT INTO loan_state VALUES (?, ?, ?, ?, ?, ?, ?)", [number, outlet, MONTHS[month], until, *state]
                )

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()


def asked(bank: DrawnLoans, organisations: tuple[str, ...] | None, months: int) -> ClassMigration:
    found = class_migration(bank, organisations, months)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_counts_intervals_and_expected_balances_by_hand() -> None:
    bank = DrawnLoans(
        ("1", "A", [(0, 100, "pass", "current"), (3, 80, "pass", "current"), (6, 60, "pass", "current")], None),
        ("2", "A", [(0, 100, "pass", "current"), (2, 100, "special_mention", "overdue"), (6, 90, "substandard", "overdue")], None),
        ("3", "B", [(0, 200, "pass", "current"), (1, 0, "pass", "settled")], None),
        ("4", "B", [(0, 50, "loss", "overdue"), (3, 0, "loss", "written_off")], 4),
        ("5", "B", [(4, 500, "pass", "current"), (6, 900, "pass", "current")], None),
    )
    found = asked(bank, None, 3)
    assert found.cohorts == (MONTHS[3], MONTHS[0])
    told = {row.opening: {cell.closing: cell.count for cell in row.cells} for row in found.rows}
    assert told == {
        "pass": {"pass": 2, "special_mention": 1, "settled": 1},
        "special_mention": {"substandard": 1},
        "substandard": {},
        "loss": {"written_off": 1},
    }
    row = found.rows[0]
    assert (row.count, row.cells[0].share, row.balance) == (4, Decimal("0.5"), Decimal("960.00"))
    assert (round(row.cells[0].low, 4), round(row.cells[0].high, 4)) == (Decimal("0.1500"), Decimal("0.8500"))
    assert found.expected is None  # today's substandard loan is of a class that no cohort had


def test_what_balances_become_adds_up() -> None:
    bank = DrawnLoans(
        ("1", "A", [(0, 100, "pass", "current"), (3, 80, "pass", "current")], None),
        ("2", "A", [(0, 100, "pass", "current"), (3, 70, "special_mention", "current"), (6, 0, "special_mention", "settled")], None),
        ("3", "B", [(6, 1000, "pass", "current")], None),
    )
    found = asked(bank, None, 3)
    # pass: 100 + 100 + 80 = 280 became 80 + 80 = 160 pass and 70 special mention; today 80 + 1000 are pass
    assert {row.opening: row.expected for row in found.rows} == {"pass": Decimal("617.14"), "special_mention": Decimal("270.00")}
    assert (found.balance, found.expected, found.leaves) == (Decimal("1080.00"), Decimal("887.14"), Decimal("192.86"))
    below = asked(bank, ("A",), 3)
    assert below.balance == Decimal("80.00")
    assert asked(bank, ("H",), 3).balance == found.balance


@pytest.mark.parametrize(("months", "cohorts"), [(3, 2), (6, 1), (12, 0)])
def test_cohorts_do_not_overlap(months: int, cohorts: int) -> None:
    found = asked(DrawnLoans(("1", "A", [(0, 100, "pass", "current")], None)), None, months)
    assert len(found.cohorts) == cohorts
    assert (found.expected is None) == (cohorts == 0)
