"""How large the example bank is at each named scale, and which days it delivers."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass

from maisui.example_bank.days import add_months, day_number, month_start

LAST_DAY = day_number(2026, 10, 31)


@dataclass(frozen=True)
class Scale:
    """Size of one example bank: customers, months, organisations and staff."""

    name: str
    customers: int
    months: int
    outlets: int
    sub_branches: int
    staff: int
    daily_days: int


SCALES: dict[str, Scale] = {
    "test": Scale("test", 1_200, 25, 8, 0, 60, 60),
    "demo": Scale("demo", 20_000, 25, 8, 0, 60, 60),
    "large": Scale("large", 200_000, 13, 20, 0, 160, 3),
    "county": Scale("county", 1_000_000, 13, 45, 12, 420, 3),
}


@dataclass(frozen=True)
class Calendar:
    """First and last simulated day and the days on which files are delivered (day numbers, ascending)."""

    first_day: int
    last_day: int
    deliveries: tuple[int, ...]
    daily_from: int

    def is_daily(self, day: int) -> bool:
        """True when the delivery of this day covers one day (after the first daily one)."""
        return day >= self.daily_from


def calendar_of(scale: Scale, months: int) -> Calendar:
    """Month-end deliveries for `months` months, daily ones at the end (whole months when 60 days are asked).

    Raises ValueError when months is below 1.
    """
    if months < 1:
        raise ValueError("months must be at least 1")
    first_day = add_months(month_start(LAST_DAY), 1 - months)
    daily_from = LAST_DAY - scale.daily_days + 1
    if scale.daily_days >= 31:
        daily_from = month_start(daily_from + 1)
    daily_from = max(daily_from, first_day)
    days: list[int] = []
    month = first_day
    while month <= LAST_DAY:
        following = add_months(month, 1)
        if following <= daily_from:
            days.append(following - 1)
        month = following
    if daily_from - 1 > (days[-1] if days else first_day - 1):
        days.append(daily_from - 1)
    days.extend(range(daily_from, LAST_DAY + 1))
    return Calendar(first_day, LAST_DAY, tuple(days), daily_from)
