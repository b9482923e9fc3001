"""A published version with a longer past: its last month repeated backwards, so that what is said of so many months can be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import duckdb

from maisui.warehouse.reader import Reader

_DATED = {
    "account_contribution_month": "business_date",
    "account_month": "month_start",
    "contribution_month": "business_date",
    "customer_channel_month": "month_start",
    "customer_contribution_month": "business_date",
    "customer_fact_month": "business_date",
    "customer_month": "month_start",
    "loan_contract_snapshot": "reported_on",
    "loan_snapshot": "reported_on",
    "product_customer_month": "business_date",
    "profit_bridge_month": "business_date",
}
"""Tables that are repeated, with the column that tells their month."""


def month_ends_before(last: date, months: int) -> tuple[date, ...]:
    """Return the last `months` month ends up to `last`, oldest first."""
    found = [last]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return tuple(found[::-1])


class LongHistory:
    """What answers SQL over the tables of a version as if its last month had been there `months` times; nothing else is changed."""

    def __init__(self, reader: Reader, tables: Iterable[str], last: date, months: int) -> None:
        self.manifest = reader.manifest
        self.connection = duckdb.connect()
        for name in tables:
            rows = reader._connection.cursor().sql(f"SELECT * FROM {name}").to_arrow_table()
            self.connection.register("published", rows)
            self.connection.execute(f"CREATE TABLE {name} AS SELECT * FROM published")
            self.connection.unregister("published")
            if name in _DATED:
                self._repeat(name, _DATED[name], last, months)

    def _repeat(self, name: str, column: str, last: date, months: int) -> None:
        """Keep of a table the month that ends with `last`, and lay it into each month before; month ends stay month ends."""
        run = self.connection.execute
        run(f"DELETE FROM {name} WHERE {column} > ? OR {column} < ?", [last, last.replace(day=1)])
        run(f"CREATE TABLE once AS SELECT * FROM {name}")
        for back in range(1, months):
            moved = f"CASE WHEN {column} = last_day({column}) THEN last_day({column} - INTERVAL {back} MONTH) ELSE {column} - INTERVAL {back} MONTH END"
            run(f"INSERT INTO {name} SELECT * REPLACE (CAST({moved} AS DATE) AS {column}) FROM once")
        run("DROP TABLE once")

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        """Return the rows of a query as one array a column."""
        return self.connection.execute(query, list(values)).fetchnumpy()
