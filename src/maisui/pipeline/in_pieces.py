"""How a table is made whose query does not fit into the memory as one: month by month, by the same query.

The engine hands a condition on the rows asked for down to what they are made of, so that a piece needs a part of the memory.
"""

from __future__ import annotations

from itertools import pairwise

import duckdb

from maisui.engines.engine import Engine
from maisui.tables import Table

_MONTHS = """
SELECT CAST(unnest(generate_series(date_trunc('month', min(business_date)), max(business_date), INTERVAL 1 MONTH)) AS DATE) AS month_start
FROM delivery
ORDER BY month_start
"""


def create_within_memory(engine: Engine, table: Table, query: str) -> None:
    """Make `table` of `query` at once, and where the engine's memory does not suffice month by month: the rows are the same.

    Raises:
        duckdb.OutOfMemoryException: when a month does not fit either, or the table has no date.
    """
    try:
        engine.create_table(table.name, query)
    except duckdb.OutOfMemoryException:
        day = table.month_of or table.settled_by or table.begins_by
        if day is None:
            raise
        connection = engine.as_duckdb()
        engine.create_empty_table(table)
        for piece in _months(engine, day):
            connection.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM (\n{query}\n) AS whole\nWHERE {piece}")


def _months(engine: Engine, day: str) -> list[str]:
    """Return conditions on `day` of which every row meets exactly one."""
    firsts = [f"DATE '{row[0]}'" for row in engine.fetch(_MONTHS)]
    between = [f"{day} >= {earlier} AND {day} < {later}" for earlier, later in pairwise(firsts)]
    return [f"({day} < {firsts[0]} OR {day} IS NULL)", *between, f"{day} >= {firsts[-1]}"]
