"""Whether a model treats groups of people alike: rates of each sex and age band in the test months; neither is ever asked by a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

import numpy as np

from maisui.models import measures
from maisui.models.fitted import SEED
from maisui.models.panel import Marts, Sample
from maisui.models.scorecard import fit_scorecard

LEAST_EVENTS = 50
"""With fewer events a group has counts and no rates."""
_CHOSEN_SHARE = 0.2
_GUESSED, _TIMES = (("sex", "female"), ("age", "60_over")), 200
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


def proxies_of(reader: Marts, codes: Sequence[str], learnt: Sample, tested: Sample) -> list[dict[str, Any]]:
    """Return how well what a model is told of people gives away their sex and who is 60 or over: an AUC, of which 0.5 is not at all.

    A scorecard of the same features learns it from every second customer and is tried on the others in the test months. With fewer than
    fifty customers on either side there is none.
    """
    known = _known(reader)
    place = {number: position % 2 for position, number in enumerate(sorted({*learnt.customers, *tested.customers}))}
    found: list[dict[str, Any]] = []
    for field, group in _GUESSED:
        parts = [_guessed(known, part, field, group, place, half) for half, part in enumerate((learnt, tested))]
        least = min(len(set(who[of == side])) for _, of, who in parts for side in (True, False))
        line: dict[str, Any] = {"field": field, "group": group, "is_sufficient": least >= LEAST_EVENTS}
        if line["is_sufficient"]:
            (values, of, _), (others, other_of, who) = parts
            said = fit_scorecard(codes, values, of, [0] * len(codes)).probabilities(codes, others)
            drawn = measures.resampled(other_of, said, customers=who, seed=SEED, times=_TIMES)
            line |= asdict(measures.interval(measures.auc(other_of, said), drawn[:, 0]))
        found.append(line)
    return found


def _guessed(
    known: dict[str, tuple[str, Any]], part: Sample, field: str, group: str, place: dict[str, int], half: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return of one half of the customers whose sex or age is known their features, who belongs to the group, and their numbers."""
    told = [known.get(number, ("unknown", None)) for number in part.customers]
    words = [sex if field == "sex" else _band(born, day) for (sex, born), day in zip(told, part.day_of, strict=True)]
    chosen = np.array([word != "unknown" and place[number] == half for word, number in zip(words, part.customers, strict=True)], bool)
    return part.values[chosen], np.asarray(words, object)[chosen] == group, part.customers[chosen]


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
