"""Contribution of accounts: margin over the transfer price, fees, taxes, service, expected loss and capital, to the cent."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.account_contribution_month import ACCOUNT_CONTRIBUTION_MONTH_MART

JUNE = ("2026-06-01", "2026-06-30")
CURVE = """
    valid_from | effective_from | tenor_from_day_count | tenor_until_day_count | start_rate | end_rate
    -----------+----------------+----------------------+-----------------------+------------+---------
    1900-01-01 | 2026-01-01     | 0                    | 1000000               | 0.02       | 0.02
"""


def settings(*dates: str) -> str:
    """Draw the settings of the months that end on `dates`: tax 25 %, VAT 3 % and a tenth of it, capital 10.5 % at 10 % a year."""
    groups = (
        "deposit | demand_deposit | 360 | 0.03 | 0",
        "deposit | term_deposit | 360 | 0.03 | 0",
        "deposit | notice_deposit | 365 | 0.03 | 0",
        "loan | business_loan | 360 | 0.03 | 1",
        "loan | farmer_loan | 360 | 0 | 0.75",
        "none | none | 360 | 0.03 | 0",
    )
    header = (
        "business_date | month_start | account_kind | product_group | day_basis_count | vat_rate | risk_weight | "
        "surcharge_rate | income_tax_rate | capital_ratio | capital_cost_rate | demand_deposit_rate"
    )
    rows = [f"{day} | {day[:8]}01 | {group} | 0.1 | 0.25 | 0.105 | 0.1 | 0.0005" for day in dates for group in groups]
    return "\n".join((header, "--+--", *rows))


def test_every_part_of_a_month_is_rounded_half_up_to_the_cent(engine: Engine) -> None:
    """
    D1: 300,000 × 0.001 ÷ 360 = 0.83 paid, × 0.018 = 15.00 earned; less 0.40 of service 13.77, tax 3.44 (3.4425), 10.33 left.
    L1: 500.00 − 250.00; VAT on 500.00 + 1.03 is 14.59, and 1.46 of surcharges; less 45.00 of loss 189.98, tax 47.50 (47.495), 142.48 left;
    capital 3,000,000 × 10.5 % = 315,000 days at 10 % ÷ 365 = 86.30, so 56.18 of value. L2 is exempt: 83.33 − 62.50 = 20.83, tax 5.21;
    capital 500,000 × 0.75 × 0.105 = 39,375 days, 10.79. D2 costs 0.02 and its tax is −0.01 (−0.005). N1 counts 365 days: 15.00 and 20.00.
    """
    load_tables(
        engine,
        calendar_day=JUNE,
        transfer_curve_segment=CURVE,
        contribution_setting=settings("2026-06-30"),
        account="""
            account_number | account_kind | product_group  | opened_on
            ---------------+--------------+----------------+-----------
            D1             | deposit      | demand_deposit | 2020-01-01
            D2             | deposit      | demand_deposit | 2020-01-01
            N1             | deposit      | notice_deposit | 2020-01-01
            L1             | loan         | business_loan  | 2020-01-01
            L2             | loan         | farmer_loan    | 2020-01-01
        """,
        account_month="""
            account_number | account_kind | month_start | balance_days
            ---------------+--------------+-------------+-------------
            D1             | deposit      | 2026-06-01  | 300000.00
            D2             | deposit      | 2026-06-01  | 0.00
            N1             | deposit      | 2026-06-01  | 365000.00
            L1             | loan         | 2026-06-01  | 3000000.00
            L2             | loan         | 2026-06-01  | 500000.00
        """,
        account_pricing="""
            account_number | valid_from | locked_on  | interest_rate | transfer_rate | pricing_kind
            ---------------+------------+------------+---------------+---------------+-------------
            D1             | 1900-01-01 | 2026-01-01 | 0.001         | 0.018         | behavioural
            D2             | 1900-01-01 | 2026-01-01 | 0.001         | 0.018         | behavioural
            N1             | 1900-01-01 | 2026-01-01 | 0.015         | 0.02          | behavioural
            L1             | 1900-01-01 | 2026-01-01 | 0.06          | 0.03          | matched
            L2             | 1900-01-01 | 2026-01-01 | 0.06          | 0.045         | matched
        """,
        fee_charge="""
            fee_number | charged_on | account_number | fee_amount
            -----------+------------+----------------+-----------
            F1         | 2026-06-30 | L1             | 1.00
            F2         | 2026-06-01 | L1             | 0.03
        """,
        account_activity_month="""
            account_number | channel_code | business_date | cost_amount
            ---------------+--------------+---------------+------------
            D1             | none         | 2026-06-30    | 0.30
            D1             | atm          | 2026-06-30    | 0.10
            D2             | none         | 2026-06-30    | 0.02
        """,
        loan_loss_month="""
            loan_number | account_number | business_date | expected_loss_amount
            ------------+----------------+---------------+---------------------
            R1          | L1             | 2026-06-30    | 40.00
            R2          | L1             | 2026-06-30    | 5.00
        """,
    )
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | business_date | interest_amount | transfer_amount | margin_amount | fee_amount | vat_amount | servicing_cost_amount | expected_loss_amount | tax_amount | contribution_amount
        ---------------+---------------+-----------------+-----------------+---------------+------------+------------+-----------------------+----------------------+------------+--------------------
        D1             | 2026-06-30    | 0.83            | 15.00           | 14.17         | 0.00       | 0.00       | 0.40                  | 0.00                 | 3.44       | 10.33
        D2             | 2026-06-30    | 0.00            | 0.00            | 0.00          | 0.00       | 0.00       | 0.02                  | 0.00                 | -0.01      | -0.01
        N1             | 2026-06-30    | 15.00           | 20.00           | 5.00          | 0.00       | 0.00       | 0.00                  | 0.00                 | 1.25       | 3.75
        L1             | 2026-06-30    | 500.00          | 250.00          | 250.00        | 1.03       | 16.05      | 0.00                  | 45.00                | 47.50      | 142.48
        L2             | 2026-06-30    | 83.33           | 62.50           | 20.83         | 0.00       | 0.00       | 0.00                  | 0.00                 | 5.21       | 15.62
        """,
    )
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | interest_rate | transfer_rate | capital_days | capital_charge_amount | economic_value_added_amount | is_estimated
        ---------------+---------------+---------------+--------------+-----------------------+-----------------------------+-------------
        D1             | 0.001         | 0.018         | 0.00         | 0.00                  | 10.33                       | no
        D2             | 0.001         | 0.018         | 0.00         | 0.00                  | -0.01                       | no
        N1             | 0.015         | 0.02          | 0.00         | 0.00                  | 3.75                        | no
        L1             | 0.06          | 0.03          | 315000.00    | 86.30                 | 56.18                       | no
        L2             | 0.06          | 0.045         | 39375.00     | 10.79                 | 4.83                        | no
        """,
    )


def test_a_month_with_two_prices_is_cut_into_its_days(engine: Engine) -> None:
    """
    To 10 June 5 × 1,000 + 5 × 2,000 = 15,000 days at 0.018: 0.75; then 20,000 + 5,000 at 0.012: 0.83. Paid at 0.0036: 0.15 + 0.25.
    TWO averages its ends, 45,000 days: 10,000 to the 10th, all others later: 0.50 + 1.17. U1's currency has no curve: nothing, and estimated.
    """
    load_tables(
        engine,
        calendar_day=JUNE,
        transfer_curve_segment=CURVE,
        contribution_setting=settings("2026-06-30"),
        account="""
            account_number | currency | opened_on
            ---------------+----------+-----------
            D1             | CNY      | 2020-01-01
            TWO            | CNY      | 2020-01-01
            U1             | USD      | 2020-01-01
        """,
        account_month="""
            account_number | currency | month_start | balance_days | is_estimated
            ---------------+----------+-------------+--------------+-------------
            D1             | CNY      | 2026-06-01  | 40000.00     | no
            TWO            | CNY      | 2026-06-01  | 45000.00     | yes
            U1             | USD      | 2026-06-01  | 999.00       | no
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            D1             | 2026-05-31 | 2026-06-06  | 1000.00
            D1             | 2026-06-06 | 2026-06-21  | 2000.00
            D1             | 2026-06-21 |             | 500.00
            TWO            | 2026-05-31 | 2026-06-30  | 1000.00
            TWO            | 2026-06-30 |             | 2000.00
        """,
        account_pricing="""
            account_number | valid_from | valid_until | locked_on  | interest_rate | transfer_rate | pricing_kind
            ---------------+------------+-------------+------------+---------------+---------------+-------------
            D1             | 1900-01-01 | 2026-06-11  | 2026-01-01 | 0.0036        | 0.018         | behavioural
            D1             | 2026-06-11 | 2026-07-01  | 2026-06-11 | 0.0036        | 0.012         | behavioural
            D1             | 2026-07-01 |             | 2026-07-01 | 0.0036        | 0.999         | behavioural
            TWO            | 1900-01-01 | 2026-06-11  | 2026-01-01 |               | 0.018         | behavioural
            TWO            | 2026-06-11 |             | 2026-06-11 |               | 0.012         | behavioural
        """,
    )
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | currency | transfer_rate | balance_days | interest_amount | transfer_amount | margin_amount | is_estimated
        ---------------+----------+---------------+--------------+-----------------+-----------------+---------------+-------------
        D1             | CNY      | 0.012         | 40000.00     | 0.40            | 1.58            | 1.18          | no
        TWO            | CNY      | 0.012         | 45000.00     | 0.00            | 1.67            | 1.67          | yes
        U1             | USD      |               | 999.00       | 0.00            | 0.00            | 0.00          | yes
        """,
    )


