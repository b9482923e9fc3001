"""What merchants paid against what the ledger's acquiring subjects earned: whole months only, income and cost apart."""

from decimal import Decimal

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.reconciliation.channel_controls import MERCHANT_FEES_EQUAL_LEDGER
from maisui.reconciliation.merchant_fee_tie import MERCHANT_FEE_TIE_MART

TAKINGS = """
    merchant_number | traded_on  | payment_kind | fee_income_amount | fee_cost_amount
    ----------------+------------+--------------+-------------------+----------------
    M1              | 2026-03-20 | card         | 9.00              | 4.00
    M1              | 2026-04-01 | card         | 3.00              | 1.00
    M2              | 2026-04-30 | scan         | 2.00              | 0.50
    M1              | 2026-05-02 | scan         | 7.00              | 2.00
    M1              | 2026-06-01 | card         | 5.00              | 2.00
"""
INCOME = """
    organisation_code | subject_code | line_code   | business_date | profit_amount
    ------------------+--------------+-------------+---------------+--------------
    B10               | 602105       | fee_income  | 2026-03-31    | 9.00
    B10               | 602105       | fee_income  | 2026-04-30    | 4.00
    B20               | 602105       | fee_income  | 2026-04-15    | 1.00
    B10               | 642102       | fee_expense | 2026-04-30    | -1.50
    B10               | 602101       | fee_income  | 2026-04-30    | 80.00
    B10               | 602105       | fee_income  | 2026-05-31    | 6.99
    B10               | 642102       | fee_expense | 2026-05-31    | -2.00
    B10               | 602105       | fee_income  | 2026-06-02    | 1.00
"""
SETS = """
    subject_code | business_date | control_code
    -------------+---------------+-------------
    602105       | 2026-03-31    | merchant_fee
    602105       | 2026-04-15    | merchant_fee
    602105       | 2026-04-30    | merchant_fee
    642102       | 2026-04-30    | merchant_fee
    602101       | 2026-04-30    | none
    602105       | 2026-05-31    | merchant_fee
    642102       | 2026-05-31    | merchant_fee
    602105       | 2026-06-02    | merchant_fee
"""


def test_whole_months_are_compared_and_a_cent_is_named_with_month_and_line(engine: Engine) -> None:
    """Takings begin within March and June is not over: neither is compared. Days of the month count, other fee subjects do not."""
    load_tables(engine, calendar_day=("2026-03-01", "2026-06-02"), merchant_trade_day=TAKINGS, income_day=INCOME, subject_control=SETS)
    run(engine, MERCHANT_FEE_TIE_MART, reporting_date="2026-06-02")
    expect(
        engine,
        "merchant_fee_tie",
        """
        business_date | line_code   | currency | merchant_amount | ledger_amount | difference_amount
        --------------+-------------+----------+-----------------+---------------+------------------
        2026-04-30    | fee_income  | CNY      | 5.00            | 5.00          | 0.00
        2026-04-30    | fee_expense | CNY      | 1.50            | 1.50          | 0.00
        2026-05-31    | fee_income  | CNY      | 7.00            | 6.99          | 0.01
        2026-05-31    | fee_expense | CNY      | 2.00            | 2.00          | 0.00
        """,
    )
    assert engine.fetch(MERCHANT_FEES_EQUAL_LEDGER.violations) == [("2026-05-31", "fee_income", "CNY", Decimal("0.01"))]
    assert engine.fetch(MERCHANT_FEES_EQUAL_LEDGER.checked) == [(4,)]


def test_a_line_that_the_ledger_does_not_book_apart_is_not_compared(engine: Engine) -> None:
    """Without a subject of what is passed on there is nothing to hold it against; a month without any takings is held against nothing."""
    load_tables(
        engine,
        calendar_day=("2026-04-01", "2026-05-31"),
        merchant_trade_day="""
            merchant_number | traded_on  | payment_kind | fee_income_amount | fee_cost_amount
            ----------------+------------+--------------+-------------------+----------------
            M1              | 2026-04-01 | card         | 5.00              | 1.00
        """,
        income_day="""
            organisation_code | subject_code | line_code  | business_date | profit_amount
            ------------------+--------------+------------+---------------+--------------
            B10               | 602105       | fee_income | 2026-04-30    | 5.00
            B10               | 602105       | fee_income | 2026-05-31    | 2.00
        """,
        subject_control="""
            subject_code | business_date | control_code
            -------------+---------------+-------------
            602105       | 2026-04-30    | merchant_fee
            602105       | 2026-05-31    | merchant_fee
        """,
    )
    run(engine, MERCHANT_FEE_TIE_MART, reporting_date="2026-05-31")
    expect(
        engine,
        "merchant_fee_tie",
        """
        business_date | line_code  | merchant_amount | ledger_amount | difference_amount
        --------------+------------+-----------------+---------------+------------------
        2026-04-30    | fee_income | 5.00            | 5.00          | 0.00
        2026-05-31    | fee_income | 0.00            | 2.00          | -2.00
        """,
    )
