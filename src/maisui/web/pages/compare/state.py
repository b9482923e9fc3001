"""What an address of the comparison says: which figure, which cause is opened, what is assumed, and which part of the list is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import Agreement, ReportedFigure

MOST_ASSUMED = 6
_LONGEST = 300
_LONGEST_PAGE = 6


@dataclass(frozen=True, slots=True)
class FigureState:
    """One figure's page: the figure, the causes that a person knows to hold, the opened cause and the page of its rows."""

    report: str
    organisation: str
    day: date | None
    metric: str
    currency: str
    assumed: tuple[str, ...] = ()
    cause: str = ""
    page: int = 1

    @classmethod
    def of(cls, said: QueryDict) -> Self:
        """Return what an address says; a day that is none is None."""
        assumed = tuple(dict.fromkeys(str(code)[:_LONGEST] for code in said.getlist("assume") if code))[:MOST_ASSUMED]
        return cls(
            said.get("report", ""),
            said.get("org", ""),
            _day(said.get("date", "")),
            said.get("metric", ""),
            said.get("currency", "ALL"),
            assumed,
            said.get("cause", "")[:_LONGEST],
            page_of(said),
        )

    @classmethod
    def at(cls, figure: ReportedFigure) -> Self:
        """Return the state of a figure's page as it is first opened."""
        return cls(figure.report, figure.organisation, figure.day, figure.metric, figure.currency)

    def query(self, **changes: Any) -> str:
        """Return the address's query of this state with changes."""
        wanted = replace(self, **changes)
        pairs: list[tuple[str, str]] = [
            ("report", wanted.report),
            ("org", wanted.organisation),
            ("date", f"{wanted.day or ''}"),
            ("metric", wanted.metric),
        ]
        pairs += [("currency", wanted.currency)] if wanted.currency != "ALL" else []
        pairs += [("assume", code) for code in wanted.assumed]
        pairs += [("cause", wanted.cause)] if wanted.cause else []
        pairs += [("page", f"{wanted.page}")] if wanted.page > 1 else []
        return urlencode(pairs)


@dataclass(frozen=True, slots=True)
class ListState:
    """Which figures are listed: of which report and state ("" is every one), on which page."""

    report: str
    agreement: str
    page: int

    @classmethod
    def of(cls, said: QueryDict) -> Self:
        """Return what an address says; an unknown state is every one."""
        state = said.get("state", "")
        return cls(said.get("report", ""), state if state in tuple(Agreement) else "", page_of(said))


def page_of(said: QueryDict) -> int:
    """Return the page an address names, 1 where it names none."""
    page = said.get("page", "")
    return max(1, int(page)) if page.isdecimal() and len(page) <= _LONGEST_PAGE else 1


def without(codes: Sequence[str], code: str) -> tuple[str, ...]:
    """Return `codes` without one of them."""
    return tuple(one for one in codes if one != code)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
