"""Full deliveries that hold far fewer rows than the one before: a file that was cut short looks as if customers had gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

LEAST_ROWS = 20
"""Fewer rows than these come and go by themselves."""
_KEPT_IN_A_HUNDRED = 80


@dataclass(frozen=True, slots=True)
class Shrunken:
    """A feed whose last full delivery holds less than four fifths of the rows of the one before it."""

    source: str
    feed: str
    day: date
    rows: int
    before: date
    rows_before: int

    @property
    def told(self) -> str:
        """Return it in words, for whoever runs the batch."""
        return (
            f"{self.source}: {self.feed} of {self.day} holds {self.rows} rows, that of {self.before} held {self.rows_before}: "
            "what a full file leaves out counts as gone; if it was cut short, have it delivered again"
        )


def shrunken(loaded: Iterable[tuple[str, str, date, int]], full: Collection[tuple[str, str]]) -> tuple[Shrunken, ...]:
    """Return the feeds of `full` (source, feed) that shrank; `loaded` are source, feed, business date and loaded rows of each file."""
    days: dict[tuple[str, str], dict[date, int]] = {}
    for source, feed, day, rows in loaded:
        if (source, feed) in full:
            by_day = days.setdefault((source, feed), {})
            by_day[day] = by_day.get(day, 0) + rows
    found: list[Shrunken] = []
    for feed, by_day in sorted(days.items()):
        before, last = ([None, None, *sorted(by_day)])[-2:]
        if before is None or last is None or by_day[before] < LEAST_ROWS:
            continue
        if by_day[last] * 100 < by_day[before] * _KEPT_IN_A_HUNDRED:
            found.append(Shrunken(*feed, last, by_day[last], before, by_day[before]))
    return tuple(found)
