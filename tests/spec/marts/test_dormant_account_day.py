"""Which accounts lie dormant: the owner's own movements decide, interest and reversed postings do not."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.dormant_account_day import DORMANT_ACCOUNT_DAY_MART

PARAMETERS = """
    parameter_code           | valid_from | number_value
    -------------------------+------------+-------------
    dormant_personal_days    | 1900-01-01 | 1095
    dormant_personal_balance | 1900-01-01 | 100
    dormant_corporate_days   | 1900-01-01 | 365
"""

ACCOUNTS = """
    account_number | account_kind | customer_kind | opened_on  | closed_on
    ---------------+--------------+---------------+------------+-----------
    A1             | deposit      | personal      | 2010-01-01 |
    A2             | deposit      | personal      | 2010-01-01 |
    A3             | deposit      | personal      | 2010-01-01 |
    A4             | deposit      | corporate     | 2010-01-01 |
    A5             | deposit      | corporate     | 2010-01-01 |
    A6             | deposit      | personal      | 2023-06-30 |
    A7             | deposit      | personal      | 2010-01-01 | 2026-06-30
    A8             | loan         | personal      | 2010-01-01 |
"""

MONTHS = """
    account_number | month_start | account_kind | closing_balance
    ---------------+-------------+--------------+----------------
    A1             | 2026-06-01  | deposit      | 100.00
    A2             | 2026-06-01  | deposit      | 100.01
    A3             | 2026-06-01  | deposit      | 5.00
    A4             | 2026-06-01  | deposit      | 9000.00
    A5             | 2026-06-01  | deposit      | 70.00
    A6             | 2026-06-01  | deposit      | 1.00
    A7             | 2026-06-01  | deposit      | 0.00
    A8             | 2026-06-01  | loan         | 50.00
"""

# What the bank says of the last movement counts only before the first delivered posting (2025-01-05).
SNAPSHOTS = """
    account_number | reported_on | last_active_on
    ---------------+-------------+---------------
    A1             | 2026-06-30  | 2023-06-30
    A2             | 2026-06-30  | 2020-01-01
    A3             | 2026-06-30  | 2020-01-01
    A4             | 2026-06-30  | 2026-06-21
    A5             | 2026-06-30  | 2025-06-30
    A6             | 2026-06-30  |
"""

POSTINGS = """
    transaction_number | account_number | posted_on  | amount | balance_change | is_bank_initiated
    -------------------+----------------+------------+--------+----------------+------------------
    T0                 | A9             | 2025-01-05 | 1.00   | 1.00           | no
    T1                 | A3             | 2025-06-20 | 1.00   | 1.00           | no
    T2                 | A4             | 2026-06-21 | 1.00   | 1.00           | yes
    T3                 | A5             | 2025-06-30 | 1.00   | 1.00           | no
    T4                 | A1             | 2026-03-01 | 1.00   | 1.00           | no
"""

REVERSALS = """
    account_number | transaction_number | counts_as
    ---------------+--------------------+----------
    A1             | T4                 | 0
"""


def test_the_owner_s_last_movement_decides(engine: Engine) -> None:
    """On 30 June 2026, 1,095 days reach back to 1 July 2023 and 365 days to 30 June 2025.

    A1 moved on 30 June 2023 (1,096 days ago; its later posting was reversed): dormant at 100.00. A2 is older but holds 100.01.
    A3 moved itself last June. A4, a firm, saw only interest since it opened. A5 moved exactly 365 days ago: not yet.
    A6 never moved, opened 1,096 days ago: dormant. A7 closed that day. A8 is a loan.
    """
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        parameter=PARAMETERS,
        account=ACCOUNTS,
        account_month=MONTHS,
        account_snapshot=SNAPSHOTS,
        account_transaction=POSTINGS,
        reversal=REVERSALS,
    )
    run(engine, DORMANT_ACCOUNT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "dormant_account_day",
        """
        organisation_code | customer_kind | product_group  | business_date | account_count | dormant_account_count | dormant_balance
        ------------------+---------------+----------------+---------------+---------------+-----------------------+----------------
        B10               | personal      | demand_deposit | 2026-06-30    | 4             | 2                     | 101.00
        B10               | corporate     | demand_deposit | 2026-06-30    | 2             | 1                     | 9000.00
        """,
    )


def test_without_postings_the_bank_s_own_word_counts(engine: Engine) -> None:
    """No movements are delivered at all: the reported day of the last movement is all there is."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        parameter=PARAMETERS,
        account=ACCOUNTS,
        account_month=MONTHS,
        account_snapshot=SNAPSHOTS,
    )
    run(engine, DORMANT_ACCOUNT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "dormant_account_day",
        """
        customer_kind | account_count | dormant_account_count | dormant_balance
        --------------+---------------+-----------------------+----------------
        personal      | 4             | 3                     | 106.00
        corporate     | 2             | 0                     | 0.00
        """,
    )
