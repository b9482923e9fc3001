"""The state of the list of tiers set by hand, all of it in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from maisui.answers.tier_decisions import SET
from maisui.errors import QuestionError
from maisui.web.text import Text
from maisui.web.tiers.models import State, TierProposal

ENDING_WITHIN = timedelta(days=30)
SHOWN: dict[str, Text] = {
    "": Text("全部", "All"),
    "waiting": Text("待审批", "Waiting"),
    "holds": Text("有效", "In force"),
    "ending": Text(f"{ENDING_WITHIN.days} 天内到期", f"Over within {ENDING_WITHIN.days} days"),
    "over": Text("已结束", "Over"),
}


@dataclass(frozen=True, slots=True)
class TierState:
    """What an address says: which decisions, of which organisation, the customer of the form, and the page."""

    show: str = ""
    organisation: str = ""
    customer: str = ""
    page: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when it asks for decisions that there are not.
        """
        found = cls(query.get("show", ""), query.get("org", ""), query.get("customer", ""), query.get("page", ""))
        if found.show not in SHOWN:
            raise QuestionError("there is no such list", where="show", next_step="choose one that the page offers")
        return found

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        pairs = (("show", wanted.show), ("org", wanted.organisation), ("customer", wanted.customer), ("page", wanted.page))
        return urlencode([(name, value) for name, value in pairs if value])

    def narrowed(self, found: QuerySet[TierProposal], counted: Mapping[int, tuple[str, Any]], day: date) -> QuerySet[TierProposal]:
        """Return those of `found` that are listed on `day`; `counted` tells how far each number is in the published version."""
        if self.show == "waiting":
            return found.filter(state=State.WAITING)
        if self.show == "":
            return found
        wanted = {"holds": ("holds", "ahead"), "ending": ("holds",), "over": ("over", "replaced", "done", "refused")}[self.show]
        numbers = [number for number, (standing, _) in counted.items() if standing in wanted]
        if self.show == "ending":
            return found.filter(decision_number__in=numbers, kind=SET, valid_until__lte=day + ENDING_WITHIN)
        is_over = Q(decision_number__in=numbers)
        return found.filter(is_over | Q(state__in=(State.REJECTED, State.WITHDRAWN)) if self.show == "over" else is_over)
