"""How a numerator and a denominator become one figure: exact decimals, rounded once, null where nothing exists."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from maisui.metrics import Metric, Timing


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its two sides; what does not exist is None, never 0."""

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None


_RATE_DECIMALS = 6
NOTHING = Figure(None, None, None)
"""A figure of which nothing is known."""


def plain_figure(metric: Metric, amount: Decimal | None, days: int) -> Figure:
    """Return the figure of a metric without denominator: a sum, or an average over `days`."""
    if amount is None:
        return NOTHING
    if metric.numerator.timing is Timing.AVERAGE:
        return _quotient(metric, amount, Decimal(days))
    return Figure(amount, None, _rounded(amount, metric.unit.decimals))


def ratio_figure(metric: Metric, numerator: Decimal | None, denominator: Decimal | None, days: int) -> Figure:
    """Return the figure of a metric with a denominator; sides of unlike timing are brought to the same number of days."""
    assert metric.denominator is not None  # noqa: S101 - callers choose by it
    above_averages, below_averages = metric.numerator.timing is Timing.AVERAGE, metric.denominator.timing is Timing.AVERAGE
    if above_averages and not below_averages and denominator is not None:
        denominator *= days
    if below_averages and not above_averages and numerator is not None:
        numerator *= days
    if numerator is None or denominator is None:
        return Figure(numerator, denominator, None)
    return _quotient(metric, numerator, denominator)


def moved(value: Decimal | None, base: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the change of a figure against its base, and its rate; None where there is nothing to hold it against."""
    if value is None or base is None:
        return None, None
    change = value - base
    return change, divide(change, abs(base), _RATE_DECIMALS) if base else None


def divide(numerator: Decimal, denominator: Decimal, decimals: int) -> Decimal:
    """Return the quotient rounded half-up to `decimals`, from exact operands."""
    with localcontext() as exact:
        exact.prec = 60
        return _rounded(numerator / denominator, decimals)


def _quotient(metric: Metric, numerator: Decimal, denominator: Decimal) -> Figure:
    if denominator == 0:
        return Figure(numerator, denominator, None)
    return Figure(numerator, denominator, divide(numerator, denominator, metric.unit.decimals))


def _rounded(value: Decimal, decimals: int) -> Decimal:
    with localcontext() as exact:
        exact.prec = 60
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
