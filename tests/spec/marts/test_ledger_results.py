"""Results of the ledger: what was added to profit, and statement lines day by day."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.income_day import INCOME_DAY_MART
from maisui.marts.ledger_line_day import LEDGER_LINE_DAY_MART

LINES = """
    subject_code | statement_code | line_code
    -------------+----------------+------------------
    6011         | income         | interest_income
    6411         | income         | interest_expense
    1303         | asset          | loan
    1304         | asset          | provision
    2011         | liability      | deposit
"""


def test_a_month_adds_the_difference_of_two_balances_and_january_begins_at_zero(engine: Engine) -> None:
    """The first ledger ever tells its own turnover; December to January starts anew, closing entries or not."""
    load_tables(
        engine,
        ledger_subject_line=LINES,
        ledger_day="""
            subject_code | business_date | balance_side | balance | debit_amount | credit_amount
            -------------+---------------+--------------+---------+--------------+--------------
            6011         | 2025-11-30    | credit       | 900.00  | 1.00         | 81.00
            6011         | 2025-12-31    | credit       | 1000.00 | 0.00         | 100.00
            6011         | 2026-01-31    | credit       | 70.00   | 1000.00      | 70.00
            6411         | 2025-11-30    | debit        | 300.00  | 30.00        | 0.00
            6411         | 2025-12-31    | debit        | 340.00  | 40.00        | 0.00
            6411         | 2026-01-31    | debit        | 20.00   | 20.00        | 340.00
            1303         | 2026-01-31    | debit        | 5.00    | 5.00         | 0.00
        """,
    )
    run(engine, INCOME_DAY_MART, reporting_date="2026-01-31")
    expect(
        engine,
        "income_day",
        """
        subject_code | business_date | line_code        | profit_amount
        -------------+---------------+------------------+--------------
        6011         | 2025-11-30    | interest_income  | 80.00
        6011         | 2025-12-31    | interest_income  | 100.00
        6011         | 2026-01-31    | interest_income  | 70.00
        6411         | 2025-11-30    | interest_expense | -30.00
        6411         | 2025-12-31    | interest_expense | -40.00
        6411         | 2026-01-31    | interest_expense | -20.00
        """,
    )


def test_a_book_that_is_closed_on_new_years_eve_keeps_decembers_result(engine: Engine) -> None:
    """The balance is zero after closing: what was posted on the subject's own side is December's."""
    load_tables(
        engine,
        ledger_subject_line=LINES,
        ledger_day="""
            subject_code | business_date | balance_side | balance | debit_amount | credit_amount
            -------------+---------------+--------------+---------+--------------+--------------
            6011         | 2025-11-30    | credit       | 900.00  | 0.00         | 90.00
            6011         | 2025-12-31    | credit       | 0.00    | 1000.00      | 100.00
            6011         | 2026-01-31    | credit       | 70.00   | 0.00         | 70.00
        """,
    )
    run(engine, INCOME_DAY_MART, reporting_date="2026-01-31")
    expect(
        engine,
        "income_day",
        """
        business_date | profit_amount
        --------------+--------------
        2025-11-30    | 90.00
        2025-12-31    | 100.00
        2026-01-31    | 70.00
        """,
    )


def test_between_two_ledger_days_a_line_is_the_mean_and_after_the_last_it_is_carried(engine: Engine) -> None:
    """Loans 100, then 201: 150.50 on the two days between; provisions are negative; a line absent from a ledger day is zero on it."""
    load_tables(
        engine,
        ledger_subject_line=LINES,
        calendar_day="""
            business_date | month_start | month_end
            --------------+-------------+-----------
            2026-06-27    | 2026-06-01  | 2026-06-30
            2026-06-28    | 2026-06-01  | 2026-06-30
            2026-06-29    | 2026-06-01  | 2026-06-30
            2026-06-30    | 2026-06-01  | 2026-06-30
            2026-07-01    | 2026-07-01  | 2026-07-31
        """,
        ledger_day="""
            subject_code | business_date | balance_side | balance
            -------------+---------------+--------------+--------
            1303         | 2026-06-27    | debit        | 100.00
            1303         | 2026-06-30    | debit        | 201.00
            1304         | 2026-06-30    | credit       | 9.00
            2011         | 2026-06-27    | credit       | 50.00
        """,
    )
    run(engine, LEDGER_LINE_DAY_MART, reporting_date="2026-07-01")
    expect(
        engine,
        "ledger_line_day",
        """
        line_code | business_date | balance | is_estimated
        ----------+---------------+---------+-------------
        loan      | 2026-06-27    | 100.00  | no
        loan      | 2026-06-28    | 150.50  | yes
        loan      | 2026-06-29    | 150.50  | yes
        loan      | 2026-06-30    | 201.00  | no
        loan      | 2026-07-01    | 201.00  | no
        provision | 2026-06-27    | 0.00    | no
        provision | 2026-06-28    | -4.50   | yes
        provision | 2026-06-29    | -4.50   | yes
        provision | 2026-06-30    | -9.00   | no
        provision | 2026-07-01    | -9.00   | no
        deposit   | 2026-06-27    | 50.00   | no
        deposit   | 2026-06-28    | 25.00   | yes
        deposit   | 2026-06-29    | 25.00   | yes
        deposit   | 2026-06-30    | 0.00    | no
        deposit   | 2026-07-01    | 0.00    | no
        """,
    )


def test_lines_and_results_of_foreign_money_are_converted_at_the_rate_of_their_day(engine: Engine) -> None:
    """Ten dollars earned by May are 70.00 yuan, twenty more in June 142.47; the line's mean is that of its yuan."""
    load_tables(
        engine,
        ledger_subject_line=LINES,
        calendar_day="""
            business_date | month_start | month_end
            --------------+-------------+-----------
            2026-05-31    | 2026-05-01  | 2026-05-31
            2026-06-15    | 2026-06-01  | 2026-06-30
            2026-06-30    | 2026-06-01  | 2026-06-30
        """,
        ledger_day="""
            subject_code | currency | business_date | balance_side | balance | local_balance | debit_amount | credit_amount
            -------------+----------+---------------+--------------+---------+---------------+--------------+--------------
            6011         | USD      | 2026-05-31    | credit       | 10.00   | 70.00         | 0.00         | 10.00
            6011         | USD      | 2026-06-30    | credit       | 30.00   | 213.70        | 0.00         | 20.00
            1304         | USD      | 2026-05-31    | credit       | 1.00    | 7.00          | 0.00         | 1.00
            1304         | USD      | 2026-06-30    | credit       | 1.00    | 7.13          | 0.00         | 0.00
        """,
        local_rate="""
            currency | valid_from | valid_until | quoted_amount | exchange_rate
            ---------+------------+-------------+---------------+--------------
            USD      | 1900-01-01 | 2026-06-30  | 100.00        | 700.000000
            USD      | 2026-06-30 |             | 100.00        | 712.345000
        """,
    )
    run(engine, INCOME_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "income_day",
        """
        business_date | profit_amount | local_profit_amount
        --------------+---------------+--------------------
        2026-05-31    | 10.00         | 70.00
        2026-06-30    | 20.00         | 142.47
        """,
    )
    run(engine, LEDGER_LINE_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_line_day",
        """
        line_code       | business_date | balance | local_balance
        ----------------+---------------+---------+--------------
        interest_income | 2026-05-31    | 10.00   | 70.00
        interest_income | 2026-06-15    | 20.00   | 141.85
        interest_income | 2026-06-30    | 30.00   | 213.70
        provision       | 2026-05-31    | -1.00   | -7.00
        provision       | 2026-06-15    | -1.00   | -7.07
        provision       | 2026-06-30    | -1.00   | -7.13
        """,
    )
