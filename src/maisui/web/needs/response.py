"""How long customers wait: the dated parameter of each kind, and the median of what was answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.conf import settings

from maisui.answers import desk_parameters

RESPONSE_PARAMETERS: dict[str, str] = {
    "complaint": "response.complaint_days",
    "need": "response.need_days",
    "opportunity": "response.opportunity_days",
    "objection": "performance_objection_days",
}
"""Under which parameter the days stand within which a kind is answered."""
_TENTH = Decimal("0.1")
_SECONDS_OF_DAY = 86400


@dataclass(frozen=True, slots=True)
class ResponseTime:
    """How long answered customers waited: the median (None without any), how many, and how many of them in time."""

    median: timedelta | None
    answered_count: int
    in_time_count: int

    @property
    def median_days(self) -> Decimal | None:
        """Return the median in days."""
        return None if self.median is None else (Decimal(int(self.median.total_seconds())) / _SECONDS_OF_DAY).quantize(_TENTH)


def due_day(kind: str, recorded_on: date) -> date:
    """Return by which day something recorded on a day is answered, by the parameter that holds on that day."""
    code = RESPONSE_PARAMETERS[kind]
    line = next(one for one in desk_parameters(settings.HOME) if one.code == code).in_force(recorded_on)
    assert line is not None  # noqa: S101 - the product's line holds from 1900
    return recorded_on + timedelta(days=int(Decimal(line.value)))


def response_time(answered: Iterable[tuple[timedelta, bool]]) -> ResponseTime:
    """Return the response time of what was answered, each with how long it took and whether in time."""
    waits = list(answered)
    if not waits:
        return ResponseTime(None, 0, 0)
    seconds = median(wait.total_seconds() for wait, _ in waits)
    return ResponseTime(timedelta(seconds=seconds), len(waits), sum(is_in_time for _, is_in_time in waits))
