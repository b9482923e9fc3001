"""A table whose query does not fit into the memory as one is made month by month, and has the same rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.pipeline.in_pieces import create_within_memory, in_months

ROWS = 2_000_000


@pytest.fixture
def small(tmp_path: Path) -> Iterator[DuckDBEngine]:
    """Yield an engine of 60 MB which holds two million texts of 50 customers and 13 months, two of them before and after what was delivered."""
    made = DuckDBEngine(tmp_path, memory_limit="60MB")
    connection = made.as_duckdb()
    connection.execute("CREATE TABLE delivery AS SELECT DATE '2026-01-31' AS business_date UNION ALL SELECT DATE '2026-10-31'")
    month = "CASE WHEN i % 13 = 12 THEN NULL ELSE CAST(date_add(DATE '2025-12-01', to_months(CAST(i % 13 AS INTEGER))) AS DATE) END"
    connection.execute(
        f"CREATE TABLE given AS SELECT i % 50 AS customer, {month} AS month_start, md5(CAST(i AS VARCHAR)) AS word FROM range({ROWS}) AS r(i)"
    )
    yield made
    made.close()


def middles(engine: DuckDBEngine) -> dict[tuple[int, date | None], str]:
    """Work the figures out in plain Python, from the texts as they lie there."""
    found: dict[tuple[int, date | None], list[str]] = {}
    for customer, month, word in engine.as_duckdb().execute("SELECT customer, month_start, word FROM given").fetchall():
        found.setdefault((customer, month), []).append(word)
    return {key: sorted(words)[(len(words) + 1) // 2 - 1] for key, words in found.items()}


@pytest.mark.parametrize("month", ["month_start", "CAST(month_start AS VARCHAR)"], ids=["date", "text"])
def test_a_table_too_large_as_one_is_made_month_by_month(small: DuckDBEngine, month: str):
    query = f"SELECT customer, {month} AS month_start, quantile_disc(word, 0.5) AS middle FROM given GROUP BY customer, {month}"
    with pytest.raises(duckdb.OutOfMemoryException):
        small.create_table("middle_text", query)
    create_within_memory(small, "middle_text", lambda *_: query, "month_start")
    made = small.fetch("SELECT customer, CAST(month_start AS DATE), middle FROM middle_text")
    assert len(made) == 50 * 13
    assert {(customer, month): middle for customer, month, middle in made} == middles(small)


def test_what_does_not_fit_and_has_no_date_is_told(small: DuckDBEngine):
    query = "SELECT customer, quantile_disc(word, 0.5) AS middle FROM given GROUP BY customer"
    with pytest.raises(duckdb.OutOfMemoryException):
        create_within_memory(small, "middle_text", lambda *_: query, None)


def test_what_does_not_fit_beside_others_is_given_up(small: DuckDBEngine):
    """It is run again alone, where it may fit at once: month by month costs more."""
    query = "SELECT customer, month_start, quantile_disc(word, 0.5) AS middle FROM given GROUP BY customer, month_start"
    with small.beside() as beside, pytest.raises(duckdb.OutOfMemoryException):
        create_within_memory(beside, "middle_text", lambda *_: query, "month_start")


def test_every_month_is_asked_for_by_its_bounds():
    """Nothing lies between two months, before the first or behind the last."""
    asked = list[tuple[date, date]]()
    pieces = in_months(lambda *month: asked.append(month) or "SELECT 1", "day", [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)])
    first, second, third = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
    assert asked == [(date.min, first), (first, second), (second, third), (third, date.max)]
    assert [piece.rpartition("WHERE ")[2] for piece in pieces] == [
        "(day IS NULL OR day < '2026-01-01')",
        "(day >= '2026-01-01' AND day < '2026-02-01')",
        "(day >= '2026-02-01' AND day < '2026-03-01')",
        "(day >= '2026-03-01' AND true)",
    ]
