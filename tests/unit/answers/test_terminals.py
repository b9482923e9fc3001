"""What is suggested about terminals, against figures computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from maisui.answers import TerminalAdvice, TerminalUse, quarter_start
from maisui.answers.terminals import busiest_outlet, suggestions_of

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


def test_a_machine_that_does_not_pay_moves_to_where_one_more_is_wanted() -> None:
    """At B20 900 uses of one machine are 30 a day, 15 with two. Of two at B10 the worse one goes, and 2,500.00 need not be spent at B20.

    A lone one costs 340.00 more than it yields: that is what its move gains, for its uses then come to the counter. Where nobody reaches
    20 a day nothing moves, and a lone machine is looked into.
    """
    busy = replace(ATM, terminal_number="A9", organisation_code="B20", success_count=900, saved_amount=Decimal("6300.00"))
    worse = replace(ATM, terminal_number="A2", success_count=150, saved_amount=Decimal("1050.00"))
    for there, moved, amount in (((ATM, worse), "A2", "2500.00"), ((ATM,), "A1", "340.00")):
        (found,) = suggestions_of((*there, busy), BUSY)
        assert (found.advice, found.terminal.terminal_number, found.other_organisation) == (TerminalAdvice.MOVE, moved, "B20")
        assert (found.per_day_after, found.amount) == (Decimal("15.00"), Decimal(amount))
    (found,) = suggestions_of((ATM, replace(busy, success_count=599)), BUSY)
    assert (found.advice, found.terminal.terminal_number, found.amount) == (TerminalAdvice.VISIT, "A1", Decimal("340.00"))


def test_the_busiest_outlet_is_served_first_by_the_least_used_machine() -> None:
    """B30 at 40 a day comes before B20 at 30; the machine of B11 with 5 uses a day moves before that of B10 with 10. A third waits to be bought."""
    outlets = (("B10", 300), ("B11", 150), ("B20", 900), ("B30", 1200), ("B40", 630))
    machines = [replace(ATM, terminal_number=f"of {code}", organisation_code=code, success_count=uses, saved_amount=Decimal(uses * 7)) for code, uses in outlets]  # fmt: skip
    found = suggestions_of(machines, BUSY)
    moves = {item.terminal.terminal_number: item.other_organisation for item in found if item.advice is TerminalAdvice.MOVE}
    assert moves == {"of B11": "B30", "of B10": "B20"}
    assert [item.terminal.terminal_number for item in found if item.advice is TerminalAdvice.ADD] == ["of B40"]
    busiest = busiest_outlet(machines)
    assert busiest is not None
    assert (busiest.organisation_code, busiest.per_day) == ("B30", Decimal("40.00"))


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


def test_every_machine_that_nobody_uses_is_looked_into() -> None:
    """Three stand idle at a closed outlet: one moves to B20, the two others are looked into at 2,500.00 each; so is an idle one at B20."""
    idle = [
        replace(ATM, terminal_number=f"I{number}", success_count=0, saved_amount=Decimal(0), fee_amount=Decimal(0)) for number in range(3)
    ]
    busy = replace(ATM, terminal_number="A9", organisation_code="B20", success_count=1800, saved_amount=Decimal("12600.00"))
    broken = replace(idle[0], terminal_number="I9", organisation_code="B20")
    found = {one.terminal.terminal_number: one for one in suggestions_of((*idle, busy, broken), BUSY)}
    assert {number: one.advice.value for number, one in found.items()} == {"I0": "move", "I1": "visit", "I2": "visit", "I9": "visit"}
    assert found["I0"].other_organisation == "B20"
    assert {found[number].amount for number in ("I1", "I2", "I9")} == {Decimal("2500.00")}


def test_without_costs_nothing_is_suggested() -> None:
    assert suggestions_of((replace(ATM, cost_amount=None, saved_amount=None),), BUSY) == ()


def test_a_quarter_is_the_month_and_the_two_before_it() -> None:
    assert quarter_start(date(2026, 10, 31)) == date(2026, 8, 1)
    assert quarter_start(date(2026, 1, 15)) == date(2025, 11, 1)
    assert quarter_start(date(2026, 1, 15), 1) == date(2025, 8, 1)
