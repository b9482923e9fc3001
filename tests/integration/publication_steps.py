"""Publishes a small version of three real tables: `python publication_steps.py FOLDER STEP`; the disk is faulted below it.

Steps 0 and 1 make the versions that are there before; step 2 is the one that is killed or starved. It changes one
month and the serving part, leaves the other month alone, and prunes step 0.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import duckdb

from maisui.tables import BY_NAME, Table
from maisui.warehouse import publication
from maisui.warehouse.version import Manifest

TABLES: tuple[Table, ...] = (BY_NAME["product_day"], BY_NAME["organisation"], BY_NAME["customer"])
_VALUES = {"VARCHAR": "'x'", "BIGINT": "1", "BOOLEAN": "true", "DATE": "DATE '2026-01-01'"}


def publish_step(folder: Path, step: int) -> Manifest:
    """Publish version number `step` in `folder` and return its manifest."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for table in TABLES:
            connection.execute(f"CREATE TABLE {table.name} AS {_rows(table, step)}")
        parts = publication.write_parts(connection, TABLES, folder / "parts")
    content = publication.content_hash(parts)
    manifest = Manifest(
        version=f"2026020{step}-{content[:12]}",
        legal_entity_code="B",
        reporting_date=date(2026, 2, 1) + timedelta(days=step),
        first_date=date(2026, 1, 1),
        code_version="0",
        parameter_version="0",
        sources=("mini",),
        source_hash="0",
        deliveries=(f"file{step}",),
        last_delivery_on=date(2026, 2, 1),
        content_hash=content,
        parts=parts,
        published_at=f"2026-02-0{step + 1}T00:00:00+00:00",
    )
    publication.publish(folder / "versions", manifest)
    publication.prune(folder / "versions", folder / "parts", recent=2, month_ends=1)
    return manifest


def _rows(table: Table, step: int) -> str:
    """Return a SELECT: product_day has 20 days of January, alike in every step, and 5 days more of February each step."""
    month_of = table.month_of
    if month_of is None:
        days, count = "DATE '2026-01-01'", 3 + step
    else:
        days, count = "CAST(DATE '2026-01-12' + CAST(i AS INTEGER) AS DATE)", 20 + 5 * step
    chosen = [
        f"{days} AS {c.name}" if c.name == month_of
        else f"concat('k', CAST(i AS VARCHAR)) AS {c.name}" if c.type == "VARCHAR" and c.name in table.grain
        else f"CAST(i AS {c.type}) AS {c.name}" if c.type.startswith("DECIMAL")
        else f"{_VALUES[c.type]} AS {c.name}"
        for c in table.columns
    ]  # fmt: skip
    return f"SELECT {', '.join(chosen)} FROM range({count}) AS r(i)"


if __name__ == "__main__":
    publish_step(Path(sys.argv[1]), int(sys.argv[2]))
