"""Terminal month: use, cost and saving of each terminal."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.terminal_month import TERMINAL_MONTH_MART


def test_a_terminal_has_its_days_uses_cost_and_saving(engine: Engine) -> None:
    """June has 30 days, of which the log tells of two: 2,500 × 2 ÷ 30 = 166.67. 30 uses in two days are 1,350 a quarter: the first band.

    At the counter the same 30 would cost 9.36 each instead of 1.73; a point of sale saves nothing at the counter. VTM V1 came on the
    second day; what was retired has no row; enquiries and failures are no use.
    """
    attempts = "\n".join(f"            U{place} | A1 | 2026-06-01 | cash_withdrawal | yes | 100.00 | 0.50" for place in range(29))
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        terminal_snapshot="""
            reported_on | terminal_number | terminal_kind | organisation_code | is_away | merchant_number | installed_on | retired_on
            ------------+-----------------+---------------+-------------------+---------+-----------------+--------------+-----------
            2026-05-31  | A1              | atm           | B20               | no      |                 |              |
            2026-06-30  | A1              | atm           | B10               | yes     |                 |              |
            2026-06-30  | V1              | vtm           | B10               | no      |                 | 2026-06-02   |
            2026-06-30  | P1              | pos           | B10               | yes     | M1              |              |
            2026-06-30  | GONE            | atm           | B10               | no      |                 |              | 2026-06-01
        """,
        unit_cost="""
            cost_item_code | channel_code | effective_from | cost_unit_kind | unit_cost_amount
            ---------------+--------------+----------------+----------------+-----------------
            transaction    | counter      | 2025-01-01     | transaction    | 9.52
            transaction    | counter      | 2026-01-01     | transaction    | 9.36
            transaction    | atm          | 2026-01-01     | transaction    | 1.73
            transaction    | vtm          | 2026-01-01     | transaction    | 2.00
            transaction    | pos          | 2026-01-01     | transaction    | 0.86
        """,
        attempt_agency=f"""
            attempt_number | terminal_number | attempted_on | transaction_type | is_successful | attempt_amount | fee_amount
            ---------------+-----------------+--------------+------------------+---------------+----------------+-----------
{attempts}
            LAST           | A1              | 2026-06-02   | cash_deposit     | yes           | 7.00           | 0.00
            FAILED         | A1              | 2026-06-02   | cash_withdrawal  | no            | 100.00         | 3.00
            LOOK           | V1              | 2026-06-02   | enquiry          | yes           | 0.00           | 0.00
            SOLD           | P1              | 2026-06-02   | purchase         | yes           | 60.00          | 0.36
        """,
    )
    run(engine, TERMINAL_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "terminal_month",
        """
        terminal_number | business_date | organisation_code | channel_code | merchant_number | is_away | band_code | day_count | used_day_count | success_count | success_amount | fee_amount | cost_amount | unit_saving_amount | saved_amount
        ----------------+---------------+-------------------+--------------+-----------------+---------+-----------+-----------+----------------+---------------+----------------+------------+-------------+--------------------+-------------
        A1              | 2026-06-30    | B10               | atm          |                 | yes     | first     | 2         | 2              | 30            | 2907.00        | 14.50      | 166.67      | 7.63               | 228.90
        P1              | 2026-06-30    | B10               | pos          | M1              | yes     | below     | 2         | 1              | 1             | 60.00          | 0.36       | 2.00        | 0.00               | 0.00
        V1              | 2026-06-30    | B10               | vtm          |                 | no      | silent    | 1         | 0              | 0             | 0.00           | 0.00       | 116.67      | 7.36               | 0.00
        """,
    )
