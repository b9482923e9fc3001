"""Foreign currency: what accounts, loans, holdings and postings are worth in the bank's own currency, at the rate of the day."""

from decimal import Decimal

from drawn_tables import expect, load_tables, need_table, run

from maisui.engines.engine import Engine
from maisui.integration.build_balance_points import BUILD_BALANCE_POINTS
from maisui.integration.list_balance_breaks import LIST_BALANCE_BREAKS
from maisui.integration.reconstruct_balances import RECONSTRUCT_BALANCES
from maisui.integration.trace_asset_holdings import TRACE_ASSET_HOLDINGS
from maisui.integration.trace_loan_state import TRACE_LOAN_STATE
from maisui.integration.trace_local_rates import TRACE_LOCAL_RATES
from maisui.marts.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH_MART
from maisui.marts.channel_day import CHANNEL_DAY_MART
from maisui.marts.channel_hour_month import CHANNEL_HOUR_MONTH_MART
from maisui.marts.customer_flow_month import CUSTOMER_FLOW_MONTH_MART
from maisui.marts.loan_flow_day import LOAN_FLOW_DAY_MART
from maisui.marts.repayment_day import REPAYMENT_DAY_MART
from maisui.marts.write_off_day import WRITE_OFF_DAY_MART
from maisui.reconciliation.controls import CURRENCIES_HAVE_RATES
from maisui.reconciliation.mart_controls import MARTS_EQUAL_BASE
from maisui.steps.local_currency_sql import in_local_currency, rate_of_day

JUNE = ("2026-06-01", "2026-06-30")
RATES = """
    currency | local_currency | valid_from | quoted_amount | exchange_rate
    ---------+----------------+------------+---------------+--------------
    USD      | CNY            | 2026-06-02 | 100           | 700.005000
    USD      | CNY            | 2026-06-03 | 100           | 700.005000
    USD      | CNY            | 2026-06-16 | 100           | 710
    JPY      | CNY            | 2026-06-01 | 10000         | 480
    EUR      | USD            | 2026-06-01 | 1             | 1.1
    USD      | CNY            | 2026-07-01 | 100           | 720
"""
LOCAL_RATES = """
    currency | valid_from | valid_until | quoted_amount | exchange_rate
    ---------+------------+-------------+---------------+--------------
    USD      | 1900-01-01 | 2026-06-16  | 100           | 700.005
    USD      | 2026-06-16 |             | 100           | 710
"""


def test_a_rate_holds_until_another_one_and_the_first_one_also_before(engine: Engine) -> None:
    """The same rate again makes no new stretch; rates of days to come and rates to another currency than most are left out."""
    load_tables(engine, exchange_rate=RATES)
    run(engine, TRACE_LOCAL_RATES, reporting_date="2026-06-30")
    expect(
        engine,
        "local_rate",
        """
        currency | valid_from | valid_until | quoted_amount | exchange_rate
        ---------+------------+-------------+---------------+--------------
        JPY      | 1900-01-01 |             | 10000         | 480
        USD      | 1900-01-01 | 2026-06-16  | 100           | 700.005
        USD      | 2026-06-16 |             | 100           | 710
        """,
    )


def test_millions_of_dollars_are_converted(engine: Engine) -> None:
    """USD 2,000,000,000.01 × 7.10 = 14,200,000,000.071: the product before the division has more digits than a small decimal holds."""
    load_tables(engine, exchange_rate=RATES)
    run(engine, TRACE_LOCAL_RATES, reporting_date="2026-06-30")
    converted = in_local_currency("r.amount", "x")
    found = engine.fetch(
        f"SELECT {converted} FROM (SELECT 'USD' AS currency, CAST(2000000000.01 AS DECIMAL(18,2)) AS amount) AS r "
        + rate_of_day("r", "DATE '2026-06-30'", "x")
    )
    assert found == [(Decimal("14200000000.07"),)]


