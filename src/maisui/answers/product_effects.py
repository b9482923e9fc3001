"""Why the margin of a product changed: more balance, other parts of it, other rates; the three add up to the change, to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from maisui.answers.figure import divide
from maisui.answers.periods import Comparison, Period, base_day, window_of
from maisui.answers.product_place import ProductScope, between
from maisui.metrics import Timing
from maisui.warehouse.reader import Reader

NIL = Decimal("0.00")
_PRECISION = 60


@dataclass(frozen=True, slots=True)
class Earned:
    """What balances earned over a span: sum of day-end balances, margin over the transfer price, and fees."""

    balance_days: Decimal = NIL
    margin: Decimal = NIL
    fees: Decimal = NIL

    def plus(self, other: Earned) -> Earned:
        """Return both together."""
        return Earned(self.balance_days + other.balance_days, self.margin + other.margin, self.fees + other.fees)


@dataclass(frozen=True, slots=True)
class Effects:
    """What changed income: `volume` + `mix` + `rate` is the change of the margin, with `fees` that of income."""

    volume: Decimal
    mix: Decimal
    rate: Decimal
    fees: Decimal

    @property
    def change(self) -> Decimal:
        """Return the whole change."""
        return self.volume + self.mix + self.rate + self.fees


@dataclass(frozen=True, slots=True)
class IncomeChange:
    """Income of a span against that of an earlier one, with what changed it; base and effects are None where there is no history."""

    comparison: Comparison
    first: date
    last: date
    now: Earned
    base: Earned | None
    effects: Effects | None


def effects_of(now: Mapping[object, Earned], base: Mapping[object, Earned]) -> Effects:
    """Return what changed between two spans, item by item.

    Volume is the change of balance-days at the base's rate of the whole; mix what other shares of the items do at their own base rates;
    rate what remains. An item without base has the rate of the whole there, so that what is new tells by its rate.
    """
    whole_now, whole_base = sum_of(now), sum_of(base)
    with localcontext() as exact:
        exact.prec = _PRECISION
        usual = whole_base.margin / whole_base.balance_days if whole_base.balance_days else Decimal(0)
        volume = (whole_now.balance_days - whole_base.balance_days) * usual
        at_base_rates = Decimal(0)
        for item, earned in now.items():
            before = base.get(item)
            rate = before.margin / before.balance_days if before and before.balance_days else usual
            at_base_rates += earned.balance_days * rate
        mix = at_base_rates - whole_now.balance_days * usual
    rounded_volume, rounded_mix = divide(volume, Decimal(1), 2), divide(mix, Decimal(1), 2)
    change = whole_now.margin - whole_base.margin
    return Effects(rounded_volume, rounded_mix, change - rounded_volume - rounded_mix, whole_now.fees - whole_base.fees)


def sum_of(items: Mapping[object, Earned]) -> Earned:
    """Return all items together."""
    found = Earned()
    for one in items.values():
        found = found.plus(one)
    return found


def income_changes(reader: Reader, product: ProductScope, day: date, period: Period) -> tuple[IncomeChange, ...]:
    """Return income against the period before and against the same period last year; items are products at outlets."""
    first = reader.manifest.first_date
    before = {Period.MONTH: Comparison.PREVIOUS_MONTH, Period.QUARTER: Comparison.PREVIOUS_QUARTER}.get(period)
    window = window_of(day, period, first)
    now = _earned(reader, product, window.period_start, day)
    found: list[IncomeChange] = []
    for comparison in (*((before,) if before else ()), Comparison.SAME_DATE_LAST_YEAR):
        last = base_day(day, comparison, Timing.PERIOD)
        start = window_of(last, period, date.min).period_start
        base = _earned(reader, product, start, last) if start >= first else None
        found.append(
            IncomeChange(comparison, start, last, sum_of(now), sum_of(base) if base else None, effects_of(now, base) if base else None)
        )
    return tuple(found)


def _earned(reader: Reader, product: ProductScope, first: date, last: date) -> dict[object, Earned]:
    rows = reader.rows(
        "SELECT product_code, organisation_code, sum(balance_days), sum(margin_amount), sum(fee_amount) FROM contribution_month AS m "
        f"WHERE {product.where(between(first, last))} GROUP BY 1, 2"
    )
    return {(code, outlet): Earned(Decimal(days), Decimal(margin), Decimal(fees)) for code, outlet, days, margin, fees in rows}
