"""How long persons keep accounts of each product group: the share still open at some ages, with its interval and how many were at risk.

Kaplan-Meier over whole months of age, as on the page of one product; accounts opened before the history stand at risk from their age at its
beginning, those still open leave the risk after the age they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.answers.product_life import AgeCounts, Cohort, kaplan_meier
from maisui.answers.product_settings import product_settings
from maisui.warehouse.reader import Reader

_HALF = Decimal("0.5")
AGES = (3, 6, 12, 24, 36)
"""The ages in months that are told."""


@dataclass(frozen=True, slots=True)
class GroupSurvival:
    """One product group: accounts observed and closed, and the survival of all of them by age."""

    product_group: str
    cohort: Cohort
    median_age: int | None


def survival_by_product(reader: Reader, organisations: tuple[str, ...] | None) -> tuple[GroupSurvival, ...]:
    """Return every product group of persons with accounts at or below `organisations` (None is the whole bank), the most accounts first.

    `median_age` is the first age at which half or less are left; None where more are.
    """
    places = ", ".join("?" for _ in organisations or ()) or "NULL"
    within = "" if organisations is None else (
        f" AND m.organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))"
    )  # fmt: skip
    rows = reader.rows(
        "SELECT m.product_group, m.age_month_count, sum(m.entered_count), sum(m.closed_count), sum(m.censored_count) "
        f"FROM product_cohort_day AS m WHERE m.business_date = ? AND m.customer_kind = 'personal'{within} GROUP BY 1, 2 ORDER BY 1, 2",
        [reader.manifest.reporting_date, *(organisations or ())],
    )
    deviations = product_settings(reader, reader.manifest.reporting_date).number("product_significance")
    groups: dict[str, dict[int, AgeCounts]] = {}
    for group, age, entered, closed, censored in rows:
        groups.setdefault(group, {})[age] = AgeCounts(int(entered), int(closed), int(censored))
    found = [_of_group(group, counts, deviations) for group, counts in groups.items()]
    return tuple(sorted(found, key=lambda one: (-one.cohort.account_count, one.product_group)))


def _of_group(group: str, counts: dict[int, AgeCounts], deviations: Decimal) -> GroupSurvival:
    survival = kaplan_meier(counts, deviations)
    cohort = Cohort(None, sum(one.entered for one in counts.values()), sum(one.closed for one in counts.values()), survival)
    median = next((one.age for one in survival if one.share.value <= _HALF), None)
    return GroupSurvival(group, cohort, median)
