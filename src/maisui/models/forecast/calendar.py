"""What makes months unlike: how many days they have, how many are worked, and how much of the weeks around the Spring Festival falls in.

Holidays of a fixed date fall into the same month every year, so that a season of twelve months holds them. Others move between months
(Dragon Boat, Mid-Autumn), weekends are worked for them, and months have four or five weekends: days worked say all that together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np

from maisui.models.cash.days import HolidayDays
from maisui.models.panel import Marts

_SATURDAY, _LEAST_MONTHS = 5, 12
DAYS_BEFORE, DAYS_AFTER = 20, 7
"""The weeks in which people come home and spend, around the first day of the lunar year."""


def spring_festivals(reader: Marts) -> tuple[date, ...]:
    """Return the Spring Festivals that dated parameters name, one line a year; a line that only stands in for later years names none."""
    rows = reader.rows(
        "SELECT valid_from, CAST(number_value AS INTEGER) FROM parameter WHERE parameter_code = 'spring_festival' ORDER BY valid_from"
    )
    return tuple(date(since.year, number // 100, number % 100) for since, number in rows if since.year > 1900)  # noqa: PLR2004 - a stand-in


def next_month_ends(last: date, count: int) -> tuple[date, ...]:
    """Return the last days of the `count` months after that of `last`."""
    found: list[date] = []
    number = last.year * 12 + last.month
    for ahead in range(1, count + 1):
        following = number + ahead
        found.append(date(following // 12, following % 12 + 1, 1) - timedelta(days=1))
    return tuple(found)


def lengths(months: Sequence[date]) -> np.ndarray:
    """Return the days of each month."""
    return np.array([day.day for day in months], np.float64)


def festival_shares(months: Sequence[date], festivals: Iterable[date]) -> np.ndarray:
    """Return for each month the share of the weeks around a Spring Festival that falls into it."""
    shares = np.zeros(len(months))
    place = {(day.year, day.month): number for number, day in enumerate(months)}
    for festival in festivals:
        span = [festival + timedelta(days=off) for off in range(-DAYS_BEFORE, DAYS_AFTER + 1)]
        for day in span:
            if (day.year, day.month) in place:
                shares[place[day.year, day.month]] += 1 / len(span)
    return shares


def days_worked(months: Sequence[date], holidays: HolidayDays) -> np.ndarray | None:
    """Return by how much the share of days worked of each month differs from the mean; 0 where its year's calendar was not delivered.

    None where fewer than twelve months are known: without a calendar nothing is known, not that there were no holidays.
    """
    known = [place for place, day in enumerate(months) if holidays.covers([day])]
    if len(known) < _LEAST_MONTHS:
        return None
    shares = np.array([_worked(months[place], holidays) for place in known])
    found = np.zeros(len(months))
    found[known] = shares - shares.mean()
    return found


def _worked(last: date, holidays: HolidayDays) -> float:
    days = [last.replace(day=number) for number in range(1, last.day + 1)]
    off = sum(holidays.is_off(day) or (day.weekday() >= _SATURDAY and not holidays.is_made_up(day)) for day in days)
    return 1 - off / last.day
