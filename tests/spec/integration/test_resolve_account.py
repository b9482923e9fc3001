"""Accounts: what each one is now, and from when to when it was open."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_account import RESOLVE_ACCOUNT

TWO_MONTHS = """
    source_file_id | feed_code | business_date
    ---------------+-----------+--------------
    MAY            | accounts  | 2026-05-31
    JUNE           | accounts  | 2026-06-30
"""


def test_an_account_is_as_last_reported(engine: Engine) -> None:
    """Outlet, product and state come from the last report, the kind of customer from the customer."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        customer="""
            customer_number | customer_kind
            ----------------+--------------
            C1              | corporate
        """,
        account_snapshot="""
            source_file_id | reported_on | account_number | customer_number | organisation_code | opened_on  | closed_on
            ---------------+-------------+----------------+-----------------+-------------------+------------+-----------
            MAY            | 2026-05-31  | A1             | C1              | B10               | 2020-01-01 |
            JUNE           | 2026-06-30  | A1             | C1              | B20               | 2020-01-01 |
            JUNE           | 2026-06-30  | A2             | C9              | B10               | 2026-06-08 | 2026-06-20
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | customer_kind | organisation_code | opened_on  | closed_on  | is_vanished | last_reported_on
        ---------------+---------------+-------------------+------------+------------+-------------+-----------------
        A1             | corporate     | B20               | 2020-01-01 |            | no          | 2026-06-30
        A2             | unknown       | B10               | 2026-06-08 | 2026-06-20 | no          | 2026-06-30
        """,
    )


def test_an_account_without_an_opening_day_opened_when_first_seen(engine: Engine) -> None:
    """Where no opening day is delivered, the first report is taken for it."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        account_snapshot="""
            source_file_id | reported_on | account_number
            ---------------+-------------+---------------
            MAY            | 2026-05-31  | A1
            JUNE           | 2026-06-30  | A1
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | opened_on  | closed_on
        ---------------+------------+----------
        A1             | 2026-05-31 |
        """,
    )


def test_two_cash_forms_are_one_account_a_currency(engine: Engine) -> None:
    """Notes and transfers of one currency are one account; another currency is another account."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        account_snapshot="""
            source_file_id | reported_on | account_number | currency | cash_form | balance | opened_on
            ---------------+-------------+----------------+----------+-----------+---------+-----------
            JUNE           | 2026-06-30  | A1             | USD      | note      | 40.00   | 2021-01-01
            JUNE           | 2026-06-30  | A1             | USD      | transfer  | 60.00   | 2021-01-01
            JUNE           | 2026-06-30  | A1             | CNY      | none      | 10.00   | 2020-01-01
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | currency | opened_on
        ---------------+----------+-----------
        A1             | USD      | 2021-01-01
        A1             | CNY      | 2020-01-01
        """,
    )


def test_an_account_is_open_while_one_of_its_cash_forms_is(engine: Engine) -> None:
    """The account is closed with the last of its cash forms, not with the first that closes; that form also describes it."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        account_snapshot="""
            source_file_id | reported_on | account_number | currency | cash_form | opened_on  | closed_on
            ---------------+-------------+----------------+----------+-----------+------------+-----------
            JUNE           | 2026-06-30  | A1             | USD      | note      | 2022-01-01 | 2026-06-10
            JUNE           | 2026-06-30  | A1             | USD      | transfer  | 2021-01-01 |
            JUNE           | 2026-06-30  | A2             | USD      | note      | 2022-01-01 | 2026-06-10
            JUNE           | 2026-06-30  | A2             | USD      | transfer  | 2021-01-01 | 2026-06-20
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | opened_on  | closed_on
        ---------------+------------+-----------
        A1             | 2021-01-01 |
        A2             | 2021-01-01 | 2026-06-20
        """,
    )


def test_an_account_that_vanishes_from_a_full_delivery_closed_on_that_day(engine: Engine) -> None:
    """Full deliveries name every open account: one that is missing from the next, never reported closed, closed on that day."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        account_snapshot="""
            source_file_id | reported_on | account_number | opened_on  | closed_on
            ---------------+-------------+----------------+------------+-----------
            MAY            | 2026-05-31  | STAYS          | 2020-01-01 |
            MAY            | 2026-05-31  | VANISHED       | 2020-01-01 |
            MAY            | 2026-05-31  | CLOSED         | 2020-01-01 | 2026-05-15
            JUNE           | 2026-06-30  | STAYS          | 2020-01-01 |
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | closed_on  | is_vanished
        ---------------+------------+------------
        STAYS          |            | no
        VANISHED       | 2026-06-30 | yes
        CLOSED         | 2026-05-15 | no
        """,
    )


def test_a_late_feed_does_not_make_accounts_of_another_feed_vanish(engine: Engine) -> None:
    """Only a later file of the same feed can show that an account is gone; another feed's file says nothing about it."""
    load_tables(
        engine,
        delivery="""
            source_file_id | source_code | feed_code | business_date
            ---------------+-------------+-----------+--------------
            D-MAY          | core        | deposits  | 2026-05-31
            D-JUNE         | core        | deposits  | 2026-06-30
            L-MAY          | core        | loans     | 2026-05-31
            X-JUNE         | county      | loans     | 2026-06-30
        """,
        account_snapshot="""
            source_file_id | reported_on | account_number | account_kind | opened_on
            ---------------+-------------+----------------+--------------+-----------
            D-MAY          | 2026-05-31  | DEPOSIT        | deposit      | 2020-01-01
            D-JUNE         | 2026-06-30  | DEPOSIT        | deposit      | 2020-01-01
            L-MAY          | 2026-05-31  | LOAN           | loan         | 2020-01-01
            X-JUNE         | 2026-06-30  | OTHER          | loan         | 2020-01-01
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | closed_on | is_vanished
        ---------------+-----------+------------
        DEPOSIT        |           | no
        LOAN           |           | no
        OTHER          |           | no
        """,
    )


