"""The state of the list of needs, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from maisui.errors import QuestionError
from maisui.web.alerts.desk import stands_in_for
from maisui.web.needs.models import CustomerNeed, State
from maisui.web.pages.needs.words import KINDS, STATES
from maisui.web.staff.models import StaffUser

ALL, NOT_CLOSED, LATE = "all", "open", "late"
ANYBODY, MINE = "", "me"


@dataclass(frozen=True, slots=True)
class NeedState:
    """What an address says: kind, state (not closed by default, "new" is open and untaken), whose, organisation and page."""

    kind: str = ""
    state: str = NOT_CLOSED
    owner: str = ANYBODY
    organisation: str = ""
    page: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        found = cls(
            query.get("kind", ""), query.get("state") or NOT_CLOSED, query.get("owner", ""), query.get("org", ""), query.get("page", "")
        )
        for name, value, known in (
            ("kind", found.kind, {"", *KINDS}),
            ("state", found.state, {ALL, NOT_CLOSED, LATE, "new", *STATES}),
            ("owner", found.owner, {ANYBODY, MINE}),
        ):
            if value not in known:
                raise QuestionError(f"there is no such {name}", where=name, next_step="choose one that the page offers")
        return found

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), NeedState()
        pairs = (("kind", "kind"), ("state", "state"), ("owner", "owner"), ("org", "organisation"), ("page", "page"))
        return urlencode([(name, getattr(wanted, field)) for name, field in pairs if getattr(wanted, field) != getattr(plain, field)])

    def narrowed(self, needs: QuerySet[CustomerNeed], user: StaffUser) -> QuerySet[CustomerNeed]:
        """Return those of `needs` that are listed, what is due first at the top; closed ones the newest first."""
        match self.state:
            case "open":
                needs = needs.exclude(state=State.CLOSED)
            case "late":
                needs = needs.filter(answered_at=None, due_on__lt=timezone.localdate())
            case "new":
                needs = needs.filter(state=State.OPEN)
            case "all":
                pass
            case one:
                needs = needs.filter(state=one)
        if self.kind:
            needs = needs.filter(kind=self.kind)
        if self.owner == MINE:
            needs = needs.filter(owner_id__in={user.pk, *stands_in_for(user)})
        return needs.order_by("-recorded_at", "-id") if self.state in (ALL, State.CLOSED) else needs.order_by("due_on", "id")
