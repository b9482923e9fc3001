"""Worklists of loans by hand: the spans, the arrears, who is at home where, and loans without a balance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from drawn_version import published

from maisui.answers import DueResult, WorklistQuery, borrowers_at_home, due_result, loan_worklist, worklist_customers
from maisui.answers.loan_worklists import with_bills_alone
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


FELL_DUE = {
    "loan": """
loan_number | customer_number | customer_kind | organisation_code | product_code | currency | disbursed_amount | disbursed_on | matures_on | loan_class | loan_status | last_reported_on
------------+-----------------+---------------+-------------------+--------------+----------+------------------+--------------+------------+------------+-------------+-----------------
D1          | P1              | personal      | B1                | X            | CNY      | 100.00           | 2025-06-10   | 2026-06-10 | pass       | settled     | 2026-06-30
D2          | P1              | personal      | B1                | X            | CNY      | 100.00           | 2026-06-12   | 2027-06-12 | pass       | current     | 2026-06-30
D3          | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-06-30   | 2026-06-30 | pass       | settled     | 2026-06-30
D4          | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-06-01   | 2026-06-01 | loss       | written_off | 2026-06-30
D5          | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-06-01   | 2026-06-20 | pass       | overdue     | 2026-06-30
D6          | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-05-31   | 2026-05-31 | pass       | settled     | 2026-06-30
D7          | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-05-31   | 2026-07-05 | loss       | transferred | 2026-06-30
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance | loan_class | loan_status | overdue_since | is_agriculture | is_inclusive_small_micro
------------+------------+-------------+-------------------+---------+------------+-------------+---------------+----------------+-------------------------
D1          | 2025-06-10 | 2026-06-10  | B1                | 90.00   | pass       | current     |               | no             | no
D1          | 2026-06-10 | 2026-06-11  | B1                | 0.00    | pass       | settled     |               | no             | no
D2          | 2026-06-12 |             | B1                | 90.00   | pass       | current     |               | no             | no
D3          | 2025-06-10 | 2026-06-30  | B1                | 90.00   | pass       | current     |               | no             | no
D4          | 2025-06-10 | 2026-05-10  | B1                | 90.00   | loss       | overdue     | 2026-02-01    | no             | no
D4          | 2026-05-10 |             | B1                | 90.00   | loss       | written_off | 2026-02-01    | no             | no
D5          | 2025-06-10 |             | B1                | 90.00   | pass       | overdue     | 2026-06-20    | no             | no
D6          | 2025-06-10 |             | B1                | 90.00   | pass       | overdue     | 2026-05-31    | no             | no
D7          | 2025-06-10 |             | B1                | 90.00   | loss       | transferred | 2026-05-31    | no             | no
""",
    "customer": TABLES["customer"],
    "organisation_closure": TABLES["organisation_closure"],
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


@pytest.fixture(scope="module")
def fell_due(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of loans that fell due: D1 renewed, D3 settled, D4 written off, D5 open, D6 a day too early for the span."""
    with published(tmp_path_factory.mktemp("fell_due"), date(2026, 1, 1), DAY, **FELL_DUE) as found:
        yield found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (WorklistQuery(30, None), DueResult(4, 2, 1, 1, 1, 0)),
        (WorklistQuery(60, None), DueResult(5, 2, 1, 1, 2, 0)),
        (WorklistQuery(30, ("B1",)), DueResult(1, 1, 1, 0, 0, 0)),
        (WorklistQuery(30, None, only=frozenset({"P2"})), DueResult(3, 1, 0, 1, 1, 0)),
        (WorklistQuery(30, ()), DueResult(0, 0, 0, 0, 0, 0)),
    ],
)
def test_loans_that_fell_due_are_settled_renewed_given_up_or_open(fell_due: Reader, query: WorklistQuery, expected: DueResult) -> None:
    assert due_result(fell_due, query) == expected


