"""Which holidays a trend names at its points."""

from __future__ import annotations

from datetime import date, timedelta

from maisui.answers.working_days import WorkingDays
from maisui.web.pages.overview.notes import holidays_at

FESTIVAL = {date(2026, 2, 15) + timedelta(days=more): "春节" for more in range(9)}
CALENDAR = WorkingDays(FESTIVAL | {date(2026, 1, 1): "元旦"}, frozenset({date(2026, 2, 14), date(2026, 2, 28)}))


def test_holidays_of_a_trend_are_its_points_own_and_the_festival_between() -> None:
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 31))
    assert holidays_at(CALENDAR, days) == [[], ["01-01 元旦放假"], ["02-15–02-23 春节放假"], []]
    assert holidays_at(CALENDAR, (date(2026, 2, 18),)) == [["02-18 春节放假"]]
