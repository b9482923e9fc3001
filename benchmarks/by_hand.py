"""The same SQL by hand: the batch's queries sent to DuckDB one after the other, without runner, checks or manifest."""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.intake import receipts
from maisui.integration.read_feed import raw_view, typed_feed
from maisui.parameters import load_parameters
from maisui.pipeline.integrate import delivery_query, rows_file
from maisui.pipeline.plan import make_plan
from maisui.reconciliation import subject_lines, subject_lines_query
from maisui.sources.of_home import load_sources
from maisui.steps.step import BatchContext, typed
from maisui.tables import ALL, Table
from maisui.warehouse.home import open_home


def main(home_folder: Path, reporting_date: date) -> None:
    """Run every query and write every published table by month, as the batch does, and nothing else."""
    home = open_home(home_folder)
    live = [receipt for receipt in receipts(raw=home.raw, until=reporting_date) if receipt.kind == "delivery"]
    plan = make_plan(load_sources(home))
    context = BatchContext(home.legal_entity_code, reporting_date)
    with tempfile.TemporaryDirectory(dir=home.path) as folder:
        engine = DuckDBEngine(Path(folder) / "scratch", memory_limit=home.memory_limit)
        for source in plan.sources:
            for feed in source.feeds.values():
                files = [rows_file(home.raw, r) for r in live if r.source == source.code and r.feed == feed.code and r.loaded]
                engine.read_raw(raw_view(feed), feed.column_names, files)
                engine.create_view(feed.view, typed_feed(feed, has_repeated_keys=False))
        parameters = load_parameters(home.parameter_lines)
        engine.create_table("parameter", parameters.query())
        engine.create_table("control_subject", subject_lines_query(subject_lines()))
        engine.create_table("product_level", parameters.products.level_query())
        engine.create_table("product_word", parameters.products.word_query())
        engine.create_table("delivery", delivery_query(live, context))
        for step in plan.steps:
            engine.create_table(step.writes.name, context.fill(typed(step.writes, step.query)))
        _write(engine, Path(folder) / "parts")
        engine.close()


def _write(engine: DuckDBEngine, parts: Path) -> None:
    """Write the same files as the batch: one a large table and month, one for all small tables."""
    parts.mkdir()
    published = [table for table in ALL if table.published]
    for table in (table for table in published if table.month_of):
        months = engine.fetch(f"SELECT DISTINCT CAST(date_trunc('month', {table.month_of}) AS DATE) FROM {table.name} ORDER BY 1")
        for (month,) in months:
            only = f"BETWEEN DATE '{month}' AND last_day(DATE '{month}')" if month else "IS NULL"
            _write_file(engine, parts / f"{table.name}-{month}.duckdb", [table], f"WHERE {table.month_of} {only}")
    _write_file(engine, parts / "serving.duckdb", [table for table in published if not table.month_of], "")


def _write_file(engine: DuckDBEngine, path: Path, tables: list[Table], only: str) -> None:
    connection = engine.as_duckdb()
    connection.execute(f"ATTACH '{path}' AS part")
    for table in tables:
        columns, order = ", ".join(table.column_names), ", ".join(table.grain)
        connection.execute(f"CREATE TABLE part.{table.name} AS SELECT {columns} FROM {table.name} {only} ORDER BY {order}")
    connection.execute("DETACH part")


if __name__ == "__main__":
    main(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
