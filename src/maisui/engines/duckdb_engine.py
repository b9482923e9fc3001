"""The embedded engine: DuckDB in this process, within a stated memory limit."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from maisui.engines.memory import default_memory_limit
from maisui.tables import Table

THREADS = 2
LANES = 2
_SUSPECTS = 1000
_NO_PROGRESS_BAR = "SET enable_progress_bar = false"  # it would be drawn into the JSON on standard output


def connect(
    *, scratch: Path | None = None, database: str | Path = ":memory:", memory_limit: str | None = None, threads: int = THREADS
) -> duckdb.DuckDBPyConnection:
    """Return a connection, to nothing but memory unless a `database` is named, that loads no extension and spills only into `scratch`.

    Where no `memory_limit` is said, this machine's share counts.
    """
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit or default_memory_limit(),
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
        settings["temp_directory"] = str(scratch)
        settings["extension_directory"] = str(scratch)
    connection = duckdb.connect(database, config=settings)
    connection.execute(_NO_PROGRESS_BAR)
    return connection


class DuckDBEngine:
    """Runs portable SQL unchanged; its tables lie packed in a file of the scratch folder, of which memory holds what is being read.

    Tables in memory would not be packed, and what exceeds the limit would be written out and read back in full width.
    """

    name = "duckdb"
    is_beside = False

    def __init__(self, scratch: Path, *, memory_limit: str | None = None, threads: int = THREADS) -> None:
        """Open the engine; `scratch` takes its tables and what does not fit into memory."""
        self._file = scratch / "tables.duckdb"
        self._forget()
        self._connection = connect(scratch=scratch, database=self._file, memory_limit=memory_limit, threads=threads)
        # Nobody reads this file after a crash; parts are forced to disk by their publication.
        self._connection.execute("SET fsync_mode = 'NONE'")
        # No step may rely on the order of rows: keeping it would hold back what is finished.
        self._connection.execute("SET preserve_insertion_order = false")
        self.lanes = min(threads, LANES)

    @contextmanager
    def beside(self) -> Generator[DuckDBEngine]:
        """See `Engine.beside`."""
        with self._connection.cursor() as cursor:
            yield _Beside(cursor)

    def interrupt(self) -> None:
        """See `Engine.interrupt`."""
        self._connection.interrupt()

    def read_raw(self, view: str, columns: Sequence[str], paths: Sequence[Path]) -> None:
        """See `Engine.read_raw`."""
        if not paths:
            nothing = ", ".join(f"CAST(NULL AS VARCHAR) AS {quoted(column)}" for column in columns)
            self._connection.execute(
                f"CREATE VIEW {view} AS SELECT {nothing}, CAST(NULL AS VARCHAR) AS source_file_id, "
                "CAST(NULL AS BIGINT) AS source_line, CAST(NULL AS DATE) AS delivered_on WHERE false"
            )
            return
        listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
        files = f"read_parquet([{listed}], union_by_name = true, filename = true)"
        there = {row[0] for row in self.fetch(f"SELECT column_name FROM (DESCRIBE SELECT * FROM {files})")}
        chosen = ", ".join(quoted(c) if c in there else f"CAST(NULL AS VARCHAR) AS {quoted(c)}" for c in columns)
        self._connection.execute(
            f"CREATE OR REPLACE VIEW {view} AS SELECT {chosen}, source_line, "
            "list_extract(string_split(filename, '/'), -2) AS source_file_id, "
            f"CAST(list_extract(string_split(filename, '/'), -3) AS DATE) AS delivered_on FROM {files}"
        )

    def create_table(self, name: str, query: str) -> None:
        """See `Engine.create_table`."""
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def create_empty_table(self, table: Table) -> None:
        """See `Engine.create_empty_table`."""
        self._connection.execute(f"CREATE OR REPLACE TABLE {table.name} ({shape(table)})")

    def create_view(self, name: str, query: str) -> None:
        """See `Engine.create_view`."""
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def drop_table(self, name: str) -> None:
        """See `Engine.drop_table`; what it occupied is used for the next tables."""
        self._connection.execute(f"DROP TABLE {name}")

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """See `Engine.fetch`."""
        return self._connection.execute(query).fetchall()

    def repeated_keys(self, table: str, keys: Sequence[str]) -> int:
        """See `Engine.repeated_keys`; hashes that meet raise suspicion, and only the suspects are compared exactly."""
        listed = ", ".join(keys)
        met = self.fetch(f"SELECT hash({listed}) AS h FROM {table} GROUP BY h HAVING count(*) > 1 LIMIT {_SUSPECTS + 1}")
        if not met:
            return 0
        only = f"WHERE hash({listed}) IN ({', '.join(str(row[0]) for row in met)})" if len(met) <= _SUSPECTS else ""
        exact = f"SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM {table} {only} GROUP BY {listed} HAVING count(*) > 1)"
        return int(self.fetch(exact)[0][0])

    def as_duckdb(self) -> duckdb.DuckDBPyConnection:
        """See `Engine.as_duckdb`."""
        return self._connection

    def close(self) -> None:
        """See `Engine.close`."""
        self._connection.execute("PRAGMA disable_checkpoint_on_shutdown")
        self._connection.close()
        self._forget()

    def _forget(self) -> None:
        """Remove the tables' file and its log, also those that a crash left."""
        for path in (self._file, self._file.with_name(f"{self._file.name}.wal")):
            path.unlink(missing_ok=True)


class _Beside(DuckDBEngine):
    """The same database by a connection of its own: a connection serves one thread at a time."""

    is_beside = True

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._connection, self.lanes = cursor, 1
        cursor.execute(_NO_PROGRESS_BAR)


def shape(table: Table) -> str:
    """Return the columns of `table` as CREATE TABLE wants them."""
    return ", ".join(f"{column.name} {column.type}" for column in table.columns)


def quoted(name: str) -> str:
    """Return `name` as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
