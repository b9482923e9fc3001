"""Which product groups should be given up or pushed, and which customers take their money elsewhere: rules, evidence, yuan at stake.

Thresholds are the dated parameters `product_exit_loss_months`, `product_exit_active_share`, `product_upgrade_share` and
`product_outflow_share`; groups of fewer than `product_fewest_holders` customers say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ask import place_of
from maisui.answers.figure import divide
from maisui.answers.product_months import Path
from maisui.answers.product_place import among
from maisui.answers.product_settings import ProductSettings
from maisui.answers.product_stage import Life, Stage
from maisui.metrics.measure_sql import View, subtree_condition
from maisui.warehouse.reader import Reader

NIL = Decimal("0.00")
_DECIMALS = 6
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Course:
    """Contribution and balance-days of one product group, month by month, the latest last; a month without is 0."""

    contributions: tuple[Decimal, ...]
    balance_days: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One product group as the rules judge it: twelve months of contribution and those before (None without history)."""

    path: Path
    life: Life
    holders: int
    active: int
    balance: Decimal
    balance_before: Decimal | None
    line_balance: Decimal
    months: tuple[Decimal, ...]
    balance_days: Decimal
    days: int
    earlier: Decimal | None

    @property
    def year(self) -> Decimal:
        """Return the contribution of the months looked at."""
        return sum(self.months, NIL)

    def net_of_stopping(self, others: Decimal) -> Decimal:
        """Return what stopping it comes to at worst: `others` is what its holders' other products bring a year."""
        return net_of_stopping(self.year, others)

    @property
    def loss_months(self) -> int:
        """Return in how many of them the group lost money."""
        return sum(amount < 0 for amount in self.months)

    @property
    def active_share(self) -> Decimal:
        """Return the share of holders who use it."""
        return divide(Decimal(self.active), Decimal(self.holders), _DECIMALS) if self.holders else Decimal(0)

    @property
    def share_of_line(self) -> Decimal | None:
        """Return the share of its line's balance; None where the line has none."""
        return divide(self.balance, self.line_balance, _DECIMALS) if self.line_balance else None

    @property
    def growth(self) -> Decimal | None:
        """Return by how much the balance rose in twelve months."""
        return None if self.balance_before is None else self.balance - self.balance_before

    @property
    def growth_worth(self) -> Decimal | None:
        """Return what another rise of that size brings a year: contribution of a yuan held for a year times the rise."""
        if self.growth is None or not self.balance_days:
            return None
        return divide(self.year * self.days * self.growth, self.balance_days, 2)


@dataclass(frozen=True, slots=True)
class Outflow:
    """Customers of one kind and tier: how many moved money to their own accounts elsewhere in three months, how much, of which assets."""

    customer_kind: str
    tier: str
    customer_count: int
    leaving_count: int
    amount: Decimal
    assets: Decimal

    @property
    def share(self) -> Decimal | None:
        """Return what was moved over the average assets; None without assets."""
        return divide(self.amount, self.assets, _DECIMALS) if self.assets else None


def net_of_stopping(contributed: Decimal, others: Decimal) -> Decimal:
    """Return what stopping a product spares a year, less what might go along at most: `others` is what its holders' other products bring.

    Where those others lose money, the worst is that their holders stay: nothing is added for them.
    """
    return -contributed - max(others, NIL)


def exits(candidates: Sequence[Candidate], settings: ProductSettings) -> list[Candidate]:
    """Return what loses money in most months and over all of them and is used by few of its holders, the largest loss first."""
    fewest, months = settings.number("product_fewest_holders"), settings.number("product_exit_loss_months")
    most = settings.number("product_exit_active_share")
    found = [
        one
        for one in candidates
        if len(one.months) >= _MONTHS and one.holders >= fewest and one.loss_months >= months and one.year < 0 and one.active_share <= most
    ]
    return sorted(found, key=lambda one: (one.year, one.path))


def losses_in_use(candidates: Sequence[Candidate], settings: ProductSettings) -> list[Candidate]:
    """Return what loses money over all months and yet is no exit, used too widely or too rarely at a loss; the largest loss first."""
    fewest, gone = settings.number("product_fewest_holders"), {one.path for one in exits(candidates, settings)}
    judged = [one for one in candidates if len(one.months) >= _MONTHS and one.holders >= fewest]
    found = [one for one in judged if one.path not in gone and one.year < 0]
    return sorted(found, key=lambda one: (one.year, one.path))


def upgrades(candidates: Sequence[Candidate], settings: ProductSettings) -> list[Candidate]:
    """Return what grows, contributes and is still a small part of its line, by what another such rise brings."""
    most = settings.number("product_upgrade_share")
    found = [
        one
        for one in candidates
        if one.life.stage is Stage.GROWTH
        and one.share_of_line is not None
        and one.share_of_line <= most
        and one.growth_worth is not None
        and one.growth_worth > 0
    ]
    return sorted(found, key=lambda one: (-(one.growth_worth or NIL), one.path))


def new_product_needs(outflows: Sequence[Outflow], settings: ProductSettings) -> list[Outflow]:
    """Return the customers, by kind and tier, whose money goes elsewhere, the largest amount first."""
    fewest, least = settings.number("product_fewest_holders"), settings.number("product_outflow_share")
    found = [one for one in outflows if one.leaving_count >= fewest and one.share is not None and one.share >= least]
    return sorted(found, key=lambda one: (-one.amount, one.customer_kind, one.tier))


def product_years(reader: Reader, organisation: str | None, days: Sequence[date], view: View) -> dict[Path, Course]:
    """Return contribution and balance-days of every product group on `days`, ends of months, within an organisation.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope = place_of(reader, organisation, view)
    inside = "" if scope.organisation is None else f" AND {subtree_condition(scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT product_line, product_group, business_date, sum(contribution_amount), sum(balance_days) FROM contribution_month AS m "
        f"WHERE {among(days)}{inside} GROUP BY 1, 2, 3"
    )
    found: dict[Path, dict[date, tuple[Decimal, Decimal]]] = {}
    for line, group, day, amount, held in rows:
        found.setdefault((line, group), {})[day] = (Decimal(amount), Decimal(held))
    empty = (NIL, NIL)
    return {
        path: Course(tuple(by_day.get(day, empty)[0] for day in days), tuple(by_day.get(day, empty)[1] for day in days))
        for path, by_day in found.items()
    }


def outflows(reader: Reader, organisation: str | None, view: View) -> tuple[Outflow, ...]:
    """Return by kind and tier what customers moved to their own accounts elsewhere in the three months to the reporting date.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope = place_of(reader, organisation, view)
    inside = "" if scope.organisation is None else f" AND {subtree_condition(scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT customer_kind, tier_code, count(*), count(*) FILTER (own_elsewhere_amount > 0), "
        "coalesce(sum(own_elsewhere_amount) FILTER (own_elsewhere_amount > 0), 0), sum(asset_average_balance) "
        f"FROM customer_fact_month AS m WHERE business_date = ? AND is_holder{inside} GROUP BY 1, 2",
        [reader.manifest.reporting_date],
    )
    return tuple(
        Outflow(kind, tier, int(count), int(leaving), Decimal(amount), Decimal(assets or 0))
        for kind, tier, count, leaving, amount, assets in rows
    )


def other_contribution(both: Mapping[str, int], worth: Mapping[str, Decimal]) -> Decimal:
    """Return what holders of one group bring through the others: holders of both times what one holder of the other brings a year."""
    return divide(sum((worth.get(group, NIL) * count for group, count in both.items()), NIL), Decimal(1), 2)
