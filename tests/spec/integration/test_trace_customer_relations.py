"""Relations: in which unbroken periods someone was a holder, a depositor or a borrower."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.trace_customer_relations import TRACE_CUSTOMER_RELATIONS

REPORTING_DATE = "2026-06-30"


def test_accounts_that_overlap_or_touch_are_one_period(engine: Engine) -> None:
    """A customer is a holder from the first account opened to the last closed, as long as one is open."""
    load_tables(
        engine,
        account="""
            account_number | customer_number | opened_on  | closed_on
            ---------------+-----------------+------------+-----------
            A1             | C1              | 2026-01-01 | 2026-02-10
            A2             | C1              | 2026-02-01 | 2026-03-01
            A3             | C1              | 2026-03-01 |
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-01-01 |             | yes
        """,
    )


def test_an_account_inside_another_ones_life_changes_nothing(engine: Engine) -> None:
    """A short account closed while a long one is open does not end the period."""
    load_tables(
        engine,
        account="""
            account_number | customer_number | opened_on  | closed_on
            ---------------+-----------------+------------+-----------
            LONG           | C1              | 2026-01-01 | 2026-05-01
            SHORT          | C1              | 2026-02-01 | 2026-02-10
            LATER          | C1              | 2026-03-01 | 2026-04-01
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-01-01 | 2026-05-01  | yes
        """,
    )


def test_a_gap_makes_a_second_period_which_is_not_the_first(engine: Engine) -> None:
    """Whoever comes back after a day without any open account begins a new period, but is no new customer."""
    load_tables(
        engine,
        account="""
            account_number | customer_number | opened_on  | closed_on
            ---------------+-----------------+------------+-----------
            A1             | C1              | 2026-01-01 | 2026-02-10
            A2             | C1              | 2026-02-11 |
            A3             | C2              | 2026-01-01 | 2026-02-10
            A4             | C2              | 2026-02-10 |
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-01-01 | 2026-02-10  | yes
        C1              | holder   | 2026-02-11 |             | no
        C2              | holder   | 2026-01-01 |             | yes
        """,
    )


def test_an_account_makes_a_holder_from_the_day_it_opens(engine: Engine) -> None:
    """Opened on the reporting date counts, opened later does not yet."""
    load_tables(
        engine,
        account="""
            account_number | customer_number | opened_on
            ---------------+-----------------+-----------
            A1             | C1              | 2026-06-30
            A2             | C2              | 2026-07-01
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-06-30 |             | yes
        """,
    )


def test_an_account_opened_and_closed_on_one_day_makes_no_holder(engine: Engine) -> None:
    """At the end of no day was it open."""
    load_tables(
        engine,
        account="""
            account_number | customer_number | opened_on  | closed_on
            ---------------+-----------------+------------+-----------
            A1             | C1              | 2026-03-01 | 2026-03-01
            A2             | C2              | 2026-03-01 | 2026-03-02
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C2              | holder   | 2026-03-01 | 2026-03-02  | yes
        """,
    )


def test_depositors_and_borrowers_have_a_balance_above_zero(engine: Engine) -> None:
    """An open account without money makes a holder only; a loan balance makes a borrower, a deposit balance a depositor."""
    load_tables(
        engine,
        account="""
            account_number | account_kind | customer_number | opened_on
            ---------------+--------------+-----------------+-----------
            D1             | deposit      | C1              | 2026-01-01
            L1             | loan         | C1              | 2026-01-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            D1             | 2026-01-01 | 2026-02-01  | 5.00
            D1             | 2026-02-01 | 2026-03-01  | 8.00
            D1             | 2026-03-01 | 2026-04-01  | 0.00
            D1             | 2026-04-01 |             | -2.00
            L1             | 2026-02-15 |             | 900.00
        """,
    )
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation  | valid_from | valid_until | is_first
        ----------------+-----------+------------+-------------+---------
        C1              | holder    | 2026-01-01 |             | yes
        C1              | depositor | 2026-01-01 | 2026-03-01  | yes
        C1              | borrower  | 2026-02-15 |             | yes
        """,
    )


def test_many_accounts_of_the_same_days_are_one_period(engine: Engine) -> None:
    """Accounts opened together, some closed together, make one period however the engine orders equal rows."""
    same = "\n".join(f"            A{number} | C1 | 2026-01-01 | {'2026-02-10' if number % 2 else ''}" for number in range(60))
    load_tables(engine, account=f"account_number | customer_number | opened_on | closed_on\n---+---+---+---\n{same}")
    run(engine, TRACE_CUSTOMER_RELATIONS, reporting_date=REPORTING_DATE)
    expect(
        engine,
        "customer_relation",
        """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-01-01 |             | yes
        """,
    )
