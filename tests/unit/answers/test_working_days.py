"""The calendar of working days: weekends, holidays, days worked for them, and the Spring Festival between two days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from maisui.answers.narrative import _festival
from maisui.answers.periods import Comparison, base_day, earlier_days
from maisui.answers.working_days import WorkingDays
from maisui.metrics import Timing

FESTIVAL = {date(2026, 2, 15) + timedelta(days=more): "春节" for more in range(9)}
CALENDAR = WorkingDays(FESTIVAL | {date(2026, 1, 1): "元旦"}, frozenset({date(2026, 2, 14), date(2026, 2, 28)}))


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 3, 10), date(2026, 3, 9)),
        (date(2026, 3, 9), date(2026, 3, 6)),  # a Monday is held against the Friday
        (date(2026, 2, 24), date(2026, 2, 14)),  # the first day after the festival against the Saturday worked before it
        (date(2026, 3, 1), date(2026, 2, 28)),  # a Saturday that was worked
        (date(2026, 1, 2), date(2025, 12, 31)),
    ],
)
def test_the_last_working_day_before(day: date, before: date) -> None:
    assert base_day(day, Comparison.PREVIOUS_WORKING_DAY, Timing.POINT, CALENDAR) == before


def test_without_a_calendar_monday_to_friday_are_worked() -> None:
    assert base_day(date(2026, 2, 24), Comparison.PREVIOUS_WORKING_DAY, Timing.POINT) == date(2026, 2, 23)
    assert base_day(date(2026, 3, 1), Comparison.PREVIOUS_WORKING_DAY, Timing.POINT) == date(2026, 2, 27)
    assert earlier_days(date(2026, 3, 10), Comparison.PREVIOUS_WORKING_DAY, 2) == (date(2026, 3, 9), date(2026, 3, 8))


def test_a_rest_without_end_falls_back_on_the_day_before() -> None:
    endless = WorkingDays({date(2026, 1, 1) + timedelta(days=more): "x" for more in range(90)})
    assert endless.before(date(2026, 3, 20)) == date(2026, 3, 19)


SPAN = (date(2026, 2, 15), date(2026, 2, 23))


@pytest.mark.parametrize(
    ("day", "comparison", "found"),
    [
        (date(2026, 2, 28), Comparison.PREVIOUS_MONTH, SPAN),
        (date(2026, 3, 31), Comparison.PREVIOUS_MONTH, None),
        (date(2026, 3, 31), Comparison.PREVIOUS_QUARTER, SPAN),
        (date(2026, 2, 28), Comparison.SAME_DATE_LAST_YEAR, SPAN),  # last year's was not delivered: in one of both only
        (date(2026, 3, 31), Comparison.SAME_DATE_LAST_YEAR, None),
        (date(2026, 3, 31), Comparison.YEAR_START, None),
    ],
)
def test_when_a_movement_is_said_to_fall_on_the_festival(day: date, comparison: Comparison, found: tuple[date, date] | None) -> None:
    assert _festival(day, comparison, CALENDAR) == found


def test_months_alike_in_both_years_are_not_spoken_of() -> None:
    both = WorkingDays(FESTIVAL | {date(2025, 2, 1): "春节"})
    assert _festival(date(2026, 2, 28), Comparison.SAME_DATE_LAST_YEAR, both) is None
