"""How long customers stay: Kaplan-Meier of what was seen, and a beta-discrete-Weibull that goes on beyond it.

Months count from the first account. Customers who were there before the history began are at risk from the month in which they
are first seen (left truncation), so that long relations are judged by those who reached them. Fader, Hardie and others, "How to
Project Customer Retention" Revisited (2018); with `c` = 1 it is the shifted beta-geometric of 2007.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma

import numpy as np

from maisui.models.fitted import library

_LEAST, _MOST = -4.0, 9.0
"""Bounds of a parameter's logarithm: beyond them the curve no longer moves."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """What was seen at each month of tenure: how many were there, and how many of them were gone a month later."""

    tenure: np.ndarray
    at_risk: np.ndarray
    ended: np.ndarray


@dataclass(frozen=True, slots=True)
class StayCurve:
    """A fitted beta-discrete-Weibull of staying; `closes` of the `months` seen ended."""

    alpha: float
    beta: float
    c: float
    closes: int
    months: int

    def chance_of_staying(self, tenure: int, months: int) -> float:
        """Return the chance that somebody with `tenure` months is still there `months` later."""
        return exp(self._log_beta(tenure + months) - self._log_beta(tenure))

    def _log_beta(self, tenure: int) -> float:
        second = self.beta + tenure**self.c
        return lgamma(second) - lgamma(self.alpha + second)


def kaplan_meier(seen: Exposure) -> np.ndarray:
    """Return the share still there after each month of tenure in `seen`, of those who reached its first month."""
    return np.cumprod(1 - seen.ended / np.maximum(seen.at_risk, 1))


def fit_stay_curve(seen: Exposure, *, is_geometric: bool = False) -> StayCurve:
    """Return the curve under which what was seen is likeliest; `is_geometric` holds `c` at 1.

    Raises:
        HomeError: when the model libraries are not installed.
    """
    log_gamma = library("scipy.special").gammaln
    stayed = seen.at_risk - seen.ended

    def unlikely(logs: np.ndarray) -> float:
        alpha, beta = np.exp(logs[:2])
        c = 1.0 if is_geometric else np.exp(logs[2])
        before, after = beta + seen.tenure**c, beta + (seen.tenure + 1.0) ** c
        stays = log_gamma(after) - log_gamma(alpha + after) - log_gamma(before) + log_gamma(alpha + before)
        return -(stayed * stays + seen.ended * np.log(np.maximum(-np.expm1(stays), 1e-300))).sum().item()

    count, minimize = 2 if is_geometric else 3, library("scipy.optimize").minimize
    bounds = [(_LEAST, _MOST), (_LEAST, _MOST), (-2.0, 1.0)][:count]
    begun = (minimize(unlikely, start[:count], method="L-BFGS-B", bounds=bounds) for start in _starts(seen))
    found = min(begun, key=lambda one: one.fun)
    alpha, beta = np.exp(found.x[:2]).tolist()
    return StayCurve(alpha, beta, 1.0 if is_geometric else np.exp(found.x[2]).item(), int(seen.ended.sum()), int(seen.at_risk.sum()))


def _starts(seen: Exposure) -> list[np.ndarray]:
    """Return where the search begins: in the middle, and where as many leave a month as were seen, alike at first or ever rarer.

    Where hardly anybody leaves, the first step from the middle leads to a corner in which nobody ever does, and no further.
    """
    rate = min(max(seen.ended.sum().item(), 0.5) / max(seen.at_risk.sum().item(), 1.0), 0.5)
    begun = [np.array([0.0, 1.0, 0.0])]
    for log_beta in (2.0, 5.0, 8.0):
        log_alpha = log_beta + np.log(rate / (1 - rate))
        begun.append(np.array([min(max(log_alpha, _LEAST), _MOST), log_beta, 0.0]))
    return begun
