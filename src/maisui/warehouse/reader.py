"""How a published version is read: its parts attached read-only, then every door of the engine locked."""

from __future__ import annotations

import itertools
import os
import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from maisui.engines.duckdb_engine import connect
from maisui.errors import HomeError, QuestionError, StorageError
from maisui.tables import BY_NAME, Column, Table
from maisui.warehouse.query_watch import QueryWatch
from maisui.warehouse.version import Manifest, current_version, read_manifest

_SPILLED = "4GB"
_READERS = itertools.count()
_MOST_KNOWN = 4096

Asked = tuple[str, tuple[Any, ...]]
"""A query with the values of its `?`."""


def asked_of(query: str, values: Sequence[Any]) -> Asked:
    """Return what tells one query from another, values included."""
    return query, tuple(tuple(value) if isinstance(value, list) else value for value in values)


class Reader:
    """A hardened, read-only view of one version; never waits for a batch and never blocks one."""

    def __init__(self, manifest: Manifest, connection: duckdb.DuckDBPyConnection, query_seconds: float | None = None) -> None:
        """Keep the version's manifest and its locked connection; see `open_reader`."""
        self.manifest = manifest
        self._connection = connection
        self._watch = QueryWatch(query_seconds) if query_seconds else None
        self._facts: OrderedDict[Asked, list[tuple[Any, ...]]] = OrderedDict()
        self._facts_lock = threading.Lock()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of `query`; `values` fill its `?`.

        Raises:
            QuestionError: when it takes longer than this reader allows.
        """
        cursor = self._connection.cursor()
        try:
            with self._watch.over(cursor) if self._watch else nullcontext():
                return cursor.execute(query, list(values)).fetchall()
        except duckdb.InterruptException:
            seconds = f" than {self._watch.seconds:g} s" if self._watch else ""
            raise QuestionError(
                f"the question takes longer{seconds}",
                where="the question",
                next_step="ask for less: a shorter period or a smaller organisation",
            ) from None
        finally:
            cursor.close()

    def facts(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of `query`, read once for all who ask: a few rows that very many questions need, as a version never changes.

        Raises:
            QuestionError: as `rows` does.
        """
        key = asked_of(query, values)
        with self._facts_lock:
            if key in self._facts:
                self._facts.move_to_end(key)
                return self._facts[key]
        found = self.rows(query, values)
        with self._facts_lock:
            self._facts[key] = found
            if len(self._facts) > _MOST_KNOWN:
                self._facts.popitem(last=False)
        return found

    def arrays(self, query: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """Return all rows of `query` as one array a column, for batch processes; a null of a number is masked."""
        cursor = self._connection.cursor()
        try:
            return cursor.execute(query, list(values)).fetchnumpy()
        finally:
            cursor.close()

    def close(self) -> None:
        """Close the connection."""
        if self._watch:
            self._watch.end()
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection."""
        self.close()


def open_reader(
    versions: Path,
    parts: Path,
    *,
    version: str | None = None,
    tables: Iterable[str] | None = None,
    threads: int = 2,
    query_seconds: float | None = None,
) -> Reader:
    """Return a reader of `version` (the current one by default), limited to `tables` where given.

    A query that takes longer than `query_seconds` is interrupted.

    Raises:
        HomeError: when nothing has been published yet.
        StorageError: when the version or one of its parts is missing or damaged.
    """
    wanted = None if tables is None else frozenset(tables)
    for _ in range(3):
        name = version or current_version(versions)
        if name is None:
            raise HomeError("nothing has been published yet", where=str(versions), next_step="deliver files and run `maisui run --date …`")
        try:
            manifest = read_manifest(versions, name)
            return Reader(manifest, _attach(manifest, parts, wanted, threads), query_seconds)
        except StorageError:
            if version is not None or current_version(versions) == name:
                raise
    raise StorageError("the current version changes faster than it can be opened", where=str(versions), next_step="try again")


def _attach(manifest: Manifest, parts: Path, wanted: frozenset[str] | None, threads: int) -> duckdb.DuckDBPyConnection:
    connection = connect(memory_limit="1GB", threads=threads)
    spilled = parts.parent / f"reading-{os.getpid()}-{next(_READERS)}"  # made only where a question needs it, gone when the reader closes
    connection.execute(f"SET temp_directory = '{_literal(spilled)}'")
    connection.execute(f"SET max_temp_directory_size = '{_SPILLED}'")
    try:
        attach_tables(connection, manifest, parts, wanted)
    except StorageError:
        connection.close()
        raise
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def attach_tables(
    connection: duckdb.DuckDBPyConnection,
    manifest: Manifest,
    parts: Path,
    wanted: Collection[str] | None = None,
    schema: str = "",
) -> None:
    """Let `connection` see the published tables of a version, only those `wanted` where given, as views on read-only parts.

    They stand in the schema in use, or in one of their own, `schema`.

    Raises:
        StorageError: when a part is missing, damaged or of another shape.
    """
    within = f"{schema}." if schema else ""
    if schema:
        connection.execute(f"CREATE SCHEMA {schema}")
    holding: dict[str, list[str]] = {}
    for number, part in enumerate(manifest.parts):
        tables = [name for name in part.tables if name in BY_NAME and (wanted is None or name in wanted)]
        if not tables:
            continue
        path = parts / part.file
        try:
            connection.execute(f"ATTACH '{_literal(path)}' AS p{number} (READ_ONLY)")
        except duckdb.Error as error:
            raise StorageError(
                f"a part of version {manifest.version} is missing or damaged",
                where=str(path),
                next_step="run the batch again for its date (parts are rebuilt from the raw layer), or roll back",
            ) from error
        for name in tables:
            holding.setdefault(name, []).append(f"p{number}")
    for name, table in BY_NAME.items():
        if table.published and (wanted is None or name in wanted):
            try:
                connection.execute(f"CREATE VIEW {within}{name} AS {_united(table, holding.get(name, []), {})}")
            except duckdb.Error:
                _view_older(connection, manifest, table, holding.get(name, []), parts, within)


def _united(table: Table, holders: list[str], known: dict[str, set[str]]) -> str:
    """Return the SELECT of a table's rows in all parts; a column that a part of older code does not know is what stands for it there."""
    selects = []
    for holder in holders:
        has = known.get(holder)
        columns = [c.name if has is None or c.name in has else f"CAST({_before(c)} AS {c.type}) AS {c.name}" for c in table.columns]
        selects.append(f"SELECT {', '.join(columns)} FROM {holder}.{table.name}")
    nothing = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}" for column in table.columns)
    return " UNION ALL ".join(selects or [f"SELECT {nothing} WHERE false"])


