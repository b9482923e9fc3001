"""How one figure moved: its value at many days, from one pass over the mart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ask import metric_of, require_history, scope_of, window_at
from maisui.answers.figure import plain_figure, ratio_figure
from maisui.answers.periods import Period
from maisui.answers.question import Question
from maisui.errors import QuestionError
from maisui.metrics import Measure, Metric
from maisui.metrics.measure_sql import Scope, View, Window, last_month_end, series_has_rows_query, series_query
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Trend:
    """A metric's value at each of the days asked, oldest first; None where no figure exists."""

    metric: Metric
    organisation: str | None
    version: str
    points: tuple[tuple[date, Decimal | None], ...]


def trend(
    reader: Reader,
    metric_code: str,
    *,
    organisation: str | None,
    days: Sequence[date],
    period: Period = Period.MONTH,
    view: View = View.AS_WAS,
) -> Trend:
    """Return how a metric moved over `days`; days outside the history, or without the base they need, are None.

    Each point equals the answer of `ask` for that day and period.

    Raises:
        QuestionError: when the metric or organisation is unknown.
    """
    metric = metric_of(metric_code)
    if metric.is_per_target:
        raise QuestionError(f"{metric_code} is one rate for each target", where=metric_code, next_step="ask it by target, day by day")
    scope, _ = scope_of(reader, metric, Question(metric_code, organisation=organisation, view=view))
    windows = windows_of(reader, metric, days, period)
    values = _values(reader, metric, windows, scope) if windows else {}
    return Trend(metric, organisation, reader.manifest.version, tuple((day, values.get(day)) for day in sorted(set(days))))


def month_ends(reader: Reader) -> tuple[date, ...]:
    """Return the days offered for reporting, newest first: the reporting date, then every month end of the history."""
    found = [reader.manifest.reporting_date]
    while (day := last_month_end(found[-1])) >= reader.manifest.first_date:
        found.append(day)
    return tuple(found)


def windows_of(reader: Reader, metric: Metric, days: Sequence[date], period: Period) -> list[Window]:
    """Return the window of each of `days` on which the metric can be asked, oldest first."""
    return [window for day in sorted(set(days)) if (window := _window_or_none(reader, metric, day, period)) is not None]


def _window_or_none(reader: Reader, metric: Metric, day: date, period: Period) -> Window | None:
    try:
        window = window_at(reader, day, period)
        require_history(reader, metric, window)
    except QuestionError:
        return None
    return window


def _values(reader: Reader, metric: Metric, windows: list[Window], scope: Scope) -> dict[date, Decimal | None]:
    above = _amounts(reader, metric.numerator, windows, scope)
    if metric.denominator is None:
        return {window.day: plain_figure(metric, above[window.day], window.days).value for window in windows}
    below = _amounts(reader, metric.denominator, windows, scope)
    return {w.day: ratio_figure(metric, above[w.day], below[w.day], w.days).value for w in windows}


def _amounts(reader: Reader, measure: Measure, windows: list[Window], scope: Scope) -> dict[date, Decimal | None]:
    rows: list[tuple[date, object]] = [(row[0], row[1]) for row in reader.rows(series_query(measure, windows, scope))]
    found = {day: Decimal(str(amount)) for day, amount in rows if amount is not None}
    missing = [window for window in windows if window.day not in found]
    delivered = {row[0] for row in reader.facts(series_has_rows_query(measure, missing))} if missing else set[date]()
    nothing = {window.day: Decimal(0) if window.day in delivered else None for window in missing}
    return found | nothing
