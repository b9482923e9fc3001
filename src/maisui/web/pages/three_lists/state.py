"""The state of the three lists, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import LABEL_BY_CODE, LabelQuery
from maisui.errors import QuestionError

ROWS = 50
LISTS = ("important_contribution", "potential_quality", "attention", "silently_leaving")
"""The lists in the order of their tabs: the three of the mission, and who leaves without a word."""
_LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says."""

    label: str = LISTS[0]
    organisation: str | None = None
    reason: str | None = None
    manager: str | None = None
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        label = query.get("list") or cls().label
        if label not in LISTS:
            raise QuestionError("there is no such list", where="list", next_step=f"choose one of: {', '.join(LISTS)}")
        reason = query.get("reason") or None
        known = [one.code for one in LABEL_BY_CODE[label].reasons]
        if reason is not None and reason not in known:
            raise QuestionError("the list knows no such reason", where="reason", next_step=f"choose one of: {', '.join(known)}")
        return cls(
            label=label,
            organisation=query.get("org") or None,
            reason=reason,
            manager=query.get("manager") or None,
            page=_page(query.get("page", "")),
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), State()
        pairs = [
            ("list", wanted.label if wanted.label != plain.label else None),
            ("org", wanted.organisation),
            ("reason", wanted.reason),
            ("manager", wanted.manager),
            ("page", wanted.page if wanted.page != plain.page else None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def question(self, *, size: int = ROWS) -> LabelQuery:
        """Return the question this state asks."""
        organisations = (self.organisation,) if self.organisation else None
        return LabelQuery(self.label, organisations, self.reason, self.manager, self.page, size)


def _page(word: str) -> int:
    return min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and 0 < len(word) < 10 else 1  # noqa: PLR2004 - no list is that long
