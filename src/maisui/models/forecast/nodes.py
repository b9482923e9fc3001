"""Sums of series: what an organisation with all below it, and all or one value of the dimension, had, has ahead, and was told to have.

A sum's forecast is the sum of its series' forecasts, and so is what was said at each earlier origin. How far off it may be is measured
on it, never added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import ceil

import numpy as np

from maisui.models.forecast.methods import Method, seasonal_naive
from maisui.models.forecast.selection import ORIGINS
from maisui.models.forecast.subject import MONTHS_AHEAD

_RECENT = 12
"""Months whose changes say how much a figure moves."""
COVERED = Decimal("0.9")
"""The share of outcomes that an interval is to hold."""


@dataclass(frozen=True, slots=True)
class Told:
    """One series as it is kept: its months up to the last (oldest first), what is ahead, what was said so many months back, and how.

    `since` is the place of the first month that it is told from, the first after the last structural break; 0 where there is none.
    """

    actual: tuple[Decimal, ...]
    future: tuple[Decimal, ...]
    past: dict[int, tuple[Decimal, ...]]
    method: Method
    errors: dict[Method, Decimal]
    since: int = 0

    def said(self, back: int) -> tuple[Decimal, ...]:
        """Return what was said `back` months ago; where nothing could be said yet, that things stay as they are."""
        if back in self.past:
            return self.past[back]
        known = self.actual[: len(self.actual) - back]
        return (known[-1] if known else Decimal(0),) * min(MONTHS_AHEAD, back)


@dataclass(frozen=True, slots=True)
class Node:
    """A sum of series: its months (oldest first, the earliest of any of them), what is ahead, and what was said at each origin."""

    actual: tuple[Decimal, ...]
    future: tuple[Decimal, ...]
    past: dict[int, tuple[Decimal, ...]]
    parts: int

    @property
    def is_sum(self) -> bool:
        """Return whether it adds up more than one series."""
        return self.parts > 1

    def scale(self, back: int = 0) -> Decimal:
        """Return the mean absolute change of a month over the year up to `back` months ago; 0 where nothing moved."""
        known = self.actual[: len(self.actual) - back][-_RECENT - 1 :]
        changes = [abs(after - before) for before, after in pairwise(known)]
        return sum(changes, Decimal(0)) / len(changes) if changes else Decimal(0)

    def outcome(self, back: int) -> tuple[Decimal, ...]:
        """Return what came in the months after the origin `back` months ago."""
        return self.actual[len(self.actual) - back :][: min(MONTHS_AHEAD, back)]

    def mean_errors(self) -> tuple[Decimal, Decimal] | None:
        """Return the mean absolute error of what was said and of the same month a year before, over the origins where both speak."""
        own: list[Decimal] = []
        plain: list[Decimal] = []
        values = np.array(self.actual, object)
        for back, said in self.past.items():
            year_before = seasonal_naive(values[: len(values) - back], len(said))
            if year_before is None:
                continue
            came = self.outcome(back)
            own += [abs(one - other) for one, other in zip(said, came, strict=True)]
            plain += [abs(one - other) for one, other in zip(year_before.tolist(), came, strict=True)]
        return (sum(own, Decimal(0)) / len(own), sum(plain, Decimal(0)) / len(plain)) if own else None


def node_of(parts: Sequence[Told]) -> Node:
    """Return the sum of some series, at least one; all of them end with the same month."""
    length = max(len(part.actual) for part in parts)
    nothing = Decimal(0)
    padded = [(nothing,) * (length - len(part.actual)) + part.actual for part in parts]
    origins = [back for back in ORIGINS if any(back in part.past for part in parts)]
    return Node(
        actual=_added(padded),
        future=_added([part.future for part in parts]),
        past={back: _added([part.said(back) for part in parts]) for back in origins},
        parts=len(parts),
    )


def _added(lines: Sequence[tuple[Decimal, ...]]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*lines, strict=True))


@dataclass(frozen=True, slots=True)
class Spread:
    """How wide intervals must be: for each month ahead, in multiples of a node's mean change; `covered` of `tried` were held.

    `by_origin` are the widths without the origin itself, by which its outcomes were tried.
    """

    widths: tuple[Decimal, ...]
    by_origin: dict[int, tuple[Decimal, ...]]
    covered: int
    tried: int


def measure_spread(nodes: Sequence[Node]) -> Spread:
    """Return the widths that would have held nine in ten of what came, over all origins of all nodes of one kind.

    The width of a month ahead is the ⌈0.9 (n + 1)⌉-th smallest of n errors (split conformal), never less than that of the month before.
    """
    found = [(back, ahead, ratio) for node in nodes for back, ahead, ratio in _ratios(node)]
    by_origin = {
        back: _widths([(ahead, ratio) for other, ahead, ratio in found if other != back]) for back in sorted({back for back, *_ in found})
    }
    held = sum(ahead <= len(by_origin[back]) and ratio <= by_origin[back][ahead - 1] for back, ahead, ratio in found)
    return Spread(_widths([(ahead, ratio) for _, ahead, ratio in found]), by_origin, held, len(found))


def _ratios(node: Node) -> list[tuple[int, int, Decimal]]:
    """Return for each origin and month ahead the error in multiples of the mean change known at the origin."""
    found: list[tuple[int, int, Decimal]] = []
    for back, said in node.past.items():
        scale = node.scale(back)
        if scale:
            errors = [abs(one - other) / scale for one, other in zip(said, node.outcome(back), strict=True)]
            found += [(back, ahead, error) for ahead, error in enumerate(errors, 1)]
    return found


def _widths(found: Sequence[tuple[int, Decimal]]) -> tuple[Decimal, ...]:
    widths: list[Decimal] = []
    for ahead in range(1, MONTHS_AHEAD + 1):
        errors = sorted(error for step, error in found if step == ahead)
        if not errors:
            break
        place = min(len(errors), ceil((len(errors) + 1) * COVERED))
        widths.append(max(errors[place - 1], widths[-1] if widths else Decimal(0)))
    return tuple(widths)
