"""Supervisory inputs are carried forward to month ends, never backward."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.regulatory_day import REGULATORY_DAY_MART


def test_the_last_input_on_or_before_the_day_counts(engine: Engine) -> None:
    load_tables(
        engine,
        calendar_day=("2026-04-01", "2026-06-15"),
        regulatory_input="""
            measured_on | input_code    | input_amount
            ------------+---------------+-------------
            2026-03-31  | net_capital   | 100.00
            2026-05-31  | net_capital   | 110.00
            2026-06-30  | net_capital   | 120.00
            2026-05-31  | liquid_assets | 40.00
        """,
    )
    run(engine, REGULATORY_DAY_MART, reporting_date="2026-06-15")
    expect(
        engine,
        "regulatory_day",
        """
        input_code    | business_date | measured_on | input_amount
        --------------+---------------+-------------+-------------
        net_capital   | 2026-04-30    | 2026-03-31  | 100.00
        net_capital   | 2026-05-31    | 2026-05-31  | 110.00
        net_capital   | 2026-06-15    | 2026-05-31  | 110.00
        liquid_assets | 2026-05-31    | 2026-05-31  | 40.00
        liquid_assets | 2026-06-15    | 2026-05-31  | 40.00
        """,
    )
