"""The sheet with which a village is visited: its members by household, masked, narrowed to one officer's households."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Max

from maisui.answers import ConsentStanding
from maisui.answers.circle_members import CircleKind
from maisui.answers.circles import CircleMember
from maisui.answers.village_roster import village_managers
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.contacts.models import ContactKind, CustomerContact
from maisui.web.customers.consents import consents_of
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One member on the sheet, masked; `reference` names him when the sheet comes back, `last_visit` is the last one written down.

    `consent` tells the visitor whether he may offer something.
    """

    reference: str
    household: str
    customer_number: str
    customer_name: str
    member: CircleMember
    last_visit: date | None
    consent: ConsentStanding


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """The sheet of a village: the officers with how many households each has in sight, and the lines of one or of all."""

    name: str
    day: date
    managers: tuple[tuple[str, int], ...]
    lines: tuple[VisitLine, ...]


def visit_sheet(gateway: Gateway, reference: str, manager: str | None, permission: Permission = Permission.CUSTOMER_VIEW) -> VisitSheet:
    """Return the sheet of the village that `reference` names, within the viewer's scope; for a file the look is recorded first.

    Raises:
        NotAllowedError: when the viewer does not hold `permission`.
        NotVisibleError: when nobody of the village is in his scope, or there is none.
        AuditUnavailableError: when the look cannot be recorded.
    """
    circle, code, members = gateway.circles.whole_village(reference, permission)
    with gateway.reader() as reader:
        charge = village_managers(reader, code)
    chosen = [one for one in members if manager is None or charge.get(one.household_code or "") == manager]
    houses = {(one.household_code, charge.get(one.household_code or "")) for one in members}
    counts = Counter(person for _, person in houses if person)
    numbers = [one.customer_number for one in chosen]
    if permission is not Permission.CUSTOMER_VIEW:
        details = {"rows": len(numbers), "manager": manager or "", "customers": numbers}
        record(action="circle_export", by=gateway.actor, object_type=CircleKind.VILLAGE, object_id=reference, details=details)
    visits = dict(
        CustomerContact.objects.filter(
            legal_entity_code=settings.HOME.legal_entity_code, kind=ContactKind.VISIT, customer_number__in=numbers
        )
        .order_by("customer_number")
        .values_list("customer_number")
        .annotate(Max("happened_on"))
    )
    standing = consents_of(gateway, numbers)
    lines = tuple(_line(gateway, one, visits, standing[one.customer_number]) for one in chosen)
    return VisitSheet(circle.row.name or code, circle.day, tuple(sorted(counts.items())), lines)


def _line(gateway: Gateway, member: CircleMember, visits: dict[str, date], consent: ConsentStanding) -> VisitLine:
    masks = Masks(gateway.viewer.permissions, kind=member.customer_kind, is_revealed=False)
    return VisitLine(
        reference_of(member.customer_number),
        masks("household_code", member.household_code),
        masks("customer_number", member.customer_number),
        masks("customer_name", member.customer_name),
        member,
        visits.get(member.customer_number),
        consent,
    )
