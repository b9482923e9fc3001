"""The state of the page, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import ScoreQuery
from maisui.answers.class_migration import HORIZONS

_LAST_PAGE = 1_000_000
_LONGEST = 9
_USUAL = 12


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says: organisation, page of the list, and over how many months classes migrate."""

    organisation: str | None = None
    page: int = 1
    months: int = _USUAL

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says; what is no choice is the usual one."""
        word, months = query.get("page", ""), query.get("months", "")
        page = min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and len(word) <= _LONGEST else 1
        wanted = next((one for one in HORIZONS if str(one) == months), _USUAL)
        return cls(organisation=query.get("org") or None, page=page, months=wanted)

    @property
    def organisations(self) -> tuple[str, ...] | None:
        """Return the organisation as questions take it; None is all one may see."""
        return (self.organisation,) if self.organisation else None

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        pairs = [
            ("org", wanted.organisation),
            ("months", wanted.months if wanted.months != _USUAL else None),
            ("page", wanted.page if wanted.page != 1 else None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def question(self, *, size: int = 50) -> ScoreQuery:
        """Return the question this state asks."""
        return ScoreQuery("credit", self.organisations, self.page, size)
