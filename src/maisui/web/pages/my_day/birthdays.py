"""Whose birthday it is within a week: the viewer's own customers who agreed to marketing, masked, without the day."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from maisui.answers.birthdays import DAYS, birthdays
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import reference_of
from maisui.web.audit.record import record
from maisui.web.customers.desk import covers
from maisui.web.customers.shown import Masks
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import customers_of, own_numbers
from maisui.web.staff.models import StaffUser


def birthdays_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return whose birthday comes; nothing for who looks after nobody. The look is recorded first."""
    if not user.employee_number:
        return {}
    managed = customers_of(gateway, own_numbers(gateway))
    with gateway.reader() as reader:
        found = [
            party
            for party in birthdays(reader, managed, timezone.localdate())
            if covers(gateway, Permission.CUSTOMER_VIEW, party.home_organisation_code)
        ]
    if found:
        numbers = [party.customer_number for party in found]
        record(action="birthday_list", by=gateway.actor, object_type="customers", object_id="*", details={"customers": numbers})
    shown: list[tuple[str, str, str, str]] = []
    for party in found:
        masks = Masks(gateway.viewer.permissions, kind=party.customer_kind, is_revealed=False)
        shown.append(
            (
                reference_of(party.customer_number),
                masks("customer_name", party.customer_name),
                masks("customer_number", party.customer_number),
                party.home_organisation_name,
            )
        )
    return {"has_birthdays": True, "birthdays": shown, "birthday_days": DAYS}
