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


def test_borrowers_and_products_of_managed_customers_count_for_each_manager(bank, figure) -> None:
    """C1 of two managers borrows: one borrower in all. Products held: 3 + 3 + 1 + 2 over four lines = 2.25; M2's are 3 over one."""
    bank.draw(
        managed_standing="""
            customer_number | employee_number | business_date | is_borrower | product_group_count
            ----------------+-----------------+---------------+-------------+--------------------
            C1              | M1              | 2026-06-30    | yes         | 3
            C1              | M2              | 2026-06-30    | yes         | 3
            C2              | M1              | 2026-06-30    | no          | 1
            C3              | M1              | 2026-06-30    | no          | 2
            C2              | M1              | 2026-05-31    | yes         | 9
        """
    )
    assert figure("managed_borrower_count", numerator="1") == Decimal(1)
    assert figure("managed_products_per_customer", numerator="9", denominator="4") == Decimal("2.25")
    of_june = {"day": date(2026, 6, 30), "period": Period.MONTH}
    assert bank.version.values("managed_borrower_count", "manager", **of_june) == {"M1": Decimal(1), "M2": Decimal(1)}
    assert bank.version.values("managed_products_per_customer", "manager", **of_june) == {"M1": Decimal(2), "M2": Decimal(3)}


def test_agency_sales_are_purchases_of_the_period_and_persons_with_nobody_are_all(bank, figure) -> None:
    """June: 2 + 1 + 1 purchases of 100.01 + 50.00 + 9.99; what was sold back and May's are no part of them."""
    bank.draw(
        agency_business_day="""
            organisation_code | product_code | sale_kind | employee_number | person_number | business_date | sale_count | sale_amount
            ------------------+--------------+-----------+-----------------+---------------+---------------+------------+------------
            B1                | F1           | buy       | M1              | M1            | 2026-06-01    | 2          | 100.01
            B1                | F1           | sell      | M1              | M1            | 2026-06-01    | 7          | 700.00
            B1                | F2           | buy       | M9              | M1            | 2026-06-30    | 1          | 50.00
            B2                | F1           | buy       | unassigned      | unassigned    | 2026-06-30    | 1          | 9.99
            B1                | F1           | buy       | M1              | M1            | 2026-05-31    | 5          | 500.00
        """
    )
    assert figure("agency_sale_count", numerator="4") == Decimal(4)
    assert figure("agency_sale_amount", numerator="160.00") == Decimal("160.00")
    of_june = {"day": date(2026, 6, 30), "period": Period.MONTH}
    held = {"M1": Decimal("100.01"), "M9": Decimal("50.00"), "unassigned": Decimal("9.99")}
    assert bank.version.values("agency_sale_amount", "manager", **of_june) == held
    assert bank.version.values("agency_sale_count", "person", **of_june) == {"M1": Decimal(3), "unassigned": Decimal(1)}
    assert bank.version.values("agency_sale_amount", "organisation", **of_june)["B1"] == Decimal("150.01")
