"""Transfer prices of accounts: matched, repriced, behavioural and by default, each locked on its day."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.price_accounts import PRICE_ACCOUNTS

# Demand money 0.008, 100 days 0.010, one year 0.02325 (0.00005 for each day beyond 100); from 1 May 0.001 lower all along.
CURVE = """
    valid_from | valid_until | effective_from | tenor_from_day_count | tenor_until_day_count | start_rate | end_rate
    -----------+-------------+----------------+----------------------+-----------------------+------------+---------
    1900-01-01 | 2026-05-01  | 2026-01-01     | 0                    | 100                   | 0.008      | 0.010
    1900-01-01 | 2026-05-01  | 2026-01-01     | 100                  | 365                   | 0.010      | 0.02325
    1900-01-01 | 2026-05-01  | 2026-01-01     | 365                  | 1000000               | 0.02325    | 0.02325
    2026-05-01 |             | 2026-05-01     | 0                    | 100                   | 0.007      | 0.009
    2026-05-01 |             | 2026-05-01     | 100                  | 365                   | 0.009      | 0.02225
    2026-05-01 |             | 2026-05-01     | 365                  | 1000000               | 0.02225    | 0.02225
"""
TENORS = """
    parameter_code                       | valid_from | valid_until | number_value
    -------------------------------------+------------+-------------+-------------
    transfer_tenor_days.demand_deposit   | 1900-01-01 |             | 50
    transfer_default_tenor_days.deposit  | 1900-01-01 |             | 200
    transfer_default_tenor_days.loan     | 1900-01-01 |             | 365
