"""Whose work stands on one's day: one's own, and that of whom one stands in for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from maisui.web.alerts.desk import stands_in_for
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import customers_of, numbers_of_account, own_numbers
from maisui.web.staff.models import StaffUser


@dataclass(frozen=True, slots=True)
class Whose:
    """The people whose work it is, by key of user, and the customers whom they look after on the reporting date."""

    people: frozenset[int]
    managed: frozenset[str]

    @classmethod
    def of(cls, gateway: Gateway, user: StaffUser) -> Self:
        """Return the viewer's own and that of whom he stands in for today; what of it he may see is the caller's to ask."""
        people = frozenset({user.pk, *stands_in_for(user)})
        managed = customers_of(gateway, own_numbers(gateway))
        for other in StaffUser.objects.filter(pk__in=people - {user.pk}).exclude(employee_number=""):
            managed |= customers_of(gateway, numbers_of_account(gateway, other))
        return cls(people, managed)

    def are(self, customer_number: str, written_by: int) -> bool:
        """Return whether something of a customer, written down by somebody, is theirs."""
        return written_by in self.people or customer_number in self.managed
