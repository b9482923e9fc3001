"""How loaded rows are kept: text as delivered and the line it stood on, in file order, in one Parquet file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from maisui.errors import StorageError
from maisui.intake.arrow import Array, ArrowError, Schema, Table, Writer, pa, pc, pq
from maisui.intake.fields import SOURCE_LINE
from maisui.sources.contract import Feed

ROW_GROUP_ROWS = 122_880
ROWS_FILE = "rows.parquet"
_FEW_ROWS = 4096


class RowStore:
    """Collects the good rows of one file and writes them; small files are written once, at the end."""

    def __init__(self, path: Path, feed: Feed, extras: tuple[str, ...]) -> None:
        """Take the target and the columns: the contract's order, then the extras."""
        self._path = path
        self._names = [*feed.column_names, *extras]
        self._pending: list[Table] = []
        self._pending_rows = 0
        self._writer: Writer | None = None
        self._repeated: list[str] = []
        self.row_count = 0

    def add(self, table: Table, numbers: np.ndarray) -> None:
        """Append rows with their physical line numbers."""
        rows = table.select(self._names).append_column(SOURCE_LINE, pa.array(numbers, pa.int64()))
        self._pending.append(rows)
        self._pending_rows += rows.num_rows
        self.row_count += rows.num_rows
        if self._pending_rows >= ROW_GROUP_ROWS:
            self._flush()

    def rows_on(self, lines: np.ndarray) -> Table:
        """Return the collected rows of these lines, all columns plain text, in file order."""
        wanted = pa.array(lines, pa.int64())
        if self._writer is not None:
            self._complete()
            return pq.read_table(self._path, filters=pc.is_in(pc.field(SOURCE_LINE), value_set=wanted), use_threads=False)
        tables = [_plain(table.filter(pc.is_in(table[SOURCE_LINE], value_set=wanted))) for table in self._pending]
        return pa.concat_tables(tables) if tables else self._empty()

    def finish(self, dropped: np.ndarray) -> None:
        """Write what is left, without the lines in `dropped`, and close the file."""
        gone = pa.array(dropped, pa.int64())
        if self._writer is None:
            self._pending = [table.filter(pc.invert(pc.is_in(table[SOURCE_LINE], value_set=gone))) for table in self._pending]
            self._flush()
            dropped = dropped[:0]
        self._complete()
        if len(dropped):
            self._rewrite(gone)

    def finish_empty(self) -> None:
        """Write a file without rows."""
        self.finish(np.zeros(0, np.int64))

    def _rewrite(self, gone: Array) -> None:
        first_pass = self._path.with_suffix(".first")
        self._path.rename(first_pass)
        with pq.ParquetFile(first_pass) as file, self._open(file.schema_arrow) as writer:
            for batch in file.iter_batches(batch_size=ROW_GROUP_ROWS, use_threads=False):
                table = pa.Table.from_batches([batch])
                writer.write_table(table.filter(pc.invert(pc.is_in(table[SOURCE_LINE], value_set=gone))))
        first_pass.unlink()

    def _complete(self) -> None:
        """Leave a closed file that holds every collected row; nothing may be added afterwards."""
        if self._pending:
            self._flush()
        (self._writer or self._open(self._empty().schema)).close()

    def _flush(self) -> None:
        table = pa.concat_tables(self._pending).unify_dictionaries().combine_chunks() if self._pending else self._empty()
        self._repeated = self._repeated or [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
        writer = self._writer or self._open(table.schema)
        writer.write_table(table, row_group_size=ROW_GROUP_ROWS * 2)
        self._writer = writer
        self._pending, self._pending_rows = [], 0

    def _open(self, schema: Schema) -> Writer:
        # For thousands of small files the cost is zstd's set-up for every column, not the bytes.
        packing = "lz4" if self.row_count < _FEW_ROWS else "zstd"
        return pq.ParquetWriter(
            self._path, schema, compression=packing, use_dictionary=self._repeated, write_statistics=[SOURCE_LINE], store_schema=False
        )

    def _empty(self) -> Table:
        fields = [pa.field(name, pa.string()) for name in self._names]
        return pa.schema([*fields, pa.field(SOURCE_LINE, pa.int64())]).empty_table()


def _plain(table: Table) -> Table:
    return table.cast(pa.schema([pa.field(field.name, pa.int64() if field.name == SOURCE_LINE else pa.string()) for field in table.schema]))


def find_line(path: Path, column: str, value: str) -> int | None:
    """Return the number of the first kept line whose `column` holds `value`, as delivered; None when there is none.

    Raises:
        StorageError: when the file is missing or damaged.
    """
    try:
        if column not in pq.read_schema(path).names:
            return None
        found = pq.read_table(path, columns=[SOURCE_LINE], filters=[(column, "=", value)], use_threads=False)
    except (OSError, ArrowError):
        raise StorageError(
            "a file of rows of the raw layer is missing or damaged", where=str(path), next_step="restore the raw layer from the backup"
        ) from None
    return min(found[SOURCE_LINE].to_pylist(), default=None)
