"""The engine holds in memory what is looked up, never the many rows for which it is looked up."""

from __future__ import annotations

import re
from pathlib import Path

from maisui.engines.duckdb_engine import DuckDBEngine

# After joins whose size the engine can only guess, it takes a million movements for fewer than sixty thousand accounts.
LOOKED_UP = """
EXPLAIN
SELECT t.account, a.kind
FROM movement AS t
INNER JOIN (SELECT min(day) AS first_day FROM days) AS b ON t.day >= b.first_day
INNER JOIN (SELECT month, max(day) AS last_day FROM days GROUP BY month) AS m ON m.month = CAST(date_trunc('month', t.day) AS DATE)
LEFT JOIN account AS a ON a.account = t.account
"""


def test_what_is_looked_up_is_held_however_few_rows_are_expected(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path / "scratch")
    try:
        engine.create_table(
            "movement", "SELECT i % 60000 AS account, DATE '2026-01-01' + CAST(i % 300 AS INTEGER) AS day FROM range(1000000) AS n(i)"
        )
        engine.create_table("account", "SELECT i AS account, 'demand' AS kind FROM range(60000) AS n(i)")
        engine.create_table(
            "days", "SELECT day, CAST(date_trunc('month', day) AS DATE) AS month FROM (SELECT DISTINCT day FROM movement) AS d"
        )
        plan = engine.fetch(LOOKED_UP)[0][1]
    finally:
        engine.close()
    assert sorted(re.findall(r"Join Type: (\w+)", plan)) == ["INNER", "INNER", "LEFT"]
