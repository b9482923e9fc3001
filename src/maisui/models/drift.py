"""Whether a score or a feature still looks as it did when the model was trained: population stability with its sample-size bound.

Yellow is an index beyond 0.10, red beyond 0.25, both only where it is beyond what chance allows 95 times of 100 at these sizes
(Yurdakul and Naranjo): with few customers the rule of thumb alone would alarm without cause, with many it would see nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import erfc, exp, gamma, sqrt
from typing import Any

import numpy as np

BINS = 10
SCORE = "score"
"""The name of the score among the spreads of a card; the others are features."""
_YELLOW, _RED, _CHANCE = 0.10, 0.25, 0.05
_HAIR = 1e-9
_LEAST_TO_MISS, _NEARLY_ALL = 50, 0.95


class Light(StrEnum):
    """How far something has moved."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Spread:
    """How values lay when a model was trained: edges of their tenths, how many lay in each, and last how many were unknown."""

    edges: list[float]
    counts: list[int]

    @property
    def count(self) -> int:
        """Return how many there were."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Stability:
    """How far values of today lie from a spread: the index, its bound by chance, how likely chance alone does so, unknown values."""

    index: float
    bound: float
    p_value: float
    missing: float
    missing_before: float
    light: Light


def spread_of(values: np.ndarray) -> Spread:
    """Return the spread of values; equal ones share a bin, and a value on which a fifth or more of them heap has one of its own.

    So a flag that hardly anybody bears, or a column that never differs, is seen to move as well.
    """
    known = values[~np.isnan(values)]
    edges, times = np.unique(np.quantile(known, np.arange(1, BINS) / BINS) if len(known) else np.empty(0), return_counts=True)
    heaps = edges[times > 1]
    edges = np.unique(np.concatenate([edges, heaps + np.maximum(np.abs(heaps) * _HAIR, _HAIR)]))
    return Spread(edges.tolist(), _counted(edges, values).tolist())


def stability_of(before: Spread, values: np.ndarray) -> Stability:
    """Return how far `values` lie from `before`; unknown values are a class of their own."""
    counts = np.array([before.counts, _counted(np.array(before.edges), values)], np.float64)
    used = counts.sum(axis=0) > 0
    shares = (counts[:, used] + 0.5) / (counts.sum(axis=1, keepdims=True) + 0.5 * used.sum())
    index = ((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum().item()
    freedom, error = int(used.sum()) - 1, 1 / max(1, before.count) + 1 / max(1, len(values))
    bound = chi_square_95(freedom) * error if freedom else 0.0
    missing, missing_before = counts[1, -1] / max(1, len(values)), counts[0, -1] / max(1, before.count)
    light = Light.RED if index > max(_RED, bound) else Light.YELLOW if index > max(_YELLOW, bound) else Light.GREEN
    return Stability(
        index, bound, chi_square_tail(index / error, freedom) if freedom else 1.0, missing.item(), missing_before.item(), light
    )


def unfed(spreads: dict[str, Any], values: dict[str, np.ndarray]) -> list[str]:
    """Return the named columns that told customers apart when the model was trained and tell nobody apart now: a feed that did not come.

    Unknown or nought for everybody; another value that all have may lie in the day, as until a loan that all have falls due. Of fewer
    than fifty customers nothing is said.
    """
    return [
        name
        for name, column in values.items()
        if name in spreads and len(column) >= _LEAST_TO_MISS and _told_apart(Spread(**spreads[name])) and not _tells_apart(column)
    ]


def _told_apart(before: Spread) -> bool:
    return max(before.counts) <= _NEARLY_ALL * before.count and sum(count > 0 for count in before.counts[:-1]) > 1


def _tells_apart(column: np.ndarray) -> bool:
    known = column[~np.isnan(column)]
    return bool((known != 0).any())


def drift_of(spreads: dict[str, Any], values: dict[str, np.ndarray]) -> dict[str, dict[str, Any]]:
    """Return the stability of each named column that has a spread."""
    return {name: asdict(stability_of(Spread(**spreads[name]), column)) for name, column in values.items() if name in spreads}


def chi_square_tail(value: float, freedom: int) -> float:
    """Return how likely a chi-square of so many degrees is beyond `value`."""
    half = max(value, 0.0) / 2
    if freedom % 2 == 0:
        return exp(-half) * sum(half**step / gamma(step + 1) for step in range(freedom // 2))
    return erfc(sqrt(half)) + exp(-half) * sum(half ** (step - 0.5) / gamma(step + 0.5) for step in range(1, (freedom + 1) // 2))


def chi_square_95(freedom: int) -> float:
    """Return what a chi-square of so many degrees stays below 95 times of 100."""
    low, high = 0.0, 10.0 * freedom + 20
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if chi_square_tail(middle, freedom) > _CHANCE else (low, middle)
    return high


def _counted(edges: np.ndarray, values: np.ndarray) -> np.ndarray:
    places = np.where(np.isnan(values), len(edges) + 1, np.searchsorted(edges, np.nan_to_num(values), side="right"))
    return np.bincount(places, minlength=len(edges) + 2)
