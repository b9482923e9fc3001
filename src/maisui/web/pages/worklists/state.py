"""The state of the worklists, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import DUE_WITHIN
from maisui.errors import QuestionError
from maisui.web.customers.worklists import PROMISED, WorkAsked
from maisui.web.text import Text

OVERDUE = "overdue"
ANYBODY, MINE = "", "me"
NAMES: dict[str, Text] = {
    **{str(days): Text(f"{days} 天内到期", f"Due within {days} days") for days in DUE_WITHIN},
    OVERDUE: Text("逾期催收", "In arrears"),
}
_LONGEST_NUMBER = 8
_FIELDS = (("list", "code"), ("org", "organisation"), ("whose", "whose"), ("promise", "promised"), ("page", "page"))
"""Names in the address, and the fields of the state."""


@dataclass(frozen=True, slots=True)
class WorkState:
    """What an address says: which list, of which organisation, whose customers, by what became of promises, and the page."""

    code: str = str(DUE_WITHIN[0])
    organisation: str | None = None
    whose: str = ANYBODY
    promised: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says; a promise narrows the list of arrears alone.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        code, whose, promised = query.get("list") or cls().code, query.get("whose", ""), query.get("promise", "")
        for name, value, known in (
            ("list", code, [*NAMES]),
            ("whose", whose, [ANYBODY, MINE]),
            ("promise", promised, ["", *PROMISED]),
        ):
            if value not in known:
                raise QuestionError(f"there is no such {name}", where=name, next_step="choose one that the page offers")
        page = query.get("page", "")
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= _LONGEST_NUMBER else 1
        return cls(code, query.get("org") or None, whose, promised if code == OVERDUE else "", number)

    @property
    def is_overdue(self) -> bool:
        """Return whether the list is that of arrears."""
        return self.code == OVERDUE

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), WorkState()
        return urlencode([(name, getattr(wanted, field)) for name, field in _FIELDS if getattr(wanted, field) != getattr(plain, field)])

    def question(self) -> WorkAsked:
        """Return what is asked; whoever has no employee number looks after nobody."""
        return WorkAsked(None if self.is_overdue else int(self.code), self.organisation, self.whose == MINE, self.promised)
