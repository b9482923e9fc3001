"""Whether probabilities mean what they say: the line between said and seen, Spiegelhalter's test, and what is held against a model.

A fault is what is large enough to matter and more than chance explains; either alone is none: with few customers chance reaches far,
with very many it is told from nothing. Chance is that of customers, not of rows: one who is seen in several months speaks once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import log, sqrt
from typing import Any

import numpy as np

from maisui.models.measures import (
    NORMAL_95,
    Interval,
    bins,
    brier_skill,
    calibration_allowed,
    calibration_error,
)

SLOPE_LOW, SLOPE_HIGH, MOST_SHIFT, MOST_Z, LEAST_ERROR = 0.8, 1.2, 0.2, 2.58, 0.01
"""What still counts as right: slope, shift of the log odds (0.2 is a fifth of the odds), Spiegelhalter's z, and calibration error."""
_STEPS, _NEAR, _FAR = 50, 1e-12, 30.0


def calibration_of(
    happened: np.ndarray, probabilities: np.ndarray, customers: np.ndarray, *, seed: int, times: int = 200
) -> dict[str, Any]:
    """Return what a card says of calibration; slope, shift and z are null where everybody is given the same, or it happened to all or none.

    `calibration_slope` is what log odds said must be multiplied by to be those seen (1 is right, less is overstated), `calibration_shift`
    what must be added to them at a slope of 1 (0 is right, more is understated); both with their 95 % intervals.
    """
    found: dict[str, Any] = {
        "brier_skill": brier_skill(happened, probabilities),
        "calibration_error": calibration_error(bins(happened, probabilities)),
        "calibration_allowed": calibration_allowed(probabilities, seed=seed, times=times),
        "calibration_slope": None,
        "calibration_shift": None,
        "spiegelhalter_z": None,
    }
    log_odds = np.log(np.clip(probabilities, 1e-9, 1 - 1e-9) / np.clip(1 - probabilities, 1e-9, 1 - 1e-9))
    if np.ptp(log_odds) < _NEAR or happened.all() or not happened.any():
        return found
    _, who = np.unique(np.asarray(customers, str), return_inverse=True)
    alone = np.ones((len(happened), 1))
    slope = _fitted(np.column_stack([log_odds, alone]), happened, np.zeros(len(happened)), who)
    return found | {
        "calibration_slope": asdict(slope),
        "calibration_shift": asdict(_fitted(alone, happened, log_odds, who)),
        "spiegelhalter_z": spiegelhalter(happened, probabilities, who),
    }


def spiegelhalter(happened: np.ndarray, probabilities: np.ndarray, customers: np.ndarray) -> float:
    """Return by how many standard errors the squared error is larger than probabilities that are right would have it (Spiegelhalter 1986).

    Rows of one customer hang together: what their errors share is added to the variance, so that none speaks twice.
    """
    lean = (happened - probabilities) * (1 - 2 * probabilities)
    variance = ((1 - 2 * probabilities) ** 2 * probabilities * (1 - probabilities)).sum().item()
    _, place = np.unique(customers, return_inverse=True)
    shared = ((np.bincount(place, lean) ** 2).sum() - (lean**2).sum()).item()
    return lean.sum().item() / sqrt(variance + max(0.0, shared)) if variance > 0 else 0.0


def calibration_faults(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what is wrong with the calibration that a card says, in both languages; a card that does not know a figure is not held to it."""
    error, slope, shift, z = (
        said["calibration_error"],
        said.get("calibration_slope"),
        said.get("calibration_shift"),
        said.get("spiegelhalter_z"),
    )
    checks = (
        (error <= said["calibration_allowed"], "校准误差超限", "calibration error beyond the limit"),
        (said.get("brier_skill", 1.0) > 0, "Brier 技巧不大于 0：概率不如平均发生率", "Brier skill not above 0: no better than the mean rate"),
        (slope is None or SLOPE_LOW <= slope["value"] <= SLOPE_HIGH or slope["low"] <= 1 <= slope["high"],
         f"校准斜率 {_told(slope)} 不在 0.8–1.2", f"calibration slope {_told(slope)} outside 0.8–1.2"),
        (shift is None or abs(shift["value"]) <= MOST_SHIFT or shift["low"] <= 0 <= shift["high"],
         f"校准截距 {_told(shift)} 超出 ±0.2", f"calibration intercept {_told(shift)} beyond ±0.2"),
        (z is None or abs(z) < MOST_Z or error <= LEAST_ERROR, f"Spiegelhalter z = {z or 0:.2f}，应在 ±2.58 以内", f"Spiegelhalter z = {z or 0:.2f}, within ±2.58 is needed"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]


def _told(one: Mapping[str, float] | None) -> str:
    return "—" if one is None else f"{one['value']:.2f} ({one['low']:.2f} – {one['high']:.2f})"


def _fitted(columns: np.ndarray, happened: np.ndarray, offset: np.ndarray, who: np.ndarray) -> Interval:
    """Return the first coefficient of a logistic regression with an offset, its interval widened by what rows of one customer share."""
    found = np.zeros(columns.shape[1])
    rate = happened.mean().item()
    found[-1] = log(rate / (1 - rate)) if not offset.any() else 0.0
    for _ in range(_STEPS):
        chances, curve = _at(columns, found, offset)
        step = np.linalg.solve(curve, columns.T @ (happened - chances))
        found = found + np.clip(step, -2, 2)
        if np.abs(step).max() < _NEAR:
            break
    chances, curve = _at(columns, found, offset)
    lean = columns * (happened - chances)[:, None]
    sums = np.column_stack([np.bincount(who, column) for column in lean.T])
    bread = np.linalg.inv(curve)
    half = NORMAL_95 * sqrt((bread @ (sums.T @ sums) @ bread)[0, 0].item())
    value = found[0].item()
    return Interval(value, value - half, value + half)


def _at(columns: np.ndarray, slopes: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the chances that slopes give, and how sharply the likelihood bends there."""
    chances = 1 / (1 + np.exp(-np.clip(columns @ slopes + offset, -_FAR, _FAR)))
    return chances, (columns * (chances * (1 - chances))[:, None]).T @ columns + np.eye(columns.shape[1]) * _NEAR
