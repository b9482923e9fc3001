"""Money that flows and customers who use channels, each on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers import Period

# June: 1,000 wages in, 40 from another bank, 7 and 2 interest, 500 and wages of 256 moved between own accounts, 300 and 60 out to other banks, 20 cash.
# 32 with the interest from elsewhere and whatever moved on loan accounts, wages, transfers and cash alike, are no customers' money.
FLOWS = """
    account_kind | transaction_type | counterparty_code     | business_date | inflow_amount | outflow_amount
    -------------+------------------+-----------------------+---------------+---------------+---------------
    deposit      | transfer         | off_us                | 2026-05-31    | 9000.00       | 9000.00
    deposit      | payroll          | off_us                | 2026-06-10    | 1000.00       | 0.00
    deposit      | transfer         | off_us                | 2026-06-11    | 40.00         | 300.00
    deposit      | transfer         | own_account_elsewhere | 2026-06-12    | 0.00          | 60.00
    deposit      | interest         | none                  | 2026-06-21    | 7.00          | 0.00
    deposit      | transfer         | own_account           | 2026-06-22    | 500.00        | 500.00
    deposit      | payroll          | own_account           | 2026-06-22    | 256.00        | 256.00
    deposit      | cash_withdrawal  | cash                  | 2026-06-30    | 0.00          | 20.00
    deposit      | interest         | own_account_elsewhere | 2026-06-21    | 2.00          | 32.00
    loan         | loan_principal   | on_us                 | 2026-06-30    | 0.00          | 800.00
    loan         | transfer         | off_us                | 2026-06-15    | 1.00          | 64.00
    loan         | payroll          | off_us                | 2026-06-15    | 4.00          | 0.00
    loan         | transfer         | own_account_elsewhere | 2026-06-15    | 8.00          | 128.00
    loan         | cash_withdrawal  | cash                  | 2026-06-15    | 0.00          | 16.00
"""

CHANNELS = """
    channel_code | account_kind | is_bank_initiated | is_electronic | is_own_electronic | business_date | transaction_count | quick_pay_beyond_limit_count
    -------------+--------------+-------------------+---------------+-------------------+---------------+-------------------+-----------------------------
    atm          | deposit      | no                | yes           | yes               | 2026-06-02    | 6                 | 0
    mobile_bank  | deposit      | no                | yes           | yes               | 2026-06-30    | 4                 | 0
    third_party  | deposit      | no                | yes           | no                | 2026-06-30    | 30                | 12
    counter      | deposit      | no                | no            | no                | 2026-06-02    | 5                 | 0
    other        | deposit      | no                | no            | no                | 2026-06-03    | 2                 | 0
    counter      | loan         | no                | no            | no                | 2026-06-21    | 8                 | 0
"""

CUSTOMERS = """
    customer_number | channel_code | month_start | organisation_code | business_date | transaction_count
    ----------------+--------------+-------------+-------------------+---------------+------------------
    C1              | atm          | 2026-05-01  | B10               | 2026-05-03    | 2
    C1              | atm          | 2026-06-01  | B10               | 2026-06-03    | 2
    C1              | mobile_bank  | 2026-06-01  | B10               | 2026-06-20    | 9
    C2              | atm          | 2026-06-01  | B20               | 2026-06-25    | 1
    C3              | counter      | 2026-05-01  | B20               | 2026-05-30    | 1
"""


def test_inflow_and_outflow_leave_out_own_transfers_and_interest(bank, figure) -> None:
    """1,000 + 40 came in and 300 + 60 + 20 went out; May, interest, own transfers and loans stay out."""
    bank.draw(channel_day=FLOWS)
    assert figure("inflow_amount", numerator="1040.00") == Decimal("1040.00")
    assert figure("outflow_amount", numerator="380.00") == Decimal("380.00")
    assert figure("net_inflow_amount", numerator="660.00") == Decimal("660.00")


def test_off_us_flows_are_those_with_other_banks(bank, figure) -> None:
    """Wages and a transfer in, 300 and 60 out; of these 60 to the customer's own account elsewhere. Cash has no bank."""
    bank.draw(channel_day=FLOWS)
    assert figure("off_us_inflow_amount", numerator="1040.00") == Decimal("1040.00")
    assert figure("off_us_outflow_amount", numerator="360.00") == Decimal("360.00")
    assert figure("own_account_elsewhere_outflow_amount", numerator="60.00") == Decimal("60.00")
    assert figure("payroll_inflow_amount", numerator="1000.00") == Decimal("1000.00")


