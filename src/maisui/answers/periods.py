"""Which days a period and a comparison mean; comparisons run to the same point of the period (like for like)."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from enum import StrEnum

from maisui.answers.working_days import WorkingDays
from maisui.metrics.measure_sql import Window, last_month_end
from maisui.metrics.metric import Timing


class Period(StrEnum):
    """The span a flow or an average covers, always ending on the reporting day."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TO_DATE = "to-date"


class Comparison(StrEnum):
    """Against what a figure is held: 较上日, 较上一工作日, 较上月, 较上季, 较年初, 同比."""

    PREVIOUS_DAY = "previous_day"
    PREVIOUS_WORKING_DAY = "previous_working_day"
    PREVIOUS_MONTH = "previous_month"
    PREVIOUS_QUARTER = "previous_quarter"
    YEAR_START = "year_start"
    SAME_DATE_LAST_YEAR = "same_date_last_year"


_HELD = (Timing.POINT, Timing.LAST, Timing.YEAR_START)
"""Figures of one day, which are held against the last day of the span before."""


def window_of(day: date, period: Period, first_day: date) -> Window:
    """Return the window that ends on `day`; it never begins before the history does."""
    match period:
        case Period.DAY:
            start = day
        case Period.MONTH:
            start = day.replace(day=1)
        case Period.QUARTER:
            start = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Period.YEAR:
            start = day.replace(month=1, day=1)
        case Period.TO_DATE:
            start = first_day
    return Window(day, max(start, min(first_day, day)))


DAILY = (Comparison.PREVIOUS_DAY, Comparison.PREVIOUS_WORKING_DAY)
"""Comparisons from day to day."""


def base_day(day: date, comparison: Comparison, timing: Timing, calendar: WorkingDays | None = None) -> date:
    """Return the day on which the base of a comparison ends; without a `calendar` Monday to Friday are worked.

    A balance is held against the end of the month or quarter before; a flow or an average of a period against
    the same point of the month or quarter before, so that both spans have run equally far.
    """
    match comparison:
        case Comparison.PREVIOUS_DAY:
            return day - timedelta(days=1)
        case Comparison.PREVIOUS_WORKING_DAY:
            return (calendar or WorkingDays()).before(day)
        case Comparison.PREVIOUS_MONTH:
            return last_month_end(day) if timing in _HELD else _same_point(day, last_month_end(day))
        case Comparison.PREVIOUS_QUARTER:
            quarter_end = last_month_end(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1))
            return quarter_end if timing in _HELD else _same_point(day, _months_before(day, 3))
        case Comparison.YEAR_START:
            return date(day.year - 1, 12, 31)
        case Comparison.SAME_DATE_LAST_YEAR:
            return _same_point(day, date(day.year - 1, day.month, 1))


def earlier_days(day: date, comparison: Comparison, count: int) -> tuple[date, ...]:
    """Return the same point of `count` spans before, the latest first: days where the day before is the base, otherwise months."""
    if comparison in DAILY:
        return tuple(day - timedelta(days=back) for back in range(1, count + 1))
    return tuple(_same_point(day, _months_before(day, back)) for back in range(1, count + 1))


def _months_before(day: date, count: int) -> date:
    """Return a day of the month `count` months before."""
    for _ in range(count):
        day = last_month_end(day)
    return day


def _same_point(day: date, month: date) -> date:
    """Return the day of `month` that is as far along as `day` is in its own; month ends meet month ends."""
    length = calendar.monthrange(month.year, month.month)[1]
    is_month_end = day.day == calendar.monthrange(day.year, day.month)[1]
    return month.replace(day=length if is_month_end else min(day.day, length))
