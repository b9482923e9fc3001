"""Marts of one product against those whose sums they repeat: silent while equal, naming the place of what is not."""

from __future__ import annotations

from typing import Any

from drawn_tables import load_tables, need_table

from maisui.engines.engine import Engine
from maisui.reconciliation import Rule
from maisui.reconciliation.product_controls import ACTIVITY_EQUALS_CHANNELS, STRUCTURE_EQUALS_PRODUCTS
from maisui.tables import BY_NAME


def found(engine: Engine, rule: Rule, **tables: Any) -> list[tuple[Any, ...]]:
    load_tables(engine, calendar_day=("2026-05-01", "2026-05-31"), **tables)
    for name in BY_NAME:
        if name in rule.violations + rule.checked:
            need_table(engine, name)
    return sorted((tuple(map(str, row)) for row in engine.fetch(rule.violations)), key=repr)


CHANNELS = """
    organisation_code | channel_code | business_date | is_bank_initiated | transaction_count | transaction_amount
    ------------------+--------------+---------------+-------------------+-------------------+-------------------
    B10               | atm          | 2026-05-02    | no                | 2                 | 60.00
    B10               | atm          | 2026-05-30    | no                | 1                 | 40.00
    B10               | batch        | 2026-05-30    | yes               | 9                 | 99.00
"""
ACTIVITY = """
    organisation_code | product_code | channel_code | business_date | transaction_count | transaction_amount
    ------------------+--------------+--------------+---------------+-------------------+-------------------
    B10               | P1           | atm          | 2026-05-31    | 1                 | 70.00
    B10               | P2           | atm          | 2026-05-31    | 2                 | 30.00
"""


def test_movements_of_a_months_days_add_up_to_the_channels(engine: Engine) -> None:
    """What the bank initiates is no movement of a product."""
    assert found(engine, ACTIVITY_EQUALS_CHANNELS, channel_day=CHANNELS, product_activity_month=ACTIVITY) == []


def test_a_cent_too_few_is_named_with_its_month_and_channel(engine: Engine) -> None:
    short = ACTIVITY.replace("30.00", "29.99")
    assert found(engine, ACTIVITY_EQUALS_CHANNELS, channel_day=CHANNELS, product_activity_month=short) == [
        ("2026-05-31", "B10", "atm", "CNY", "amount", "-0.01")
    ]


def test_a_cut_that_leaves_something_out_is_named(engine: Engine) -> None:
    """Terms add up to 100.00, rates leave ten out."""
    differences = found(
        engine,
        STRUCTURE_EQUALS_PRODUCTS,
        product_day="""
            product_code | business_date | balance
            -------------+---------------+--------
            P1           | 2026-05-31    | 100.00
            P1           | 2026-05-30    | 77.00
        """,
        product_structure_day="""
            product_code | section_kind | band_number | business_date | balance
            -------------+--------------+-------------+---------------+--------
            P1           | term         | 0           | 2026-05-31    | 60.00
            P1           | term         | 1           | 2026-05-31    | 40.00
            P1           | rate         | -1          | 2026-05-31    | 90.00
        """,
    )
    assert differences == [("2026-05-31", "rate", "P1", "CNY", "-10.00")]
