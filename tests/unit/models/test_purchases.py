"""BG/NBD, Gamma-Gamma and the curve of staying beside published figures."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="model libraries are not installed: make setup-models")

from maisui.models.purchases import Purchases, fit_beta_geometric, fit_gamma_gamma
from maisui.models.survival import Exposure, fit_stay_curve, kaplan_meier


def packaged(package: str, *inside: str) -> Path:
    """Return a data file of a package that is only read from, never imported: an old one cannot be."""
    found = importlib.util.find_spec(package)
    if found is None or not found.submodule_search_locations:
        pytest.skip(f"the public set inside {package} is not installed")
    return Path(found.submodule_search_locations[0]).joinpath(*inside)


@pytest.fixture(scope="module")
def cdnow() -> dict[str, np.ndarray]:
    with packaged("lifetimes", "datasets", "cdnow_customers_summary_with_transactions.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 2357
    return {name: np.array([float(row[name]) for row in rows]) for name in ("ID", "x", "t_x", "T", "zbar")}


def test_buyers_of_cdnow_come_again_as_published(cdnow) -> None:
    found = fit_beta_geometric(Purchases(cdnow["x"], cdnow["t_x"], cdnow["T"]))
    assert (found.r, found.alpha, found.a, found.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=0.005)
    assert found.log_likelihood == pytest.approx(-9582.429, abs=0.05)
    one = Purchases(np.array([2.0]), np.array([30.43]), np.array([38.86]))
    assert found.expected_of(one, 39)[0] == pytest.approx(1.226, abs=0.001)
    for time, expected in ((0.1429, 0.0078), (1, 0.0532), (3, 0.1506), (31.8571, 1.0405), (32, 1.0437), (78, 1.8576)):
        assert found.expected(time) == pytest.approx(expected, abs=0.001)


def test_the_39_weeks_held_out_of_cdnow_come_about_as_expected(cdnow) -> None:
    found = fit_beta_geometric(Purchases(cdnow["x"], cdnow["t_x"], cdnow["T"]))
    expected = found.expected_of(Purchases(cdnow["x"], cdnow["t_x"], cdnow["T"]), 39)
    later: dict[int, set[str]] = {}
    with packaged("lifetimes", "datasets", "CDNOW_sample.txt").open() as file:
        for line in file:
            _, customer, day, *_ = line.split()
            if day >= "19971001":
                later.setdefault(int(customer), set()).add(day)
    came = np.array([len(later.get(int(number), ())) for number in cdnow["ID"]])
    assert came.sum() == 1882
    assert 0.85 <= expected.sum() / came.sum() <= 1.15
    assert np.corrcoef(expected, came)[0, 1] > np.corrcoef(cdnow["x"], came)[0, 1]


def test_what_buyers_of_cdnow_spend_is_as_published(cdnow) -> None:
    again = cdnow["x"] > 0
    assert again.sum() == 946
    found = fit_gamma_gamma(cdnow["x"][again], cdnow["zbar"][again])
    assert (found.p, found.q, found.v) == pytest.approx((6.25, 3.74, 15.44), abs=0.02)
    assert found.log_likelihood == pytest.approx(-4055.92, abs=0.05)
    assert np.corrcoef(cdnow["x"][again], cdnow["zbar"][again])[0, 1] == pytest.approx(0.114, abs=0.001)
    drawn = found.expected_of(np.array([1.0, 100.0]), np.array([100.0, 100.0]))
    assert found.mean < drawn[0] < drawn[1] < 100


def test_the_share_still_there_is_counted_by_hand() -> None:
    seen = Exposure(np.array([0, 1, 2]), np.array([10, 8, 5]), np.array([2, 2, 0]))
    assert kaplan_meier(seen).tolist() == pytest.approx([0.8, 0.6, 0.6])


@pytest.mark.parametrize(
    ("there", "alpha", "beta"),
    [([1000, 869, 743, 653, 593, 551, 517, 491], 0.668, 3.806), ([1000, 631, 468, 382, 326, 289, 262, 241], 0.704, 1.182)],
)
def test_subscribers_stay_as_published_by_fader_and_hardie(there: list[int], alpha: float, beta: float) -> None:
    counts = np.array(there)
    seen = Exposure(np.arange(len(counts) - 1), counts[:-1], counts[:-1] - counts[1:])
    found = fit_stay_curve(seen, is_geometric=True)
    assert (found.alpha, found.beta) == pytest.approx((alpha, beta), abs=0.005)
    bent = fit_stay_curve(seen)
    for months, share in enumerate(kaplan_meier(seen), 1):
        assert bent.chance_of_staying(0, months) == pytest.approx(share, abs=0.01)


def test_the_planted_rate_of_leaving_is_recovered_from_relations_that_began_before_the_history() -> None:
    drawn = np.random.default_rng(4)
    tenure = np.arange(12, 72)
    at_risk = np.full(60, 4000)
    seen = Exposure(tenure, at_risk, drawn.binomial(at_risk, 0.01))
    found = fit_stay_curve(seen)
    assert found.chance_of_staying(24, 12) == pytest.approx(0.99**12, abs=0.02)
    assert found.chance_of_staying(24, 36) == pytest.approx(0.99**36, abs=0.04)


@pytest.mark.parametrize(("rate", "count"), [(0.00035, 1842), (0.0004, 3600), (0.001, 2000), (0.0002, 5000)])
def test_where_hardly_anybody_leaves_as_many_are_expected_to_as_left(rate: float, count: int) -> None:
    """Of 221,040 months 81 ended: the curve says that 0.4 % leave within a year, as were seen to, and not that nobody does."""
    at_risk = np.full(120, count)
    seen = Exposure(np.arange(120), at_risk, np.random.default_rng(4).binomial(at_risk, rate))
    as_seen = 1 - (1 - seen.ended.sum() / at_risk.sum()) ** 12
    found = fit_stay_curve(seen)
    for tenure in (12, 48, 96):
        assert 1 - found.chance_of_staying(tenure, 12) == pytest.approx(as_seen, rel=0.35), tenure
