"""What moved outlet in the second month: the first month stays where it was, the second counts at the new one, sums stay.

A1 of customer C1 and loan L1 belong to B10 in May and to B20 from 12 June on; today's outlet of all three is B20.
"""

import pytest
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.trace_loan_organisations import TRACE_LOAN_ORGANISATIONS
from maisui.marts.account_month import ACCOUNT_MONTH_MART
from maisui.marts.asset_day import ASSET_DAY_MART
from maisui.marts.customer_channel_month import CUSTOMER_CHANNEL_MONTH_MART
from maisui.marts.customer_month import CUSTOMER_MONTH_MART
from maisui.marts.dormant_account_day import DORMANT_ACCOUNT_DAY_MART
from maisui.marts.loan_flow_day import LOAN_FLOW_DAY_MART
from maisui.marts.loan_migration_day import LOAN_MIGRATION_DAY_MART
from maisui.marts.loan_roll_day import LOAN_ROLL_DAY_MART
from maisui.marts.loan_vintage_day import LOAN_VINTAGE_DAY_MART
from maisui.marts.managed_customer_month import MANAGED_CUSTOMER_MONTH_MART
from maisui.marts.maturity_day import MATURITY_DAY_MART
from maisui.marts.product_day import PRODUCT_DAY_MART
from maisui.marts.repayment_day import REPAYMENT_DAY_MART

TODAY = "2026-06-30"
TWO_MONTHS = ("2026-05-01", TODAY)
ACCOUNT = """
    account_number | customer_number | organisation_code | opened_on  | product_group
    ---------------+-----------------+-------------------+------------+--------------
    A1             | C1              | B20               | 2020-01-01 | term_deposit
"""
BALANCE = """
    account_number | valid_from | valid_until | balance
    ---------------+------------+-------------+--------
    A1             | 2026-04-30 |             | 100.00
"""
ACCOUNT_MOVED = """
    account_number | valid_from | valid_until | organisation_code | previous_organisation_code
    ---------------+------------+-------------+-------------------+---------------------------
    A1             | 1900-01-01 | 2026-06-12  | B10               |
    A1             | 2026-06-12 |             | B20               | B10
"""
CUSTOMER = """
    customer_number | customer_kind | home_organisation_code
    ----------------+---------------+-----------------------
    C1              | personal      | B20
"""
HOME_MOVED = """
    customer_number | valid_from | valid_until | organisation_code | previous_organisation_code
    ----------------+------------+-------------+-------------------+---------------------------
    C1              | 1900-01-01 | 2026-06-12  | B10               |
    C1              | 2026-06-12 |             | B20               | B10
"""
LOAN = """
    loan_number | organisation_code | disbursed_on | disbursed_amount | last_reported_on
    ------------+-------------------+--------------+------------------+-----------------
    L1          | B20               | 2026-05-05   | 60.00            | 2026-06-30
"""
LOAN_MOVED = """
    loan_number | valid_from | valid_until | organisation_code | previous_organisation_code
    ------------+------------+-------------+-------------------+---------------------------
    L1          | 1900-01-01 | 2026-06-12  | B10               |
    L1          | 2026-06-12 |             | B20               | B10
"""
LOAN_STATE = """
    loan_number | valid_from | valid_until | organisation_code | balance | loan_class | overdue_since
    ------------+------------+-------------+-------------------+---------+------------+--------------
    L1          | 2025-12-31 | 2026-06-30  | B10               | 60.00   | pass       | 2026-04-20
    L1          | 2026-06-30 |             | B20               | 50.00   | pass       | 2026-04-20
"""


def test_an_accounts_months_stay_where_they_were(engine: Engine) -> None:
    """100.00 at B10 in May and at B20 in June, as the daily balances of the outlets have it."""
    load_tables(engine, calendar_day=TWO_MONTHS, account=ACCOUNT, account_balance=BALANCE, account_organisation_period=ACCOUNT_MOVED)
    run(engine, ACCOUNT_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "account_month",
        """
        account_number | month_start | organisation_code | closing_balance
        ---------------+-------------+-------------------+----------------
        A1             | 2026-05-01  | B10               | 100.00
        A1             | 2026-06-01  | B20               | 100.00
        """,
    )
    run(engine, PRODUCT_DAY_MART, reporting_date=TODAY)
    ends = engine.fetch(
        "SELECT organisation_code, balance FROM product_day "
        "WHERE business_date IN (DATE '2026-05-31', DATE '2026-06-30') AND balance <> 0 ORDER BY business_date"
    )
    assert [(row[0], f"{row[1]}") for row in ends] == [("B10", "100.00"), ("B20", "100.00")]


def test_a_dormant_account_lies_where_it_was_kept(engine: Engine) -> None:
    load_tables(engine, calendar_day=TWO_MONTHS, account=ACCOUNT, account_balance=BALANCE, account_organisation_period=ACCOUNT_MOVED)
    run(engine, ACCOUNT_MONTH_MART, reporting_date=TODAY)
    run(engine, DORMANT_ACCOUNT_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "dormant_account_day",
        """
        organisation_code | business_date | account_count
        ------------------+---------------+--------------
        B10               | 2026-05-31    | 1
        B20               | 2026-06-30    | 1
        """,
    )


