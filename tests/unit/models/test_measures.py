"""Our measures of predictions beside those of a library, and beside figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from maisui.models import measures


def test_discrimination_is_what_the_library_says() -> None:
    known = pytest.importorskip("sklearn.metrics", reason="model libraries are not installed: make setup-models")
    drawn = np.random.default_rng(1)
    for _ in range(5):
        scores = drawn.integers(0, 30, 400) / 30
        happened = drawn.random(400) < scores
        assert measures.auc(happened, scores) == pytest.approx(known.roc_auc_score(happened, scores), abs=1e-12)
        false, true, _ = known.roc_curve(happened, scores)
        assert measures.ks(happened, scores) == pytest.approx((true - false).max(), abs=1e-12)


def test_figures_by_hand() -> None:
    happened, scores = np.array([True, False, True, False]), np.array([0.9, 0.8, 0.7, 0.1])
    assert measures.auc(happened, scores) == 0.75
    assert measures.lift(happened, scores, 0.25) == 2.0
    assert [one.seen for one in measures.bins(happened, scores, 2)] == [1, 1]
    low, high = measures.wilson(5, 100)
    assert (round(low, 4), round(high, 4)) == (0.0215, 0.1118)
    assert np.isnan(measures.auc(np.array([True, True]), np.array([0.1, 0.2])))


def test_a_customer_seen_again_makes_no_interval_narrower() -> None:
    """Four months of each of 60 customers that say the same are 60 customers, not 240: drawn alike they measure the same to the bit."""
    drawn = np.random.default_rng(3)
    scores, customers = drawn.random(60), np.array([f"C{place:02}" for place in range(60)], object)
    happened = drawn.random(60) < scores
    once = measures.resampled(happened, scores, customers=customers, seed=5, times=50)
    again = measures.resampled(np.tile(happened, 4), np.tile(scores, 4), customers=np.tile(customers, 4), seed=5, times=50)
    assert (again == once).all()
    apart = measures.resampled(np.tile(happened, 4), np.tile(scores, 4), customers=np.arange(240), seed=5, times=50)
    assert apart.std() < once.std() * 0.7
