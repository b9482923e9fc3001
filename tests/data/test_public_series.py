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


@pytest.mark.parametrize(
    ("name", "settings", "off", "scaled"),
    [
        ("AutoTheta", {}, 3.92, (0.61, 0.65)),
        ("HoltWinters", {"error_type": "M"}, 4.05, (0.61, 0.65)),
        ("AutoARIMA", {}, 4.18, (0.61, 0.65)),
        ("AutoETS", {}, 7.21, (1.16, 1.18)),
        ("SeasonalNaive", {}, 9.99, (1.56, 1.58)),
    ],
)
def test_the_year_held_out_is_missed_by_as_much_as_measured_before(
    flown: np.ndarray, name: str, settings: dict[str, str], off: float, scaled: tuple[float, float]
) -> None:
    """Mean absolute percentage error of the last twelve months within 2 %, MASE to the hundredth; nine of twelve or more in the 95 % interval.

    Every method beats the same month a year before.
    """
    from statsforecast import models

    known, came = flown[:-SEASON], flown[-SEASON:]
    told = getattr(models, name)(season_length=SEASON, **settings).forecast(y=known, h=SEASON, level=[95])
    wrong = np.abs(told["mean"] - came)
    assert (100 * wrong / came).mean() == pytest.approx(off, rel=0.02)
    low, high = scaled
    assert low - 0.005 <= wrong.mean() / np.abs(known[SEASON:] - known[:-SEASON]).mean() <= high + 0.005
    assert 0.83 <= ((told["lo-95"] <= came) & (came <= told["hi-95"])).mean() <= 0.92
    assert name == "SeasonalNaive" or (100 * wrong / came).mean() < 9.99
