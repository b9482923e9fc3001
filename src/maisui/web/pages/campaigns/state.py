"""The state of the list of campaigns, all of it in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.http import QueryDict

from maisui.errors import QuestionError
from maisui.web.campaigns.models import Campaign, State
from maisui.web.pages.campaigns.words import STATES
from maisui.web.pages.customers.words import CONTACT_KINDS
from maisui.web.staff.models import StaffUser

MINE = "me"


@dataclass(frozen=True, slots=True)
class CampaignState:
    """What an address says: stage, channel, whose, and days that a campaign must touch; "" and None are everything."""

    stage: str = ""
    channel: str = ""
    owner: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        found = cls(query.get("state", ""), query.get("kind", ""), query.get("owner", ""), _day(query, "from"), _day(query, "until"))
        for name, value, known in (
            ("state", found.stage, {"", *STATES}),
            ("kind", found.channel, {"", *CONTACT_KINDS}),
            ("owner", found.owner, {"", MINE}),
        ):
            if value not in known:
                raise QuestionError(f"there is no such {name}", where=name, next_step="choose one that the page offers")
        return found

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything is left out."""
        return self != CampaignState()

    def narrowed(self, campaigns: Iterable[Campaign], user: StaffUser, today: date) -> list[Campaign]:
        """Return those of `campaigns` that are listed, in their order."""
        return [
            one
            for one in campaigns
            if (not self.stage or self.stage in (one.state, stage_of(one, today)))
            and (not self.channel or one.channel == self.channel)
            and (not self.owner or one.owner.pk == user.pk)
            and (self.first is None or one.last_day >= self.first)
            and (self.last is None or one.starts_on <= self.last)
        ]


def stage_of(campaign: Campaign, today: date) -> str:
    """Return how far a campaign is: its state, and once approved whether it is ahead, running, stopped or over."""
    if campaign.state != State.STARTED:
        return campaign.state
    if campaign.stopped_on is not None:
        return "stopped"
    return "ahead" if today < campaign.starts_on else "over" if today > campaign.ends_on else "running"


def _day(query: QueryDict, name: str) -> date | None:
    text = query.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise QuestionError("this is not a day", where=name, next_step="write it as 2026-03-31") from None
