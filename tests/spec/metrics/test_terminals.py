"""Figures of terminals, each on a drawn mart against figures computed by hand."""

from decimal import Decimal

TERMINALS = """
    terminal_number | channel_code | band_code | business_date | day_count | used_day_count | success_count | fee_amount | cost_amount | saved_amount
    ----------------+--------------+-----------+---------------+-----------+----------------+---------------+------------+-------------+-------------
    A1              | atm          | first     | 2026-05-31    | 31        | 31             | 900           | 90.00      | 2500.00     | 6000.00
    A1              | atm          | first     | 2026-06-30    | 30        | 27             | 500           | 40.00      | 2500.00     | 3815.00
    A2              | atm          | silent    | 2026-06-30    | 10        | 0              | 0             | 0.00       | 833.33      | 0.00
    X1              | other        | below     | 2026-06-30    | 20        | 3              | 4             | 1.00       |             |
"""


def test_idle_days_are_days_in_use_without_a_movement_of_money(bank, figure) -> None:
    """3 + 10 + 17 of 30 + 10 + 20."""
    bank.draw(terminal_month=TERMINALS)
    assert figure("idle_terminal_day_share", numerator="30", denominator="60") == Decimal("0.500000")


def test_a_terminals_yield_is_fees_and_savings_less_its_cost(bank, figure) -> None:
    """40.00 + 3,815.00 − 2,500.00 − 833.33; a kind without a cost stands in neither."""
    bank.draw(terminal_month=TERMINALS)
    assert figure("terminal_cost_amount", numerator="3333.33") == Decimal("3333.33")
    assert figure("terminal_net_amount", numerator="521.67") == Decimal("521.67")
