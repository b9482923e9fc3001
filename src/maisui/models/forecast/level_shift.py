"""The month since which a series stands at another level: a structural break that its own wandering does not explain.

Every month is tried as the first of the new level. With and without that step a series is a level, a slope and the part of yesterday's
deviation that lasts (from none, noise around a line, to all of it, a random walk); there is a break where the best step leaves far less
unexplained than the best account without one. The months from it on are searched again, so that the last break is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

LEAST_KNOWN, LEAST_AROUND = 13, 3
"""Months without which no break is told from a season, and those that must be known before and after it."""
FAR_LESS = 18.0
"""By how much the logarithm of what is unexplained must fall, times the months: chance brings it in one series of several hundred."""
STANDS_STILL = 0.005
"""Changes within this part of a series' mean size are no more than noise, so that a series that hardly moves has no break at every cent."""
_LASTING = (0.0, 0.25, 0.5, 0.75, 1.0)


def last_shift(values: np.ndarray) -> int:
    """Return the place of the first month at the present level; 0 where no break is beyond doubt."""
    begun = 0
    while (place := _best_step(values[begun:])) is not None:
        begun += place
    return begun


def around(amounts: Sequence[Decimal], place: int) -> tuple[Decimal, Decimal]:
    """Return the middle of the three months before a break, and of the three from it on."""
    before, after = (sorted(amounts[first : first + LEAST_AROUND])[LEAST_AROUND // 2] for first in (place - LEAST_AROUND, place))
    return before, after


def _best_step(values: np.ndarray) -> int | None:
    """Return where one step explains most; None where it explains too little."""
    count = len(values)
    if count < LEAST_KNOWN:
        return None
    places = np.arange(LEAST_AROUND, count - LEAST_AROUND + 1)
    noise = (count - 1) * (STANDS_STILL * np.abs(values).mean()) ** 2
    steps = (np.arange(count)[:, None] >= places).astype(np.float64)
    line = np.column_stack([np.ones(count), np.arange(count)])
    without: list[float] = []
    with_it: list[np.ndarray] = []
    for lasting in _LASTING:
        usual, rest, step = (one[1:] - lasting * one[:-1] for one in (line, values, steps))
        base, _ = np.linalg.qr(usual if lasting < 1 else usual[:, 1:])
        rest, step = (one - base @ (base.T @ one) for one in (rest, step))
        size = (step**2).sum(axis=0)
        explained = np.where(size > 1e-9, (rest @ step) ** 2 / np.maximum(size, 1e-9), 0.0)  # noqa: PLR2004 - a step that is a line itself
        left = (rest**2).sum()
        without.append(left)
        with_it.append(np.maximum(left - explained, 0.0))
    unexplained = np.min(with_it, axis=0)
    best = int(unexplained.argmin())
    if noise + min(without) <= 0:
        return None
    gain = (count - 1) * np.log((noise + min(without)) / (noise + unexplained[best]))
    return int(places[best]) if gain > FAR_LESS else None
