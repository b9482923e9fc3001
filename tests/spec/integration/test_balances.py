"""Balances: what each account held at each day end, anchored on reports and rolled by movements."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.build_balance_points import BUILD_BALANCE_POINTS
from maisui.integration.list_balance_breaks import LIST_BALANCE_BREAKS
from maisui.integration.reconstruct_balances import RECONSTRUCT_BALANCES

JUNE = ("2026-06-01", "2026-06-30")
A1_SINCE_2020 = """
    account_number | opened_on
    ---------------+-----------
    A1             | 2020-01-01
"""
NO_BREAKS = """
    account_number | reported_on | difference_amount
    ---------------+-------------+------------------
"""


def reconstruct(engine: Engine, since: str | None = None) -> None:
    """Run the three steps from reports and movements to balances and the list of breaks."""
    for step in (BUILD_BALANCE_POINTS, RECONSTRUCT_BALANCES, LIST_BALANCE_BREAKS):
        run(engine, step, reporting_date="2026-06-30", since=since)


def test_a_balance_is_rolled_forward_from_the_last_report(engine: Engine) -> None:
    """After a report the balance changes by each day's movements; the reports that follow are met."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-05
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-05  | A1             | 100.00
            2026-06-30  | A1             | 120.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-10 | 50.00
            A1             | 2026-06-20 | -30.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-05 | 2026-06-10  | 100.00  | no
        A1             | 2026-06-10 | 2026-06-20  | 150.00  | no
        A1             | 2026-06-20 |             | 120.00  | no
        """,
    )
    expect(engine, "balance_break", NO_BREAKS)


def test_a_balance_is_rolled_back_before_the_first_report(engine: Engine) -> None:
    """An account older than the history opens with what it must have held: the first report less the movements before it."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account=A1_SINCE_2020,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-30  | A1             | 120.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-10 | 50.00
            A1             | 2026-06-20 | -30.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-05-31 | 2026-06-10  | 100.00  | no
        A1             | 2026-06-10 | 2026-06-20  | 150.00  | no
        A1             | 2026-06-20 |             | 120.00  | no
        """,
    )


def test_without_any_report_the_balance_is_the_sum_of_movements(engine: Engine) -> None:
    """A source that reports accounts without balances is rolled from zero; movements before the history do not count."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-03
            A2             | 2026-06-01
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-05  | A1             |
            2026-06-05  | A2             |
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A2             | 2026-06-01 | 4.00
            A1             | 0001-01-01 | 999.00
            A1             | 2026-05-30 | 999.00
            A1             | 2026-06-03 | 10.00
            A1             | 2026-06-08 | 15.50
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-03 | 2026-06-08  | 10.00   | no
        A1             | 2026-06-08 |             | 25.50   | no
        A2             | 2026-06-01 |             | 4.00    | no
        """,
    )


def test_movements_of_a_kind_of_account_that_nobody_reports_make_no_balance(engine: Engine) -> None:
    """L1 is no loan anybody reported, and no loan is: what it held nobody knows. A9 opened after the last report of deposits."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            A1             | deposit      | 2020-01-01
            A9             | deposit      | 2026-06-03
            L1             | loan         | 2026-06-04
        """,
        account_snapshot="""
            account_number | account_kind | reported_on | balance
            ---------------+--------------+-------------+--------
            A1             | deposit      | 2026-05-31  | 5.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A9             | 2026-06-03 | 10.00
            L1             | 2026-06-04 | -250.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-05-31 |             | 5.00    | no
        A9             | 2026-06-03 |             | 10.00   | no
        """,
    )


def test_accounts_reported_without_balances_and_without_movements_have_none(engine: Engine) -> None:
    """Deposits are reported without a balance and nothing moves on them: what A1 holds nobody knows. The loan was reported with one."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            A1             | deposit      | 2020-01-01
            L1             | loan         | 2020-01-01
        """,
        account_snapshot="""
            account_number | account_kind | reported_on | balance
            ---------------+--------------+-------------+--------
            A1             | deposit      | 2026-06-30  |
            L1             | loan         | 2026-06-30  | 70.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            L1             | 2026-06-04 | -30.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        L1             | 2026-05-31 | 2026-06-04  | 100.00  | no
        L1             | 2026-06-04 |             | 70.00   | no
        """,
    )


def test_where_the_rolled_balance_misses_the_next_report_it_is_estimated_and_listed(engine: Engine) -> None:
    """After a report from which movements do not lead to the next one, the balance is flagged; on the days of both it is right."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-05
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-05  | A1             | 100.00
            2026-06-20  | A1             | 149.99
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-10 | 50.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-05 | 2026-06-06  | 100.00  | no
        A1             | 2026-06-06 | 2026-06-10  | 100.00  | yes
        A1             | 2026-06-10 | 2026-06-20  | 150.00  | yes
        A1             | 2026-06-20 |             | 149.99  | no
        """,
    )
    expect(
        engine,
        "balance_break",
        """
        account_number | reported_on | rolled_balance | reported_balance | difference_amount
        ---------------+-------------+----------------+------------------+------------------
        A1             | 2026-06-20  | 150.00         | 149.99           | 0.01
        """,
    )


def test_the_order_of_movements_inside_a_day_does_not_matter(engine: Engine) -> None:
    """A day counts as the sum of its movements, whatever their numbers, times and lines; days that cancel out leave no trace."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-03
            A2             | 2026-06-03
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-30  | A1             |
            2026-06-30  | A2             |
        """,
        account_transaction="""
            account_number | transaction_number | posted_on  | posted_time | balance_change
            ---------------+--------------------+------------+-------------+---------------
            A1             | 1                  | 2026-06-03 | 090000      | 100.00
            A1             | 2                  | 2026-06-03 | 100000      | -30.00
            A1             | 3                  | 2026-06-10 | 090000      | 5.00
            A1             | 4                  | 2026-06-10 | 080000      | -5.00
            A2             | 4                  | 2026-06-03 | 080000      | -30.00
            A2             | 3                  | 2026-06-03 | 235959      | 100.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance
        ---------------+------------+-------------+--------
        A1             | 2026-06-03 |             | 70.00
        A2             | 2026-06-03 |             | 70.00
        """,
    )


def test_a_report_stands_for_the_end_of_its_day(engine: Engine) -> None:
    """Movements of the day of the report are already inside the reported balance."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account=A1_SINCE_2020,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-10  | A1             | 100.00
            2026-06-30  | A1             | 100.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-10 | 40.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-05-31 | 2026-06-10  | 60.00   | no
        A1             | 2026-06-10 |             | 100.00  | no
        """,
    )
    expect(engine, "balance_break", NO_BREAKS)


def test_days_with_the_same_balance_are_one_interval(engine: Engine) -> None:
    """Reports that confirm a balance do not cut its interval; each currency has its own."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_snapshot="""
            reported_on | account_number | currency | cash_form | balance
            ------------+----------------+----------+-----------+--------
            2026-06-05  | A1             | CNY      | none      | 100.00
            2026-06-06  | A1             | CNY      | none      | 100.00
            2026-06-07  | A1             | CNY      | none      | 100.00
            2026-06-05  | A1             | USD      | note      | 10.00
            2026-06-05  | A1             | USD      | transfer  | 5.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | currency | valid_from | valid_until | balance
        ---------------+----------+------------+-------------+--------
        A1             | CNY      | 2026-06-05 |             | 100.00
        A1             | USD      | 2026-06-05 |             | 15.00
        """,
    )


def test_a_vanished_account_ends_at_zero(engine: Engine) -> None:
    """On the day a full delivery no longer names it, its balance is 0; what it still held is listed as a break."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on  | closed_on  | is_vanished
            ---------------+------------+------------+------------
            A1             | 2026-06-05 | 2026-06-20 | yes
            A2             | 2026-06-05 | 2026-06-20 | yes
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-05  | A1             | 100.00
            2026-06-05  | A2             | 80.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-12 | -100.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-05 | 2026-06-12  | 100.00  | no
        A1             | 2026-06-12 |             | 0.00    | no
        A2             | 2026-06-05 | 2026-06-06  | 80.00   | no
        A2             | 2026-06-06 | 2026-06-20  | 80.00   | yes
        A2             | 2026-06-20 |             | 0.00    | no
        """,
    )
    expect(
        engine,
        "balance_break",
        """
        account_number | reported_on | rolled_balance | reported_balance | difference_amount
        ---------------+-------------+----------------+------------------+------------------
        A2             | 2026-06-20  | 80.00          | 0.00             | 80.00
        """,
    )


def test_an_account_older_than_the_history_that_never_moves_holds_its_balance_throughout(engine: Engine) -> None:
    """One report is enough: without movements the balance held on every day of the history."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account=A1_SINCE_2020,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-15  | A1             | 7.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance
        ---------------+------------+-------------+--------
        A1             | 2026-05-31 |             | 7.00
        """,
    )


def test_a_day_end_balance_of_the_bank_comes_before_a_report(engine: Engine) -> None:
    """Days that the daily feed covers one after the other are certain; what lies between the feed and a report that misses it is not."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2026-06-05
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-05  | A1             | 100.00
            2026-06-30  | A1             | 60.00
        """,
        daily_balance="""
            account_number | held_on    | balance
            ---------------+------------+--------
            A1             | 2026-06-05 | 101.00
            A1             | 2026-06-06 | 55.00
            A1             | 2026-06-07 | 60.00
            UNKNOWN        | 2026-06-07 | 9.00
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-07 | 5.00
            A1             | 2026-06-20 | 1.00
        """,
    )
    reconstruct(engine)
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-05 | 2026-06-06  | 101.00  | no
        A1             | 2026-06-06 | 2026-06-07  | 55.00   | no
        A1             | 2026-06-07 | 2026-06-08  | 60.00   | no
        A1             | 2026-06-08 | 2026-06-20  | 60.00   | yes
        A1             | 2026-06-20 | 2026-06-30  | 61.00   | yes
        A1             | 2026-06-30 |             | 60.00   | no
        """,
    )
    expect(
        engine,
        "balance_break",
        """
        account_number | reported_on | rolled_balance | reported_balance
        ---------------+-------------+----------------+-----------------
        A1             | 2026-06-06  | 101.00         | 55.00
        A1             | 2026-06-30  | 61.00          | 60.00
        """,
    )


