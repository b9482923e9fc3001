"""Whether a model treats groups of people alike: rates of each sex and age band in the test months; neither is ever asked by a model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from maisui.models import measures
from maisui.models.panel import Marts, Sample

LEAST_EVENTS = 50
"""With fewer events a group has counts and no rates."""
_CHOSEN_SHARE = 0.2
_BANDS = ((0, "under_30"), (30, "30_44"), (45, "45_59"), (60, "60_over"))


def selection_of(reader: Marts, customers: Sequence[str], day: date, chosen: np.ndarray) -> list[dict[str, Any]]:
    """Return for each sex and age band of those judged on a day how many there are and how many are chosen, by model or rule alike."""
    told = _known(reader)
    found: list[dict[str, Any]] = []
    people = [told.get(number, ("unknown", None)) for number in customers]
    fields = {"sex": [sex for sex, _ in people], "age": [_band(born, day) for _, born in people]}
    for field, words in fields.items():
        names = np.asarray(words, object)
        for name in sorted(set(words)):
            of = names == name
            found.append({"field": field, "group": name, "count": int(of.sum()), "chosen": int(chosen[of].sum())})
    return found


def highest(values: np.ndarray) -> np.ndarray:
    """Return who is among the highest fifth."""
    chosen = np.zeros(len(values), bool)
    chosen[np.argsort(-values, kind="stable")[: round(len(values) * _CHOSEN_SHARE)]] = True
    return chosen


def _known(reader: Marts) -> dict[str, tuple[str, Any]]:
    rows = reader.rows("SELECT customer_number, sex, born_on FROM customer ORDER BY customer_number")
    return {number: (sex or "unknown", born) for number, sex, born in rows}


def came_to_groups(reader: Marts, parts: Sequence[tuple[Sample, np.ndarray | None]]) -> list[dict[str, Any]]:
    """Return for each sex and age band how often those chosen by months that are over were chosen, and how often it then happened.

    Each part is a month with the probabilities of a model, of which the highest fifth is chosen, or with none: whom the rule picks. Groups
    with fewer than fifty events have counts and no rates.
    """
    known = _known(reader)
    words: dict[str, list[str]] = {"sex": [], "age": []}
    for seen, _ in parts:
        told = [known.get(number, ("unknown", None)) for number in seen.customers]
        words["sex"] += [sex for sex, _ in told]
        words["age"] += [_band(born, day) for (_, born), day in zip(told, seen.day_of, strict=True)]
    happened = np.concatenate([seen.happened for seen, _ in parts])
    chosen = np.concatenate([seen.is_flagged if chances is None else highest(chances) for seen, chances in parts])
    expected = (
        None if any(chances is None for _, chances in parts) else np.concatenate([chances for _, chances in parts if chances is not None])
    )
    found: list[dict[str, Any]] = []
    for field, told in words.items():
        names = np.asarray(told, object)
        for name in sorted(set(told)):
            of = names == name
            line = _line(field, name, happened[of], (happened if expected is None else expected)[of], chosen[of])
            line["chosen_count"], line["found_count"] = int(chosen[of].sum()), int((chosen & happened)[of].sum())
            found.append(line if expected is not None else {code: value for code, value in line.items() if code != "expected"})
    return found


def groups_of(reader: Marts, tested: Sample, probabilities: np.ndarray) -> list[dict[str, Any]]:
    """Return for each sex and age band how many there were, how often it happened, how often expected, and how often chosen.

    Chosen is who is among the highest fifth. Firms and people of unknown sex or age are a group of their own.
    """
    known, chosen = _known(reader), highest(probabilities)
    told = [known.get(number, ("unknown", None)) for number in tested.customers]
    fields = {
        "sex": [sex for sex, _ in told],
        "age": [_band(born, day) for (_, born), day in zip(told, tested.day_of, strict=True)],
    }
    found: list[dict[str, Any]] = []
    for field, words in fields.items():
        names = np.asarray(words, object)
        for name in sorted(set(words)):
            of = names == name
            found.append(_line(field, name, tested.happened[of], probabilities[of], chosen[of]))
    return found


def _line(field: str, name: str, happened: np.ndarray, probabilities: np.ndarray, chosen: np.ndarray) -> dict[str, Any]:
    count, events = len(happened), int(happened.sum())
    line: dict[str, Any] = {"field": field, "group": name, "count": count, "events": events, "is_sufficient": events >= LEAST_EVENTS}
    if line["is_sufficient"]:
        low, high = measures.wilson(events, count)
        line |= {
            "seen": events / count, "low": low, "high": high, "expected": probabilities.mean().item(),
            "chosen": chosen.mean().item(), "found": chosen[happened].mean().item(),
        }  # fmt: skip
    return line


def _band(born: Any, day: Any) -> str:  # noqa: ANN401 - a date or nothing
    if born is None:
        return "unknown"
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((name for least, name in reversed(_BANDS) if age >= least), "unknown")
