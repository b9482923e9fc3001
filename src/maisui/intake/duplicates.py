"""Which rows of a file come twice: the same row again is a duplicate, the same key with other content is not believed."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np

from maisui.intake.arrow import Table
from maisui.intake.fields import SOURCE_LINE
from maisui.intake.rows import RowStore
from maisui.sources.contract import Feed

DUPLICATE_KEY = "duplicate_key"
_FEW_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Repetitions:
    """Line numbers to take out again: exact repetitions, and keys that came with other content before."""

    repeated: np.ndarray
    contradicting: np.ndarray


class KeyHashes:
    """Remembers one hash a row; only rows whose hashes meet are ever compared, and then exactly."""

    def __init__(self, feed: Feed, columns: tuple[str, ...]) -> None:
        """Take the key; a feed without one is held to whole rows."""
        self._key = list(feed.key or columns)
        self._columns = list(columns)
        self._hashes: list[np.ndarray] = []
        self._numbers: list[np.ndarray] = []
        self._is_small: bool | None = None
        self._engine: duckdb.DuckDBPyConnection | None = None

    def add(self, table: Table, numbers: np.ndarray) -> None:
        """Remember the keys of these rows."""
        if table.num_rows:
            keys = table.select(self._key)
            if self._is_small is None:
                self._is_small = table.num_rows <= _FEW_ROWS
            self._hashes.append(_hash_few(keys) if self._is_small else self._hash_many(keys))
            self._numbers.append(numbers)

    def repetitions(self, rows: RowStore) -> Repetitions:
        """Return the lines among the collected rows that repeat an earlier one."""
        lines = self._suspects()
        if not len(lines):
            return Repetitions(lines, lines)
        suspects = rows.rows_on(lines)
        found = self._compare_few(suspects) if suspects.num_rows <= _FEW_ROWS else self._compare_many(suspects)
        line, is_same = np.array(found[0], np.int64), np.array(found[1], bool)
        return Repetitions(line[is_same], line[~is_same])

    def _compare_few(self, suspects: Table) -> tuple[list[int], list[bool]]:
        first: dict[tuple[str, ...], dict[str, str]] = {}
        lines: list[int] = []
        is_same: list[bool] = []
        for row in suspects.to_pylist():
            line = row.pop(SOURCE_LINE)
            before = first.setdefault(tuple(row[name] for name in self._key), row)
            if before is not row:
                lines.append(line)
                is_same.append(before == row)
        return lines, is_same

    def _compare_many(self, suspects: Table) -> tuple[np.ndarray, np.ndarray]:
        same_key = " AND ".join(f"later.{_quoted(name)} = first.{_quoted(name)}" for name in self._key)
        same_row = " AND ".join(f"later.{_quoted(name)} = first.{_quoted(name)}" for name in self._columns)
        key = ", ".join(_quoted(name) for name in self._key)
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("suspects", suspects)
            found = connection.execute(
                f"WITH first AS (SELECT * FROM suspects QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {SOURCE_LINE}) = 1)"
                f" SELECT later.{SOURCE_LINE} AS line, {same_row} AS is_same FROM suspects AS later JOIN first ON {same_key}"
                f" WHERE later.{SOURCE_LINE} > first.{SOURCE_LINE} ORDER BY line"
            ).fetchnumpy()
        return np.asarray(found["line"]), np.asarray(found["is_same"])

    def _suspects(self) -> np.ndarray:
        """Return the lines whose hash occurs more than once."""
        if not self._hashes:
            return np.zeros(0, np.int64)
        hashes = np.concatenate(self._hashes) if len(self._hashes) > 1 else self._hashes[0]
        order = np.sort(hashes)
        repeated = np.unique(order[1:][order[1:] == order[:-1]])
        if not len(repeated):
            return np.zeros(0, np.int64)
        return np.concatenate(self._numbers)[np.isin(hashes, repeated)]

    def _hash_many(self, keys: Table) -> np.ndarray:
        if self._engine is None:
            self._engine = duckdb.connect(config={"threads": 1})
        names = ", ".join(_quoted(name) for name in keys.column_names)
        self._engine.register("keys", keys)
        hashes = self._engine.execute(f"SELECT hash({names}) AS h FROM keys").fetchnumpy()["h"]
        self._engine.unregister("keys")
        return np.asarray(hashes, np.uint64)


def _hash_few(keys: Table) -> np.ndarray:
    columns = [column.to_pylist() for column in keys.columns]
    return np.fromiter(map(hash, zip(*columns, strict=True)), np.int64, keys.num_rows).view(np.uint64)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
