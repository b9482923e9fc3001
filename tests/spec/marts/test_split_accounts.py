"""Accounts split over people of several outlets, and an outlet merged in the middle of a month: people and nobody hold the branch to the cent."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES
from maisui.marts.manager_day import MANAGER_DAY_MART

STEPS = (CHECK_MANAGER_ASSIGNMENTS, CHECK_ALLOCATION_DECISIONS, SETTLE_ASSIGNMENTS, ALLOCATE_RESULTS, SPLIT_BALANCES, MANAGER_DAY_MART)


def test_people_of_three_outlets_and_nobody_hold_the_branch_before_and_after_a_merger(engine: Engine) -> None:
    """B9 is merged into B1 on 16 February with A1, A3 and A4; A2 has always been in B1.

    A1, 100.01 by thirds (0.333333 each, 0.000001 nobody's): 33.33 each and two cents left, by remainder to M1 and M2: 33.34, 33.34, 33.33.
    A2, 0.05 by half M1's: 2 cents and 2 cents, the one left to M1: 0.03 and 0.02 of nobody. A3, overdrawn by one cent, 0.7 M3's: his whole.
    A4 is nobody's: 50.00, from 17 February 50.03.
    B9 before: 33.34 + 33.34 + (33.33 − 0.01) + 50.00 = 150.00, the sum of its accounts; B1 0.03 + 0.02 = 0.05.
    B1 after: 33.37 + 33.34 + 33.32 + 50.02 = 150.05, on the seventeenth 150.08; nothing is left in B9.
    """
    load_tables(
        engine,
        calendar_day=("2026-02-15", "2026-02-17"),
        organisation="""
            organisation_code | parent_code | is_open | first_reported_on | last_reported_on
            ------------------+-------------+---------+-------------------+-----------------
            B0                |             | yes     | 2025-12-31        | 2026-02-17
            B1                | B0          | yes     | 2025-12-31        | 2026-02-17
            B2                | B0          | yes     | 2025-12-31        | 2026-02-17
            B9                | B0          | no      | 2025-12-31        | 2026-02-17
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
            A1             | 2025-06-01 | 2026-02-16  | B9
            A1             | 2026-02-16 |             | B1
            A3             | 2025-06-01 | 2026-02-16  | B9
            A3             | 2026-02-16 |             | B1
            A4             | 2025-06-01 | 2026-02-16  | B9
            A4             | 2026-02-16 |             | B1
        """,
        customer="customer_number\n---------------\nC1\nC2\nC3\nC4",
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-01-01 |             | 100.01
            A2             | 2026-01-01 |             | 0.05
            A3             | 2026-01-01 |             | -0.01
            A4             | 2026-01-01 | 2026-02-17  | 50.00
            A4             | 2026-02-17 |             | 50.03
        """,
        employee_snapshot="""
            employee_number | organisation_code | post_name | reported_on
            ----------------+-------------------+-----------+------------
            M1              | B1                | 客户经理  | 2025-12-31
            M2              | B2                | 客户经理  | 2025-12-31
            M3              | B9                | 客户经理  | 2025-12-31
        """,
        manager_assignment_snapshot="""
            reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from
            ------------+-------------+---------------+-----------------+---------------+--------------+-----------
            2026-01-31  | account     | A1            | M1              | all           | 0.333333     | 2025-06-01
            2026-01-31  | account     | A1            | M2              | all           | 0.333333     | 2025-06-01
            2026-01-31  | account     | A1            | M3              | all           | 0.333333     | 2025-06-01
            2026-01-31  | account     | A2            | M1              | all           | 0.5          | 2025-06-01
            2026-01-31  | account     | A3            | M2              | all           | 0.3          | 2025-06-01
            2026-01-31  | account     | A3            | M3              | all           | 0.7          | 2025-06-01
        """,
    )
    for step in STEPS:
        run(engine, step, reporting_date="2026-02-17")
    expect(
        engine,
        "manager_day",
        """
        organisation_code | employee_number | business_date | balance
        ------------------+-----------------+---------------+--------
        B9                | M1              | 2026-02-15    | 33.34
        B9                | M2              | 2026-02-15    | 33.34
        B9                | M3              | 2026-02-15    | 33.32
        B9                | unassigned      | 2026-02-15    | 50.00
        B1                | M1              | 2026-02-15    | 0.03
        B1                | unassigned      | 2026-02-15    | 0.02
        B9                | M1              | 2026-02-16    | 0.00
        B9                | M2              | 2026-02-16    | 0.00
        B9                | M3              | 2026-02-16    | 0.00
        B9                | unassigned      | 2026-02-16    | 0.00
        B1                | M1              | 2026-02-16    | 33.37
        B1                | M2              | 2026-02-16    | 33.34
        B1                | M3              | 2026-02-16    | 33.32
        B1                | unassigned      | 2026-02-16    | 50.02
        B9                | M1              | 2026-02-17    | 0.00
        B9                | M2              | 2026-02-17    | 0.00
        B9                | M3              | 2026-02-17    | 0.00
        B9                | unassigned      | 2026-02-17    | 0.00
        B1                | M1              | 2026-02-17    | 33.37
        B1                | M2              | 2026-02-17    | 33.34
        B1                | M3              | 2026-02-17    | 33.32
        B1                | unassigned      | 2026-02-17    | 50.05
        """,
    )
