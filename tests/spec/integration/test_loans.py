"""Loans: what each receipt is now, and what it was between two reports."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_loan import RESOLVE_LOAN
from maisui.integration.trace_loan_state import TRACE_LOAN_STATE

DELIVERIES = """
    source_file_id | feed_code | business_date
    ---------------+-----------+--------------
    APRIL          | loans     | 2026-04-30
    MAY            | loans     | 2026-05-31
    JUNE           | loans     | 2026-06-30
"""


def test_a_loan_is_as_last_reported(engine: Engine) -> None:
    """Class and state come from the last report of the receipt, the kind of customer from the customer."""
    load_tables(
        engine,
        customer="""
            customer_number | customer_kind
            ----------------+--------------
            C1              | corporate
        """,
        loan_snapshot="""
            reported_on | loan_number | customer_number | disbursed_amount | disbursed_on | loan_class  | loan_status
            ------------+-------------+-----------------+------------------+--------------+-------------+------------
            2026-05-31  | L1          | C1              | 500.00           | 2025-01-05   | normal      | current
            2026-06-30  | L1          | C1              | 500.00           | 2025-01-05   | substandard | overdue
            2026-05-31  | L2          | C2              | 90.00            | 2026-05-02   | normal      | settled
        """,
    )
    run(engine, RESOLVE_LOAN, reporting_date="2026-06-30")
    expect(
        engine,
        "loan",
        """
        loan_number | customer_kind | disbursed_amount | loan_class  | loan_status | last_reported_on
        ------------+---------------+------------------+-------------+-------------+-----------------
        L1          | corporate     | 500.00           | substandard | overdue     | 2026-06-30
        L2          | unknown       | 90.00            | normal      | settled     | 2026-05-31
        """,
    )


def test_a_loan_keeps_its_state_until_the_next_report_of_its_feed(engine: Engine) -> None:
    """Balance, class and arrears hold from one report to the next; a receipt missing from the next report ends with it."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        loan_snapshot="""
            source_file_id | reported_on | loan_number | disbursed_on | balance | loan_class  | overdue_since | is_agriculture
            ---------------+-------------+-------------+--------------+---------+-------------+---------------+---------------
            APRIL          | 2026-04-30  | L1          | 2025-01-05   | 500.00  | normal      |               | yes
            MAY            | 2026-05-31  | L1          | 2025-01-05   | 450.00  | substandard | 2026-05-20    | yes
            APRIL          | 2026-04-30  | L2          | 2025-01-05   | 70.00   | normal      |               |
            JUNE           | 2026-06-30  | L3          | 2026-06-05   | 40.00   | normal      |               |
        """,
    )
    run(engine, TRACE_LOAN_STATE, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_state",
        """
        loan_number | valid_from | valid_until | balance | loan_class  | overdue_since | is_agriculture
        ------------+------------+-------------+---------+-------------+---------------+---------------
        L1          | 2026-04-30 | 2026-05-31  | 500.00  | normal      |               | yes
        L1          | 2026-05-31 | 2026-06-30  | 450.00  | substandard | 2026-05-20    | yes
        L2          | 2026-04-30 | 2026-05-31  | 70.00   | normal      |               | no
        L3          | 2026-06-30 |             | 40.00   | normal      |               | no
        """,
    )


def test_a_receipt_without_a_balance_has_no_state(engine: Engine) -> None:
    """Sources that deliver receipts without balances tell nothing about outstanding principal."""
    load_tables(
        engine,
        delivery=DELIVERIES,
        loan_snapshot="""
            source_file_id | reported_on | loan_number | disbursed_on | balance
            ---------------+-------------+-------------+--------------+--------
            MAY            | 2026-05-31  | L1          | 2025-01-05   |
            MAY            | 2026-05-31  | L2          | 2025-01-05   | 0.00
        """,
    )
    run(engine, TRACE_LOAN_STATE, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_state",
        """
        loan_number | valid_from | valid_until | balance
        ------------+------------+-------------+--------
        L2          | 2026-05-31 | 2026-06-30  | 0.00
        """,
    )
