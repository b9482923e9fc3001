"""The answer to one question: a metric, split and scoped, with its comparison, from one published version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from maisui.answers.periods import Comparison, Period, base_day, window_of
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, DIMENSION_BY_CODE, Measure, Metric, Timing
from maisui.metrics.measure_sql import Scope, Window, has_rows_query, measure_query
from maisui.warehouse.reader import Reader

CHILD = "child"
"""Split by the direct children of the organisation asked for, its own balances as a line of its own."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `day` None means the version's reporting date, `organisation` None the whole bank."""

    metric: str
    by: tuple[str, ...] = ()
    organisation: str | None = None
    day: date | None = None
    period: Period = Period.MONTH
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an answer; numbers that do not exist are None, never 0."""

    dimensions: dict[str, str]
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    base_value: Decimal | None = None
    change: Decimal | None = None
    change_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines of an answer with everything that decides them."""

    metric: Metric
    question: Question
    window: Window
    base_window: Window | None
    version: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    organisation_names: Mapping[str, str]


def ask(reader: Reader, question: Question) -> Answer:
    """Return the answer to `question` from the version that `reader` reads.

    Raises:
        QuestionError: when the metric, dimension, organisation or date is unknown, or the split is not possible.
    """
    metric = metric_of(question.metric)
    scope, by = scope_of(reader, metric, question)
    window = _window(reader, question.day, question.period)
    notes = _notes(reader, metric, question, window)
    _require_history(reader, metric, window)
    figures = _figures(reader, metric, window, scope, by)
    base_window = None
    bases: dict[Key, _Figure] = {}
    if question.comparison is not None:
        base = base_day(window.day, question.comparison, metric.numerator.timing)
        base_window = _window(reader, base, question.period)
        _require_history(reader, metric, base_window)
        bases = _figures(reader, metric, base_window, scope, by)
    names = tuple(question.by)
    rows = tuple(
        _row(names, key, figures.get(key), bases.get(key), compared=base_window is not None) for key in sorted(set(figures) | set(bases))
    )
    organisation_names = _organisation_names(reader) if {"organisation", "handling_organisation"} & set(by) else {}
    return Answer(metric, question, window, base_window, reader.manifest.version, rows, notes, organisation_names)


def metric_of(code: str) -> Metric:
    """Return the metric called `code`.

    Raises:
        QuestionError: when there is none.
    """
    if code not in BY_CODE:
        raise QuestionError(f"there is no metric {code!r}", where="the question", next_step="choose one of `maisui metrics`")
    return BY_CODE[code]


def scope_of(reader: Reader, metric: Metric, question: Question) -> tuple[Scope, tuple[str, ...]]:
    """Return the organisations a question covers and the dimensions it is split by.

    Raises:
        QuestionError: when a dimension is unknown or the metric cannot be split or scoped so.
    """
    by = tuple("organisation" if code == CHILD else code for code in question.by)
    for code in by:
        if code not in DIMENSION_BY_CODE:
            known = ", ".join((*DIMENSION_BY_CODE, CHILD))
            raise QuestionError(f"there is no dimension {code!r}", where=question.metric, next_step=f"split by one of: {known}")
        if code not in metric.dimensions:
            raise QuestionError(
                f"{metric.code} cannot be split by {code}",
                where=question.metric,
                next_step=f"split by one of: {', '.join(metric.dimensions)}",
            )
    if len(set(by)) != len(by):
        raise QuestionError("a dimension is named twice", where=question.metric, next_step="name each dimension once")
    measures = [metric.numerator] + ([metric.denominator] if metric.denominator else [])
    if (question.organisation or CHILD in question.by) and not all(measure.has_organisation for measure in measures):
        raise QuestionError(f"{metric.code} is not kept by organisation", where=question.metric, next_step="ask it for the whole bank")
    if question.organisation is not None:
        found = reader.rows("SELECT count(*) FROM organisation WHERE organisation_code = ?", [question.organisation])[0][0]
        if not found:
            raise QuestionError(
                f"there is no organisation {question.organisation!r}",
                where="--org",
                next_step="ask `maisui ask customer_count --by organisation`",
            )
    if CHILD not in question.by:
        return Scope(question.organisation), by
    if question.organisation is not None:
        below = reader.rows("SELECT organisation_code FROM organisation WHERE parent_code = ? ORDER BY 1", [question.organisation])
    else:
        roots = [row[0] for row in reader.rows("SELECT organisation_code FROM organisation WHERE parent_code IS NULL ORDER BY 1")]
        below = (
            reader.rows("SELECT organisation_code FROM organisation WHERE parent_code = ? ORDER BY 1", roots)
            if len(roots) == 1
            else [(r,) for r in roots]
        )
    return Scope(question.organisation, tuple(row[0] for row in below)), by


@dataclass(frozen=True, slots=True)
class _Figure:
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None


