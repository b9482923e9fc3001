"""Whether the lines of a split add up to the whole: two SELECTs for each measure, over every dimension it calls additive."""

from __future__ import annotations

from collections.abc import Iterable

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


def split_query(measure: Measure, window: Window) -> str:
    """Return a SELECT of dimension, lines without a name, and what the lines miss of the total: one row for each dimension that misses.

    All splits are computed in one pass over the mart; a line whose dimension is null has no name, so that nobody could find it again.
    """
    dimensions = additive_dimensions(measure)
    columns = [DIMENSION_BY_CODE[code].column for code in dimensions]
    sets = "".join(f", (m.{column})" for column in columns)
    marks = "".join(f", GROUPING(m.{column}) AS without_{number}, m.{column} AS line_{number}" for number, column in enumerate(columns))
    split = (
        f"SELECT {fill(measure.expression, window)} AS amount{marks} FROM {measure.mart} AS m "
        f"WHERE {' AND '.join(conditions(measure, window, Scope()))} GROUP BY GROUPING SETS ((){sets})"
    )
    whole = " AND ".join(f"without_{number} = 1" for number in range(len(columns)))
    lines = " UNION ALL ".join(
        f"SELECT '{code}' AS dimension, count(*) FILTER (WHERE line_{number} IS NULL) AS nameless_count, "
        f"CAST(coalesce(sum(amount), 0) AS DECIMAL(38,2)) AS amount FROM s WHERE without_{number} = 0"
        for number, code in enumerate(dimensions)
    )
    return (
        f"WITH s AS ({split}), whole AS (SELECT CAST(coalesce(max(amount), 0) AS DECIMAL(38,2)) AS amount FROM s WHERE {whole}) "
        f"SELECT l.dimension, l.nameless_count, CAST(l.amount - w.amount AS DECIMAL(38,2)) AS difference_amount "
        f"FROM ({lines}) AS l, whole AS w WHERE l.nameless_count > 0 OR l.amount <> w.amount ORDER BY l.dimension"
    )


def tree_query(measure: Measure, window: Window) -> str:
    """Return a SELECT of the organisations whose figure is not its own and that of its children together, with the difference."""
    wheres = " AND ".join(conditions(measure, window, Scope()))
    amount = f"CAST({fill(measure.expression, window)} AS DECIMAL(38,2)) AS amount"
    return (
        f"WITH own AS (SELECT m.organisation_code, {amount} FROM {measure.mart} AS m WHERE {wheres} GROUP BY m.organisation_code), "
        f"below AS (SELECT k.ancestor_code AS organisation_code, {amount} FROM {measure.mart} AS m "
        f"INNER JOIN (SELECT organisation_code AS lower_code, ancestor_code FROM organisation_closure) AS k ON k.lower_code = m.organisation_code "
        f"WHERE {wheres} GROUP BY k.ancestor_code), "
        "children AS (SELECT c.ancestor_code AS organisation_code, sum(b.amount) AS amount FROM organisation_closure AS c "
        "INNER JOIN below AS b ON b.organisation_code = c.organisation_code WHERE c.distance = 1 GROUP BY c.ancestor_code) "
        "SELECT b.organisation_code, CAST(coalesce(o.amount, 0) + coalesce(c.amount, 0) - b.amount AS DECIMAL(38,2)) AS difference_amount "
        "FROM below AS b LEFT JOIN own AS o ON o.organisation_code = b.organisation_code "
        "LEFT JOIN children AS c ON c.organisation_code = b.organisation_code "
        "WHERE coalesce(o.amount, 0) + coalesce(c.amount, 0) <> b.amount ORDER BY b.organisation_code"
    )
