"""The simplest forecast that can be wrong honestly: next month as this month, as far off as months have moved before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

LEAST_CHANGES = 6
LARGEST_SPAN = 12
_NORMAL_80 = Decimal("1.2816")


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected next month with an interval that should hold four times in five; `changes` is how many it rests on."""

    expected: Decimal
    low: Decimal
    high: Decimal
    changes: int


def naive_forecast(values: Sequence[Decimal | None]) -> Forecast | None:
    """Return the forecast after whole months, oldest first; None where fewer than six changes in a row are known.

    The half width is 1.2816 × the root mean square of the last twelve changes; counts are whole and never below zero.
    """
    run: list[Decimal] = []
    for value in reversed(values):
        if value is None:
            break
        run.append(value)
    changes = [after - before for after, before in pairwise(run)][:LARGEST_SPAN]
    if len(changes) < LEAST_CHANGES:
        return None
    mean = sum((change * change for change in changes), Decimal(0)) / len(changes)
    half = _NORMAL_80 * mean.sqrt()
    low, high = (side.quantize(Decimal(1), rounding=ROUND_HALF_UP) for side in (run[0] - half, run[0] + half))
    return Forecast(run[0], max(low, Decimal(0)), high, len(changes))
