"""The few things an engine must do; queries are always given in the portable DuckDB dialect."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import duckdb

from maisui.tables import Table


class Engine(Protocol):
    """Executes the batch's SQL. One instance serves one batch and is closed after it."""

    name: str
    lanes: int
    """How many steps it runs beside each other at most."""
    is_beside: bool
    """Whether others work beside it: what exceeds the memory then is given up, to be done again alone."""

    def beside(self) -> AbstractContextManager[Engine]:
        """Give an engine over the same tables for another thread, while this one stays open."""
        ...

    def interrupt(self) -> None:
        """End what it is doing with an error; nothing happens where it does nothing."""
        ...

    def read_raw(self, view: str, columns: Sequence[str], paths: Sequence[Path]) -> None:
        """Make `view` of Parquet files `…/<business date>/<file id>/rows.parquet` of the raw layer.

        It has the text `columns`, `source_line` (bigint) as in the files, and from their folders
        `source_file_id` (text) and `delivered_on` (date). A column that no file has is null (contracts
        grow). No paths: an empty view.
        """
        ...

    def create_table(self, name: str, query: str) -> None:
        """Materialise `query` as table `name`."""
        ...

    def create_empty_table(self, table: Table) -> None:
        """Make `table` without rows, which needs no query."""
        ...

    def create_view(self, name: str, query: str) -> None:
        """Give `query` the name `name` without materialising it."""
        ...

    def drop_table(self, name: str) -> None:
        """Give back the space of table `name`, which nobody will read any more."""
        ...

    def fetch(self, query: str) -> list[tuple[Any, ...]]:
        """Return all rows of a small result."""
        ...

    def repeated_keys(self, table: str, keys: Sequence[str]) -> int:
        """Return how many rows of `table` share their `keys` with an earlier row."""
        ...

    def as_duckdb(self) -> duckdb.DuckDBPyConnection:
        """Return a connection in which every table created so far can be read by its name."""
        ...

    def close(self) -> None:
        """Give back memory and temporary files."""
        ...
