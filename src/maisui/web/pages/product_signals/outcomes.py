"""What became of a signal: the customer groups that were made of it, the campaigns run on them, and what they showed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.campaigns.desk import campaigns_in_sight, covers_all, result_of
from maisui.web.campaigns.models import Campaign, State
from maisui.web.gateway import Gateway
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.campaigns.state import stage_of
from maisui.web.pages.campaigns.words import STATES
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

Rule = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A group or a campaign that a signal led to: what is said of it and where it stands."""

    words: Text
    address: str


class Outcomes:
    """What the viewer may see of groups and campaigns, found by the rule of a group."""

    def __init__(self, gateway: Gateway, user: StaffUser) -> None:
        """Read the groups that `user` sees, and the campaigns where he may see customers, once a request."""
        self._gateway = gateway
        self._groups = [(_plain(group.rule), group) for group in gateway.groups(user).visible() if group.members is None]
        numbers = [group.pk for _, group in self._groups]
        asked = Campaign.objects.filter(group_number__in=numbers).select_related("owner")
        self._campaigns = campaigns_in_sight(gateway, user, asked) if gateway.may(Permission.CUSTOMER_VIEW) else ()

    def of(self, rule: Rule) -> list[Outcome]:
        """Return the groups that have exactly this rule, each followed by its campaigns."""
        wanted = _plain(rule)
        found: list[Outcome] = []
        for mine, group in self._groups:
            if mine == wanted:
                found.append(_group_outcome(group))
                found += [self._campaign_outcome(one) for one in self._campaigns if one.group_number == group.pk]
        return found

    def _campaign_outcome(self, campaign: Campaign) -> Outcome:
        state = STATES[stage_of(campaign, timezone.localdate())]
        effect = Text("", "")
        if campaign.state == State.STARTED and covers_all(self._gateway, campaign):
            result = result_of(self._gateway, campaign)
            effect = Text("，有效果", ", an effect shown") if result.shows_effect else Text("，未见效果", ", no effect shown")
        words = Text(f"活动“{campaign.name}”{state.zh}{effect.zh}", f"campaign {campaign.name}: {state.en}{effect.en}")
        return Outcome(words, reverse("campaigns_one", args=[campaign.pk]))


def _group_outcome(group: CustomerGroup) -> Outcome:
    return Outcome(Text(f"客户群“{group.name}”", f"group {group.name}"), reverse("customer_groups_one", args=[group.pk]))


def _plain(rule: Any) -> Any:
    """Return a rule without the names of its conditions, which the builder gives and nobody means."""
    if isinstance(rule, Mapping):
        return {str(key): _plain(value) for key, value in rule.items() if key != "id"}
    if isinstance(rule, Sequence) and not isinstance(rule, str):
        return [_plain(value) for value in rule]
    return rule
