"""Interest day: what earns and bears interest, beside the interest, in one row of each day."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.interest_day import INTEREST_DAY_MART


def test_interest_stands_beside_the_balances_that_earn_and_bear_it(engine: Engine) -> None:
    """Expense turns positive; provisions, equity and fees are neither; a day without interest has its balances all the same."""
    load_tables(
        engine,
        income_day="""
            organisation_code | subject_code | line_code                | currency | business_date | local_profit_amount
            ------------------+--------------+--------------------------+----------+---------------+--------------------
            B10               | 6011         | interest_income          | CNY      | 2026-06-30    | 100.00
            B10               | 6012         | interest_income          | CNY      | 2026-06-30    | 20.00
            B10               | 6411         | deposit_interest_expense | CNY      | 2026-06-30    | -30.00
            B10               | 6412         | interest_expense         | CNY      | 2026-06-30    | -5.00
            B10               | 6021         | fee_income               | CNY      | 2026-06-30    | 999.00
        """,
        ledger_line_day="""
            organisation_code | statement_code | line_code            | currency | business_date | local_balance
            ------------------+----------------+----------------------+----------+---------------+--------------
            B10               | asset          | loan                 | CNY      | 2026-06-29    | 1000.00
            B10               | asset          | loan                 | CNY      | 2026-06-30    | 1100.00
            B10               | asset          | central_bank_asset   | CNY      | 2026-06-30    | 200.00
            B10               | asset          | provision            | CNY      | 2026-06-30    | -50.00
            B10               | liability      | deposit              | CNY      | 2026-06-30    | 900.00
            B10               | liability      | central_bank_liability | CNY    | 2026-06-30    | 70.00
            B10               | liability      | payable              | CNY      | 2026-06-30    | 8.00
            B20               | liability      | interbank_liability  | USD      | 2026-06-30    | 3.00
        """,
    )
    run(engine, INTEREST_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "interest_day",
        """
        organisation_code | currency | business_date | interest_income_amount | interest_expense_amount | earning_asset_balance | bearing_liability_balance
        ------------------+----------+---------------+------------------------+-------------------------+-----------------------+--------------------------
        B10               | CNY      | 2026-06-29    | 0.00                   | 0.00                    | 1000.00               | 0.00
        B10               | CNY      | 2026-06-30    | 120.00                 | 35.00                   | 1300.00               | 970.00
        B20               | USD      | 2026-06-30    | 0.00                   | 0.00                    | 0.00                  | 3.00
        """,
    )
