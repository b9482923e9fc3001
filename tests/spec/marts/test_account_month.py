"""Account month: opening and closing balance, balance-days and average."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.account_month import ACCOUNT_MONTH_MART

ONE_ACCOUNT = """
    account_number | opened_on
    ---------------+-----------
    A1             | 2020-01-01
"""


def test_balance_days_are_the_sum_of_day_end_balances(engine: Engine) -> None:
    """In June: 100.00 on 10 days, 250.00 on 5, 40.00 on 15 are 2,850.00 balance-days and 95.00 a day on average."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2020-01-01
            A2             | 2020-01-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-05-31 | 2026-06-11  | 100.00
            A1             | 2026-06-11 | 2026-06-16  | 250.00
            A1             | 2026-06-16 |             | 40.00
            A2             | 2026-05-31 |             | 7.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_month",
        """
        account_number | month_start | opening_balance | closing_balance | balance_days | day_count | average_daily_balance
        ---------------+-------------+-----------------+-----------------+--------------+-----------+----------------------
        A1             | 2026-06-01  | 100.00          | 40.00           | 2850.00      | 30        | 95.00
        A2             | 2026-06-01  | 7.00            | 7.00            | 210.00       | 30        | 7.00
        """,
    )


def test_the_average_is_rounded_half_up_to_the_cent(engine: Engine) -> None:
    """0.05 and 0.10 over two days are 0.075, so 0.08; an overdrawn account rounds away from zero too: −0.075 is −0.08."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-02"),
        account="""
            account_number | opened_on
            ---------------+-----------
            UP             | 2020-01-01
            DOWN           | 2020-01-01
            THIRD          | 2020-01-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            UP             | 2026-06-01 | 2026-06-02  | 0.05
            UP             | 2026-06-02 |             | 0.10
            DOWN           | 2026-06-01 | 2026-06-02  | -0.05
            DOWN           | 2026-06-02 |             | -0.10
            THIRD          | 2026-06-01 | 2026-06-02  | 9999999999999.99
            THIRD          | 2026-06-02 |             | 0.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-02")
    expect(
        engine,
        "account_month",
        """
        account_number | balance_days     | average_daily_balance
        ---------------+------------------+----------------------
        UP             | 0.15             | 0.08
        DOWN           | -0.15            | -0.08
        THIRD          | 9999999999999.99 | 5000000000000.00
        """,
    )


def test_the_current_month_runs_to_the_reporting_date(engine: Engine) -> None:
    """On 4 July the month has four days; May's closing balance is June's opening balance."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-07-04"),
        account=ONE_ACCOUNT,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-05-31 | 2026-07-01  | 100.00
            A1             | 2026-07-01 | 2026-07-04  | 200.00
            A1             | 2026-07-04 |             | 300.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-07-04")
    expect(
        engine,
        "account_month",
        """
        month_start | opening_balance | closing_balance | balance_days | day_count | average_daily_balance
        ------------+-----------------+-----------------+--------------+-----------+----------------------
        2026-06-01  | 100.00          | 100.00          | 3000.00      | 30        | 100.00
        2026-07-01  | 100.00          | 300.00          | 900.00       | 4         | 225.00
        """,
    )


def test_an_account_opened_in_the_month_opens_with_zero_but_is_averaged_over_all_days(engine: Engine) -> None:
    """The days before the opening count as days with nothing: 30.00 on 10 of 30 days are 10.00 on average."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-21
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-06-21 |             | 30.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_month",
        """
        opening_balance | closing_balance | balance_days | day_count | average_daily_balance
        ----------------+-----------------+--------------+-----------+----------------------
        0.00            | 30.00           | 300.00       | 30        | 10.00
        """,
    )


