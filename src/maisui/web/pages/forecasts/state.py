"""The state of the page of forecasts, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from maisui.answers import FORECAST_METRICS, ForecastQuery

MOST_VOLUME, MOST_RATE = 30, 150
"""Percent of volume and basis points of rate by which a scenario may differ from what is expected."""


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says: figure, organisation, product group or channel, and the scenario."""

    organisation: str | None = None
    metric: str = FORECAST_METRICS[0]
    member: str | None = None
    volume: int = 0
    rate: int = 0

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says; a scenario beyond its ends, or no number, is taken back to them."""
        return cls(
            organisation=query.get("org") or None,
            metric=query.get("metric") or FORECAST_METRICS[0],
            member=query.get("member") or None,
            volume=_between(query.get("volume", ""), MOST_VOLUME),
            rate=_between(query.get("rate", ""), MOST_RATE),
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out. A change of `page` means nothing here."""
        wanted = replace(self, **{name: value for name, value in changes.items() if name != "page"})
        pairs = [
            ("org", wanted.organisation),
            ("metric", wanted.metric if wanted.metric != FORECAST_METRICS[0] else None),
            ("member", wanted.member),
            ("volume", wanted.volume or None),
            ("rate", wanted.rate or None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return the state as form fields, `without` those that the form itself asks."""
        return [(name, value) for name, value in parse_qsl(self.query()) if name not in without]

    def question(self) -> ForecastQuery:
        """Return the question this state asks."""
        return ForecastQuery(self.metric, self.organisation, self.member)


def _between(word: str, most: int) -> int:
    try:
        return max(-most, min(most, int(word)))
    except ValueError:
        return 0
