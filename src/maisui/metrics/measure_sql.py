"""How a measure becomes one portable SELECT: days, scope and split are the only things a question decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from maisui.metrics.metric import DIMENSION_BY_CODE, Measure, Timing
from maisui.tables import BY_NAME


@dataclass(frozen=True, slots=True)
class Window:
    """The days a question looks at: the reporting day and the first day of its period."""

    day: date
    period_start: date

    @property
    def days(self) -> int:
        """Return the calendar days of the period."""
        return (self.day - self.period_start).days + 1

    @property
    def year_base(self) -> date:
        """Return 31 December of the year before the reporting day."""
        return date(self.day.year - 1, 12, 31)


class View(StrEnum):
    """By which organisation figures count: that of each day, or today's with closed outlets under their successor."""

    AS_WAS = "as-was"
    AS_IS = "as-is"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which organisations a question covers: a subtree, or all; split into children where asked.

    `is_dated` tells whether parents changed within the history, so that the as-was tree differs from day to day.
    """

    organisation: str | None = None
    children: tuple[str, ...] | None = None
    view: View = View.AS_WAS
    is_dated: bool = False


def measure_query(measure: Measure, window: Window, scope: Scope, by: Sequence[str] = ()) -> str:
    """Return the SELECT of one row for each combination of `by`, with the measure last as `amount`."""
    columns = [_split_column(code, scope) for code in by]
    listed = "".join(f"{column} AS {DIMENSION_BY_CODE[code].column},\n  " for code, column in zip(by, columns, strict=True))
    grouped = f"\nGROUP BY {', '.join(columns)}" if columns else ""
    amount = fill(measure.expression, window)
    return f"SELECT\n  {listed}{amount} AS amount\nFROM {_from(measure, scope, by)}\nWHERE {' AND '.join(conditions(measure, window, scope, by))}{grouped}"


def joint_query(measures: Sequence[Measure], window: Window, scope: Scope, by: Sequence[str] = ()) -> str:
    """Return one SELECT instead of that of each of `measures`: they look at the same days of one mart (`days_of`) and are `is_joinable`.

    One row for each combination of `by`; of each measure follow its amount and how many of its rows stand behind it.
    """
    columns = [_split_column(code, scope) for code in by]
    listed = "".join(f"{column} AS {DIMENSION_BY_CODE[code].column},\n  " for code, column in zip(by, columns, strict=True))
    found = [days_of(measures[0], window, by), _any_of(measures)]
    if scope.organisation is not None:
        found.append(subtree_condition(scope, "m.organisation_code", "m.business_date"))
    grouped = f"\nGROUP BY {', '.join(columns)}" if columns else ""
    amounts = _joint_amounts(measures, *_literals(window))
    return f"SELECT\n  {listed}{amounts}\nFROM {_from(measures[0], scope, by)}\nWHERE {' AND '.join(filter(None, found))}{grouped}"


def is_joinable(measure: Measure) -> bool:
    """Return whether a measure can be computed beside others in one pass: what counts values apart is not."""
    return "DISTINCT" not in measure.expression


def _joint_amounts(measures: Sequence[Measure], day: str, base_day: str, period_start: str, days: str) -> str:
    """Return amount and number of rows of each measure, each over its own rows."""
    found = (_filled(_narrowed(text, narrowed), day, base_day, period_start, days) for text, narrowed in _joint_expressions(measures))
    return ",\n  ".join(found)


def _joint_expressions(measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """Return the expression of each measure's amount and of its number of rows, each with what narrows its aggregates to its own rows."""
    is_one = len({measure.where for measure in measures}) == 1
    found: list[tuple[str, str]] = []
    for measure in measures:
        narrowed = "" if is_one or not measure.where else f" FILTER (WHERE {measure.where})"
        found += [(measure.expression, narrowed), ("count(*)", narrowed)]
    return found


def _any_of(measures: Sequence[Measure]) -> str:
    """Return the condition of the rows that any of the measures counts; empty where one of them counts all."""
    wheres = list(dict.fromkeys(measure.where for measure in measures))
    return "" if "" in wheres else f"({' OR '.join(f'({where})' for where in wheres)})"


