"""A forecast as plain values, for `--json` and for the REST interface."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from maisui.answers.forecasts import LEAST_MONTHS, Expected, ForecastLine, ForecastView, SaidAndCame


def forecast_json(found: ForecastView) -> dict[str, Any]:
    """Return everything known of one forecast; decimals become text when printed.

    `points` are whole months; `begun_on` is the first day delivered where its month is no whole one.
    `earliest` is the month after whose end there may be a forecast where history is too short for one.
    `level_shift` is the figure's own structural break, `series_shifted` of its `series` are told from the months after theirs alone.
    """
    return {
        "metric": found.metric.code,
        "name_zh": found.metric.name_zh,
        "name_en": found.metric.name_en,
        "unit": found.metric.unit.value,
        "organisation": found.query.organisation,
        "dimension": found.dimension.code,
        "member": found.query.member,
        "version": found.version,
        "date": found.day,
        "points": found.whole_months,
        "begun_on": found.begun_on,
        "rung": found.rung.value,
        "points_needed": LEAST_MONTHS,
        "earliest": found.earliest,
        "ahead": _ahead(found.ahead),
        "history": [{"date": day, "amount": amount} for day, amount in found.history],
        "said_and_came": _said_and_came(found.past),
        "published_and_came": _said_and_came(found.published),
        "methods": [{"method": method.value, "series": count, "amount": amount} for method, count, amount in found.methods],
        "errors": [{"method": method.value, "mean_absolute_error": error} for method, error in found.errors],
        "mean_absolute_error": found.mean_errors[0] if found.mean_errors else None,
        "mean_absolute_error_of_year_before": found.mean_errors[1] if found.mean_errors else None,
        "covered": found.covered,
        "tried": found.tried,
        "organisations": _lines(found.children),
        "members": _lines(found.members),
        "level_shift": {"date": found.shift.day, "before": found.shift.before, "after": found.shift.after} if found.shift else None,
        "series": found.series,
        "series_shifted": found.shifted,
        "breaks": [{"date": one.day, "organisation": one.organisation, "successor": one.successor} for one in found.breaks],
    }


def _ahead(expected: Iterable[Expected]) -> list[dict[str, Any]]:
    return [{"date": one.day, "amount": one.amount, "low": one.low, "high": one.high, "level_shift_on": one.shifted_on} for one in expected]


def _said_and_came(lines: Iterable[SaidAndCame]) -> list[dict[str, Any]]:
    return [{"made_on": one.made_on, "date": one.day, "said": one.said, "came": one.came, "held": one.held} for one in lines]


def _lines(lines: Iterable[ForecastLine]) -> list[dict[str, Any]]:
    return [
        {
            "code": line.code,
            "last": line.last,
            "rung": line.rung.value,
            "method": line.method.value if line.method else None,
            "ahead": _ahead(line.ahead),
        }
        for line in lines
    ]
