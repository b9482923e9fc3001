"""What customers of a kind and tier take up within the horizon: the baseline of every propensity, and what is offered without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from maisui.models.measures import NORMAL_95
from maisui.models.next_product.panel import Panel

LEAST_SEGMENT = 200
"""A segment with fewer customer-days goes by its whole kind, a kind with fewer by everybody."""


@dataclass(frozen=True, slots=True)
class Popularity:
    """Rates of taking up, one row a customer and one column a group, with their 95 % intervals (Wilson)."""

    rate: np.ndarray
    low: np.ndarray
    high: np.ndarray


def popularity(learnt: Sequence[Panel], people: Panel) -> Popularity:
    """Return for everybody of `people` how often those like him, to whom a group suited on earlier days, took it up."""
    levels = (tiers_of, _kinds, _everybody)
    seen, count = _counted(learnt, people, levels[0])
    for level in levels[1:]:
        wider, wider_count = _counted(learnt, people, level)
        few = count < LEAST_SEGMENT
        seen, count = np.where(few, wider, seen), np.where(few, wider_count, count)
    return rated(seen, count)


def rated(seen: np.ndarray, count: np.ndarray) -> Popularity:
    """Return rates of `seen` of `count` with their 95 % intervals (Wilson); of nothing, nothing with everything as its interval."""
    z, known, many = NORMAL_95, count > 0, np.maximum(count, 1)
    rate = seen / many
    middle, half = rate + z * z / (2 * many), z * np.sqrt(rate * (1 - rate) / many + z * z / (4 * many**2))
    whole = 1 + z * z / many
    return Popularity(
        np.where(known, rate, 0.0),
        np.where(known, np.maximum(0.0, (middle - half) / whole), 0.0),
        np.where(known, np.minimum(1.0, (middle + half) / whole), 1.0),
    )


def peer_share(people: Panel) -> np.ndarray:
    """Return which share of the customers of his kind and tier hold each group today, one row a customer."""
    names, place = np.unique(tiers_of(people), return_inverse=True)
    held = np.zeros((len(names), people.holds.shape[1]))
    np.add.at(held, place, people.holds)
    return (held / np.bincount(place, minlength=len(names))[:, None])[place]


def _counted(learnt: Sequence[Panel], people: Panel, level: Callable[[Panel], np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    names, place = np.unique(level(people), return_inverse=True)
    seen, count = (np.zeros((len(names), people.suits.shape[1])) for _ in range(2))
    for one in learnt:
        at = np.searchsorted(names, level(one))
        at = np.minimum(at, len(names) - 1)
        known = names[at] == level(one)
        np.add.at(seen, at[known], one.taken[known])
        np.add.at(count, at[known], one.suits[known])
    return seen[place], count[place]


def tiers_of(people: Panel) -> np.ndarray:
    """Return the kind and tier of everybody, as one word each."""
    return np.char.add(np.char.add(people.kinds.astype(str), "|"), people.tiers.astype(str))


def _kinds(people: Panel) -> np.ndarray:
    return people.kinds.astype(str)


def _everybody(people: Panel) -> np.ndarray:
    return np.full(len(people.kinds), "all")
