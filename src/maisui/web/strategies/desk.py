"""What a viewer may know of strategies: which applies to a customer, and take-up and result within his organisations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.answers import Advice, AdviceResult, AdviceRule, advice_results, advised
from maisui.answers.strategies import AdviceCells, advice_cells
from maisui.web.access.permissions import Permission
from maisui.web.contacts.models import CustomerContact
from maisui.web.customers.desk import tops_covered
from maisui.web.strategies.table import Strategy, strategies_on

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

SMALL_BASE = 30


@dataclass(frozen=True, slots=True)
class StrategyResult:
    """One strategy: how many it applies to, how many of them were contacted since, and their assets then and now, in yuan."""

    strategy: Strategy
    customer_count: int
    contacted_count: int
    measured_count: int
    base_amount: Decimal
    amount: Decimal

    @property
    def take_up(self) -> Decimal | None:
        """Return the share of those it applies to who were contacted; None where it applies to nobody."""
        return Decimal(self.contacted_count) / self.customer_count if self.customer_count else None

    @property
    def change(self) -> Decimal | None:
        """Return by how much the assets of those measured changed since; None where nobody is measured."""
        return self.amount - self.base_amount if self.measured_count else None

    @property
    def is_small(self) -> bool:
        """Return whether so few are measured that chance alone may make the change."""
        return self.measured_count < SMALL_BASE


def of_customer(gateway: Gateway, customer_number: str) -> tuple[Strategy, Advice] | None:
    """Return the strategy that applies to a customer whose look the caller has recorded; None where none does."""
    with gateway.reader() as reader:
        strategies = strategies_on(reader.manifest.reporting_date)
        found = advised(reader, [one.rule() for one in strategies], [customer_number]).get(customer_number)
    return None if found is None else (next(one for one in strategies if one.code == found.code).because(found.reason), found)


def results(gateway: Gateway, organisation: str | None, permission: Permission = Permission.CUSTOMER_VIEW) -> tuple[StrategyResult, ...]:
    """Return every strategy in force with take-up and result among the customers where the viewer holds `permission`; nobody is named.

    Raises:
        NotAllowedError: when he does not hold it.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    gateway.require(permission)
    tops = tops_covered(gateway, (organisation,) if organisation else None, permission)
    homes = None if tops is None else frozenset[str]().union(*(gateway.organisations_below(top) or () for top in tops))
    with gateway.reader() as reader:
        strategies = strategies_on(reader.manifest.reporting_date)
        rules = [one.rule() for one in strategies]
        found = advice_results(_cells(gateway, rules), homes)
        last_contact = dict(
            CustomerContact.objects.filter(legal_entity_code=settings.HOME.legal_entity_code)
            .order_by("happened_on", "id")
            .values_list("customer_number", "happened_on")
        )
        advice = advised(reader, rules, last_contact, tops)
    contacted: dict[str, set[str]] = {}
    for number, one in advice.items():
        if last_contact[number] >= one.begun_on:
            contacted.setdefault(one.code, set()).add(one.customer_number)
    nothing = Decimal("0.00")
    return tuple(
        StrategyResult(
            one,
            result.customer_count,
            len(contacted.get(one.code, ())),
            result.measured_count,
            result.base_amount,
            result.amount,
        )
        for one in strategies
        for result in (found.get(one.code, AdviceResult(one.code, 0, 0, nothing, nothing)),)
    )


def warm(gateway: Gateway) -> None:
    """Count whom each strategy applies to, once for all who will ask for it."""
    with gateway.reader() as reader:
        _cells(gateway, [one.rule() for one in strategies_on(reader.manifest.reporting_date)])


def _cells(gateway: Gateway, rules: list[AdviceRule]) -> AdviceCells:
    """Return what became of each strategy's customers in the whole bank, kept for all viewers, to cut from by organisation."""
    return gateway.shared(("advice_cells", tuple(rules)), lambda reader: advice_cells(reader, rules))
