"""Files of models are read whole or by a word, and without pandas, which costs every first page of a process half a second."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from maisui.models.rows_of_file import rows_of, rows_where

ROWS = [{"metric": "loans", "value": 1}, {"metric": "deposits", "value": 2}, {"metric": "loans", "value": 3}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of three rows."""
    path = tmp_path / "rows.parquet"
    pq.write_table(pa.Table.from_pylist(ROWS).replace_schema_metadata({b"about": b"three"}), path)
    return path


def test_rows_are_read_whole_or_by_a_word(file: Path) -> None:
    rows = rows_of(file)
    assert rows.to_pylist() == ROWS
    assert rows.schema.metadata == {b"about": b"three"}
    assert rows_where(rows, "metric", "loans").to_pylist() == [ROWS[0], ROWS[2]]
    assert rows_where(rows, "metric", "shares").to_pylist() == []


def test_pandas_is_not_loaded(file: Path) -> None:
    asked = (
        "import sys, pathlib; from maisui.models.rows_of_file import rows_of, rows_where; "
        f"print(len(rows_where(rows_of(pathlib.Path({str(file)!r})), 'metric', 'loans').to_pylist()), 'pandas' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["2", "False"]
