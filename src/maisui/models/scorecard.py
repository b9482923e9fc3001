"""A scorecard in our own few lines: monotone bins, weight of evidence, a logistic regression whose signs are fixed, points.

A weight of evidence is ln(share of those to whom it happened ÷ share of the others): above zero the class is likelier than the
whole. Every feature is cut into classes whose rates go one way, unknown values are a class of their own, and no feature may
pull against its own weights. Everything is exact arithmetic over arrays: no library, no chance, no clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Self

import numpy as np

from maisui.models.measures import NORMAL_95

SCORECARD_FILE = "scorecard.json"
LEAST_VALUE, STRONG_VALUE = 0.02, 0.5
"""Below the first information value a feature tells nothing; above the second it is looked at as a possible leak."""
BASE_POINTS, BASE_ODDS, DOUBLING_POINTS = 600, 30, 20
"""600 points stand for thirty who pay to one who does not, and twenty points more double these odds."""
_FINE, _LEAST_SHARE, _LEAST_EVENTS, _RIDGE, _STEPS = 20, 0.05, 5, 1e-4, 60
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Characteristic:
    """One feature in classes: upper edges (a class holds what is below its edge), and of each class, the unknown last, what was seen."""

    code: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    events: tuple[int, ...]
    weights: tuple[float, ...]
    information_value: float

    def places(self, values: np.ndarray) -> np.ndarray:
        """Return the class of each value; unknown ones are in the last."""
        found = np.searchsorted(np.asarray(self.edges), np.nan_to_num(values, nan=0.0), side="right")
        return np.where(np.isnan(values), len(self.edges) + 1, found)

    def evidence(self, values: np.ndarray) -> np.ndarray:
        """Return the weight of evidence of each value."""
        return np.asarray(self.weights)[self.places(values)]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A fitted scorecard: `intercept` + Σ `slopes` × weight of evidence is the logarithm of the odds that it happens."""

    characteristics: tuple[Characteristic, ...]
    slopes: tuple[float, ...]
    intercept: float

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the scorecard that `text` says."""
        told = json.loads(text)
        found = tuple(
            Characteristic(
                code=one["code"],
                edges=tuple(one["edges"]),
                counts=tuple(one["counts"]),
                events=tuple(one["events"]),
                weights=tuple(one["weights"]),
                information_value=one["information_value"],
            )
            for one in told["characteristics"]
        )
        return cls(found, tuple(one["slope"] for one in told["characteristics"]), told["intercept"])

    def text(self) -> str:
        """Return it as JSON, the same for the same scorecard."""
        lines = [
            {"code": one.code, "slope": slope, "edges": one.edges, "counts": one.counts, "events": one.events,
             "weights": one.weights, "information_value": one.information_value}
            for one, slope in zip(self.characteristics, self.slopes, strict=True)
        ]  # fmt: skip
        return json.dumps({"characteristics": lines, "intercept": self.intercept}, indent=1, sort_keys=True)

    def contributions(self, codes: Sequence[str], values: np.ndarray) -> np.ndarray:
        """Return what each feature adds to the log odds of each row against the mean of those learnt from; the last column is the base."""
        added = np.zeros((len(values), len(codes) + 1))
        added[:, -1] = self.intercept
        place = {code: number for number, code in enumerate(codes)}
        for one, slope in zip(self.characteristics, self.slopes, strict=True):
            usual = slope * np.dot(one.counts, one.weights).item() / max(1, sum(one.counts))
            added[:, place[one.code]] = slope * one.evidence(values[:, place[one.code]]) - usual
            added[:, -1] += usual
        return added

    def probabilities(self, codes: Sequence[str], values: np.ndarray) -> np.ndarray:
        """Return the probability of each row."""
        return _logistic(self.contributions(codes, values).sum(axis=1))

    def points(self) -> list[dict[str, Any]]:
        """Return the card as people read it: for each feature its information value and each class with counts, rate, weight and points."""
        factor = DOUBLING_POINTS / log(2)
        share = (BASE_POINTS - factor * (log(BASE_ODDS) + self.intercept)) / max(1, len(self.characteristics))
        return [
            {
                "code": one.code,
                "information_value": one.information_value,
                "slope": slope,
                "classes": [
                    {
                        "from": None if place in (0, len(one.edges) + 1) else one.edges[place - 1],
                        "to": one.edges[place] if place < len(one.edges) else None,
                        "is_unknown": place == len(one.edges) + 1,
                        "count": count,
                        "events": events,
                        "weight": weight,
                        "points": round(share - factor * slope * weight),
                    }
                    for place, (count, events, weight) in enumerate(zip(one.counts, one.events, one.weights, strict=True))
                    if count
                ],
            }
            for one, slope in zip(self.characteristics, self.slopes, strict=True)
        ]


def weights_of_evidence(counts: np.ndarray, events: np.ndarray) -> tuple[np.ndarray, float]:
    """Return the weight of evidence of each class and the information value of all; a class without the one or the other gets half of one."""
    bad, good = events.astype(np.float64), (counts - events).astype(np.float64)
    lacking = (counts > 0) & ((bad == 0) | (good == 0))
    bad, good = np.where(lacking, bad + 0.5, bad), np.where(lacking, good + 0.5, good)
    held = counts > 0
    shares = bad / max(bad.sum(), 1e-300), good / max(good.sum(), 1e-300)
    weights = np.zeros(len(counts))
    weights[held] = np.log(shares[0][held] / shares[1][held])
    return weights, ((shares[0] - shares[1]) * weights)[held].sum().item()


def characteristic(code: str, values: np.ndarray, happened: np.ndarray, edges: Sequence[float]) -> Characteristic:
    """Return a feature cut at `edges`, with what was seen in each class."""
    bare = Characteristic(code, tuple(edges), (), (), (), 0.0)
    places = bare.places(values)
    counts = np.bincount(places, minlength=len(edges) + 2)
    events = np.bincount(places[happened], minlength=len(edges) + 2)
    weights, value = weights_of_evidence(counts, events)
    return Characteristic(
        code=code,
        edges=tuple(edges),
        counts=tuple(counts.tolist()),
        events=tuple(events.tolist()),
        weights=tuple(weights.round(_DIGITS).tolist()),
        information_value=round(value, _DIGITS),
    )


def monotone_edges(values: np.ndarray, happened: np.ndarray, sign: int) -> list[float]:
    """Return edges between classes whose rates go the way of `sign` (0: the way of the feature), each of them different beyond chance."""
    known, seen = values[~np.isnan(values)], happened[~np.isnan(values)]
    if not len(known) or not seen.any() or seen.all():
        return []
    edges = np.unique(np.quantile(known, np.arange(1, _FINE) / _FINE, method="inverted_cdf")).tolist()
    edges = [edge for edge in edges if edge > known.min() and np.isfinite(edge)]
    return max((_merged(known, seen, edges, way) for way in ((sign,) if sign else (1, -1))), key=lambda found: _value(known, seen, found))


def fit_scorecard(codes: Sequence[str], values: np.ndarray, happened: np.ndarray, signs: Sequence[int]) -> Scorecard:
    """Return a scorecard of the features that tell something, each pulling the way of its weights; without any, the rate of all."""
    found = [
        characteristic(code, column, happened, monotone_edges(column, happened, sign))
        for code, column, sign in zip(codes, values.T, signs, strict=True)
    ]
    place = {code: number for number, code in enumerate(codes)}
    chosen = [one for one in found if one.edges and one.information_value >= LEAST_VALUE]
    while True:
        evidence = np.column_stack([np.ones(len(happened)), *(one.evidence(values[:, place[one.code]]) for one in chosen)])
        slopes = _regression(evidence, happened)
        if len(slopes) == 1 or slopes[1:].min() > 0:
            return Scorecard(tuple(chosen), tuple(slopes[1:].round(_DIGITS).tolist()), round(slopes[0].item(), _DIGITS))
        del chosen[int(slopes[1:].argmin())]


def _merged(values: np.ndarray, happened: np.ndarray, edges: list[float], sign: int) -> list[float]:
    """Return what remains of `edges` when neighbours are joined that go the wrong way, are small, or do not differ beyond chance."""
    places = np.searchsorted(np.asarray(edges), values, side="right")
    counts = np.bincount(places, minlength=len(edges) + 1).tolist()
    events = np.bincount(places[happened], minlength=len(edges) + 1).tolist()
    kept = list(edges)
    while kept:
        small = [
            min(counts[one], counts[one + 1]) < _LEAST_SHARE * len(values)
            or min(events[one], events[one + 1], counts[one] - events[one], counts[one + 1] - events[one + 1]) < _LEAST_EVENTS
            for one in range(len(kept))
        ]
        apart = [sign * _difference(counts[one : one + 2], events[one : one + 2]) for one in range(len(kept))]
        worst = min(range(len(kept)), key=lambda one: (not small[one], apart[one], one))
        if not small[worst] and apart[worst] >= NORMAL_95:
            break
        counts[worst : worst + 2], events[worst : worst + 2] = [sum(counts[worst : worst + 2])], [sum(events[worst : worst + 2])]
        del kept[worst]
    return kept


def _difference(counts: list[int], events: list[int]) -> float:
    """Return by how many standard errors the rate of the second class is above that of the first."""
    rate = sum(events) / sum(counts)
    error = (rate * (1 - rate) * (1 / counts[0] + 1 / counts[1])) ** 0.5 if all(counts) else 0.0
    return (events[1] / counts[1] - events[0] / counts[0]) / error if error else 0.0


def _value(values: np.ndarray, happened: np.ndarray, edges: list[float]) -> float:
    return characteristic("", values, happened, edges).information_value


def _regression(columns: np.ndarray, happened: np.ndarray) -> np.ndarray:
    """Return the coefficients of a logistic regression by Newton's steps, with the faintest pull towards zero on all but the first."""
    pull = np.full(columns.shape[1], _RIDGE * len(happened))
    pull[0] = 0.0
    slopes = np.zeros(columns.shape[1])
    rate = np.clip(happened.mean(), 1e-9, 1 - 1e-9).item()
    slopes[0] = log(rate / (1 - rate))
    for _ in range(_STEPS):
        chances = _logistic(columns @ slopes)
        slope = columns.T @ (happened - chances) - pull * slopes
        curve = (columns * (chances * (1 - chances))[:, None]).T @ columns + np.diag(pull + 1e-12)
        step = np.linalg.solve(curve, slope)
        slopes = slopes + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:  # noqa: PLR2004 - where Newton's steps end
            break
    return slopes


def _logistic(raw: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(raw, -30, 30)))
