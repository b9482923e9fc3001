"""Which schemes hold on a day, and what one not yet published would make of the last complete month: who gains and who loses."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings

from maisui.answers import Period, Question, scheme_of
from maisui.answers.manual_work import manual_rates
from maisui.web.manual_work.converted import approved_workload
from maisui.web.schemes.assessment import Assessed, Holder, asking_of, assessed, ground_of
from maisui.web.schemes.models import SchemeProposal, State
from maisui.web.schemes.terms import STANDARD, Terms, standard_terms, terms_from

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Change:
    """One holder under the schemes in force and with the tried one: points and yuan of each; None where he has no statement."""

    holder: Holder
    now: Assessed | None
    then: Assessed | None

    @property
    def pay(self) -> Decimal | None:
        """Return what the schemes in force pay."""
        return self.now.statement.pay if self.now else None

    @property
    def tried_points(self) -> Decimal | None:
        """Return the points with the tried scheme."""
        return self.then.statement.points if self.then else None

    @property
    def tried_pay(self) -> Decimal | None:
        """Return what would be paid."""
        return self.then.statement.pay if self.then else None

    @property
    def change(self) -> Decimal:
        """Return how many yuan more the tried scheme would pay."""
        return (self.tried_pay or Decimal(0)) - (self.pay or Decimal(0))


@dataclass(frozen=True, slots=True)
class Trial:
    """What a scheme would have made of a month, by a version: everybody it assesses or no longer assesses, the most gained first."""

    day: date
    version: str
    changes: tuple[Change, ...]

    @property
    def pay(self) -> Decimal:
        """Return what those concerned are paid by the schemes in force."""
        return sum((one.pay or Decimal(0) for one in self.changes), Decimal("0.00"))

    @property
    def tried_pay(self) -> Decimal:
        """Return what they would be paid."""
        return sum((one.tried_pay or Decimal(0) for one in self.changes), Decimal("0.00"))

    @property
    def gaining(self) -> int:
        """Return how many would be paid more."""
        return sum(one.change > 0 for one in self.changes)

    @property
    def losing(self) -> int:
        """Return how many would be paid less."""
        return sum(one.change < 0 for one in self.changes)


def own_schemes_on(day: date) -> tuple[SchemeProposal, ...]:
    """Return the published schemes of the bank that hold on a day: of each code the last one that has begun, ended ones left out."""
    found: dict[str, SchemeProposal] = {}
    approved = SchemeProposal.objects.filter(
        legal_entity_code=settings.HOME.legal_entity_code, state=State.APPROVED, valid_from__lte=day
    ).order_by("valid_from", "decided_at", "id")
    for line in approved:
        found[line.code] = line
    return tuple(line for _, line in sorted(found.items()) if not line.is_ended)


def schemes_on(reader: Any, day: date) -> tuple[Terms, ...]:
    """Return every scheme in force on a day: the standard one of the version's parameters, then the bank's own."""
    return (standard_terms(scheme_of(reader, day)), *(terms_from(line.terms) for line in own_schemes_on(day)))


def schemes_in_force(gateway: Gateway, day: date) -> tuple[Terms, ...]:
    """Return every scheme in force on a day by the published version's parameters."""
    standard = gateway.shared(("scheme", day), lambda reader: scheme_of(reader, day))
    return (standard_terms(standard), *(terms_from(line.terms) for line in own_schemes_on(day)))


def assessed_through(
    gateway: Gateway, day: date, period: Period, schemes: Sequence[Terms], only: Collection[str] | None = None
) -> list[Assessed]:
    """Return everybody (or `only` some people) under some schemes by the published version; callers narrow what they show.

    Raises:
        MaisuiError: when the period cannot be asked.
    """

    def asked(question: Question) -> dict[str, Decimal]:
        return gateway.shared(("scheme_figures", question), lambda reader: asking_of(reader)(question))

    ground = gateway.shared(("scheme_ground", day, period), lambda reader: ground_of(reader, day, period, lambda _: {}))
    manual = approved_workload(gateway.shared(("manual_rates",), manual_rates), ground.first_day, day)
    return assessed(replace(ground, asking=asked, manual=manual), schemes, only)


def last_month(gateway: Gateway) -> date | None:
    """Return the last day of the last complete month that is published."""
    return next((day for day in gateway.month_ends() if (day + timedelta(days=1)).day == 1), None)


def trial_of(gateway: Gateway, terms: Terms, *, is_ended: bool = False) -> Trial | None:
    """Return what a scheme would have made of the last complete month in place of those in force; None before such a month.

    The caller has made sure that the viewer may see everybody.

    Raises:
        MaisuiError: when the month cannot be asked.
    """
    day = last_month(gateway)
    if day is None:
        return None
    standing = schemes_in_force(gateway, day)
    tried = (*(one for one in standing if one.code != terms.code), *(() if is_ended else (terms,)))
    now = {one.holder.key: one for one in assessed_through(gateway, day, Period.MONTH, standing)}
    then = {one.holder.key: one for one in assessed_through(gateway, day, Period.MONTH, tried)}
    changes = [
        Change((then.get(key) or now[key]).holder, now.get(key), then.get(key))
        for key in {*now, *then}
        if terms.code in {one.terms.code for one in (now.get(key), then.get(key)) if one is not None}
    ]
    changes.sort(key=lambda one: (-one.change, one.holder.key))
    with gateway.reader() as reader:
        return Trial(day, reader.manifest.version, tuple(changes))


def clashing(terms: Terms, day: date) -> str | None:
    """Return the name of another scheme of the same people at the same organisation, by which it would be open who is assessed by which.

    Schemes already published to begin later count too, until the scheme itself is replaced.
    """
    approved = SchemeProposal.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, state=State.APPROVED, valid_from__gt=day)
    begins = sorted({(line.valid_from, line.code) for line in approved})
    replaced_on = min((start for start, code in begins if code == terms.code), default=date.max)
    for start in (day, *(start for start, _ in begins if start < replaced_on)):
        for line in own_schemes_on(start):
            other = terms_from(line.terms)
            if other.code not in (terms.code, STANDARD) and _assess_the_same(terms, other):
                return other.name
    return None


def _assess_the_same(one: Terms, other: Terms) -> bool:
    """Return whether two schemes are for the same posts (or outlets) at the same organisation."""
    is_same_kind = (not one.posts and not other.posts) or bool(set(one.posts) & set(other.posts))
    is_same_place = (not one.organisations and not other.organisations) or bool(set(one.organisations) & set(other.organisations))
    return is_same_kind and is_same_place
