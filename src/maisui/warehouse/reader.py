"""How a published version is read: its parts attached read-only, then every door of the engine locked."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb

from maisui.engines.duckdb_engine import connect
from maisui.errors import HomeError, QuestionError, StorageError
from maisui.tables import BY_NAME
from maisui.warehouse.version import Manifest, current_version, read_manifest

_SPILLED = "4GB"
_READERS = itertools.count()


class Reader:
    """A hardened, read-only view of one version; never waits for a batch and never blocks one."""

    def __init__(self, manifest: Manifest, connection: duckdb.DuckDBPyConnection, query_seconds: float | None = None) -> None:
        """Keep the version's manifest and its locked connection; see `open_reader`."""
        self.manifest = manifest
        self._connection = connection
        self._query_seconds = query_seconds

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of `query`; `values` fill its `?`.

        Raises:
            QuestionError: when it takes longer than this reader allows.
        """
        cursor = self._connection.cursor()
        watchdog = threading.Timer(self._query_seconds, cursor.interrupt) if self._query_seconds else None
        try:
            if watchdog:
                watchdog.daemon = True
                watchdog.start()
            return cursor.execute(query, list(values)).fetchall()
        except duckdb.InterruptException:
            raise QuestionError(
                f"the question takes longer than {self._query_seconds:g} s",
                where="the question",
                next_step="ask for less: a shorter period or a smaller organisation",
            ) from None
        finally:
            if watchdog:
                watchdog.cancel()
            cursor.close()

    def close(self) -> None:
        """Close the connection."""
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
    selects: dict[str, list[str]] = {}
    for number, part in enumerate(manifest.parts):
        tables = [name for name in part.tables if wanted is None or name in wanted]
        if not tables:
            continue
        path = parts / part.file
        try:
            connection.execute(f"ATTACH '{_literal(path)}' AS p{number} (READ_ONLY)")
        except duckdb.Error as error:
            connection.close()
            raise StorageError(
                f"a part of version {manifest.version} is missing or damaged",
                where=str(path),
                next_step="run the batch again for its date (parts are rebuilt from the raw layer), or roll back",
            ) from error
        for name in tables:
            selects.setdefault(name, []).append(f"SELECT {', '.join(BY_NAME[name].column_names)} FROM p{number}.{name}")
    for name, table in BY_NAME.items():
        if table.published and (wanted is None or name in wanted):
            nothing = ", ".join(f"CAST(NULL AS {column.type}) AS {column.name}" for column in table.columns)
            query = " UNION ALL ".join(selects.get(name, [f"SELECT {nothing} WHERE false"]))
            try:
                connection.execute(f"CREATE VIEW {name} AS {query}")
            except duckdb.Error as error:
                connection.close()
                raise StorageError(
                    f"version {manifest.version} was published by other code ({manifest.code_version}): its table {name} has another shape",
                    where=str(parts),
                    next_step=f"run `maisui run --date {manifest.reporting_date}`: the version is rebuilt from the raw layer",
                ) from error
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _literal(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
