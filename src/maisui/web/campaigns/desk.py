"""What a viewer sees of campaigns: those of his organisations, their customers masked and recorded, results only where he covers all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from maisui.answers import (
    CampaignMeasure,
    ConsentStanding,
    Difference,
    Selection,
    campaign_values,
    difference_of_means,
    difference_of_shares,
    group_members,
    marketing_consents,
)
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.campaigns.models import Campaign, Measure
from maisui.web.contacts.models import ContactOutcome, CustomerContact
from maisui.web.customers import desk as customers
from maisui.web.customers.shown import Masks
from maisui.web.groups.models import CustomerGroup
from maisui.web.staff.models import StaffUser

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

FEWEST = 5
"""No figure of an arm of fewer customers is shown."""


@dataclass(frozen=True, slots=True)
class Arms:
    """How many customers are approached and left alone, and how many of each were contacted, in whatever way, and reached.

    Contacts with those who are to be left alone blur what the campaign does: they are told, and nobody is taken out for it.
    """

    treated: int
    control: int
    contacted: int
    reached: int
    control_contacted: int
    control_reached: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Whom a campaign with a group would be drawn from: the group's customers and their consent to marketing today."""

    group: CustomerGroup
    standing: dict[str, ConsentStanding]

    @property
    def consenting(self) -> list[str]:
        """Return who consents, in the order of the group."""
        return [number for number, one in self.standing.items() if one is ConsentStanding.GIVEN]

    def count(self, standing: ConsentStanding) -> int:
        """Return how many stand so."""
        return sum(one is standing for one in self.standing.values())


