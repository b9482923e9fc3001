"""How a table is made whose query does not fit into the memory as one: month by month, by the same query.

The engine hands a condition on the rows asked for down to what they are made of, so that a piece needs a part of the memory.
"""

from __future__ import annotations

from itertools import pairwise

import duckdb

from maisui.engines.engine import Engine

_MONTHS = """
SELECT CAST(unnest(generate_series(date_trunc('month', min(business_date)), max(business_date), INTERVAL 1 MONTH)) AS DATE) AS month_start
FROM delivery
ORDER BY month_start
"""


def create_within_memory(engine: Engine, name: str, query: str, day: str | None) -> None:
    """Make the table `name` of `query` at once, and where the engine's memory does not suffice by the months of its column `day`.

    The rows are the same; `day` is a date or the text of one, and may be null.

    Raises:
        duckdb.OutOfMemoryException: when a month does not fit either, or there is no `day`.
    """
    try:
        engine.create_table(name, query)
    except duckdb.OutOfMemoryException:
        if day is None:
            raise
        first, *later = (f"SELECT * FROM (\n{query}\n) AS whole\nWHERE {month}" for month in _months(engine, day))
        engine.create_table(name, first)
        for piece in later:
            engine.as_duckdb().execute(f"INSERT INTO {name} BY NAME {piece}")


def _months(engine: Engine, day: str) -> list[str]:
    """Return conditions on `day` of which every row meets exactly one."""
    firsts = [f"'{row[0]}'" for row in engine.fetch(_MONTHS)]
    between = [f"{day} >= {earlier} AND {day} < {later}" for earlier, later in pairwise(firsts)]
    return [f"({day} < {firsts[0]} OR {day} IS NULL)", *between, f"{day} >= {firsts[-1]}"]
