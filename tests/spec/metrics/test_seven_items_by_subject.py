"""The seven items for each subject, split as the page splits them, against figures computed by hand."""

from decimal import Decimal

TELLERS = """
    teller_number | person_number | organisation_code | transaction_code | business_date | handled_count | converted_workload
    --------------+---------------+-------------------+------------------+---------------+---------------+-------------------
    G1            | E1            | B10               | 1001             | 2026-06-01    | 3             | 4.5
    G7            | E1            | B10               | 1002             | 2026-06-02    | 2             | 2
    G2            | E2            | B10               | 1001             | 2026-06-30    | 4             | 6
"""
MANAGERS = """
    employee_number | person_number | account_kind | business_date | balance
    ----------------+---------------+--------------+---------------+---------
    E1              | E1            | deposit      | 2026-06-30    | 3000.00
    E9              | E1            | deposit      | 2026-06-30    | 600.00
    E2              | E2            | deposit      | 2026-06-30    | 90.00
    E1              | E1            | loan         | 2026-06-30    | 70.00
    unassigned      | unassigned    | deposit      | 2026-06-30    | 10.00
"""
STANDING = """
    customer_number | employee_number | person_number | business_date | is_quality | electronic_transaction_count | counter_transaction_count
    ----------------+-----------------+---------------+---------------+------------+------------------------------+--------------------------
    C1              | E1              | E1            | 2026-06-30    | yes        | 6                            | 2
    C2              | E9              | E1            | 2026-06-30    | no         | 0                            | 2
    C1              | E2              | E2            | 2026-06-30    | yes        | 6                            | 2
"""
HELD = """
    customer_number | employee_number | person_number | business_date | managed_until
    ----------------+-----------------+---------------+---------------+--------------
    C1              | E1              | E1            | 2026-06-01    | 2026-07-01
    C2              | E9              | E1            | 2026-06-01    | 2026-07-01
    C1              | E2              | E2            | 2026-06-01    | 2026-07-01
"""


def test_tellers_are_persons_with_all_their_numbers(version) -> None:
    """E1 holds G1 and G7: 5 handled weighing 6.50; as managers E1 and E9 he has 3,600.00 on the last of thirty days: 120.00 a day."""
    version.draw(teller_day=TELLERS, manager_day=MANAGERS, managed_standing=STANDING, managed_customer_month=HELD)
    assert version.values("teller_transaction_count", "person") == {"E1": Decimal(5), "E2": Decimal(4)}
    assert version.values("teller_converted_workload", "person") == {"E1": Decimal("6.50"), "E2": Decimal("6.00")}
    assert version.values("managed_deposit_average_daily_balance", "person") == {"E1": Decimal("120.00"), "E2": Decimal("3.00")}
    assert version.values("managed_customer_count", "person") == {"E1": Decimal(2), "E2": Decimal(1)}
    assert version.values("managed_quality_customer_share", "person") == {"E1": Decimal("0.5"), "E2": Decimal(1)}


def test_managers_stand_under_each_employee_number(version) -> None:
    """E1 and E9 are one person and two numbers: 3,000.00 and 600.00; electronic 6 of 8 and 0 of 2."""
    version.draw(manager_day=MANAGERS, managed_standing=STANDING, managed_customer_month=HELD)
    held = {"E1": Decimal("3000.00"), "E9": Decimal("600.00"), "E2": Decimal("90.00")}
    assert {code: value for code, value in version.values("managed_deposit_balance", "manager").items() if value} == held
    assert {code: value for code, value in version.values("managed_loan_balance", "manager").items() if value} == {"E1": Decimal("70.00")}
    assert version.values("managed_customer_count", "manager") == {"E1": Decimal(1), "E9": Decimal(1), "E2": Decimal(1)}
    assert version.values("managed_quality_customer_share", "manager") == {"E1": Decimal(1), "E9": Decimal(0), "E2": Decimal(1)}
    electronic = version.values("managed_electronic_substitution_rate", "manager")
    assert electronic == {"E1": Decimal("0.75"), "E9": Decimal(0), "E2": Decimal("0.75")}
