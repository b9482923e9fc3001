"""What one person's page reads beside metrics: of him alone on any day, of everybody in one pass for the day at which all look."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from maisui.answers import RuleLine
from maisui.answers.held_by import allocated_by_rule
from maisui.answers.manager_activity import Sold, Use, channel_use, product_use, sold_to
from maisui.answers.manager_quality import Collection, LoanVintage, TierCohort, collection, loan_vintages, tier_cohorts
from maisui.web.performance_desk import ByPerson

_NIL = Decimal("0.00")


def rules_of(day: date, organisation: str | None) -> ByPerson[tuple[RuleLine, ...]]:
    """Return by which rules accounts belong to people on a day."""
    return ByPerson(("rules", day, organisation), lambda reader, whose: allocated_by_rule(reader, whose, day, organisation), ())


def products_of(first: date, day: date, organisation: str | None) -> ByPerson[tuple[Use, ...]]:
    """Return which products people's customers hold, use, and took up since `first`."""
    return ByPerson(("products", first, day, organisation), lambda reader, whose: product_use(reader, whose, first, day, organisation), ())


def channels_of(first: date, day: date, organisation: str | None) -> ByPerson[tuple[Use, ...]]:
    """Return which channels people's customers ever used, use, and began to use since `first`."""
    return ByPerson(("channels", first, day, organisation), lambda reader, whose: channel_use(reader, whose, first, day, organisation), ())


def sales_of(day: date, organisation: str | None) -> ByPerson[Sold]:
    """Return what people's customers hold of agency and wealth products."""
    return ByPerson(("sold", day, organisation), lambda reader, whose: sold_to(reader, whose, day, organisation), Sold(0, _NIL))


def loans_of(day: date, organisation: str | None) -> ByPerson[tuple[LoanVintage, ...]]:
    """Return people's loans by who was responsible for them."""
    return ByPerson(("loans", day, organisation), lambda reader, whose: loan_vintages(reader, whose, day, organisation), ())


def collected_of(first: date, day: date, organisation: str | None) -> ByPerson[Collection]:
    """Return what fell due on people's loans since `first`, and what came in."""
    nothing = Collection(0, _NIL, _NIL)
    return ByPerson(("due", first, day, organisation), lambda reader, whose: collection(reader, whose, first, day, organisation), nothing)


def cohorts_of(day: date, organisation: str | None) -> ByPerson[tuple[TierCohort, ...]]:
    """Return what became of the customers whom people managed when the year began."""
    base = base_day_of(day)
    return ByPerson(("cohorts", base, day, organisation), lambda reader, whose: tier_cohorts(reader, whose, base, day, organisation), ())


def base_day_of(day: date) -> date:
    """Return the last day before the year of a day."""
    return day.replace(month=1, day=1) - timedelta(days=1)


def read_of_all(first: date, day: date) -> tuple[ByPerson[Any], ...]:
    """Return all of it over the whole bank, as one's own page asks it."""
    return (
        rules_of(day, None),
        products_of(first, day, None),
        channels_of(first, day, None),
        sales_of(day, None),
        loans_of(day, None),
        collected_of(first, day, None),
        cohorts_of(day, None),
    )
