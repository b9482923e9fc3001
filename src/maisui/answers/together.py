"""Many figures of one page in few passes: what looks at the same rows of a mart is read at once, before each figure is asked by itself.

Nothing is answered here: the rows are laid where `ask` and `trend` look for them, as if each had read its own, so that a figure is the
same whether it was read with others or alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from maisui.answers.ask import metric_of, require_history, scope_of, window_at
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.periods import Period
from maisui.answers.question import Question
from maisui.answers.trend import windows_of
from maisui.errors import QuestionError
from maisui.metrics import Measure, Metric
from maisui.metrics.measure_sql import (
    Scope,
    View,
    Window,
    days_of,
    is_joinable,
    joint_query,
    joint_series_query,
    measure_query,
    series_query,
)


def read_together(reader: AskedOnceReader, questions: Iterable[Question]) -> None:
    """Read what `ask` needs to answer `questions`, without their comparisons; of one that cannot be asked nothing is read."""
    found: dict[tuple[str, str, Window, Scope, tuple[str, ...]], dict[str, Measure]] = {}
    for question in questions:
        try:
            metric = metric_of(question.metric)
            scope, by = scope_of(reader, metric, question)
            window = window_at(reader, question.day, question.period)
            require_history(reader, metric, window)
        except QuestionError:  # whoever asks it is told
            continue
        for measure in _measures(metric):
            alone = measure_query(measure, window, scope, by)
            if not reader.knows(alone):
                found.setdefault((measure.mart, days_of(measure, window, by), window, scope, by), {})[alone] = measure
    for (_, _, window, scope, by), asked in found.items():
        if len(asked) > 1:
            rows = reader.rows(joint_query(tuple(asked.values()), window, scope, by))
            _lay(reader, tuple(asked), rows, len(by), is_whole=not by)


def read_series_together(
    reader: AskedOnceReader, metrics: Iterable[str], organisation: str | None, days: Sequence[date], period: Period, view: View
) -> None:
    """Read what `trend` needs for each of `metrics` over the same days; of one that has no course nothing is read."""
    found: dict[tuple[str, str, Scope, tuple[Window, ...]], dict[str, Measure]] = {}
    for code in metrics:
        try:
            metric = metric_of(code)
            scope, _ = scope_of(reader, metric, Question(code, organisation=organisation, view=view))
        except QuestionError:  # whoever asks it is told
            continue
        windows = tuple(windows_of(reader, metric, days, period))
        for measure in _measures(metric) if windows else ():
            alone = series_query(measure, windows, scope)
            if not reader.knows(alone):
                found.setdefault((measure.mart, measure.timing.value, scope, windows), {})[alone] = measure
    for (_, _, scope, windows), asked in found.items():
        if len(asked) > 1:
            _lay(reader, tuple(asked), reader.rows(joint_series_query(tuple(asked.values()), windows, scope)), 1, is_whole=False)


def _measures(metric: Metric) -> list[Measure]:
    """Return the measures of a metric that can be computed beside others."""
    if metric.is_per_target:
        return []
    return [measure for measure in (metric.numerator, metric.denominator) if measure is not None and is_joinable(measure)]


def _lay(reader: AskedOnceReader, queries: Sequence[str], rows: Sequence[tuple[object, ...]], keys: int, *, is_whole: bool) -> None:
    """Lay each measure's own rows of a joint answer: those behind which it has rows, or the one row of what is split by nothing."""
    for place, query in enumerate(queries):
        amount = keys + 2 * place
        reader.lay(query, [(*row[:keys], row[amount]) for row in rows if is_whole or row[amount + 1]])
