"""k-means in our own few lines, how alike two partitions are, how many clusters to take, and how stable they are.

Everything is exact arithmetic over arrays; the only chance is a generator made from a seed, so that the same rows give the same
segments. The number is that of the best silhouette among those that stay the same when customers are drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_STABLE, LEAST_SHARE = 0.80, 0.02
"""A number of segments may be taken when the mean ARI of bootstraps reaches the first, and no segment is a smaller share than the second."""
FEWEST, MOST = 3, 8
BOOTSTRAPS = 50
_STARTS, _STEPS, _TOLERANCE = 8, 100, 1e-7
_MOST_FITTED, _MOST_COMPARED = 20_000, 2_000


@dataclass(frozen=True, slots=True)
class Tried:
    """One number of segments: silhouette, mean ARI of bootstraps with its lowest twentieth, share of the smallest, within-sum of squares."""

    count: int
    silhouette: float
    stability: float
    stability_low: float
    smallest_share: float
    within: float

    @property
    def may_be_taken(self) -> bool:
        """Return whether it is stable, and no segment too small."""
        return self.stability >= LEAST_STABLE and self.smallest_share >= LEAST_SHARE


def nearest(values: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Return the nearest centre of each row."""
    found = np.empty(len(values), np.int64)
    lengths, doubled = (centres**2).sum(axis=1)[:, None], -2 * centres
    for start in range(0, len(values), 100_000):
        found[start : start + 100_000] = (doubled @ values[start : start + 100_000].T + lengths).argmin(axis=0)
    return found


def centres_of(values: np.ndarray, count: int, *, seed: int, starts: int = _STARTS) -> np.ndarray:
    """Return the centres of the best of several starts (k-means++), the largest cluster first."""
    drawn = np.random.default_rng(seed)
    if len(values) > _MOST_FITTED:
        values = values[np.sort(drawn.choice(len(values), _MOST_FITTED, replace=False))]
    best, least = values[:count], np.inf
    for _ in range(starts):
        centres = _moved(values, _spread_start(values, count, drawn))
        within = _within(values, centres)
        if within < least * (1 - _TOLERANCE):
            best, least = centres, within
    sizes = np.bincount(nearest(values, best), minlength=count)
    return best[np.lexsort((*best.T[::-1], -sizes))]


def adjusted_rand(one: np.ndarray, other: np.ndarray) -> float:
    """Return the adjusted Rand index of two partitions of the same rows: 1 where they are the same, 0 on average by chance."""
    _, first = np.unique(one, return_inverse=True)
    _, second = np.unique(other, return_inverse=True)
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)
    pairs, rows, columns = (_pairs(part).sum().item() for part in (table, table.sum(axis=1), table.sum(axis=0)))
    expected = rows * columns / max(1.0, _pairs(np.array(len(first), np.float64)).item())
    most = (rows + columns) / 2
    return 1.0 if most == expected else (pairs - expected) / (most - expected)


def silhouette(values: np.ndarray, parts: np.ndarray, *, seed: int) -> float:
    """Return the mean silhouette of at most so many rows as are compared: how much nearer the own segment is than the next."""
    if len(values) > _MOST_COMPARED:
        chosen = np.sort(np.random.default_rng(seed).choice(len(values), _MOST_COMPARED, replace=False))
        values, parts = values[chosen], parts[chosen]
    squares = (values**2).sum(axis=1)
    apart = np.sqrt(np.maximum(squares[:, None] + squares - 2 * values @ values.T, 0))
    names, place = np.unique(parts, return_inverse=True)
    if len(names) < 2:  # noqa: PLR2004 - nothing to be apart from
        return 0.0
    member = np.eye(len(names))[place]
    sizes = member.sum(axis=0)
    sums = apart @ member
    own = sums[np.arange(len(place)), place] / np.maximum(sizes[place] - 1, 1)
    means = sums / sizes
    means[np.arange(len(place)), place] = np.inf
    other = means.min(axis=1)
    return np.where(sizes[place] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-12), 0.0).mean().item()


def tried(values: np.ndarray, count: int, *, seed: int, times: int = BOOTSTRAPS) -> tuple[Tried, np.ndarray]:
    """Return how good a number of segments is, and its centres."""
    drawn = np.random.default_rng(seed)
    judged = values
    if len(values) > _MOST_FITTED:
        judged = values[np.sort(drawn.choice(len(values), _MOST_FITTED, replace=False))]
    centres = centres_of(judged, count, seed=seed)
    parts = nearest(judged, centres)
    alike = [
        adjusted_rand(
            parts, nearest(judged, centres_of(judged[drawn.integers(0, len(judged), len(judged))], count, seed=seed + again, starts=2))
        )
        for again in range(1, times + 1)
    ]
    sizes = np.bincount(parts, minlength=count)
    return (
        Tried(
            count, silhouette(judged, parts, seed=seed), np.mean(alike).item(), np.quantile(alike, 0.05).item(),
            (sizes.min() / len(judged)).item(), _within(judged, centres),
        ),
        centres,
    )  # fmt: skip


def chosen(trials: list[Tried]) -> Tried | None:
    """Return the number with the best silhouette among those that may be taken; None where none may."""
    allowed = [one for one in trials if one.may_be_taken]
    return max(allowed, key=lambda one: (one.silhouette, -one.count), default=None)


def _spread_start(values: np.ndarray, count: int, drawn: np.random.Generator) -> np.ndarray:
    """Return starting centres, each likelier the farther from those before."""
    centres = [values[drawn.integers(len(values))]]
    far = ((values - centres[0]) ** 2).sum(axis=1)
    while len(centres) < count:
        total = far.sum()
        place = drawn.choice(len(values), p=far / total) if total > 0 else drawn.integers(len(values))
        centres.append(values[place])
        far = np.minimum(far, ((values - centres[-1]) ** 2).sum(axis=1))
    return np.array(centres)


def _moved(values: np.ndarray, centres: np.ndarray) -> np.ndarray:
    columns = np.ascontiguousarray(values.T)
    for _ in range(_STEPS):
        parts = nearest(values, centres)
        sizes = np.bincount(parts, minlength=len(centres))
        sums = np.column_stack([np.bincount(parts, column, len(centres)) for column in columns])
        moved = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
        step = np.abs(moved - centres).max()
        centres = moved
        if step < _TOLERANCE:
            break
    return centres


def _within(values: np.ndarray, centres: np.ndarray) -> float:
    return ((values - centres[nearest(values, centres)]) ** 2).sum().item()


def _pairs(counts: np.ndarray) -> np.ndarray:
    return counts * (counts - 1) / 2
