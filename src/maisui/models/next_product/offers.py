"""The best few offers of everybody as rows: expected yuan a year, the interval where a rate is a group's, reasons, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pyarrow as pa

from maisui.models.next_product.described import BEST, NEXT_PRODUCT
from maisui.models.next_product.like_holders import MOST_PARTS, Likes
from maisui.models.next_product.measured import best_places
from maisui.models.next_product.panel import Panel

MOST_REASONS = 3
_CENT = Decimal("0.01")
_ROWS_AT_ONCE = 200_000
_UNPRICED = 1e-9
"""A group without a known margin comes after those with one, by its chance alone."""
_ASSETS = [one.code for one in NEXT_PRODUCT.features].index("assets")
Reasons = Callable[[int, np.ndarray], tuple[np.ndarray, np.ndarray, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Chances:
    """What is known of everybody and every group: which share of his like hold it; its chance and interval, where one may be given.

    `is_modelled` says for which groups a scorecard speaks, and `reasons` what its features add to the chances of rows. `rests_on` are the
    things held by which like customers were told apart, and the codes of the features they are.
    """

    share: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))
    chance: np.ndarray | None = None
    low: np.ndarray | None = None
    high: np.ndarray | None = None
    is_modelled: np.ndarray | None = None
    reasons: Reasons | None = None
    rests_on: tuple[Likes, tuple[str, ...]] | None = None

    @classmethod
    def none(cls) -> Chances:
        """Return what is known of nobody."""
        return cls()


def offer_table(people: Panel | None, groups: tuple[str, ...], chances: Chances, worth: Mapping[tuple[str, str], Decimal]) -> Any:  # noqa: ANN401 - pyarrow is untyped
    """Return a row for each offer, the best of a customer first, and one row for whoever has none, with the reason.

    Columns: customer_number, organisation_code, customer_kind, tier_code, may_approach, why_none, place (1 is the best), product_group,
    basis (model, popularity or holding), chance, low, high, peer_share, margin_amount (yuan a year), expected_amount, assets (the logarithm
    of his own, which puts those in order of whom the same is expected), and reason_1 … with value_1 …, the strongest first; of a rate, what those it was counted on hold (1) or do not hold (0).
    """
    if people is None:
        return pa.table({name: pa.array([], kind) for name, kind in _KINDS.items()})
    amounts, has_margin = _amounts(people, groups, worth)
    pays = people.suits & ((amounts > 0) | ~has_margin)
    value = chances.share if chances.chance is None else chances.chance * np.where(has_margin, np.maximum(amounts, 0.0), _UNPRICED)
    best = best_places(value, pays & (value > 0))
    parts = [_offered(people, groups, chances, worth, best, place) for place in range(BEST)]
    nothing = best[:, 0] < 0
    parts.append(_without(people, nothing))
    table = pa.concat_tables([pa.table({name: part[name] for name in _KINDS}) for part in parts])
    return table.sort_by([("customer_number", "ascending"), ("place", "ascending")])


def _offered(
    people: Panel, groups: tuple[str, ...], chances: Chances, worth: Mapping[tuple[str, str], Decimal], best: np.ndarray, place: int
) -> dict[str, Any]:
    rows = np.flatnonzero(best[:, place] >= 0)
    chosen = best[rows, place]
    names = np.asarray(groups, object)
    margin = [worth.get((groups[group], kind)) for group, kind in zip(chosen, people.kinds[rows], strict=True)]
    modelled = np.zeros(len(rows), bool) if chances.is_modelled is None else chances.is_modelled[chosen]
    basis = np.where(modelled, "model", "holding" if chances.chance is None else "popularity")
    own = None if chances.chance is None else chances.chance[rows, chosen]
    columns: dict[str, Any] = {
        "place": np.full(len(rows), place + 1),
        "product_group": pa.array(names[chosen], pa.string()),
        "basis": pa.array(basis.astype(object), pa.string()),
        "chance": pa.nulls(len(rows), pa.float64()) if own is None else pa.array(own),
        "peer_share": pa.array(chances.share[rows, chosen]),
        "margin_amount": pa.array(margin, _MONEY),
        "assets": pa.array(people.values[rows, _ASSETS], from_pandas=True),
        "expected_amount": pa.array(
            [None] * len(rows) if own is None else [None if one is None else _share(one, p) for one, p in zip(margin, own.tolist(), strict=True)],
            _MONEY,
        ),
    }  # fmt: skip
    for name, bound in (("low", chances.low), ("high", chances.high)):
        columns[name] = pa.nulls(len(rows), pa.float64()) if bound is None else pa.array(bound[rows, chosen], mask=modelled)
    return columns | _people(people, rows) | {"why_none": pa.nulls(len(rows), pa.string())} | _reasons(chances, rows, chosen, modelled)


def _reasons(chances: Chances, rows: np.ndarray, chosen: np.ndarray, modelled: np.ndarray) -> dict[str, Any]:
    """Return the features that raise each chance most, never one whose value is unknown; of a rate, what it rests on."""
    codes: tuple[str, ...] = ()
    first = np.full((len(rows), MOST_REASONS), -1)
    values = np.full((len(rows), MOST_REASONS), np.nan)
    reasons = chances.reasons
    if chances.rests_on is not None:
        likes, codes = chances.rests_on
        first[:, :MOST_PARTS], values[:, :MOST_PARTS] = likes.thing[rows, chosen], likes.has[rows, chosen]
    for group in np.unique(chosen[modelled]):
        if reasons is None:
            break
        of = np.flatnonzero(modelled & (chosen == group))
        for part in (of[start : start + _ROWS_AT_ONCE] for start in range(0, len(of), _ROWS_AT_ONCE)):
            added, known, codes = reasons(int(group), rows[part])
            added = np.where(np.isnan(known), 0.0, added)
            order = np.argsort(-added, axis=1, kind="stable")[:, :MOST_REASONS]
            raises = np.take_along_axis(added, order, axis=1) > 0
            first[part] = np.where(raises, order, -1)
            values[part] = np.where(raises, np.take_along_axis(known, order, axis=1), np.nan)
    found: dict[str, Any] = {}
    for number in range(MOST_REASONS):
        lacking = first[:, number] < 0
        names = np.asarray((*codes, None), object)[first[:, number]]
        found[f"reason_{number + 1}"] = pa.array(names, pa.string(), mask=lacking)
        found[f"value_{number + 1}"] = pa.array(values[:, number], pa.float64(), mask=lacking)
    return found


def _without(people: Panel, nothing: np.ndarray) -> dict[str, Any]:
    rows = np.flatnonzero(nothing)
    why = [reason or "nothing_suitable" for reason in people.why_none[rows]]
    empty = {name: pa.nulls(len(rows), kind) for name, kind in _KINDS.items()}
    return empty | _people(people, rows) | {"why_none": pa.array(why, pa.string())}


def _people(people: Panel, rows: np.ndarray) -> dict[str, Any]:
    return {
        "customer_number": pa.array(people.customers[rows], pa.string()),
        "organisation_code": pa.array(people.organisations[rows], pa.string()),
        "customer_kind": pa.array(people.kinds[rows], pa.string()),
        "tier_code": pa.array(people.tiers[rows], pa.string()),
        "may_approach": pa.array(people.may_approach[rows], pa.bool_()),
    }


def _amounts(people: Panel, groups: tuple[str, ...], worth: Mapping[tuple[str, str], Decimal]) -> tuple[np.ndarray, np.ndarray]:
    """Return the yearly margin of each group for each customer's kind, as numbers to put offers in order, and whether it is known."""
    kinds, place = np.unique(people.kinds.astype(str), return_inverse=True)
    known = np.array([[(group, kind) in worth for group in groups] for kind in kinds])
    amounts = np.array([[worth.get((group, kind), Decimal(0)) for group in groups] for kind in kinds], np.float64)
    return amounts[place], known[place]


def _share(amount: Decimal, chance: float) -> Decimal:
    return (amount * Decimal(str(chance))).quantize(_CENT, ROUND_HALF_UP)


_MONEY = pa.decimal128(38, 2)
_KINDS: dict[str, Any] = {
    "customer_number": pa.string(),
    "organisation_code": pa.string(),
    "customer_kind": pa.string(),
    "tier_code": pa.string(),
    "may_approach": pa.bool_(),
    "why_none": pa.string(),
    "place": pa.int64(),
    "product_group": pa.string(),
    "basis": pa.string(),
    "chance": pa.float64(),
    "low": pa.float64(),
    "high": pa.float64(),
    "peer_share": pa.float64(),
    "margin_amount": _MONEY,
    "expected_amount": _MONEY,
    "assets": pa.float64(),
    **{
        f"{name}_{number}": kind
        for number in range(1, MOST_REASONS + 1)
        for name, kind in (("reason", pa.string()), ("value", pa.float64()))
    },
}
