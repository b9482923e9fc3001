"""Worklists of loans by hand: the spans, the arrears, who is at home where, and loans without a balance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from drawn_version import published

from maisui.answers import WorklistQuery, loan_worklist, worklist_customers
from maisui.warehouse.reader import Reader

DAY = date(2026, 6, 30)
TABLES = {
    "loan": """
loan_number | customer_number | customer_kind | organisation_code | product_code | currency | disbursed_amount | disbursed_on | matures_on | loan_class | loan_status | last_reported_on
------------+-----------------+---------------+-------------------+--------------+----------+------------------+--------------+------------+------------+-------------+-----------------
L1          | P1              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | 2026-07-30 | pass       | normal      | 2026-06-30
L2          | P2              | personal      | B1                | X            | CNY      | 200.00           | 2025-01-01   | 2026-07-31 | pass       | normal      | 2026-06-30
L3          | P1              | personal      | B1                | X            | CNY      | 300.00           | 2025-01-01   | 2026-06-30 | doubtful   | normal      | 2026-06-30
L4          | P1              | personal      | B1                | X            | CNY      | 400.00           | 2025-01-01   | 2026-07-05 | pass       | normal      | 2026-06-30
L5          | P9              | personal      | B1                | X            | CNY      | 500.00           | 2025-01-01   | 2026-07-05 | pass       | normal      | 2026-06-30
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance | loan_class | loan_status | overdue_since | is_agriculture | is_inclusive_small_micro
------------+------------+-------------+-------------------+---------+------------+-------------+---------------+----------------+-------------------------
L1          | 2025-01-01 |             | B1                | 90.00   | pass       | normal      |               | no             | no
L2          | 2025-01-01 |             | B1                | 80.00   | pass       | normal      | 2026-06-30    | no             | no
L3          | 2025-01-01 | 2026-06-30  | B1                | 70.00   | pass       | normal      |               | no             | no
L3          | 2026-06-30 |             | B1                | 60.00   | doubtful   | normal      | 2026-05-01    | no             | no
L4          | 2025-01-01 |             | B1                | 0.00    | pass       | normal      |               | no             | no
L5          | 2025-01-01 |             | B1                | 50.00   | pass       | normal      |               | no             | no
""",
    "customer": """
customer_number | person_customer_number | customer_kind | home_organisation_code
----------------+------------------------+---------------+-----------------------
P1              | P1                     | personal      | B1
P2              | P2                     | personal      | B2
""",
    "organisation_closure": """
ancestor_code | organisation_code | distance
--------------+-------------------+---------
B0            | B1                | 1
B0            | B2                | 1
B1            | B1                | 0
B2            | B2                | 0
""",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("worklists"), date(2026, 1, 1), DAY, **TABLES) as found:
        yield found


@pytest.mark.parametrize(
    ("due_within", "homes", "expected"),
    [
        (30, None, [("P1", "2026-07-30", "90.00")]),
        (60, None, [("P1", "2026-07-30", "90.00"), ("P2", "2026-07-31", "80.00")]),
        (60, ("B2",), [("P2", "2026-07-31", "80.00")]),
        (60, (), []),
        (None, None, [("P1", "2026-05-01", "60.00"), ("P2", "2026-06-30", "80.00")]),
        (None, ("B1",), [("P1", "2026-05-01", "60.00")]),
    ],
)
def test_a_worklist_holds_the_loans_of_its_span_and_homes(
    reader: Reader, due_within: int | None, homes: tuple[str, ...] | None, expected: list[tuple[str, str, str]]
) -> None:
    """L3 fell due already, L4 is paid back, L5 is of nobody who is known."""
    found = loan_worklist(reader, WorklistQuery(due_within, homes))
    assert [(row.customer_number, str(row.on), str(row.balance)) for row in found.rows] == expected
    assert (found.day, found.total_count) == (DAY, len(expected))


def test_a_page_after_the_last_is_the_last(reader: Reader) -> None:
    found = loan_worklist(reader, WorklistQuery(60, None, page=9, size=1))
    assert (found.page, found.total_count, [row.customer_number for row in found.rows]) == (2, 2, ["P2"])


@pytest.mark.parametrize(
    ("only", "without", "expected"),
    [
        (None, frozenset[str](), ("P1", "P2")),
        (frozenset({"P2", "P9"}), frozenset[str](), ("P2",)),
        (None, frozenset({"P2"}), ("P1",)),
        (frozenset[str](), frozenset[str](), ()),
    ],
)
def test_a_worklist_is_narrowed_to_customers(
    reader: Reader, only: frozenset[str] | None, without: frozenset[str], expected: tuple[str, ...]
) -> None:
    query = WorklistQuery(None, None, only=only, without=without)
    assert worklist_customers(reader, query) == expected
    assert tuple(row.customer_number for row in loan_worklist(reader, query).rows) == expected
    assert worklist_customers(reader, query, most=1) == expected[:1]
