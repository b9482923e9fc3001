"""Where groups are asked and handed out: within the viewer's organisations, single customers masked and recorded, few ones withheld.

Whoever may see customers asks within his organisations of that permission. Whoever sees figures only sees groups that are shared
with him, within his organisations of figures, and no line of fewer customers than the parameter
`fewest_customers_shown` says on the reporting date; nor one of all but so few, whom everybody's line would tell by subtraction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from maisui.answers import (
    EVERYBODY,
    FIELDS,
    NAMING_GROUPS,
    VIEWS,
    Branch,
    Finding,
    GroupSide,
    GroupSize,
    GroupView,
    MemberPage,
    Selection,
    ViewLine,
    ViewTable,
    beside,
    conditions_of,
    group_members,
    group_numbers,
    group_side,
    group_size,
    home_of_customer,
    large_group_side,
    membership,
    rule_of,
)
from maisui.answers.group_curves import Curve, CurveTable
from maisui.answers.group_history import Change, ChangedMembers, GroupMonth, group_changes, group_history
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import tops_covered
from maisui.web.customers.shown import Masks
from maisui.web.groups.models import CustomerGroup
from maisui.web.groups.threshold import are_few, fewest_shown
from maisui.web.staff.models import StaffUser

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

DEEPEST_NAMES = 4
"""A group may name groups that name groups, so many times."""


@dataclass(frozen=True, slots=True)
class ShownMember:
    """One customer of a group, masked."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str
    tier_code: str
    asset_average_balance: Decimal
    loan_balance: Decimal
    year_contribution_amount: Decimal


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One who joined or left a group, masked."""

    reference: str
    customer_number: str
    customer_name: str
    customer_kind: str
    home_organisation_name: str
    asset_average_balance: Decimal


@dataclass(frozen=True, slots=True)
class ShownWhy:
    """Why a customer is in a group or not; `members` masked as in lists."""

    customer_number: str
    customer_name: str
    is_member: bool
    findings: tuple[Finding, ...]


class GroupDesk:
    """What one viewer may ask of groups."""

    def __init__(self, gateway: Gateway, user: StaffUser) -> None:
        """Answer for `user`, the gateway's viewer."""
        self._gateway = gateway
        self._user = user

    @property
    def sees_customers(self) -> bool:
        """Return whether the viewer may see single customers."""
        return self._gateway.may(Permission.CUSTOMER_VIEW)

    def visible(self) -> list[CustomerGroup]:
        """Return the viewer's own groups and those shared with him, by name."""
        found = CustomerGroup.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).filter(
            Q(owner=self._user) | Q(is_shared=True)
        )
        seen = {node.code for node in self._gateway.organisations(self._permission)}
        return [group for group in found.select_related("owner") if group.owner == self._user or self._is_for_him(group, seen)]

    def one(self, number: int) -> CustomerGroup:
        """Return one group.

        Raises:
            NotVisibleError: when there is none, or it is not shared with the viewer.
        """
        found = next((group for group in self.visible() if group.pk == number), None)
        if found is None:
            raise NotVisibleError("there is no such group", where="groups", next_step="choose one from the list of groups")
        return found

    def selection(self, group: CustomerGroup) -> Selection:
        """Return whom a group means."""
        if group.members is not None:
            return Selection(frozen=tuple(group.members))
        return self.selection_of(rule_of(group.rule), frozenset({group.pk}))

    def selection_of(self, rule: Branch, above: frozenset[int] = frozenset()) -> Selection:
        """Return whom a rule means, the groups it names looked up among those the viewer may see.

        Raises:
            QuestionError: when it names a group that is not there for him, or itself.
        """
        return Selection(rule, groups=self._named(rule, above), organisations=self.organisations())

    def size(self, selection: Selection, against: Selection | None = None) -> GroupSize:
        """Return how large a group is within the viewer's organisations; without the permission to see customers, few are withheld.

        Raises:
            QuestionError: when the group, or everybody else, is too small for this viewer.
        """
        found = self._size(selection, against)
        if self.sees_customers:
            return found
        self._enough(found.customer_count)
        self._enough(self._size(EVERYBODY, None).customer_count - found.customer_count)
        apart = _apart(found)
        if any(are_few(count or 0, self.fewest) for count in (found.other_count, found.overlap_count, *apart)):
            return replace(found, other_count=None, overlap_count=None)
        return found

    def withheld(self, selection: Selection, against: Selection) -> Withheld:
        """Return what is withheld from whoever may not see customers of the figures of a group beside those of `against`.

        Raises:
            QuestionError: when so few are in one of the two and not in the other that the difference of their figures tells of them.
        """
        apart = () if against == EVERYBODY else _apart(self._size(selection, against))
        for count in apart:
            self._enough(count)
        return Withheld(self.fewest, is_within=0 in apart)

    def view(self, code: str, selection: Selection, against: Selection = EVERYBODY) -> GroupView:
        """Return one view of a group; see `answers.group_views`.

        Raises:
            QuestionError: when the group, or what it is held against, is too small for this viewer.
        """
        places = self.organisations()
        one, base = (_side(self._gateway, code, whom, places) for whom in (selection, against))
        found = beside(one, base)
        if self.sees_customers:
            return found
        everybody = _side(self._gateway, code, EVERYBODY, places)
        for count in (one.count, base.count, everybody.count - one.count, everybody.count - base.count):
            self._enough(count)
        withheld = self.withheld(selection, against)
        whole, months = beside(one, everybody), {month.day: month.count for month in everybody.months}
        return replace(
            found,
            tables=tuple(withheld.table(table, all_of(of_all.lines)) for table, of_all in zip(found.tables, whole.tables, strict=True)),
            curves=tuple(withheld.curves(table, all_of(of_all.cohorts)) for table, of_all in zip(found.curves, whole.curves, strict=True)),
            months=tuple(
                month
                for month in found.months
                if not any(are_few(count, self.fewest) for count in (month.count, months.get(month.day, 0) - month.count))
            ),
        )

    def members(self, group: CustomerGroup, page: int, size: int, *, is_export: bool = False) -> tuple[MemberPage, tuple[ShownMember, ...]]:
        """Return one page of a group's customers, masked; who is on it is recorded first.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            AuditUnavailableError: when the look cannot be recorded.
        """
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        self._gateway.require(permission)
        with self._gateway.reader() as reader:
            found = group_members(reader, self.selection(group), tops_covered(self._gateway, None, permission), page=page, size=size)
        record(
            action="label_export" if is_export else "group_list",
            by=self._gateway.actor,
            object_type="group",
            object_id=str(group.pk),
            details={"found": found.total_count, "page": found.page, "customers": [row.customer_number for row in found.rows]},
        )
        shown: list[ShownMember] = []
        for row in found.rows:
            masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
            shown.append(
                ShownMember(
                    reference_of(row.customer_number),
                    masks("customer_number", row.customer_number),
                    masks("customer_name", row.customer_name),
                    row.customer_kind,
                    row.home_organisation_name,
                    row.tier_code,
                    row.asset_average_balance,
                    row.loan_balance,
                    row.year_contribution_amount,
                )
            )
        return replace(found, rows=()), tuple(shown)

    def history(self, group: CustomerGroup) -> tuple[GroupMonth, ...]:
        """Return a group at each month end with who joined and left, for whoever may see customers.

        Raises:
            NotAllowedError: when the viewer may not see customers.
        """
        self._gateway.require(Permission.CUSTOMER_VIEW)
        selection, places = self.selection(group), tops_covered(self._gateway, None, Permission.CUSTOMER_VIEW)
        return self._gateway.cached(("group_history", places, key_of(selection)), lambda reader: group_history(reader, selection, places))

    def changes(
        self, group: CustomerGroup, day: date, change: Change, page: int, size: int, *, is_export: bool = False
    ) -> tuple[ChangedMembers, tuple[ShownChange, ...]]:
        """Return one page of those who joined or left until a day, masked; who is on it is recorded first.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            NotVisibleError: when the history has no such day, or nothing before it.
            AuditUnavailableError: when the look cannot be recorded.
        """
        permission = Permission.CUSTOMER_EXPORT if is_export else Permission.CUSTOMER_VIEW
        self._gateway.require(permission)
        with self._gateway.reader() as reader:
            places = tops_covered(self._gateway, None, permission)
            found = group_changes(reader, self.selection(group), places, day, change, page=page, size=size)
        if found is None:
            raise NotVisibleError("there is no such month", where="month", next_step="choose one from the table")
        record(
            action="label_export" if is_export else "group_list",
            by=self._gateway.actor,
            object_type="group",
            object_id=str(group.pk),
            details={
                "found": found.total_count,
                "page": found.page,
                "change": change,
                "day": day,
                "customers": [row.customer_number for row in found.rows],
            },
        )
        shown: list[ShownChange] = []
        for row in found.rows:
            masks = Masks(self._gateway.viewer.permissions, kind=row.customer_kind, is_revealed=False)
            shown.append(
                ShownChange(
                    reference_of(row.customer_number),
                    masks("customer_number", row.customer_number),
                    masks("customer_name", row.customer_name),
                    row.customer_kind,
                    row.home_organisation_name,
                    row.asset_average_balance,
                )
            )
        return replace(found, rows=()), tuple(shown)

    def why(self, group: CustomerGroup, customer_number: str) -> ShownWhy:
        """Return why a customer is in a group or not; the look is recorded.

        Raises:
            NotAllowedError: when the viewer may not see customers.
            NotVisibleError: when the customer is at home elsewhere, or there is none.
        """
        self._gateway.require(Permission.CUSTOMER_VIEW)
        with self._gateway.reader() as reader:
            home = home_of_customer(reader, customer_number)
            known = home is not None and self._covers(home)
            found = membership(reader, self.selection(group), customer_number) if known else None
        if found is None:
            raise NotVisibleError("there is no such customer", where="customer", next_step="open the page of one in your organisations")
        record(action="group_why", by=self._gateway.actor, object_type="customer", object_id=customer_number, details={"group": group.pk})
        masks = Masks(self._gateway.viewer.permissions, kind="personal", is_revealed=False)
        return ShownWhy(masks("customer_number", customer_number), "", found.is_member, found.findings)

    def numbers(self, selection: Selection, permission: Permission = Permission.CUSTOMER_VIEW) -> tuple[str, ...]:
        """Return the numbers of a group within the organisations for which the viewer holds `permission`; never shown.

        Raises:
            NotAllowedError: when the viewer does not hold it.
            QuestionError: when they are too many.
        """
        self._gateway.require(permission)
        with self._gateway.reader() as reader:
            return group_numbers(reader, selection, tops_covered(self._gateway, None, permission))

    @property
    def _permission(self) -> Permission:
        return Permission.CUSTOMER_VIEW if self.sees_customers else Permission.FIGURE_VIEW

    def organisations(self) -> tuple[str, ...] | None:
        """Return the tops of the organisations within which the viewer asks of groups; None is the whole bank."""
        self._gateway.require(self._permission)
        viewer = self._gateway.viewer
        return None if viewer.is_whole_entity(self._permission) else viewer.tops_of(self._permission)

    def _covers(self, home: str) -> bool:
        whole = self._gateway.viewer.is_whole_entity(self._permission)
        return whole or home in {node.code for node in self._gateway.organisations(self._permission)}

    def _is_for_him(self, group: CustomerGroup, seen: set[str]) -> bool:
        is_role = not group.shared_role or group.shared_role in self._gateway.viewer.roles
        return is_role and (not group.shared_organisation or group.shared_organisation in seen)

    def _named(self, rule: Branch, above: frozenset[int]) -> Mapping[str, Selection]:
        numbers = {one.value for one in conditions_of(rule) if FIELDS[one.field].kind in NAMING_GROUPS}
        if not numbers:
            return {}
        if len(above) > DEEPEST_NAMES:
            raise QuestionError(
                f"groups name each other more than {DEEPEST_NAMES} times over", where="group", next_step="name fewer groups"
            )
        by_number = {str(group.pk): group for group in self.visible()}
        found: dict[str, Selection] = {}
        for number in sorted(numbers & by_number.keys()):
            group = by_number[number]
            if group.pk in above:
                raise QuestionError(
                    "a group cannot name itself, not even through others", where="group", next_step="take the condition out"
                )
            frozen = group.members
            found[number] = (
                self.selection_of(rule_of(group.rule), above | {group.pk})
                if frozen is None
                else Selection(frozen=tuple(frozen), organisations=self.organisations())
            )
        return found

    @property
    def fewest(self) -> int:
        """Return of how few customers figures are withheld from whoever may not see customers."""
        fresh = self._gateway.freshness()
        return fewest_shown(fresh.reporting_date if fresh else date.min)

    def _size(self, selection: Selection, against: Selection | None) -> GroupSize:
        places = self.organisations()
        key = ("group_size", self._permission, places, key_of(selection), key_of(against))
        return self._gateway.cached(key, lambda reader: group_size(reader, selection, places, against))

    def _enough(self, count: int) -> None:
        """Refuse figures of few customers to who may not see them: of a group, and of those whom two figures tell apart."""
        if are_few(count, self.fewest):
            raise QuestionError(
                f"figures that tell of fewer than {self.fewest} customers are not shown",
                where="group",
                next_step="ask for another group, or for somebody who may see customers",
            )


