"""Deposit terms: each maturity that was ever reported, as last reported."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.trace_deposit_terms import TRACE_DEPOSIT_TERMS


def test_a_renewed_deposit_has_a_row_for_each_term_and_the_last_report_of_a_term_counts(engine: Engine) -> None:
    """D1 was renewed in May, and its first term was corrected in April; what is reported after the reporting date is not known yet."""
    load_tables(
        engine,
        deposit_term_snapshot="""
            account_number | currency | reported_on | value_on   | term_month_count | matures_on | is_auto_renewal
            ---------------+----------+-------------+------------+------------------+------------+----------------
            D1             | CNY      | 2026-03-31  | 2025-05-10 | 6                | 2026-05-10 | no
            D1             | CNY      | 2026-04-30  | 2025-05-10 | 12               | 2026-05-10 | yes
            D1             | CNY      | 2026-05-31  | 2026-05-10 | 12               | 2027-05-10 | yes
            D2             | CNY      | 2026-07-31  | 2026-07-01 | 3                | 2026-10-01 |
        """,
    )
    run(engine, TRACE_DEPOSIT_TERMS, reporting_date="2026-06-30")
    expect(
        engine,
        "deposit_term",
        """
        account_number | currency | matures_on | value_on   | term_month_count | is_auto_renewal | first_reported_on | last_reported_on
        ---------------+----------+------------+------------+------------------+-----------------+-------------------+-----------------
        D1             | CNY      | 2026-05-10 | 2025-05-10 | 12               | yes             | 2026-03-31        | 2026-04-30
        D1             | CNY      | 2027-05-10 | 2026-05-10 | 12               | yes             | 2026-05-31        | 2026-05-31
        """,
    )
