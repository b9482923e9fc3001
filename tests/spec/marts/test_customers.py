"""Customer month and customer day: what each customer held and did, and how many customers there are."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_day import CUSTOMER_DAY_MART
from maisui.marts.customer_month import CUSTOMER_MONTH_MART


def test_a_customer_month_adds_up_his_accounts(engine: Engine) -> None:
    """Deposits and loans of all outlets are added up; the line stands at the home outlet."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        customer="""
            customer_number | customer_kind | home_organisation_code
            ----------------+---------------+-----------------------
            C1              | personal      | B90
        """,
        account_month="""
            account_number | customer_number | account_kind | organisation_code | month_start | closing_balance | average_daily_balance
            ---------------+-----------------+--------------+-------------------+-------------+-----------------+----------------------
            A1             | C1              | deposit      | B10               | 2026-06-01  | 100.00          | 90.10
            A2             | C1              | deposit      | B20               | 2026-06-01  | 50.00           | 10.05
            L1             | C1              | loan         | B10               | 2026-06-01  | 900.00          | 950.00
            A3             | C2              | deposit      | B20               | 2026-06-01  | 7.00            | 7.00
        """,
    )
    run(engine, CUSTOMER_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_month",
        """
        customer_number | customer_kind | home_organisation_code | deposit_balance | deposit_average_daily_balance | loan_balance | loan_average_daily_balance
        ----------------+---------------+------------------------+-----------------+-------------------------------+--------------+---------------------------
        C1              | personal      | B90                    | 150.00          | 100.15                        | 900.00       | 950.00
        C2              | unknown       | none                   | 7.00            | 7.00                          | 0.00         | 0.00
        """,
    )


def test_a_customers_transactions_are_those_he_made_himself(engine: Engine) -> None:
    """Interest and batches of the bank and loan postings do not count; a reversal takes one away; another month is another line."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        account_month="""
            account_number | customer_number | month_start
            ---------------+-----------------+------------
            A1             | C1              | 2026-05-01
            A1             | C1              | 2026-06-01
        """,
        account_transaction="""
            transaction_number | account_number | account_kind | customer_number | posted_on  | balance_change | is_bank_initiated | is_reversal
            -------------------+----------------+--------------+-----------------+------------+----------------+-------------------+------------
            T1                 | A1             | deposit      | C1              | 2026-05-31 | 10.00          | no                | no
            T2                 | A1             | deposit      | C1              | 2026-06-01 | 10.00          | no                | no
            T3                 | A1             | deposit      | C1              | 2026-06-02 | 10.00          | no                | no
            T4                 | A1             | deposit      | C1              | 2026-06-03 | -10.00         | no                | yes
            T5                 | A1             | deposit      | C1              | 2026-06-20 | 0.31           | yes               | no
            T6                 | L1             | loan         | C1              | 2026-06-20 | -5.00          | no                | no
        """,
        reversal="""
            transaction_number | account_number | counts_as | is_event
            -------------------+----------------+-----------+---------
            T4                 | A1             | -1        | yes
        """,
    )
    run(engine, CUSTOMER_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_month",
        """
        customer_number | month_start | transaction_count
        ----------------+-------------+------------------
        C1              | 2026-05-01  | 1
        C1              | 2026-06-01  | 1
        """,
    )


def test_a_customer_counts_once_at_home(engine: Engine) -> None:
    """Whoever holds accounts at several outlets, deposits and borrows is one customer, one depositor, one borrower, at home."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-02"),
        customer="""
            customer_number | customer_kind | home_organisation_code
            ----------------+---------------+-----------------------
            C1              | personal      | B10
            C2              | corporate     | B10
        """,
        customer_relation="""
            customer_number | relation  | valid_from | is_first
            ----------------+-----------+------------+---------
            C1              | holder    | 2020-01-01 | yes
            C1              | depositor | 2020-01-01 | yes
            C1              | borrower  | 2026-06-02 | yes
            C2              | holder    | 2026-06-02 | yes
            C3              | holder    | 2020-01-01 | yes
        """,
    )
    run(engine, CUSTOMER_DAY_MART, reporting_date="2026-06-02")
    expect(
        engine,
        "customer_day",
        """
        organisation_code | customer_kind | business_date | customer_count | depositor_count | borrower_count | new_customer_count
        ------------------+---------------+---------------+----------------+-----------------+----------------+-------------------
        B10               | personal      | 2026-06-01    | 1              | 1               | 0              | 0
        B10               | personal      | 2026-06-02    | 1              | 1               | 1              | 0
        B10               | corporate     | 2026-06-02    | 1              | 0               | 0              | 1
        none              | unknown       | 2026-06-01    | 1              | 0               | 0              | 0
        none              | unknown       | 2026-06-02    | 1              | 0               | 0              | 0
        """,
    )


def test_new_customers_have_never_been_customers_before_and_lost_ones_closed_their_last_account(engine: Engine) -> None:
    """A returning customer counts again but is not new; a customer is lost on the day the last open account closes."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-04"),
        customer="""
            customer_number
            ---------------
            NEW
            LEFT
            BACK
        """,
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            NEW             | holder   | 2026-06-02 | 2026-06-04  | yes
            LEFT            | holder   | 2020-01-01 | 2026-06-01  | yes
            BACK            | holder   | 2020-01-01 | 2021-01-01  | yes
            BACK            | holder   | 2026-06-03 |             | no
        """,
    )
    run(engine, CUSTOMER_DAY_MART, reporting_date="2026-06-04")
    expect(
        engine,
        "customer_day",
        """
        business_date | customer_count | new_customer_count | lost_customer_count
        --------------+----------------+--------------------+--------------------
        2026-06-01    | 0              | 0                  | 1
        2026-06-02    | 1              | 1                  | 0
        2026-06-03    | 2              | 0                  | 0
        2026-06-04    | 1              | 0                  | 1
        """,
    )


def test_what_is_dated_after_the_reporting_date_has_not_happened(engine: Engine) -> None:
    """An account reported to close next week still makes a customer today."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-01"),
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            C1              | holder   | 2026-06-01 | 2026-06-08  | yes
        """,
    )
    run(engine, CUSTOMER_DAY_MART, reporting_date="2026-06-01")
    expect(
        engine,
        "customer_day",
        """
        business_date | customer_count | new_customer_count | lost_customer_count
        --------------+----------------+--------------------+--------------------
        2026-06-01    | 1              | 1                  | 0
        """,
    )
