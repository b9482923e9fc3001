"""Write-offs and what came back: of each asset the latest report, of recoveries what is new since the report before."""

from __future__ import annotations

from drawn_feeds import deliver
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.write_off_day import WRITE_OFF_DAY_MART


def test_table_702_becomes_write_offs(engine: Engine) -> None:
    """Interest on and off balance sheet is one amount; what was not recovered yet is empty."""
    deliver(
        engine,
        "east5",
        "write_off_snapshot",
        zchxb="""
            JJH | NBJGH | BZ  | HXBJ   | SHBNLX | SHBWLX | HXRQ       | SHBJ  | SHLX | SHRQ       | HXZT
            ----+-------+-----+--------+--------+--------+------------+-------+------+------------+-------
            L1  | B10   | CNY | 100.00 | 3.00   | 4.50   | 2026-05-20 | 10.00 | 1.00 | 2026-06-02 | 已核销
            L2  | B20   | CNY | 50.00  |        |        | 2026-06-01 |       |      |            | 已核销
        """,
    )
    expect(
        engine,
        "write_off_snapshot",
        """
        reported_on | loan_number | organisation_code | written_off_principal_amount | written_off_interest_amount | written_off_on | recovered_principal_amount | recovered_interest_amount | recovered_on
        ------------+-------------+-------------------+------------------------------+-----------------------------+----------------+----------------------------+---------------------------+-------------
        2026-06-30  | L1          | B10               | 100.00                       | 7.50                        | 2026-05-20     | 10.00                      | 1.00                      | 2026-06-02
        2026-06-30  | L2          | B20               | 50.00                        | 0.00                        | 2026-06-01     |                            |                           |
        """,
    )


def test_each_write_off_counts_once_and_each_recovery_by_what_is_new(engine: Engine) -> None:
    """L1: 100 + 5 written off in May, 10 + 1 recovered by May, 25 + 1 by June: 15 + 0 more. L2 is no longer reported in June. L3 comes in two lines."""
    load_tables(
        engine,
        write_off_snapshot="""
            reported_on | loan_number | organisation_code | currency | written_off_on | written_off_principal_amount | written_off_interest_amount | recovered_principal_amount | recovered_interest_amount | recovered_on
            ------------+-------------+-------------------+----------+----------------+------------------------------+-----------------------------+----------------------------+---------------------------+-------------
            2026-05-31  | L1          | B10               | CNY      | 2026-05-20     | 100.00                       | 5.00                        | 10.00                      | 1.00                      | 2026-05-25
            2026-06-30  | L1          | B10               | CNY      | 2026-05-20     | 100.00                       | 5.00                        | 25.00                      | 1.00                      | 2026-06-10
            2026-05-31  | L2          | B10               | CNY      | 2026-05-20     | 40.00                        |                             |                            |                           |
            2026-06-30  | L3          |                   | CNY      | 2026-06-10     | 7.00                         |                             |                            |                           |
            2026-06-30  | L3          |                   | CNY      | 2026-06-10     | 1.00                         | 0.50                        | 2.00                       |                           |
            2026-07-31  | L4          | B10               | CNY      | 2026-07-10     | 9.00                         |                             |                            |                           |
        """,
    )
    run(engine, WRITE_OFF_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "write_off_day",
        """
        organisation_code | currency | business_date | written_off_principal_amount | written_off_interest_amount | recovered_principal_amount | recovered_interest_amount
        ------------------+----------+---------------+------------------------------+-----------------------------+----------------------------+--------------------------
        B10               | CNY      | 2026-05-20    | 140.00                       | 5.00                        | 0.00                       | 0.00
        B10               | CNY      | 2026-05-25    | 0.00                         | 0.00                        | 10.00                      | 1.00
        B10               | CNY      | 2026-06-10    | 0.00                         | 0.00                        | 15.00                      | 0.00
        none              | CNY      | 2026-06-10    | 8.00                         | 0.50                        | 0.00                       | 0.00
        none              | CNY      | 2026-06-30    | 0.00                         | 0.00                        | 2.00                       | 0.00
        """,
    )
