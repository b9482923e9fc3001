"""Target period: what was set for whom, under the first day of its period."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.target_period import TARGET_PERIOD_MART


def test_targets_of_organisations_and_employees_stand_side_by_side(engine: Engine) -> None:
    """A rate goes before an amount; an employee counts in the organisation named with his target, or in none; an empty target is none."""
    load_tables(
        engine,
        target="""
            holder_kind  | holder_code | metric_code     | period_from | period_end_on | target_amount | target_rate | organisation_code
            -------------+-------------+-----------------+-------------+---------------+---------------+-------------+------------------
            organisation | B10         | deposit_balance | 2026-01-01  | 2026-12-31    | 1000.00       |             |
            organisation | B10         | npl_ratio       | 2026-01-01  | 2026-12-31    | 1.00          | 0.015500    | B99
            employee     | M1          | deposit_balance | 2026-06-01  | 2026-06-30    | 10.00         |             | B10
            employee     | M2          | deposit_balance | 2026-06-01  | 2026-06-30    | 20.00         |             |
            employee     | M3          | deposit_balance | 2026-06-01  | 2026-06-30    |               |             | B10
        """,
    )
    run(engine, TARGET_PERIOD_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "target_period",
        """
        organisation_code | employee_number | target_metric_code | business_date | period_end_on | target_share | target_amount
        ------------------+-----------------+--------------------+---------------+---------------+--------------+--------------
        B10               | none            | deposit_balance    | 2026-01-01    | 2026-12-31    |              | 1000.00
        B10               | none            | npl_ratio          | 2026-01-01    | 2026-12-31    | 0.015500     |
        B10               | M1              | deposit_balance    | 2026-06-01    | 2026-06-30    |              | 10.00
        unknown           | M2              | deposit_balance    | 2026-06-01    | 2026-06-30    |              | 20.00
        """,
    )
