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
