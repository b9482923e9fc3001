"""Were past warnings early? Of those who went bad, how many days before they stood on the list, and whether they ever did.

Somebody went bad at the first month end at which he is out of the model's scope as `bad_already`, having been in it within the months
before. The list of a month is whom the expert rule picks; with a model, also its highest fifth, from the months it was tested on.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from maisui.models import asked, measures
from maisui.models.model import Model
from maisui.models.panel import Marts, month_number, population
from maisui.models.registry import StoredModel

EARLY_DAYS = 90
BAD = "bad_already"
_MOST_MONTHS, _TOP = 25, 0.2


def lead_times(reader: Marts, model: Model, stored: StoredModel | None, ends: tuple[date, ...]) -> list[dict[str, Any]]:
    """Return for the rule, and for the model where there is one, what became of warnings up to the last of `ends`.

    Each line says by whom, of how many who went bad, how many stood on the list within `model.horizon` months before, how many of
    them while nothing was in arrears, how many at least `EARLY_DAYS` before with the interval of that share, and the median of the days.
    """
    history = ends[-_MOST_MONTHS:]
    tested_from = stored.card["windows"]["test"]["from"] if stored is not None else ""
    warned: dict[str, dict[str, list[date]]] = {"rule": {}} | ({"model": {}} if stored is not None else {})
    in_scope: dict[str, list[date]] = {}
    clean: set[tuple[str, date]] = set()
    arrears = model.feature_codes.index(model.arrears)
    bad_before: set[str] = set()
    went: list[tuple[str, date]] = []
    for day in history:
        people = population(reader, model, day)
        bad = {number for number, why in zip(people.customers, people.why_not, strict=True) if why == BAD}
        went += [(number, day) for number in sorted(bad - bad_before) if _recent(in_scope.get(number, []), day, model.horizon)]
        bad_before = bad
        scored = people.is_scored
        clean.update((number, day) for number in people.customers[scored & (people.values[:, arrears] <= 0)])
        for number in people.customers[scored]:
            in_scope.setdefault(number, []).append(day)
        for number in people.customers[scored & people.is_flagged]:
            warned["rule"].setdefault(number, []).append(day)
        if stored is not None and f"{day}" >= tested_from and scored.any():
            chances = asked.probabilities_of(stored, people.values[scored])
            top = np.argsort(-chances, kind="stable")[: max(1, round(len(chances) * _TOP))]
            for number in people.customers[scored][top]:
                warned["model"].setdefault(number, []).append(day)
    lines: list[dict[str, Any]] = []
    for by, lists in warned.items():
        first = tested_from if by == "model" else ""
        judged = [(number, day) for number, day in went if any(f"{one}" >= first for one in _recent(in_scope[number], day, model.horizon))]
        found = [(number, day, _recent(lists.get(number, []), day, model.horizon)) for number, day in judged]
        before = sum(any((number, one) in clean for one in days) for number, _, days in found)
        lines.append(_line(by, [(day - days[0]).days if days else None for _, day, days in found]) | {"before_arrears": before})
    return lines


def _recent(days: list[date], day: date, months: int) -> list[date]:
    """Return those of `days` that lie within the `months` before `day`."""
    return [one for one in days if 0 < month_number(day) - month_number(one) <= months]


def _line(by: str, found: list[int | None]) -> dict[str, Any]:
    """Return the counts of one list; `found` has for each who went bad how many days before he first stood on it, None for never."""
    leads = sorted(lead for lead in found if lead is not None)
    early = sum(lead >= EARLY_DAYS for lead in leads)
    low, high = measures.wilson(early, len(found))
    return {
        "by": by,
        "went_bad": len(found),
        "warned": len(leads),
        "early": early,
        "early_low": low,
        "early_high": high,
        "median_days": leads[(len(leads) - 1) // 2] if leads else None,
        "shortest_days": leads[0] if leads else None,
    }