@dataclass(frozen=True, slots=True)
class ExpectedSample:
    """What a campaign's arms would about hold, before it is proposed; the hash of its number decides to the customer."""

    group_count: int
    refused: int
    unconsented: int
    treated: int
    control: int
    smallest: int

    @property
    def is_enough(self) -> bool:
        """Return whether the smaller arm reaches the smallest sample."""
        return min(self.treated, self.control) >= self.smallest

    @property
    def reachable_percent(self) -> int | None:
        """Return the least control share, in whole percent, with which both arms reach the smallest sample; None where none does."""
        whole = self.treated + self.control
        if 2 * self.smallest > whole:
            return None
        return -(-100 * self.smallest // whole)

    @property
    def largest(self) -> int:
        """Return the largest sample that two equal arms would have."""
        return (self.treated + self.control) // 2


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """What came of a campaign; `difference` is None before there is data of its days, or where an arm is too small to be shown."""

    measured_on: date | None
    base_on: date | None
    difference: Difference | None
    is_enough: bool

    @property
    def shows_effect(self) -> bool:
        """Return whether an effect is shown: the sample is large enough and the interval leaves out zero."""
        return self.is_enough and self.difference is not None and self.difference.shows_effect


@dataclass(frozen=True, slots=True)
class ShownTreated:
    """One customer to be approached, masked, with the last contact within the campaign; `may_be_approached` is judged today."""

    reference: str
    customer_number: str
    customer_name: str
    home_organisation_name: str
    tier_code: str
    asset_average_balance: Decimal
    loan_balance: Decimal
    may_be_approached: bool
    contacted_on: date | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Worklist:
    """One page of customers to be approached within the viewer's organisations."""

    page: int
    total_count: int
    rows: tuple[ShownTreated, ...]


def campaigns_in_sight(gateway: Gateway, user: StaffUser, found: Iterable[Campaign] | None = None) -> list[Campaign]:
    """Return the viewer's own campaigns and those that touch his organisations, of `found` or of all.

    Raises:
        NotAllowedError: when he may not see customers.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    asked = Campaign.objects.select_related("owner", "decided_by") if found is None else found
    mine = [one for one in asked if one.legal_entity_code == settings.HOME.legal_entity_code]
    if gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW):
        return mine
    seen = {node.code for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    above = _at_or_above(gateway, gateway.viewer.tops_of(Permission.CUSTOMER_VIEW)) if seen else set[str]()
    touched = seen | above
    return [one for one in mine if one.owner.pk == user.pk or (seen and (not one.organisations or touched & set(one.organisations)))]


def one_campaign(gateway: Gateway, user: StaffUser, number: int) -> Campaign:
    """Return one campaign.

    Raises:
        NotVisibleError: when there is none for this viewer.
    """
    found = campaigns_in_sight(gateway, user, Campaign.objects.select_related("owner", "decided_by").filter(pk=number))
    if not found:
        raise NotVisibleError("there is no such campaign", where="campaigns", next_step="go back to the list of campaigns")
    return found[0]


def covers_all(gateway: Gateway, campaign: Campaign, permission: Permission = Permission.CUSTOMER_VIEW) -> bool:
    """Return whether the viewer holds `permission` for every organisation a campaign's customers were drawn from."""
    if gateway.viewer.is_whole_entity(permission):
        return True
    seen = {node.code for node in gateway.organisations(permission)}
    return bool(campaign.organisations) and seen >= set(campaign.organisations)


def drawn_from(gateway: Gateway, user: StaffUser, group_number: int) -> Drawn:
    """Return whom a campaign with a group would be drawn from.

    Raises:
        NotVisibleError: when there is no such group for the viewer.
        QuestionError: when the group's customers are too many.
    """
    groups = gateway.groups(user)
    group = groups.one(group_number)
    numbers = groups.numbers(groups.selection(group))
    with gateway.reader() as reader:
        standing = marketing_consents(reader, numbers)
    return Drawn(group, {number: standing[number] for number in numbers})


def expected_sample(drawn: Drawn, control_percent: int, smallest: int) -> ExpectedSample:
    """Return what the arms would about hold: the control share of those who consent, half up, and the others."""
    whole = len(drawn.consenting)
    control = (whole * control_percent + 50) // 100
    return ExpectedSample(
        len(drawn.standing),
        drawn.count(ConsentStanding.REFUSED),
        drawn.count(ConsentStanding.MISSING),
        whole - control,
        control,
        max(smallest, FEWEST),
    )


def place_of_contact(gateway: Gateway, user: StaffUser, number: int, customer_number: str) -> Campaign:
    """Return the campaign in which a customer in the viewer's scope is to be approached.

    Raises:
        NotVisibleError: when there is none, or he is out of scope, not of the campaign, or to be left alone.
    """
    campaign = one_campaign(gateway, user, number)
    customers.require_visible(gateway, customer_number)
    if not _members(campaign, is_control=False, customer_number=customer_number):
        raise NotVisibleError("there is no such customer", where="campaign", next_step="go back to the campaign")
    return campaign


def arms_of(campaign: Campaign) -> Arms:
    """Return the size of each arm, and how many of it were contacted; counts only."""
    treated, control = _members(campaign, is_control=False), _members(campaign, is_control=True)
    contacts = _contacts(campaign)
    reached = set(contacts.exclude(outcome=ContactOutcome.NOT_REACHED).values_list("customer_number", flat=True))
    contacted = set(contacts.values_list("customer_number", flat=True))
    return Arms(
        len(treated), len(control), len(contacted & treated), len(reached & treated), len(contacted & control), len(reached & control)
    )


def result_of(gateway: Gateway, campaign: Campaign) -> CampaignResult:
    """Return what came of a campaign, every assigned customer counted in his arm whether reached or not.

    Raises:
        NotVisibleError: when the campaign reaches beyond the viewer's organisations.
    """
    if not covers_all(gateway, campaign):
        raise NotVisibleError("there is no such result", where="campaign", next_step="ask somebody who sees all its organisations")
    treated, control = sorted(_members(campaign, is_control=False)), sorted(_members(campaign, is_control=True))
    is_enough = min(len(treated), len(control)) >= max(campaign.minimum_sample, FEWEST)
    with gateway.reader() as reader:
        found = campaign_values(
            reader,
            CampaignMeasure(campaign.measure),
            [*treated, *control],
            first=campaign.starts_on,
            last=campaign.last_day,
            product=campaign.product_group,
        )
    if found is None:
        return CampaignResult(None, None, None, is_enough)
    if min(len(treated), len(control)) < FEWEST:
        return CampaignResult(found.measured_on, found.base_on, None, is_enough)
    compare = difference_of_means if campaign.measure == Measure.ASSET_AVERAGE_CHANGE else difference_of_shares
    difference = compare([found.values[number] for number in treated], [found.values[number] for number in control])
    return CampaignResult(found.measured_on, found.base_on, difference, is_enough)


def worklist_of(gateway: Gateway, campaign: Campaign, *, page: int, size: int, is_export: bool = False) -> Worklist:
    """Return one page of the customers to be approached within the viewer's organisations; who is on it is recorded first.

    Raises:
        NotAllowedError: when he may not see customers, or not take them out for an export.
        AuditUnavailableError: when the look cannot be recorded.
    """
    permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
    gateway.require(permission)
    places = None if gateway.viewer.is_whole_entity(permission) else gateway.viewer.tops_of(permission)
    treated = tuple(sorted(_members(campaign, is_control=False)))
    with gateway.reader() as reader:
        found = group_members(reader, Selection(frozen=treated), places, page=page, size=size)
        numbers = [row.customer_number for row in found.rows]
        standing = marketing_consents(reader, numbers)
    record(
        action="campaign_export" if is_export else "campaign_list",
        by=gateway.actor,
        object_type="campaign",
        object_id=str(campaign.pk),
        details={"found": found.total_count, "page": found.page, "customers": numbers},
    )
    last = {one.customer_number: one for one in reversed(_contacts(campaign).filter(customer_number__in=numbers))}
    rows: list[ShownTreated] = []
    for row in found.rows:
        masks = Masks(gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
        contact = last.get(row.customer_number)
        rows.append(
            ShownTreated(
                reference_of(row.customer_number),
                masks("customer_number", row.customer_number),
                masks("customer_name", row.customer_name),
                row.home_organisation_name,
                row.tier_code,
                row.asset_average_balance,
                row.loan_balance,
                standing[row.customer_number] is ConsentStanding.GIVEN,
                contact.happened_on if contact else None,
                contact.outcome if contact else "",
            )
        )
    return Worklist(found.page, found.total_count, tuple(rows))


def _members(campaign: Campaign, **asked: object) -> set[str]:
    return set(campaign.members.filter(**asked).values_list("customer_number", flat=True))  # type: ignore[attr-defined]


def _contacts(campaign: Campaign) -> QuerySet[CustomerContact]:
    """Return the contacts within a campaign's days, the newest first."""
    return CustomerContact.objects.filter(
        legal_entity_code=campaign.legal_entity_code,
        happened_on__gte=campaign.starts_on,
        happened_on__lte=min(campaign.last_day, timezone.localdate()),
    )


def _at_or_above(gateway: Gateway, codes: Iterable[str]) -> set[str]:
    above = {node.code: node.parent_code for node in gateway.whole_tree()}
    found: set[str] = set()
    for start in codes:
        code: str | None = start
        while code and code not in found:
            found.add(code)
            code = above.get(code)
    return found
