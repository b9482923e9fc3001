"""Merchants as they are now, with the customer behind the settlement account."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.resolve_merchant import RESOLVE_MERCHANT


def test_a_merchant_is_as_last_reported_and_ends_when_it_is_no_longer_reported(engine: Engine) -> None:
    """M1 has two terminals in June, M2 was last reported in May, M3 has an end of its own, M4 trades without being reported."""
    load_tables(
        engine,
        merchant_snapshot="""
            reported_on | merchant_number | terminal_number | merchant_name | organisation_code | merchant_class | settlement_account_number | valid_from | valid_until
            ------------+-----------------+-----------------+---------------+-------------------+----------------+---------------------------+------------+------------
            2026-05-31  | M1              | T1              | Old           | B20               | 5411           | A1                        | 2025-01-02 | 9999-12-31
            2026-06-30  | M1              | T1              | Shop          | B10               | 5411           | A1                        | 2025-01-02 | 9999-12-31
            2026-06-30  | M1              | T2              | Shop          | B10               | 5411           | A1                        | 2025-01-02 | 9999-12-31
            2026-05-31  | M2              | none            | Inn           | B10               | 5812           | A2                        | 2025-03-01 | 9999-12-31
            2026-06-30  | M3              | none            | Mill          | B10               |                |                           |            | 2026-06-10
        """,
        merchant_trade_day="""
            merchant_number | traded_on  | payment_kind
            ----------------+------------+-------------
            M1              | 2026-06-01 | scan
            M4              | 2026-06-01 | scan
        """,
        account="""
            account_number | currency | customer_number | customer_kind | opened_on
            ---------------+----------+-----------------+---------------+-----------
            A1             | CNY      | C1              | personal      | 2024-01-01
            A1             | USD      | C1              | personal      | 2024-01-01
        """,
    )
    run(engine, RESOLVE_MERCHANT, reporting_date="2026-06-30")
    expect(
        engine,
        "merchant",
        """
        merchant_number | merchant_name | organisation_code | merchant_class | settlement_account_number | customer_number | customer_kind | terminal_count | opened_on  | closed_on
        ----------------+---------------+-------------------+----------------+---------------------------+-----------------+---------------+----------------+------------+-----------
        M1              | Shop          | B10               | 5411           | A1                        | C1              | personal      | 2              | 2025-01-02 |
        M2              | Inn           | B10               | 5812           | A2                        |                 | unknown       | 0              | 2025-03-01 | 2026-06-30
        M3              | Mill          | B10               |                |                           |                 | unknown       | 0              |            | 2026-06-10
        M4              |               | none              |                |                           |                 | unknown       | 0              |            |
        """,
    )
