"""Of SELECTs that a step puts together, those that surely have no rows are left out of what the engine is asked."""

from __future__ import annotations

from datetime import date

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.pipeline.run_step import run_step
from maisui.steps.step import BatchContext, Step, union_all
from maisui.tables import BY_NAME

NORTH, SOUTH = (
    f"SELECT $legal_entity_code AS legal_entity_code, h.code AS capability_code, true AS is_enabled, '{table}' AS reason_zh, "
    f"'{table}' AS reason_en, CAST(1 AS BIGINT) AS row_count FROM {table} AS h"
    for table in ("north", "south")
)
QUERY = f"WITH found AS (\n{union_all((NORTH, SOUTH))}\n)\nSELECT * FROM found"
STEP = Step("write_capability", BY_NAME["capability"], ("north", "south"), QUERY, united=(NORTH, SOUTH))


@pytest.fixture
def asked(engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the queries of tables made from now on; the north has one row, the south none."""
    engine.create_table("north", "SELECT 'N1' AS code")
    engine.create_table("south", "SELECT 'S1' AS code WHERE false")
    queries: list[str] = []
    create = engine.create_table
    monkeypatch.setattr(engine, "create_table", lambda name, query: (queries.append(query), create(name, query)))
    return queries


@pytest.mark.parametrize(("empty", "named"), [({"south"}, ["north"]), (set(), ["north", "south"]), ({"elsewhere"}, ["north", "south"])])
def test_what_has_no_rows_is_not_asked(engine: DuckDBEngine, asked: list[str], empty: set[str], named: list[str]) -> None:
    rows = run_step(engine, STEP, BatchContext("BANK", date(2026, 6, 30)), empty=empty)
    assert rows == 1
    assert engine.fetch("SELECT legal_entity_code, capability_code, reason_en FROM capability") == [("BANK", "N1", "north")]
    assert [table for table in ("north", "south") if f"FROM {table} " in asked[0]] == named


def test_where_none_has_rows_one_stays_to_give_the_columns(engine: DuckDBEngine, asked: list[str]) -> None:
    """Here the query itself has a line all the same, so that it is asked."""
    counted = (
        f"WITH found AS (\n{union_all((NORTH, SOUTH))}\n)\nSELECT 'BANK' AS legal_entity_code, 'all' AS capability_code, true AS is_enabled, "
        "'' AS reason_zh, '' AS reason_en, count(*) AS row_count FROM found"
    )
    engine.create_table("north", "SELECT 'N1' AS code WHERE false")
    step = Step("write_capability", STEP.writes, STEP.reads, counted, united=STEP.united)
    assert run_step(engine, step, BatchContext("BANK", date(2026, 6, 30)), empty={"north", "south"}) == 1
    assert engine.fetch("SELECT row_count FROM capability") == [(0,)]
    assert "FROM south " not in asked[-1]
