"""A quarter settled with disputes, recomputed by hand: handed over in the middle of a month, shared, merged into another outlet, corrected later.

Four accounts of 90 days. A1 of 100,000 is M1's until 15 February, then by decision M2's. A2, shared 60 to 40 by M1 and M2, has 50,000 in
January and 80,000 afterwards. A3 of M3 has 20,000 and moves with its outlet B9 into B1 on 1 March. A4 of 7,000 is nobody's.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from drawn_tables import load_tables, need_table, run

from maisui.answers import Period, Question, ask
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES
from maisui.marts.manager_day import MANAGER_DAY_MART
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest
from maisui.web.schemes.assessment import assessed, ground_of
from maisui.web.schemes.terms import Indicator, Method, Subject, Terms, Tier

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
STEPS = (CHECK_MANAGER_ASSIGNMENTS, CHECK_ALLOCATION_DECISIONS, SETTLE_ASSIGNMENTS, ALLOCATE_RESULTS, SPLIT_BALANCES, MANAGER_DAY_MART)
AVERAGE, BALANCE = "managed_deposit_average_daily_balance", "managed_deposit_balance"
PEOPLE = Terms(
    "own-1", "日均计价", Subject.MANAGER, ("客户经理",), (),
    (Indicator(AVERAGE, Method.PRICE, tiers=(Tier(Decimal(0), Decimal(1)),)),), Decimal(0),
)  # fmt: skip
OUTLETS = Terms(
    "own-2", "网点计价", Subject.BRANCH, (), (), (Indicator(BALANCE, Method.PRICE, tiers=(Tier(Decimal(0), Decimal("0.5")),)),), Decimal(0)
)


def settled(folder: Path, february: str) -> Iterator[Reader]:
    """Yield a version in which A2 has `february` yuan from 1 February on."""
    engine = DuckDBEngine(folder)
    load_tables(
        engine,
        calendar_day=(str(FIRST), str(LAST)),
        organisation="""
            organisation_code | parent_code | is_open | first_reported_on | last_reported_on
            ------------------+-------------+---------+-------------------+-----------------
            B0                |             | yes     | 2025-12-31        | 2026-03-31
            B1                | B0          | yes     | 2025-12-31        | 2026-03-31
            B9                | B0          | no      | 2025-12-31        | 2026-03-31
        """,
        account="""
            account_number | customer_number | organisation_code | opened_on
            ---------------+-----------------+-------------------+-----------
            A1             | C1              | B1                | 2025-06-01
            A2             | C2              | B1                | 2025-06-01
            A3             | C3              | B1                | 2025-06-01
            A4             | C4              | B1                | 2025-06-01
        """,
        account_organisation_period="""
            account_number | valid_from | valid_until | organisation_code
            ---------------+------------+-------------+------------------
            A3             | 2025-06-01 | 2026-03-01  | B9
            A3             | 2026-03-01 |             | B1
        """,
        customer="customer_number\n---------------\nC1\nC2\nC3\nC4",
        account_balance=f"""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+----------
            A1             | 2026-01-01 |             | 100000.00
            A2             | 2026-01-01 | 2026-02-01  | 50000.00
            A2             | 2026-02-01 |             | {february}
            A3             | 2026-01-01 | 2026-03-01  | 20000.00
            A3             | 2026-03-01 |             | 20000.00
            A4             | 2026-01-01 |             | 7000.00
        """,
        employee_snapshot="""
            employee_number | organisation_code | post_name | reported_on
            ----------------+-------------------+-----------+------------
            M1              | B1                | 客户经理  | 2025-12-31
            M2              | B1                | 客户经理  | 2025-12-31
            M3              | B9                | 客户经理  | 2025-12-31
        """,
        manager_assignment_snapshot="""
            reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until
            ------------+-------------+---------------+-----------------+---------------+--------------+------------+------------
            2026-01-31  | account     | A1            | M1              | all           | 1            | 2025-06-01 |
            2026-01-31  | account     | A2            | M1              | all           | 0.6          | 2025-06-01 |
            2026-01-31  | account     | A2            | M2              | all           | 0.4          | 2025-06-01 |
            2026-01-31  | account     | A3            | M3              | all           | 1            | 2025-06-01 |
        """,
        allocation_decision_line="""
            decision_number | line_number | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until
            ----------------+-------------+-------------+---------------+-----------------+---------------+--------------+------------+------------
            1               | 1           | account     | A1            | M2              | all           | 1            | 2026-02-16 |
        """,
    )
    for step in STEPS:
        run(engine, step, reporting_date=str(LAST))
    for name in BY_NAME:
        need_table(engine, name)
    yield Reader(Manifest("v", "MINI01", LAST, FIRST, "", "", (), "", (), None, "", ()), engine.as_duckdb())
    engine.close()


def pay_of(reader: Reader) -> dict[str, Decimal]:
    return {one.holder.number: one.statement.pay for one in assessed(ground_of(reader, LAST, Period.QUARTER), (PEOPLE, OUTLETS))}


@pytest.fixture
def delivered(tmp_path: Path) -> Iterator[Reader]:
    yield from settled(tmp_path, "80000.00")


@pytest.fixture
def corrected(tmp_path: Path) -> Iterator[Reader]:
    yield from settled(tmp_path, "90000.00")


def test_the_quarter_comes_out_by_hand_and_nothing_is_lost(delivered: Reader) -> None:
    """M1: (100,000 × 46 + 60 % of 6,270,000) ÷ 90 = 92,911.11; M2: (100,000 × 44 + 40 %) ÷ 90 = 76,755.56; M3 20,000; nobody 7,000."""
    january, after = 31, 59
    of_a2 = 50_000 * january + 80_000 * after
    averages = {
        "M1": Decimal(100_000 * (31 + 15)) + Decimal(of_a2) * 60 / 100,
        "M2": Decimal(100_000 * (13 + 31)) + Decimal(of_a2) * 40 / 100,
        "M3": Decimal(20_000 * 90),
    }
    asked = {
        row.dimensions["manager"]: row.value for row in ask(delivered, Question(AVERAGE, ("manager",), None, LAST, Period.QUARTER)).rows
    }
    assert asked == {number: (days / 90).quantize(Decimal("0.01")) for number, days in averages.items()}
    assert asked == {"M1": Decimal("92911.11"), "M2": Decimal("76755.56"), "M3": Decimal("20000.00")}
    held = delivered.rows("SELECT sum(balance) FROM manager_day WHERE business_date = ?", [LAST])[0][0]
    assert held == Decimal("207000.00"), "three people and nobody hold all balances of the day"
    assert pay_of(delivered) == {
        "M1": Decimal("9.29"),
        "M2": Decimal("7.68"),
        "M3": Decimal("2.00"),
        "B1": Decimal("10.00"),  # 100,000 + 80,000 + 20,000 that came with B9, at half a yuan for ten thousand
        "B9": Decimal("0.00"),
    }


def test_a_corrected_file_after_the_settlement_makes_a_named_difference(corrected: Reader) -> None:
    """A2 had 90,000 from February: M1 96,844.44 and M2 79,377.78; beside the settled 9.29 and 7.68 they are 39 and 26 cents more."""
    settled_pay = {"M1": Decimal("9.29"), "M2": Decimal("7.68"), "M3": Decimal("2.00"), "B1": Decimal("10.00")}
    again = pay_of(corrected)
    assert {number: again[number] - pay for number, pay in settled_pay.items() if again[number] != pay} == {
        "M1": Decimal("0.39"),
        "M2": Decimal("0.26"),
        "B1": Decimal("0.50"),
    }