def test_a_foreign_balance_moves_with_its_rate_and_still_rolls_in_its_own_currency(engine: Engine) -> None:
    """USD 1,000.01 × 7.00005 = 7,000.120…; 1,500.01 × 7.00005 = 10,500.145… → .15; × 7.10 = 10,650.071. Own currency stays as it is."""
    load_tables(
        engine,
        calendar_day=JUNE,
        local_rate=LOCAL_RATES,
        account="""
            account_number | currency | opened_on
            ---------------+----------+-----------
            A1             | USD      | 2026-06-05
            A2             | CNY      | 2026-06-05
            A3             | GBP      | 2026-06-05
        """,
        account_snapshot="""
            reported_on | account_number | currency | balance
            ------------+----------------+----------+--------
            2026-06-05  | A1             | USD      | 1000.01
            2026-06-30  | A1             | USD      | 1500.01
            2026-06-05  | A2             | CNY      | 20.00
            2026-06-05  | A3             | GBP      | 3.00
        """,
        account_transaction="""
            account_number | currency | posted_on  | balance_change
            ---------------+----------+------------+---------------
            A1             | USD      | 2026-06-10 | 500.00
        """,
    )
    for step in (BUILD_BALANCE_POINTS, RECONSTRUCT_BALANCES, LIST_BALANCE_BREAKS):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "account_balance",
        """
        account_number | currency | valid_from | valid_until | balance
        ---------------+----------+------------+-------------+---------
        A1             | USD      | 2026-06-05 | 2026-06-10  | 7000.12
        A1             | USD      | 2026-06-10 | 2026-06-16  | 10500.15
        A1             | USD      | 2026-06-16 |             | 10650.07
        A2             | CNY      | 2026-06-05 |             | 20.00
        A3             | GBP      | 2026-06-05 |             | 3.00
        """,
    )
    assert engine.fetch("SELECT count(*) FROM balance_break") == [(0,)]


def test_loans_and_holdings_follow_the_rate_between_two_reports(engine: Engine) -> None:
    load_tables(
        engine,
        local_rate=LOCAL_RATES,
        delivery="""
            source_file_id | feed_code | business_date
            ---------------+-----------+--------------
            MAY            | loans     | 2026-05-31
            JUNE           | loans     | 2026-06-30
            HELD           | held      | 2026-06-20
        """,
        loan_snapshot="""
            source_file_id | reported_on | loan_number | currency | disbursed_on | balance
            ---------------+-------------+-------------+----------+--------------+--------
            MAY            | 2026-05-31  | L1          | USD      | 2025-01-05   | 200.00
            JUNE           | 2026-06-30  | L1          | USD      | 2025-01-05   | 100.00
        """,
        agency_holding_snapshot="""
            source_file_id | reported_on | customer_number | product_code | currency | market_amount
            ---------------+-------------+-----------------+--------------+----------+--------------
            HELD           | 2026-06-20  | C1              | F1           | USD      | 10.00
            HELD           | 2026-06-20  | C1              | F2           | CNY      | 10.00
        """,
    )
    run(engine, TRACE_LOAN_STATE, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_state",
        """
        loan_number | valid_from | valid_until | balance
        ------------+------------+-------------+--------
        L1          | 2026-05-31 | 2026-06-16  | 1400.01
        L1          | 2026-06-16 | 2026-06-30  | 1420.00
        L1          | 2026-06-30 |             | 710.00
        """,
    )
    run(engine, TRACE_ASSET_HOLDINGS, reporting_date="2026-06-30")
    expect(
        engine,
        "asset_holding",
        """
        product_code | valid_from | market_amount
        -------------+------------+--------------
        F1           | 2026-06-20 | 71.00
        F2           | 2026-06-20 | 10.00
        """,
    )


