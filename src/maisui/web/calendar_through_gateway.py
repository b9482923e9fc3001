"""What the gateway knows of days: those offered for reporting, and which are worked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from maisui.answers import Comparison, WorkingDays, month_ends, working_days

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class CalendarThroughGateway:
    """The part of the gateway that knows days; days are no organisation's own."""

    def month_ends(self) -> tuple[date, ...]:
        """Return the days offered for reporting, newest first."""
        return cast("Gateway", self).published("month_ends", month_ends, default=())

    def whole_months(self) -> tuple[date, ...]:
        """Return the ends of the months that are over, newest first: what models and forecasts count as history."""
        return tuple(day for day in self.month_ends() if (day + timedelta(days=1)).day == 1)

    def working_days(self) -> WorkingDays:
        """Return the bank's calendar of holidays; an empty one before the first publication."""
        return cast("Gateway", self).published("working_days", working_days, default=WorkingDays())

    def calendar(self, comparison: Comparison) -> WorkingDays | None:
        """Return the calendar that a comparison needs, None for one that goes by the date."""
        return self.working_days() if comparison is Comparison.PREVIOUS_WORKING_DAY else None
