"""Organisation, product and day: day-end balances and open accounts."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.product_day import PRODUCT_DAY_MART


def test_one_account_from_its_first_day_to_its_last(engine: Engine) -> None:
    """An account counts from the day it opens until the day before it closes; its group keeps a line of zeros afterwards."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-06"),
        account="""
            account_number | opened_on  | closed_on
            ---------------+------------+-----------
            A1             | 2026-06-02 | 2026-06-05
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-02 | 2026-06-04  | 100.00
            A1             | 2026-06-04 | 2026-06-05  | 30.00
            A1             | 2026-06-05 |             | 0.00
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-06")
    expect(
        engine,
        "product_day",
        """
        organisation_code | product_code | business_date | balance | account_count
        ------------------+--------------+---------------+---------+--------------
        B10               | P1           | 2026-06-02    | 100.00  | 1
        B10               | P1           | 2026-06-03    | 100.00  | 1
        B10               | P1           | 2026-06-04    | 30.00   | 1
        B10               | P1           | 2026-06-05    | 0.00    | 0
        B10               | P1           | 2026-06-06    | 0.00    | 0
        """,
    )


def test_totals_equal_the_account_balances_on_each_day(engine: Engine) -> None:
    """On every day the line of an outlet and product is the sum of its accounts; nothing is rounded and nothing is lost."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        account="""
            account_number | organisation_code | product_code | account_kind | opened_on
            ---------------+-------------------+--------------+--------------+-----------
            A1             | B10               | P1           | deposit      | 2026-06-01
            A2             | B10               | P1           | deposit      | 2026-06-01
            A3             | B20               | P1           | deposit      | 2026-06-02
            L1             | B10               | P9           | loan         | 2026-06-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-01 | 2026-06-02  | 10.01
            A1             | 2026-06-02 |             | 20.02
            A2             | 2026-06-01 | 2026-06-03  | 5.05
            A2             | 2026-06-03 |             | -7.00
            A3             | 2026-06-02 |             | 1.00
            L1             | 2026-06-01 |             | 500.00
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "product_day",
        """
        organisation_code | product_code | account_kind | business_date | balance | account_count
        ------------------+--------------+--------------+---------------+---------+--------------
        B10               | P1           | deposit      | 2026-06-01    | 15.06   | 2
        B10               | P1           | deposit      | 2026-06-02    | 25.07   | 2
        B10               | P1           | deposit      | 2026-06-03    | 13.02   | 2
        B20               | P1           | deposit      | 2026-06-02    | 1.00    | 1
        B20               | P1           | deposit      | 2026-06-03    | 1.00    | 1
        B10               | P9           | loan         | 2026-06-01    | 500.00  | 1
        B10               | P9           | loan         | 2026-06-02    | 500.00  | 1
        B10               | P9           | loan         | 2026-06-03    | 500.00  | 1
        """,
    )


def test_accounts_older_than_the_history_count_from_its_first_day(engine: Engine) -> None:
    """What was open, or had already closed, before the first day of the history enters as the state on that day."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-02"),
        account="""
            account_number | opened_on  | closed_on
            ---------------+------------+-----------
            OLD            | 2019-01-01 |
            GONE           | 2019-01-01 | 2020-01-01
            FLEETING       | 2026-06-02 | 2026-06-02
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            OLD            | 2026-05-31 | 2026-06-02  | 10.00
            OLD            | 2026-06-02 |             | 12.00
            GONE           | 2026-05-31 |             | 0.00
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-02")
    expect(
        engine,
        "product_day",
        """
        business_date | balance | account_count
        --------------+---------+--------------
        2026-06-01    | 10.00   | 1
        2026-06-02    | 12.00   | 1
        """,
    )


def test_a_kind_of_account_without_any_balance_delivered_has_none(engine: Engine) -> None:
    """Deposits are counted, what they hold nobody delivered; a loan's first balance is of the 2nd: before it loans have none either."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        account="""
            account_number | product_code | account_kind | opened_on
            ---------------+--------------+--------------+-----------
            A1             | P1           | deposit      | 2026-06-02
            L1             | P9           | loan         | 2026-06-01
            L2             | P8           | loan         | 2026-06-02
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            L1             | 2026-06-02 |             | 500.00
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "product_day",
        """
        product_code | account_kind | business_date | balance | account_count
        -------------+--------------+---------------+---------+--------------
        P1           | deposit      | 2026-06-02    |         | 1
        P1           | deposit      | 2026-06-03    |         | 1
        P8           | loan         | 2026-06-02    | 0.00    | 1
        P8           | loan         | 2026-06-03    | 0.00    | 1
        P9           | loan         | 2026-06-01    |         | 1
        P9           | loan         | 2026-06-02    | 500.00  | 1
        P9           | loan         | 2026-06-03    | 500.00  | 1
        """,
    )
