"""The staying of 432 released prisoners (Rossi, Berk and Lenihan 1980): our Kaplan-Meier by the counts, and Cox's regression as published."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from test_purchases import packaged

from maisui.models.survival import Exposure, kaplan_meier

pytest.importorskip("statsmodels", reason="model libraries are not installed: make setup-models")

PUBLISHED = {"fin": -0.3794, "age": -0.0574, "race": 0.3139, "wexp": -0.1498, "mar": -0.4337, "paro": -0.0849, "prio": 0.0915}
"""Coefficients that R's `survival` and Fox (2002) print."""


@pytest.fixture(scope="module")
def released() -> dict[str, np.ndarray]:
    with packaged("lifelines", "datasets", "rossi.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name]) for row in rows]) for name in ("week", "arrest", *PUBLISHED)}


def test_the_share_not_arrested_again_is_that_of_the_counts(released) -> None:
    """Nobody is lost from sight before the 52 weeks are over, so that the product of the weekly shares is the share of all: 318 of 432."""
    weeks = np.arange(1, 53)
    at_risk = np.array([(released["week"] >= week).sum() for week in weeks])
    gone = np.array([((released["week"] == week) & (released["arrest"] == 1)).sum() for week in weeks])
    assert (len(released["week"]), gone.sum()) == (432, 114)
    stays = kaplan_meier(Exposure(weeks - 1, at_risk, gone))
    assert stays[-1] == pytest.approx(318 / 432, abs=1e-12)
    assert stays[19] == pytest.approx(((released["week"] > 20) | (released["arrest"] == 0)).mean(), abs=1e-12)


def test_the_regression_on_it_is_the_published_one(released) -> None:
    """Proportional hazards by the library that forecasts use, to the third place; the logarithm of the likelihood to the second."""
    from statsmodels.duration.hazard_regression import PHReg

    values = np.column_stack([released[name] for name in PUBLISHED])
    found = PHReg(released["week"], values, status=released["arrest"], ties="efron").fit()
    assert dict(zip(PUBLISHED, found.params, strict=True)) == pytest.approx(PUBLISHED, abs=0.001)
    assert found.llf == pytest.approx(-658.75, abs=0.01)
