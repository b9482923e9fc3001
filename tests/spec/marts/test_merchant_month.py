"""Merchant month: takings, fees and silence of each merchant."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.merchant_month import MERCHANT_MONTH_MART

MERCHANTS = """
    merchant_number | organisation_code | customer_kind | opened_on  | closed_on
    ----------------+-------------------+---------------+------------+-----------
    M1              | B10               | personal      | 2025-01-02 |
    M2              | B10               | personal      | 2025-01-02 |
    M3              | B20               | corporate     | 2025-01-02 | 2026-02-10
    NEW             | B20               | corporate     | 2026-03-20 |
"""
TRADES = """
    merchant_number | traded_on  | payment_kind | trade_count | trade_amount | fee_income_amount | fee_cost_amount
    ----------------+------------+--------------+-------------+--------------+-------------------+----------------
    M2              | 2026-01-01 | card         | 1           | 50.00        | 0.25              | 0.20
    M3              | 2026-02-01 | scan         | 2           | 20.00        | 0.08              | 0.04
    M1              | 2026-02-05 | scan         | 3           | 30.00        | 0.11              | 0.06
    M1              | 2026-02-05 | card         | 1           | 100.00       | 0.45              | 0.35
    M1              | 2026-03-09 | scan         | 4           | 44.00        | 0.17              | 0.09
"""


def test_a_merchant_without_a_trade_for_the_days_of_silence_is_silent(engine: Engine) -> None:
    """On 31 March M2's trade of 1 January is 89 days old: still active, and silent on 1 April, when the totals reach back 91 days.

    M3 ended in February and has no row in March; NEW is too young to be judged. In January and February nobody can be silent yet:
    the totals begin on 1 January.
    """
    load_tables(engine, calendar_day=("2026-01-01", "2026-04-01"), merchant=MERCHANTS, merchant_trade_day=TRADES + _OF_APRIL)
    run(engine, MERCHANT_MONTH_MART, reporting_date="2026-04-01")
    expect(
        engine,
        "merchant_month",
        """
        merchant_number | business_date | organisation_code | customer_kind | open_count | active_count | silent_count | is_silent | last_traded_on | traded_day_count | trade_count | scan_count | trade_amount | fee_income_amount | fee_cost_amount
        ----------------+---------------+-------------------+---------------+------------+--------------+--------------+-----------+----------------+------------------+-------------+------------+--------------+-------------------+----------------
        M1              | 2026-01-31    | B10               | personal      | 1          | 0            |              |           |                | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        M1              | 2026-02-28    | B10               | personal      | 1          | 1            | 0            | no        | 2026-02-05     | 1                | 4           | 3          | 130.00       | 0.56              | 0.41
        M1              | 2026-03-31    | B10               | personal      | 1          | 1            | 0            | no        | 2026-03-09     | 1                | 4           | 4          | 44.00        | 0.17              | 0.09
        M1              | 2026-04-01    | B10               | personal      | 1          | 1            | 0            | no        | 2026-04-01     | 1                | 1           | 1          | 1.00         | 0.01              | 0.00
        M2              | 2026-01-31    | B10               | personal      | 1          | 1            | 0            | no        | 2026-01-01     | 1                | 1           | 0          | 50.00        | 0.25              | 0.20
        M2              | 2026-02-28    | B10               | personal      | 1          | 1            | 0            | no        | 2026-01-01     | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        M2              | 2026-03-31    | B10               | personal      | 1          | 1            | 0            | no        | 2026-01-01     | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        M2              | 2026-04-01    | B10               | personal      | 1          | 0            | 1            | yes       | 2026-01-01     | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        M3              | 2026-01-31    | B20               | corporate     | 1          | 0            |              |           |                | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        M3              | 2026-02-28    | B20               | corporate     | 0          | 0            | 0            | no        | 2026-02-01     | 1                | 2           | 2          | 20.00        | 0.08              | 0.04
        NEW             | 2026-03-31    | B20               | corporate     | 1          | 0            | 0            | no        |                | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        NEW             | 2026-04-01    | B20               | corporate     | 1          | 0            | 0            | no        |                | 0                | 0           | 0          | 0.00         | 0.00              | 0.00
        """,
    )


_OF_APRIL = "    M1              | 2026-04-01 | scan         | 1           | 1.00         | 0.01              | 0.00\n"
