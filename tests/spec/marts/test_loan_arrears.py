"""Vintages and rolls: what was lent and how it went, and from which stage of arrears to which, by hand."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.loan_roll_day import LOAN_ROLL_DAY_MART
from maisui.marts.loan_vintage_day import LOAN_VINTAGE_DAY_MART

LOANS = """
    loan_number | disbursed_amount | disbursed_on | product_code | last_reported_on
    ------------+------------------+--------------+-------------+----------------
    L1          | 100.00           | 2026-04-10   | P1 | 2026-06-30
    L2          | 200.00           | 2026-04-20   | P1 | 2026-06-30
    L3          | 300.00           | 2026-05-02   | P1 | 2026-06-30
    L4          | 400.00           | 2026-04-11   | 委托贷款 | 2026-06-30
    L5          | 500.00           | 2025-01-01   | P1 | 2026-06-30
    L6          | 50.00            | 2026-04-12   | P1 | 2026-06-30
"""

# L1 falls into arrears on 30 April: 31 days by 31 May, 61 by 30 June. L2 does on 1 May: 30 days by 31 May, paid up in June.
# L5 is 181 days behind on 31 May. L6 is written off in June after 20 days.
STATES = """
    loan_number | valid_from | valid_until | balance | loan_status | overdue_since
    ------------+------------+-------------+---------+-------------+--------------
    L1          | 2026-04-30 | 2026-05-31  | 100.00  | current     |
    L1          | 2026-05-31 | 2026-06-30  | 90.00   | overdue     | 2026-04-30
    L1          | 2026-06-30 |             | 80.00   | overdue     | 2026-04-30
    L2          | 2026-04-30 | 2026-05-31  | 200.00  | current     |
    L2          | 2026-05-31 | 2026-06-30  | 190.00  | overdue     | 2026-05-01
    L2          | 2026-06-30 |             | 0.00    | settled     |
    L3          | 2026-05-31 |             | 300.00  | current     |
    L4          | 2026-04-30 |             | 400.00  | overdue     | 2026-04-12
    L5          | 2026-05-31 |             | 500.00  | overdue     | 2025-12-01
    L6          | 2026-04-30 | 2026-05-31  | 50.00   | current     |
    L6          | 2026-05-31 | 2026-06-30  | 50.00   | overdue     | 2026-05-11
    L6          | 2026-06-30 |             | 50.00   | written_off | 2026-05-11
"""


def test_a_vintage_is_what_was_lent_in_a_month(engine: Engine) -> None:
    """More than 30 days: L1 on 31 May (31 days), not L2 (30 days). Nothing lent before the history, nothing entrusted."""
    load_tables(engine, calendar_day=("2026-04-01", "2026-06-30"), loan=LOANS, loan_state=STATES)
    run(engine, LOAN_VINTAGE_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_vintage_day",
        """
        vintage_month | business_date | loan_count | disbursed_amount | balance | overdue_30d_balance
        --------------+---------------+------------+------------------+---------+--------------------
        2026-04-01    | 2026-04-30    | 3          | 350.00           | 350.00  | 0.00
        2026-04-01    | 2026-05-31    | 3          | 350.00           | 330.00  | 90.00
        2026-04-01    | 2026-06-30    | 3          | 350.00           | 80.00   | 80.00
        2026-05-01    | 2026-05-31    | 1          | 300.00           | 300.00  | 0.00
        2026-05-01    | 2026-06-30    | 1          | 300.00           | 300.00  | 0.00
        """,
    )


def test_loans_roll_from_stage_to_stage_by_their_balance_before(engine: Engine) -> None:
    """M1 to 30 days, M2 to 60, M3 to 90; M7 beyond 180."""
    load_tables(engine, calendar_day=("2026-05-01", "2026-06-30"), loan=LOANS, loan_state=STATES)
    run(engine, LOAN_ROLL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_roll_day",
        """
        arrears_stage | closing_arrears_stage | business_date | is_worse | loan_count | opening_balance
        --------------+-----------------------+---------------+----------+------------+----------------
        M0            | M2                    | 2026-05-31    | yes      | 1          | 100.00
        M0            | M1                    | 2026-05-31    | yes      | 2          | 250.00
        M2            | M3                    | 2026-06-30    | yes      | 1          | 90.00
        M1            | settled               | 2026-06-30    | no       | 1          | 190.00
        M0            | M0                    | 2026-06-30    | no       | 1          | 300.00
        M7            | M7                    | 2026-06-30    | no       | 1          | 500.00
        M1            | gone                  | 2026-06-30    | no       | 1          | 50.00
        """,
    )