"""


def test_a_term_deposit_locks_on_each_value_date_by_its_term(engine: Engine) -> None:
    """100 days from 10 February: 0.010. Renewed on 21 May for 101 days: 0.009 and 1 ⁄ 265 of 0.01325 more is 0.00905; demand money 0.008, 0.007."""
    load_tables(
        engine,
        calendar_day=("2026-01-01", "2026-06-30"),
        parameter=TENORS,
        transfer_curve_segment=CURVE,
        account="""
            account_number | product_group | opened_on
            ---------------+---------------+-----------
            T1             | term_deposit  | 2026-02-10
        """,
        account_rate_period="""
            account_number | valid_from | valid_until | interest_rate
            ---------------+------------+-------------+--------------
            T1             | 1900-01-01 |             | 0.005
        """,
        deposit_term_snapshot="""
            account_number | reported_on | value_on   | matures_on
            ---------------+-------------+------------+-----------
            T1             | 2026-02-28  | 2026-02-10 | 2026-05-21
            T1             | 2026-04-30  | 2026-02-10 | 2026-05-21
            T1             | 2026-05-31  | 2026-05-21 | 2026-08-30
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        valid_from | valid_until | interest_rate | transfer_rate | demand_transfer_rate | locked_on  | tenor_day_count | matures_on | pricing_kind | is_estimated
        -----------+-------------+---------------+---------------+----------------------+------------+-----------------+------------+--------------+-------------
        1900-01-01 | 2026-05-21  | 0.005         | 0.010         | 0.009                | 2026-02-10 | 100             | 2026-05-21 | matched      | no
        2026-05-21 |             | 0.005         | 0.00905       | 0.008                | 2026-05-21 | 101             | 2026-08-30 | matched      | no
        """,
    )


def test_a_term_without_value_date_locks_once_and_is_estimated(engine: Engine) -> None:
    """Three reports of one maturity are one deposit: it locks on the first of them, 11 March, 100 days before 19 June; what opened before, in January, by default."""
    load_tables(
        engine,
        calendar_day=("2026-01-01", "2026-06-30"),
        parameter=TENORS,
        transfer_curve_segment=CURVE,
        account="""
            account_number | product_group | opened_on
            ---------------+---------------+-----------
            T1             | term_deposit  | 2026-01-05
        """,
        account_rate_period="""
            account_number | valid_from | valid_until | interest_rate
            ---------------+------------+-------------+--------------
            T1             | 1900-01-01 |             | 0.005
        """,
        deposit_term_snapshot="""
            account_number | reported_on | value_on | matures_on
            ---------------+-------------+----------+-----------
            T1             | 2026-03-11  |          | 2026-06-19
            T1             | 2026-04-30  |          | 2026-06-19
            T1             | 2026-05-31  |          | 2026-06-19
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        valid_from | valid_until | transfer_rate | locked_on  | tenor_day_count | pricing_kind | is_estimated
        -----------+-------------+---------------+------------+-----------------+--------------+-------------
        1900-01-01 | 2026-03-11  | 0.015         | 2026-01-05 | 200             | default      | yes
        2026-03-11 |             | 0.010         | 2026-03-11 | 100             | matched      | yes
        """,
    )


def test_a_loan_locks_when_it_is_disbursed_and_again_over_the_rest_when_its_rate_changes(engine: Engine) -> None:
    """L1 365 days from 1 March 0.02325; on 31 May 274 are left: 0.009 + 174 × 0.00005 = 0.0177. L2 is older than the curve and beyond its end."""
    load_tables(
        engine,
        calendar_day=("2026-01-01", "2026-06-30"),
        parameter=TENORS,
        transfer_curve_segment=CURVE,
        account="""
            account_number | account_kind | product_group | opened_on
            ---------------+--------------+---------------+-----------
            L1             | loan         | business_loan | 2026-03-01
            L2             | loan         | business_loan | 2025-03-01
            L3             | loan         | business_loan | 2026-01-01
            L4             | loan         | business_loan | 2026-01-01
        """,
        account_rate_period="""
            account_number | valid_from | valid_until | interest_rate | is_estimated
            ---------------+------------+-------------+---------------+-------------
            L1             | 1900-01-01 | 2026-05-31  | 0.06          | no
            L1             | 2026-05-31 |             | 0.055         | yes
            L2             | 1900-01-01 |             | 0.05          | no
            L3             | 1900-01-01 | 2026-06-30  | 0.05          | no
            L3             | 2026-06-30 |             | 0.07          | no
            L4             | 1900-01-01 |             | 0.05          | no
        """,
        loan="""
            loan_number | account_number | disbursed_on | matures_on | last_reported_on | disbursed_amount
            ------------+----------------+--------------+------------+------------------+-----------------
            R1          | L1             | 2026-03-01   | 2027-03-01 | 2026-06-30       | 1.00
            R2          | L2             | 2025-03-01   | 2028-03-01 | 2026-06-30       | 1.00
            R3          | L3             | 2026-01-01   | 2026-04-11 | 2026-06-30       | 1.00
            R4          | L4             | 2026-01-01   |            | 2026-06-30       | 1.00
            R5          |                | 2026-01-01   | 2026-04-11 | 2026-06-30       | 1.00
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        account_number | valid_from | valid_until | interest_rate | transfer_rate | locked_on  | tenor_day_count | pricing_kind | is_estimated
        ---------------+------------+-------------+---------------+---------------+------------+-----------------+--------------+-------------
        L1             | 1900-01-01 | 2026-05-31  | 0.06          | 0.02325       | 2026-03-01 | 365             | matched      | no
        L1             | 2026-05-31 |             | 0.055         | 0.0177        | 2026-05-31 | 274             | repriced     | yes
        L2             | 1900-01-01 |             | 0.05          | 0.02325       | 2025-03-01 | 1096            | matched      | yes
        L3             | 1900-01-01 | 2026-06-30  | 0.05          | 0.010         | 2026-01-01 | 100             | matched      | no
        L3             | 2026-06-30 |             | 0.07          | 0.010         | 2026-01-01 | 100             | matched      | no
        L4             | 1900-01-01 |             | 0.05          | 0.02325       | 2026-01-01 | 365             | default      | yes
        """,
    )


def test_several_loans_of_different_terms_on_one_account_are_an_estimate(engine: Engine) -> None:
    """The account has one rate: priced from the first disbursement to the last maturity, 100 days; two alike are no estimate."""
    load_tables(
        engine,
        calendar_day=("2026-01-01", "2026-06-30"),
        parameter=TENORS,
        transfer_curve_segment=CURVE,
        account="""
            account_number | account_kind | product_group | opened_on
            ---------------+--------------+---------------+-----------
            L1             | loan         | business_loan | 2026-01-01
            L2             | loan         | business_loan | 2026-01-01
        """,
        account_rate_period="""
            account_number | valid_from | valid_until | interest_rate
            ---------------+------------+-------------+--------------
            L1             | 1900-01-01 |             | 0.06
            L2             | 1900-01-01 |             | 0.06
        """,
        loan="""
            loan_number | account_number | disbursed_on | matures_on | last_reported_on | disbursed_amount
            ------------+----------------+--------------+------------+------------------+-----------------
            R1          | L1             | 2026-01-01   | 2026-03-01 | 2026-06-30       | 1.00
            R2          | L1             | 2026-02-01   | 2026-04-11 | 2026-06-30       | 1.00
            R3          | L2             | 2026-01-01   | 2026-04-11 | 2026-06-30       | 1.00
            R4          | L2             | 2026-01-01   | 2026-04-11 | 2026-06-30       | 1.00
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        account_number | transfer_rate | locked_on  | tenor_day_count | is_estimated
        ---------------+---------------+------------+-----------------+-------------
        L1             | 0.010         | 2026-01-01 | 100             | yes
        L2             | 0.010         | 2026-01-01 | 100             | no
        """,
    )


def test_demand_money_moves_with_each_edition_and_money_without_term_takes_the_default(engine: Engine) -> None:
    """At 50 days 0.009, then 0.008; the term is not delivered: 200 days at the opening, 0.015. No rate is delivered for N1, no curve for dollars."""
    load_tables(
        engine,
        calendar_day=("2026-01-01", "2026-06-30"),
        parameter=TENORS,
        transfer_curve_segment=CURVE,
        account="""
            account_number | currency | product_group  | opened_on
            ---------------+----------+----------------+-----------
            D1             | CNY      | demand_deposit | 2020-01-01
            T1             | CNY      | term_deposit   | 2026-02-01
            N1             | CNY      | demand_deposit | 2026-06-01
            U1             | USD      | demand_deposit | 2020-01-01
            U2             | USD      | term_deposit   | 2026-01-01
        """,
        account_rate_period="""
            account_number | valid_from | valid_until | interest_rate
            ---------------+------------+-------------+--------------
            D1             | 1900-01-01 | 2026-06-15  | 0.001
            D1             | 2026-06-15 |             | 0.0005
            T1             | 1900-01-01 |             | 0.015
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        account_number | valid_from | valid_until | interest_rate | transfer_rate | locked_on  | tenor_day_count | pricing_kind | is_estimated
        ---------------+------------+-------------+---------------+---------------+------------+-----------------+--------------+-------------
        D1             | 1900-01-01 | 2026-05-01  | 0.001         | 0.009         | 2026-01-01 | 50              | behavioural  | no
        D1             | 2026-05-01 | 2026-06-15  | 0.001         | 0.008         | 2026-05-01 | 50              | behavioural  | no
        D1             | 2026-06-15 |             | 0.0005        | 0.008         | 2026-05-01 | 50              | behavioural  | no
        T1             | 1900-01-01 |             | 0.015         | 0.015         | 2026-02-01 | 200             | default      | yes
        N1             | 1900-01-01 | 2026-05-01  |               | 0.009         | 2026-01-01 | 50              | behavioural  | yes
        N1             | 2026-05-01 |             |               | 0.008         | 2026-05-01 | 50              | behavioural  | yes
        """,
    )


def test_a_tenor_that_changes_from_a_day_leaves_the_days_before_as_they_were(engine: Engine) -> None:
    """Demand money from 1 June at 0 days: 0.007; before at 50: 0.008. Term money opened before 1 June keeps 200 days, after it takes 100: 0.009."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        parameter="""
            parameter_code                       | valid_from | valid_until | number_value
            -------------------------------------+------------+-------------+-------------
            transfer_tenor_days.demand_deposit   | 1900-01-01 | 2026-06-01  | 50
            transfer_tenor_days.demand_deposit   | 2026-06-01 |             | 0
            transfer_default_tenor_days.deposit  | 1900-01-01 | 2026-06-01  | 200
            transfer_default_tenor_days.deposit  | 2026-06-01 |             | 100
        """,
        transfer_curve_segment=CURVE,
        account="""
            account_number | product_group  | opened_on
            ---------------+----------------+-----------
            D1             | demand_deposit | 2020-01-01
            T1             | term_deposit   | 2026-05-31
            T2             | term_deposit   | 2026-06-01
        """,
    )
    run(engine, PRICE_ACCOUNTS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_pricing",
        """
        account_number | valid_from | valid_until | transfer_rate | demand_transfer_rate | tenor_day_count
        ---------------+------------+-------------+---------------+----------------------+----------------
        D1             | 1900-01-01 | 2026-06-01  | 0.008         | 0.008                | 50
        D1             | 2026-06-01 |             | 0.007         | 0.007                | 0
        T1             | 1900-01-01 |             | 0.014         | 0.008                | 200
        T2             | 1900-01-01 |             | 0.009         | 0.007                | 100
        """,
    )
