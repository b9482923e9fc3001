"""The difference of two arms with its interval at 95 %: shares by Newcombe's hybrid score, means by Welch; all in decimal numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Z = Decimal("1.959963984540054")
"""The two-sided 95 % point of the normal distribution."""
FEWEST_FREEDOM = 5
_POWER_Z = Decimal("2.801585218")
"""The sum of the points for 95 % two-sided and for a power of 80 %."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: how many customers it has, and the mean of their values (a share where each is 0 or 1)."""

    count: int
    mean: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """Treated less control, between `low` and `high` with 95 % confidence; `low` and `high` are None where too few are there to tell."""

    treated: Arm
    control: Arm
    value: Decimal
    low: Decimal | None
    high: Decimal | None

    @property
    def shows_effect(self) -> bool:
        """Return whether the interval leaves out zero."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


def difference_of_shares(treated: Sequence[Decimal], control: Sequence[Decimal]) -> Difference:
    """Return the difference of two shares with Newcombe's interval of Wilson's; values are 0 or 1, no arm is empty."""
    one, two = _arm(treated), _arm(control)
    (low_one, high_one), (low_two, high_two) = _wilson(one), _wilson(two)
    value = one.mean - two.mean
    low = value - ((one.mean - low_one) ** 2 + (high_two - two.mean) ** 2).sqrt()
    high = value + ((high_one - one.mean) ** 2 + (two.mean - low_two) ** 2).sqrt()
    return Difference(one, two, value, low, high)


def difference_of_means(treated: Sequence[Decimal], control: Sequence[Decimal]) -> Difference:
    """Return the difference of two means with Welch's interval; without limits where fewer than five degrees of freedom are left."""
    one, two = _arm(treated), _arm(control)
    value = one.mean - two.mean
    if min(one.count, two.count) <= FEWEST_FREEDOM:
        return Difference(one, two, value, None, None)
    part_one, part_two = _variance(treated, one.mean) / one.count, _variance(control, two.mean) / two.count
    whole = part_one + part_two
    if not whole:
        return Difference(one, two, value, value, value)
    freedom = whole**2 / (part_one**2 / (one.count - 1) + part_two**2 / (two.count - 1))
    margin = student_point(freedom) * whole.sqrt()
    return Difference(one, two, value, value - margin, value + margin)


def student_point(freedom: Decimal) -> Decimal:
    """Return the two-sided 95 % point of Student's distribution by Cornish and Fisher's expansion, right to 0.001 from five degrees on."""
    z = Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * freedom**4)
    )


def smallest_difference_seen(treated: int, control: int) -> Decimal | None:
    """Return the difference of two shares near one half that is found four times in five; None where an arm is empty."""
    if not treated or not control:
        return None
    return min(Decimal(1), _POWER_Z * (Decimal("0.25") * (Decimal(1) / treated + Decimal(1) / control)).sqrt())


def _arm(values: Sequence[Decimal]) -> Arm:
    return Arm(len(values), sum(values, Decimal(0)) / len(values))


def _variance(values: Sequence[Decimal], mean: Decimal) -> Decimal:
    return sum(((value - mean) ** 2 for value in values), Decimal(0)) / (len(values) - 1)


def _wilson(arm: Arm) -> tuple[Decimal, Decimal]:
    n, p, square = arm.count, arm.mean, Z**2
    middle = p + square / (2 * n)
    margin = Z * (p * (1 - p) / n + square / (4 * n * n)).sqrt()
    return (middle - margin) / (1 + square / n), (middle + margin) / (1 + square / n)
