"""Customer, channel and trust metrics, each on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers import Period, trend

CUSTOMERS = {
    "customer_day": """
        organisation_code | customer_kind | business_date | customer_count | person_count | borrower_count | new_customer_count | lost_customer_count
        ------------------+---------------+---------------+----------------+--------------+----------------+--------------------+--------------------
        B10               | personal      | 2026-05-31    | 10             | 10           | 2              | 7                  | 3
        B10               | personal      | 2026-06-29    | 12             | 11           | 2              | 3                  | 1
        B10               | personal      | 2026-06-30    | 11             | 9            | 1              | 0                  | 1
        B20               | corporate     | 2026-06-30    | 4              | 4            | 2              | 1                  | 0
    """,
    "product_day": """
        account_kind | product_code | business_date | account_count
        -------------+--------------+---------------+--------------
        deposit      | P1           | 2026-06-29    | 50
        deposit      | P1           | 2026-06-30    | 17
        loan         | P9           | 2026-06-30    | 5
    """,
}

# Customers' own deposit transactions in June: 6 atm + 4 mobile − 1 reversed at the counter + 3 at the counter + 2 elsewhere.
CHANNELS = """
    channel_code | account_kind | is_bank_initiated | is_electronic | business_date | transaction_count | transaction_amount | reversal_count
    -------------+--------------+-------------------+---------------+---------------+-------------------+--------------------+---------------
    atm          | deposit      | no                | yes           | 2026-05-31    | 90                | 9000.00            | 9
    atm          | deposit      | no                | yes           | 2026-06-02    | 6                 | 300.00             | 0
    mobile_bank  | deposit      | no                | yes           | 2026-06-30    | 4                 | 500.00             | 0
    counter      | deposit      | no                | no            | 2026-06-02    | 3                 | 1300.00            | 0
    counter      | deposit      | no                | no            | 2026-06-03    | -1                | -100.00            | 1
    other        | deposit      | no                | no            | 2026-06-03    | 2                 | 40.00              | 0
    none         | deposit      | yes               | no            | 2026-06-21    | 100               | 31.00              | 2
    counter      | loan         | no                | no            | 2026-06-21    | 8                 | 800.00             | 1
"""


def test_customers_and_accounts_are_those_of_the_day(bank, figure) -> None:
    """11 + 4 customers and 17 + 5 open accounts on 30 June; 1 + 2 customers owe something; 9 + 4 remain where merged numbers count once."""
    bank.draw(**CUSTOMERS)
    assert figure("customer_count", numerator="15") == Decimal(15)
    assert figure("person_customer_count", numerator="13") == Decimal(13)
    assert figure("borrower_count", numerator="3") == Decimal(3)
    assert figure("account_count", numerator="22") == Decimal(22)


def test_new_and_lost_customers_are_those_of_the_period(bank, figure) -> None:
    """In June 3 + 1 came for the first time and 1 + 1 left; the quarter adds May."""
    bank.draw(**CUSTOMERS)
    assert figure("new_customer_count", numerator="4") == Decimal(4)
    assert figure("lost_customer_count", numerator="2") == Decimal(2)
    assert figure("new_customer_count", numerator="11", period=Period.QUARTER) == Decimal(11)


def test_transactions_are_those_customers_made_on_deposit_accounts(bank, figure) -> None:
    """6 + 4 + 3 − 1 + 2 transactions; what the bank posted itself and loan postings do not count. Reversals count whoever posted them."""
    bank.draw(channel_day=CHANNELS)
    assert figure("transaction_count", numerator="14") == Decimal(14)
    assert figure("transaction_amount", numerator="2040.00") == Decimal("2040.00")
    assert figure("reversal_count", numerator="3") == Decimal(3)


def test_the_substitution_rate_holds_electronic_against_electronic_and_counter(bank, figure) -> None:
    """10 of 12 by count and 800.00 of 2,000.00 by amount; channels that are neither are in neither side."""
    bank.draw(channel_day=CHANNELS)
    assert figure("electronic_transaction_count", numerator="10") == Decimal(10)
    assert figure("electronic_substitution_rate", numerator="10", denominator="12") == Decimal("0.833333")
    assert figure("electronic_substitution_amount_rate", numerator="800.00", denominator="2000.00") == Decimal("0.400000")


def test_the_ledger_difference_is_that_of_the_last_day_compared(bank, figure) -> None:
    """Differences of both signs on 20 June, the last day on which both sides exist: 0.05 − 0.02."""
    bank.draw(
        ledger_tie="""
            business_date | subject_code | difference_amount
            --------------+--------------+------------------
            2026-05-31    | 2011         | 700.00
            2026-06-20    | 2011         | 0.05
            2026-06-20    | 2012         | -0.02
        """
    )
    assert figure("ledger_difference", numerator="0.03") == Decimal("0.03")


def test_quarantined_rows_are_those_of_files_of_the_period(bank, figure) -> None:
    """3 + 4 rows of June's files; May's stay out."""
    bank.draw(
        delivery="""
            source_file_id | feed_code | business_date | line_count | quarantined_count
            ---------------+-----------+---------------+------------+------------------
            F1             | accounts  | 2026-05-31    | 100        | 90
            F2             | accounts  | 2026-06-30    | 100        | 3
            F3             | loans     | 2026-06-30    | 100        | 4
        """
    )
    assert figure("quarantined_row_count", numerator="7") == Decimal(7)


LEAVING = """
    channel_code | is_electronic | is_own_electronic | is_bank_initiated | business_date | transaction_count
    -------------+---------------+-------------------+-------------------+---------------+------------------
    counter      | no            | no                | no                | 2026-06-02    | 20
    atm          | yes           | yes               | no                | 2026-06-30    | 60
    pos          | yes           | no                | no                | 2026-06-30    | 120
    batch        | no            | no                | no                | 2026-06-30    | 500
    counter      | no            | no                | yes               | 2026-06-30    | 700
    counter      | no            | no                | no                | 2026-05-31    | 900
"""


def test_the_counter_leave_rate_weighs_the_electronic_share_and_the_substitution_rate(bank, figure) -> None:
    """0.7 × 60 ÷ 80 + 0.3 × 180 ÷ 200 = 0.525 + 0.27; above 0.7 × 60 × 200 + 0.3 × 180 × 80 = 12,720, below 80 × 200."""
    bank.draw(channel_day=LEAVING)
    assert figure("counter_leave_rate", numerator="12720.000000", denominator="16000") == Decimal("0.795")


def test_the_weights_of_the_counter_leave_rate_are_those_of_the_reporting_day(version) -> None:
    """Half and half from June on: 0.375 + 0.45. May has the old weights and nothing but the counter."""
    version.draw(
        channel_day=LEAVING,
        parameter="""
            parameter_code                                    | valid_from | valid_until | number_value
            --------------------------------------------------+------------+-------------+-------------
            counter_leave_weight.electronic_share             | 1900-01-01 | 2026-06-01  | 0.7
            counter_leave_weight.electronic_share             | 2026-06-01 |             | 0.5
            counter_leave_weight.electronic_substitution_rate | 1900-01-01 | 2026-06-01  | 0.3
            counter_leave_weight.electronic_substitution_rate | 2026-06-01 |             | 0.5
        """,
    )
    assert version.values("counter_leave_rate") == {(): Decimal("0.825")}
    assert version.values("counter_leave_rate", day=date(2026, 5, 31)) == {(): Decimal(0)}
    moved = trend(version.reader, "counter_leave_rate", organisation=None, days=(date(2026, 5, 31), date(2026, 6, 30)))
    assert [value for _, value in moved.points] == [Decimal(0), Decimal("0.825")]
