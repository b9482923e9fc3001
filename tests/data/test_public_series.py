"""A public series that ships with a library: orders, coefficients and likelihood as published, and the year held out beside what is published."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("statsforecast", reason="model libraries are not installed: make setup-models")
pytestmark = [pytest.mark.data, pytest.mark.xdist_group("public series")]
SEASON = 12


@pytest.fixture(scope="module")
def flown() -> np.ndarray:
    from statsforecast.utils import AirPassengers

    return np.asarray(AirPassengers, np.float64)


def test_the_airline_model_is_the_published_one(flown: np.ndarray) -> None:
    """SARIMA(0,1,1)(0,1,1)12 of the logarithms: -0.4018, -0.5569, logarithm of the likelihood 244.70 by R."""
    from statsforecast.models import ARIMA
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    reference = SARIMAX(np.log(flown), order=(0, 1, 1), seasonal_order=(0, 1, 1, SEASON)).fit(disp=False)
    coefficients = dict(zip(reference.param_names, reference.params, strict=True))
    assert coefficients["ma.L1"] == pytest.approx(-0.4018, abs=0.001)
    assert coefficients["ma.S.L12"] == pytest.approx(-0.5569, abs=0.001)
    assert reference.llf == pytest.approx(244.70, abs=0.01)
    own = ARIMA(order=(0, 1, 1), season_length=SEASON, seasonal_order=(0, 1, 1)).fit(np.log(flown)).model_
    assert own["coef"]["ma1"] == pytest.approx(-0.4018, abs=0.03)
    assert own["coef"]["sma1"] == pytest.approx(-0.5569, abs=0.03)
    assert own["loglik"] == pytest.approx(244.70, abs=0.1)


@pytest.mark.parametrize(("name", "most"), [("AutoTheta", 3.92), ("AutoARIMA", 4.18), ("AutoETS", 7.21), ("SeasonalNaive", 9.99)])
def test_the_year_held_out_is_missed_by_as_much_as_measured_before(flown: np.ndarray, name: str, most: float) -> None:
    """Mean absolute percentage error of the last twelve months, within 2 % of it; every method beats the same month a year before."""
    from statsforecast import models

    told = getattr(models, name)(season_length=SEASON).forecast(y=flown[:-SEASON], h=SEASON)["mean"]
    off = 100 * np.abs(told - flown[-SEASON:]) / flown[-SEASON:]
    assert off.mean() == pytest.approx(most, rel=0.02)
    assert name == "SeasonalNaive" or off.mean() < 9.99
