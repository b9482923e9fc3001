"""Which days a bank works: Monday to Friday but for the holidays that were delivered, and the weekend days worked for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from maisui.warehouse.reader import Reader

SPRING_FESTIVAL = "春节"
_SATURDAY = 5
_LONGEST_REST = 40


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of a bank: the name of each day off, and the weekend days that are worked; empty where none was delivered."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    made_up: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Return whether a day is worked."""
        return day in self.made_up or (day.weekday() < _SATURDAY and day not in self.holidays)

    def before(self, day: date) -> date:
        """Return the last working day before a day; after a rest of forty days the day before."""
        found = (day - timedelta(days=back) for back in range(1, _LONGEST_REST + 1))
        return next((one for one in found if self.is_working(one)), day - timedelta(days=1))

    def festival_between(self, after: date, until: date) -> tuple[date, date] | None:
        """Return first and last of the days off for the Spring Festival that fall after one day and up to another."""
        days = [day for day, name in self.holidays.items() if name.startswith(SPRING_FESTIVAL) and after < day <= until]
        return (min(days), max(days)) if days else None


def working_days(reader: Reader) -> WorkingDays:
    """Return the calendar of a version; a union keeps none."""
    if reader.manifest.is_union:
        return WorkingDays()
    rows = reader.rows("SELECT holiday_date, day_kind, holiday_name FROM holiday_calendar ORDER BY holiday_date")
    return WorkingDays(
        {day: name for day, kind, name in rows if kind == "holiday"}, frozenset(day for day, kind, _ in rows if kind == "make_up")
    )
