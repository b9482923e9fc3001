"""Forecasts at the model desk: each figure's way of being forecast, how it did in the rolling test, and whether it is approved."""

from __future__ import annotations

from typing import Any

from maisui.answers import FORECAST_METRICS, Rung
from maisui.answers.forecasts import code_of
from maisui.web.gateway import Gateway
from maisui.web.pages.churn.words import RUNGS
from maisui.web.text import Text


def forecasts_of(gateway: Gateway) -> list[dict[str, Any]]:
    """Return a line for each figure that the version forecasts, for the template."""
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    found = [(code, gateway.forecasts.trust(code), gateway.forecasts.rung(code)) for code in FORECAST_METRICS]
    return [
        {
            "code": code_of(code),
            "metric": metrics[code],
            "trust": trust,
            "rung": RUNGS[(Rung.IN_USE if trust.is_in_use else rung or Rung.NO_DATA).value],
            "nearer": f"{trust.nearer:.0%}" if trust.nearer is not None else "—",
            "ratio": f"{trust.ratio:.2f}" if trust.ratio is not None else "—",
            "covered": f"{trust.covered:.1%}" if trust.covered is not None else "—",
            "said": Text(trust.said_zh, trust.said_en),
        }
        for code, trust, rung in found
        if trust is not None
    ]