def test_postings_count_at_the_rate_of_their_day(engine: Engine) -> None:
    """USD 100 on 10 June is 700.01 (700.005 half up), USD -50 on 20 June is -355.00: amounts, flows and hours agree, and so does the control."""
    load_tables(
        engine,
        calendar_day=JUNE,
        local_rate=LOCAL_RATES,
        account="""
            account_number | currency | customer_number | account_kind | opened_on
            ---------------+----------+-----------------+--------------+-----------
            A1             | USD      | C1              | deposit      | 2020-01-01
            L1             | USD      | C1              | loan         | 2020-01-01
        """,
        account_transaction="""
            transaction_number | account_number | account_kind | currency | customer_number | posted_on  | amount | balance_change | transaction_type  | channel_code
            -------------------+----------------+--------------+----------+-----------------+------------+--------+----------------+-------------------+-------------
            1                  | A1             | deposit      | USD      | C1              | 2026-06-10 | 100.00 | 100.00         | transfer          | counter
            2                  | A1             | deposit      | USD      | C1              | 2026-06-20 | 50.00  | -50.00         | transfer          | counter
            3                  | L1             | loan         | USD      | C1              | 2026-06-20 | 10.00  | -10.00         | loan_principal    | counter
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        account_kind | business_date | transaction_amount | credit_amount | debit_amount | inflow_amount | outflow_amount
        -------------+---------------+--------------------+---------------+--------------+---------------+---------------
        deposit      | 2026-06-10    | 700.01             | 700.01        | 0.00         | 700.01        | 0.00
        deposit      | 2026-06-20    | 355.00             | 0.00          | 355.00       | 0.00          | 355.00
        loan         | 2026-06-20    | 71.00              | 0.00          | 71.00        | 0.00          | 71.00
        """,
    )
    run(engine, CHANNEL_HOUR_MONTH_MART, reporting_date="2026-06-30")
    assert engine.fetch("SELECT sum(transaction_amount) FROM channel_hour_month") == [(Decimal("1055.01"),)]
    run(engine, CUSTOMER_FLOW_MONTH_MART, reporting_date="2026-06-30")
    assert engine.fetch("SELECT sum(inflow_amount), sum(outflow_amount) FROM customer_flow_month") == [
        (Decimal("700.01"), Decimal("355.00"))
    ]
    run(engine, LOAN_FLOW_DAY_MART, reporting_date="2026-06-30")
    assert engine.fetch("SELECT sum(collected_amount) FROM loan_flow_day") == [(Decimal("71.00"),)]
    for rule in MARTS_EQUAL_BASE:
        if rule.code in {"channels_equal_transactions", "hours_equal_channels"}:
            assert engine.fetch(rule.violations) == []


