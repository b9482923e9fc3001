"""What is asked of one product through the gateway, within the viewer's organisations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from maisui.answers import Period, View
from maisui.answers.product_effects import IncomeChange, income_changes
from maisui.answers.product_facts import (
    Band,
    Benefit,
    Moved,
    Portrait,
    Sale,
    Seller,
    Turnover,
    benefit,
    loan_standing,
    managers,
    migrations,
    monthly_contribution,
    movements,
    portrait,
    priced_months,
    sales,
    sellers,
    service_by_channel,
    structure,
    turnover,
    vintages,
)
from maisui.answers.product_life import ProductLife, product_life
from maisui.answers.product_place import ProductPlace, ProductScope, product_scope

if TYPE_CHECKING:
    from decimal import Decimal

    from maisui.web.gateway import Gateway

Found = TypeVar("Found")


class OneProductDesk:
    """What one viewer may ask of one product in one organisation; every method raises what the gateway does for one out of sight."""

    def __init__(self, gateway: Gateway, place: ProductPlace, organisation: str | None, view: View) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway
        self.place = place
        self._organisation = gateway.organisation_in_sight(organisation)
        self._view = view

    def _asked(self, compute: Callable[..., Found], *arguments: Any) -> Found:
        """Return what `compute` reads of the product; kept under its name and arguments."""

        def read(reader: Any) -> Found:
            product: ProductScope = product_scope(reader, self.place, self._organisation, self._view)
            return compute(reader, product, *arguments)

        return self._gateway.shared(("one_product", compute.__name__, self.place, self._organisation, self._view, *arguments), read)

    def life(self, day: date) -> ProductLife:
        """Return the life of its accounts; see `answers.product_life`."""
        deviations = self._gateway.products.settings(day).number("product_significance")
        return self._asked(product_life, day, deviations)

    def income_changes(self, day: date, period: Period) -> tuple[IncomeChange, ...]:
        """Return why its income changed; see `answers.product_effects`."""
        return self._asked(income_changes, day, period)

    def structure(self, day: date) -> tuple[Band, ...]:
        """Return its accounts in bands."""
        return self._asked(structure, day)

    def movements(self, first: date, last: date, by: str) -> tuple[Moved, ...]:
        """Return its transactions by month or channel."""
        return self._asked(movements, first, last, by)

    def turnover(self, first: date, last: date) -> tuple[Turnover, ...]:
        """Return accounts opened and closed month by month."""
        return self._asked(turnover, first, last)

    def benefit(self, first: date, last: date) -> Benefit | None:
        """Return what it yielded and cost."""
        return self._asked(benefit, first, last)

    def service_by_channel(self, first: date, last: date) -> tuple[Moved, ...]:
        """Return what serving it cost by channel."""
        return self._asked(service_by_channel, first, last)

    def monthly_contribution(self, days: Sequence[date]) -> dict[date, Decimal]:
        """Return its contribution month by month."""
        return self._asked(monthly_contribution, tuple(days))

    def priced_months(self, days: Sequence[date]) -> tuple[tuple[date, Decimal, Decimal, Decimal], ...]:
        """Return balance-days, margin and fees month by month."""
        return self._asked(priced_months, tuple(days))

    def loan_standing(self, day: date, by: str) -> tuple[Moved, ...]:
        """Return its loans by class or by arrears."""
        return self._asked(loan_standing, day, by)

    def vintages(self, day: date, ages: Sequence[int]) -> list[tuple[date, Decimal, dict[int, Decimal]]]:
        """Return how loans of each quarter turned out."""
        return self._asked(vintages, day, tuple(ages))

    def migrations(self, day: date) -> tuple[tuple[str, Decimal, Decimal], ...]:
        """Return what fell into a worse class."""
        return self._asked(migrations, day)

    def portrait(self, day: date, customer_kind: str) -> tuple[Portrait, ...]:
        """Return holders of its group beside everybody."""
        return self._asked(portrait, day, customer_kind)

    def sellers(self, first: date, last: date) -> tuple[Seller, ...]:
        """Return outlets by accounts opened."""
        return self._asked(sellers, first, last)

    def managers(self, first: date, last: date) -> tuple[Seller, ...]:
        """Return managers by contribution."""
        return self._asked(managers, first, last)

    def sales(self, first: date, last: date) -> tuple[Sale, ...]:
        """Return agency sales by outlet and person."""
        return self._asked(sales, first, last)