def _narrowed(expression: str, narrowed: str) -> str:
    """Return the expression with each of its aggregates taken over the rows that `narrowed` leaves; what it asks other tables stands."""
    return "".join(text + (narrowed if is_aggregate else "") for text, is_aggregate in _parts(expression))


def _parts(expression: str) -> Iterator[tuple[str, bool]]:
    """Yield the expression piece by piece, and whether a piece is an aggregate of the measure's own rows."""
    place = 0
    for begins in _AGGREGATE.finditer(expression):
        if begins.start() < place:  # of what another table is asked
            continue
        depth, ends = 1, begins.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(expression[ends], 0)
            ends += 1
        yield expression[place : begins.start()], False
        yield expression[begins.start() : ends], not begins[0].endswith("SELECT")
        place = ends
    yield expression[place:], False


_AGGREGATE = re.compile(r"\b(?:sum|count|max|min)\(|\(SELECT\b")


def has_rows_query(measure: Measure, window: Window, by: Sequence[str] = ()) -> str:
    """Return the SELECT that counts the rows on the days looked at that tell whether the figure exists at all."""
    delivered = f" AND ({measure.delivered_where})" if measure.delivered_where else ""
    return f"SELECT count(*) FROM {measure.mart} AS m WHERE {days_of(measure, window, by)}{delivered}"


def series_query(measure: Measure, windows: Sequence[Window], scope: Scope) -> str:
    """Return the SELECT of one row for each of `windows` that has rows: its day, and the measure as `amount`."""
    narrowed = [f"({measure.where})"] if measure.where else []
    if scope.organisation is not None:
        narrowed.append(subtree_condition(scope, "m.organisation_code", "m.business_date"))
    where = f"\nWHERE {' AND '.join(narrowed)}" if narrowed else ""
    amount = _filled(measure.expression, *_OF_WINDOW)
    return (
        f"WITH {_window_days(measure, windows)}\nSELECT w.window_day, {amount} AS amount\n"
        f"FROM {measure.mart} AS m\nJOIN w ON m.business_date = w.looked_at{where}\nGROUP BY w.window_day, w.window_base, w.window_start, w.window_days"
    )


def joint_series_query(measures: Sequence[Measure], windows: Sequence[Window], scope: Scope) -> str:
    """Return one SELECT instead of the series of each of `measures`, which are of one mart and timing and `is_joinable`.

    One row for each of `windows`: its day, then of each measure its amount and how many of its rows stand behind it. Where windows overlap,
    rows are added up by their day once, and days by window, unless what is added depends on the window itself.
    """
    found = [_any_of(measures)]
    if scope.organisation is not None:
        found.append(subtree_condition(scope, "m.organisation_code", "m.business_date"))
    words, mart = _window_days(measures[0], windows), measures[0].mart
    grouped = "GROUP BY w.window_day, w.window_base, w.window_start, w.window_days"
    aggregates = [text for measure in measures for text, is_aggregate in _parts(measure.expression) if is_aggregate]
    if not _overlap(measures[0], windows) or any("$" in text for text in aggregates):
        where = f"\nWHERE {' AND '.join(filter(None, found))}" if any(found) else ""
        return (
            f"WITH {words}\nSELECT w.window_day,\n  {_joint_amounts(measures, *_OF_WINDOW)}\n"
            f"FROM {mart} AS m\nJOIN w ON m.business_date = w.looked_at{where}\n{grouped}"
        )
    of_days: dict[str, str] = {}
    amounts = ",\n  ".join(_over_days(text, narrowed, of_days) for text, narrowed in _joint_expressions(measures))
    listed = ", ".join(f"{text} AS {name}" for text, name in of_days.items())
    where = " AND ".join(filter(None, ["m.business_date IN (SELECT looked_at FROM w)", *found]))
    return (
        f"WITH {words},\nd AS (SELECT m.business_date, {listed} FROM {mart} AS m WHERE {where} GROUP BY m.business_date)\n"
        f"SELECT w.window_day,\n  {_filled(amounts, *_OF_WINDOW)}\nFROM d\nJOIN w ON d.business_date = w.looked_at\n{grouped}"
    )