def test_cash_paid_out_is_net_of_cash_paid_in(bank, figure) -> None:
    """20 drawn in June; with 5 paid in on the day before, 15. Transfers are no cash."""
    bank.draw(channel_day=FLOWS + "    deposit      | cash_deposit     | cash                  | 2026-06-29    | 5.00          | 0.00\n")
    assert figure("net_cash_paid_amount", numerator="15.00") == Decimal("15.00")


def test_the_electronic_share_looks_at_the_banks_own_channels(bank, figure) -> None:
    """10 of 10 + 5; third-party payments are in the substitution rate, 40 of 45, and 28 of 33 without those beyond the limit."""
    bank.draw(channel_day=CHANNELS)
    assert figure("electronic_share", numerator="10", denominator="15") == Decimal("0.666667")
    assert figure("electronic_substitution_rate_without_quick_pay", numerator="28", denominator="33") == Decimal("0.848485")


def test_channel_customers_count_once_however_many_channels_they_use(bank, figure) -> None:
    """In June C1 and C2; the quarter adds C3. By channel C1 counts twice, by outlet once."""
    bank.draw(customer_channel_month=CUSTOMERS)
    assert figure("channel_customer_count", numerator="2") == Decimal(2)
    assert figure("channel_customer_count", numerator="3", period=Period.QUARTER) == Decimal(3)
    assert figure("channel_customer_count", numerator="1", day="2026-06-20") == Decimal(1)
    assert bank.version.values("channel_customer_count", "channel", day=date(2026, 6, 30), period=Period.MONTH) == {
        "atm": Decimal(2),
        "mobile_bank": Decimal(1),
    }


def test_separable_business_is_small_cash_at_the_counter(bank, figure) -> None:
    """6 of 8 cash transactions at the counter in June; machines, transfers, loans and May are other things."""
    bank.draw(
        channel_day="""
            channel_code | counterparty_code | account_kind | is_bank_initiated | business_date | transaction_count | small_transaction_count
            -------------+-------------------+--------------+-------------------+---------------+-------------------+------------------------
            counter      | cash              | deposit      | no                | 2026-05-31    | 50                | 50
            counter      | cash              | deposit      | no                | 2026-06-02    | 5                 | 4
            counter      | cash              | deposit      | no                | 2026-06-30    | 3                 | 2
            counter      | off_us            | deposit      | no                | 2026-06-30    | 7                 | 7
            atm          | cash              | deposit      | no                | 2026-06-30    | 9                 | 9
            counter      | cash              | loan         | no                | 2026-06-30    | 4                 | 4
            counter      | cash              | deposit      | yes               | 2026-06-30    | 6                 | 6
        """
    )
    assert figure("separable_counter_share", numerator="6", denominator="8") == Decimal("0.750000")


def test_hours_hold_the_months_whose_last_day_lies_in_the_period(bank, figure) -> None:
    """June: 3 + 5 transactions of 30.00 and 50.00; May's belong to the quarter."""
    bank.draw(
        channel_hour_month="""
            channel_code | weekday_code | hour_code | business_date | transaction_count | transaction_amount
            -------------+--------------+-----------+---------------+-------------------+-------------------
            counter      | 1            | 09        | 2026-05-31    | 100               | 7.77
            counter      | 1            | 09        | 2026-06-30    | 3                 | 30.00
            atm          | 7            | 22        | 2026-06-30    | 5                 | 50.00
        """
    )
    assert figure("hourly_transaction_count", numerator="8") == Decimal(8)
    assert figure("hourly_transaction_amount", numerator="80.00") == Decimal("80.00")
    assert figure("hourly_transaction_count", numerator="108", period=Period.QUARTER) == Decimal(108)
    assert bank.version.values("hourly_transaction_count", "hour", day=date(2026, 6, 30), period=Period.MONTH) == {
        "09": Decimal(3),
        "22": Decimal(5),
    }
