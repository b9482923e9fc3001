"""How good predictions are, in our own few lines: discrimination, calibration, gain, and how far chance alone reaches.

All of it is exact arithmetic over arrays; the only chance is a generator made from a seed. Money does not come here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

NORMAL_95 = 1.959963984540054
BINS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """One tenth of the customers, the highest probabilities first: how many, how often expected, how often seen."""

    count: int
    expected: float
    seen: int
    low: float
    high: float


def auc(happened: np.ndarray, scores: np.ndarray) -> float:
    """Return the probability that one to whom it happened has the higher score, ties counting half; nan where all are alike."""
    events = int(happened.sum())
    others = len(happened) - events
    if not events or not others:
        return float("nan")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middle = ends - (counts - 1) / 2
    return (float(middle[place][happened].sum()) - events * (events + 1) / 2) / (events * others)


def cap(happened: np.ndarray, scores: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Return the cumulative accuracy profile: share of all, share of those to whom it happened, from the highest score down.

    Equal scores are one step, so that their order tells nothing; empty where it never happened.
    """
    events = int(happened.sum())
    if not events:
        return ()
    order = np.argsort(-scores, kind="stable")
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    reached = np.cumsum(happened[order])[last] / events
    return ((0.0, 0.0), *zip(((last + 1) / len(scores)).tolist(), reached.tolist(), strict=True))


def accuracy_ratio(profile: tuple[tuple[float, float], ...], rate: float) -> float:
    """Return the area of a profile above the diagonal against that of a perfect one, at a rate of events; nan where there is none."""
    if not profile or not 0 < rate < 1:
        return float("nan")
    area = sum((right - left) * (low + high) / 2 for (left, low), (right, high) in pairwise(profile))
    return (area - 0.5) / ((1 - rate) / 2)


def at_shares(profile: tuple[tuple[float, float], ...], steps: int = 20) -> list[list[float]]:
    """Return a profile at equal shares of all, both ends included."""
    shares = np.arange(steps + 1) / steps
    reached = np.interp(shares, [one for one, _ in profile], [one for _, one in profile]) if profile else np.zeros(steps + 1)
    return [[share, height] for share, height in zip(shares.tolist(), reached.tolist(), strict=True)]


def average_precision(happened: np.ndarray, scores: np.ndarray) -> float:
    """Return the mean share of hits down the list, weighed by the events that each score adds; nan where it never happened."""
    events = int(happened.sum())
    if not events:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(happened[order])
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    return float((np.diff(hits[last], prepend=0) / events * hits[last] / (last + 1)).sum())


def ks(happened: np.ndarray, scores: np.ndarray) -> float:
    """Return the widest gap between the two cumulative shares (Kolmogorov-Smirnov); nan where all are alike."""
    events = int(happened.sum())
    if not events or events == len(happened):
        return float("nan")
    order = np.argsort(scores, kind="stable")
    hit = happened[order]
    gaps = np.abs(np.cumsum(hit) / events - np.cumsum(~hit) / (len(hit) - events))
    last = np.append(np.diff(scores[order]) != 0, True)
    return float(gaps[last].max())


def lift(happened: np.ndarray, scores: np.ndarray, share: float = 0.1) -> float:
    """Return how much oftener it happened among the highest `share` of scores than among all; nan where it never happened."""
    top = max(1, round(len(scores) * share))
    chosen = np.argsort(-scores, kind="stable")[:top]
    return float(happened[chosen].mean() / happened.mean()) if happened.any() else float("nan")


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Return how far two columns have the same order (Spearman), ties counting half; nan where one has no order."""
    ranks = []
    for values in (first, second):
        _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
        ranks.append((np.cumsum(counts) - (counts - 1) / 2)[place])
    if min(np.ptp(ranks[0]), np.ptp(ranks[1])) == 0:
        return float("nan")
    return float(np.corrcoef(*ranks)[0, 1])


def caught(happened: np.ndarray, scores: np.ndarray, share: float = 0.2) -> float:
    """Return which part of those to whom it happened is among the highest `share` of scores; nan where it never happened."""
    chosen = np.argsort(-scores, kind="stable")[: max(1, round(len(scores) * share))]
    return float(happened[chosen].sum() / happened.sum()) if happened.any() else float("nan")


def brier_skill(happened: np.ndarray, probabilities: np.ndarray) -> float:
    """Return how much smaller the squared error is than that of the mean rate; nan where all are alike."""
    base = float(((happened.mean() - happened) ** 2).mean())
    return 1 - float(((probabilities - happened) ** 2).mean()) / base if base else float("nan")


def bins(happened: np.ndarray, probabilities: np.ndarray, count: int = BINS) -> tuple[Bin, ...]:
    """Return tenths from the highest probabilities down, each with the 95 % interval of its seen rate (Wilson)."""
    order = np.argsort(-probabilities, kind="stable")
    return tuple(
        Bin(len(part), float(probabilities[part].mean()), int(happened[part].sum()), *wilson(int(happened[part].sum()), len(part)))
        for part in np.array_split(order, count)
        if len(part)
    )


def calibration_error(found: tuple[Bin, ...]) -> float:
    """Return the expected calibration error: mean distance of seen from expected, weighted by customers."""
    total = sum(one.count for one in found)
    return sum(abs(one.seen - one.expected * one.count) for one in found) / total if total else float("nan")


def calibration_allowed(probabilities: np.ndarray, *, seed: int, times: int = 200) -> float:
    """Return the calibration error that a perfect model stays below 95 times of 100 at these probabilities, never less than 0.01."""
    drawn = np.random.default_rng(seed)
    order = np.argsort(-probabilities, kind="stable")
    parts = np.array_split(probabilities[order], BINS)
    errors = [sum(abs(float((drawn.random(len(p)) < p).sum() - p.sum())) for p in parts) / len(probabilities) for _ in range(times)]
    return max(0.01, float(np.quantile(errors, 0.95)))


def wilson(seen: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a rate; of nothing, everything."""
    if not count:
        return 0.0, 1.0
    z, rate = NORMAL_95, seen / count
    middle = rate + z * z / (2 * count)
    half = z * sqrt(rate * (1 - rate) / count + z * z / (4 * count * count))
    return max(0.0, (middle - half) / (1 + z * z / count)), min(1.0, (middle + half) / (1 + z * z / count))


def resampled(
    happened: np.ndarray,
    *scores: np.ndarray,
    customers: np.ndarray,
    seed: int,
    times: int = 1000,
    measure: Callable[[np.ndarray, np.ndarray], float] = auc,
) -> np.ndarray:
    """Return a measure of each of `scores` in `times` samples drawn with replacement, one row a sample.

    Customers are drawn, each with all his months: the same one seen again tells little anew.
    """
    drawn = np.random.default_rng(seed)
    found = np.empty((times, len(scores)))
    _, place, counts = np.unique(np.asarray(customers, str), return_inverse=True, return_counts=True)
    rows, starts = np.argsort(place, kind="stable"), np.cumsum(counts) - counts
    for one in range(times):
        who = drawn.integers(0, len(counts), len(counts))
        many = counts[who]
        within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
        chosen = rows[np.repeat(starts[who], many) + within]
        found[one] = [measure(happened[chosen], score[chosen]) for score in scores]
    return found


def interval(value: float, found: np.ndarray) -> Interval:
    """Return a figure with the middle 95 % of what samples gave."""
    low, high = np.nanquantile(found, (0.025, 0.975))
    return Interval(value, float(low), float(high))