def warm(gateway: Gateway) -> None:
    """Find what every group of the whole bank is held against: everybody; for a viewer who sees the whole bank."""
    for code in VIEWS:
        _side(gateway, code, EVERYBODY, None)


def _side(gateway: Gateway, code: str, selection: Selection, places: tuple[str, ...] | None) -> GroupSide:
    """Return a side of a view, kept for all who may see these organisations; everybody is asked first, to take the others from."""
    key = ("group_side", code, places, key_of(selection))
    if selection == EVERYBODY:
        return gateway.shared(key, lambda reader: group_side(reader, code, selection, places))
    everybody = _side(gateway, code, EVERYBODY, places)
    return gateway.shared(key, lambda reader: large_group_side(reader, code, selection, places, everybody))


def key_of(selection: Selection | None) -> str:
    """Return what tells a selection from every other one, without anybody's number in it."""
    return hashlib.sha256(repr(selection).encode()).hexdigest()


def _apart(size: GroupSize) -> tuple[int, ...]:
    """Return how many are in one of two groups and not in the other, either way."""
    if size.other_count is None or size.overlap_count is None:
        return ()
    return size.customer_count - size.overlap_count, size.other_count - size.overlap_count


def all_of(lines: Iterable[ViewLine | Curve]) -> dict[str, int]:
    """Return how many of everybody stand in each line of what is held against everybody."""
    return {line.code: line.base_count for line in lines}


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is left out for whoever may not see customers: lines of fewer than `fewest` of them, or of everybody but so few.

    `is_within` says that one of the two groups lies within the other: then the difference of their lines tells of customers too.
    """

    fewest: int
    is_within: bool = False

    def table(self, table: ViewTable, everybody: Mapping[str, int]) -> ViewTable:
        """Return a table without lines of few; where the rest would give them away, the next smallest go as well.

        The lines of a table that adds up to the group tell what is left out by subtraction: so many go that they are at least two, and
        of at least `fewest` customers together, in the group, in what it is held against, and in everybody without either.
        """
        told = {line.code: self._told(line, everybody.get(line.code, 0)) for line in table.lines}
        few = {code for code, counts in told.items() if any(are_few(count, self.fewest) for count in counts)}
        others = sorted((line for line in table.lines if line.code not in few and any(told[line.code])), key=lambda line: line.count)
        for line in others:
            if not few or not table.is_whole or self._is_hidden([told[code] for code in few]):
                break
            few.add(line.code)
        lines = tuple(line for line in table.lines if line.code not in few)
        return replace(
            table,
            lines=tuple(ViewLine(line.code, line.count, line.amount, line.base_count, line.base_amount) for line in lines),
            is_whole=table.is_whole and not few,
        )

    def curves(self, table: CurveTable, everybody: Mapping[str, int]) -> CurveTable:
        """Return curves without cohorts of few; where one could be told from the rest, the next go."""
        lines = tuple(ViewLine(one.code, one.count, one.amount, one.base_count, one.base_amount) for one in table.cohorts)
        left = {line.code for line in self.table(ViewTable(table.code, "", lines), everybody).lines}
        return replace(table, cohorts=tuple(one for one in table.cohorts if one.code in left))

    def _told(self, line: ViewLine, everybody: int) -> tuple[int, ...]:
        """Return of how many customers a line tells: itself, what it is held against, and by subtraction those in neither, or in one."""
        between = abs(line.base_count - line.count) if self.is_within else 0
        return line.count, line.base_count, max(0, everybody - line.count), max(0, everybody - line.base_count), between

    def _is_hidden(self, left_out: Sequence[tuple[int, ...]]) -> bool:
        """Return whether lines left out cannot be told from the sum of the others."""
        counts = [[count for count in of if count] for of in zip(*left_out, strict=True)]
        return all(not of or (len(of) > 1 and sum(of) >= self.fewest) for of in counts)
