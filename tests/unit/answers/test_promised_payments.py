"""What came of promises to pay by hand: loans cleared for less, written off or lent anew meanwhile, and repayments that come late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from drawn_version import published

from maisui.answers.promised_payments import Promised, Received, received_of
from maisui.warehouse.reader import Reader

DAY, MADE = date(2026, 6, 30), date(2026, 6, 1)
TABLES = {
    "loan": """
loan_number | customer_number | customer_kind | organisation_code | product_code | currency | disbursed_amount | disbursed_on | loan_class | loan_status | last_reported_on | ended_on
------------+-----------------+---------------+-------------------+--------------+----------+------------------+--------------+------------+-------------+------------------+-----------
CLEARED     | P1              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | pass       | settled     | 2026-06-30       |
GONE        | P2              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | loss       | written_off | 2026-06-30       |
OPEN        | P3              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | pass       | overdue     | 2026-06-30       |
ANEW        | P1              | personal      | B1                | X            | CNY      | 100.00           | 2026-06-21   | pass       | current     | 2026-06-30       |
MONTHLY     | P5              | personal      | B1                | X            | CNY      | 100.00           | 2025-01-01   | pass       | settled     | 2026-06-30       | 2026-06-09
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance | loan_class | loan_status | overdue_since | is_agriculture | is_inclusive_small_micro
------------+------------+-------------+-------------------+---------+------------+-------------+---------------+----------------+-------------------------
CLEARED     | 2025-01-01 | 2026-06-10  | B1                | 40.00   | pass       | overdue     | 2026-05-01    | no             | no
CLEARED     | 2026-06-10 | 2026-06-11  | B1                | 0.00    | pass       | settled     |               | no             | no
GONE        | 2025-01-01 | 2026-06-10  | B1                | 40.00   | loss       | overdue     | 2026-05-01    | no             | no
GONE        | 2026-06-10 | 2026-06-11  | B1                | 0.00    | loss       | written_off |               | no             | no
OPEN        | 2025-01-01 |             | B1                | 40.00   | pass       | overdue     | 2026-05-01    | no             | no
ANEW        | 2026-06-21 |             | B1                | 90.00   | pass       | current     |               | no             | no
MONTHLY     | 2025-01-01 | 2026-06-30  | B1                | 40.00   | pass       | overdue     | 2026-05-01    | no             | no
""",
    "repayment_receipt": """
loan_number | receipt_number | received_on | principal_amount | interest_amount
------------+----------------+-------------+------------------+----------------
CLEARED     | R1             | 2026-06-10  | 39.00            | 1.00
OPEN        | R2             | 2026-06-20  | 5.00             | 0.00
""",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of three borrowers whose last repayment came on 20 June, ten days before the reporting date."""
    with published(tmp_path_factory.mktemp("promised"), date(2026, 1, 1), DAY, **TABLES) as found:
        yield found


@pytest.mark.parametrize(
    ("number", "by", "amount", "is_cleared", "is_final"),
    [
        ("P1", date(2026, 6, 20), "40.00", True, True),
        ("P1", date(2026, 6, 25), "40.00", False, False),
        ("P1", date(2026, 6, 9), "0.00", False, True),
        ("P2", date(2026, 6, 20), "0.00", False, True),
        ("P3", date(2026, 6, 20), "5.00", False, True),
        ("P3", date(2026, 6, 21), "5.00", False, False),
        ("P4", date(2026, 6, 20), "0.00", False, True),
        ("P5", date(2026, 6, 15), "0.00", True, True),
        ("P5", date(2026, 6, 8), "0.00", False, True),
    ],
)
def test_who_paid_all_he_owed_has_cleared_it_and_a_day_without_its_repayments_is_not_judged(
    reader: Reader, number: str, by: date, amount: str, is_cleared: bool, is_final: bool
) -> None:
    """All promised 50.00 on 1 June: more than any of them owed."""
    assert received_of(reader, [Promised(number, Decimal("50.00"), MADE, by)]) == [Received(Decimal(amount), is_cleared, is_final)]
