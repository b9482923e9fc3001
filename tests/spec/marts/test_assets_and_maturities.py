"""Assets of customers day by day, and term deposits by the day on which they fall due."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.asset_day import ASSET_DAY_MART
from maisui.marts.maturity_day import MATURITY_DAY_MART


def test_deposits_and_holdings_stand_side_by_side(engine: Engine) -> None:
    """A holding counts at its customer's home from its report to the next; one that is nobody's counts under none; before the first holding there is nothing to add up."""
    load_tables(
        engine,
        calendar_day=("2026-06-28", "2026-06-30"),
        customer="""
            customer_number | customer_kind | home_organisation_code
            ----------------+---------------+-----------------------
            C1              | corporate     | B20
        """,
        product_day="""
            organisation_code | account_kind | business_date | balance
            ------------------+--------------+---------------+--------
            B10               | deposit      | 2026-06-28    | 90.00
            B10               | deposit      | 2026-06-29    | 100.00
            B10               | deposit      | 2026-06-30    | 110.00
            B10               | loan         | 2026-06-30    | 999.00
        """,
        asset_holding="""
            holding_number | customer_number | product_group | product_line | valid_from | valid_until | market_amount
            ---------------+-----------------+---------------+--------------+------------+-------------+--------------
            1              | C1              | agency_fund   | agency       | 2026-06-29 | 2026-06-30  | 7.00
            2              | C1              | agency_fund   | agency       | 2026-06-30 |             | 8.00
            3              | C1              | agency_fund   | agency       | 2026-06-30 |             | 0.50
            4              | none            | agency_fund   | agency       | 2026-06-30 |             | 1.00
        """,
    )
    run(engine, ASSET_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "asset_day",
        """
        organisation_code | customer_kind | asset_kind | business_date | balance
        ------------------+---------------+------------+---------------+--------
        B10               | personal      | deposit    | 2026-06-29    | 100.00
        B10               | personal      | deposit    | 2026-06-30    | 110.00
        B20               | corporate     | holding    | 2026-06-29    | 7.00
        B20               | corporate     | holding    | 2026-06-30    | 8.50
        none              | unknown       | holding    | 2026-06-30    | 1.00
        """,
    )


def test_what_falls_due_is_what_the_account_held_the_day_before(engine: Engine) -> None:
    """A renewed deposit falls due twice, one that was drawn early not at all; a day to come shows what is held now."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2020-01-01
            A2             | 2020-01-01
            A3             | 2020-01-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-05-31 | 2026-06-10  | 100.00
            A1             | 2026-06-10 |             | 101.00
            A2             | 2026-05-31 | 2026-06-05  | 50.00
            A2             | 2026-06-05 |             | 0.00
            A3             | 2026-05-31 |             | 9.00
        """,
        deposit_term_snapshot="""
            reported_on | account_number | matures_on | is_auto_renewal
            ------------+----------------+------------+----------------
            2026-04-30  | A1             | 2026-06-10 |
            2026-05-31  | A1             | 2026-06-10 | yes
            2026-06-30  | A1             | 2027-06-10 | yes
            2026-05-31  | A2             | 2026-06-10 | yes
            2026-05-31  | A3             | 2026-05-30 | yes
            2026-05-31  | A3             | 2026-06-10 | yes
            2026-05-31  | GONE           | 2026-06-10 | yes
        """,
    )
    run(engine, MATURITY_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "maturity_day",
        """
        business_date | is_auto_renewal | maturing_amount | renewed_amount | account_count
        --------------+-----------------+-----------------+----------------+--------------
        2026-06-10    | yes             | 109.00          | 109.00         | 2
        2027-06-10    | yes             | 101.00          |                | 1
        """,
    )


def test_what_is_renewed_stayed_or_went_into_new_term_deposits_within_a_week(engine: Engine) -> None:
    """C1: of the 150 that fall due on the 10th 30 stays; the 60 placed on the 17th count for the 20 that fell due on the 12th.

    C2 placed 40 on the 18th, a day too late. C3 put his 9 into demand money. C4's week is not over by the 30th: of 70 and 5
    that fell due on the 28th, 72 are in a new deposit so far.
    """
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account="""
            account_number | customer_number | product_group  | opened_on
            ---------------+-----------------+----------------+-----------
            A1             | C1              | term_deposit   | 2020-01-01
            A2             | C1              | term_deposit   | 2020-01-01
            A3             | C1              | term_deposit   | 2020-01-01
            N1             | C1              | term_deposit   | 2026-06-17
            B1             | C2              | term_deposit   | 2020-01-01
            N2             | C2              | term_deposit   | 2026-06-18
            D1             | C3              | term_deposit   | 2020-01-01
            N3             | C3              | demand_deposit | 2026-06-11
            E1             | C4              | term_deposit   | 2020-01-01
            E2             | C4              | term_deposit   | 2020-01-01
            N4             | C4              | term_deposit   | 2026-06-30
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-05-31 | 2026-06-10  | 100.00
            A1             | 2026-06-10 |             | 30.00
            A2             | 2026-05-31 | 2026-06-10  | 50.00
            A2             | 2026-06-10 |             | 0.00
            A3             | 2026-05-31 | 2026-06-12  | 20.00
            A3             | 2026-06-12 |             | 0.00
            N1             | 2026-06-17 |             | 60.00
            B1             | 2026-05-31 | 2026-06-10  | 40.00
            B1             | 2026-06-10 |             | 0.00
            N2             | 2026-06-18 |             | 40.00
            D1             | 2026-05-31 | 2026-06-10  | 9.00
            D1             | 2026-06-10 |             | 0.00
            N3             | 2026-06-11 |             | 9.00
            E1             | 2026-05-31 | 2026-06-28  | 70.00
            E1             | 2026-06-28 |             | 0.00
            E2             | 2026-05-31 | 2026-06-28  | 5.00
            E2             | 2026-06-28 |             | 0.00
            N4             | 2026-06-30 |             | 72.00
        """,
        deposit_term_snapshot="""
            reported_on | account_number | matures_on
            ------------+----------------+-----------
            2026-05-31  | A1             | 2026-06-10
            2026-05-31  | A2             | 2026-06-10
            2026-05-31  | A3             | 2026-06-12
            2026-05-31  | B1             | 2026-06-10
            2026-05-31  | D1             | 2026-06-10
            2026-05-31  | E1             | 2026-06-28
            2026-05-31  | E2             | 2026-06-28
        """,
    )
    run(engine, MATURITY_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "maturity_day",
        """
        business_date | maturing_amount | renewed_amount | account_count
        --------------+-----------------+----------------+--------------
        2026-06-10    | 199.00          | 30.00          | 4
        2026-06-12    | 20.00           | 20.00          | 1
        2026-06-28    | 75.00           | 72.00          | 2
        """,
    )
