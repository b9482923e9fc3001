"""Names of segments by what they differ in: the traits farthest from all customers, beyond chance, in the bank's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from maisui.models.measures import NORMAL_95
from maisui.models.segments.described import NAMED_BY, TRAITS

_LEAST_APART = 0.2
"""A difference of less than a fifth of a standard deviation tells nobody apart."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a segment differs from all customers in one trait: in standard deviations, and in how many standard errors."""

    code: str
    apart: float
    errors: float

    @property
    def is_told(self) -> bool:
        """Return whether it is beyond chance and large enough to be told."""
        return abs(self.errors) > NORMAL_95 and abs(self.apart) >= _LEAST_APART


def differences(traits: np.ndarray, parts: np.ndarray, count: int) -> list[list[Difference]]:
    """Return for each segment its differences from all in each of TRAITS, in their order; what does not vary differs in nothing."""
    compared = np.column_stack(
        [
            np.log1p(np.maximum(column, 0)) if one.code in ("assets", "transactions") else column
            for one, column in zip(TRAITS, traits.T, strict=True)
        ]
    )
    spread, middle = np.nanstd(compared, axis=0), np.nanmean(compared, axis=0)
    found: list[list[Difference]] = []
    for part in range(count):
        own = compared[parts == part]
        known = (~np.isnan(own)).sum(axis=0)
        apart = np.where(
            (spread > 0) & (known > 0), (np.nansum(own, axis=0) / np.maximum(known, 1) - middle) / np.where(spread > 0, spread, 1.0), 0.0
        )
        errors = apart * np.sqrt(known)
        found.append([Difference(one.code, apart[place].item(), errors[place].item()) for place, one in enumerate(TRAITS)])
    return found


def names_of(found: list[list[Difference]]) -> list[dict[str, Any]]:
    """Return for each segment its name in both languages, from its largest differences in reading order, and how many there are.

    Two segments of one name are told apart by their next difference, and if there is none by a number.
    """
    names: list[dict[str, Any]] = []
    taken: set[str] = set()
    words = {one.code: one for one in TRAITS}
    order = {one.code: place for place, one in enumerate(TRAITS)}
    for number, segment in enumerate(found, 1):
        told = sorted((one for one in segment if one.is_told), key=lambda one: (-abs(one.apart), order[one.code]))
        name_zh, name_en = "", ""
        for count in range(min(NAMED_BY, len(told)), len(told) + 1):
            chosen = sorted(told[:count], key=lambda one: order[one.code])
            said = [words[one.code].more if one.apart > 0 else words[one.code].less for one in chosen]
            name_zh, name_en = "·".join(zh for zh, _ in said), ", ".join(en for _, en in said)
            if name_zh and name_zh not in taken:
                break
        if not name_zh:
            name_zh, name_en = "与全体无明显差别", "like everybody"
        if name_zh in taken:
            name_zh, name_en = f"{name_zh} {number}", f"{name_en} {number}"
        taken.add(name_zh)
        names.append({"name_zh": name_zh, "name_en": name_en[:1].upper() + name_en[1:], "differences": len(told)})
    return names
