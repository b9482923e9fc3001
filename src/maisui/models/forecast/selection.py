"""How one series is continued: every method told it from earlier months, the one that was nearest tells it now.

The forecast that is held against an earlier origin's outcome is that of the method which was nearest at the *other* origins, so that
the error it shows is not that of a method picked by the same outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from maisui.models.forecast.methods import LEAST_FOR_SEASON, Method, continuations, ladder
from maisui.models.forecast.subject import MONTHS_AHEAD

ORIGINS = (12, 10, 8, 6, 4, 3, 2, 1)
"""How many months back the forecasts are made that are held against what came."""
LEAST_TO_TELL = 3
_LEAST_FESTIVALS = 2
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Calendar:
    """What makes the months of a series and those after it unlike: days and share of the Spring Festival, one for each month."""

    days: np.ndarray
    festival: np.ndarray


@dataclass(frozen=True, slots=True)
class Continued:
    """One series told: the method, the months to come, what was said at each origin (months back), and each method's mean error."""

    method: Method
    future: np.ndarray
    past: dict[int, np.ndarray]
    past_methods: dict[int, Method]
    errors: dict[Method, float]


def continue_series(values: np.ndarray, calendar: Calendar | None, *, with_models: bool) -> Continued:
    """Return how a series goes on; with less than six months its last value is held.

    Args:
        values: one a month, oldest first, at least one.
        calendar: of a flow, for the months of `values` and the six after; None for a balance.
        with_models: whether the library of the models is at hand.
    """
    points = len(values)
    methods = ladder(points, with_models=with_models)
    tellable = [back for back in ORIGINS if points - back >= LEAST_TO_TELL]
    said = {back: _told(methods, values[: points - back], min(MONTHS_AHEAD, back), points, calendar) for back in tellable}
    outcome = {back: values[points - back :][: min(MONTHS_AHEAD, back)] for back in tellable}
    common = [method for method in methods if all(method in said[back] for back in tellable)]
    wrong = {back: {method: np.abs(said[back][method] - outcome[back]) for method in common} for back in tellable}
    if not common or not tellable:
        return Continued(Method.HELD, np.repeat(values[-1], MONTHS_AHEAD), {}, {}, {})
    future = _told(methods, values, MONTHS_AHEAD, points, calendar)
    common = [method for method in common if method in future]
    chosen = _nearest(common, wrong, tellable)
    elsewhere = {back: _nearest(common, wrong, [other for other in tellable if other != back]) for back in tellable}
    return Continued(
        method=chosen,
        future=future[chosen],
        past={back: said[back][elsewhere[back]] for back in tellable},
        past_methods=elsewhere,
        errors={method: _mean_error(method, wrong, tellable) for method in common},
    )


def _nearest(methods: Sequence[Method], wrong: dict[int, dict[Method, np.ndarray]], origins: Sequence[int]) -> Method:
    """Return the method with the least mean absolute error over origins; the plainer of equals, the plainest where none is known."""
    if not origins:
        return methods[0]
    return min(methods, key=lambda method: (_mean_error(method, wrong, origins), methods.index(method)))


def _mean_error(method: Method, wrong: dict[int, dict[Method, np.ndarray]], origins: Sequence[int]) -> float:
    return np.concatenate([wrong[back][method] for back in origins]).mean().item()


def _told(methods: tuple[Method, ...], known: np.ndarray, steps: int, points: int, calendar: Calendar | None) -> dict[Method, np.ndarray]:
    """Return what each method says after `known`; months of a flow are told by the day, without what the Spring Festival adds."""
    is_seasonal = points >= LEAST_FOR_SEASON
    if calendar is None:
        return continuations(methods, known, steps, is_seasonal=is_seasonal)
    count = len(known)
    days, shares = calendar.days, calendar.festival
    daily = known / days[:count]
    added = festival_effect(daily, shares[:count])
    told = continuations(methods, daily - added * shares[:count], steps, is_seasonal=is_seasonal)
    later = slice(count, count + steps)
    return {method: (said + added * shares[later]) * days[later] for method, said in told.items()}


def festival_effect(daily: np.ndarray, shares: np.ndarray) -> float:
    """Return what a whole Spring Festival adds to a month's mean day; 0 unless two of them are known and it is beyond doubt.

    Least squares on a level, a slope and the share of the festival; beyond doubt is twice its standard error.
    """
    begun = np.flatnonzero((shares > 0) & (np.concatenate(([0.0], shares[:-1])) == 0))
    if len(begun) < _LEAST_FESTIVALS:
        return 0.0
    known = np.column_stack([np.ones(len(daily)), np.arange(len(daily)), shares])
    inverse = np.linalg.pinv(known.T @ known)
    found = inverse @ known.T @ daily
    rest = daily - known @ found
    error = np.sqrt(rest @ rest / (len(daily) - known.shape[1]) * inverse[2, 2])
    return found[2].item() if abs(found[2]) > _SURE * error else 0.0
