"""Labels that leave somebody out or name him twice, and sums beside them that do not tie, are found."""

from decimal import Decimal
from typing import Any

from drawn_tables import load_tables, need_table

from maisui.engines.engine import Engine
from maisui.reconciliation import Rule
from maisui.reconciliation.label_controls import CUSTOMER_FLOWS_EQUAL_CHANNELS, LABELS_EXCLUSIVE, QUALITY_LABELS_EQUAL_BASE
from maisui.tables import BY_NAME


def found(engine: Engine, rule: Rule, **tables: Any) -> tuple[list[tuple[Any, ...]], int]:
    """Return what `rule` finds in the drawn tables, and how many it compared."""
    load_tables(engine, calendar_day=("2026-05-01", "2026-06-30"), **tables)
    for name in BY_NAME:
        if name in rule.violations + rule.checked:
            need_table(engine, name)
    return sorted((tuple(row) for row in engine.fetch(rule.violations)), key=repr), int(engine.fetch(rule.checked)[0][0])


def test_everybody_has_one_life_stage_and_one_rural_group_at_most(engine: Engine) -> None:
    """C1 is whole; C2 has no stage, C3 two, C4 two groups: three of B10."""
    places, compared = found(
        engine,
        LABELS_EXCLUSIVE,
        customer_fact_month="""
            customer_number | business_date
            ----------------+--------------
            C1              | 2026-06-30
            C2              | 2026-06-30
            C3              | 2026-06-30
            C4              | 2026-06-30
        """,
        customer_label="""
            customer_number | business_date | family_code | label_code      | reason_code | reason_rank | held_since
            ----------------+---------------+-------------+-----------------+-------------+------------+-----------
            C1              | 2026-06-30    | life_stage  | new             | new         | 1 | 2026-05-31
            C1              | 2026-06-30    | rural_group | big_farmer      | big_farmer  | 1 | 2026-05-31
            C1              | 2026-06-30    | care        | attention       | overdue     | 1 | 2026-05-31
            C2              | 2026-05-31    | life_stage  | new             | new         | 1 | 2026-05-31
            C3              | 2026-06-30    | life_stage  | new             | new         | 1 | 2026-05-31
            C3              | 2026-06-30    | life_stage  | lost            | lost        | 1 | 2026-05-31
            C4              | 2026-06-30    | life_stage  | new             | new         | 1 | 2026-05-31
            C4              | 2026-06-30    | rural_group | big_farmer      | big_farmer  | 1 | 2026-05-31
            C4              | 2026-06-30    | rural_group | ordinary_farmer | a           | 1 | 2026-05-31
        """,
    )
    assert places == [("2026-06-30", "B10", Decimal("3.00"))]
    assert compared == 4


def test_quality_labels_count_as_the_customer_base_does(engine: Engine) -> None:
    label = """
        organisation_code | customer_kind | label_code | reason_code  | business_date | customer_count
        ------------------+---------------+------------+--------------+---------------+---------------
        B10               | personal      | quality    | tier_reached | 2026-06-30    | 3
        B10               | corporate     | quality    | tier_reached | 2026-06-30    | 1
        B20               | personal      | quality    | tier_reached | 2026-06-30    | 5
        B20               | personal      | attention  | overdue      | 2026-06-30    | 9
    """
    base = """
        organisation_code | customer_kind | tier_code | business_date | quality_customer_count
        ------------------+---------------+-----------+---------------+-----------------------
        B10               | personal      | gold      | 2026-06-30    | 4
        B20               | personal      | gold      | 2026-06-30    | 6
    """
    places, compared = found(engine, QUALITY_LABELS_EQUAL_BASE, customer_label_day=label, customer_base_day=base)
    assert places == [("2026-06-30", "B20", Decimal("-1.00"))]
    assert compared == 2


def test_flows_of_customers_are_those_of_the_channels(engine: Engine) -> None:
    """Interest and what moves between a customer's own accounts count on neither side; a cent of June's outflow is missing."""
    flows = """
        customer_number | month_start | flow_code | inflow_amount | outflow_amount
        ----------------+-------------+-----------+---------------+---------------
        C1              | 2026-05-01  | cash      | 10.00         | 4.00
        none            | 2026-05-01  | other     | 1.00          | 0.00
        C1              | 2026-06-01  | cash      | 5.00          | 2.00
    """
    channels = """
        channel_code | account_kind | transaction_type | counterparty_code | business_date | inflow_amount | outflow_amount
        -------------+--------------+------------------+-------------------+---------------+---------------+---------------
        counter      | deposit      | cash_deposit     | cash              | 2026-05-03    | 11.00         | 0.00
        atm          | deposit      | cash_withdrawal  | cash              | 2026-05-31    | 0.00          | 4.00
        atm          | deposit      | cash_withdrawal  | cash              | 2026-06-02    | 5.00          | 2.01
        counter      | deposit      | interest         | none              | 2026-06-21    | 70.00         | 0.00
        counter      | deposit      | transfer         | own_account       | 2026-06-21    | 70.00         | 70.00
        counter      | loan         | loan_principal   | on_us             | 2026-06-21    | 70.00         | 0.00
    """
    places, compared = found(engine, CUSTOMER_FLOWS_EQUAL_CHANNELS, customer_flow_month=flows, channel_day=channels)
    assert places == [("2026-06-30", "out", Decimal("-0.01"))]
    assert compared == 4
