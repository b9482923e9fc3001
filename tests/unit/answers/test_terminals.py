"""What is suggested about terminals, against figures computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from maisui.answers import TerminalAdvice, TerminalUse, quarter_start
from maisui.answers.terminals import suggestions_of

BUSY = Decimal(20)
ATM = TerminalUse(
    "A1", "B10", "atm", None, False, "below", 30, 20, 300, Decimal(90_000), Decimal("60.00"), Decimal("2500.00"), Decimal("7.00"),
    Decimal("2100.00"),
)  # fmt: skip


def test_a_terminals_yield_and_break_even() -> None:
    """60 + 2,100 − 2,500 = −340; each use yields 7.00 + 0.20, so that 2,500 ÷ 7.20 ÷ 30 = 11.57 uses a day pay for it; it has 10."""
    assert ATM.net_amount == Decimal("-340.00")
    assert ATM.break_even_per_day == Decimal("11.57")
    assert ATM.per_day == Decimal("10.00")
    assert ATM.idle_day_count == 10
    assert replace(ATM, cost_amount=None).net_amount is None
    assert replace(ATM, success_count=0, unit_saving_amount=Decimal(0)).break_even_per_day is None


def test_the_worst_of_several_machines_may_go() -> None:
    """300 + 150 uses by two machines in 30 days are 7.5 each; all by one would be 15, and its 2,500 are spared."""
    worse = replace(ATM, terminal_number="A2", success_count=150, saved_amount=Decimal("1050.00"))
    (found,) = suggestions_of((ATM, worse), BUSY)
    assert (found.advice, found.terminal.terminal_number, found.machines) == (TerminalAdvice.REMOVE, "A2", 2)
    assert (found.per_day, found.per_day_after, found.amount) == (Decimal("7.50"), Decimal("15.00"), Decimal("2500.00"))


def test_a_lone_machine_moves_only_where_it_would_yield_more() -> None:
    """At B20 900 uses shared by two are 15 a day: 15 × 30 × 7.00 − 2,500 is 650, and −340 before: 990.00 gained."""
    busy = replace(ATM, terminal_number="A9", organisation_code="B20", success_count=900, saved_amount=Decimal("6300.00"))
    found = [item for item in suggestions_of((ATM, busy), Decimal(40)) if item.advice is TerminalAdvice.MOVE]
    assert [(item.terminal.terminal_number, item.other_organisation, item.per_day_after, item.amount) for item in found] == [
        ("A1", "B20", Decimal("15.00"), Decimal("990.00"))
    ]
    quiet = replace(busy, success_count=620, saved_amount=Decimal("4340.00"))
    assert not [item for item in suggestions_of((ATM, quiet), Decimal(40)) if item.advice is TerminalAdvice.MOVE]


def test_a_busy_outlet_may_have_one_more_and_a_silent_point_of_sale_a_visit() -> None:
    busy = replace(ATM, success_count=900, saved_amount=Decimal("6300.00"))
    silent = replace(ATM, terminal_number="P1", channel_code="pos", success_count=0, cost_amount=Decimal("30.00"))
    found = {item.advice: item for item in suggestions_of((busy, silent), BUSY)}
    assert (found[TerminalAdvice.ADD].per_day, found[TerminalAdvice.ADD].per_day_after) == (Decimal("30.00"), Decimal("15.00"))
    assert found[TerminalAdvice.VISIT].amount == Decimal("30.00")
    assert set(found) == {TerminalAdvice.ADD, TerminalAdvice.VISIT}


def test_a_lone_machine_that_nobody_uses_is_looked_into() -> None:
    (found,) = suggestions_of((replace(ATM, success_count=0, saved_amount=Decimal(0), fee_amount=Decimal(0)),), BUSY)
    assert (found.advice, found.amount) == (TerminalAdvice.VISIT, Decimal("2500.00"))


def test_without_costs_nothing_is_suggested() -> None:
    assert suggestions_of((replace(ATM, cost_amount=None, saved_amount=None),), BUSY) == ()


def test_a_quarter_is_the_month_and_the_two_before_it() -> None:
    assert quarter_start(date(2026, 10, 31)) == date(2026, 8, 1)
    assert quarter_start(date(2026, 1, 15)) == date(2025, 11, 1)
    assert quarter_start(date(2026, 1, 15), 1) == date(2025, 8, 1)
