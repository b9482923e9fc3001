"""Whether the lines of a split add up to the whole: two SELECTs for all measures that look at the same rows, over every dimension they call additive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maisui.metrics.measure_sql import Scope, Window, conditions, fill
from maisui.metrics.metric import DIMENSION_BY_CODE, Measure, Metric

ORGANISATION = "organisation"


def measures_of(metrics: Iterable[Metric]) -> dict[Measure, str]:
    """Return every numerator and denominator once, with the code of the first metric that uses it."""
    found: dict[Measure, str] = {}
    for metric in metrics:
        for measure in (metric.numerator, metric.denominator):
            if measure is not None:
                found.setdefault(measure, metric.code)
    return found


def additive_dimensions(measure: Measure) -> tuple[str, ...]:
    """Return the dimensions over which lines of the measure must add up to its total on one day; days themselves are no such dimension."""
    return tuple(code for code in measure.dimensions if code != "date" and code not in measure.distinct_over)


def asked_together(measures: Iterable[Measure], window: Window) -> list[tuple[Measure, ...]]:
    """Return the measures that have an additive dimension in groups that look at the same rows and split alike: one pass sums each group."""
    groups: dict[tuple[str, tuple[str, ...], tuple[str, ...]], list[Measure]] = {}
    for measure in measures:
        dimensions = additive_dimensions(measure)
        if dimensions:
            groups.setdefault((measure.mart, tuple(conditions(measure, window, Scope())), dimensions), []).append(measure)
    return [tuple(group) for group in groups.values()]


def split_query(measures: Sequence[Measure], window: Window) -> str:
    """Return a SELECT of one row for the whole and one for each additive dimension: which it is, its lines without a name, each measure's sum.

    `measures` are `asked_together`. Which split a row is says `split_number`. A line whose dimension is null has no name, so that nobody
    could find it again.
    """
    first = measures[0]
    columns = [f"m.{DIMENSION_BY_CODE[code].column}" for code in additive_dimensions(first)]
    amounts = ", ".join(f"{fill(measure.expression, window)} AS amount_{number}" for number, measure in enumerate(measures))
    split = (
        f"SELECT GROUPING({', '.join(columns)}) AS split_number, "
        f"coalesce({', '.join(f'CAST({column} AS VARCHAR)' for column in columns)}) IS NULL AS is_nameless, {amounts} "
        f"FROM {first.mart} AS m WHERE {' AND '.join(conditions(first, window, Scope()))} "
        f"GROUP BY GROUPING SETS ((){''.join(f', ({column})' for column in columns)})"
    )
    sums = ", ".join(f"CAST(coalesce(sum(amount_{number}), 0) AS DECIMAL(38,2))" for number in range(len(measures)))
    return f"SELECT split_number, count(*) FILTER (WHERE is_nameless), {sums} FROM ({split}) AS s GROUP BY split_number"


def split_number(dimensions: Sequence[str], dimension: str | None) -> int:
    """Return how GROUPING numbers the split by one of `dimensions`, or the whole: a bit for each column that is not grouped by."""
    whole = 2 ** len(dimensions) - 1
    return whole if dimension is None else whole - 2 ** (len(dimensions) - 1 - dimensions.index(dimension))


def tree_query(measures: Sequence[Measure], window: Window) -> str:
    """Return a SELECT of the organisations where a figure is not its own and that of its children together, with each measure's difference.

    `measures` are `asked_together`.
    """
    mart, wheres, numbers = measures[0].mart, " AND ".join(conditions(measures[0], window, Scope())), range(len(measures))
    amounts = ", ".join(f"CAST({fill(measure.expression, window)} AS DECIMAL(38,2)) AS amount_{n}" for n, measure in enumerate(measures))
    missed = [f"coalesce(o.amount_{n}, 0) + coalesce(c.amount_{n}, 0) - coalesce(b.amount_{n}, 0)" for n in numbers]
    return (
        f"WITH own AS (SELECT m.organisation_code, {amounts} FROM {mart} AS m WHERE {wheres} GROUP BY m.organisation_code), "
        f"below AS (SELECT k.ancestor_code AS organisation_code, {amounts} FROM {mart} AS m "
        f"INNER JOIN (SELECT organisation_code AS lower_code, ancestor_code FROM organisation_closure) AS k ON k.lower_code = m.organisation_code "
        f"WHERE {wheres} GROUP BY k.ancestor_code), "
        f"children AS (SELECT c.ancestor_code AS organisation_code, {', '.join(f'sum(b.amount_{n}) AS amount_{n}' for n in numbers)} "
        "FROM organisation_closure AS c INNER JOIN below AS b ON b.organisation_code = c.organisation_code "
        "WHERE c.distance = 1 GROUP BY c.ancestor_code) "
        f"SELECT b.organisation_code, {', '.join(f'CAST({one} AS DECIMAL(38,2))' for one in missed)} "
        "FROM below AS b LEFT JOIN own AS o ON o.organisation_code = b.organisation_code "
        "LEFT JOIN children AS c ON c.organisation_code = b.organisation_code "
        f"WHERE {' OR '.join(f'{one} <> 0' for one in missed)} ORDER BY b.organisation_code"
    )
