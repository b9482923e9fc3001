"""What makes days unlike: weekday, place in the month, market day, and holidays where the calendar of the days is delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from maisui.models.panel import Marts

_SATURDAY, _LONG = 5, 5
"""The first day of a weekend, and so many days off make a long holiday."""
_BEFORE = 3
_NO_REST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HolidayDays:
    """The delivered calendar: kind (`holiday`, `make_up`) and name of each day it names."""

    days: Mapping[date, tuple[str, str]]

    def covers(self, days: Sequence[date]) -> bool:
        """Return whether the calendar of every year of `days` was delivered; of a year without one nothing is known, not that it has none."""
        known = {day.year for day, (kind, _) in self.days.items() if kind == "holiday"}
        return {day.year for day in days} <= known

    def since(self) -> date | None:
        """Return the first day of the years whose calendar was delivered without a gap until the last; None where there is none."""
        known = {day.year for day, (kind, _) in self.days.items() if kind == "holiday"}
        if not known:
            return None
        first = max(known)
        while first - 1 in known:
            first -= 1
        return date(first, 1, 1)

    def name(self, day: date) -> str:
        """Return the name of the holiday, or of that for which the day is worked; empty on other days."""
        return self.days.get(day, ("", ""))[1]

    def is_off(self, day: date) -> bool:
        """Return whether a day is a statutory day off."""
        return self.days.get(day, ("", ""))[0] == "holiday"

    def is_made_up(self, day: date) -> bool:
        """Return whether a day of the weekend is worked for a holiday."""
        return self.days.get(day, ("", ""))[0] == "make_up"

    def length(self, day: date) -> int:
        """Return how many days off the holiday of a day has; 0 where the day is none."""
        if not self.is_off(day):
            return 0
        first, last = day, day
        while self.is_off(first - _NO_REST):
            first -= _NO_REST
        while self.is_off(last + _NO_REST):
            last += _NO_REST
        return (last - first).days + 1


def holiday_days(reader: Marts) -> HolidayDays:
    """Return the calendar that was delivered."""
    rows = reader.rows("SELECT holiday_date, day_kind, holiday_name FROM holiday_calendar ORDER BY holiday_date")
    return HolidayDays({day: (kind, name) for day, kind, name in rows})


def plain_features(days: Sequence[date]) -> np.ndarray:
    """Return for each day: weekday, place in the month (paydays come on the same ones), its last day, and the day of ten (market days)."""
    rows = [
        [day.weekday() == place for place in range(1, 7)]
        + [(day.day - 1) // 5 == place for place in range(1, 7)]
        + [(day + _NO_REST).day == 1]
        + [day.day % 10 == place for place in range(1, 10)]
        for day in days
    ]
    return np.array(rows, np.float64)


def holiday_features(days: Sequence[date], calendar: HolidayDays) -> np.ndarray:
    """Return for each day: off, off in a long holiday, the three days before either, the first day after, and worked on a weekend."""
    rows: list[list[bool]] = []
    for day in days:
        length = calendar.length(day)
        ahead = [calendar.length(day + timedelta(days=far)) for far in range(1, _BEFORE + 1)] if not length else [0]
        after = not length and calendar.is_off(day - _NO_REST)
        rows.append([length > 0, length >= _LONG, max(ahead) > 0, max(ahead) >= _LONG, after, calendar.is_made_up(day)])
    return np.array(rows, np.float64)
