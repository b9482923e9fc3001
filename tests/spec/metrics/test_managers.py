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


def test_managed_deposits_and_the_unassigned_are_all_there_is(bank, figure) -> None:
    """M1 600.00 and M2 0.30 on the day; with 12.34 of nobody they are 612.64."""
    bank.draw(manager_day=MANAGERS)
    assert figure("managed_deposit_balance", numerator="600.30") == Decimal("600.30")


def test_quality_and_channels_of_managed_customers_count_for_each_manager(bank, figure) -> None:
    """Of C1, C2 and C3 two are of quality, C1 of two managers once: 2/3. Transactions: (7+7+1) of (10+10+4) = 15/24."""
    bank.draw(
        managed_standing="""
            customer_number | employee_number | business_date | is_quality | electronic_transaction_count | counter_transaction_count
            ----------------+-----------------+---------------+------------+------------------------------+--------------------------
            C1              | M1              | 2026-06-30    | yes        | 7                            | 3
            C1              | M2              | 2026-06-30    | yes        | 7                            | 3
            C2              | M1              | 2026-06-30    | yes        | 1                            | 3
            C3              | M1              | 2026-06-30    | no         | 0                            | 0
        """
    )
    assert figure("managed_quality_customer_share", numerator="2", denominator="3") == Decimal("0.666667")
    assert figure("managed_electronic_substitution_rate", numerator="15", denominator="24") == Decimal("0.625")
    assert bank.version.values("managed_quality_customer_share", "manager", day=date(2026, 6, 30), period=Period.MONTH) == {
        "M1": Decimal("0.666667"),
        "M2": Decimal(1),
    }
