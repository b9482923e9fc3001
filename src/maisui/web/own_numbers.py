"""Which employee numbers are whose: all of the person whose number an account carries; the viewer's own unless it is another's by now."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from maisui.answers import person_numbers
from maisui.answers.managed_customers import managed_now
from maisui.answers.performance import PassedOn, numbers_passed_on

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway
    from maisui.web.staff.models import StaffUser


def own_numbers(gateway: Gateway) -> frozenset[str]:
    """Return every number under which something may be the viewer's; none where his account was another's before its number passed on."""
    return frozenset() if taken_since(gateway) is not None else _with_others(gateway, gateway.viewer.employee_number)


def numbers_of_account(gateway: Gateway, user: StaffUser) -> frozenset[str]:
    """Return the same of another account, such as that of whom the viewer stands in for."""
    found = _passed_on(gateway, user.employee_number)
    if found is not None and found.is_taken_from(user.name.strip(), timezone.localtime(user.created_at).date()):
        return frozenset()
    return _with_others(gateway, user.employee_number)


def person_of(gateway: Gateway, number: str) -> tuple[str, ...]:
    """Return every employee number of the person who has `number`; none where nobody has it."""
    found = gateway.shared(("person_numbers", number), lambda reader: person_numbers(reader, number))
    return found.employees if found else ()


def numbers_of_user(gateway: Gateway, user: StaffUser) -> frozenset[str]:
    """Return every employee number that an account may not decide of: of none what it may not of one, nor of one passed on since."""
    return _with_others(gateway, user.employee_number)


def is_same_person(gateway: Gateway, by: StaffUser, user: StaffUser) -> bool:
    """Return whether two accounts are of one person, under whichever of his numbers: what one proposed the other does not decide."""
    return by.pk == user.pk or bool(by.employee_number and by.employee_number in numbers_of_user(gateway, user))


def customers_of(gateway: Gateway, numbers: Collection[str]) -> frozenset[str]:
    """Return every number of the customers whom somebody looks after under one of his `numbers`; what of them one may see is not asked."""
    if not numbers:
        return frozenset()
    return gateway.shared(("managed_now", *sorted(numbers)), lambda reader: managed_now(reader, numbers))


def taken_since(gateway: Gateway) -> date | None:
    """Return since when the viewer's number has been somebody else's; None while it is his."""
    viewer = gateway.viewer
    found = _passed_on(gateway, viewer.employee_number)
    return found.since if found is not None and found.is_taken_from(viewer.name.strip(), viewer.numbered_on) else None


def his_since(gateway: Gateway, employees: Iterable[str]) -> date | None:
    """Return since when all of the viewer's numbers have been his; None where none of them ever was somebody else's."""
    viewer, days = gateway.viewer, list[date | None]()
    for number in employees:
        if (found := _passed_on(gateway, number)) is not None:
            is_registered = number == viewer.employee_number
            days.append(found.since_of(viewer.name.strip(), viewer.numbered_on) if is_registered else found.since)
    return max((day for day in days if day is not None), default=None)


def _with_others(gateway: Gateway, number: str) -> frozenset[str]:
    """Return a number with all others of the person; nothing for none."""
    return frozenset((number, *(person_of(gateway, number) if gateway.freshness() is not None else ()))) if number else frozenset()


def _passed_on(gateway: Gateway, number: str) -> PassedOn | None:
    if not number or gateway.freshness() is None:
        return None
    return gateway.shared(("numbers_passed_on",), numbers_passed_on).get(number)
