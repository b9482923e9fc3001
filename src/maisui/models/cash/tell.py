"""How a daily series is continued for two weeks: told from earlier days by each method, by the one that was nearest; with measured errors.

What is held against an earlier origin's outcome is the method that was nearest at the other origins, and its interval is that of the
others' errors, so that neither method nor width was picked by the outcome itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import ceil

import numpy as np

from maisui.models.cash.days import HolidayDays, holiday_features, plain_features

AHEAD = 14
"""Days that are told."""
LEAST_DAYS, LEAST_FOR_PLACES, LEAST_FOR_HOLIDAYS = 70, 240, 400
"""Days below which nothing is told, no place in the month and no holiday is estimated."""
ORIGINS = 20
"""How many times two weeks were told at most, one after the other, to be held against what came."""
COVERED = 0.9
_WEEKS, _LONGEST, _HALF_LIFE, _RIDGE = 8, 760, 180, 2.0


class Way(StrEnum):
    """How a series is told; of equals the first stands."""

    WEEKDAY = "weekday"
    PLACES = "places"
    HOLIDAYS = "holidays"


@dataclass(frozen=True, slots=True)
class ToldDays:
    """A series told: how, the days ahead, half the width of the interval, what it held, and errors that cycles showed.

    `cycle_errors` are what the highest sum of a cycle's days exceeded what was expected of it, over all origins.
    """

    way: Way
    future: np.ndarray
    half_width: float
    covered: int
    tried: int
    errors: dict[Way, float]
    cycle_errors: np.ndarray


def tell(first: date, values: np.ndarray, calendar: HolidayDays, cycle: int) -> ToldDays | None:
    """Return how a series of days goes on, oldest first; None where it is too short.

    Args:
        first: the day of the first value.
        values: one a day.
        calendar: the delivered holidays; they are asked only where those of all days ahead are there.
        cycle: days from one delivery of cash to the next.
    """
    count = len(values)
    if count < LEAST_DAYS:
        return None
    days = [first + timedelta(days=place) for place in range(count + AHEAD)]
    backs = [AHEAD * (place + 1) for place in range(ORIGINS) if count - AHEAD * (place + 1) >= LEAST_DAYS - AHEAD]
    ways = _ways(days, count, calendar)
    features = _features(ways, days, calendar)
    said = {back: {way: _told(way, values[: count - back], features) for way in ways} for back in backs}
    came = {back: values[count - back : count - back + AHEAD] for back in backs}
    wrong = {back: {way: np.abs(said[back][way] - came[back]) for way in ways} for back in backs}
    chosen = _nearest(ways, wrong, backs)
    elsewhere = {back: _nearest(ways, wrong, [other for other in backs if other != back] or backs) for back in backs}
    errors = {back: wrong[back][elsewhere[back]] for back in backs}
    held = (
        sum(int((errors[back] <= _width([errors[other] for other in backs if other != back])).sum()) for back in backs)
        if len(backs) > 1
        else 0
    )
    return ToldDays(
        way=chosen,
        future=_told(chosen, values, features),
        half_width=_width(list(errors.values())),
        covered=held,
        tried=AHEAD * len(backs) if len(backs) > 1 else 0,
        errors={way: np.concatenate([wrong[back][way] for back in backs]).mean().item() for way in ways},
        cycle_errors=np.sort(np.concatenate([_cycle_errors(said[back][elsewhere[back]], came[back], cycle) for back in backs])),
    )


def highest_sum(needs: np.ndarray) -> float:
    """Return how much must be there at the beginning so that it lasts: the highest of the running sums, at least nothing."""
    return max(0.0, np.cumsum(needs).max().item())


def quantile_of(errors: np.ndarray, share: float) -> float:
    """Return the error that `share` of those to come stay below (split conformal: the ⌈share (n + 1)⌉-th smallest, at most the largest)."""
    return np.sort(errors)[min(len(errors), ceil((len(errors) + 1) * share)) - 1].item()


def _cycle_errors(said: np.ndarray, came: np.ndarray, cycle: int) -> np.ndarray:
    starts = range(0, AHEAD - cycle + 1, cycle)
    return np.array([highest_sum(came[start : start + cycle]) - highest_sum(said[start : start + cycle]) for start in starts])


def _width(errors: list[np.ndarray]) -> float:
    return quantile_of(np.concatenate(errors), COVERED)


def _ways(days: Sequence[date], count: int, calendar: HolidayDays) -> tuple[Way, ...]:
    """Return the ways a series may be told by; holidays only where those of the days ahead, and of enough days behind, are known."""
    known = calendar.since()
    ways = [Way.WEEKDAY]
    if count >= LEAST_FOR_PLACES:
        ways.append(Way.PLACES)
    is_known = count >= LEAST_FOR_HOLIDAYS and known is not None and calendar.covers(days[count:])
    if is_known and known is not None and sum(day >= known for day in days[: count - AHEAD * ORIGINS]) >= LEAST_FOR_PLACES:
        ways.append(Way.HOLIDAYS)
    return tuple(ways)


def _nearest(ways: Sequence[Way], wrong: dict[int, dict[Way, np.ndarray]], origins: Sequence[int]) -> Way:
    return min(ways, key=lambda way: (np.concatenate([wrong[back][way] for back in origins]).mean(), ways.index(way)))


def _told(way: Way, known: np.ndarray, features: dict[Way, tuple[int, np.ndarray]]) -> np.ndarray:
    """Return what a way says of the days after those known; its features begin with a day, before which nothing is learnt."""
    count = len(known)
    if way is Way.WEEKDAY:
        last = known[-7 * _WEEKS :]
        return np.array([last[len(last) - 7 + place % 7 :: -7].mean() for place in range(AHEAD)])
    begun, all_days = features[way]
    since = max(begun, count - _LONGEST)
    return _fitted(all_days[since - begun : count - begun], known[since:], all_days[count - begun : count - begun + AHEAD])


def _features(ways: Sequence[Way], days: Sequence[date], calendar: HolidayDays) -> dict[Way, tuple[int, np.ndarray]]:
    """Return of each way that is fitted the place of the first day it may learn from, and the features of that day and all later ones."""
    found: dict[Way, tuple[int, np.ndarray]] = {}
    if Way.PLACES in ways:
        found[Way.PLACES] = 0, plain_features(days)
    since = calendar.since()
    if Way.HOLIDAYS in ways and since is not None:
        begun = max(0, (since - days[0]).days)
        found[Way.HOLIDAYS] = begun, np.hstack([plain_features(days[begun:]), holiday_features(days[begun:], calendar)])
    return found


def _fitted(features: np.ndarray, values: np.ndarray, ahead: np.ndarray) -> np.ndarray:
    """Return least squares with a little ridge, late days weighing more: by half every half year further back."""
    weights = 0.5 ** (np.arange(len(values))[::-1] / _HALF_LIFE)
    middle = np.average(values, weights=weights)
    centre = np.average(features, axis=0, weights=weights)
    known = features - centre
    left = known.T @ (known * weights[:, None]) + _RIDGE * np.eye(known.shape[1])
    return middle + (ahead - centre) @ np.linalg.solve(left, known.T @ (weights * (values - middle)))
