"""What falls due in the week after the last of May, and what fell into arrears in the week up to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from spec.metrics.test_movers import TREE

from maisui.answers import DueQuery, due_soon

DAY = date(2026, 5, 31)
BANK = TREE | {
    "customer": """
        customer_number | customer_name | customer_kind | home_organisation_code | first_reported_on | last_reported_on
        ----------------+---------------+---------------+------------------------+-------------------+-----------------
        C1              | One           | personal      | 11                     | 2026-05-31        | 2026-05-31
        C2              | Two           | corporate     | 12                     | 2026-05-31        | 2026-05-31
    """,
    "loan": """
        loan_number | account_number | customer_number | customer_kind | organisation_code | disbursed_on | matures_on | last_reported_on
        ------------+----------------+-----------------+---------------+-------------------+--------------+------------+-----------------
        L1          | A1             | C1              | personal      | 11                | 2026-01-01   | 2026-06-07 | 2026-05-31
        L2          | A2             | C2              | corporate     | 12                | 2026-01-01   | 2026-06-01 | 2026-05-31
        L3          | A3             | C1              | personal      | 11                | 2026-01-01   | 2026-06-08 | 2026-05-31
        L4          | A4             | C1              | personal      | 11                | 2026-01-01   | 2026-05-31 | 2026-05-31
        L5          | A5             | C2              | corporate     | 12                | 2026-01-01   | 2026-06-03 | 2026-05-31
    """,
    "loan_state": """
        loan_number | valid_from | valid_until | organisation_code | balance | overdue_since
        ------------+------------+-------------+-------------------+---------+--------------
        L1          | 2026-01-01 | 2026-05-20  | 11                | 900.00  |
        L1          | 2026-05-20 |             | 11                | 400.00  | 2026-05-25
        L2          | 2026-01-01 |             | 12                | 700.00  | 2026-05-24
        L3          | 2026-01-01 |             | 11                | 50.00   | 2026-05-31
        L4          | 2026-01-01 |             | 11                | 60.00   |
        L5          | 2026-01-01 |             | 12                | 0.00    |
    """,
    "maturity_day": """
        organisation_code | product_code | customer_kind | currency | business_date | maturing_amount | account_count
        ------------------+--------------+---------------+----------+---------------+-----------------+--------------
        11                | P1           | personal      | CNY      | 2026-05-31    | 1.00            | 1
        11                | P1           | personal      | CNY      | 2026-06-01    | 10.00           | 1
        12                | P1           | personal      | CNY      | 2026-06-01    | 25.50           | 2
        11                | P1           | personal      | CNY      | 2026-06-07    | 5.00            | 1
        11                | P1           | personal      | CNY      | 2026-06-08    | 9.00            | 1
    """,
}


def names(loans) -> list[tuple[str, str, str]]:
    return [(line.customer_number, f"{line.on:%m-%d}", f"{line.balance:.2f}") for line in loans.lines]


def test_the_week_after_the_day_and_the_week_up_to_it(version) -> None:
    """L3 falls due a day too late, L4 on the day itself, L5 is paid back; L2 fell into arrears a day too early."""
    version.draw(**BANK)
    found = due_soon(version.reader, DueQuery(DAY))
    assert names(found.maturing_loans) == [("C2", "06-01", "700.00"), ("C1", "06-07", "400.00")]
    assert (found.maturing_loans.count, found.maturing_loans.balance) == (2, Decimal("1100.00"))
    assert names(found.overdue_loans) == [("C1", "05-25", "400.00"), ("C1", "05-31", "50.00")]
    assert [(one.account_count, str(one.amount)) for one in found.maturing_deposits] == [
        (3, "35.50"), (0, "0.00"), (0, "0.00"), (0, "0.00"), (0, "0.00"), (0, "0.00"), (1, "5.00"),
    ]  # fmt: skip


def test_an_outlet_sees_its_own_and_names_only_whom_it_may(version) -> None:
    version.draw(**BANK)
    north = due_soon(version.reader, DueQuery(DAY, "11"))
    assert names(north.maturing_loans) == [("C1", "06-07", "400.00")]
    assert north.maturing_deposits[0].amount == Decimal("10.00")
    hidden = due_soon(version.reader, DueQuery(DAY, homes=("12",)))
    assert names(hidden.maturing_loans) == [("C2", "06-01", "700.00")]
    assert hidden.maturing_loans.count == 2
    assert due_soon(version.reader, DueQuery(DAY, homes=())).overdue_loans.lines == ()


def test_a_managers_loans_alone_and_the_largest_first(version) -> None:
    version.draw(
        **BANK,
        account_allocation="""
        account_number | currency | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
        ---------------+----------+-----------------+------------+-------------+--------------+-----------+------------------
        A1             | CNY      | E1              | 2026-01-01 |             | 1            | account   | 11
        A3             | CNY      | E1              | 2026-01-01 | 2026-05-31  | 1            | account   | 11
    """,
    )
    found = due_soon(version.reader, DueQuery(DAY, manager="E1", most=1))
    assert found.maturing_deposits is None, "terms of deposits are kept by outlet"
    assert names(found.overdue_loans) == [("C1", "05-25", "400.00")]
    assert found.overdue_loans.count == 1