def test_a_term_deposit_falls_due_at_the_outlet_of_that_day(engine: Engine) -> None:
    """Due in May, on the day before the move, on the day of the move, and in the future: at the outlet that keeps it now."""
    load_tables(
        engine,
        calendar_day=TWO_MONTHS,
        account=ACCOUNT,
        account_balance=BALANCE,
        account_organisation_period=ACCOUNT_MOVED,
        deposit_term_snapshot="""
            account_number | reported_on | matures_on
            ---------------+-------------+-----------
            A1             | 2026-04-30  | 2026-05-20
            A1             | 2026-05-31  | 2026-06-11
            A1             | 2026-05-31  | 2026-06-12
            A1             | 2026-06-30  | 2026-09-01
        """,
    )
    run(engine, MATURITY_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "maturity_day",
        """
        organisation_code | business_date | maturing_amount
        ------------------+---------------+----------------
        B10               | 2026-05-20    | 100.00
        B10               | 2026-06-11    | 100.00
        B20               | 2026-06-12    | 100.00
        B20               | 2026-09-01    | 100.00
        """,
    )


def test_a_customers_month_is_at_the_home_of_its_last_day(engine: Engine) -> None:
    load_tables(
        engine,
        calendar_day=TWO_MONTHS,
        customer=CUSTOMER,
        customer_home_period=HOME_MOVED,
        account_month="""
            account_number | customer_number | month_start | organisation_code | closing_balance
            ---------------+-----------------+-------------+-------------------+----------------
            A1             | C1              | 2026-05-01  | B10               | 100.00
            A1             | C1              | 2026-06-01  | B20               | 100.00
        """,
    )
    run(engine, CUSTOMER_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "customer_month",
        """
        customer_number | month_start | home_organisation_code | deposit_balance
        ----------------+-------------+------------------------+----------------
        C1              | 2026-05-01  | B10                    | 100.00
        C1              | 2026-06-01  | B20                    | 100.00
        """,
    )


def test_a_channel_is_used_and_a_manager_has_a_customer_at_the_home_of_the_months_last_day(engine: Engine) -> None:
    """C1 used the machine on 5 May and on 5 June, a week before he moved: June is B20's, for channels and managers alike."""
    load_tables(
        engine,
        calendar_day=TWO_MONTHS,
        account=ACCOUNT,
        customer=CUSTOMER,
        customer_home_period=HOME_MOVED,
        account_transaction="""
            transaction_number | customer_number | channel_code | posted_on  | is_bank_initiated | is_reversal
            -------------------+-----------------+--------------+------------+-------------------+------------
            T1                 | C1              | atm          | 2026-05-05 | no                | no
            T2                 | C1              | atm          | 2026-06-05 | no                | no
        """,
        account_allocation="""
            account_number | employee_number | valid_from | result_share
            ---------------+-----------------+------------+-------------
            A1             | M1              | 2026-04-01 | 1
        """,
    )
    run(engine, CUSTOMER_CHANNEL_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "customer_channel_month",
        """
        customer_number | month_start | organisation_code | business_date
        ----------------+-------------+-------------------+--------------
        C1              | 2026-05-01  | B10               | 2026-05-05
        C1              | 2026-06-01  | B20               | 2026-06-05
        """,
    )
    run(engine, MANAGED_CUSTOMER_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "managed_customer_month",
        """
        customer_number | employee_number | organisation_code | business_date
        ----------------+-----------------+-------------------+--------------
        C1              | M1              | B10               | 2026-05-01
        C1              | M1              | B20               | 2026-06-01
        """,
    )


@pytest.mark.parametrize("reported_until", ["2026-06-14", ""])
def test_holdings_follow_the_customers_home_day_by_day(engine: Engine, reported_until: str) -> None:
    """Reported on 10 June, two days before the move; the last of the drawn days is the 13th, whether or not a report follows."""
    load_tables(
        engine,
        calendar_day=("2026-06-10", "2026-06-13"),
        customer=CUSTOMER,
        customer_home_period=HOME_MOVED,
        asset_holding=f"""
            customer_number | product_group | product_line | valid_from | valid_until      | market_amount
            ----------------+---------------+--------------+------------+------------------+--------------
            C1              | fund          | fund         | 2026-06-10 | {reported_until} | 30.00
            C1              | fund          | fund         | 2026-06-10 | 2026-06-12       | 5.00
            C2              | fund          | fund         | 2026-06-10 | 2026-06-11       | 7.00
        """,
    )
    run(engine, ASSET_DAY_MART, reporting_date="2026-06-13")
    expect(
        engine,
        "asset_day",
        """
        organisation_code | customer_kind | business_date | balance
        ------------------+---------------+---------------+--------
        B10               | personal      | 2026-06-10    | 35.00
        B10               | personal      | 2026-06-11    | 35.00
        B20               | personal      | 2026-06-12    | 30.00
        B20               | personal      | 2026-06-13    | 30.00
        none              | unknown       | 2026-06-10    | 7.00
        """,
    )


