"""Figures by manager, each on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers import Period

MANAGERS = """
    employee_number | account_kind | business_date | balance
    ----------------+--------------+---------------+--------
    M1              | deposit      | 2026-06-29    | 300.00
    M1              | deposit      | 2026-06-30    | 600.00
    M2              | deposit      | 2026-06-30    | 0.30
    unassigned      | deposit      | 2026-06-29    | 11.00
    unassigned      | deposit      | 2026-06-30    | 12.34
    M1              | loan         | 2026-06-30    | 70.00
    unassigned      | loan         | 2026-06-30    | 5.00
"""
CUSTOMERS = """
    customer_number | employee_number | business_date | managed_until
    ----------------+-----------------+---------------+------------
    C1              | M1              | 2026-05-01    | 2026-06-01
    C1              | M1              | 2026-06-01    | 2026-07-01
    C1              | M2              | 2026-06-01    | 2026-07-01
    C2              | M1              | 2026-06-15    | 2026-07-01
    C3              | M1              | 2026-06-01    | 2026-06-20
"""


def test_what_belongs_to_managers_and_what_to_nobody(bank, figure) -> None:
    """12.34 of deposits are nobody's; of loans 70.00 are managed; 900.30 balance-days of managers over June's thirty days are 30.01 a day."""
    bank.draw(manager_day=MANAGERS)
    assert figure("unassigned_deposit_balance", numerator="12.34") == Decimal("12.34")
    assert figure("managed_loan_balance", numerator="70.00") == Decimal("70.00")
    assert figure("managed_deposit_average_daily_balance", numerator="900.30") == Decimal("30.01")
    assert bank.version.values("managed_deposit_average_daily_balance", "manager", day=date(2026, 6, 30), period=Period.MONTH) == {
        "M1": Decimal("30.00"),
        "M2": Decimal("0.01"),
    }


def test_a_customer_of_two_managers_counts_for_each_and_once_in_total(bank, figure) -> None:
    """On 30 June C1 and C2; M1 has both, M2 has C1. On 10 June C3 was there and C2 was not."""
    bank.draw(managed_customer_month=CUSTOMERS)
    assert figure("managed_customer_count", numerator="2") == Decimal(2)
    assert figure("managed_customer_count", numerator="2", period=Period.QUARTER) == Decimal(2)
    assert figure("managed_customer_count", numerator="2", day="2026-06-10") == Decimal(2)
    assert bank.version.values("managed_customer_count", "manager", day=date(2026, 6, 30), period=Period.MONTH) == {
        "M1": Decimal(2),
        "M2": Decimal(1),
    }
