"""Activities of accounts by channel and month, and what they cost by unit costs."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.account_activity_month import ACCOUNT_ACTIVITY_MONTH_MART
from maisui.marts.service_cost_month import SERVICE_COST_MONTH_MART

MAY_AND_JUNE = ("2026-05-01", "2026-06-30")
ACCOUNTS = """
    account_number | opened_on  | closed_on
    ---------------+------------+-----------
    A1             | 2020-01-01 |
    A2             | 2026-06-20 |
    A3             | 2020-01-01 | 2026-05-20
"""
MONTHS = """
    account_number | month_start
    ---------------+------------
    A1             | 2026-05-01
    A1             | 2026-06-01
    A2             | 2026-06-01
    A3             | 2026-05-01
    A3             | 2026-06-01
"""
# Counter 2.00 + 1.50 for every channel; from 15 June 3.00. Keeping 0.40 a month, opening 8.00; hours of employees are not of accounts.
COSTS = """
    cost_item_code | channel_code | effective_from | cost_unit_kind | unit_cost_amount
    ---------------+--------------+----------------+----------------+-----------------
    posting        | counter      | 2020-01-01     | transaction    | 2.00
    posting        | counter      | 2026-06-15     | transaction    | 3.00
    posting        | atm          | 2020-01-01     | transaction    | 0.80
    message        | all          | 2020-01-01     | transaction    | 1.50
    keeping        | all          | 2020-01-01     | account_month  | 0.40
    opening        | all          | 2020-01-01     | account        | 8.00
    staff          | all          | 2020-01-01     | employee_month | 9000.00
    posting        | counter      | 2026-07-01     | transaction    | 99.00
"""


def test_activities_cost_what_the_months_end_says_and_reversals_are_taken_back(engine: Engine) -> None:
    """May: 2 × 3.50 at the counter, 0.40 kept. June: 3 at the counter less one taken back 2 × 4.50; at the machine 1 × 2.30; a pair that cancels is nothing."""
    load_tables(
        engine,
        calendar_day=MAY_AND_JUNE,
        account=ACCOUNTS,
        account_month=MONTHS,
        unit_cost=COSTS,
        account_transaction="""
            account_number | transaction_number | posted_on  | channel_code | balance_change | is_reversal
            ---------------+--------------------+------------+--------------+----------------+------------
            A1             | T1                 | 2026-05-03 | counter      | 5.00           | no
            A1             | T2                 | 2026-05-31 | counter      | 5.00           | no
            A1             | T3                 | 2026-06-01 | counter      | 5.00           | no
            A1             | T4                 | 2026-06-02 | counter      | 5.00           | no
            A1             | T5                 | 2026-06-03 | counter      | 5.00           | no
            A1             | T6                 | 2026-06-03 | counter      | -5.00          | yes
            A1             | T7                 | 2026-06-04 | atm          | -7.00          | no
            A1             | T8                 | 2026-06-04 | mobile_bank  | -7.00          | yes
            A1             | T9                 | 2026-06-04 | mobile_bank  | 7.00           | yes
        """,
        reversal="""
            account_number | transaction_number | counts_as
            ---------------+--------------------+----------
            A1             | T6                 | -1
            A1             | T8                 | 0
            A1             | T9                 | 0
        """,
    )
    run(engine, ACCOUNT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_activity_month",
        """
        account_number | channel_code | business_date | activity_count | cost_amount
        ---------------+--------------+---------------+----------------+------------
        A1             | counter      | 2026-05-31    | 2              | 7.00
        A1             | none         | 2026-05-31    | 0              | 0.40
        A1             | counter      | 2026-06-30    | 2              | 9.00
        A1             | atm          | 2026-06-30    | 1              | 2.30
        A1             | mobile_bank  | 2026-06-30    | 0              | 0.00
        A1             | none         | 2026-06-30    | 0              | 0.40
        A2             | none         | 2026-06-30    | 0              | 8.40
        A3             | none         | 2026-05-31    | 0              | 0.40
        A3             | none         | 2026-06-30    | 0              | 0.00
        """,
    )


def test_postings_without_a_channel_stand_with_keeping_the_account(engine: Engine) -> None:
    """Two in June for every channel's 1.50, and 0.40 kept: one line of 3.40, which the outlet's channels tell as well."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2020-01-01
        """,
        account_month="""
            account_number | month_start
            ---------------+------------
            A1             | 2026-06-01
        """,
        unit_cost=COSTS,
        account_transaction="""
            account_number | transaction_number | posted_on  | channel_code | balance_change
            ---------------+--------------------+------------+--------------+---------------
            A1             | T1                 | 2026-06-03 | none         | 5.00
            A1             | T2                 | 2026-06-04 | none         | 5.00
            A1             | T3                 | 2026-06-04 | atm          | 5.00
            GONE           | T4                 | 2026-06-04 | atm          | 5.00
        """,
    )
    run(engine, ACCOUNT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    run(engine, SERVICE_COST_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "service_cost_month",
        """
        channel_code | business_date | activity_count | cost_amount
        -------------+---------------+----------------+------------
        none         | 2026-06-30    | 2              | 3.40
        atm          | 2026-06-30    | 1              | 2.30
        """,
    )


def test_without_unit_costs_there_is_no_cost_to_tell(engine: Engine) -> None:
    """The mart of channels stays empty rather than telling zero."""
    load_tables(engine, calendar_day=MAY_AND_JUNE, account=ACCOUNTS, account_month=MONTHS)
    run(engine, ACCOUNT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    run(engine, SERVICE_COST_MONTH_MART, reporting_date="2026-06-30")
    expect(engine, "service_cost_month", "channel_code | cost_amount\n--+--\n")
