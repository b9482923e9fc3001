"""What became of what a manager looks after, as his page shows it: loans by responsibility, collection, deposits, tiers, cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from maisui.answers import Unit
from maisui.answers.figure import divide
from maisui.answers.manager_quality import Collection, DepositQuality, LoanVintage, TierCohort, deposit_quality
from maisui.web.alerts.models import HandledCase, State
from maisui.web.components.figures import Scale, column_scale
from maisui.web.pages.performance.by_person import base_day_of, cohorts_of, collected_of, loans_of
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.text import Text

RESPONSIBILITY_WORDS: dict[tuple[str, str], Text] = {
    ("own", "own"): Text("本人发放、本人管理", "granted and held by this person"),
    ("own", "other"): Text("本人发放、已移交", "granted by this person, handed over"),
    ("other", "own"): Text("他人发放、接管", "granted by another, taken over"),
    ("unknown", "own"): Text("发放时无归属记录、现管理", "held now, no record of who granted it"),
}
"""What a person has to do with a loan, by who was responsible when it was granted and now."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Loans of one responsibility over all years of disbursement, with their years below; balances in yuan."""

    word: Text
    loan_count: int
    balance: Decimal
    overdue_balance: Decimal
    bad_balance: Decimal
    years: tuple[LoanVintage, ...]

    @property
    def bad_share(self) -> Decimal | None:
        """Return non-performing loans as a share of the balance."""
        return divide(self.bad_balance, self.balance, 6) if self.balance else None

    @property
    def overdue_share(self) -> Decimal | None:
        """Return overdue loans as a share of the balance."""
        return divide(self.overdue_balance, self.balance, 6) if self.balance else None


@dataclass(frozen=True, slots=True)
class Cases:
    """Cases of key focus that the person closed in the period: how many, and how many by their day."""

    closed_count: int
    in_time_count: int


@dataclass(frozen=True, slots=True)
class ManagerQuality:
    """All of it; parts that the deliveries lack are None."""

    responsibilities: tuple[Responsibility, ...]
    collected: Collection | None
    deposits: DepositQuality
    cohorts: tuple[TierCohort, ...]
    cases: Cases

    @property
    def scale(self) -> Scale:
        """Return the one scale of all balances of loans."""
        years = [year for one in self.responsibilities for year in one.years]
        return column_scale((amount for year in years for amount in (year.balance, year.overdue_balance, year.bad_balance)), Unit.YUAN)

    @property
    def kept(self) -> tuple[int, Decimal, int] | None:
        """Return how many of the year's opening customers were kept, how many were to be expected, and how many there were."""
        if not self.cohorts:
            return None
        count = sum(cohort.customer_count for cohort in self.cohorts)
        return sum(cohort.kept_count for cohort in self.cohorts), sum((cohort.expected for cohort in self.cohorts), Decimal(0)), count


def manager_quality_of(desk: PerformanceDesk, first: date, day: date, organisation: str | None) -> ManagerQuality | None:
    """Return what became of what belongs to the person; None where nothing does.

    Raises:
        MaisuiError: as the gateway does.
    """
    numbers, base_day = desk.person.employees, base_day_of(day)
    loans, cohorts = desk.of(loans_of(day, organisation)), desk.of(cohorts_of(day, organisation))
    due = desk.of(collected_of(first, day, organisation))
    deposits = desk.read_own(
        ("deposits", first, base_day, day, organisation),
        lambda reader: deposit_quality(reader, numbers, first, base_day, day, organisation),
    )
    if not loans and not due.due_count and not cohorts and not deposits.all_days and not deposits.balance:
        return None
    return ManagerQuality(responsibilities_of(loans), due if due.due_count else None, deposits, cohorts, cases_of(numbers, first, day))


def responsibilities_of(loans: tuple[LoanVintage, ...]) -> tuple[Responsibility, ...]:
    """Return the loans by responsibility, the years of each newest first."""
    found: list[Responsibility] = []
    for (granted, held), word in RESPONSIBILITY_WORDS.items():
        years = tuple(loan for loan in loans if (loan.granted_by, loan.held_by) == (granted, held))
        if years:
            found.append(
                Responsibility(
                    word,
                    sum(year.loan_count for year in years),
                    sum((year.balance for year in years), Decimal(0)),
                    sum((year.overdue_balance for year in years), Decimal(0)),
                    sum((year.bad_balance for year in years), Decimal(0)),
                    years,
                )
            )
    return tuple(found)


def cases_of(employees: Iterable[str], first: date, day: date) -> Cases:
    """Return the cases that a user with one of the employee numbers closed from `first` to `day`; days are those of the bank's clock."""
    closed = HandledCase.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code,
        owner__employee_number__in=list(employees),
        state=State.CLOSED,
        closed_at__date__gte=first,
        closed_at__date__lte=day,
    ).values_list("closed_at", "due_on")
    return Cases(len(closed), sum(due is None or timezone.localdate(at) <= due for at, due in closed))
