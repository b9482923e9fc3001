"""The state of the page of targets: that of every page of figures, over the year unless the address says otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from maisui.answers import Period
from maisui.web.pages.overview.state import State

BEST_FIRST = "best"
"""The order of a page nobody has sorted: by what is reached of the part due by now, whichever way is better."""


@dataclass(frozen=True, slots=True)
class TargetState(State):
    """What an address of the page says; targets are those of the year, the best first, where it says nothing."""

    period: Period = Period.YEAR
    sort: str = BEST_FIRST