def _figures(reader: Reader, metric: Metric, window: Window, scope: Scope, by: tuple[str, ...]) -> dict[Key, _Figure]:
    days = 1 if "date" in by else window.days
    above = _amounts(reader, metric.numerator, window, scope, by)
    if metric.denominator is None:
        divisor = Decimal(days) if metric.numerator.timing is Timing.AVERAGE else None
        return {key: _figure(metric, amount, divisor) for key, amount in above.items()}
    below = _amounts(reader, metric.denominator, window, scope, by)
    above_has, below_has = _has_rows(reader, metric.numerator, window, by), _has_rows(reader, metric.denominator, window, by)
    figures: dict[Key, _Figure] = {}
    for key in set(above) | set(below):
        numerator = above.get(key, Decimal(0) if above_has else None)
        denominator = below.get(key, Decimal(0) if below_has else None)
        if metric.numerator.timing is Timing.AVERAGE and metric.denominator.timing is not Timing.AVERAGE and denominator is not None:
            denominator *= days
        if metric.denominator.timing is Timing.AVERAGE and metric.numerator.timing is not Timing.AVERAGE and numerator is not None:
            numerator *= days
        figures[key] = _figure(metric, numerator, denominator, is_ratio=True)
    return figures


def _amounts(reader: Reader, measure: Measure, window: Window, scope: Scope, by: tuple[str, ...]) -> dict[Key, Decimal | None]:
    found = reader.rows(measure_query(measure, window, scope, by))
    empty = Decimal(0) if _has_rows(reader, measure, window, by) else None
    return {tuple(str(cell) for cell in row[:-1]): empty if row[-1] is None else Decimal(row[-1]) for row in found}


def _has_rows(reader: Reader, measure: Measure, window: Window, by: tuple[str, ...]) -> bool:
    return bool(reader.rows(has_rows_query(measure, window, by))[0][0])


def _figure(metric: Metric, numerator: Decimal | None, denominator: Decimal | None, *, is_ratio: bool = False) -> _Figure:
    if numerator is None or (denominator is None and is_ratio):
        return _Figure(numerator, denominator, None)
    if denominator is None:
        return _Figure(numerator, None, _rounded(numerator, metric.unit.decimals))
    if denominator == 0:
        return _Figure(numerator, denominator, None)
    return _Figure(numerator, denominator, divide(numerator, denominator, metric.unit.decimals))


def divide(numerator: Decimal, denominator: Decimal, decimals: int) -> Decimal:
    """Return the quotient rounded half-up to `decimals`, from exact operands."""
    with localcontext() as exact:
        exact.prec = 60
        return _rounded(numerator / denominator, decimals)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    with localcontext() as exact:
        exact.prec = 60
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _row(names: Key, key: Key, figure: _Figure | None, base: _Figure | None, *, compared: bool) -> Row:
    found = figure or _Figure(None, None, None)
    change = rate = None
    base_value = base.value if base else None
    if compared and found.value is not None and base_value is not None:
        change = found.value - base_value
        rate = divide(change, abs(base_value), 6) if base_value else None
    return Row(dict(zip(names, key, strict=True)), found.numerator, found.denominator, found.value, base_value, change, rate)


def _organisation_names(reader: Reader) -> dict[str, str]:
    return dict(reader.rows("SELECT organisation_code, coalesce(organisation_name, organisation_code) FROM organisation"))


def _window(reader: Reader, day: date | None, period: Period) -> Window:
    manifest = reader.manifest
    chosen = day or manifest.reporting_date
    if not manifest.first_date <= chosen <= manifest.reporting_date:
        raise QuestionError(
            f"{chosen} lies outside the history of this version ({manifest.first_date} to {manifest.reporting_date})",
            where="--date",
            next_step="ask for a day within it, or run the batch for a later date",
        )
    return window_of(chosen, period, manifest.first_date)


def _require_history(reader: Reader, metric: Metric, window: Window) -> None:
    needs_year_base = any(m is not None and m.timing is Timing.YEAR_START for m in (metric.numerator, metric.denominator))
    if needs_year_base and window.year_base < reader.manifest.first_date:
        raise QuestionError(
            f"{metric.code} needs {window.year_base}, but the history begins on {reader.manifest.first_date}",
            where="--date",
            next_step="ask for a later day, or deliver earlier months",
        )


def _notes(reader: Reader, metric: Metric, question: Question, window: Window) -> tuple[str, ...]:
    notes: list[str] = []
    manifest = reader.manifest
    if window_of(window.day, question.period, date.min).period_start < manifest.first_date and question.period is not Period.TO_DATE:
        notes.append(f"the period is cut at the beginning of the history, {manifest.first_date}")
    if manifest.last_delivery_on is not None and window.day > manifest.last_delivery_on:
        notes.append(f"the last delivery is of {manifest.last_delivery_on}; later days carry it forward")
    if (
        len({row[0] for row in reader.rows("SELECT DISTINCT currency FROM account")}) > 1
        and "currency" in metric.dimensions
        and "currency" not in question.by
    ):
        notes.append("several currencies are added up unconverted; split by currency")
    return tuple(notes)
