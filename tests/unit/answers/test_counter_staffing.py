"""What might be done about counters, against figures computed by hand."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.counter_staffing import CounterHour, StaffingSettings, advice_of

SETTINGS = StaffingSettings(Decimal(4), Decimal("0.8"), Decimal("0.3"), 2)


def hour(outlet: str, at: int, minutes: str, tellers: str | None, weekday: int = 1) -> CounterHour:
    return CounterHour(outlet, weekday, at, Decimal(10), Decimal(minutes), None if tellers is None else Decimal(tellers))


def test_a_peak_that_is_not_covered_asks_for_as_many_as_cover_it() -> None:
    """160 minutes by two tellers are 133 %; 160 ÷ 48 is 3.33, so that four are needed: two more, and the use is 67 %."""
    (found,) = advice_of([hour("B1", 9, "160", "2"), hour("B1", 10, "90", "2")], SETTINGS)
    assert (found.hours, found.change, found.use_now, found.use_after) == ((9,), 2, Decimal("1.333333"), Decimal("0.666667"))
    assert (found.spare_hours, found.other_organisation) == (None, None)


def test_who_is_not_needed_in_the_busiest_hour_could_be_spared_but_two_stay() -> None:
    """60 minutes need 1.25, so two; of five, three could be spared over two hours; of three, one."""
    found = advice_of([hour("B1", 9, "60", "5"), hour("B1", 10, "0", "5"), hour("B2", 9, "10", "3")], SETTINGS)
    assert [(one.organisation_code, one.change, one.spare_hours, one.use_after) for one in found] == [
        ("B1", -3, 6, Decimal("0.500000")),
        ("B2", -1, 1, Decimal("0.083333")),
    ]


def test_another_outlet_with_enough_to_spare_on_the_weekday_is_named() -> None:
    hours = [hour("B1", 9, "100", "2"), hour("B2", 9, "10", "3"), hour("B3", 9, "10", "6", weekday=2)]
    first = advice_of(hours, SETTINGS)[0]
    assert (first.organisation_code, first.change, first.other_organisation) == ("B1", 1, "B2")


def test_without_attendance_nothing_is_said() -> None:
    assert advice_of([hour("B1", 9, "500", None)], SETTINGS) == ()
    assert hour("B1", 9, "500", None).use_share is None
