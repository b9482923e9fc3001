"""Drift: the bound by chance beside published figures, planted shifts found, stable months left alone."""

from __future__ import annotations

import numpy as np
import pytest

from maisui.models.drift import Light, chi_square_95, chi_square_tail, spread_of, stability_of


@pytest.mark.parametrize(("count", "bound"), [(200, 0.169), (500, 0.0677), (1000, 0.0338), (5000, 0.00677)])
def test_the_bound_is_that_of_chance_at_this_size(count: int, bound: float) -> None:
    drawn = np.random.default_rng(count)
    found = stability_of(spread_of(drawn.normal(size=count)), drawn.normal(size=count))
    assert found.bound == pytest.approx(bound, rel=0.01)
    seen = [stability_of(spread_of(drawn.normal(size=count)), drawn.normal(size=count)).index for _ in range(300)]
    assert np.quantile(seen, 0.95) == pytest.approx(bound, rel=0.15)


def test_chi_square_is_that_of_the_tables() -> None:
    assert [round(chi_square_95(freedom), 3) for freedom in (1, 2, 9, 10)] == [3.841, 5.991, 16.919, 18.307]
    assert chi_square_tail(16.918977604620448, 9) == pytest.approx(0.05, abs=1e-12)
    assert chi_square_tail(0, 5) == pytest.approx(1)


def test_a_shift_of_half_a_deviation_is_found_in_a_thousand_and_stable_months_are_left_alone() -> None:
    drawn = np.random.default_rng(2)
    before = spread_of(drawn.normal(size=1000))
    moved = stability_of(before, drawn.normal(0.5, 1, 1000))
    assert moved.light is not Light.GREEN
    assert moved.p_value < 0.001
    assert stability_of(before, drawn.normal(1.5, 1, 1000)).light is Light.RED
    lights = [stability_of(spread_of(drawn.normal(size=1000)), drawn.normal(size=1000)).light for _ in range(200)]
    assert sum(light is not Light.GREEN for light in lights) <= 10


def test_a_rare_flag_and_a_column_of_one_value_are_seen_to_move() -> None:
    """Of a thousand customers 40 bear a flag: 50 the month after is chance, 300 is red, and so is one value that becomes another."""
    flag = (np.arange(1000) < 40).astype(float)
    assert spread_of(flag).counts == [0, 960, 40, 0]
    assert stability_of(spread_of(flag), (np.arange(1000) < 50).astype(float)).light == "green"
    moved = stability_of(spread_of(flag), (np.arange(1000) < 300).astype(float))
    assert moved.light == "red"
    shares = np.array([[960.5, 40.5], [700.5, 300.5]]) / 1001
    assert moved.index == pytest.approx(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum(), abs=1e-12)
    constant = spread_of(np.full(500, 3.0))
    assert [stability_of(constant, np.full(500, value)).light for value in (3.0, 3.0 + 1e-12, 4.0, 2.0)] == ["green", "green", "red", "red"]


def test_few_customers_alarm_only_beyond_chance_and_unknown_values_are_a_class() -> None:
    drawn = np.random.default_rng(3)
    lights = [stability_of(spread_of(drawn.normal(size=60)), drawn.normal(size=60)).light for _ in range(200)]
    assert sum(light is not Light.GREEN for light in lights) <= 20
    values = drawn.normal(size=1000)
    gone = np.where(np.arange(1000) < 300, np.nan, drawn.normal(size=1000))
    found = stability_of(spread_of(values), gone)
    assert (found.light, found.missing, found.missing_before) == (Light.RED, 0.3, 0.0)
    assert stability_of(spread_of(np.zeros(100)), np.zeros(50)).light is Light.GREEN
    assert stability_of(spread_of(np.full(100, np.nan)), np.full(50, np.nan)).index == 0
