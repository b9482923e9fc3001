"""How one series is continued: every method told it from earlier months, the one that was nearest tells it now.

The forecast that is held against an earlier origin's outcome is that of the method which was nearest at the *other* origins, so that
the error it shows is not that of a method picked by the same outcome. Months before a structural break are forgotten as soon as the
months known show it; at an earlier origin only what was known then counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from maisui.models.forecast.level_shift import last_shift
from maisui.models.forecast.methods import LEAST_FOR_SEASON, YEAR, Method, continuations, ladder
from maisui.models.forecast.subject import MONTHS_AHEAD

ORIGINS = (12, 10, 8, 6, 4, 3, 2, 1)
"""How many months back the forecasts are made that are held against what came."""
LEAST_TO_TELL = 3
_LEAST_FESTIVALS = 2
_SURE = 2.0
_LEAST_FOR_WORK, _CLEARLY = 12, 0.97


@dataclass(frozen=True, slots=True)
class Calendar:
    """What makes the months of a series and those after it unlike: days, share of the Spring Festival, days worked (None: not known)."""

    days: np.ndarray
    festival: np.ndarray
    worked: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Continued:
    """One series told: the method, the months to come, what was said at each origin (months back), and each method's mean error.

    `since` is the place of the first month that it is told from, the first after the last structural break; 0 where there is none.
    """

    method: Method
    future: np.ndarray
    past: dict[int, np.ndarray]
    past_methods: dict[int, Method]
    errors: dict[Method, float]
    since: int = 0


def continue_series(values: np.ndarray, calendar: Calendar | None, *, with_models: bool) -> Continued:
    """Return how a series goes on; with less than six months its last value is held.

    Days worked are taken into account where they matter beyond doubt and errors at earlier origins were clearly less with them.

    Args:
        values: one a month, oldest first, at least one.
        calendar: of a flow, for the months of `values` and the six after; None for a balance.
        with_models: whether the library of the models is at hand.
    """
    if calendar is None or calendar.worked is None:
        return _continued(values, calendar, with_models=with_models)
    plain = _continued(values, replace(calendar, worked=None), with_models=with_models)
    count = len(values)
    if not plain.past or not work_effect(values / calendar.days[:count], calendar.festival[:count], calendar.worked[:count]):
        return plain
    return _clearly_nearer(plain, _continued(values, calendar, with_models=with_models), values)


def _clearly_nearer(plain: Continued, knowing: Continued, values: np.ndarray) -> Continued:
    """Return `knowing` where its errors were clearly less than those of `plain`, and at each origin whichever was by the other origins."""
    points = len(values)
    wrong = {
        back: tuple(np.abs(one.past[back] - values[points - back :][: len(one.past[back])]) for one in (plain, knowing))
        for back in plain.past
    }

    def is_nearer(origins: Sequence[int]) -> bool:
        if not origins:
            return False
        without, with_it = (np.concatenate([wrong[back][place] for back in origins]).mean() for place in (0, 1))
        return bool(with_it < _CLEARLY * without)

    elsewhere = {back: knowing if is_nearer([other for other in wrong if other != back]) else plain for back in wrong}
    return replace(
        knowing if is_nearer(list(wrong)) else plain,
        past={back: one.past[back] for back, one in elsewhere.items()},
        past_methods={back: one.past_methods[back] for back, one in elsewhere.items()},
    )


def _continued(values: np.ndarray, calendar: Calendar | None, *, with_models: bool) -> Continued:
    points = len(values)
    since = last_shift(values if calendar is None else values / calendar.days[:points])
    methods = ladder(points - since, with_models=with_models) or ((Method.NAIVE,) if since else ())
    tellable = [back for back in ORIGINS if points - back >= LEAST_TO_TELL]
    is_seasonal = points - since >= LEAST_FOR_SEASON
    told = partial(_told, methods, calendar=calendar, is_seasonal=is_seasonal)
    said = {back: told(values[: points - back], min(MONTHS_AHEAD, back)) for back in tellable}
    outcome = {back: values[points - back :][: min(MONTHS_AHEAD, back)] for back in tellable}
    common = [method for method in methods if all(method in said[back] for back in tellable)]
    wrong = {back: {method: np.abs(said[back][method] - outcome[back]) for method in common} for back in tellable}
    if not common or not tellable:
        return Continued(Method.HELD, np.repeat(values[-1], MONTHS_AHEAD), {}, {}, {})
    future = told(values, MONTHS_AHEAD)
    common = [method for method in common if method in future]
    chosen = _nearest(common, wrong, tellable)
    elsewhere = {back: _nearest(common, wrong, [other for other in tellable if other != back]) for back in tellable}
    return Continued(
        method=chosen,
        future=future[chosen],
        past={back: said[back][elsewhere[back]] for back in tellable},
        past_methods=elsewhere,
        errors={method: _mean_error(method, wrong, tellable) for method in common},
        since=since,
    )


def _nearest(methods: Sequence[Method], wrong: dict[int, dict[Method, np.ndarray]], origins: Sequence[int]) -> Method:
    """Return the method with the least mean absolute error over origins; the plainer of equals, the plainest where none is known."""
    if not origins:
        return methods[0]
    return min(methods, key=lambda method: (_mean_error(method, wrong, origins), methods.index(method)))


def _mean_error(method: Method, wrong: dict[int, dict[Method, np.ndarray]], origins: Sequence[int]) -> float:
    return np.concatenate([wrong[back][method] for back in origins]).mean().item()


def _told(
    methods: tuple[Method, ...], known: np.ndarray, steps: int, *, calendar: Calendar | None, is_seasonal: bool
) -> dict[Method, np.ndarray]:
    """Return what each method says after `known`; months of a flow are told by the day, without what festival and days worked add."""
    if calendar is None:
        return continuations(methods, known[_since(known, methods) :], steps, is_seasonal=is_seasonal)
    count = len(known)
    days, shares = calendar.days, calendar.festival
    daily = known / days[:count]
    own, later = slice(_since(daily, methods), count), slice(count, count + steps)
    daily, seen = daily[own], shares[own]
    work = np.zeros(len(days))
    if calendar.worked is not None:
        work = calendar.worked * work_effect(daily, seen, calendar.worked[own])
    added = festival_effect(daily - work[own], seen)
    told = continuations(methods, daily - work[own] - added * seen, steps, is_seasonal=is_seasonal)
    return {method: (said + work[later] + added * shares[later]) * days[later] for method, said in told.items()}


def _since(known: np.ndarray, methods: tuple[Method, ...]) -> int:
    """Return the first month to tell from: after the last break known then, if what remains is enough for every method asked."""
    since = last_shift(known)
    return since if len(known) - since >= YEAR or set(methods) <= {Method.NAIVE, Method.DRIFT} else 0


def festival_effect(daily: np.ndarray, shares: np.ndarray) -> float:
    """Return what a whole Spring Festival adds to a month's mean day; 0 unless two of them are known and it is beyond doubt.

    Least squares on a level, a slope and the share of the festival; beyond doubt is twice its standard error.
    """
    begun = np.flatnonzero((shares > 0) & (np.concatenate(([0.0], shares[:-1])) == 0))
    if len(begun) < _LEAST_FESTIVALS:
        return 0.0
    return _beyond_doubt(daily, [shares])


def work_effect(daily: np.ndarray, shares: np.ndarray, worked: np.ndarray) -> float:
    """Return what a month of nothing but days worked adds to its mean day; 0 unless a dozen months are known and it is beyond doubt."""
    if len(daily) < _LEAST_FOR_WORK or not worked.any():
        return 0.0
    return _beyond_doubt(daily, [worked, shares] if shares.any() else [worked])


def _beyond_doubt(daily: np.ndarray, causes: Sequence[np.ndarray]) -> float:
    """Return what the first cause adds beside a level, a slope and the others; 0 within twice its standard error."""
    known = np.column_stack([np.ones(len(daily)), np.arange(len(daily)), *causes])
    inverse = np.linalg.pinv(known.T @ known)
    found = inverse @ known.T @ daily
    rest = daily - known @ found
    error = np.sqrt(rest @ rest / (len(daily) - known.shape[1]) * inverse[2, 2])
    return found[2].item() if abs(found[2]) > _SURE * error else 0.0
