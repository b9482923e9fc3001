"""Approved manual work in standard transactions: by person for a period, and entry by entry."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings

from maisui.answers.manual_work import ManualRates
from maisui.web.manual_work.models import ManualWork, State

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ConvertedWork:
    """One entry with the rate of its day and what it counts for; None where its kind has no rate on that day."""

    entry: ManualWork
    rate: Decimal | None

    @property
    def converted(self) -> Decimal | None:
        """Return the standard transactions it counts for."""
        return None if self.rate is None else (self.entry.quantity * self.rate).quantize(_CENT, rounding=ROUND_HALF_UP)


def work_of(rates: ManualRates, employees: Collection[str], first: date, last: date) -> tuple[ConvertedWork, ...]:
    """Return everything recorded for some employees from `first` to `last`, whatever its state."""
    found = ManualWork.objects.select_related("recorded_by", "decided_by").filter(
        legal_entity_code=settings.HOME.legal_entity_code, employee_number__in=list(employees), worked_on__range=(first, last)
    )
    return tuple(ConvertedWork(entry, rates.on(entry.kind, entry.worked_on)) for entry in found)


def approved_days(rates: ManualRates, first: date, last: date) -> tuple[tuple[str, date, Decimal], ...]:
    """Return the standard transactions of approved work from `first` to `last`, each entry with employee number and day, in order."""
    approved = ManualWork.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code, state=State.APPROVED, worked_on__range=(first, last)
    ).order_by("employee_number", "worked_on", "pk")
    converted = ((one.employee_number, one.worked_on, ConvertedWork(one, rates.on(one.kind, one.worked_on)).converted) for one in approved)
    return tuple((number, on, counted) for number, on, counted in converted if counted)


def approved_workload(rates: ManualRates, first: date, last: date) -> dict[str, Decimal]:
    """Return the standard transactions of all approved work from `first` to `last`, by employee number."""
    found: dict[str, Decimal] = {}
    for number, _, counted in approved_days(rates, first, last):
        found[number] = found.get(number, Decimal(0)) + counted
    return found
