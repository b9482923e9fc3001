"""Decisions about whose results are whose: which are in force, and what holds where they meet the delivered list and one another."""

from decimal import Decimal

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS

DAY = "2026-06-30"
ACCOUNTS = """
    account_number | account_kind | customer_number | organisation_code | opened_on
    ---------------+--------------+-----------------+-------------------+-----------
    A1             | deposit      | C1              | B10               | 2020-01-01
    L1             | loan         | C1              | B10               | 2026-01-01
"""
PEOPLE = """
    employee_number | reported_on
    ----------------+------------
    M1              | 2026-05-31
    M2              | 2026-05-31
    M3              | 2026-05-31
"""


def test_one_line_that_does_not_hold_refuses_the_whole_object(engine: Engine) -> None:
    """Decision 2 names somebody unknown for C1 and nothing of it counts; decision 3 passes 100 % for loans only and falls as well."""
    load_tables(
        engine,
        account=ACCOUNTS,
        customer="""
            customer_number
            ---------------
            C1
        """,
        employee_snapshot=PEOPLE,
        allocation_decision_line="""
            decision_number | line_number | object_kind | object_number | business_line | employee_number | result_share | valid_from | valid_until
            ----------------+-------------+-------------+---------------+---------------+-----------------+--------------+------------+------------
            1               | 1           | account     | A1            | deposit       | M1              | 0.6          | 2026-06-01 |
            1               | 2           | account     | A1            | deposit       | M2              | 0.4          | 2026-06-01 |
            2               | 1           | customer    | C1            | all           | M1              | 0.5          | 2026-06-01 |
            2               | 2           | customer    | C1            | all           | M9              | 0.5          | 2026-06-01 |
            3               | 1           | customer    | C1            | all           | M1              | 0.5          | 2026-06-01 |
            3               | 2           | customer    | C1            | loan          | M2              | 0.500001     | 2026-06-01 |
            4               | 1           | account     | A1            | deposit       |                 | 0            | 2026-06-20 |
            5               | 1           | account     | A1            | deposit       |                 | 0.1          | 2026-06-20 |
            6               | 1           | account     | A9            | deposit       | M1              | 1            | 2026-06-20 |
            7               | 1           | account     | A1            | deposit       | M1              | 1            | 2026-06-20 | 2026-06-20
            8               | 1           | account     | A1            | deposit       | M1              | 0.5          | 2026-06-20 |
            8               | 2           | account     | A1            | deposit       | M2              | 0.5          | 2026-06-21 |
            9               | 1           | account     | A1            | deposit       | M1              | 0.5          | 2026-06-20 |
            9               | 2           | account     | A1            | deposit       | M1              | 0.5          | 2026-06-20 |
        """,
    )
    run(engine, CHECK_ALLOCATION_DECISIONS, reporting_date=DAY)
    expect(
        engine,
        "allocation_decision",
        """
        decision_number | line_number | is_accepted | refusal_code
        ----------------+-------------+-------------+--------------------
        1               | 1           | yes         |
        1               | 2           | yes         |
        2               | 1           | no          | line_refused
        2               | 2           | no          | employee_unknown
        3               | 1           | no          | above_100_percent
        3               | 2           | no          | above_100_percent
        4               | 1           | yes         |
        5               | 1           | no          | share_out_of_bounds
        6               | 1           | no          | object_unknown
        7               | 1           | no          | dates_reversed
        8               | 1           | no          | dates_differ
        8               | 2           | no          | dates_differ
        9               | 1           | no          | overlaps_itself
        9               | 2           | no          | overlaps_itself
        """,
    )