def _before(column: Column) -> str:
    """Return what stands for `column` in rows that were published before there was one; null where nothing does."""
    return column.older_from or ("NULL" if column.older is None else f"'{column.older}'")


def _view_older(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, table: Table, holders: list[str], parts: Path, within: str
) -> None:
    """Make the view of a table that older code published with fewer columns: those that came since are null, or what stands for them.

    Raises:
        StorageError: when even a column of its grain is missing that says nothing of older rows.
    """
    try:
        found = connection.execute("SELECT database_name, column_name FROM duckdb_columns() WHERE table_name = ?", [table.name]).fetchall()
        known = {holder: {column for place, column in found if place == holder} for holder in holders}
        needed = {name for name in table.grain if table.column(name).older is None}
        if any(not needed <= columns for columns in known.values()):
            raise duckdb.CatalogException(f"{table.name} lacks a column of its grain")
        connection.execute(f"CREATE VIEW {within}{table.name} AS {_united(table, holders, known)}")
    except duckdb.Error as error:
        raise StorageError(
            f"version {manifest.version} was published by other code ({manifest.code_version}): its table {table.name} has another shape",
            where=str(parts),
            next_step=f"run `maisui run --date {manifest.reporting_date}`: the version is rebuilt from the raw layer",
        ) from error


def _literal(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
