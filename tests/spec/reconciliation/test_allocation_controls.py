"""Controls of the allocation: persons and unassigned make the outlet's balance, and refused assignments are listed."""

from datetime import date
from decimal import Decimal

from drawn_tables import load_tables, need_table

from maisui.engines.engine import Engine
from maisui.reconciliation.allocation_controls import (
    ALLOCATION_DECISIONS_ACCEPTED,
    ASSIGNMENTS_ACCEPTED,
    MANAGERS_EQUAL_BALANCES,
    SHARES_MAKE_THE_WHOLE,
)
from maisui.reconciliation.channel_controls import ATTEMPTS_ARE_POSTED
from maisui.tables import BY_NAME

ASSIGNED = """
    object_kind | object_number | employee_number | business_line | source_line | valid_from | result_share | is_accepted | refusal_code
    ------------+---------------+-----------------+---------------+-------------+------------+--------------+-------------+------------------
    customer    | C1            | M1              | all           | 2           | 2026-01-01 | 0.6          | yes         |
    customer    | C1            | M2              | all           | 3           | 2026-01-01 | 0.7          | no          | above_100_percent
"""
BALANCES = """
    account_kind | business_date | balance
    -------------+---------------+--------
    deposit      | 2026-06-29    | 60.00
    deposit      | 2026-06-29    | 40.00
    deposit      | 2026-06-30    | 100.00
    loan         | 2026-06-30    | 5.00
"""


def found(engine: Engine, rule, **tables: str) -> list[tuple]:
    """Return what `rule` finds in the drawn tables."""
    load_tables(engine, **tables)
    for name in BY_NAME:
        if name in rule.violations:
            need_table(engine, name)
    return engine.fetch(rule.violations)


def test_a_cent_that_belongs_to_nobody_is_named_with_its_day_and_outlet(engine: Engine) -> None:
    """On the 29th all is told; on the 30th a cent of deposits is missing and loans have no line at all."""
    managers = """
        employee_number | account_kind | business_date | balance
        ----------------+--------------+---------------+--------
        M1              | deposit      | 2026-06-29    | 60.00
        unassigned      | deposit      | 2026-06-29    | 40.00
        M1              | deposit      | 2026-06-30    | 60.00
        unassigned      | deposit      | 2026-06-30    | 39.99
    """
    assert sorted(found(engine, MANAGERS_EQUAL_BALANCES, manager_assignment=ASSIGNED, product_day=BALANCES, manager_day=managers)) == [
        (str(date(2026, 6, 30)), "B10", "deposit", "CNY", Decimal("-0.01")),
        (str(date(2026, 6, 30)), "B10", "loan", "CNY", Decimal("-5.00")),
    ]


def test_without_the_feed_there_is_nothing_to_compare(engine: Engine) -> None:
    """Balances exist, assignments do not: no violation."""
    assert found(engine, MANAGERS_EQUAL_BALANCES, product_day=BALANCES) == []


def test_refused_assignments_are_listed_by_line(engine: Engine) -> None:
    """Manager, kind of object, reason, file, line and share; never the customer."""
    assert found(engine, ASSIGNMENTS_ACCEPTED, manager_assignment=ASSIGNED) == [
        ("M2", "customer", "above_100_percent", "F1", "3", Decimal("0.700000"))
    ]


def test_successes_without_their_posting_are_counted_by_place(engine: Engine) -> None:
    """Two of the mobile bank on one day; those that are posted are silent."""
    attempts = """
        channel_code | transaction_type | agency_code | business_date | is_financial | success_count | unposted_count
        -------------+------------------+-------------+---------------+--------------+---------------+---------------
        atm          | cash_withdrawal  | own_at_own  | 2026-06-29    | yes          | 9             | 0
        mobile_bank  | transfer         | own_at_own  | 2026-06-30    | yes          | 5             | 2
    """
    assert found(engine, ATTEMPTS_ARE_POSTED, channel_attempt_day=attempts) == [
        ("2026-06-30", "B10", "mobile_bank", "transfer", "own_at_own", Decimal("2.00"))
    ]


def test_refused_decisions_are_listed_by_line(engine: Engine) -> None:
    """Decision, employee or nobody, reason, file, line and share; what is in force is not listed."""
    decisions = """
        decision_number | line_number | decision_kind | object_kind | object_number | business_line | employee_number | valid_from | result_share | is_accepted | refusal_code   | source_line
        ----------------+-------------+---------------+-------------+---------------+---------------+-----------------+------------+--------------+-------------+----------------+------------
        1               | 1           | claim         | account     | A1            | deposit       | M1              | 2026-01-01 | 1            | yes         |                | 2
        2               | 1           | transfer      | account     | A9            | deposit       |                 | 2026-01-01 | 0            | no          | object_unknown | 3
    """
    assert [row[:4] + row[5:] for row in found(engine, ALLOCATION_DECISIONS_ACCEPTED, allocation_decision=decisions)] == [
        ("2", "unassigned", "account", "object_unknown", "3", Decimal("0.000000"))
    ]


def test_an_account_whose_shares_miss_the_whole_is_counted_where_it_lies(engine: Engine) -> None:
    """A1 lacks a millionth from the 5th, A2 is whole: one account of the outlet, with what is missing."""
    shares = """
        account_number | employee_number | valid_from | result_share | rule_code
        ---------------+-----------------+------------+--------------+----------
        A1             | M1              | 2026-06-01 | 1            | account
        A1             | M1              | 2026-06-05 | 0.6          | account
        A1             | unassigned      | 2026-06-05 | 0.399999     | account
        A2             | M1              | 2026-06-01 | 0.25         | customer
        A2             | unassigned      | 2026-06-01 | 0.75         | customer
    """
    assert found(engine, SHARES_MAKE_THE_WHOLE, account_allocation=shares) == [("2026-06-05", "B10", "CNY", "1", Decimal("-0.000001"))]
