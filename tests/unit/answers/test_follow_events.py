"""What followers are told of tiers and managers: changes since the month end before, and nothing that stayed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from drawn_version import published

from maisui.answers import follow_events

CUSTOMERS = """
    customer_number | person_customer_number
    ----------------+-----------------------
    C1              | C1
    C2              | C1
    C3              | C3
"""
FACTS = """
    customer_number | business_date | tier_code
    ----------------+---------------+----------
    C1              | 2026-05-31    | gold
    C1              | 2026-06-30    | platinum
    C3              | 2026-05-31    | gold
    C3              | 2026-06-30    | gold
"""
ASSIGNED = """
    object_kind | object_number | account_kind | employee_number | valid_from | valid_until
    ------------+---------------+--------------+-----------------+------------+------------
    customer    | C1            | deposit      | E1              | 2026-01-01 | 2026-06-10
    customer    | C1            | loan         | E1              | 2026-01-01 | 2026-06-10
    customer    | C1            | deposit      | E2              | 2026-06-10 |
    customer    | C1            | loan         | E2              | 2026-06-10 |
    customer    | C3            | deposit      | E1              | 2026-05-31 |
    customer    | C3            | loan         | E1              | 2026-07-01 |
    village     | C3            | loan         | E2              | 2026-06-20 |
"""
STAFF = """
    employee_number | employee_name | reported_on
    ----------------+---------------+------------
    E1              | 王强          | 2026-05-31
"""


def test_a_new_tier_and_another_manager_are_told_under_the_number_asked_for(tmp_path: Path) -> None:
    """C2 is C1 under another number: the person's tier is told of both, the manager of the number that has one."""
    with published(
        tmp_path,
        date(2026, 5, 1),
        date(2026, 6, 30),
        customer=CUSTOMERS,
        customer_fact_month=FACTS,
        assignment_in_force=ASSIGNED,
        employee_snapshot=STAFF,
    ) as reader:
        found = follow_events(reader, ("C1", "C2", "C3"), Decimal(1_000_000))
    assert [(one.customer_number, one.kind, one.day, one.code) for one in found] == [
        ("C1", "manager", date(2026, 6, 10), "王强>E2"),
        ("C1", "tier", date(2026, 6, 30), "gold>platinum"),
        ("C2", "tier", date(2026, 6, 30), "gold>platinum"),
    ]
