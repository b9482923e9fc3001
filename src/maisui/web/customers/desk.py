"""Where customers are handed out: scope, then the record of who looks at whom, then the masked customer.

No customer is kept here, only how many there are at each outlet. A record that cannot be written refuses the look.

Whom nobody sees unmasked: himself (a customer who bears the viewer's own name, since deliveries do not say which
customer an employee is), and employees of the bank, unless the viewer may unmask customers of the whole bank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from maisui.answers import CustomerProfile, CustomerQuery, count_customers, customer_profile, data_of, home_of_customer, list_customers
from maisui.answers.customer_profile import homes_of_customers
from maisui.answers.customers import CustomerCell, CustomerCounts, counts_of_cells, customer_cells
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions import customers as actions
from maisui.web.actions.action import ActionRefusedError
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.customers.models import CustomerReveal, open_reveal
from maisui.web.customers.shown import (
    Masks,
    NamedCustomer,
    Reveal,
    ShownCustomer,
    ShownList,
    named_customer,
    shown_customer,
    shown_row,
)
from maisui.web.customers.tabs import NOTHING_ASKED, READERS, Asked, Look, Tab
from maisui.web.text import Text

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

MOST_ROWS = 200
"""Customers of one page at most; a list for work behind the pages or for a file is asked for whole."""
OWN_RECORD = Text("与本人同名的客户不能由本人查看明文", "nobody unmasks a customer of his own name")
EMPLOYEE = Text("本行员工的客户资料只能由全行授权人查看明文", "customers who are employees are unmasked only by who may for the whole bank")


def listed(gateway: Gateway, query: CustomerQuery) -> ShownList:
    """Return one page of the customers within the viewer's scope; who is on it is recorded first.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when an organisation is not in his scope or does not exist.
        AuditUnavailableError: when the look cannot be recorded.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    scoped = replace(query, organisations=tops_covered(gateway, query.organisations), size=min(max(query.size, 1), MOST_ROWS))
    with gateway.reader() as reader:
        found = list_customers(reader, scoped, _counts(gateway, scoped))
    record(
        action="customer_list",
        by=gateway.actor,
        object_type="customers",
        object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
        details={
            "search": scoped.search or "",
            "kind": scoped.kind or "",
            "tier": scoped.tier or "",
            "rule": data_of(scoped.within.rule) if scoped.within and scoped.within.rule else "",
            "with_open_account": scoped.with_open_account,
            "found": found.total_count,
            "page": found.page,
            "customers": [row.customer_number for row in found.rows],
        },
    )
    rows = tuple(shown_row(row, gateway.viewer.permissions) for row in found.rows)
    return ShownList(replace(found, rows=()), max(1, -(-found.total_count // scoped.size)), rows)


def _counts(gateway: Gateway, scoped: CustomerQuery) -> CustomerCounts | None:
    """Return what is said of all customers of a list that is narrowed by organisation, kind and tier alone; None where by more.

    Outlets of the whole bank are counted once for everybody; each reads the sums of those within his scope.
    """
    if scoped.search is not None or scoped.within is not None or scoped.numbers is not None:
        return None
    homes = None
    if scoped.organisations is not None:
        homes = frozenset[str]().union(*(gateway.organisations_below(top) or () for top in scoped.organisations))
    return counts_of_cells(_cells(gateway, with_open_account=scoped.with_open_account), homes, scoped.kind, scoped.tier)


def _cells(gateway: Gateway, *, with_open_account: bool) -> tuple[CustomerCell, ...]:
    whole = CustomerQuery(with_open_account=with_open_account)
    return gateway.shared(("customer_cells", whole), lambda reader: customer_cells(reader, whole))


def warm(gateway: Gateway) -> None:
    """Count the customers of every outlet beforehand, as the list without any choice tells their sums."""
    _cells(gateway, with_open_account=True)


def counted(gateway: Gateway, query: CustomerQuery) -> int:
    """Return how many customers a list would hold that the viewer may take out; nobody of them is looked at.

    Raises:
        NotAllowedError: when he may not take customers out.
        NotVisibleError: when an organisation is not in his scope for that or does not exist.
    """
    gateway.require(Permission.CUSTOMER_EXPORT)
    scoped = replace(query, organisations=tops_covered(gateway, query.organisations, Permission.CUSTOMER_EXPORT))
    with gateway.reader() as reader:
        return (_counts(gateway, scoped) or count_customers(reader, scoped)).total_count


def numbers_for_work(gateway: Gateway, query: CustomerQuery, most: int, permission: Permission) -> tuple[str, ...]:
    """Return the numbers of a whole list of customers for whom the viewer holds `permission`, for work behind the pages; never shown.

    One more than `most` at most: the caller refuses a list that is too long.

    Raises:
        NotAllowedError: when the viewer does not hold the permission.
        NotVisibleError: when an organisation is not in his scope for that or does not exist.
    """
    gateway.require(permission)
    scoped = replace(query, organisations=tops_covered(gateway, query.organisations, permission), page=1, size=most + 1)
    with gateway.reader() as reader:
        return tuple(row.customer_number for row in list_customers(reader, scoped).rows)


def ticked(gateway: Gateway, numbers: Sequence[str], permission: Permission) -> tuple[str, ...]:
    """Return the customers ticked in a list, each once, for work behind the pages; whoever ticks one elsewhere gets none of them.

    Raises:
        NotAllowedError: when the viewer does not hold `permission`.
        NotVisibleError: when one of them is out of his sight, or there is no such customer; recorded as refused.
        ActionRefusedError: when he sees them all and holds `permission` for some only; recorded as refused.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    gateway.require(permission)
    asked = tuple(dict.fromkeys(numbers))
    with gateway.reader() as reader:
        homes = homes_of_customers(reader, asked)
    unseen = _outside(gateway, Permission.CUSTOMER_VIEW, asked, homes)
    outside = unseen or _outside(gateway, permission, asked, homes)
    if outside:
        record(
            action="customer_tick",
            by=gateway.actor,
            object_type="customers",
            object_id=permission.value,
            result=Result.REFUSED,
            details={"ticked": len(asked), "outside": [number for number in outside if number], "out_of_sight": len(unseen)},
        )
    if unseen:
        raise NotVisibleError("there is no such customer", where="customers", next_step="reload the list and tick again")
    if outside:
        raise ActionRefusedError(
            Text(
                f"勾选的客户中有 {len(outside)} 户不在您可办理此项的机构范围内，请去掉后重试",
                f"{len(outside)} of those ticked are outside the organisations in which you may do this: untick them",
            ),
            where="customers",
            next_step="untick them",
        )
    return asked


def _outside(gateway: Gateway, permission: Permission, numbers: Sequence[str], homes: Mapping[str, str]) -> tuple[str, ...]:
    """Return those of `numbers` who are nobody, or at home where the viewer does not hold `permission`."""
    if gateway.viewer.is_whole_entity(permission):
        return tuple(number for number in numbers if number not in homes)
    inside = {node.code for node in gateway.organisations(permission)}
    return tuple(number for number in numbers if homes.get(number) not in inside)


def taken_out(gateway: Gateway, query: CustomerQuery, details: dict[str, object]) -> ShownList:
    """Return a whole list of customers, masked, for a file; what is taken out and why (`details`) is recorded first.

    Raises:
        NotAllowedError: when the viewer may not take customers out.
        NotVisibleError: when an organisation is not in his scope for that or does not exist.
        AuditUnavailableError: when it cannot be recorded.
    """
    gateway.require(Permission.CUSTOMER_EXPORT)
    scoped = replace(query, organisations=tops_covered(gateway, query.organisations, Permission.CUSTOMER_EXPORT), page=1)
    with gateway.bank.reader() as reader:
        found = list_customers(reader, scoped)
    record(
        action="customer_export",
        by=gateway.actor,
        object_type="customers",
        object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
        details={**details, "rows": len(found.rows), "of": found.total_count},
    )
    return ShownList(replace(found, rows=()), 1, tuple(shown_row(row, gateway.viewer.permissions) for row in found.rows))


def profiled(gateway: Gateway, customer_number: str, tab: Tab = Tab.OVERVIEW, asked: Asked = NOTHING_ASKED) -> ShownCustomer:
    """Return one customer within the viewer's scope with what a tab of his page holds; the look is recorded first.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when the customer is at home elsewhere, or there is no such customer.
        AuditUnavailableError: when the look cannot be recorded.
    """
    profile = visible(gateway, customer_number)
    protected = _protected(gateway, profile)
    is_allowed = _may_reveal(gateway, profile.home_organisation_code)
    now = timezone.now()
    found = open_reveal(gateway.viewer.username, settings.HOME.legal_entity_code, customer_number, now)
    until = found.expires_at if found and is_allowed and protected is None else None
    left = actions.reveals_left(gateway.viewer.username, now) if is_allowed else 0
    permissions = gateway.viewer.permissions
    masks = Masks(permissions, kind=profile.customer_kind, is_revealed=until is not None)
    with gateway.bank.reader() as reader:
        look = Look(reader, profile, masks, permissions, lambda home: covers(gateway, Permission.CUSTOMER_VIEW, home), asked)
        content = READERS[tab](look)
    record(
        action="customer_view",
        by=gateway.actor,
        object_type="customer",
        object_id=customer_number,
        details={"revealed": until is not None} | ({} if tab is Tab.OVERVIEW else {"tab": str(tab)}) | look.also_shown,
    )
    return shown_customer(profile, masks, Reveal(until, is_allowed, protected, left), content)


def visible(gateway: Gateway, customer_number: str) -> CustomerProfile:
    """Return one customer within the viewer's scope, unmasked and for work behind the pages only; a refusal is recorded.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when the customer is at home elsewhere, or there is no such customer.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    profile = _in_scope(gateway, customer_number)
    if profile is None:
        raise _not_visible(gateway, customer_number, "customer_view")
    return profile


def require_visible(gateway: Gateway, customer_number: str) -> None:
    """Refuse, and record the refusal, unless a customer is within the viewer's scope; nothing else is read of him.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when the customer is at home elsewhere, or there is no such customer.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    if not _is_in_scope(gateway, customer_number):
        raise _not_visible(gateway, customer_number, "customer_view")


def named(gateway: Gateway, customer_number: str) -> NamedCustomer | None:
    """Return how a customer is named to the viewer, masked; None when he may not see him. The caller records the look."""
    profile = _in_scope(gateway, customer_number) if gateway.may(Permission.CUSTOMER_VIEW) else None
    return None if profile is None else named_customer(profile, gateway.viewer.permissions)


def revealed(gateway: Gateway, customer_number: str, reason: str) -> CustomerReveal:
    """Let the viewer see one customer unmasked for a while.

    Raises:
        NotAllowedError: when he may not unmask customers.
        NotVisibleError: when the customer is out of his scope for that.
        ActionRefusedError: when the customer is protected, the reason too short, or the day's number used up.
    """
    profile = visible(gateway, customer_number)
    gateway.require(Permission.CUSTOMER_REVEAL)
    if not _may_reveal(gateway, profile.home_organisation_code):
        raise _not_visible(gateway, customer_number, "customer_reveal")
    return actions.reveal_customer(by=gateway.actor, customer_number=customer_number, reason=reason, protected=_protected(gateway, profile))


def tops_covered(
    gateway: Gateway, asked: tuple[str, ...] | None, permission: Permission = Permission.CUSTOMER_VIEW
) -> tuple[str, ...] | None:
    """Return the tops of the subtrees a list covers; None is the whole bank.

    Raises:
        NotVisibleError: when one asked for is not in the viewer's scope or does not exist.
    """
    if asked is None:
        return None if gateway.viewer.is_whole_entity(permission) else gateway.viewer.tops_of(permission)
    visible = {node.code for node in gateway.organisations(permission)}
    for code in asked:
        if code not in visible:
            record(action="customer_list", by=gateway.actor, object_type="organisation", object_id=code, result=Result.REFUSED)
            raise NotVisibleError(
                "there is no such organisation", where="organisation", next_step="choose one from the organisation picker"
            )
    return asked


def _in_scope(gateway: Gateway, customer_number: str) -> CustomerProfile | None:
    """Return a customer in scope; for one elsewhere as little is read as for one who does not exist."""
    if not _is_in_scope(gateway, customer_number):
        return None
    with gateway.bank.reader() as reader:
        return customer_profile(reader, customer_number)


def _is_in_scope(gateway: Gateway, customer_number: str) -> bool:
    with gateway.bank.reader() as reader:
        home = home_of_customer(reader, customer_number)
    return home is not None and covers(gateway, Permission.CUSTOMER_VIEW, home)


def _not_visible(gateway: Gateway, customer_number: str, tried: str) -> NotVisibleError:
    record(action=tried, by=gateway.actor, object_type="customer", object_id=customer_number, result=Result.REFUSED)
    return NotVisibleError("there is no such customer", where="customer", next_step="search the list of customers")


def covers(gateway: Gateway, permission: Permission, organisation: str) -> bool:
    """Return whether the viewer holds `permission` for a home; the whole entity covers homes outside the tree as well."""
    return gateway.viewer.is_whole_entity(permission) or organisation in {node.code for node in gateway.organisations(permission)}


def bears_own_name(gateway: Gateway, profile: CustomerProfile) -> bool:
    """Return whether a customer bears the viewer's own name, and may be himself."""
    return profile.customer_name is not None and profile.customer_name.strip() in gateway.own_names()


def _may_reveal(gateway: Gateway, home: str) -> bool:
    return gateway.may(Permission.CUSTOMER_REVEAL) and covers(gateway, Permission.CUSTOMER_REVEAL, home)


def _protected(gateway: Gateway, profile: CustomerProfile) -> Text | None:
    """Return why a customer stays masked for this viewer; None when he does not."""
    if bears_own_name(gateway, profile):
        return OWN_RECORD
    if profile.is_employee and not gateway.viewer.is_whole_entity(Permission.CUSTOMER_REVEAL):
        return EMPLOYEE
    return None