def test_an_account_seen_only_in_transactions_is_kept(engine: Engine) -> None:
    """It opened with its first posting; its product is unknown, its outlet the one that posting names."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        product="""
            product_code | product_category  | product_group | product_line
            -------------+-------------------+---------------+-------------
            P1           | large_certificate | term_deposit  | deposit
        """,
        account_snapshot="""
            source_file_id | reported_on | account_number | customer_number | organisation_code | opened_on
            ---------------+-------------+----------------+-----------------+-------------------+-----------
            JUNE           | 2026-06-30  | A3             | C3              | B10               | 2020-01-01
        """,
        account_transaction="""
            account_number | account_kind | customer_number | holding_organisation_code | posted_on  | balance_change
            ---------------+--------------+-----------------+---------------------------+------------+---------------
            A1             | deposit      |                 | B20                       | 2026-06-05 | 10.00
            A1             | deposit      | C1              | B10                       | 2026-06-03 | 10.00
            A2             | loan         |                 | B30                       | 2026-06-09 | 10.00
            A3             | deposit      | C3              | B40                       | 2026-06-09 | 10.00
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | customer_number | organisation_code | product_code | product_group | opened_on  | closed_on | last_reported_on
        ---------------+-----------------+-------------------+--------------+---------------+------------+-----------+-----------------
        A1             | C1              | B10               | unknown      | unmapped      | 2026-06-03 |           |
        A2             | none            | B30               | unknown      | unmapped      | 2026-06-09 |           |
        A3             | C3              | B10               | P1           | term_deposit  | 2020-01-01 |           | 2026-06-30
        """,
    )


def test_the_levels_of_an_account_come_from_its_product_unless_the_source_knows_the_group(engine: Engine) -> None:
    """A guarantee deposit is one by its flag, whatever its product word; a group that no level names is in the line unmapped."""
    load_tables(
        engine,
        delivery=TWO_MONTHS,
        product="""
            product_code | product_category  | product_group | product_line
            -------------+-------------------+---------------+-------------
            P1           | large_certificate | term_deposit  | deposit
            P2           | unmapped          | unmapped      | unmapped
        """,
        account_snapshot="""
            source_file_id | reported_on | account_number | product_code | product_group     | opened_on
            ---------------+-------------+----------------+--------------+-------------------+-----------
            JUNE           | 2026-06-30  | A1             | P1           |                   | 2020-01-01
            JUNE           | 2026-06-30  | A2             | P1           | guarantee_deposit | 2020-01-01
            JUNE           | 2026-06-30  | A3             | P1           | term_deposit      | 2020-01-01
            JUNE           | 2026-06-30  | A4             | P2           |                   | 2020-01-01
            JUNE           | 2026-06-30  | A5             | P1           | village_deposit   | 2020-01-01
        """,
    )
    run(engine, RESOLVE_ACCOUNT, reporting_date="2026-06-30")
    expect(
        engine,
        "account",
        """
        account_number | product_category  | product_group     | product_line
        ---------------+-------------------+-------------------+-------------
        A1             | large_certificate | term_deposit      | deposit
        A2             | guarantee_deposit | guarantee_deposit | deposit
        A3             | large_certificate | term_deposit      | deposit
        A4             | unmapped          | unmapped          | unmapped
        A5             | village_deposit   | village_deposit   | unmapped
        """,
    )