DELIVERED = """
    object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until | is_accepted
    ------------+---------------+-----------------+---------------+--------------+------------+-------------+------------
    customer    | C1            | M1              | all           | 0.6          | 2026-01-01 |             | yes
    customer    | C1            | M2              | all           | 0.9          | 2026-01-01 |             | no
    customer    | C2            | M1              | loan          | 1            | 2026-01-01 | 2026-03-01  | yes
"""
DECIDED = """
    decision_number | line_number | object_kind | object_number | business_line | employee_number | result_share | valid_from | valid_until | is_accepted
    ----------------+-------------+-------------+---------------+---------------+-----------------+--------------+------------+-------------+------------
    1               | 1           | customer    | C1            | deposit       | M2              | 1            | 2026-06-11 |             | yes
    2               | 1           | customer    | C1            | deposit       | M3              | 0.5          | 2026-06-05 | 2026-06-16  | yes
    3               | 1           | customer    | C1            | deposit       | M1              | 1            | 2026-06-01 |             | no
    4               | 1           | account     | A1            | deposit       |                 | 0            | 2026-06-26 |             | yes
"""


def test_the_last_decision_that_covers_a_day_holds_and_after_it_what_held_before(engine: Engine) -> None:
    """Of deposits: the list, from the 5th decision 2, after its last day decision 1; loans stay with the list; a release leaves no line."""
    load_tables(engine, manager_assignment=DELIVERED, allocation_decision=DECIDED)
    run(engine, SETTLE_ASSIGNMENTS, reporting_date=DAY)
    expect(
        engine,
        "assignment_in_force",
        """
        object_number | account_kind | employee_number | valid_from | valid_until | result_share | decision_number
        --------------+--------------+-----------------+------------+-------------+--------------+----------------
        C1            | deposit      | M1              | 2026-01-01 | 2026-06-05  | 0.6          |
        C1            | deposit      | M3              | 2026-06-05 | 2026-06-11  | 0.5          | 2
        C1            | deposit      | M3              | 2026-06-11 | 2026-06-16  | 0.5          | 2
        C1            | deposit      | M2              | 2026-06-16 |             | 1            | 1
        C1            | loan         | M1              | 2026-01-01 |             | 0.6          |
        C2            | loan         | M1              | 2026-01-01 | 2026-03-01  | 1            |
        """,
    )


def test_a_decision_reaches_the_account_and_says_so(engine: Engine) -> None:
    """A1 has a decision of its own from the 20th: M2 40 % by decision 7, and what is left belongs to nobody, not to the customer's manager."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", DAY),
        account=ACCOUNTS,
        manager_assignment=DELIVERED,
        allocation_decision="""
            decision_number | line_number | object_kind | object_number | business_line | employee_number | result_share | valid_from | is_accepted
            ----------------+-------------+-------------+---------------+---------------+-----------------+--------------+------------+------------
            7               | 1           | account     | A1            | deposit       | M2              | 0.4          | 2026-06-20 | yes
        """,
    )
    run(engine, SETTLE_ASSIGNMENTS, reporting_date=DAY)
    run(engine, ALLOCATE_RESULTS, reporting_date=DAY)
    found = engine.fetch(
        "SELECT CAST(valid_from AS VARCHAR), employee_number, result_share, rule_code, decision_number FROM account_allocation "
        "WHERE account_number = 'A1' AND (valid_until IS NULL OR valid_until > DATE '2026-06-10')"
    )
    assert sorted(found) == [
        ("2026-01-01", "M1", Decimal("0.600000"), "customer", None),
        ("2026-01-01", "unassigned", Decimal("0.400000"), "customer", None),
        ("2026-06-20", "M2", Decimal("0.400000"), "account", 7),
        ("2026-06-20", "unassigned", Decimal("0.600000"), "account", None),
    ]


def test_decisions_alone_begin_the_allocation(engine: Engine) -> None:
    """Where no list is delivered at all, one decision is enough for the rest to be told as unassigned."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", DAY),
        account=ACCOUNTS,
        allocation_decision="""
            decision_number | line_number | object_kind | object_number | business_line | employee_number | result_share | valid_from | is_accepted
            ----------------+-------------+-------------+---------------+---------------+-----------------+--------------+------------+------------
            1               | 1           | account     | A1            | deposit       | M2              | 1            | 2020-01-01 | yes
        """,
    )
    run(engine, SETTLE_ASSIGNMENTS, reporting_date=DAY)
    run(engine, ALLOCATE_RESULTS, reporting_date=DAY)
    assert sorted(engine.fetch("SELECT account_number, employee_number FROM account_allocation")) == [("A1", "M2"), ("L1", "unassigned")]
