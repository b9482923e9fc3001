"""A small published version of drawn tables, for answers that read one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from drawn_tables import GIVEN, LEGAL_ENTITY, load_tables, need_table

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.tables import ALL
from maisui.warehouse.publication import content_hash, publish, write_parts
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import Manifest


@contextmanager
def published(folder: Path, first: date, day: date, **tables: str | tuple[str, str]) -> Iterator[Reader]:
    """Publish `tables` of the days from `first` to `day` below `folder`, all others empty, and read them."""
    scratch = DuckDBEngine(folder / "scratch")
    load_tables(scratch, **tables)
    for name in GIVEN:
        need_table(scratch, name)
    there = [table for table in ALL if table.published and (table.name in tables or table.name in GIVEN)]
    parts = write_parts(scratch.as_duckdb(), there, folder / "parts")
    scratch.close()
    content = content_hash(parts)
    publish(
        folder / "versions",
        Manifest(f"v-{content[:12]}", LEGAL_ENTITY, day, first, "0", "0", ("core",), "0", (), None, content, parts),
    )
    with open_reader(folder / "versions", folder / "parts") as found:
        yield found
