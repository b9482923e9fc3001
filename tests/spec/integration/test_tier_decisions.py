"""Decisions about customers' tiers: which count, and how a later one replaces the earlier ones of the customer from its first day."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.check_tier_decisions import CHECK_TIER_DECISIONS
from maisui.reconciliation.allocation_controls import TIER_DECISIONS_ACCEPTED

PARAMETERS = """
    parameter_code | valid_from | valid_until | number_value
    ---------------+------------+-------------+-------------
    tier.gold      | 1900-01-01 |             | 5
    tier.platinum  | 1900-01-01 |             | 20
    tier.jade      | 2026-05-01 |             | 90
"""
CUSTOMERS = """
    customer_number
    ---------------
    C1
    C2
"""


def test_a_later_decision_replaces_the_earlier_ones_from_its_first_day(engine: Engine) -> None:
    """Decision 2 cuts 1; 3 begins before 2, which never holds; 4 ends 3 early; 5 is another customer's and stays whole."""
    load_tables(
        engine,
        parameter=PARAMETERS,
        customer=CUSTOMERS,
        tier_decision_line="""
            decision_number | decision_kind | customer_number | tier_code | valid_from | decided_until
            ----------------+---------------+-----------------+-----------+------------+--------------
            1               | set           | C1              | gold      | 2026-01-10 | 2026-12-31
            2               | set           | C1              | platinum  | 2026-06-01 | 2026-07-01
            3               | set           | C1              | gold      | 2026-04-01 | 2026-10-01
            4               | end           | C1              |           | 2026-08-15 |
            5               | set           | C2              | platinum  | 2026-03-01 | 2026-05-01
        """,
    )
    run(engine, CHECK_TIER_DECISIONS, reporting_date="2026-06-30")
    expect(
        engine,
        "tier_decision",
        """
        decision_number | decision_kind | customer_number | tier_code | valid_from | valid_until | decided_until | is_accepted | refusal_code
        ----------------+---------------+-----------------+-----------+------------+-------------+---------------+-------------+-------------
        1               | set           | C1              | gold      | 2026-01-10 | 2026-04-01  | 2026-12-31    | yes         |
        2               | set           | C1              | platinum  | 2026-06-01 | 2026-06-01  | 2026-07-01    | yes         |
        3               | set           | C1              | gold      | 2026-04-01 | 2026-08-15  | 2026-10-01    | yes         |
        4               | end           | C1              |           | 2026-08-15 |             |               | yes         |
        5               | set           | C2              | platinum  | 2026-03-01 | 2026-05-01  | 2026-05-01    | yes         |
        """,
    )


def test_what_does_not_hold_is_refused_with_its_reason_and_replaces_nothing(engine: Engine) -> None:
    """The tier jade is there from May on only; a day too late or none at all is refused."""
    load_tables(
        engine,
        parameter=PARAMETERS,
        customer=CUSTOMERS,
        tier_decision_line="""
            decision_number | decision_kind | customer_number | tier_code | valid_from | decided_until | source_line
            ----------------+---------------+-----------------+-----------+------------+---------------+------------
            1               | set           | C1              | gold      | 2026-01-10 | 2026-12-31    | 2
            2               | set           | C9              | gold      | 2026-02-01 | 2026-12-31    | 3
            3               | set           | C1              | jade      | 2026-04-01 | 2026-12-31    | 4
            4               | set           | C1              | platinum  | 2026-04-01 | 2026-04-01    | 5
            5               | set           | C1              | platinum  | 2026-04-01 |               | 6
            6               | set           | C2              | jade      | 2026-05-01 | 2026-12-31    | 7
        """,
    )
    run(engine, CHECK_TIER_DECISIONS, reporting_date="2026-06-30")
    expect(
        engine,
        "tier_decision",
        """
        decision_number | valid_until | is_accepted | refusal_code
        ----------------+-------------+-------------+-----------------
        1               | 2026-12-31  | yes         |
        2               |             | no          | customer_unknown
        3               |             | no          | tier_unknown
        4               |             | no          | dates_reversed
        5               |             | no          | dates_reversed
        6               | 2026-12-31  | yes         |
        """,
    )
    refused = engine.fetch(f"SELECT decision_number, refusal_code FROM ({TIER_DECISIONS_ACCEPTED.violations}) AS v ORDER BY 1")
    assert refused == [("2", "customer_unknown"), ("3", "tier_unknown"), ("4", "dates_reversed"), ("5", "dates_reversed")]