def test_a_loan_moves_on_the_day_its_outlet_closed_or_with_the_next_report(engine: Engine) -> None:
    """L1's outlet closed on 12 June; L2 moves with the June report; L3 never moved. A report that repeats the outlet moves nothing."""
    load_tables(
        engine,
        organisation_period="""
            organisation_code | valid_from | is_open
            ------------------+------------+--------
            B10               | 2026-06-12 | no
            B30               | 2020-01-01 | yes
        """,
        loan_snapshot="""
            reported_on | loan_number | organisation_code | disbursed_on | disbursed_amount
            ------------+-------------+------------------+--------------+-----------------
            2026-05-29  | L1          | B10               | 2020-01-01   | 60.00
            2026-05-31  | L1          | B10               | 2020-01-01   | 60.00
            2026-06-30  | L1          | B20               | 2020-01-01   | 60.00
            2026-05-31  | L2          | B30               | 2020-01-01   | 60.00
            2026-06-30  | L2          | B20               | 2020-01-01   | 60.00
            2026-05-31  | L3          | B30               | 2020-01-01   | 60.00
            2026-06-30  | L3          | B30               | 2020-01-01   | 60.00
        """,
    )
    run(engine, TRACE_LOAN_ORGANISATIONS, reporting_date=TODAY)
    expect(
        engine,
        "loan_organisation_period",
        """
        loan_number | valid_from | valid_until | organisation_code | previous_organisation_code
        ------------+------------+-------------+-------------------+---------------------------
        L1          | 1900-01-01 | 2026-06-12  | B10               |
        L1          | 2026-06-12 |             | B20               | B10
        L2          | 1900-01-01 | 2026-06-30  | B30               |
        L2          | 2026-06-30 |             | B20               | B30
        """,
    )


def test_dues_and_receipts_count_where_the_loan_was_on_their_day(engine: Engine) -> None:
    """What fell due in May at B10 is collected in June at B20."""
    load_tables(
        engine,
        loan=LOAN,
        loan_organisation_period=LOAN_MOVED,
        repayment_schedule="""
            loan_number | instalment_number | due_on     | due_principal_amount | due_interest_amount
            ------------+-------------------+------------+----------------------+--------------------
            L1          | 1                 | 2026-05-20 | 10.00                | 1.00
            L1          | 2                 | 2026-06-20 | 10.00                | 1.00
        """,
        repayment_receipt="""
            loan_number | instalment_number | received_on | principal_amount | interest_amount
            ------------+-------------------+-------------+------------------+----------------
            L1          | 1                 | 2026-06-25  | 10.00            | 1.00
        """,
    )
    run(engine, REPAYMENT_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "repayment_day",
        """
        organisation_code | due_on     | business_date | due_principal_amount | collected_principal_amount
        ------------------+------------+---------------+----------------------+---------------------------
        B10               | 2026-05-20 | 2026-05-20    | 10.00                | 0.00
        B20               | 2026-05-20 | 2026-06-25    | 0.00                 | 10.00
        B20               | 2026-06-20 | 2026-06-20    | 10.00                | 0.00
        """,
    )


def test_migration_roll_and_vintage_of_a_loan_stay_with_the_outlet_of_their_day(engine: Engine) -> None:
    """L1 has been in arrears since 20 April; it owes 60.00 in May at B10 and 50.00 in June at B20; it went out at B10."""
    load_tables(engine, calendar_day=TWO_MONTHS, loan=LOAN, loan_organisation_period=LOAN_MOVED, loan_state=LOAN_STATE)
    run(engine, LOAN_MIGRATION_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "loan_migration_day",
        """
        organisation_code | business_date | opening_balance | remaining_balance
        ------------------+---------------+-----------------+------------------
        B10               | 2026-05-31    | 60.00           | 60.00
        B20               | 2026-06-30    | 60.00           | 50.00
        """,
    )
    run(engine, LOAN_ROLL_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "loan_roll_day",
        """
        organisation_code | business_date | arrears_stage | closing_arrears_stage | opening_balance
        ------------------+---------------+---------------+-----------------------+----------------
        B10               | 2026-05-31    | M1            | M2                    | 60.00
        B20               | 2026-06-30    | M2            | M3                    | 60.00
        """,
    )
    run(engine, LOAN_VINTAGE_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "loan_vintage_day",
        """
        organisation_code | vintage_month | business_date | disbursed_amount | balance | overdue_30d_balance
        ------------------+---------------+---------------+------------------+---------+--------------------
        B10               | 2026-05-01    | 2026-05-31    | 60.00            | 60.00   | 60.00
        B20               | 2026-05-01    | 2026-06-30    | 60.00            | 50.00   | 50.00
        """,
    )
    run(engine, LOAN_FLOW_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "loan_flow_day",
        """
        organisation_code | business_date | disbursed_amount
        ------------------+---------------+-----------------
        B10               | 2026-05-05    | 60.00
        """,
    )
