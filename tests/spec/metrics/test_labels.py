"""Figures of the labels: each counts its own label on the day, main reasons only."""

from decimal import Decimal

LABELS = """
    organisation_code | customer_kind | label_code             | reason_code            | business_date | customer_count | reason_amount
    ------------------+---------------+------------------------+------------------------+---------------+----------------+--------------
    B10               | personal      | important_contribution | year_contribution      | 2026-06-30    | 2              | 3000.00
    B20               | personal      | important_contribution | year_contribution      | 2026-06-30    | 1              | 1500.50
    B10               | personal      | potential_quality      | money_elsewhere        | 2026-06-30    | 4              | 80000.00
    B10               | corporate     | potential_quality      | loans_without_deposits | 2026-06-30    | 1              | 90000.00
    B10               | personal      | attention              | overdue                | 2026-06-30    | 3              | 700.00
    B10               | personal      | silently_leaving       | assets_left            | 2026-06-30    | 5              | 6000.00
    B10               | personal      | attention              | overdue                | 2026-05-31    | 99             | 99.00
"""


def test_a_label_counts_those_who_bear_it_on_the_day(bank, figure) -> None:
    bank.draw(customer_label_day=LABELS)
    assert figure("important_contribution_customer_count", numerator="3") == Decimal(3)
    assert figure("important_contribution_amount", numerator="4500.50") == Decimal("4500.50")
    assert figure("potential_quality_customer_count", numerator="5") == Decimal(5)
    assert figure("potential_quality_amount", numerator="170000.00") == Decimal("170000.00")
    assert figure("attention_customer_count", numerator="3") == Decimal(3)
    assert figure("attention_amount", numerator="700.00") == Decimal("700.00")
    assert figure("silently_leaving_customer_count", numerator="5") == Decimal(5)
    assert figure("silently_leaving_amount", numerator="6000.00") == Decimal("6000.00")
    assert bank.version.values("potential_quality_amount", "reason") == {
        "money_elsewhere": Decimal("80000.00"),
        "loans_without_deposits": Decimal("90000.00"),
    }