def test_an_early_withdrawal_takes_back_what_was_reckoned_since_its_value_date(engine: Engine) -> None:
    """
    T1 was renewed on 11 April and withdrawn on 16 June: 2,000,000 + 3,100,000 + 1,500,000 days. Of the customer's 1.8 % only 0.05 % is due:
    320.83 is taken back of June's 75.00; the price falls from 2 % to 0.8 %: 220.00 of June's 83.33. The first ten days of April, under the
    term before, stay as they were. T2 fell due on the day it closed, and nobody reported T3 closed: nothing is taken back.
    """
    load_tables(
        engine,
        calendar_day=("2026-04-01", "2026-06-30"),
        transfer_curve_segment=CURVE,
        contribution_setting=settings("2026-04-30", "2026-05-31", "2026-06-30"),
        account="""
            account_number | product_group | opened_on  | closed_on  | is_vanished
            ---------------+---------------+------------+------------+------------
            T1             | term_deposit  | 2025-10-11 | 2026-06-16 | no
            T2             | term_deposit  | 2026-04-01 | 2026-06-16 | no
            T3             | term_deposit  | 2026-04-01 | 2026-06-16 | yes
        """,
        account_month="""
            account_number | month_start | balance_days
            ---------------+-------------+-------------
            T1             | 2026-04-01  | 3000000.00
            T1             | 2026-05-01  | 3100000.00
            T1             | 2026-06-01  | 1500000.00
            T2             | 2026-06-01  | 1500000.00
            T3             | 2026-06-01  | 1500000.00
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+----------
            T1             | 2026-03-31 | 2026-06-16  | 100000.00
            T1             | 2026-06-16 |             | 0.00
        """,
        account_pricing="""
            account_number | valid_from | valid_until | locked_on  | matures_on | interest_rate | transfer_rate | demand_transfer_rate | pricing_kind
            ---------------+------------+-------------+------------+------------+---------------+---------------+----------------------+-------------
            T1             | 1900-01-01 | 2026-04-11  | 2025-10-11 | 2026-04-11 | 0.018         | 0.015         | 0.007                | matched
            T1             | 2026-04-11 |             | 2026-04-11 | 2026-10-11 | 0.018         | 0.02          | 0.008                | matched
            T2             | 1900-01-01 |             | 2026-04-01 | 2026-06-16 | 0.018         | 0.02          | 0.008                | matched
            T3             | 1900-01-01 |             | 2026-04-01 | 2026-10-01 | 0.018         | 0.02          | 0.008                | matched
        """,
    )
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | business_date | interest_amount | transfer_amount | margin_amount
        ---------------+---------------+-----------------+-----------------+--------------
        T1             | 2026-04-30    | 150.00          | 152.78          | 2.78
        T1             | 2026-05-31    | 155.00          | 172.22          | 17.22
        T1             | 2026-06-30    | -245.83         | -136.67         | 109.16
        T2             | 2026-06-30    | 75.00           | 83.33           | 8.33
        T3             | 2026-06-30    | 75.00           | 83.33           | 8.33
        """,
    )


FEE_ACCOUNTS = {
    "calendar_day": JUNE,
    "contribution_setting": settings("2026-06-30"),
    "account": """
        account_number | customer_number | organisation_code | opened_on  | closed_on
        ---------------+-----------------+-------------------+------------+-----------
        A1             | C1              | B10               | 2020-01-01 |
        GONE           | C2              | B20               | 2020-01-01 | 2026-05-31
    """,
    "account_month": """
        account_number | customer_number | organisation_code | month_start
        ---------------+-----------------+-------------------+------------
        A1             | C1              | B10               | 2026-06-01
    """,
    "account_pricing": """
        account_number | valid_from | locked_on  | transfer_rate | interest_rate
        ---------------+------------+------------+---------------+--------------
        A1             | 1900-01-01 | 2026-01-01 | 0.01          | 0.001
    """,
    "customer": """
        customer_number | customer_kind | first_reported_on | last_reported_on
        ----------------+---------------+-------------------+-----------------
        C2              | corporate     | 2020-01-01        | 2026-06-30
    """,
    "agency_sale": """
        transaction_number | customer_number | account_number | organisation_code | product_code | traded_on  | fee_amount
        -------------------+-----------------+----------------+-------------------+--------------+------------+-----------
        S1                 | C1              | A1             | B30               | 基金         | 2026-06-02 | 2.06
        S2                 | C2              |                | B30               | 保险         | 2026-06-02 | 3.09
        S3                 | C2              |                | B30               | 保险         | 2026-06-02 | 0.00
    """,
}


def test_a_fee_stands_with_its_account_or_with_its_customer_and_never_twice(engine: Engine) -> None:
    """10.30 holds 0.30 of VAT and 0.03 on it: 9.97, tax 2.49, 7.48. GONE closed in May: its customer keeps the refund. Sales are in the feed already."""
    load_tables(
        engine,
        transfer_curve_segment=CURVE,
        fee_charge="""
            fee_number | charged_on | customer_number | account_number | organisation_code | product_code | fee_amount
            -----------+------------+-----------------+----------------+-------------------+--------------+-----------
            F1         | 2026-06-03 | C9              | A1             | B99               | 短信         | 10.30
            F2         | 2026-06-03 | C2              | GONE           | B20               |              | -10.30
            F3         | 2026-06-03 | C2              |                | B20               |              | 1.03
            F4         | 2026-06-03 | C2              |                | B20               | 保险         | 1.03
            F5         | 2026-05-31 | C2              |                | B20               | 保险         | 55.00
        """,
        **FEE_ACCOUNTS,
    )
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | customer_number | organisation_code | product_code | account_kind | customer_kind | product_group  | fee_amount | vat_amount | tax_amount | contribution_amount
        ---------------+-----------------+-------------------+--------------+--------------+---------------+----------------+------------+------------+------------+--------------------
        A1             | C1              | B10               | P1           | deposit      | personal      | demand_deposit | 10.30      | 0.33       | 2.49       | 7.48
        none           | C2              | B20               | none         | none         | corporate     | unmapped       | -9.27      | -0.30      | -2.24      | -6.73
        none           | C2              | B20               | 保险         | none         | corporate     | unmapped       | 1.03       | 0.03       | 0.25       | 0.75
        """,
    )


def test_a_bank_without_the_feed_of_fees_counts_those_of_its_agency_sales(engine: Engine) -> None:
    """2.06 belongs to A1; 3.09 to a customer without account, at the outlet that sold."""
    load_tables(engine, transfer_curve_segment=CURVE, **FEE_ACCOUNTS)
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_contribution_month",
        """
        account_number | customer_number | organisation_code | product_code | fee_amount
        ---------------+-----------------+-------------------+--------------+-----------
        A1             | C1              | B10               | P1           | 2.06
        none           | C2              | B30               | 保险         | 3.09
        """,
    )


def test_without_transfer_prices_there_is_no_contribution(engine: Engine) -> None:
    """Fees alone are no contribution: the table stays empty until a curve is delivered."""
    load_tables(engine, **FEE_ACCOUNTS)
    run(engine, ACCOUNT_CONTRIBUTION_MONTH_MART, reporting_date="2026-06-30")
    expect(engine, "account_contribution_month", "account_number | fee_amount\n--+--\n")
