"""What a manager's customers hold and use and where his deposits come from, by hand, on a small published version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from drawn_version import published

from maisui.answers import PersonNumbers, RuleLine
from maisui.answers.held_by import allocated_by_rule
from maisui.answers.manager_activity import DepositOrigin, Sold, Use, active_since, channel_use, deposit_origin, product_use, sold_to
from maisui.warehouse.reader import Reader

D = Decimal
E1, E2, E7 = PersonNumbers("E1", ("E1", "E9"), ()), PersonNumbers("E2", ("E2",), ()), PersonNumbers("E7", ("E7",), ())
FIRST, DAY = date(2026, 6, 1), date(2026, 6, 30)
TABLES = {
    "managed_customer_month": """
customer_number | employee_number | person_number | organisation_code | business_date | managed_until
----------------+-----------------+---------------+-------------------+---------------+--------------
P1              | E1              | E1            | B1                | 2026-06-01    | 2026-07-01
P2              | E9              | E1            | B1                | 2026-06-01    | 2026-07-01
P3              | E1              | E1            | B2                | 2026-06-10    | 2026-07-01
P4              | E1              | E1            | B1                | 2026-06-01    | 2026-06-20
P5              | E2              | E2            | B1                | 2026-06-01    | 2026-07-01
""",
    "customer_merge": """
customer_number | surviving_number | valid_from | valid_until
----------------+------------------+------------+------------
Q1              | P1               | 2026-01-01 |
Q2              | P2               | 2026-01-01 | 2026-06-15
""",
    "account": """
account_number | customer_number | account_kind | product_group  | opened_on  | closed_on
---------------+-----------------+--------------+----------------+------------+-----------
A1             | P1              | deposit      | demand_deposit | 2024-01-01 |
A2             | Q1              | deposit      | term_deposit   | 2026-06-05 |
A3             | P2              | deposit      | demand_deposit | 2026-06-02 |
A4             | P3              | deposit      | demand_deposit | 2024-01-01 | 2026-06-12
A5             | P3              | deposit      | demand_deposit | 2026-06-13 |
A6             | Q2              | deposit      | term_deposit   | 2024-01-01 |
L1             | Q1              | loan         | loan           | 2025-01-01 |
A7             | P5              | deposit      | demand_deposit | 2024-01-01 |
""",
    "card": """
card_number | customer_number | card_kind | account_number | issued_on  | closed_on | last_reported_on
------------+-----------------+-----------+----------------+------------+-----------+-----------------
K1          | P1              | debit     | A1             | 2024-01-01 |           | 2026-06-30
K2          | P2              | debit     | A3             | 2026-06-30 |           | 2026-06-30
K3          | P2              | passbook  | A3             | 2026-06-30 |           | 2026-06-30
""",
    "asset_holding": """
holding_number | customer_number | product_group | product_line | valid_from | valid_until | market_amount
---------------+-----------------+---------------+--------------+------------+-------------+--------------
H1             | P1              | fund          | agency       | 2026-03-31 | 2026-06-30  | 500.00
H2             | P1              | fund          | agency       | 2026-06-30 |             | 510.00
H3             | Q1              | insurance     | agency       | 2026-06-30 |             | 40.00
H4             | P2              | fund          | agency       | 2026-01-31 | 2026-06-30  | 900.00
""",
    "account_transaction": """
account_number | transaction_number | posted_on  | amount | is_bank_initiated | is_reversal
---------------+--------------------+------------+--------+-------------------+------------
A1             | T1                 | 2026-03-31 | 1.00   | no                | no
A3             | T2                 | 2026-04-01 | 1.00   | no                | no
A5             | T3                 | 2026-06-20 | 1.00   | yes               | no
A5             | T4                 | 2026-07-01 | 1.00   | no                | no
""",
    "account_balance": """
account_number | valid_from | valid_until | balance
---------------+------------+-------------+--------
A1             | 2024-01-01 |             | 100.01
A2             | 2026-06-05 |             | 0.00
A3             | 2026-06-02 |             | 33.33
A5             | 2026-06-13 |             | 7.00
L1             | 2025-01-01 |             | 9.00
A7             | 2024-01-01 |             | 70.00
""",
    "loan": """
loan_number | account_number | customer_number | organisation_code | disbursed_on | last_reported_on
------------+----------------+-----------------+-------------------+--------------+-----------------
N1          | L1             | Q1              | B1                | 2025-01-01   | 2026-06-30
N2          | L2             | P2              | B1                | 2025-01-01   | 2026-06-30
""",
    "loan_state": """
loan_number | valid_from | valid_until | organisation_code | balance
------------+------------+-------------+-------------------+--------
N1          | 2025-01-01 |             | B1                | 9.00
N2          | 2025-01-01 | 2026-06-30  | B1                | 8.00
N2          | 2026-06-30 |             | B1                | 0.00
""",
    "account_allocation": """
account_number | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
---------------+-----------------+------------+-------------+--------------+-----------+------------------
A1             | E1              | 2024-01-01 |             | 0.5          | customer  | B1
A1             | E2              | 2024-01-01 |             | 0.5          | customer  | B1
A3             | E9              | 2026-06-01 |             | 1            | customer  | B1
A5             | E1              | 2026-06-01 |             | 1            | account   | B2
A7             | E2              | 2024-01-01 |             | 1            | customer  | B1
L1             | E1              | 2024-01-01 |             | 1            | customer  | B1
""",
    "customer_channel_month": """