def test_fees_count_in_local_currency(engine: Engine) -> None:
    """5.00 dollars on 15 June are 35.00 (35.00025), on 16 June 35.50; 2.00 yuan stay 2.00. E1 has no rate and stays as it is."""
    load_tables(
        engine,
        calendar_day=JUNE,
        local_rate=LOCAL_RATES,
        transfer_curve_segment="""
            valid_from | effective_from | tenor_from_day_count | tenor_until_day_count | start_rate | end_rate
            -----------+----------------+----------------------+-----------------------+------------+---------
            1900-01-01 | 2026-01-01     | 0                    | 1000000               | 0.02       | 0.02
        """,
        contribution_setting="""
            business_date | month_start | account_kind | product_group  | day_basis_count | vat_rate | risk_weight | surcharge_rate | income_tax_rate | capital_ratio | capital_cost_rate | demand_deposit_rate
            --------------+-------------+--------------+----------------+-----------------+----------+-------------+----------------+-----------------+---------------+-------------------+--------------------
            2026-06-30    | 2026-06-01  | deposit      | demand_deposit | 360             | 0        | 0           | 0              | 0               | 0             | 0                 | 0
            2026-06-30    | 2026-06-01  | none         | none           | 360             | 0        | 0           | 0              | 0               | 0             | 0                 | 0
        """,
        account="""
            account_number | currency | account_kind | product_group  | opened_on
            ---------------+----------+--------------+----------------+-----------
            A1             | USD      | deposit      | demand_deposit | 2020-01-01
        """,
        account_month="""
            account_number | currency | account_kind | month_start
            ---------------+----------+--------------+------------
            A1             | USD      | deposit      | 2026-06-01
        """,
        fee_charge="""
            fee_number | charged_on | account_number | customer_number | currency | fee_amount
            -----------+------------+----------------+-----------------+----------+-----------
            F1         | 2026-06-15 | A1             | C1              | USD      | 5.00
            F2         | 2026-06-16 | A1             | C1              | USD      | 5.00
            F3         | 2026-06-16 |                | C1              | CNY      | 2.00
            F4         | 2026-06-16 |                | C1              | EUR      | 3.00
        """,
    )
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | currency | fee_amount | contribution_amount
        ---------------+----------+------------+--------------------
        A1             | USD      | 70.50      | 70.50
        none           | CNY      | 2.00       | 2.00
        none           | EUR      | 3.00       | 3.00
        """,
    )


def test_instalments_count_at_the_rate_of_their_due_day_so_that_what_is_paid_in_full_is_collected_in_full(engine: Engine) -> None:
    """10.00 dollars due on 15 June are 70.00, also when they come on 20 June; 10.00 due on 16 June are 71.00, of which 4.00 came."""
    load_tables(
        engine,
        local_rate=LOCAL_RATES,
        loan="""
            loan_number | currency | organisation_code | disbursed_on | last_reported_on
            ------------+----------+-------------------+--------------+-----------------
            L1          | USD      | B10               | 2025-01-01   | 2026-06-30
            L2          | CNY      | B10               | 2025-01-01   | 2026-06-30
        """,
        repayment_schedule="""
            loan_number | instalment_number | due_on     | due_principal_amount | due_interest_amount
            ------------+-------------------+------------+----------------------+--------------------
            L1          | 1                 | 2026-06-15 | 10.00                | 1.00
            L1          | 2                 | 2026-06-16 | 10.00                | 1.00
            L2          | 1                 | 2026-06-15 | 5.00                 | 0.50
        """,
        repayment_receipt="""
            loan_number | instalment_number | receipt_number | received_on | principal_amount | interest_amount
            ------------+-------------------+----------------+-------------+------------------+----------------
            L1          | 1                 | R1             | 2026-06-20  | 10.00            | 1.00
            L1          | 2                 | R2             | 2026-06-20  | 4.00             | 0.00
        """,
    )
    run(engine, REPAYMENT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "repayment_day",
        """
        currency | due_on     | business_date | due_principal_amount | due_interest_amount | collected_principal_amount | collected_interest_amount
        ---------+------------+---------------+----------------------+---------------------+----------------------------+--------------------------
        CNY      | 2026-06-15 | 2026-06-15    | 5.00                 | 0.50                | 0.00                       | 0.00
        USD      | 2026-06-15 | 2026-06-15    | 70.00                | 7.00                | 0.00                       | 0.00
        USD      | 2026-06-15 | 2026-06-20    | 0.00                 | 0.00                | 70.00                      | 7.00
        USD      | 2026-06-16 | 2026-06-16    | 71.00                | 7.10                | 0.00                       | 0.00
        USD      | 2026-06-16 | 2026-06-20    | 0.00                 | 0.00                | 28.40                      | 0.00
        """,
    )


def test_what_is_written_off_and_comes_back_counts_at_the_rate_of_its_day(engine: Engine) -> None:
    """100.00 dollars written off on 15 June are 700.01 (700.005), 10.00 that come back on 16 June 71.00."""
    load_tables(
        engine,
        local_rate=LOCAL_RATES,
        write_off_snapshot="""
            reported_on | loan_number | organisation_code | currency | written_off_on | written_off_principal_amount | written_off_interest_amount | recovered_principal_amount | recovered_interest_amount | recovered_on
            ------------+-------------+-------------------+----------+----------------+------------------------------+-----------------------------+----------------------------+---------------------------+-------------
            2026-06-30  | L1          | B10               | USD      | 2026-06-15     | 100.00                       | 0.00                        | 10.00                      | 1.00                      | 2026-06-16
            2026-06-30  | L2          | B10               | CNY      | 2026-06-15     | 50.00                        | 0.00                        | 0.00                       | 0.00                      |
        """,
    )
    run(engine, WRITE_OFF_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "write_off_day",
        """
        currency | business_date | written_off_principal_amount | recovered_principal_amount | recovered_interest_amount
        ---------+---------------+------------------------------+----------------------------+--------------------------
        CNY      | 2026-06-15    | 50.00                        | 0.00                       | 0.00
        USD      | 2026-06-15    | 700.01                       | 0.00                       | 0.00
        USD      | 2026-06-16    | 0.00                         | 71.00                      | 7.10
        """,
    )


def test_a_currency_without_a_rate_is_named(engine: Engine) -> None:
    load_tables(
        engine,
        exchange_rate=RATES,
        account="""
            account_number | currency | opened_on
            ---------------+----------+-----------
            A1             | USD      | 2020-01-01
            A2             | CNY      | 2020-01-01
            A3             | GBP      | 2020-01-01
            A4             | GBP      | 2020-01-01
        """,
    )
    run(engine, TRACE_LOCAL_RATES, reporting_date="2026-06-30")
    need_table(engine, "loan")
    need_table(engine, "asset_holding")
    assert engine.fetch(CURRENCIES_HAVE_RATES.violations) == [("GBP", Decimal("2.00"))]
    assert engine.fetch(CURRENCIES_HAVE_RATES.checked) == [(3,)]


def test_a_bank_of_one_currency_needs_no_rate(engine: Engine) -> None:
    load_tables(
        engine,
        account="""
            account_number | currency | opened_on
            ---------------+----------+-----------
            A1             | CZK      | 2020-01-01
        """,
    )
    for name in ("exchange_rate", "local_rate", "loan", "asset_holding"):
        need_table(engine, name)
    assert engine.fetch(CURRENCIES_HAVE_RATES.violations) == []
