"""Results by manager: which assignments hold, whose an account is on each day, and the last cent of its balance."""

from decimal import Decimal

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES

JUNE = ("2026-06-01", "2026-06-30")
ACCOUNTS = """
    account_number | account_kind | customer_number | organisation_code | opened_on
    ---------------+--------------+-----------------+-------------------+-----------
    A1             | deposit      | C1              | B10               | 2020-01-01
    A2             | deposit      | C1              | B10               | 2026-06-10
    L1             | loan         | C1              | B20               | 2026-01-01
"""
CUSTOMERS = """
    customer_number
    ---------------
    C1
"""
EMPLOYEES = """
    employee_number | reported_on
    ----------------+------------
    M1              | 2026-05-31
    M2              | 2026-05-31
    M3              | 2026-05-31
"""


def test_each_line_is_in_force_or_refused_with_its_reason(engine: Engine) -> None:
    """What is wrong by itself is refused first; then the same person twice; then what would pass 100 % together with those before it."""
    load_tables(
        engine,
        account=ACCOUNTS,
        customer=CUSTOMERS,
        employee_snapshot=EMPLOYEES,
        manager_assignment_snapshot="""
            reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until
            ------------+-------------+---------------+-----------------+---------------+--------------+------------+------------
            2026-05-31  | customer    | C1            | M3              | all           | 1            | 2020-01-01 |
            2026-06-30  | customer    | C1            | M1              | all           | 0.6          | 2026-01-01 | 2026-06-15
            2026-06-30  | customer    | C1            | M2              | deposit       | 0.4          | 2026-02-01 |
            2026-06-30  | customer    | C1            | M3              | loan          | 0.400001     | 2026-02-01 |
            2026-06-30  | customer    | C1            | M3              | deposit       | 0.6          | 2026-06-15 |
            2026-06-30  | customer    | C1            | M2              | all           | 0.1          | 2026-07-01 |
            2026-06-30  | account     | A1            | M1              | deposit       | 0.000000     | 2026-01-01 |
            2026-06-30  | account     | A1            | M2              | deposit       | 1.000001     | 2026-01-01 |
            2026-06-30  | account     | A1            | M3              | deposit       | 1            | 2026-06-02 | 2026-06-02
            2026-06-30  | account     | A9            | M3              | deposit       | 1            | 2026-01-01 |
            2026-06-30  | customer    | C9            | M3              | deposit       | 1            | 2026-01-01 |
            2026-06-30  | customer    | C1            | M9              | deposit       | 1            | 2027-01-01 |
        """,
    )
    run(engine, CHECK_MANAGER_ASSIGNMENTS, reporting_date="2026-06-30")
    expect(
        engine,
        "manager_assignment",
        """
        object_number | employee_number | business_line | valid_from | is_accepted | refusal_code
        --------------+-----------------+---------------+------------+-------------+---------------------
        C1            | M1              | all           | 2026-01-01 | yes         |
        C1            | M2              | deposit       | 2026-02-01 | yes         |
        C1            | M3              | loan          | 2026-02-01 | no          | above_100_percent
        C1            | M3              | deposit       | 2026-06-15 | yes         |
        C1            | M2              | all           | 2026-07-01 | no          | overlaps_itself
        A1            | M1              | deposit       | 2026-01-01 | no          | share_out_of_bounds
        A1            | M2              | deposit       | 2026-01-01 | no          | share_out_of_bounds
        A1            | M3              | deposit       | 2026-06-02 | no          | dates_reversed
        A9            | M3              | deposit       | 2026-01-01 | no          | object_unknown
        C9            | M3              | deposit       | 2026-01-01 | no          | object_unknown
        C1            | M9              | deposit       | 2027-01-01 | no          | employee_unknown
        """,
    )


def test_a_village_is_known_by_its_roster(engine: Engine) -> None:
    """A whole village may be assigned once a roster names it."""
    load_tables(
        engine,
        manager_assignment_snapshot="""
            reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from
            ------------+-------------+---------------+-----------------+---------------+--------------+-----------
            2026-06-30  | village     | V1            | M1              | all           | 1            | 2026-01-01
            2026-06-30  | village     | V9            | M1              | all           | 1            | 2026-01-01
        """,
        village_roster_snapshot="""
            village_code | household_number | member_line | reported_on
            -------------+------------------+-------------+------------
            V1           | 1                | 1           | 2026-03-31
            V1           | 1                | 2           | 2026-03-31
        """,
    )
    run(engine, CHECK_MANAGER_ASSIGNMENTS, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT object_number, is_accepted, refusal_code FROM manager_assignment")) == [
        ("V1", True, None),
        ("V9", False, "object_unknown"),
    ]


