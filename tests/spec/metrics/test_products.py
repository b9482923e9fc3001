"""Customers of product groups, by hand."""

from __future__ import annotations

from decimal import Decimal

ROWS = """
    organisation_code | customer_kind | level_kind | level_code     | product_line | product_group  | business_date | holder_count | active_holder_count | taken_up_count | left_count
    ------------------+---------------+------------+----------------+--------------+----------------+---------------+--------------+---------------------+----------------+-----------
    B10               | personal      | line       | deposit        | deposit      | all            | 2026-06-30    | 9            | 9                   | 9              | 9
    B10               | personal      | group      | demand_deposit | deposit      | demand_deposit | 2026-06-30    | 7            | 5                   | 3              | 1
    B10               | personal      | group      | term_deposit   | deposit      | term_deposit   | 2026-06-30    | 4            | 4                   | 1              | 2
    B10               | personal      | product    | T1             | deposit      | term_deposit   | 2026-06-30    | 8            | 8                   | 8              | 8
    B10               | personal      | group      | term_deposit   | deposit      | term_deposit   | 2026-05-31    | 5            | 5                   | 6              | 0
"""


def test_groups_count_and_neither_lines_nor_products_nor_other_months_do(bank, figure) -> None:
    """7 + 4 holders, 5 + 4 active, 3 + 1 came and 1 + 2 left in June."""
    bank.draw(product_customer_month=ROWS)
    assert figure("product_holder_count", numerator="11") == Decimal(11)
    assert figure("active_product_holder_count", numerator="9") == Decimal(9)
    assert figure("product_taken_up_count", numerator="4") == Decimal(4)
    assert figure("product_left_count", numerator="3") == Decimal(3)
