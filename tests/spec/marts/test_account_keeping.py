"""What keeping and opening an account costs, by the kind of account that a cost item is named for."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.account_activity_month import ACCOUNT_ACTIVITY_MONTH_MART

ACCOUNTS = """
    account_number | account_kind | opened_on  | closed_on
    ---------------+--------------+------------+----------
    D1             | deposit      | 2020-01-01 |
    D2             | deposit      | 2026-06-05 |
    L1             | loan         | 2026-06-05 |
"""
MONTHS = """
    account_number | account_kind | month_start
    ---------------+--------------+------------
    D1             | deposit      | 2026-06-01
    D2             | deposit      | 2026-06-01
    L1             | loan         | 2026-06-01
"""


def test_an_item_named_for_a_kind_of_account_is_charged_to_that_kind_alone(engine: Engine) -> None:
    """Deposits 8.00 + 0.50 and, when opened, 3.00; loans 45.00 + 0.50 and, when opened, 20.00 + 3.00; cards' 12.00 nobody's."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account=ACCOUNTS,
        account_month=MONTHS,
        unit_cost="""
            cost_item_code      | channel_code | effective_from | cost_unit_kind | unit_cost_amount
            --------------------+--------------+----------------+----------------+-----------------
            deposit_account     | all          | 2020-01-01     | account_month  | 7.00
            deposit_account     | all          | 2026-01-01     | account_month  | 8.00
            loan_account        | all          | 2026-01-01     | account_month  | 45.00
            credit_card_account | all          | 2026-01-01     | account_month  | 12.00
            statement           | all          | 2026-01-01     | account_month  | 0.50
            opening             | all          | 2026-01-01     | account        | 3.00
            loan_account        | opening      | 2026-01-01     | account        | 20.00
        """,
    )
    run(engine, ACCOUNT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_activity_month",
        """
        account_number | channel_code | business_date | activity_count | cost_amount
        ---------------+--------------+---------------+----------------+------------
        D1             | none         | 2026-06-30    | 0              | 8.50
        D2             | none         | 2026-06-30    | 0              | 11.50
        L1             | none         | 2026-06-30    | 0              | 68.50
        """,
    )


def test_items_of_cards_alone_leave_every_account_at_nothing(engine: Engine) -> None:
    """The line of keeping stands there all the same."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        account=ACCOUNTS,
        account_month=MONTHS,
        unit_cost="""
            cost_item_code      | channel_code | effective_from | cost_unit_kind | unit_cost_amount
            --------------------+--------------+----------------+----------------+-----------------
            credit_card_account | all          | 2026-01-01     | account_month  | 12.00
        """,
    )
    run(engine, ACCOUNT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "account_activity_month",
        """
        account_number | channel_code | business_date | activity_count | cost_amount
        ---------------+--------------+---------------+----------------+------------
        D1             | none         | 2026-06-30    | 0              | 0.00
        D2             | none         | 2026-06-30    | 0              | 0.00
        L1             | none         | 2026-06-30    | 0              | 0.00
        """,
    )
