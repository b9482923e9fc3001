"""Which feeds the page of deliveries calls late: those that are due with nothing newer, not those of which an earlier day is missing."""

from __future__ import annotations

from datetime import date

from maisui.answers import CalendarCell, DayState, DeliveryCalendar
from maisui.answers.delivery_calendar import CalendarRow
from maisui.web.pages.deliveries.page import _late

DAY = date(2026, 10, 31)


def row(feed: str, *states: DayState) -> CalendarRow:
    return CalendarRow("supplement", feed, tuple(CalendarCell(DAY.replace(day=29 + place), state) for place, state in enumerate(states)))


def test_a_feed_is_late_only_while_nothing_newer_has_come() -> None:
    rows = (
        row("complaint", DayState.ARRIVED, DayState.LATE),
        row("staff_error", DayState.MISSING, DayState.ARRIVED),
        row("target", DayState.NOT_DUE, DayState.NOT_DUE),
    )
    assert _late(DeliveryCalendar(DAY.replace(day=1), (), (), rows)) == frozenset({"complaint"})
