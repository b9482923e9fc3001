"""When a missing file stops a batch: only where the feed had come regularly."""

from datetime import date, timedelta

import pytest

from maisui.pipeline.missing_feeds import days_due, is_expected

MONTH_ENDS = [date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31)]
NOVEMBER = [date(2026, 11, 1) + timedelta(days=number) for number in range(5)]


@pytest.mark.parametrize(
    ("delivered", "days", "expected"),
    [
        (MONTH_ENDS[:-1], MONTH_ENDS, True),  # came every month, not this one
        (MONTH_ENDS[:1], MONTH_ENDS[:2], True),  # the second month without it
        (MONTH_ENDS[:1], MONTH_ENDS[:3], False),  # came once, long ago
        ([], MONTH_ENDS, False),  # the bank has no such business
        (MONTH_ENDS, [*MONTH_ENDS, *NOVEMBER], False),  # a monthly feed beside daily ones
        (MONTH_ENDS, [*MONTH_ENDS, *NOVEMBER[:1]], False),  # also on the first daily day
        ([date(2025, 12, 31), date(2026, 1, 31)], [date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)], True),  # a short month
        ([*MONTH_ENDS, *NOVEMBER[:2]], [*MONTH_ENDS, *NOVEMBER[:2], date(2026, 11, 5)], True),  # daily but for days off
        ([*MONTH_ENDS, *NOVEMBER[:-1]], [*MONTH_ENDS, *NOVEMBER], True),  # a daily feed stays away
        (MONTH_ENDS[:-1], [*MONTH_ENDS[:-1], *(MONTH_ENDS[-1] - timedelta(days=back) for back in (2, 1, 0))], True),  # due at month end
        ([], MONTH_ENDS[:1], False),  # the first delivery of all
    ],
)
def test_a_feed_is_expected_where_it_had_come_regularly(delivered: list[date], days: list[date], expected: bool) -> None:
    assert is_expected(set(delivered), days) == expected


def test_a_monthly_feed_beside_a_daily_one_is_missed_once_a_month_and_not_every_day() -> None:
    """Until the end of February both came; March has daily files alone: nothing is due before its end, from then on every day is."""
    daily = [date(2026, 3, 1) + timedelta(days=number) for number in range(35)]
    monthly = {date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)}
    days = sorted({*monthly, *daily})
    assert days_due(monthly, [day for day in days if day <= date(2026, 3, 24)]) == []
    assert days_due(monthly, days)[0] == date(2026, 3, 25)
    assert days_due(monthly | {date(2026, 3, 31)}, [day for day in days if day <= date(2026, 3, 31)]) == []
    assert days_due({*days} - {date(2026, 3, 9)}, days) == [date(2026, 3, 9)]
