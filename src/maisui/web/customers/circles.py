"""Where households, company groups, villages and suggested circles are handed out: scope, then the record, then the mask."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings

from maisui.answers.circle_members import SUGGESTED, CircleKind
from maisui.answers.circles import (
    MOST_CIRCLE_ROWS,
    Circle,
    CircleMember,
    CircleOrder,
    CirclePage,
    CircleQuery,
    CircleRow,
    MemberChoice,
    circle_numbers,
    circles_of_customer,
    list_circles,
    one_circle,
)
from maisui.answers.found_circles import Suggestions, suggestions, visit_days
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import reference_of, seal, unseal
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.contacts.models import ContactKind, CustomerContact
from maisui.web.customers.desk import require_visible, tops_covered
from maisui.web.customers.shown import Masks

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

_CODES_MASKED = (CircleKind.HOUSEHOLD,)


@dataclass(frozen=True, slots=True)
class ShownCircle:
    """One circle of a list: its address, what it is called, its head or core masked, and the rest as found."""

    reference: str
    code: str
    first_reference: str | None
    first_name: str
    row: CircleRow


@dataclass(frozen=True, slots=True)
class ShownCircles:
    """One page of circles, masked; `found` keeps sums, its rows are taken away."""

    found: CirclePage
    pages: int
    rows: tuple[ShownCircle, ...]


@dataclass(frozen=True, slots=True)
class ShownCircleMember:
    """One member, masked; `member` keeps his figures, his number and name are taken away."""

    reference: str
    customer_number: str
    customer_name: str
    household_reference: str | None
    member: CircleMember


@dataclass(frozen=True, slots=True)
class ShownOneCircle:
    """One circle with a page of members, masked; `villages` and addresses beside it lead on."""

    circle: Circle
    head: ShownCircle
    members: tuple[ShownCircleMember, ...]
    pages: int
    villages: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CircleLink:
    """A circle a customer is in: kind, address, and its name or masked code."""

    kind: CircleKind
    reference: str
    name: str


class CircleDesk:
    """What one viewer may see of circles."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the gateway's viewer."""
        self._gateway = gateway

    def suggestions(self) -> Suggestions | None:
        """Return what the batch suggests for the current version; None where it was not run."""
        with self._gateway.reader() as reader:
            return suggestions(reader, self._gateway.bank.home.path)

    def visit_days(self) -> int:
        """Return for how many days a visit counts at the reporting date."""
        with self._gateway.reader() as reader:
            return visit_days(reader, reader.manifest.reporting_date)

    def listed(
        self,
        kind: CircleKind,
        *,
        organisation: str | None,
        order: CircleOrder = CircleOrder.ASSETS,
        page: int = 1,
        size: int = 50,
        is_export: bool = False,
    ) -> ShownCircles:
        """Return one page of circles within the viewer's scope; who is named is recorded first.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when an organisation is not in his scope or does not exist.
            AuditUnavailableError: when the look cannot be recorded.
        """
        query = self._query(kind, organisation, _needed(is_export=is_export))
        asked = replace(query, order=order, page=page, size=size)
        found = self._gateway.cached(("circles", asked), lambda reader: list_circles(reader, asked))
        named = [row.first_number for row in found.rows if row.first_number]
        self._record(
            "circle_export" if is_export else "circle_list",
            kind,
            "*",
            query,
            {"found": found.total_count, "page": found.page, "customers": named},
        )
        rows = tuple(self._shown_circle(kind, row) for row in found.rows)
        return ShownCircles(replace(found, rows=()), max(1, -(-found.total_count // size)), rows)

    def one(
        self,
        kind: CircleKind,
        reference: str,
        *,
        organisation: str | None = None,
        choice: MemberChoice = MemberChoice.ALL,
        page: int = 1,
        size: int = 50,
        is_export: bool = False,
    ) -> ShownOneCircle:
        """Return one circle with a page of its members within the viewer's scope; who is on it is recorded first.

        Raises:
            NotAllowedError: when he may not see customers, or not take them out for an export.
            NotVisibleError: when nobody of the circle is in his scope, or there is no such circle.
            AuditUnavailableError: when the look cannot be recorded.
        """
        query, code = self._query(kind, organisation, _needed(is_export=is_export)), self._code(kind, reference)
        asked = replace(query, page=page, size=size)
        found = self._kept(asked, code, choice)
        if found is None:
            raise self._nothing(kind, reference)
        action = "circle_export" if is_export else "circle_view"
        numbers = [member.customer_number for member in found.members]
        self._record(action, kind, reference, query, {"choice": str(choice), "page": found.page, "customers": numbers})
        return ShownOneCircle(
            circle=replace(found, members=()),
            head=self._shown_circle(kind, found.row),
            members=tuple(self._shown_member(member) for member in found.members),
            pages=max(1, -(-found.chosen_count // size)),
            villages=tuple((circle_reference(CircleKind.VILLAGE, code), code, name) for code, name in found.villages),
        )

    def _kept(self, asked: CircleQuery, code: str, choice: MemberChoice = MemberChoice.ALL) -> Circle | None:
        return self._gateway.cached(("circle", asked, code, choice), lambda reader: one_circle(reader, asked, code, choice))

    def numbers(self, kind: CircleKind, reference: str, permission: Permission = Permission.CUSTOMER_VIEW) -> tuple[str, ...]:
        """Return the numbers of all members for whom the viewer holds `permission`, for work behind the pages only.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when nobody of the circle is in his scope, or there is no such circle.
        """
        query, code = self._query(kind, None, permission), self._code(kind, reference)
        with self._gateway.reader() as reader:
            found = circle_numbers(reader, query, code)
        if not found:
            raise self._nothing(kind, reference)
        return found

    def whole_village(self, reference: str, permission: Permission) -> tuple[Circle, str, tuple[CircleMember, ...]]:
        """Return a village, its code and all its members for whom the viewer holds `permission`, unmasked, for work behind the pages.

        Raises:
            NotAllowedError: when the viewer does not hold the permission.
            NotVisibleError: when nobody of the village is in his scope, or there is none.
        """
        kind = CircleKind.VILLAGE
        query, code = self._query(kind, None, permission), self._code(kind, reference)
        found = self._kept(replace(query, size=MOST_CIRCLE_ROWS), code)
        if found is None:
            raise self._nothing(kind, reference)
        members = list(found.members)
        for page in range(2, -(-found.chosen_count // MOST_CIRCLE_ROWS) + 1):
            more = self._kept(replace(query, page=page, size=MOST_CIRCLE_ROWS), code)
            members += more.members if more else ()
        return found, code, tuple(members)

    def of_customer(self, customer_number: str) -> tuple[CircleLink, ...]:
        """Return the circles of a customer in the viewer's scope whose look the caller records.

        Raises:
            NotVisibleError: when the customer is at home elsewhere, or there is none.
        """
        require_visible(self._gateway, customer_number)
        with self._gateway.reader() as reader:
            found = circles_of_customer(reader, customer_number)
        return tuple(CircleLink(kind, circle_reference(kind, code), name or self._shown_code(kind, code)) for kind, code, name in found)

    def _query(self, kind: CircleKind, organisation: str | None, permission: Permission = Permission.CUSTOMER_VIEW) -> CircleQuery:
        self._gateway.require(permission)
        tops = tops_covered(self._gateway, (organisation,) if organisation else None, permission)
        found = None
        if kind in SUGGESTED:
            suggested = self.suggestions()
            found = suggested.members[kind] if suggested else None
        return CircleQuery(kind, tops, visited=self._visited(kind), found=found)

    def _visited(self, kind: CircleKind) -> tuple[str, ...]:
        """Return whom somebody visited recently enough; asked for villages and households, where it is told."""
        if kind not in (CircleKind.VILLAGE, CircleKind.HOUSEHOLD):
            return ()
        with self._gateway.reader() as reader:
            day: date = reader.manifest.reporting_date
            since = day - timedelta(days=visit_days(reader, day))
        visits = CustomerContact.objects.filter(
            legal_entity_code=settings.HOME.legal_entity_code, kind=ContactKind.VISIT, happened_on__gt=since
        )
        return tuple(visits.order_by("customer_number").values_list("customer_number", flat=True).distinct())

    def _shown_circle(self, kind: CircleKind, row: CircleRow) -> ShownCircle:
        masks = Masks(self._gateway.viewer.permissions, kind=row.first_kind or "personal", is_revealed=False)
        return ShownCircle(
            circle_reference(kind, row.code),
            self._shown_code(kind, row.code),
            reference_of(row.first_number) if row.first_number else None,
            masks("customer_name", row.first_name) or masks("customer_number", row.first_number),
            replace(row, code="", first_number=None, first_name=None),
        )

    def _shown_member(self, member: CircleMember) -> ShownCircleMember:
        masks = Masks(self._gateway.viewer.permissions, kind=member.customer_kind, is_revealed=False)
        household = member.household_code
        return ShownCircleMember(
            reference_of(member.customer_number),
            masks("customer_number", member.customer_number),
            masks("customer_name", member.customer_name),
            circle_reference(CircleKind.HOUSEHOLD, household) if household else None,
            replace(member, customer_number="", customer_name=None, household_code=None),
        )

    def _shown_code(self, kind: CircleKind, code: str) -> str:
        masks = Masks(self._gateway.viewer.permissions, kind="personal", is_revealed=False)
        return masks("household_code", code) if kind in _CODES_MASKED else code

    def _code(self, kind: CircleKind, reference: str) -> str:
        code = unseal(reference, purpose=_purpose(kind), holder=settings.HOME.legal_entity_code)
        if code is None:
            raise self._nothing(kind, reference)
        return code

    def _nothing(self, kind: CircleKind, reference: str) -> NotVisibleError:
        record(action="circle_view", by=self._gateway.actor, object_type=kind, object_id=reference[:200], result=Result.REFUSED)
        return NotVisibleError("there is no such household, group or village", where=kind, next_step="choose one from the list")

    def _record(self, action: str, kind: CircleKind, object_id: str, query: CircleQuery, details: dict[str, Any]) -> None:
        places = "*" if query.organisations is None else ",".join(query.organisations)
        record(action=action, by=self._gateway.actor, object_type=kind, object_id=object_id, details={"organisations": places, **details})


def circle_reference(kind: CircleKind, code: str) -> str:
    """Return how addresses name a circle of this bank."""
    return seal(code, purpose=_purpose(kind), holder=settings.HOME.legal_entity_code)


def _purpose(kind: CircleKind) -> str:
    return f"circle.{kind}"


def _needed(*, is_export: bool) -> Permission:
    return Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
