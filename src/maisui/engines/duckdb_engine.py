"""The embedded engine: DuckDB in this process, within a stated memory limit."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

MEMORY_LIMIT = "2GB"
THREADS = 2
_SUSPECTS = 1000


def connect(*, scratch: Path | None = None, memory_limit: str = MEMORY_LIMIT, threads: int = THREADS) -> duckdb.DuckDBPyConnection:
    """Return an in-memory connection that loads no extension and spills only into `scratch`."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory_limit,
        "threads": threads,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if scratch is not None:
        scratch.mkdir(parents=True, exist_ok=True)
        settings["temp_directory"] = str(scratch)
        settings["extension_directory"] = str(scratch)
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("SET enable_progress_bar = false")  # it would be drawn into the JSON on standard output
    return connection


class DuckDBEngine:
    """Runs portable SQL unchanged."""

    name = "duckdb"

    def __init__(self, scratch: Path, *, memory_limit: str = MEMORY_LIMIT) -> None:
        """Open the engine; `scratch` takes what does not fit into memory."""
        self._connection = connect(scratch=scratch, memory_limit=memory_limit)

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

    def create_view(self, name: str, query: str) -> None:
        """See `Engine.create_view`."""
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

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
        self._connection.close()


def quoted(name: str) -> str:
    """Return `name` as a quoted identifier."""
    return '"' + name.replace('"', '""') + '"'
