"""Accounts and customers that change their outlet: each day counts where it was kept on that day, and sums stay."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_day import CUSTOMER_DAY_MART
from maisui.marts.product_day import PRODUCT_DAY_MART


def test_an_account_counts_where_it_was_kept_on_that_day(engine: Engine) -> None:
    """A1 is taken over on the 28th with its balance, pays in on the 29th and closes on the 30th; A2 pays in on the day it moves."""
    load_tables(
        engine,
        calendar_day=("2026-06-26", "2026-06-30"),
        account="""
            account_number | organisation_code | opened_on  | closed_on
            ---------------+-------------------+------------+-----------
            A1             | B20               | 2026-06-01 | 2026-06-30
            A2             | B20               | 2026-06-27 |
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-25 | 2026-06-29  | 100.00
            A1             | 2026-06-29 | 2026-06-30  | 150.00
            A1             | 2026-06-30 |             | 0.00
            A2             | 2026-06-27 | 2026-06-28  | 10.00
            A2             | 2026-06-28 |             | 15.00
        """,
        account_organisation_period="""
            account_number | valid_from | valid_until | organisation_code | previous_organisation_code
            ---------------+------------+-------------+-------------------+---------------------------
            A1             | 1900-01-01 | 2026-06-28  | B10               |
            A1             | 2026-06-28 |             | B20               | B10
            A2             | 1900-01-01 | 2026-06-28  | B10               |
            A2             | 2026-06-28 |             | B20               | B10
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "product_day",
        """
        organisation_code | business_date | balance | account_count
        ------------------+---------------+---------+--------------
        B10               | 2026-06-26    | 100.00  | 1
        B10               | 2026-06-27    | 110.00  | 2
        B10               | 2026-06-28    | 0.00    | 0
        B10               | 2026-06-29    | 0.00    | 0
        B10               | 2026-06-30    | 0.00    | 0
        B20               | 2026-06-28    | 115.00  | 2
        B20               | 2026-06-29    | 165.00  | 2
        B20               | 2026-06-30    | 15.00   | 1
        """,
    )


def test_the_twin_in_a_foreign_currency_neither_moves_nor_is_taken_over_with_the_account(engine: Engine) -> None:
    """A1 moves with its 100.00 yuan; the 7.00 dollars under the same number stay at B30."""
    load_tables(
        engine,
        calendar_day=("2026-06-27", "2026-06-29"),
        account="""
            account_number | currency | organisation_code | opened_on
            ---------------+----------+-------------------+-----------
            A1             | CNY      | B20               | 2026-06-01
            A1             | USD      | B30               | 2026-06-01
        """,
        account_balance="""
            account_number | currency | valid_from | valid_until | balance
            ---------------+----------+------------+-------------+--------
            A1             | CNY      | 2026-06-25 |             | 100.00
            A1             | USD      | 2026-06-25 |             | 7.00
        """,
        account_organisation_period="""
            account_number | currency | valid_from | valid_until | organisation_code | previous_organisation_code
            ---------------+----------+------------+-------------+-------------------+---------------------------
            A1             | CNY      | 1900-01-01 | 2026-06-28  | B10               |
            A1             | CNY      | 2026-06-28 |             | B20               | B10
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-29")
    expect(
        engine,
        "product_day",
        """
        organisation_code | currency | business_date | balance | account_count
        ------------------+----------+---------------+---------+--------------
        B10               | CNY      | 2026-06-27    | 100.00  | 1
        B10               | CNY      | 2026-06-28    | 0.00    | 0
        B10               | CNY      | 2026-06-29    | 0.00    | 0
        B20               | CNY      | 2026-06-28    | 100.00  | 1
        B20               | CNY      | 2026-06-29    | 100.00  | 1
        B30               | USD      | 2026-06-27    | 7.00    | 1
        B30               | USD      | 2026-06-28    | 7.00    | 1
        B30               | USD      | 2026-06-29    | 7.00    | 1
        """,
    )


def test_an_account_closed_before_its_outlet_stays_there(engine: Engine) -> None:
    """An account that closed on the very day of the move is closed at the new outlet; nobody counts it twice."""
    load_tables(
        engine,
        calendar_day=("2026-06-27", "2026-06-29"),
        account="""
            account_number | organisation_code | opened_on  | closed_on
            ---------------+-------------------+------------+-----------
            A1             | B20               | 2026-06-01 | 2026-06-28
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-25 | 2026-06-28  | 100.00
        """,
        account_organisation_period="""
            account_number | valid_from | valid_until | organisation_code | previous_organisation_code
            ---------------+------------+-------------+-------------------+---------------------------
            A1             | 1900-01-01 | 2026-06-28  | B10               |
            A1             | 2026-06-28 |             | B20               | B10
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-29")
    expect(
        engine,
        "product_day",
        """
        organisation_code | business_date | balance | account_count
        ------------------+---------------+---------+--------------
        B10               | 2026-06-27    | 100.00  | 1
        B10               | 2026-06-28    | 0.00    | 0
        B10               | 2026-06-29    | 0.00    | 0
        B20               | 2026-06-28    | 0.00    | 0
        B20               | 2026-06-29    | 0.00    | 0
        """,
    )


def test_a_customer_counts_at_the_home_of_that_day(engine: Engine) -> None:
    """C1's home changes on the 28th; he is neither new nor lost by that, and is lost at his new home on the 29th."""
    load_tables(
        engine,
        calendar_day=("2026-06-27", "2026-06-29"),
        customer="""
            customer_number | home_organisation_code
            ----------------+-----------------------
            C1              | B20
        """,
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            C1              | holder   | 2026-06-27 | 2026-06-29  | yes
        """,
        customer_home_period="""
            customer_number | valid_from | valid_until | organisation_code | previous_organisation_code
            ----------------+------------+-------------+-------------------+---------------------------
            C1              | 1900-01-01 | 2026-06-28  | B10               |
            C1              | 2026-06-28 |             | B20               | B10
        """,
    )
    run(engine, CUSTOMER_DAY_MART, reporting_date="2026-06-29")
    expect(
        engine,
        "customer_day",
        """
        organisation_code | business_date | customer_count | new_customer_count | lost_customer_count
        ------------------+---------------+----------------+--------------------+--------------------
        B10               | 2026-06-27    | 1              | 1                  | 0
        B10               | 2026-06-28    | 0              | 0                  | 0
        B10               | 2026-06-29    | 0              | 0                  | 0
        B20               | 2026-06-28    | 1              | 0                  | 0
        B20               | 2026-06-29    | 0              | 0                  | 1
        """,
    )