def test_since_a_later_day_balances_follow_from_the_last_report_before_it(engine: Engine) -> None:
    """What a batch needs since 15 June: A1 from its report of 5 June, A2 without one from its first movement, A3 opened on the 20th."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2020-01-01
            A2             | 2026-06-03
            A3             | 2026-06-20
        """,
        account_snapshot="""
            reported_on | account_number | balance
            ------------+----------------+--------
            2026-06-02  | A1             | 70.00
            2026-06-05  | A1             | 100.00
            2026-06-25  | A1             | 139.00
            2026-06-30  | A2             | 7.50
        """,
        account_transaction="""
            account_number | posted_on  | balance_change
            ---------------+------------+---------------
            A1             | 2026-06-04 | 10.00
            A1             | 2026-06-10 | 50.00
            A1             | 2026-06-18 | -10.00
            A2             | 2026-06-04 | 5.00
            A2             | 2026-06-16 | 2.50
            A3             | 2026-06-20 | 1.00
        """,
    )
    reconstruct(engine, since="2026-06-15")
    expect(
        engine,
        "account_balance",
        """
        account_number | valid_from | valid_until | balance | is_estimated
        ---------------+------------+-------------+---------+-------------
        A1             | 2026-06-15 | 2026-06-18  | 150.00  | yes
        A1             | 2026-06-18 | 2026-06-25  | 140.00  | yes
        A1             | 2026-06-25 |             | 139.00  | no
        A2             | 2026-06-15 | 2026-06-16  | 5.00    | no
        A2             | 2026-06-16 |             | 7.50    | no
        A3             | 2026-06-20 |             | 1.00    | no
        """,
    )
    expect(
        engine,
        "balance_break",
        """
        account_number | reported_on | rolled_balance | reported_balance | difference_amount
        ---------------+-------------+----------------+------------------+------------------
        A1             | 2026-06-25  | 140.00         | 139.00           | 1.00
        """,
    )
