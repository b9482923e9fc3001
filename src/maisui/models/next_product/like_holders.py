"""What customers of his kind and tier who hold the same take up: what is offered while no model speaks, each rate with what it rests on.

Customers of a kind and tier are parted by one thing they hold or held before, the parts once more, only where both parts are large
enough and differ far beyond chance; whoever is in no such part goes by popularity. Each part is said in words: who holds this and not that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from maisui.models.next_product.panel import Panel
from maisui.models.next_product.popularity import LEAST_SEGMENT, Popularity, popularity, rated, tiers_of

MOST_PARTS = 2
"""So many things held tell customers of a kind and tier apart, at most."""
_LEAST_TAKERS, _BEYOND_CHANCE = 5, 4.0
"""Takers to be expected in either part, and by how many standard errors their rates must differ: many things are tried."""


@dataclass(frozen=True, slots=True)
class Likes:
    """Rates, one row a customer and one column a group, and for each up to `MOST_PARTS` things held that it rests on.

    `thing` is the place of the feature in the panel's values, -1 where there is none; `has` whether like customers have it.
    """

    rates: Popularity
    thing: np.ndarray
    has: np.ndarray


@dataclass(frozen=True, slots=True)
class _Part:
    things: tuple[tuple[int, bool], ...]
    taken: int
    count: int


def like_holders(learnt: Sequence[Panel], people: Panel, things: Sequence[int]) -> Likes:
    """Return how often those like everybody of `people`, who hold the same, took up each group; `things` are columns that are flags."""
    usual = popularity(learnt, people)
    rate, low, high = usual.rate.copy(), usual.low.copy(), usual.high.copy()
    thing = np.full((*rate.shape, MOST_PARTS), -1, np.int16)
    has = np.zeros(thing.shape, bool)
    flags, tiers = _flags(people, things), tiers_of(people)
    before = np.concatenate([_flags(one, things) for one in learnt]) if learnt else flags[:0]
    tiers_before = np.concatenate([tiers_of(one) for one in learnt]) if learnt else tiers[:0]
    suits = np.concatenate([one.suits for one in learnt]) if learnt else people.suits[:0]
    taken = np.concatenate([one.taken for one in learnt]) if learnt else people.suits[:0]
    for tier in np.unique(tiers):
        then, now = tiers_before == tier, np.flatnonzero(tiers == tier)
        flags_then, suits_then, taken_then, flags_now = before[then], suits[then], taken[then], flags[now]
        for group in range(rate.shape[1]):
            meant = suits_then[:, group]
            for part in _parts(flags_then[meant], taken_then[meant, group], ()):
                rows = now[_within(flags_now, part.things)]
                told = rated(np.array(part.taken), np.array(part.count))
                rate[rows, group], low[rows, group], high[rows, group] = told.rate, told.low, told.high
                for place, (one, holds) in enumerate(part.things):
                    thing[rows, group, place], has[rows, group, place] = things[one], holds
    return Likes(Popularity(rate, low, high), thing, has)


def _flags(people: Panel, things: Sequence[int]) -> np.ndarray:
    return people.values[:, list(things)] > 0


def _within(flags: np.ndarray, things: tuple[tuple[int, bool], ...]) -> np.ndarray:
    found = np.ones(len(flags), bool)
    for one, holds in things:
        found &= flags[:, one] == holds
    return found


def _parts(flags: np.ndarray, taken: np.ndarray, things: tuple[tuple[int, bool], ...]) -> Iterator[_Part]:
    """Return the parts into which rows fall, none where nothing parts them; each once more where that tells something."""
    best = _telling(flags, taken) if len(things) < MOST_PARTS else None
    if best is None:
        if things:
            yield _Part(things, int(taken.sum()), len(taken))
        return
    for holds in (True, False):
        rows = flags[:, best] == holds
        yield from _parts(flags[rows], taken[rows], (*things, (best, holds)))


def _telling(flags: np.ndarray, taken: np.ndarray) -> int | None:
    """Return what parts rows best: both parts large enough, and rates that differ far beyond chance; None where nothing does."""
    count, events = len(taken), int(taken.sum())
    if count < 2 * LEAST_SEGMENT or not 0 < events < count:
        return None
    rate = events / count
    with_it, took_it = flags.sum(axis=0), flags[taken].sum(axis=0)
    smaller = np.minimum(with_it, count - with_it)
    fits = (smaller >= LEAST_SEGMENT) & (smaller * rate >= _LEAST_TAKERS)
    if not fits.any():
        return None
    many, few = np.maximum(with_it, 1), np.maximum(count - with_it, 1)
    apart = np.abs(took_it / many - (events - took_it) / few) / np.sqrt(rate * (1 - rate) * (1 / many + 1 / few))
    apart = np.where(fits, apart, 0.0)
    best = int(apart.argmax())
    return best if apart[best] >= _BEYOND_CHANCE else None
