"""How a step is run and held to its word: types, grain, keys that must not be null, keys that must not be lost."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

import duckdb

from maisui.engines.engine import Engine
from maisui.errors import IntegrationError, MaisuiError, StorageError, collect
from maisui.pipeline.in_pieces import create_within_memory
from maisui.steps.emptiness import is_surely_empty
from maisui.steps.step import BatchContext, Step, typed, union_all
from maisui.tables import Table

MOST_ROUNDS = 1000
"""After so many rounds a step that repeats is taken to run for ever."""


def run_step(engine: Engine, step: Step, context: BatchContext, since: date | None = None, empty: AbstractSet[str] = frozenset()) -> int:
    """Run `step` on `engine`, check what it promised, and return the rows written.

    With `since` only rows of a settled table dated from that day on are made. A query that has no rows
    because tables known to be `empty` have none is not put to the engine.

    Raises:
        IntegrationError: when keys repeat or are null, or keys it covers are missing.
    """
    table = step.writes
    context = context if since is None else replace(context, needed_from=since)
    if _makes_nothing(step, empty):
        engine.create_empty_table(table)
        rows, faults = 0, list[str]()
    else:
        query = typed(table, _without_empty(step, empty))
        if since is not None:
            query = f"SELECT * FROM (\n{query}\n) AS onward\nWHERE {settles_since(table, since)}"
        _create(engine, step, query, context)
        _repeat(engine, step, context)
        rows, faults = _rows_and_faults(engine, table)
    if step.covers is not None:
        lost = _lost_keys(engine, step, context)
        if lost:
            faults.append(f"{lost} keys that must be kept are missing")
    _collect(step, faults)
    return rows


def settles_since(table: Table, day: date) -> str:
    """Return the condition on rows of a settled `table` that settle on `day` or later, or not yet."""
    later = f"{table.settled_by} >= DATE '{day}'"
    return f"({later} OR {table.settled_by} IS NULL)" if table.is_of_intervals else later


def check_rows(engine: Engine, step: Step) -> None:
    """Check again that no row of the table written lacks or repeats its key, after more rows came to it.

    Raises:
        IntegrationError: when one does.
    """
    _collect(step, _rows_and_faults(engine, step.writes)[1])


def _makes_nothing(step: Step, empty: AbstractSet[str]) -> bool:
    """Tell whether the step's query surely has no rows; read is only the text of one that reads nothing or something empty."""
    return (not step.reads or not empty.isdisjoint(step.reads)) and is_surely_empty(step.query, empty)


def _without_empty(step: Step, empty: AbstractSet[str]) -> str:
    """Return the step's query without those of its united SELECTs that surely have no rows: an engine would plan each of them."""
    if not step.united or empty.isdisjoint(step.reads):
        return step.query
    kept = [one for one in step.united if not is_surely_empty(one, empty)] or step.united[:1]
    return step.query.replace(union_all(step.united), union_all(kept))


def _rows_and_faults(engine: Engine, table: Table) -> tuple[int, list[str]]:
    needed = [column.name for column in table.columns if not column.nullable]
    counts = ", ".join(f"count({name})" for name in needed)
    row = engine.fetch(f"SELECT count(*){', ' + counts if counts else ''} FROM {table.name}")[0]
    rows = int(row[0])
    faults = [f"{rows - int(n)} rows have no {name}" for name, n in zip(needed, row[1:], strict=True) if int(n) != rows]
    repeated = engine.repeated_keys(table.name, table.grain) if rows > 1 else 0
    if repeated:
        faults.append(f"{repeated} rows repeat the key ({', '.join(table.grain)})")
    return rows, faults


def _collect(step: Step, faults: list[str]) -> None:
    collect(
        IntegrationError,
        faults,
        where=f"{step.writes.name}, written by {step.name}",
        next_step=f"look at the deliveries that feed {', '.join(step.reads)} (`maisui status`); nothing was published",
    )


def _repeat(engine: Engine, step: Step, context: BatchContext) -> None:
    """Make the table's next rows from its rows until they rest.

    Raises:
        IntegrationError: when they still move after `MOST_ROUNDS`.
    """
    if step.again is None:
        return
    table = step.writes
    again = typed(table, step.again)
    for _ in range(MOST_ROUNDS):
        if not engine.fetch(f"SELECT count(*) FROM {table.name} WHERE {step.moving}")[0][0]:
            return
        _create(engine, step, again, context)
    raise IntegrationError(
        f"the rows have not come to rest after {MOST_ROUNDS} rounds",
        where=f"{table.name}, written by {step.name}",
        next_step=f"look at the deliveries that feed {', '.join(step.reads)} (`maisui status`); nothing was published",
    )


def _create(engine: Engine, step: Step, query: str, context: BatchContext) -> None:
    """Run a query of the step; an engine's own message quotes values of rows, so only its kind is passed on."""
    table = step.writes
    day = table.month_of or table.settled_by or table.begins_by

    def made_between(since: date, until: date) -> str:
        return replace(context, piece_from=since, piece_until=until).fill(query)

    try:
        create_within_memory(engine, table.name, made_between, day)
    except MaisuiError:
        raise
    except RuntimeError as error:
        if str(error) == "Query interrupted":  # how DuckDB passes Ctrl-C on
            raise KeyboardInterrupt from None
        raise _could_not_run(engine, step, error) from None
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
        if engine.is_beside and isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise _ran_out(engine, step, error) from None
    except Exception as error:  # noqa: BLE001 - whatever an engine raises, its text holds values
        raise _could_not_run(engine, step, error) from None


def _ran_out(engine: Engine, step: Step, error: Exception) -> StorageError:
    """Return the error for want of disk or of memory; the engine calls both "out of memory" where what it spills does not fit either."""
    is_memory = isinstance(error, duckdb.OutOfMemoryException) and "temp_directory" not in str(error)
    what, remedy = ("memory", "raise batch.memory_limit in bank.toml") if is_memory else ("disk", "free space on the disk of the home")
    return StorageError(
        f"the {engine.name} engine ran out of {what} ({type(error).__name__})",
        where=f"{step.writes.name}, written by {step.name}",
        next_step=f"{remedy}, then run again; nothing was published",
    )


def _could_not_run(engine: Engine, step: Step, error: Exception) -> IntegrationError:
    return IntegrationError(
        f"the {engine.name} engine could not run the step ({type(error).__name__})",
        where=f"{step.writes.name}, written by {step.name}",
        next_step=f"check the mappings and rows behind {', '.join(step.reads)}; nothing was published",
    )


def _lost_keys(engine: Engine, step: Step, context: BatchContext) -> int:
    covers = context.fill(step.covers or "")
    first = re.split(r"\bFROM\b", covers, maxsplit=1, flags=re.IGNORECASE)[0]
    keys = [piece.strip().split()[-1] for piece in re.sub(r"^\s*SELECT\s+(DISTINCT\s+)?", "", first, flags=re.IGNORECASE).split(",")]
    matched = " AND ".join(f"t.{key} = k.{key}" for key in keys)
    query = f"SELECT count(*) FROM ({covers}) AS k WHERE NOT EXISTS (SELECT 1 FROM {step.writes.name} AS t WHERE {matched})"
    return int(engine.fetch(query)[0][0])
