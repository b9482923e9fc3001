"""What reaches a follower: events of those he follows and may still see, the look recorded first, masked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from maisui.answers import RULE_BY_CODE, FollowEvent, SubjectKind, follow_events
from maisui.answers.customer_relations import NamedParty, parties
from maisui.errors import MaisuiError
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import CustomerContact
from maisui.web.contacts.promises import FAILED, promises_of
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.follows.models import Follow
from maisui.web.follows.threshold import smallest_movement
from maisui.web.needs.models import CustomerNeed
from maisui.web.staff.models import StaffUser

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

WRITTEN_WITHIN = timedelta(days=30)
MOST_EVENTS = 30
_Raw = tuple[date, str, str, str, Decimal | None, str, str]
"""Day, customer, kind, code, amount, case and words of an event."""


@dataclass(frozen=True, slots=True)
class ShownParty:
    """One followed customer, or one of a followed group, masked."""

    reference: str
    customer_name: str
    customer_number: str


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One event; `kind` is that of FollowEvent, or contact or need, whose `code` is its kind and `words` what was written.

    Of a promise to pay that was not kept, or partly, `code` is its state and `amount` what was promised.
    """

    party: ShownParty
    kind: str
    day: date
    code: str
    amount: Decimal | None
    case_code: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class ShownFollow:
    """One thing followed: a customer still in sight, or a group; `is_too_large` tells that a group's events are not gathered."""

    follow: Follow
    party: ShownParty | None
    group_name: str
    is_too_large: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """What one follows, and what happened, the newest first; `count` is how many events there are in all."""

    follows: tuple[ShownFollow, ...]
    events: tuple[ShownEvent, ...]
    count: int


def followed(user: StaffUser) -> QuerySet[Follow]:
    """Return what somebody follows now."""
    return Follow.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, user=user, ended_at=None)


def inbox(gateway: Gateway, user: StaffUser) -> Inbox:
    """Return what the viewer follows with its events; whom he may no longer see is silent. The look is recorded first.

    Raises:
        NotAllowedError: when he may not see customers.
        AuditUnavailableError: when the look cannot be recorded.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    follows = list(followed(user).select_related("group"))
    numbers = {one.customer_number for one in follows if one.customer_number}
    groups = _numbers_of_groups(gateway, user, follows)
    for members in groups.values():
        numbers |= set(members or ())
    if not follows:
        return Inbox((), (), 0)
    with gateway.reader() as reader:
        known = {
            number: party
            for number, party in parties(reader, numbers).items()
            if covers(gateway, Permission.CUSTOMER_VIEW, party.home_organisation_code)
        }
        found = follow_events(reader, known, smallest_movement(reader.manifest.reporting_date))
        failed = _failed(reader, known)
    raw: list[_Raw] = [
        (one.day, one.customer_number, one.kind, one.code, one.amount, one.case_code, "") for one in found if _may_see(gateway, one)
    ]
    raw += failed
    raw += _written(frozenset(known), timezone.now() - WRITTEN_WITHIN)
    raw.sort(key=lambda one: (-one[0].toordinal(), one[1:4]))
    on_page = {one[1] for one in raw[:MOST_EVENTS]} | {one.customer_number for one in follows if one.customer_number in known}
    if on_page:
        record(action="follow_list", by=gateway.actor, object_type="customers", object_id="*", details={"customers": sorted(on_page)})
    shown = {number: _masked(gateway, known[number]) for number in on_page}
    return Inbox(
        tuple(
            ShownFollow(one, shown.get(one.customer_number), one.group.name if one.group else "", groups.get(one.pk, ()) is None)
            for one in follows
            if one.customer_number in shown or one.pk in groups
        ),
        tuple(
            ShownEvent(shown[number], kind, day, code, amount, case, words)
            for day, number, kind, code, amount, case, words in raw[:MOST_EVENTS]
        ),
        len(raw),
    )


def _numbers_of_groups(gateway: Gateway, user: StaffUser, follows: list[Follow]) -> dict[int, tuple[str, ...] | None]:
    """Return the customers of each followed group the viewer may still open; None where they are too many."""
    desk = gateway.groups(user)
    visible = {group.pk for group in desk.visible()}
    found: dict[int, tuple[str, ...] | None] = {}
    for one in follows:
        if one.group is not None and one.group.pk in visible:
            try:
                found[one.pk] = desk.numbers(desk.selection(one.group))
            except MaisuiError:
                found[one.pk] = None
    return found


def _may_see(gateway: Gateway, event: FollowEvent) -> bool:
    """Return whether an event is for the viewer: cases need key focus, and those of employees are not told here."""
    if event.kind != "case":
        return True
    rule = RULE_BY_CODE.get(event.code)
    if rule is None or rule.subject is SubjectKind.STAFF or not gateway.may(Permission.FOCUS_VIEW):
        return False
    places = gateway.cases.sight.customers_of
    return places is None or event.organisation_code in places


def _failed(reader: Any, numbers: Iterable[str]) -> list[_Raw]:
    """Return the promises to pay of these customers that fell due lately before the reporting date and were not kept, or only in part."""
    since = reader.manifest.reporting_date - WRITTEN_WITHIN
    judged = (one for found in promises_of(reader, sorted(numbers)).values() for one in found)
    return [
        (one.promise.promised_on, one.promise.customer_number, "promise", one.state.value, one.promise.amount, "", "")
        for one in judged
        if one.state in FAILED and one.promise.promised_on >= since
    ]


def _written(numbers: frozenset[str], since: datetime) -> list[_Raw]:
    """Return contacts and needs of these customers written down since a moment."""
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number__in": numbers}
    contacts = CustomerContact.objects.filter(**own, written_at__gte=since)
    needs = CustomerNeed.objects.filter(**own, recorded_at__gte=since)
    found: list[_Raw] = [(one.happened_on, one.customer_number, "contact", one.kind, None, "", one.words) for one in contacts]
    found += [
        (timezone.localdate(one.recorded_at), one.customer_number, "need", one.kind, one.at_stake_amount, "", one.words) for one in needs
    ]
    return found


def _masked(gateway: Gateway, party: NamedParty) -> ShownParty:
    masks = Masks(gateway.viewer.permissions, kind=party.customer_kind, is_revealed=False)
    return ShownParty(
        reference_of(party.customer_number), masks("customer_name", party.customer_name), masks("customer_number", party.customer_number)
    )
