"""Contacts with customers as one list: within the viewer's organisations, counted, the look recorded first, then masked.

A contact belongs where its customer is at home on the reporting date. One whose customer is no longer known is seen by whoever sees the
whole bank, without a name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.answers.customer_relations import NamedParty, parties
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import visible_tree
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import CustomerContact
from maisui.web.customers.desk import covers, tops_covered
from maisui.web.customers.shown import Masks, masked_number

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class ContactQuery:
    """Which contacts are asked for: those of the days `first` to `last`; what is None or empty narrows nothing.

    Attributes:
        customer: the number of the one customer.
        customer_kind: personal, corporate or unknown.
        way: how the customer was met, one of ContactKind.
        outcome: what came of it, one of ContactOutcome.
        person: the user name of who wrote it.
        managed: the customers whom somebody looks after.
    """

    first: date
    last: date
    organisation: str | None = None
    customer: str | None = None
    customer_kind: str = ""
    way: str = ""
    outcome: str = ""
    person: str = ""
    managed: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class FoundContacts:
    """What was found: contacts by their number, the newest first, and their customers, each once.

    `counts` and `customer_counts` are by way and outcome, and are narrowed by neither; `people` wrote contacts in sight on these days.
    """

    keys: tuple[int, ...]
    customers: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    customer_counts: Mapping[tuple[str, str], int]
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownContact:
    """One contact with its customer, masked; `reference` is None where the customer is not known any more."""

    contact: CustomerContact
    reference: str | None
    customer_name: str
    customer_number: str
    customer_kind: str
    organisation_name: str


def found(gateway: Gateway, query: ContactQuery, permission: Permission = Permission.CUSTOMER_VIEW) -> FoundContacts:
    """Return the contacts with customers at home where the viewer holds `permission`; nobody is looked at yet.

    Raises:
        NotAllowedError: when he does not hold it.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    gateway.require(permission)
    tops = tops_covered(gateway, (query.organisation,) if query.organisation else None, permission)
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "happened_on__range": (query.first, query.last)}
    if query.customer is not None:
        own["customer_number"] = query.customer
    rows = list(
        CustomerContact.objects.filter(**own).values_list(
            "pk", "customer_number", "kind", "outcome", "written_by__username", "written_by__name"
        )
    )
    with gateway.reader() as reader:
        known = parties(reader, {number for _, number, *_ in rows})
    places = None if tops is None else {node.code for node in visible_tree(gateway.whole_tree(), tops)}

    def is_seen(number: str) -> bool:
        party = known.get(number)
        return places is None if party is None else places is None or party.home_organisation_code in places

    seen = [row for row in rows if is_seen(row[1])]
    wanted = [row for row in seen if _is_asked_for(query, row[1], row[4], known.get(row[1]))]
    customers: dict[tuple[str, str], set[str]] = {}
    counts: dict[tuple[str, str], int] = {}
    for _, number, way, outcome, *_ in wanted:
        customers.setdefault((way, outcome), set()).add(number)
        counts[way, outcome] = counts.get((way, outcome), 0) + 1
    listed = [row for row in wanted if query.way in ("", row[2]) and query.outcome in ("", row[3])]
    return FoundContacts(
        tuple(row[0] for row in listed),
        tuple(dict.fromkeys(row[1] for row in listed)),
        counts,
        {key: len(numbers) for key, numbers in customers.items()},
        tuple(sorted({(username, name) for *_, username, name in seen}, key=lambda one: (one[1], one[0]))),
    )


def _is_asked_for(query: ContactQuery, number: str, person: str, party: NamedParty | None) -> bool:
    is_kind = not query.customer_kind or (party.customer_kind if party else "unknown") == query.customer_kind
    return is_kind and query.person in ("", person) and (query.managed is None or number in query.managed)


def shown(
    gateway: Gateway, keys: Sequence[int], *, action: str = "contact_list", details: dict[str, object] | None = None
) -> tuple[ShownContact, ...]:
    """Return contacts in the order of `keys` with their customers, masked; whose customers they are is recorded first.

    Raises:
        AuditUnavailableError: when the look cannot be recorded.
    """
    by_key = {one.pk: one for one in CustomerContact.objects.filter(pk__in=keys).select_related("written_by")}
    listed = [by_key[key] for key in keys if key in by_key]
    numbers = sorted({one.customer_number for one in listed})
    if numbers:
        record(action=action, by=gateway.actor, object_type="contacts", object_id="*", details={**(details or {}), "customers": numbers})
    with gateway.reader() as reader:
        known = parties(reader, numbers)
    permissions = gateway.viewer.permissions
    shown_contacts: list[ShownContact] = []
    for one in listed:
        party = known.get(one.customer_number)
        is_seen = party is not None and covers(gateway, Permission.CUSTOMER_VIEW, party.home_organisation_code)
        masks = Masks(permissions, kind=party.customer_kind if party else "unknown", is_revealed=False)
        shown_contacts.append(
            ShownContact(
                one,
                reference_of(one.customer_number) if is_seen else None,
                masks("customer_name", party.customer_name) if party and is_seen else "",
                masked_number(one.customer_number, permissions),
                party.customer_kind if party else "unknown",
                party.home_organisation_name if party else "",
            )
        )
    return tuple(shown_contacts)
