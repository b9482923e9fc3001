"""The state of the page of key focus, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import RULE_BY_CODE, CaseQuery, CaseSight, Severity
from maisui.errors import QuestionError
from maisui.web.alerts.desk import of_this_bank, stands_in_for, waiting_for_nobody
from maisui.web.alerts.models import HandledCase, State
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import own_numbers
from maisui.web.pages.focus.words import NEW, STATES
from maisui.web.staff.models import StaffUser

ALL, OPEN = "all", "open"
ANYBODY, MINE, MY_CUSTOMERS = "", "me", "customers"
NOBODY = CaseSight(frozenset(), frozenset(), sees_staff=False, sees_data=False)
_LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class FocusState:
    """What an address of the list says: rule, severity, state (open is everything not closed), whose, organisation and page."""

    rule: str = ""
    severity: str = ""
    state: str = OPEN
    owner: str = ANYBODY
    organisation: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        found = cls(
            rule=query.get("rule", ""),
            severity=query.get("severity", ""),
            state=query.get("state") or OPEN,
            owner=query.get("owner", ""),
            organisation=query.get("org", ""),
            page=_page(query.get("page", "")),
        )
        for name, value, known in (
            ("rule", found.rule, {"", *RULE_BY_CODE}),
            ("severity", found.severity, {"", *Severity}),
            ("state", found.state, {ALL, OPEN, *STATES}),
            ("owner", found.owner, {ANYBODY, MINE, MY_CUSTOMERS}),
        ):
            if value not in known:
                raise QuestionError(f"there is no such {name}", where=name, next_step="choose one that the page offers")
        return found

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), FocusState()
        pairs = (
            ("rule", "rule"),
            ("severity", "severity"),
            ("state", "state"),
            ("owner", "owner"),
            ("org", "organisation"),
            ("page", "page"),
        )
        return urlencode([(name, getattr(wanted, field)) for name, field in pairs if getattr(wanted, field) != getattr(plain, field)])

    def question(self, gateway: Gateway, user: StaffUser) -> CaseQuery:
        """Return the question this state asks for `user`; the desk puts in what he may see."""
        handled = HandledCase.objects.filter(**of_this_bank())
        only: frozenset[str] | None = None
        without = frozenset[str]()
        if self.state == NEW:
            without = waiting_for_nobody()
        elif self.state == OPEN:
            without = _codes(handled.filter(state=State.CLOSED))
        elif self.state != ALL:
            only = _codes(handled.filter(state=self.state))
        if self.owner == MINE:
            mine = _codes(handled.filter(owner_id__in={user.pk, *stands_in_for(user)}))
            only = mine if only is None else only & mine
        return CaseQuery(
            NOBODY,
            rule=self.rule or None,
            severity=self.severity or None,
            organisation=self.organisation or None,
            employee_numbers=own_numbers(gateway) if self.owner == MY_CUSTOMERS else None,
            only=only,
            without=without,
            handled=waiting_for_nobody(),
            page=self.page,
        )


def _codes(found: Any) -> frozenset[str]:
    return frozenset(found.values_list("case_code", flat=True))


def _page(word: str) -> int:
    return min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and 0 < len(word) < 10 else 1  # noqa: PLR2004 - no list is that long