customer_number | channel_code | month_start | business_date | transaction_count | organisation_code
----------------+--------------+-------------+---------------+-------------------+------------------
P1              | counter      | 2026-01-01  | 2026-01-09    | 3                 | B1
P1              | mobile_bank  | 2026-03-01  | 2026-03-09    | 3                 | B1
P1              | counter      | 2026-05-01  | 2026-05-09    | 3                 | B1
P2              | mobile_bank  | 2026-06-01  | 2026-06-30    | 1                 | B1
P3              | mobile_bank  | 2026-04-01  | 2026-04-30    | 1                 | B2
P3              | mobile_bank  | 2026-06-01  | 2026-06-30    | 1                 | B2
P4              | mobile_bank  | 2026-06-01  | 2026-06-02    | 1                 | B1
""",
    "person_number": """
number_kind | worker_number | person_number | valid_from
------------+---------------+---------------+-----------
employee    | E1            | E1            | 2024-01-01
employee    | E9            | E1            | 2024-01-01
employee    | E2            | E2            | 2024-01-01
teller      | E2            | E1            | 2024-01-01
employee    | E8            |               | 2024-01-01
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
    with published(tmp_path_factory.mktemp("activity"), date(2025, 1, 1), DAY, **TABLES) as found:
        yield found


def test_products_are_held_used_and_taken_up_by_person(reader: Reader) -> None:
    """P1 (with Q1), P2 and P3 are his; P4 left on the 20th and Q2 is P2 no more.

    Demand: three hold, P1's last own transaction lies before April and the bank alone moved P3's: P2 is active. P2 took it up; P3 had
    another before. Cards: both hold, P2's is new, and used with its account. A term deposit of 0.00 is not used; funds and insurance are.
    """
    assert product_use(reader, E1, FIRST, DAY, None)["E1"] == (
        Use("demand_deposit", 3, 1, 1),
        Use("debit_card", 2, 1, 1),
        Use("fund", 1, 1, 0),
        Use("insurance", 1, 1, 1),
        Use("loan", 1, 1, 0),
        Use("term_deposit", 1, 0, 1),
    )
    assert product_use(reader, E1, FIRST, DAY, "B2") == {"E1": (Use("demand_deposit", 1, 0, 0),)}
    assert product_use(reader, E7, FIRST, DAY, None) == {}


def test_channels_are_ever_used_lately_used_and_begun(reader: Reader) -> None:
    """Mobile bank: all three ever, P2 and P3 since April, P2 began in June. Counter: P1 alone, last in May."""
    assert channel_use(reader, E1, FIRST, DAY, None) == {"E1": (Use("mobile_bank", 3, 2, 1), Use("counter", 1, 1, 0))}
    assert active_since(DAY) == date(2026, 4, 1)
    assert active_since(date(2026, 2, 14)) == date(2025, 12, 1)


def test_what_customers_hold_of_others_products_is_told_on_the_day(reader: Reader) -> None:
    """P1's fund at its new value and Q1's insurance are one customer's 550.00; P2's fund ended the day before."""
    assert sold_to(reader, E1, DAY, None) == {"E1": Sold(1, D("550.00"))}
    assert sold_to(reader, E7, DAY, None) == {}


def test_deposits_of_borrowers_are_derived_and_all_others_ones_own(reader: Reader) -> None:
    """Half of 100.01 is 50.01 by the largest remainder (E1 before E2) and derived, since Q1 owes; P2 has paid back: 33.33 + 7.00 are own."""
    assert deposit_origin(allocated_by_rule(reader, E1, DAY, None)["E1"]) == DepositOrigin(D("40.33"), D("50.01"))
    assert deposit_origin(allocated_by_rule(reader, E2, DAY, None)["E2"]) == DepositOrigin(D("70.00"), D("50.00"))
    assert deposit_origin(allocated_by_rule(reader, E1, DAY, "B2")["E1"]) == DepositOrigin(D("7.00"), D("0.00"))
    assert deposit_origin(()) == DepositOrigin(D(0), D(0))


def test_rules_tell_accounts_shares_and_cents(reader: Reader) -> None:
    """A1 is half his (50.01), A3 whole under his other number; A5 by its account; the loan of 9.00 stands with its borrower."""
    assert allocated_by_rule(reader, E1, DAY, None) == {
        "E1": (
            RuleLine("account", "deposit", 1, 0, D("7.00"), 0, D("0.00")),
            RuleLine("customer", "deposit", 2, 1, D("83.34"), 0, D("50.01")),
            RuleLine("customer", "loan", 1, 0, D("9.00"), 0, D("9.00")),
        )
    }


def test_what_is_read_of_everybody_is_what_is_read_of_each(reader: Reader) -> None:
    """One pass over the bank finds E1 and E2 as two passes do, and nobody for a number that is nobody's."""
    for read in (
        lambda whose: product_use(reader, whose, FIRST, DAY, None),
        lambda whose: channel_use(reader, whose, FIRST, DAY, None),
        lambda whose: sold_to(reader, whose, DAY, None),
        lambda whose: allocated_by_rule(reader, whose, DAY, None),
    ):
        everybody = read(None)
        assert set(everybody) <= {"E1", "E2"}
        assert "E1" in everybody
        assert everybody == {**read(E1), **read(E2)}
