"""How a table is made whose query does not fit into the memory as one: month by month, by the same query.

The engine hands a condition on the rows asked for down to what they are made of, so that a piece needs a part of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

import duckdb

from maisui.engines.engine import Engine

_MONTHS = """
SELECT CAST(unnest(generate_series(date_trunc('month', min(business_date)), max(business_date), INTERVAL 1 MONTH)) AS DATE) AS month_start
FROM delivery
ORDER BY month_start
"""


def create_within_memory(engine: Engine, name: str, query: Callable[[date, date], str], day: str | None) -> None:
    """Make the table `name` of `query` at once, and where the engine's memory does not suffice by the months of its column `day`.

    `query` returns the SELECT of the rows of which `day`, a date or the text of one, lies from its first date up to but not on its
    second; others may be among them and are left out. The rows are the same, those without a `day` with them.

    Raises:
        duckdb.OutOfMemoryException: when a month does not fit either, there is no `day`, or others work beside `engine`.
    """
    try:
        engine.create_table(name, query(date.min, date.max))
    except duckdb.OutOfMemoryException:
        if day is None or engine.is_beside:
            raise
        first, *later = in_months(query, day, [row[0] for row in engine.fetch(_MONTHS)])
        engine.create_table(name, first)
        for piece in later:
            engine.as_duckdb().execute(f"INSERT INTO {name} BY NAME {piece}")


def in_months(query: Callable[[date, date], str], day: str, months: Sequence[date]) -> list[str]:
    """Return a SELECT of what lies before the `months`, given by their first days, or has no `day`, and one for each of them.

    To the last belongs what lies behind it: each row of `query` is one of exactly one SELECT.
    """
    bounds = pairwise([date.min, *months, date.max])
    return [f"SELECT * FROM (\n{query(*month)}\n) AS whole\nWHERE {_within(day, *month)}" for month in bounds]


def _within(day: str, since: date, until: date) -> str:
    begun = f"{day} IS NULL" if since == date.min else f"{day} >= '{since}'"
    ended = "true" if until == date.max else f"{day} < '{until}'"
    return f"({begun} OR {ended})" if since == date.min else f"({begun} AND {ended})"
