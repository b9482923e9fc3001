"""What a manager's customers hold and use, where his deposits come from and whom he met, as his page and its files show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from maisui.answers.manager_activity import DepositOrigin, Sold, Use, deposit_origin
from maisui.web.contacts.models import ContactKind, ContactOutcome, CustomerContact
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.performance.by_person import channels_of, products_of, rules_of, sales_of
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.text import Text


@dataclass(frozen=True, slots=True)
class NamedUse:
    """One product group or channel under its name."""

    name: Text
    use: Use


@dataclass(frozen=True, slots=True)
class Met:
    """Contacts that the person wrote down in the period: how many of whom, how many were visits, and where nobody was reached."""

    contact_count: int
    customer_count: int
    visit_count: int
    visited_count: int
    missed_count: int


@dataclass(frozen=True, slots=True)
class ManagerActivity:
    """All of it, on the day and for the period."""

    origin: DepositOrigin
    products: tuple[NamedUse, ...]
    channels: tuple[NamedUse, ...]
    sold: Sold
    met: Met


def manager_activity_of(desk: PerformanceDesk, first: date, day: date, organisation: str | None) -> ManagerActivity:
    """Return what the person's customers hold and use and whom he met.

    Raises:
        MaisuiError: as the gateway does.
    """
    return ManagerActivity(
        deposit_origin(desk.of(rules_of(day, organisation))),
        _named(desk.of(products_of(first, day, organisation))),
        _named(desk.of(channels_of(first, day, organisation))),
        desk.of(sales_of(day, organisation)),
        met_by(desk.person.employees, first, day),
    )


def met_by(employees: Iterable[str], first: date, day: date) -> Met:
    """Return the contacts from `first` to `day` that users with one of the employee numbers wrote down."""
    found = CustomerContact.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code,
        written_by__employee_number__in=list(employees),
        happened_on__gte=first,
        happened_on__lte=day,
    ).values_list("customer_number", "kind", "outcome")
    contacts = [(customer, kind == ContactKind.VISIT, outcome == ContactOutcome.NOT_REACHED) for customer, kind, outcome in found]
    visited = [customer for customer, is_visit, _ in contacts if is_visit]
    return Met(
        len(contacts),
        len({customer for customer, _, _ in contacts}),
        len(visited),
        len(set(visited)),
        sum(is_missed for _, _, is_missed in contacts),
    )


def _named(uses: Iterable[Use]) -> tuple[NamedUse, ...]:
    return tuple(NamedUse(value_word(use.code), use) for use in uses)