def test_a_closed_account_has_no_months_after_it_closed(engine: Engine) -> None:
    """The month in which it closed is its last; one that moved after it closed keeps the balance-days of that month."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        account="""
            account_number | opened_on  | closed_on
            ---------------+------------+-----------
            CLOSED         | 2020-01-01 | 2026-05-11
            MOVED          | 2020-01-01 | 2026-05-11
            FIRST          | 2020-01-01 | 2026-06-01
            LATE           | 2020-01-01 | 2026-05-11
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            CLOSED         | 2026-04-30 | 2026-05-11  | 31.00
            CLOSED         | 2026-05-11 |             | 0.00
            MOVED          | 2026-04-30 | 2026-06-10  | 0.00
            MOVED          | 2026-06-10 | 2026-06-12  | 15.00
            MOVED          | 2026-06-12 |             | 0.00
            FIRST          | 2026-04-30 |             | 0.00
            LATE           | 2026-04-30 | 2026-06-01  | 2.00
            LATE           | 2026-06-01 |             | 0.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_month",
        """
        account_number | month_start | opening_balance | closing_balance | balance_days | average_daily_balance
        ---------------+-------------+-----------------+-----------------+--------------+----------------------
        CLOSED         | 2026-05-01  | 31.00           | 0.00            | 310.00       | 10.00
        MOVED          | 2026-05-01  | 0.00            | 0.00            | 0.00         | 0.00
        MOVED          | 2026-06-01  | 0.00            | 0.00            | 30.00        | 1.00
        FIRST          | 2026-05-01  | 0.00            | 0.00            | 0.00         | 0.00
        FIRST          | 2026-06-01  | 0.00            | 0.00            | 0.00         | 0.00
        LATE           | 2026-05-01  | 2.00            | 2.00            | 62.00        | 2.00
        LATE           | 2026-06-01  | 2.00            | 0.00            | 0.00         | 0.00
        """,
    )


def test_a_month_with_an_estimated_period_is_flagged(engine: Engine) -> None:
    """One estimated day inside the month is enough; a period that ended with the month before does not count."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        account=ONE_ACCOUNT,
        account_balance="""
            account_number | valid_from | valid_until | balance | is_estimated
            ---------------+------------+-------------+---------+-------------
            A1             | 2026-04-30 | 2026-06-01  | 10.00   | yes
            A1             | 2026-06-01 |             | 12.00   | no
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_month",
        """
        month_start | opening_balance | is_estimated
        ------------+-----------------+-------------
        2026-05-01  | 10.00           | yes
        2026-06-01  | 10.00           | no
        """,
    )


def test_the_average_names_its_source(engine: Engine) -> None:
    """A day-end balance for every day makes it daily; without any movements delivered two reports make it their mean, and estimated."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            FED            | deposit      | 2020-01-01
            GAP            | deposit      | 2020-01-01
            LOAN           | loan         | 2020-01-01
            FLAT           | loan         | 2020-01-01
            SEEN           | loan         | 2020-01-01
        """,
        account_transaction="""
            account_number | account_kind | posted_on  | balance_change
            ---------------+--------------+------------+---------------
            GAP            | deposit      | 2026-06-03 | 1.00
        """,
        daily_balance="""
            account_number | held_on    | balance
            ---------------+------------+--------
            FED            | 2026-06-01 | 1.00
            FED            | 2026-06-02 | 2.00
            FED            | 2026-06-03 | 3.00
            GAP            | 2026-06-01 | 1.00
            GAP            | 2026-06-03 | 1.00
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            FED            | 2026-06-01 | 2026-06-02  | 1.00
            FED            | 2026-06-02 | 2026-06-03  | 2.00
            FED            | 2026-06-03 |             | 3.00
            GAP            | 2026-05-31 | 2026-06-03  | 1.00
            GAP            | 2026-06-03 |             | 2.00
            LOAN           | 2026-05-31 | 2026-06-03  | 10.01
            LOAN           | 2026-06-03 |             | 10.00
            FLAT           | 2026-05-31 |             | 5.00
            SEEN           | 2026-05-31 | 2026-06-02  | 10.00
            SEEN           | 2026-06-02 |             | 40.00
        """,
    )
    run(engine, ACCOUNT_MONTH_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "account_month",
        """
        account_number | balance_days | average_daily_balance | average_kind | is_estimated
        ---------------+--------------+-----------------------+--------------+-------------
        FED            | 6.00         | 2.00                  | daily        | no
        GAP            | 4.00         | 1.33                  | rolled       | no
        LOAN           | 30.02        | 10.01                 | two_point    | yes
        FLAT           | 15.00        | 5.00                  | rolled       | no
        SEEN           | 90.00        | 30.00                 | rolled       | no
        """,
    )
