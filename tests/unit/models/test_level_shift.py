"""Structural breaks: a step is found where it is, what only wanders has none, and months before a break are told from no more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from drawn_marts import DrawnMarts

from maisui.models.forecast.calendar import lengths
from maisui.models.forecast.level_shift import around, last_shift
from maisui.models.forecast.make import make_forecasts, read_forecasts
from maisui.models.forecast.methods import Method
from maisui.models.forecast.selection import Calendar, continue_series

LAST = date(2026, 10, 31)


def step(count: int, place: int, size: float, seed: int) -> np.ndarray:
    """Return noise of spread 1 around 100 whose level rises by `size` at `place`."""
    return 100 + np.random.default_rng(seed).normal(0, 1, count) + size * (np.arange(count) >= place)


@pytest.mark.parametrize("size", [5.0, -5.0, 8.0])
def test_a_step_at_60_of_100_is_found_within_a_month(size: float) -> None:
    assert {abs(last_shift(step(100, 60, size, seed)) - 60) for seed in range(50)} <= {0, 1}


def test_the_last_of_several_steps_is_found_and_a_drift_beside_it_does_not_hide_it() -> None:
    for seed in range(20):
        values = step(60, 20, 9, seed) + np.where(np.arange(60) >= 45, -12, 0) + 0.2 * np.arange(60)
        assert abs(last_shift(values) - 45) <= 1


def test_a_random_walk_that_jumps_by_ten_of_its_steps_is_seen_to() -> None:
    for seed in range(20):
        walk = 200 + np.cumsum(np.random.default_rng(seed).normal(1, 3, 36))
        assert last_shift(walk + 30 * (np.arange(36) >= 25)) == 25


@pytest.mark.parametrize("months", [12, 13, 18, 24, 25, 36, 60])
@pytest.mark.parametrize("kind", ["noise", "walk", "half", "season"])
def test_what_only_wanders_has_no_break(kind: str, months: int) -> None:
    """Of 500 series at most five are thought to have one."""
    drawn = np.random.default_rng(months)
    wrong = 0
    for _ in range(500):
        moves = drawn.normal(0, 3, months)
        if kind == "walk":
            moves = np.cumsum(moves)
        elif kind == "half":
            for place in range(1, months):
                moves[place] += 0.5 * moves[place - 1]
        elif kind == "season":
            moves += 12 * np.isin(np.arange(months) % 12, (0, 1, 2))
        wrong += last_shift(200 + 0.5 * np.arange(months) + moves) > 0
    assert wrong <= 5


def test_a_public_series_with_trend_and_season_has_none() -> None:
    from statsforecast.utils import AirPassengers

    assert last_shift(np.asarray(AirPassengers, np.float64)) == 0


def test_little_moves_of_what_stands_still_and_short_or_empty_series_have_none() -> None:
    still = np.full(24, 5000.0)
    assert last_shift(still) == 0
    assert last_shift(still + 20 * (np.arange(24) >= 12)) == 0, "four in a thousand"
    assert last_shift(still + 2000 * (np.arange(24) >= 12)) == 12
    assert last_shift(np.linspace(1200, 100, 12)) == 0
    assert {last_shift(np.array([1.0] * 5 + [9.0] * 7)[:count]) for count in range(13)} == {0}
    assert last_shift(np.zeros(24)) == 0


def test_a_break_is_said_with_the_middle_of_the_months_around_it() -> None:
    amounts = tuple(Decimal(one) for one in (1, 5, 2, 3, 30, 90, 40, 7))
    assert around(amounts, 4) == (Decimal(3), Decimal(40))


def test_after_a_break_only_the_months_since_tell_and_what_was_said_before_it_stays() -> None:
    """A walk of 40 months loses half of its level 8 months ago: it is told as a history of 8 months, at the new level."""
    values = 1000 + np.cumsum(np.random.default_rng(5).normal(2, 4, 40))
    broken = np.where(np.arange(40) >= 32, values - 500, values)
    found, usual = (continue_series(one, None, with_models=True) for one in (broken, values))
    assert (found.since, usual.since) == (32, 0)
    assert found.method in (Method.NAIVE, Method.DRIFT)
    assert set(found.errors) == {Method.NAIVE, Method.DRIFT}
    assert np.abs(found.future - broken[-1]).max() < 60
    before = continue_series(values[:32], None, with_models=False)
    told = {back: said for back, said in found.past.items() if back >= 8}
    assert set(told) == {12, 10, 8}
    for back, said in told.items():
        known = values[: 40 - back]
        slope = (known[-1] - known[0]) / (len(known) - 1)
        steps = np.arange(1, len(said) + 1) if found.past_methods[back] is Method.DRIFT else np.zeros(len(said))
        assert said == pytest.approx(known[-1] + steps * slope)
    assert before.since == 0


def test_within_six_months_of_a_break_the_last_level_is_told() -> None:
    values = step(30, 26, 40, 3)
    found = continue_series(values, None, with_models=True)
    assert (found.since, found.method) == (26, Method.NAIVE)
    assert found.future.tolist() == [values[-1]] * 6


def test_models_go_on_speaking_where_a_break_was_young_at_an_earlier_origin() -> None:
    """46 months, a break 28 months ago: today models are told from 28 months, 12 months ago they would have had 16; all of them speak."""
    values = step(46, 18, 40, 4)
    found = continue_series(values, None, with_models=True)
    assert found.since == 18
    assert {Method.ETS, Method.THETA, Method.SEASONAL_NAIVE} <= set(found.errors)
    again = step(40, 24, 40, 4) - np.where(np.arange(40) >= 30, 40, 0)
    assert continue_series(again, None, with_models=True).errors, "at some origins the last break is a few months old"


def test_a_flow_is_judged_by_the_day_so_that_short_months_are_no_break() -> None:
    days = [date(2026, 2, 28) if place % 2 else date(2026, 3, 31) for place in range(30)]
    calendar = Calendar(lengths([*days, *days[:6]]), np.zeros(36))
    found = continue_series(lengths(days) * step(30, 20, 40, 9), calendar, with_models=False)
    assert found.since == 20


def test_the_file_keeps_from_which_month_a_series_is_told(tmp_path: Path) -> None:
    marts = DrawnMarts(26)
    marts.connection.execute(
        "UPDATE product_day SET balance = balance * 3 WHERE organisation_code = 'B1' AND product_group = 'term_deposit' "
        "AND business_date >= DATE '2026-01-31'"
    )
    make_forecasts(marts, tmp_path, "v", LAST)
    found = read_forecasts(tmp_path, "v", "deposit_balance")
    assert found is not None
    since = {key: told.since for key, told in found.series.items()}
    assert since.pop(("B1", "term_deposit")) == 26 - 10
    assert set(since.values()) == {0}
