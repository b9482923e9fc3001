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


def test_a_monthly_feed_beside_a_daily_one_is_due_when_its_month_has_ended() -> None:
    """No day before, whichever months are short; the first delivery of all makes nothing due."""
    days = [date(2025, 10, 1) + timedelta(days=number) for number in range(230)]
    monthly = {day for day in days if (day + timedelta(days=1)).day == 1}
    assert days_due(monthly, days) == []
    assert days_due(monthly - {date(2026, 3, 31)}, days) == [day for day in days if date(2026, 3, 31) <= day < date(2026, 4, 30)]
    assert all(
        not is_expected({came for came in monthly if came < day}, days[: place + 1]) for place, day in enumerate(days) if day not in monthly
    )


def test_a_quarterly_feed_is_due_at_the_end_of_its_quarter() -> None:
    """Not at the end of each month."""
    days = [date(2025, 6, 30) + timedelta(days=number) for number in range(300)]
    quarterly = {date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31)}
    assert days_due(quarterly, days)[0] == date(2026, 3, 31)


def test_a_feed_of_month_ends_at_work_is_due_after_its_longest_month() -> None:
    """The last working days of months lie 28 to 34 days apart."""
    working = {date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 31), date(2026, 4, 30)}
    days = [date(2026, 1, 30) + timedelta(days=number) for number in range(130)]
    assert days_due(working, days)[0] == date(2026, 6, 7)


def test_a_feed_of_working_days_is_not_due_on_a_weekend() -> None:
    """From the second week on; a working day without it is, and so is every day while it stays away for good."""
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(60)]
    working = {day for day in days if day.weekday() < 5}
    assert days_due(working, days) == [date(2026, 3, 7), date(2026, 3, 8)]
    assert days_due(working - {date(2026, 3, 18)}, days)[2:] == [date(2026, 3, 18)]
    gone = {day for day in working if day <= date(2026, 3, 20)}
    assert is_expected(gone, [day for day in days if day <= date(2026, 4, 15)])
