"""What is asked of products through the gateway: their course, their ties, their chances, within the viewer's organisations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from maisui.answers import Period, Question, View
from maisui.answers.figure import divide
from maisui.answers.loan_pricing import PricingTerms, pricing_terms
from maisui.answers.product_chances import Chance, OutletCounts, chances, outlet_pair_counts
from maisui.answers.product_months import Path, ProductCourses, product_courses, product_transactions
from maisui.answers.product_pairs import Pair, PairTable, product_pairs
from maisui.answers.product_place import ProductPlace, product_place
from maisui.answers.product_settings import ProductSettings, product_settings
from maisui.answers.product_signals import Course, Outflow, outflows, product_years
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.groups.threshold import fewest_shown
from maisui.web.one_product_desk import OneProductDesk

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


class ProductDesk:
    """What one viewer may ask of products; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def courses(self, organisation: str | None, days: Sequence[date], view: View) -> ProductCourses:
        """Return every product over `days`; see `answers.product_months`."""
        scoped, wanted = self._gateway.organisation_in_sight(organisation), tuple(sorted(set(days)))
        key = ("product_courses", scoped, wanted, view)
        return self._gateway.shared(key, lambda reader: product_courses(reader, scoped, wanted, view))

    def transactions(self, organisation: str | None, first: date, last: date, view: View) -> dict[Path, Decimal]:
        """Return how often every product was used in a span of months; see `answers.product_months`."""
        scoped = self._gateway.organisation_in_sight(organisation)
        key = ("product_transactions", scoped, first, last, view)
        return self._gateway.shared(key, lambda reader: product_transactions(reader, scoped, first, last, view))

    def place(self, code: str, level: str) -> ProductPlace:
        """Return where a product stands in the catalogue.

        Raises:
            NotVisibleError: when no product is called so.
        """
        try:
            return self._gateway.shared(("product_place", code, level), lambda reader: product_place(reader, code, level))
        except QuestionError as error:
            raise NotVisibleError(error.what, where="products", next_step=error.next_step) from None

    def one(self, place: ProductPlace, organisation: str | None, view: View) -> OneProductDesk:
        """Return the desk of one product in an organisation."""
        return OneProductDesk(self._gateway, place, organisation, view)

    def settings(self, day: date) -> ProductSettings:
        """Return the parameters of product analysis in force on a day."""
        return self._gateway.shared(("product_settings", day), lambda reader: product_settings(reader, day))

    def pairs(self, organisation: str | None, customer_kind: str, view: View) -> PairTable:
        """Return what customers hold together on the reporting date; see `answers.product_pairs`.

        Whoever may not see customers gets no pair of fewer of them than the parameter `fewest_customers_shown` in any of its parts.
        """
        scoped, fresh = self._gateway.organisation_in_sight(organisation), self._gateway.freshness()
        settings = self.settings(fresh.reporting_date if fresh else date.min)
        deviations, fewest = settings.number("product_significance"), int(settings.number("product_fewest_holders"))
        found = self._gateway.shared(
            ("product_pairs", scoped, customer_kind, view),
            lambda reader: product_pairs(reader, scoped, customer_kind, deviations=deviations, fewest=fewest, view=view),
        )
        if self._gateway.may(Permission.CUSTOMER_VIEW):
            return found
        least = self._fewest_shown()
        groups = tuple((code, count) for code, count in found.groups if count >= least)
        return replace(found, groups=groups, pairs=tuple(pair for pair in found.pairs if not _counts_few(pair, dict(groups), least)))

    def chances(self, organisation: str | None, customer_kind: str, view: View, sure: Sequence[Pair]) -> list[Chance]:
        """Return where outlets hold less than is usual; see `answers.product_chances`. Few customers are withheld as in `pairs`."""
        scoped, fresh = self._gateway.organisation_in_sight(organisation), self._gateway.freshness()
        fewest = int(self.settings(fresh.reporting_date if fresh else date.min).number("product_fewest_holders"))
        counts = self._outlet_counts(scoped, customer_kind, view)
        found = chances(counts, sure, self._worth(scoped, customer_kind, view), fewest)
        if self._gateway.may(Permission.CUSTOMER_VIEW):
            return found
        least = self._fewest_shown()
        return [one for one in found if not any(0 < count < least for count in (one.both_count, one.without_count, one.customer_count))]

    def outlet_shares(self, organisation: str | None, customer_kind: str, view: View) -> dict[tuple[str, str, str], Decimal]:
        """Return, at each outlet, which share of the holders of a first group hold a second. Few customers are withheld as in `pairs`."""
        counts = self._outlet_counts(self._gateway.organisation_in_sight(organisation), customer_kind, view)
        least = 0 if self._gateway.may(Permission.CUSTOMER_VIEW) else self._fewest_shown()
        groups = sorted({first for _, first, second in counts if first == second})
        found: dict[tuple[str, str, str], Decimal] = {}
        for (outlet, first, same), holders in counts.items():
            for second in groups if first == same and holders else ():
                both = counts.get((outlet, first, second), 0)
                if second != first and not any(0 < count < least for count in (both, holders - both)):
                    found[outlet, first, second] = divide(Decimal(both), Decimal(holders), 6)
        return found

    def _outlet_counts(self, scoped: str | None, customer_kind: str, view: View) -> OutletCounts:
        key = ("product_outlet_pairs", scoped, customer_kind, view)
        return self._gateway.shared(key, lambda reader: outlet_pair_counts(reader, scoped, customer_kind, view))

    def _fewest_shown(self) -> int:
        fresh = self._gateway.freshness()
        return fewest_shown(fresh.reporting_date if fresh else date.min)

    def years(self, organisation: str | None, days: Sequence[date], view: View) -> dict[Path, Course]:
        """Return contribution and balance-days of every product group, month by month; see `answers.product_signals`."""
        scoped, wanted = self._gateway.organisation_in_sight(organisation), tuple(days)
        key = ("product_years", scoped, wanted, view)
        return self._gateway.shared(key, lambda reader: product_years(reader, scoped, wanted, view))

    def pricing_terms(self, product_group: str, tenor_days: int, loan_class: str, day: date) -> PricingTerms:
        """Return the parameters by which a loan is priced; see `answers.loan_pricing`."""
        self._gateway.organisation_in_sight(None)
        key = ("pricing_terms", product_group, tenor_days, loan_class, day)
        return self._gateway.shared(key, lambda reader: pricing_terms(reader, product_group, tenor_days, loan_class, day))

    def outflows(self, organisation: str | None, view: View) -> tuple[Outflow, ...]:
        """Return what customers take elsewhere by kind and tier; whoever may not see customers sees no line of few."""
        scoped = self._gateway.organisation_in_sight(organisation)
        found = self._gateway.shared(("product_outflows", scoped, view), lambda reader: outflows(reader, scoped, view))
        if self._gateway.may(Permission.CUSTOMER_VIEW):
            return found
        least = self._fewest_shown()
        return tuple(one for one in found if not any(0 < n < least for n in (one.leaving_count, one.customer_count - one.leaving_count)))

    def worth(self, organisation: str | None, customer_kind: str, view: View) -> Mapping[str, Decimal]:
        """Return what one holder of each product group contributes a year."""
        return self._worth(self._gateway.organisation_in_sight(organisation), customer_kind, view)

    def _worth(self, organisation: str | None, customer_kind: str, view: View) -> Mapping[str, Decimal]:
        """Return what one holder of each product group contributes a year: this year's contribution, for 365 days, over its holders."""
        by = ("product_group", "customer_kind")
        answer = self._gateway.ask(Question("customer_contribution", by, organisation, period=Period.YEAR, view=view))
        held = self._gateway.ask(Question("product_holder_count", by, organisation, view=view))
        holders = {row.dimensions["product_group"]: row.value for row in held.rows if row.dimensions["customer_kind"] == customer_kind}
        days = Decimal(answer.window.days)
        return {
            row.dimensions["product_group"]: row.value * 365 / days / count
            for row in answer.rows
            if row.dimensions["customer_kind"] == customer_kind
            and row.value is not None
            and (count := holders.get(row.dimensions["product_group"]))
        }


def _counts_few(pair: Pair, groups: dict[str, int], least: int) -> bool:
    """Return whether some figure of a pair is of few customers, or would give one away."""
    if pair.first not in groups or pair.second not in groups:
        return True
    second_alone = groups[pair.second] - pair.both_count
    came = round(pair.taken_up.value * pair.earlier_count) if pair.taken_up else 0
    return (
        any(
            0 < count < least
            for count in (pair.both_count, pair.without_count, second_alone, pair.earlier_count, came, pair.earlier_count - came)
        )
        or 0 < pair.switched_count < least
    )
