"""Where customers are handed out: scope, then the record of who looks at whom, then the masked customer.

Nothing here is cached. A record that cannot be written refuses the look.

Whom nobody sees unmasked: himself (a customer who bears the viewer's own name, since deliveries do not say which
customer an employee is), and employees of the bank, unless the viewer may unmask customers of the whole bank.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from maisui.answers import CustomerProfile, CustomerQuery, customer_profile, home_of_customer, list_customers
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions import customers as actions
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.customers.models import CustomerReveal, open_reveal
from maisui.web.customers.shown import (
    NamedCustomer,
    Relatives,
    Reveal,
    ShownCustomer,
    ShownList,
    named_customer,
    shown_customer,
    shown_row,
)
from maisui.web.text import Text

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

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
    scoped = replace(query, organisations=tops_covered(gateway, query.organisations))
    with gateway.bank.reader() as reader:
        found = list_customers(reader, scoped)
    record(
        action="customer_list",
        by=gateway.actor,
        object_type="customers",
        object_id="*" if scoped.organisations is None else ",".join(scoped.organisations),
        details={
            "search": scoped.search or "",
            "kind": scoped.kind or "",
            "tier": scoped.tier or "",
            "with_open_account": scoped.with_open_account,
            "found": found.total_count,
            "page": found.page,
            "customers": [row.customer_number for row in found.rows],
        },
    )
    rows = tuple(shown_row(row, gateway.viewer.permissions) for row in found.rows)
    return ShownList(replace(found, rows=()), max(1, -(-found.total_count // query.size)), rows)


def profiled(gateway: Gateway, customer_number: str) -> ShownCustomer:
    """Return one customer within the viewer's scope, with his other numbers and his household; the look is recorded first.

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
    relatives = _relatives(gateway, profile)
    record(
        action="customer_view",
        by=gateway.actor,
        object_type="customer",
        object_id=customer_number,
        details={"revealed": until is not None} | _also_shown(relatives),
    )
    return shown_customer(profile, relatives, gateway.viewer.permissions, Reveal(until, is_allowed, protected, left))


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


def tops_covered(gateway: Gateway, asked: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Return the tops of the subtrees a list covers; None is the whole bank.

    Raises:
        NotVisibleError: when one asked for is not in the viewer's scope or does not exist.
    """
    if asked is None:
        return None if gateway.viewer.is_whole_entity(Permission.CUSTOMER_VIEW) else gateway.viewer.tops_of(Permission.CUSTOMER_VIEW)
    visible = {node.code for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    for code in asked:
        if code not in visible:
            record(action="customer_list", by=gateway.actor, object_type="organisation", object_id=code, result=Result.REFUSED)
            raise NotVisibleError(
                "there is no such organisation", where="organisation", next_step="choose one from the organisation picker"
            )
    return asked


def _in_scope(gateway: Gateway, customer_number: str) -> CustomerProfile | None:
    """Return a customer in scope; for one elsewhere as little is read as for one who does not exist."""
    with gateway.bank.reader() as reader:
        home = home_of_customer(reader, customer_number)
        is_visible = home is not None and _covers(gateway, Permission.CUSTOMER_VIEW, home)
        return customer_profile(reader, customer_number) if is_visible else None


def _relatives(gateway: Gateway, profile: CustomerProfile) -> Relatives:
    """Return whom of a customer's other numbers and his household the viewer may see; the others are counted."""
    numbers = tuple(other for other in profile.other_numbers if _covers(gateway, Permission.CUSTOMER_VIEW, other.home_organisation_code))
    household = tuple(member for member in profile.household if _covers(gateway, Permission.CUSTOMER_VIEW, member.home_organisation_code))
    return Relatives(numbers, len(profile.other_numbers) - len(numbers), household, len(profile.household) - len(household))


def _also_shown(relatives: Relatives) -> dict[str, list[str]]:
    """Return whose numbers stand on a customer's page beside his own, for the record."""
    shown = {
        "other_numbers": [other.customer_number for other in relatives.numbers],
        "household": [member.customer_number for member in relatives.household],
    }
    return {name: numbers for name, numbers in shown.items() if numbers}


def _not_visible(gateway: Gateway, customer_number: str, tried: str) -> NotVisibleError:
    record(action=tried, by=gateway.actor, object_type="customer", object_id=customer_number, result=Result.REFUSED)
    return NotVisibleError("there is no such customer", where="customer", next_step="search the list of customers")


def _covers(gateway: Gateway, permission: Permission, organisation: str) -> bool:
    """Return whether the viewer holds `permission` for a home; the whole entity covers homes outside the tree as well."""
    return gateway.viewer.is_whole_entity(permission) or organisation in {node.code for node in gateway.organisations(permission)}


def _may_reveal(gateway: Gateway, home: str) -> bool:
    return gateway.may(Permission.CUSTOMER_REVEAL) and _covers(gateway, Permission.CUSTOMER_REVEAL, home)


def _protected(gateway: Gateway, profile: CustomerProfile) -> Text | None:
    """Return why a customer stays masked for this viewer; None when he does not."""
    if profile.customer_name is not None and profile.customer_name.strip() in gateway.own_names():
        return OWN_RECORD
    if profile.is_employee and not gateway.viewer.is_whole_entity(Permission.CUSTOMER_REVEAL):
        return EMPLOYEE
    return None