LENT_ANEW = {
    "loan": """
loan_number | customer_number | customer_kind | organisation_code | product_code | currency | disbursed_amount | disbursed_on | matures_on | loan_class   | loan_status | last_reported_on
------------+-----------------+---------------+-------------------+--------------+----------+------------------+--------------+------------+--------------+-------------+-----------------
E1          | P1              | personal      | B1                | X            | CNY      | 100.00           | 2025-06-10   | 2026-06-10 | pass         | settled     | 2026-06-30
E2          | P3              | personal      | B1                | X            | CNY      | 100.00           | 2026-06-12   | 2027-06-12 | pass         | current     | 2026-06-30
E3          | P2              | corporate     | B2                | X            | CNY      | 100.00           | 2025-06-15   | 2026-06-15 | pass         | settled     | 2026-06-30
E4          | P2              | corporate     | B2                | 票据贴现     | CNY      | 100.00           | 2026-06-16   | 2026-12-16 | unclassified | current     | 2026-06-30
E5          | P2              | corporate     | B2                | 垫款         | CNY      | 100.00           | 2026-06-17   |            | unclassified | current     | 2026-06-30
E6          | P2              | corporate     | B2                | 票据贴现     | CNY      | 100.00           | 2025-12-20   | 2026-06-20 | unclassified | settled     | 2026-06-30
E7          | P2              | corporate     | B2                | 票据贴现     | CNY      | 100.00           | 2026-01-15   | 2026-07-15 | unclassified | current     | 2026-06-30
E8          | P3              | personal      | B1                | 票据贴现     | CNY      | 100.00           | 2026-01-16   | 2026-07-16 | unclassified | current     | 2026-06-30
E9          | P3              | personal      | B1                | X            | CNY      | 100.00           | 2026-01-17   | 2026-07-17 | pass         | current     | 2026-06-30
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance | loan_class | loan_status | overdue_since | is_agriculture | is_inclusive_small_micro
------------+------------+-------------+-------------------+---------+------------+-------------+---------------+----------------+-------------------------
E1          | 2025-06-10 | 2026-06-11  | B1                | 90.00   | pass       | current     |               | no             | no
E3          | 2025-06-15 | 2026-06-15  | B2                | 90.00   | pass       | current     |               | no             | no
E7          | 2026-01-15 |             | B2                | 90.00   | pass       | current     |               | no             | no
E8          | 2026-01-16 |             | B1                | 90.00   | pass       | current     |               | no             | no
E9          | 2026-01-17 |             | B1                | 90.00   | pass       | current     |               | no             | no
""",
    "customer": """
customer_number | person_customer_number | customer_kind | home_organisation_code
----------------+------------------------+---------------+-----------------------
P1              | P1                     | personal      | B1
P2              | P2                     | corporate     | B2
P3              | P1                     | personal      | B1
""",
    "organisation_closure": TABLES["organisation_closure"],
}


def test_a_loan_is_renewed_under_any_number_of_its_borrower_and_by_no_bill(tmp_path: Path) -> None:
    """E2 renews E1 under the other number of P1; neither the bill E4 nor the advance E5 renews E3, and the bill E6 is only counted.

    Of what falls due next P2 has a bill alone, P3 a bill and a loan.
    """
    with published(tmp_path, date(2026, 1, 1), DAY, **LENT_ANEW) as found:
        assert due_result(found, WorklistQuery(30, None)) == DueResult(2, 2, 1, 0, 0, 1)
        rows = loan_worklist(found, WorklistQuery(30, None)).rows
        assert [(row.customer_number, row.is_bill) for row in rows] == [("P2", True), ("P3", True), ("P3", False)]
        assert with_bills_alone(found, WorklistQuery(30, None)) == {"P2"}
        assert with_bills_alone(found, WorklistQuery(30, ("B1",))) == frozenset()
        assert due_result(found, WorklistQuery(30, ("B2",))) == DueResult(1, 1, 0, 0, 0, 1)
        assert due_result(found, WorklistQuery(30, None, only=frozenset({"P1"}))) == DueResult(1, 1, 1, 0, 0, 0)


def test_loans_written_off_or_transferred_are_on_no_worklist(fell_due: Reader) -> None:
    assert [str(row.on) for row in loan_worklist(fell_due, WorklistQuery(None, None)).rows] == ["2026-05-31", "2026-06-20"]
    assert loan_worklist(fell_due, WorklistQuery(30, None)).total_count == 0


def test_borrowers_are_at_home_in_a_query_whether_or_not_their_loans_are_on_its_list(fell_due: Reader) -> None:
    assert borrowers_at_home(fell_due, {"P1", "P2", "P9"}, WorklistQuery(None, ("B1",))) == {"P1"}
    assert borrowers_at_home(fell_due, {"P1", "P2", "P9"}, WorklistQuery(None, None, only=frozenset({"P2"}))) == {"P2"}
