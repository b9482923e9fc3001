"""The life of a product's accounts: how many survive to which age, and when they are first used, highest, dormant and closed.

Survival is Kaplan–Meier's product over whole months of age. Accounts opened before the history stand at risk from their age at its
beginning; those still open leave the risk after the age they have. Its interval is Greenwood's, in decimals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from maisui.answers.figure import divide
from maisui.answers.product_pairs import Interval
from maisui.answers.product_place import ProductScope, counted_on_the_reporting_date, on
from maisui.warehouse.reader import Reader

_DECIMALS = 6
_PRECISION = 40
STAGES = ("first_used", "peaked", "dormant", "closed")
"""What may happen to an account after it was opened, in the order of a life."""


@dataclass(frozen=True, slots=True)
class AgeCounts:
    """Accounts of one age in whole months: come under observation, closed, still open at its end."""

    entered: int = 0
    closed: int = 0
    censored: int = 0


@dataclass(frozen=True, slots=True)
class Survival:
    """What is left at one age: accounts at risk, closed at it, and the share that survives it with its interval."""

    age: int
    at_risk: int
    closed: int
    share: Interval


@dataclass(frozen=True, slots=True)
class StageReached:
    """How many of the accounts followed from their opening reached a stage, and the median age in months at which they did."""

    code: str
    account_count: int
    median_age: int | None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Accounts of one opening quarter, None those opened before the history: how many, how many closed, and their survival by age."""

    quarter: date | None
    account_count: int
    closed_count: int
    survival: tuple[Survival, ...]

    def at(self, age: int) -> Survival | None:
        """Return what is left at an age; None where nobody of the cohort was at risk at it."""
        return next((one for one in reversed(self.survival) if one.age <= age), None) if self._reaches(age) else None

    def _reaches(self, age: int) -> bool:
        return bool(self.survival) and self.survival[-1].age >= age >= self.survival[0].age


@dataclass(frozen=True, slots=True)
class ProductLife:
    """The life of a product's accounts on `day`: those followed from their opening by stage, all of them, and by cohort."""

    day: date
    followed_count: int
    stages: tuple[StageReached, ...]
    whole: Cohort
    cohorts: tuple[Cohort, ...]


def kaplan_meier(counts: Mapping[int, AgeCounts], deviations: Decimal) -> tuple[Survival, ...]:
    """Return the survival after each age from the first at which an account was observed; ages without anyone at risk end it.

    Where none has closed yet, or all have, Greenwood's error is nothing; the interval then is that of a rate of all among the fewest at
    risk (Wilson).
    """
    found: list[Survival] = []
    at_risk, share, spread = 0, Decimal(1), Decimal(0)
    fewest, squared = None, deviations * deviations
    if not counts:
        return ()
    with localcontext() as exact:
        exact.prec = _PRECISION
        for age in range(min(counts), max(counts) + 1):
            now = counts.get(age, AgeCounts())
            at_risk += now.entered
            if at_risk <= 0:
                break
            share *= Decimal(at_risk - now.closed) / Decimal(at_risk)
            if at_risk > now.closed:
                spread += Decimal(now.closed) / (Decimal(at_risk) * Decimal(at_risk - now.closed))
            error = deviations * share * spread.sqrt()
            low, high = max(Decimal(0), share - error), min(Decimal(1), share + error)
            fewest = at_risk if fewest is None else min(fewest, at_risk)
            if not error:
                far = squared / (fewest + squared)
                low, high = (max(Decimal(0), share - far), min(Decimal(1), share + far))
            found.append(Survival(age, at_risk, now.closed, Interval(*(divide(end, Decimal(1), _DECIMALS) for end in (share, low, high)))))
            at_risk -= now.closed + now.censored
    return tuple(found)


def median_age(counts: Sequence[tuple[int, int]]) -> int | None:
    """Return the age at which half of the events have happened, from pairs of age and events; None without events."""
    whole, reached = sum(count for _, count in counts), 0
    for age, count in sorted(counts):
        reached += count
        if count and reached * 2 >= whole:
            return age
    return None


def product_life(reader: Reader, product: ProductScope, day: date, deviations: Decimal) -> ProductLife:
    """Return the life of a product's accounts.

    Raises:
        QuestionError: on another day than the reporting date.
    """
    counted_on_the_reporting_date(reader, day)
    rows = reader.rows(
        "SELECT opening_quarter, age_month_count, sum(entered_count), sum(closed_count), sum(censored_count), sum(followed_count), "
        "sum(first_used_count), sum(peaked_count), sum(dormant_count), sum(followed_closed_count) FROM product_cohort_day AS m "
        f"WHERE {product.where(on(day))} GROUP BY 1, 2 ORDER BY 1, 2"
    )
    first = reader.manifest.first_date
    by_cohort: dict[date | None, dict[int, AgeCounts]] = {}
    whole: dict[int, AgeCounts] = {}
    events: dict[str, list[tuple[int, int]]] = {code: [] for code in STAGES}
    followed = 0
    for quarter, age, entered, closed, censored, opened, used, peaked, dormant, ended in rows:
        cohort = quarter if quarter >= first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1) else None
        counts = AgeCounts(int(entered), int(closed), int(censored))
        for where in (by_cohort.setdefault(cohort, {}), whole):
            where[age] = _added(where.get(age, AgeCounts()), counts)
        followed += int(opened)
        for code, count in zip(STAGES, (used, peaked, dormant, ended), strict=True):
            events[code].append((age, int(count)))
    return ProductLife(
        day,
        followed,
        tuple(StageReached(code, sum(count for _, count in found), median_age(found)) for code, found in events.items()),
        _cohort(None, whole, deviations),
        tuple(_cohort(quarter, by_cohort[quarter], deviations) for quarter in sorted(by_cohort, key=lambda one: one or date.min)),
    )


def _added(one: AgeCounts, other: AgeCounts) -> AgeCounts:
    return AgeCounts(one.entered + other.entered, one.closed + other.closed, one.censored + other.censored)


def _cohort(quarter: date | None, counts: Mapping[int, AgeCounts], deviations: Decimal) -> Cohort:
    entered, closed = sum(one.entered for one in counts.values()), sum(one.closed for one in counts.values())
    return Cohort(quarter, entered, closed, kaplan_meier(counts, deviations))