def _overlap(measure: Measure, windows: Sequence[Window]) -> bool:
    """Return whether the windows together look at the days of a measure twice or more often."""
    if measure.timing not in (Timing.PERIOD, Timing.AVERAGE):
        return False
    days = {window.day - timedelta(days=before) for window in windows for before in range(window.days)}
    return sum(window.days for window in windows) >= 2 * len(days)


def _over_days(expression: str, narrowed: str, of_days: dict[str, str]) -> str:
    """Return an expression over the sums of single days; what is added up by day is put into `of_days`, each under its name."""
    found = ""
    for text, is_aggregate in _parts(expression):
        if not is_aggregate:
            found += text
            continue
        name = of_days.setdefault(text + narrowed, f"of_day_{len(of_days)}")
        kind = text.partition("(")[0]
        found += f"CAST(sum(d.{name}) AS BIGINT)" if kind == "count" else f"{kind}(d.{name})"
    return found


_OF_WINDOW = ("w.window_day", "w.window_base", "w.window_start", "w.window_days")


def series_has_rows_query(measure: Measure, windows: Sequence[Window]) -> str:
    """Return the SELECT of the days among `windows` on which the figure exists at all."""
    delivered = f"\nWHERE ({measure.delivered_where})" if measure.delivered_where else ""
    return (
        f"WITH {_window_days(measure, windows)}\n"
        f"SELECT DISTINCT w.window_day FROM {measure.mart} AS m JOIN w ON m.business_date = w.looked_at{delivered}"
    )


def _window_days(measure: Measure, windows: Sequence[Window]) -> str:
    """Return the common table `w`: each window with every day it looks at, so that rows meet it by equality."""
    lines = ", ".join(f"(DATE '{w.day}', DATE '{w.year_base}', DATE '{w.period_start}', {w.days})" for w in windows)
    match measure.timing:
        case Timing.POINT:
            days = "SELECT *, window_day AS looked_at FROM v"
        case Timing.LAST:
            days = f"SELECT v.*, (SELECT max(l.business_date) FROM {measure.mart} AS l WHERE l.business_date <= v.window_day) AS looked_at FROM v"
        case Timing.PERIOD | Timing.AVERAGE:
            days = "SELECT *, CAST(unnest(generate_series(window_start, window_day, INTERVAL 1 DAY)) AS DATE) AS looked_at FROM v"
        case Timing.YEAR_START:
            days = "SELECT *, unnest([window_day, window_base]) AS looked_at FROM v"
    return f"v(window_day, window_base, window_start, window_days) AS (VALUES {lines}),\nw AS ({days})"


def conditions(measure: Measure, window: Window, scope: Scope, by: Sequence[str] = ()) -> list[str]:
    """Return every condition that narrows the measure's rows, in words of SQL."""
    found = [days_of(measure, window, by)]
    if measure.where:
        found.append(f"({measure.where})")
    if scope.organisation is not None:
        found.append(subtree_condition(scope, "m.organisation_code", "m.business_date"))
    return found


def subtree_condition(scope: Scope, organisation: str, day: str) -> str:
    """Return the condition that the column `organisation` lay, on the column `day`, at or below the scope's organisation."""
    top = f"ancestor_code = {quoted_text(scope.organisation or '')}"
    if scope.view is View.AS_IS:
        return f"{organisation} IN (SELECT organisation_code FROM ({_TREE_OF_TODAY}) AS t WHERE {top})"
    if not scope.is_dated:
        return f"{organisation} IN (SELECT organisation_code FROM organisation_closure WHERE {top})"
    return (
        f"EXISTS (SELECT 1 FROM organisation_closure_period AS t WHERE t.{top} AND t.organisation_code = {organisation}"
        f" AND t.valid_from <= {day} AND (t.valid_until IS NULL OR t.valid_until > {day}))"
    )


