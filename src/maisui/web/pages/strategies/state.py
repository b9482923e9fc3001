"""The state of the page of strategies, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class StrategyState:
    """What an address says: among whose customers take-up and result are counted ("" is all the viewer may see)."""

    organisation: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says."""
        return cls(query.get("org", ""))

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; there are no pages."""
        wanted = replace(self, **{name: value for name, value in changes.items() if name != "page"})
        return urlencode({"org": wanted.organisation}) if wanted.organisation else ""
