"""The methods that may tell a series' next months, from the plainest up; the library is asked for only where a model speaks."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec

import numpy as np

YEAR = 12
LEAST_POINTS, LEAST_FOR_MODELS, LEAST_FOR_SEASON = 6, 24, 36
"""Months without which nothing is forecast, nothing but the last value continued, and no season is estimated."""
_LEAST_TO_LEARN = 3


class Method(StrEnum):
    """How a series is continued; of equals the first stands."""

    HELD = "held"
    NAIVE = "naive"
    DRIFT = "drift"
    SEASONAL_NAIVE = "seasonal_naive"
    ETS = "ets"
    THETA = "theta"
    ARIMA = "arima"
    MEAN = "mean"

    @property
    def is_model(self) -> bool:
        """Return whether it estimates anything."""
        return self in MODELS


MODELS = (Method.ETS, Method.THETA, Method.ARIMA, Method.MEAN)
_AVERAGED = (Method.ETS, Method.THETA, Method.ARIMA)


def has_library() -> bool:
    """Return whether the library of the models is installed; without it the plain methods speak."""
    return find_spec("statsforecast") is not None


def ladder(points: int, *, with_models: bool) -> tuple[Method, ...]:
    """Return the methods that a series of so many months may be told by; none below six."""
    if points < LEAST_POINTS:
        return ()
    if points < LEAST_FOR_MODELS:
        return (Method.NAIVE, Method.DRIFT)
    plain = (Method.NAIVE, Method.DRIFT, Method.SEASONAL_NAIVE)
    if not with_models:
        return plain
    return (*plain, Method.ETS, Method.THETA) if points < LEAST_FOR_SEASON else (*plain, *MODELS)


def continuations(methods: tuple[Method, ...], values: np.ndarray, steps: int, *, is_seasonal: bool) -> dict[Method, np.ndarray]:
    """Return what each method says of the `steps` after `values`; a method that has too little to go by, or finds nothing, is left out."""
    found: dict[Method, np.ndarray] = {}
    for method in methods:
        if method is Method.MEAN:
            if all(one in found for one in _AVERAGED):
                found[method] = np.mean([found[one] for one in _AVERAGED], axis=0)
            continue
        said = _SAID[method](values, steps, YEAR if is_seasonal else 1) if len(values) >= _LEAST_TO_LEARN else None
        if said is not None and np.isfinite(said).all():
            found[method] = said
    return found


def _naive(values: np.ndarray, steps: int, _cycle: int) -> np.ndarray:
    return np.repeat(values[-1], steps)


def _drift(values: np.ndarray, steps: int, _cycle: int) -> np.ndarray:
    return values[-1] + np.arange(1, steps + 1) * (values[-1] - values[0]) / (len(values) - 1)


def seasonal_naive(values: np.ndarray, steps: int, _cycle: int = YEAR) -> np.ndarray | None:
    """Return the same months of the year before; None without a whole year."""
    return np.resize(values[-YEAR:], steps) if len(values) >= YEAR else None


def _ets(values: np.ndarray, steps: int, cycle: int) -> np.ndarray | None:
    from statsforecast.models import AutoETS  # noqa: PLC0415 - a model library is asked for only where a model speaks

    return _told_by(AutoETS(season_length=cycle, model="AZA" if cycle > 1 else "AZN"), values, steps)  # additive: quick, and no worse


def _theta(values: np.ndarray, steps: int, cycle: int) -> np.ndarray | None:
    from statsforecast.models import AutoTheta  # noqa: PLC0415

    return _told_by(AutoTheta(season_length=cycle), values, steps)


def _arima(values: np.ndarray, steps: int, cycle: int) -> np.ndarray | None:
    from statsforecast.models import ARIMA  # noqa: PLC0415

    return _told_by(ARIMA(order=(0, 1, 1), season_length=cycle, seasonal_order=(0, 1, 1)), values, steps)


def _told_by(model: object, values: np.ndarray, steps: int) -> np.ndarray | None:
    """Return what a library's model says; None where it finds nothing, as in a series that stands still."""
    if np.ptp(values) == 0:
        return None
    size = np.abs(values).mean()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that an optimiser stops early is seen in the rolling test
            told = model.forecast(y=values / size, h=steps)["mean"]  # type: ignore[attr-defined]
    except (ValueError, ArithmeticError, IndexError, np.linalg.LinAlgError):
        return None  # the optimiser found nothing to hold on to; the other methods speak
    return np.asarray(told, np.float64) * size


_SAID: dict[Method, Callable[[np.ndarray, int, int], np.ndarray | None]] = {
    Method.NAIVE: _naive,
    Method.DRIFT: _drift,
    Method.SEASONAL_NAIVE: seasonal_naive,
    Method.ETS: _ets,
    Method.THETA: _theta,
    Method.ARIMA: _arima,
}
