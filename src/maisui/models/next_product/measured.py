"""How much better propensities order products than popularity: hit rate and NDCG of the best few, with intervals by customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from maisui.models.calibration import calibration_of
from maisui.models.next_product.described import BEST

_TIMES = 1000


@dataclass(frozen=True, slots=True)
class Ranked:
    """Of each customer who took up something: whether it was among the best few, and how high (NDCG)."""

    hit: np.ndarray
    gain: np.ndarray


def best_places(values: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return the columns of the BEST largest allowed values of each row, the largest first; -1 where there are no more."""
    masked = np.where(allowed, values, -np.inf)
    order = np.argsort(-masked, axis=1, kind="stable")[:, :BEST]
    return np.where(np.isfinite(np.take_along_axis(masked, order, axis=1)), order, -1)


def ranked(best: np.ndarray, taken: np.ndarray) -> Ranked:
    """Return hit and NDCG of every row that took up something."""
    takers = taken.any(axis=1)
    chosen, seen = best[takers], taken[takers]
    right = np.take_along_axis(seen, np.maximum(chosen, 0), axis=1) & (chosen >= 0)
    weights = 1 / np.log2(np.arange(2, chosen.shape[1] + 2))
    ideal = np.cumsum(weights)[np.minimum(seen.sum(axis=1), len(weights)) - 1]
    return Ranked(np.asarray(right.any(axis=1), np.float64), np.asarray((right * weights).sum(axis=1) / ideal))


def compared(model: Ranked, popular: Ranked, *, seed: int) -> dict[str, float | None]:
    """Return hit rate and NDCG of the model and of popularity with 95 % intervals of the model and of the difference."""
    count = len(model.hit)
    if not count:
        return {"takers": 0}
    drawn = np.random.default_rng(seed)
    found: dict[str, float | None] = {"takers": count}
    samples = [drawn.integers(0, count, count) for _ in range(_TIMES)]
    for name, one, other in (("hit", model.hit, popular.hit), ("ndcg", model.gain, popular.gain)):
        own = np.array([one[chosen].mean() for chosen in samples])
        gained = np.array([(one - other)[chosen].mean() for chosen in samples])
        value, usual = one.mean().item(), other.mean().item()
        found |= {
            name: value,
            f"{name}_low": np.quantile(own, 0.025).item(),
            f"{name}_high": np.quantile(own, 0.975).item(),
            f"{name}_of_popularity": usual,
            f"{name}_gain_low": np.quantile(gained, 0.025).item(),
            f"{name}_gain_high": np.quantile(gained, 0.975).item(),
        }
    usual = popular.hit.mean().item()
    return found | {"hit_ratio": model.hit.mean().item() / usual if usual else None}


def calibration(taken: np.ndarray, chances: np.ndarray, customers: np.ndarray, *, seed: int) -> dict[str, Any]:
    """Return what a card says of the calibration of pairs of customer and product; `customers` are those of the pairs."""
    expected = {"expected": chances.sum().item(), "taken": int(taken.sum())}
    return expected | calibration_of(taken, chances, customers, seed=seed, times=100)
