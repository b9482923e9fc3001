"""Propensities that were learnt, how they are asked, and the days they are asked of."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from maisui.models.next_product.described import NEXT_PRODUCT, features_for
from maisui.models.next_product.panel import Panel, panel
from maisui.models.next_product.rules import Rules
from maisui.models.panel import Marts
from maisui.models.registry import StoredModel
from maisui.models.scorecard import Scorecard

FILE = "propensities.json"
FIRST = 5
"""Months before the first day that is judged: features look back half a year."""
MOST_TESTED = 200_000
"""Customers a day of those that are tested on, at most."""
MONTHS_WATCHED = 4
_ROWS_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class Propensities:
    """What was learnt: the features it was learnt from, and a scorecard for each group with enough buyers."""

    codes: tuple[str, ...]
    cards: dict[str, Scorecard]

    @classmethod
    def read(cls, stored: StoredModel) -> Propensities:
        """Return what a stored model says."""
        told = json.loads((stored.folder / FILE).read_text(encoding="utf-8"))
        return cls(tuple(told["features"]), {group: Scorecard.read(json.dumps(card)) for group, card in told["cards"].items()})

    def text(self) -> str:
        """Return it as JSON, the same for the same propensities."""
        cards = {group: json.loads(card.text()) for group, card in self.cards.items()}
        return json.dumps({"features": self.codes, "cards": cards}, indent=1, sort_keys=True)


def chances_of(found: Propensities, rules: Rules, people: Panel, popular: np.ndarray) -> np.ndarray:
    """Return the chance of everybody and every group: by its scorecard, or how popular it is among like customers."""
    chances = popular.copy()
    for place, group in enumerate(rules.groups):
        card = found.cards.get(group)
        rows = np.flatnonzero(people.suits[:, place])
        for part in (rows[start : start + _ROWS_AT_ONCE] for start in range(0, len(rows) if card else 0, _ROWS_AT_ONCE)):
            chances[part, place] = card.probabilities(found.codes, aligned(found, rules, people.values[part]))  # type: ignore[union-attr]
    return chances


def aligned(found: Propensities, rules: Rules, values: np.ndarray) -> np.ndarray:
    """Return values in the order of the features that were learnt from; what the rules of today no longer name is unknown."""
    codes = tuple(one.code for one in features_for(rules.groups))
    if codes == found.codes:
        return values
    place = {code: number for number, code in enumerate(codes)}
    unknown = np.full(len(values), np.nan)
    return np.column_stack([values[:, place[code]] if code in place else unknown for code in found.codes])


def apart(days: tuple[date, ...]) -> tuple[date, ...]:
    """Return days whose outcomes do not overlap, the last of them among them."""
    return days[::-1][:: NEXT_PRODUCT.horizon][::-1]


def panels(reader: Marts, rules: Rules, ends: tuple[date, ...], days: Sequence[date], most_rows: int) -> list[Panel]:
    """Return panels of days with what was taken up within the horizon after each, of so many customers at most in all."""
    ((count,),) = reader.rows("SELECT count(*) FROM customer_fact_month WHERE business_date = ?", [ends[-1]])
    share = min(256, max(1, most_rows // max(1, len(days)) * 256 // max(1, count)))
    return [panel(reader, rules, day, ends[ends.index(day) + NEXT_PRODUCT.horizon], share=share) for day in days]


def recent_panels(reader: Marts, rules: Rules, ends: tuple[date, ...]) -> list[Panel]:
    """Return panels of the last days whose outcome is known and do not overlap: what popularity is counted on."""
    return panels(reader, rules, ends, apart(ends[FIRST : len(ends) - NEXT_PRODUCT.horizon])[-MONTHS_WATCHED:], MOST_TESTED * 2)
