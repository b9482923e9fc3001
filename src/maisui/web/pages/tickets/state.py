"""The state of the list of tickets, all of it in the address, and the words for states, outcomes and steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Self

from django.db.models import Q, QuerySet
from django.http import QueryDict

from maisui.errors import QuestionError
from maisui.web.text import Text
from maisui.web.tickets.models import CorrectionTicket, Outcome, State, Step

WAITING = "waiting"
_INBOX, _MINE = "inbox", "mine"

STATES: dict[str, Text] = {
    State.OPEN: Text("待受理", "Open"),
    State.IN_PROGRESS: Text("处理中", "In progress"),
    State.ANSWERED: Text("已答复", "Answered"),
    State.CLOSED: Text("已关闭", "Closed"),
}
OUTCOMES: dict[str, Text] = {
    Outcome.CORRECTED: Text("已在源系统更正", "corrected in the source"),
    Outcome.NOT_WRONG: Text("数据无误", "not wrong"),
    Outcome.NOT_CORRECTABLE: Text("无法更正", "cannot be corrected"),
}
STEPS: dict[str, Text] = {
    Step.RAISED: Text("提出", "raised"),
    Step.TAKEN: Text("受理", "taken"),
    Step.ANSWERED: Text("答复", "answered"),
    Step.REOPENED: Text("重开", "reopened"),
    Step.CLOSED: Text("认可并关闭", "accepted and closed"),
}


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets are listed: the inbox or one's own, in which state ("" is every one), of which source and owner ("" is every one)."""

    is_inbox: bool
    state: str
    source: str
    owner: str

    @classmethod
    def of(cls, query: QueryDict, *, may_handle: bool) -> Self:
        """Return what an address says: by default what waits in the inbox, and all of one's own.

        Raises:
            QuestionError: when there is no such state.
        """
        is_inbox = may_handle and query.get("list", _INBOX) != _MINE
        state = query.get("state", WAITING if is_inbox else "")
        if state and state != WAITING and state not in STATES:
            raise QuestionError(
                "there is no such state of a ticket", where="state", next_step=f"choose one of: {', '.join((WAITING, *STATES))}"
            )
        return cls(is_inbox, state, query.get("source", ""), query.get("owner", ""))

    def narrowed(
        self, tickets: QuerySet[CorrectionTicket], owners: Mapping[tuple[str, str], tuple[str, str]]
    ) -> QuerySet[CorrectionTicket]:
        """Return those of `tickets` that are listed: the oldest of the inbox first, the newest of one's own.

        `owners` names the department that answers for each source and feed.
        """
        found = tickets.select_related("raised_by", "handled_by").order_by(
            *(("raised_at", "id") if self.is_inbox else ("-raised_at", "-id"))
        )
        if self.state:
            found = found.filter(state__in=(State.OPEN, State.IN_PROGRESS) if self.state == WAITING else (self.state,))
        if self.owner:
            theirs = [Q(source_code=source, feed_code=feed) for (source, feed), (zh, _) in owners.items() if zh == self.owner]
            found = found.filter(reduce(or_, theirs)) if theirs else found.none()
        return found.filter(source_code=self.source) if self.source else found
