"""Calibration: slope, intercept and Spiegelhalter's z by hand, chance counted by customer, and faults only where size and evidence meet."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest

from maisui.models.calibration import calibration_faults, calibration_of, spiegelhalter

SAID = np.repeat([0.2, 0.6], 100)
CAME = np.concatenate([np.arange(100) < 30, np.arange(100) < 50])
EACH = np.arange(200)


def log_odds(rate: float) -> float:
    return log(rate / (1 - rate))


def test_slope_intercept_and_z_by_hand() -> None:
    """A hundred customers given 20 %, of whom 30 came, and a hundred given 60 %, of whom 50 did."""
    found = calibration_of(CAME, SAID, EACH, seed=1)
    apart = log_odds(0.6) - log_odds(0.2)
    slope = (log_odds(0.5) - log_odds(0.3)) / apart
    half = 1.959963984540054 * sqrt(1 / (100 * 0.3 * 0.7) + 1 / (100 * 0.5 * 0.5)) / apart
    assert list(found["calibration_slope"].values()) == pytest.approx([slope, slope - half, slope + half], abs=1e-9)
    shift = found["calibration_shift"]["value"]
    moved = 1 / (1 + np.exp(-(np.log(SAID / (1 - SAID)) + shift)))
    assert moved.sum() == pytest.approx(80, abs=1e-9), "moved by the intercept, as many are expected as came"
    assert found["spiegelhalter_z"] == pytest.approx((10 * 0.6 + -10 * -0.2) / sqrt(100 * 0.36 * 0.16 + 100 * 0.04 * 0.24), abs=1e-12)
    assert found["brier_skill"] == pytest.approx(1 - (30 * 0.64 + 70 * 0.04 + 50 * 0.16 + 50 * 0.36) / (200 * 0.4 * 0.6), abs=1e-12)


def test_a_customer_seen_in_three_months_is_no_three_customers() -> None:
    """Three equal months: the errors of one customer are one, so that z falls short of √3 times what it was, and the slope is as sure as before."""
    lean = 30 * 0.48**2 + 70 * 0.12**2 + 50 * 0.08**2 + 50 * 0.12**2
    thrice = spiegelhalter(np.tile(CAME, 3), np.tile(SAID, 3), np.tile(EACH, 3))
    assert thrice == pytest.approx(24 / sqrt(3 * 6.72 + 6 * lean), abs=1e-12)
    once = calibration_of(CAME, SAID, EACH, seed=1)["calibration_slope"]
    again = calibration_of(np.tile(CAME, 3), np.tile(SAID, 3), np.tile(EACH, 3), seed=1)["calibration_slope"]
    assert list(again.values()) == pytest.approx(list(once.values()), abs=1e-9)


def drawn(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    true = 1 / (1 + np.exp(-chance.normal(-2, 1.2, count)))
    return true, chance.random(count) < true


def faults(true: np.ndarray, came: np.ndarray, stretch: float = 1.0, shift: float = 0.0) -> list[str]:
    said = 1 / (1 + np.exp(-(stretch * np.log(true / (1 - true)) + shift)))
    return [en for _, en in calibration_faults(calibration_of(came, said, np.arange(len(came)), seed=2, times=50))]


def test_right_probabilities_pass_and_wrong_ones_are_named() -> None:
    passed = sum(not faults(*drawn(1500, seed)) for seed in range(40))
    assert passed >= 36
    overstated = faults(*drawn(4000, 1), stretch=1.7)
    assert any(said.startswith("calibration slope 0.") for said in overstated)
    assert any(said.startswith("Spiegelhalter z = ") for said in overstated)
    too_low = faults(*drawn(4000, 1), shift=-0.6)
    assert any(said.startswith("calibration intercept 0.") for said in too_low)
    assert not any(said.startswith("calibration slope") for said in too_low)


def test_neither_chance_alone_nor_size_alone_is_a_fault() -> None:
    """Of 80 customers a slope of 1.25 is within chance; of 400 000 a twentieth of the odds is told from chance and matters to nobody."""
    true, came = drawn(80, 3)
    few = calibration_of(came, true, np.arange(80), seed=2)
    few["calibration_slope"] = {"value": 1.25, "low": 0.7, "high": 1.8}
    few["calibration_error"] = few["calibration_allowed"]
    few["spiegelhalter_z"], few["brier_skill"] = 0.3, 0.1
    assert calibration_faults(few) == []
    assert len(calibration_faults(few | {"calibration_slope": {"value": 1.25, "low": 1.1, "high": 1.4}})) == 1
    true, came = drawn(400_000, 4)
    said = 1 / (1 + np.exp(-(np.log(true / (1 - true)) - 0.05)))
    many = calibration_of(came, said, np.arange(400_000), seed=2, times=20)
    assert many["calibration_shift"]["low"] > 0
    assert abs(many["spiegelhalter_z"]) > 2.58
    assert calibration_faults(many) == []


def test_what_cannot_be_judged_is_not_and_a_card_that_knows_less_is_held_to_less() -> None:
    for came, said in ((CAME, np.full(200, 0.4)), (np.zeros(200, bool), SAID)):
        found = calibration_of(came, said, EACH, seed=1)
        assert (found["calibration_slope"], found["calibration_shift"], found["spiegelhalter_z"]) == (None, None, None)
    assert calibration_faults({"calibration_error": 0.01, "calibration_allowed": 0.02}) == []
    assert len(calibration_faults({"calibration_error": 0.03, "calibration_allowed": 0.02, "brier_skill": 0.0})) == 2
