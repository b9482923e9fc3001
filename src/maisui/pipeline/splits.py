"""Whether every split of every figure adds up to 0.00 before it is published: on the last day and at the last month end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import duckdb

from maisui.metrics import CATALOGUE, Measure, Metric
from maisui.metrics.measure_sql import Scope, Window, conditions, last_month_end
from maisui.metrics.split_sums import ORGANISATION, additive_dimensions, asked_together, measures_of, split_number, split_query, tree_query
from maisui.warehouse.version import Control

_DETAILS_KEPT = 50


def splits_add_up(
    connection: duckdb.DuckDBPyConnection, *, first_date: date, reporting_date: date, metrics: Iterable[Metric] = CATALOGUE
) -> Control:
    """Return the control over every additive pair of measure and dimension, and over every organisation and its children."""
    month_end = last_month_end(reporting_date)
    days = [reporting_date, *([month_end] if month_end >= first_date else [])]
    return _control(connection, [Window(day, max(day.replace(day=1), first_date)) for day in days], measures_of(metrics))


def splits_on(connection: duckdb.DuckDBPyConnection, day: date, metrics: Iterable[Metric] = CATALOGUE) -> Control:
    """Return the same control over one day."""
    return _control(connection, [Window(day, day.replace(day=1))], measures_of(metrics))


def _control(connection: duckdb.DuckDBPyConnection, windows: Sequence[Window], measures: Mapping[Measure, str]) -> Control:
    checked = 0
    found: list[dict[str, str]] = []
    total = Decimal(0)
    for window in windows:
        groups = asked_together(measures, window)
        filled = _with_rows(connection, groups, window)
        for number, together in enumerate(groups):
            places = [{"business_date": f"{window.day}", "metric": measures[measure]} for measure in together]
            dimensions = additive_dimensions(together[0])
            checked += len(dimensions) * len(together)
            has_tree = ORGANISATION in dimensions and window == windows[0]
            checked += len(together) if has_tree else 0
            if number not in filled:  # every sum of it is 0.00
                continue
            lines = _split_lines(connection, together, window, places)
            lines += _tree_lines(connection, together, window, places) if has_tree else []
            found += [line | {"difference_amount": f"{difference}"} for line, difference in lines]
            total += sum(abs(difference) for _, difference in lines)
    return Control(
        "splits_add_up",
        "分项合计：各指标按每个可加维度、每个机构与其下级合计一致",
        "Every split of every figure adds up to its total, and every organisation to its children",
        "stop",
        checked,
        len(found),
        f"{total:.2f}",
        tuple(found[:_DETAILS_KEPT]),
    )


def _split_lines(
    connection: duckdb.DuckDBPyConnection, together: Sequence[Measure], window: Window, places: Sequence[dict[str, str]]
) -> list[tuple[dict[str, str], Decimal]]:
    """Return where a split has lines without a name or does not add up to the whole, each with its difference."""
    found: list[tuple[dict[str, str], Decimal]] = []
    dimensions = additive_dimensions(together[0])
    rows = {row[0]: row[1:] for row in connection.execute(split_query(together, window)).fetchall()}
    _, *whole = rows[split_number(dimensions, None)]
    nothing = (0, *[Decimal(0)] * len(together))
    for dimension in dimensions:
        nameless, *amounts = rows.get(split_number(dimensions, dimension), nothing)
        for place, amount, right in zip(places, amounts, whole, strict=True):
            if nameless or amount != right:
                found.append((place | {"dimension": dimension, "nameless": f"{nameless}"}, amount - right))
    return found


def _tree_lines(
    connection: duckdb.DuckDBPyConnection, together: Sequence[Measure], window: Window, places: Sequence[dict[str, str]]
) -> list[tuple[dict[str, str], Decimal]]:
    """Return the organisations that differ from themselves and their children together, each with its difference."""
    return [
        (place | {"dimension": "child", "organisation_code": organisation}, difference)
        for organisation, *differences in connection.execute(tree_query(together, window)).fetchall()
        for place, difference in zip(places, differences, strict=True)
        if difference
    ]


def _with_rows(connection: duckdb.DuckDBPyConnection, groups: Sequence[Sequence[Measure]], window: Window) -> set[int]:
    """Return which of the `groups` have a row to look at, by their place; a small bank has none for most, and to ask for splits is dear."""
    looked_at = [(group[0].mart, " AND ".join(conditions(group[0], window, Scope()))) for group in groups]
    asked = [f"(SELECT {number} FROM {mart} AS m WHERE {wheres} LIMIT 1)" for number, (mart, wheres) in enumerate(looked_at)]
    return {row[0] for row in connection.execute(" UNION ALL ".join(asked)).fetchall()} if asked else set()
