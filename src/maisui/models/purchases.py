"""What comes of buyers without a contract: how often they will come again (BG/NBD) and what they leave each time (Gamma-Gamma).

Fader, Hardie and Lee, "Counting Your Customers" the Easy Way (2005), and Fader and Hardie, The Gamma-Gamma Model of Monetary
Value (2013). The library of special functions is asked for when a model is fitted or asked, never when this is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from maisui.models.fitted import library

_LEAST, _MOST = -12.0, 12.0
"""Bounds of a parameter's logarithm."""


@dataclass(frozen=True, slots=True)
class Purchases:
    """Buyers, one place each: purchases after the first, time from the first to the last, time from the first until now."""

    repeats: np.ndarray
    recency: np.ndarray
    age: np.ndarray


@dataclass(frozen=True, slots=True)
class BetaGeometric:
    """A fitted BG/NBD: rates of buying are gamma (`r`, `alpha`), chances of leaving after a purchase beta (`a`, `b`)."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def expected(self, time: float) -> float:
        """Return how many purchases a new buyer makes after his first within `time`."""
        special, r, alpha, a, b = library("scipy.special"), self.r, self.alpha, self.a, self.b
        shrunk = (alpha / (alpha + time)) ** r * special.hyp2f1(r, b, a + b - 1, time / (alpha + time))
        return ((a + b - 1) / (a - 1) * (1 - shrunk)).item()

    def expected_of(self, seen: Purchases, time: float) -> np.ndarray:
        """Return how many purchases each of the buyers makes within `time` from now."""
        special, r, alpha, a, b = library("scipy.special"), self.r, self.alpha, self.a, self.b
        x, recency, age = seen.repeats, seen.recency, seen.age
        shrunk = ((alpha + age) / (alpha + age + time)) ** (r + x) * special.hyp2f1(
            r + x, b + x, a + b + x - 1, time / (alpha + age + time)
        )
        left = np.where(x > 0, a / (b + np.maximum(x, 1) - 1) * ((alpha + age) / (alpha + recency)) ** (r + x), 0.0)
        return (a + b + x - 1) / (a - 1) * (1 - shrunk) / (1 + left)


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """A fitted Gamma-Gamma: what a purchase is worth varies within buyers (`p`) and between them (`q`, `v`)."""

    p: float
    q: float
    v: float
    log_likelihood: float

    @property
    def mean(self) -> float:
        """Return what a purchase of an unknown buyer is worth."""
        return self.p * self.v / (self.q - 1)

    def expected_of(self, repeats: np.ndarray, mean_value: np.ndarray) -> np.ndarray:
        """Return what a purchase of each buyer is worth, his own mean drawn towards that of all."""
        return self.p * (self.v + repeats * mean_value) / (self.p * repeats + self.q - 1)


def fit_beta_geometric(seen: Purchases) -> BetaGeometric:
    """Return the BG/NBD under which what was seen is likeliest.

    Raises:
        HomeError: when the model libraries are not installed.
    """
    log_gamma = library("scipy.special").gammaln
    x, recency, age = seen.repeats, seen.recency, seen.age
    has_repeat, later = x > 0, np.maximum(x, 1) - 1

    def log_likelihood(r: float, alpha: float, a: float, b: float) -> float:
        common = log_gamma(r + x) - log_gamma(r) + r * np.log(alpha)
        common = common + log_gamma(a + b) + log_gamma(b + x) - log_gamma(b) - log_gamma(a + b + x)
        stays = -(r + x) * np.log(alpha + age)
        leaves = np.where(has_repeat, np.log(a) - np.log(b + later) - (r + x) * np.log(alpha + recency), -np.inf)
        return (common + np.logaddexp(stays, leaves)).sum().item()

    found, best = _likeliest(log_likelihood, (1.0, 1.0, 1.0, 1.0))
    return BetaGeometric(*found, log_likelihood=best)


def fit_gamma_gamma(repeats: np.ndarray, mean_value: np.ndarray) -> GammaGamma:
    """Return the Gamma-Gamma under which the mean values of buyers with repeats are likeliest; all must be above nothing.

    Raises:
        HomeError: when the model libraries are not installed.
    """
    log_gamma = library("scipy.special").gammaln
    x, z = repeats, mean_value

    def log_likelihood(p: float, q: float, v: float) -> float:
        each = log_gamma(p * x + q) - log_gamma(p * x) - log_gamma(q) + q * np.log(v)
        return (each + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(x * z + v)).sum().item()

    found, best = _likeliest(log_likelihood, (1.0, 1.0, 1.0))
    return GammaGamma(*found, log_likelihood=best)


def _likeliest(log_likelihood: Callable[..., float], start: tuple[float, ...]) -> tuple[list[float], float]:
    """Return the parameters, all above nothing, that make `log_likelihood` largest, and how large that is."""
    found = library("scipy.optimize").minimize(
        lambda logs: -log_likelihood(*np.exp(logs)),
        np.log(start),
        method="L-BFGS-B",
        bounds=[(_LEAST, _MOST)] * len(start),
        options={"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-8},
    )
    return np.exp(found.x).tolist(), -found.fun
