"""The state of the pages of circles, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers.circle_members import CircleKind
from maisui.answers.circles import CircleOrder, MemberChoice
from maisui.errors import QuestionError

ROWS = 50
_LAST_PAGE = 1_000_000
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says: which kind is listed, where, ranked by what; of one circle, which members."""

    kind: CircleKind = CircleKind.HOUSEHOLD
    organisation: str | None = None
    order: CircleOrder = CircleOrder.ASSETS
    choice: MemberChoice = MemberChoice.ALL
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict, kind: str | None = None) -> Self:
        """Return the state that a query string says; `kind` is that of the address, where it names one.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        word = query.get("page", "")
        page = min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and 0 < len(word) <= _LONGEST else 1
        return cls(
            kind=CircleKind(_known("kind", kind or query.get("kind") or cls().kind, list(CircleKind))),
            organisation=query.get("org") or None,
            order=CircleOrder(_known("order", query.get("order") or cls().order, list(CircleOrder))),
            choice=MemberChoice(_known("show", query.get("show") or cls().choice, list(MemberChoice))),
            page=page,
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), State()
        pairs = [
            ("kind", wanted.kind if wanted.kind != plain.kind else None),
            ("org", wanted.organisation),
            ("order", wanted.order if wanted.order != plain.order else None),
            ("show", wanted.choice if wanted.choice != plain.choice else None),
            ("page", wanted.page if wanted.page != 1 else None),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def query_of_one(self, **changes: Any) -> str:
        """Return the query string of one circle's page, whose address names its kind already."""
        return replace(self, **({"order": State().order} | changes)).query(kind=State().kind)


def _known(name: str, word: str, known: list[Any]) -> str:
    if word not in known:
        raise QuestionError(f"there is no such {name}", where=name, next_step=f"choose one of: {', '.join(known)}")
    return word
