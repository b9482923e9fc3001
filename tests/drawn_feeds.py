"""Delivered feeds drawn as text: how a specification gives a source's mapping its typed rows and looks at what it makes of them.

Only the columns that matter are drawn; the others are empty. The day of delivery and the file are `delivered_on` and
`source_file_id`, drawn or 2026-06-30 and F1; lines count from 1.
"""

from __future__ import annotations

from datetime import date

from drawn_tables import LEGAL_ENTITY

from maisui.engines.engine import Engine
from maisui.integration.deliver_table import delivered_steps, feed_schema
from maisui.pipeline.run_step import run_step
from maisui.sources.loader import load_builtin
from maisui.steps.step import BatchContext


def deliver(engine: Engine, source_code: str, table: str, **feeds: str) -> None:
    """Fill the delivered `table` from the drawn feeds of a built-in source; feeds that nobody drew are empty.

    Raises:
        KeyError: when no step fills the table or a drawn feed is none that it reads.
    """
    source = load_builtin(source_code)
    (step,) = (step for step in delivered_steps((source,)) if step.writes.name == table)
    schema = feed_schema(source)
    unread = sorted(set(feeds) - {name.removeprefix(f"{source_code}_") for name in step.reads})
    if unread:
        raise KeyError(f"{table} does not read {unread}")
    for view in step.reads:
        query = _rows(schema[view], feeds.get(view.removeprefix(f"{source_code}_"), ""))
        (engine.create_view if engine.name == "spark" else engine.create_table)(view, query)
    run_step(engine, step, BatchContext(LEGAL_ENTITY, date(2026, 6, 30)))


def _rows(types: dict[str, str], text: str) -> str:
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    names, rows = (lines[0], lines[2:]) if lines else ([], [])
    given = [dict(zip(names, cells, strict=True)) for cells in rows]
    strange = sorted(set(names) - set(types))
    if strange:
        raise KeyError(f"the feed has no columns {strange}")
    for number, row in enumerate(given, 1):
        row.setdefault("delivered_on", "2026-06-30")
        row.setdefault("source_file_id", "F1")
        row.setdefault("source_line", str(number))
    cast = ", ".join(f"CAST(v.{name} AS {kind}) AS {name}" for name, kind in types.items())
    values = ",\n".join("(" + ", ".join(_literal(row.get(name, "")) for name in types) + ")" for row in given or [{}])
    nothing = "" if given else " WHERE false"
    return f"SELECT {cast} FROM (VALUES {values}) AS v({', '.join(types)}){nothing}"


def _literal(cell: str) -> str:
    return "CAST(NULL AS VARCHAR)" if not cell else "'" + cell.replace("'", "''") + "'"