def test_of_two_lines_that_begin_on_the_same_day_the_first_delivered_holds(engine: Engine) -> None:
    """60 and 60 per cent from the same day: the second line is refused, never scaled, and a third of 40 per cent fits beside the first only if it comes before."""
    load_tables(
        engine,
        customer=CUSTOMERS,
        manager_assignment_snapshot="""
            reported_on | source_line | object_kind | object_number | employee_number | business_line | result_share | valid_from
            ------------+-------------+-------------+---------------+-----------------+---------------+--------------+-----------
            2026-06-30  | 3           | customer    | C1            | M2              | all           | 0.6          | 2026-01-01
            2026-06-30  | 2           | customer    | C1            | M1              | all           | 0.6          | 2026-01-01
        """,
    )
    run(engine, CHECK_MANAGER_ASSIGNMENTS, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT employee_number, is_accepted, refusal_code FROM manager_assignment")) == [
        ("M1", True, None),
        ("M2", False, "above_100_percent"),
    ]


def test_the_account_rule_decides_before_the_customer_rule(engine: Engine) -> None:
    """From 11 to 20 June A1 has a line of its own for 30 %: the customer's manager gets nothing then, and 70 % belong to nobody."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account=ACCOUNTS,
        manager_assignment="""
            object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until | is_accepted
            ------------+---------------+-----------------+---------------+--------------+------------+-------------+------------
            customer    | C1            | M1              | deposit       | 1            | 2026-06-05 |             | yes
            account     | A1            | M2              | deposit       | 0.3          | 2026-06-11 | 2026-06-21  | yes
            account     | A1            | M3              | loan          | 1            | 2026-01-01 |             | yes
            customer    | C1            | M3              | loan          | 1            | 2026-01-01 |             | no
        """,
    )
    run(engine, SETTLE_ASSIGNMENTS, reporting_date="2026-06-30")
    run(engine, ALLOCATE_RESULTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_allocation",
        """
        account_number | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
        ---------------+-----------------+------------+-------------+--------------+-----------+------------------
        A1             | unassigned      | 2020-01-01 | 2026-06-05  | 1.000000     | none      | B10
        A1             | M1              | 2026-06-05 | 2026-06-11  | 1.000000     | customer  | B10
        A1             | M2              | 2026-06-11 | 2026-06-21  | 0.300000     | account   | B10
        A1             | unassigned      | 2026-06-11 | 2026-06-21  | 0.700000     | account   | B10
        A1             | M1              | 2026-06-21 |             | 1.000000     | customer  | B10
        A2             | unassigned      | 2026-06-01 | 2026-06-05  | 1.000000     | none      | B10
        A2             | M1              | 2026-06-05 |             | 1.000000     | customer  | B10
        L1             | unassigned      | 2026-01-01 |             | 1.000000     | none      | B20
        """,
    )


def test_the_village_rule_decides_last_and_while_the_customer_lives_there(engine: Engine) -> None:
    """C1 lives in V1 until 20 June: its manager has what neither account nor customer lines claim, from the day he was put in charge."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | account_kind | customer_number | organisation_code | opened_on
            ---------------+--------------+-----------------+-------------------+-----------
            A1             | deposit      | C1              | B10               | 2020-01-01
        """,
        household_member="""
            customer_number | village_code | valid_from | valid_until
            ----------------+--------------+------------+------------
            C1              | V1           | 2026-03-31 | 2026-06-21
            C1              | V2           | 2026-06-21 |
            C2              | V1           | 2026-03-31 |
        """,
        manager_assignment="""
            object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until | is_accepted
            ------------+---------------+-----------------+---------------+--------------+------------+-------------+------------
            village     | V1            | M1              | deposit       | 0.8          | 2026-06-05 |             | yes
            customer    | C1            | M2              | deposit       | 0.5          | 2026-06-10 | 2026-06-15  | yes
        """,
    )
    run(engine, SETTLE_ASSIGNMENTS, reporting_date="2026-06-30")
    run(engine, ALLOCATE_RESULTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_allocation",
        """
        account_number | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
        ---------------+-----------------+------------+-------------+--------------+-----------+------------------
        A1             | unassigned      | 2020-01-01 | 2026-06-05  | 1.000000     | none      | B10
        A1             | M1              | 2026-06-05 | 2026-06-10  | 0.800000     | village   | B10
        A1             | unassigned      | 2026-06-05 | 2026-06-10  | 0.200000     | village   | B10
        A1             | M2              | 2026-06-10 | 2026-06-15  | 0.500000     | customer  | B10
        A1             | unassigned      | 2026-06-10 | 2026-06-15  | 0.500000     | customer  | B10
        A1             | M1              | 2026-06-15 | 2026-06-21  | 0.800000     | village   | B10
        A1             | unassigned      | 2026-06-15 | 2026-06-21  | 0.200000     | village   | B10
        A1             | unassigned      | 2026-06-21 |             | 1.000000     | none      | B10
        """,
    )


def test_a_stretch_ends_where_the_account_moves(engine: Engine) -> None:
    """An account that changed its outlet belongs to the same manager, at the outlet of each day."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | customer_number | organisation_code | opened_on
            ---------------+-----------------+-------------------+-----------
            A1             | C1              | B20               | 2020-01-01
        """,
        account_organisation_period="""
            account_number | currency | valid_from | valid_until | organisation_code | previous_organisation_code
            ---------------+----------+------------+-------------+-------------------+---------------------------
            A1             | CNY      | 1900-01-01 | 2026-06-16  | B10               |
            A1             | CNY      | 2026-06-16 |             | B20               | B10
        """,
        manager_assignment="""
            object_kind | object_number | employee_number | business_line | result_share | valid_from | is_accepted
            ------------+---------------+-----------------+---------------+--------------+------------+------------
            customer    | C1            | M1              | all           | 1            | 2019-01-01 | yes
        """,
    )
    run(engine, SETTLE_ASSIGNMENTS, reporting_date="2026-06-30")
    run(engine, ALLOCATE_RESULTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_allocation",
        """
        employee_number | valid_from | valid_until | organisation_code
        ----------------+------------+-------------+------------------
        M1              | 2020-01-01 | 2026-06-16  | B10
        M1              | 2026-06-16 |             | B20
        """,
    )


def test_without_assignments_nothing_is_allocated(engine: Engine) -> None:
    """Where the feed does not exist the table is empty, so that figures by manager do not exist either."""
    load_tables(engine, calendar_day=JUNE, account=ACCOUNTS)
    run(engine, SETTLE_ASSIGNMENTS, reporting_date="2026-06-30")
    run(engine, ALLOCATE_RESULTS, reporting_date="2026-06-30")
    assert engine.fetch("SELECT count(*) FROM account_allocation") == [(0,)]


def test_the_last_cent_goes_to_the_largest_remainder(engine: Engine) -> None:
    """100.00 in thirds: 33.33 each; the cent left goes to the first of equal remainders. An overdraft is split alike."""
    load_tables(
        engine,
        account_allocation="""
            account_number | employee_number | valid_from | valid_until | result_share
            ---------------+-----------------+------------+-------------+-------------
            A1             | M1              | 2026-01-01 | 2026-06-15  | 0.333333
            A1             | M2              | 2026-01-01 | 2026-06-15  | 0.333333
            A1             | M3              | 2026-01-01 | 2026-06-15  | 0.333333
            A1             | unassigned      | 2026-01-01 | 2026-06-15  | 0.000001
            A1             | M2              | 2026-06-15 |             | 1
            A2             | M1              | 2026-01-01 |             | 0.5
            A2             | M2              | 2026-01-01 |             | 0.25
            A2             | unassigned      | 2026-01-01 |             | 0.25
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-01 | 2026-06-10  | 100.00
            A1             | 2026-06-10 |             | -0.01
            A2             | 2026-06-01 | 2026-06-20  | 0.03
            A2             | 2026-06-20 |             | 0.00
        """,
    )
    run(engine, SPLIT_BALANCES, reporting_date="2026-06-30")
    expect(
        engine,
        "allocated_balance",
        """
        account_number | employee_number | valid_from | valid_until | balance
        ---------------+-----------------+------------+-------------+--------
        A1             | M1              | 2026-06-01 | 2026-06-10  | 33.34
        A1             | M2              | 2026-06-01 | 2026-06-10  | 33.33
        A1             | M3              | 2026-06-01 | 2026-06-10  | 33.33
        A1             | unassigned      | 2026-06-01 | 2026-06-10  | 0.00
        A1             | M1              | 2026-06-10 | 2026-06-15  | -0.01
        A1             | M2              | 2026-06-10 | 2026-06-15  | 0.00
        A1             | M3              | 2026-06-10 | 2026-06-15  | 0.00
        A1             | unassigned      | 2026-06-10 | 2026-06-15  | 0.00
        A1             | M2              | 2026-06-15 |             | -0.01
        A2             | M1              | 2026-06-01 | 2026-06-20  | 0.01
        A2             | M2              | 2026-06-01 | 2026-06-20  | 0.01
        A2             | unassigned      | 2026-06-01 | 2026-06-20  | 0.01
        """,
    )


def test_persons_and_unassigned_always_add_up_to_the_balance(engine: Engine) -> None:
    """Whatever the shares and amounts, no cent is lost or made: a hundred balances in odd shares."""
    balances = "\n".join(f"A{n} | 2026-06-01 | {n * 7919 % 100003}.{n * 37 % 100:02d}" for n in range(1, 101))
    shares = "\n".join(
        f"A{n} | {who} | 2026-01-01 | {share}"
        for n in range(1, 101)
        for who, share in (
            ("M1", f"0.{n * 2477 % 400000:06d}"),
            ("M2", f"0.{n * 5701 % 300000:06d}"),
            ("unassigned", str(1 - Decimal(n * 2477 % 400000 + n * 5701 % 300000).scaleb(-6))),
        )
    )
    load_tables(
        engine,
        account_balance=f"account_number | valid_from | balance\n---\n{balances}",
        account_allocation=f"account_number | employee_number | valid_from | result_share\n---\n{shares}",
    )
    run(engine, SPLIT_BALANCES, reporting_date="2026-06-30")
    left = engine.fetch(
        "SELECT b.account_number FROM account_balance AS b LEFT JOIN ("
        "SELECT account_number, CAST(sum(balance) AS DECIMAL(38,2)) AS total FROM allocated_balance GROUP BY account_number"
        ") AS s ON s.account_number = b.account_number WHERE b.balance <> 0 AND (s.total IS NULL OR s.total <> b.balance)"
    )
    assert left == []
