"""Figures of the customer base, on drawn marts against what a pencil gives."""

from decimal import Decimal

from maisui.answers import Period

BASE = """
    organisation_code | customer_kind | tier_code | business_date | customer_count | effective_customer_count | quality_customer_count | product_group_count | cross_sold_customer_count | borrower_deposit_average_balance | borrower_loan_average_balance
    ------------------+---------------+-----------+---------------+----------------+--------------------------+------------------------+---------------------+---------------------------+----------------------------------+------------------------------
    B10               | personal      | ordinary  | 2026-05-31    | 999            | 999                      | 0                      | 999                 | 999                       | 9.00                             | 9.00
    B10               | personal      | ordinary  | 2026-06-30    | 60             | 30                       | 0                      | 90                  | 24                        | 100.00                           | 1000.00
    B20               | personal      | gold      | 2026-06-30    | 20             | 20                       | 20                     | 60                  | 16                        | 200.00                           | 500.00
"""
HOLDERS = """
    organisation_code | customer_kind | product_group  | product_line | business_date | holder_count | target_customer_count
    ------------------+---------------+----------------+--------------+---------------+--------------+----------------------
    B10               | personal      | demand_deposit | deposit      | 2026-06-30    | 60           | 60
    B10               | personal      | debit_card     | card         | 2026-06-30    | 15           | 60
    B20               | personal      | debit_card     | card         | 2026-06-30    | 5            | 20
"""
# Of 100 who were there on 31 May: 4 left, 10 rose, 5 fell. Of 90 at year start: 9 left.
MOVES = """
    tier_code | closing_tier_code | period_start | business_date | is_retained | is_upgraded | is_downgraded | customer_count
    ----------+-------------------+--------------+---------------+-------------+-------------+---------------+---------------
    ordinary  | ordinary          | 2026-06-01   | 2026-06-30    | yes         | no          | no            | 70
    ordinary  | gold              | 2026-06-01   | 2026-06-30    | yes         | yes         | no            | 10
    ordinary  | gone              | 2026-06-01   | 2026-06-30    | no          | no          | no            | 4
    gold      | ordinary          | 2026-06-01   | 2026-06-30    | yes         | no          | yes           | 5
    gold      | gold              | 2026-06-01   | 2026-06-30    | yes         | no          | no            | 11
    ordinary  | ordinary          | 2026-01-01   | 2026-06-30    | yes         | no          | no            | 81
    ordinary  | gone              | 2026-01-01   | 2026-06-30    | no          | no          | no            | 9
    ordinary  | gone              | 2026-05-01   | 2026-05-31    | no          | no          | no            | 77
"""
DORMANT = """
    customer_kind | product_group  | business_date | account_count | dormant_account_count | dormant_balance
    --------------+----------------+---------------+---------------+-----------------------+----------------
    personal      | demand_deposit | 2026-06-30    | 150           | 3                     | 50.00
    corporate     | demand_deposit | 2026-06-30    | 50            | 1                     | 9.00
"""


def test_who_counts_as_effective_and_as_of_quality(bank, figure) -> None:
    bank.draw(customer_base_day=BASE)
    assert figure("effective_customer_count", numerator=50) == Decimal(50)
    assert figure("quality_customer_share", numerator=20, denominator=80) == Decimal("0.250000")


def test_what_they_hold(bank, figure) -> None:
    bank.draw(customer_base_day=BASE, product_holder_day=HOLDERS)
    assert figure("products_per_customer", numerator=150, denominator=80) == Decimal("1.88")
    assert figure("cross_sell_ratio", numerator=40, denominator=80) == Decimal("0.500000")
    assert figure("product_penetration", numerator=80, denominator=140) == Decimal("0.571429")
    assert figure("deposit_return_on_lending", numerator="300.00", denominator="1500.00") == Decimal("0.200000")


def test_penetration_splits_by_product_group(version) -> None:
    version.draw(product_holder_day=HOLDERS)
    assert version.values("product_penetration", "product_group") == {
        "demand_deposit": Decimal("1.000000"),
        "debit_card": Decimal("0.250000"),
    }


def test_who_stays_and_who_rises_in_the_month(bank, figure) -> None:
    bank.draw(tier_migration_day=MOVES)
    assert figure("attrition_rate", numerator=4, denominator=100) == Decimal("0.040000")
    assert figure("retention_rate", numerator=96, denominator=100) == Decimal("0.960000")
    assert figure("upgrade_rate", numerator=10, denominator=100) == Decimal("0.100000")
    assert figure("downgrade_rate", numerator=5, denominator=100) == Decimal("0.050000")


def test_a_year_asks_those_of_its_beginning(version) -> None:
    version.draw(tier_migration_day=MOVES)
    assert [row.value for row in version.ask("attrition_rate", period=Period.YEAR).rows] == [Decimal("0.100000")]
    assert version.values("upgrade_rate", "tier") == {"ordinary": Decimal("0.119048"), "gold": Decimal("0.000000")}


def test_how_many_accounts_lie_dormant(bank, figure) -> None:
    bank.draw(dormant_account_day=DORMANT)
    assert figure("dormant_account_count", numerator=4) == Decimal(4)
    assert figure("dormancy_rate", numerator=4, denominator=200) == Decimal("0.020000")


def test_customers_with_a_characteristic_count_once_and_stand_under_each_of_theirs(bank, figure) -> None:
    """C1 earns a wage and sends money elsewhere: two customers, though three characteristics."""
    bank.draw(
        customer_characteristic="""
            customer_number | characteristic_code   | business_date | organisation_code | customer_kind | confidence_code | first_seen_on | last_seen_on
            ----------------+-----------------------+---------------+-------------------+---------------+-----------------+---------------+-------------
            C1              | wage                  | 2026-06-30    | B10               | personal      | high            | 2026-01-10    | 2026-06-10
            C1              | own_account_elsewhere | 2026-06-30    | B10               | personal      | medium          | 2026-05-01    | 2026-05-01
            C2              | wage                  | 2026-06-30    | B20               | personal      | high            | 2026-01-10    | 2026-06-10
        """
    )
    assert figure("recognised_customer_count", numerator="2") == Decimal(2)
