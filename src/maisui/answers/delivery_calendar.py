"""Which feed came on which day of a month: what arrived, what was corrected, what is late and what never came."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from statistics import median_low

from maisui.intake import receipts
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader

_DAILY_DAYS, _MONTHLY_DAYS = 7, 31


class DayState(StrEnum):
    """What became of a feed on a day: late is due with nothing newer, missing is due while something newer came."""

    ARRIVED = "arrived"
    CORRECTED = "corrected"
    LATE = "late"
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One feed on one day: its files, their quarantined lines, and the one file where there is just one."""

    day: date
    state: DayState
    files: int = 0
    quarantined: int = 0
    file_id: str = ""


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """One feed over the days of the month."""

    source: str
    feed: str
    cells: tuple[CalendarCell, ...]

    @property
    def is_whole(self) -> bool:
        """Return whether nothing of it is late or missing."""
        return not any(cell.state in (DayState.LATE, DayState.MISSING) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class DeliveryCalendar:
    """The days of a month up to the reporting date, each feed a row; `months` are those with deliveries, newest first."""

    month: date
    months: tuple[date, ...]
    days: tuple[date, ...]
    rows: tuple[CalendarRow, ...]


@dataclass(frozen=True, slots=True)
class _File:
    file_id: str
    source: str
    feed: str
    day: date
    quarantined: int


def corrections(home: Home) -> frozenset[str]:
    """Return the registrations that correct an earlier one: a file sent again, or a line released."""
    return frozenset(one.file_id for one in receipts(raw=home.raw) if one.supersedes or one.release) if home.raw.exists() else frozenset()


def delivery_calendar(reader: Reader, corrections: Collection[str], month: date | None) -> DeliveryCalendar:
    """Return the calendar of `month` (its first day), the newest month with a delivery by default; `corrections` are those of the home.

    A feed is due on a day on which at least half of the feeds of its source came that come as often as it does; one that
    comes more seldom than monthly is never due.
    """
    files = [
        _File(*row)
        for row in reader.rows("SELECT source_file_id, source_code, feed_code, business_date, quarantined_count FROM delivery ORDER BY ALL")
    ]
    months = tuple(sorted({file.day.replace(day=1) for file in files}, reverse=True))
    reported_on = reader.manifest.reporting_date
    newest = months[0] if months else reported_on.replace(day=1)
    shown = month if month is not None and month in months else newest
    last = min(shown.replace(day=calendar.monthrange(shown.year, shown.month)[1]), reported_on)
    days = tuple(shown.replace(day=number) for number in range(1, last.day + 1))
    return DeliveryCalendar(shown, months, days, _rows(files, days, corrections))


def _rows(files: Sequence[_File], days: Sequence[date], corrections: Collection[str]) -> tuple[CalendarRow, ...]:
    feeds: dict[tuple[str, str], dict[date, list[_File]]] = {}
    for file in files:
        feeds.setdefault((file.source, file.feed), {}).setdefault(file.day, []).append(file)
    rhythms = {feed: (feed[0], _rhythm(sorted(came))) for feed, came in feeds.items()}
    rows: list[CalendarRow] = []
    for feed, came in sorted(feeds.items()):
        peers = [feeds[other] for other, rhythm in rhythms.items() if rhythm == rhythms[feed]]
        is_regular = bool(rhythms[feed][1])
        cells = (_cell(day, came, corrections, is_due=is_regular and _is_due(day, came, peers)) for day in days)
        rows.append(CalendarRow(*feed, tuple(cells)))
    return tuple(rows)


def _rhythm(came: Sequence[date]) -> str:
    """Return how often a feed comes, by the usual distance of its days; empty where that is seldom or once."""
    gaps = [(later - earlier).days for earlier, later in pairwise(came)]
    usual = median_low(gaps) if gaps else _MONTHLY_DAYS + 1
    return "daily" if usual <= _DAILY_DAYS else "monthly" if usual <= _MONTHLY_DAYS else ""


def _is_due(day: date, came: Mapping[date, object], peers: Sequence[Mapping[date, object]]) -> bool:
    begun = [peer for peer in peers if min(peer) <= day]
    return min(came) <= day and 2 * sum(day in peer for peer in begun) >= len(begun)


def _cell(day: date, came: Mapping[date, Sequence[_File]], corrections: Collection[str], *, is_due: bool) -> CalendarCell:
    files = came.get(day, ())
    if not files:
        missed = DayState.MISSING if max(came) > day else DayState.LATE
        return CalendarCell(day, missed if is_due else DayState.NOT_DUE)
    state = DayState.CORRECTED if any(file.file_id in corrections for file in files) else DayState.ARRIVED
    return CalendarCell(day, state, len(files), sum(file.quarantined for file in files), files[0].file_id if len(files) == 1 else "")