_TREE_OF_TODAY = (
    "SELECT c.organisation_code, c.ancestor_code FROM organisation_closure AS c"
    " WHERE c.organisation_code NOT IN (SELECT organisation_code FROM organisation_succession)"
    " UNION ALL SELECT z.organisation_code, c.ancestor_code FROM organisation_succession AS z"
    " JOIN organisation_closure AS c ON c.organisation_code = z.current_successor_code"
)
"""Every organisation with all above it as things stand today, a closed one as if it were its successor."""


def fill(text: str, window: Window) -> str:
    """Return `text` with `$date`, `$base_date`, `$period_start` and `$days` replaced by literals."""
    return _filled(text, *_literals(window))


def _literals(window: Window) -> tuple[str, str, str, str]:
    return f"DATE '{window.day}'", f"DATE '{window.year_base}'", f"DATE '{window.period_start}'", str(window.days)


def quoted_text(value: str) -> str:
    """Return `value` as a SQL text literal."""
    return "'" + value.replace("'", "''") + "'"


def _filled(text: str, day: str, base_day: str, period_start: str, days: str) -> str:
    return text.replace("$date", day).replace("$base_date", base_day).replace("$period_start", period_start).replace("$days", days)


def last_month_end(day: date) -> date:
    """Return the last day of the month before `day`."""
    return day.replace(day=1) - timedelta(days=1)


def days_of(measure: Measure, window: Window, by: Sequence[str]) -> str:
    """Return the condition of the days a measure looks at."""
    column = "m.business_date"
    match Timing.PERIOD if "date" in by else measure.timing:
        case Timing.POINT:
            return f"{column} = DATE '{window.day}'"
        case Timing.LAST:
            return f"{column} = (SELECT max(business_date) FROM {measure.mart} WHERE business_date <= DATE '{window.day}')"
        case Timing.PERIOD | Timing.AVERAGE:
            return f"{column} >= DATE '{window.period_start}' AND {column} <= DATE '{window.day}'"
        case Timing.YEAR_START:
            return f"{column} IN (DATE '{window.day}', DATE '{window.year_base}')"


def _from(measure: Measure, scope: Scope, by: Sequence[str]) -> str:
    found = f"{measure.mart} AS m"
    if scope.view is View.AS_IS:
        for code, alias in _SUCCEEDED.items():
            if code in by and not (code == "organisation" and scope.children is not None):
                column = DIMENSION_BY_CODE[code].column
                found += f"\nLEFT JOIN ({_SUCCESSION}) AS {alias} ON {alias}.succeeded_code = m.{column}"
    if scope.children is None or "organisation_code" not in BY_NAME[measure.mart].column_names:
        return found
    listed = ", ".join(quoted_text(child) for child in scope.children) or "''"
    tree, dates, join = "organisation_closure", "", ""
    if scope.view is View.AS_IS:
        tree = f"({_TREE_OF_TODAY}) AS t"
    elif scope.is_dated:
        tree, dates = "organisation_closure_period", ", valid_from, valid_until"
        join = " AND k.valid_from <= m.business_date AND (k.valid_until IS NULL OR k.valid_until > m.business_date)"
    return (
        f"{found}\nLEFT JOIN (\n  SELECT organisation_code, ancestor_code{dates} FROM {tree}"
        f" WHERE ancestor_code IN ({listed})\n) AS k ON k.organisation_code = m.organisation_code{join}"
    )


_SUCCESSION = "SELECT organisation_code AS succeeded_code, current_successor_code FROM organisation_succession"
_SUCCEEDED = {"organisation": "z", "handling_organisation": "y"}
"""Dimensions of organisations, with the name under which their successors are joined."""


def _split_column(code: str, scope: Scope) -> str:
    column = f"m.{DIMENSION_BY_CODE[code].column}"
    if code == "organisation" and scope.children is not None:
        return f"coalesce(k.ancestor_code, {column})"
    if scope.view is View.AS_IS and code in _SUCCEEDED:
        return f"coalesce({_SUCCEEDED[code]}.current_successor_code, {column})"
    return column
