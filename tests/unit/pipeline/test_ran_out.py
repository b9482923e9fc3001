"""A batch whose engine has no room left says of what: of memory, or of the disk that takes what exceeds it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import StorageError
from maisui.pipeline.run_step import run_step
from maisui.steps.step import BatchContext, Step
from maisui.tables import BY_NAME

WORDS = "SELECT md5(CAST(i AS VARCHAR)) AS word FROM range(4000000) AS r(i)"
SORTED = f"SELECT row_number() OVER (ORDER BY word) AS customer_no FROM ({WORDS}) AS words"
LISTED = f"SELECT array_to_string(list(word), '') AS customer_no FROM ({WORDS}) AS words"


@pytest.mark.parametrize(
    ("query", "room", "what", "remedy"),
    [(SORTED, "10MB", "disk", "free space"), (LISTED, "1GB", "memory", "memory_limit")],
    ids=["a sort that may spill but little", "one value that no memory holds"],
)
def test_what_ran_out_is_named(tmp_path: Path, query: str, room: str, what: str, remedy: str):
    engine = DuckDBEngine(tmp_path, memory_limit="60MB")
    engine.as_duckdb().execute(f"SET max_temp_directory_size = '{room}'")
    table = BY_NAME["payment_card"]
    given = ", ".join(f"{'customer_no' if column.name == table.grain[0] else 'NULL'} AS {column.name}" for column in table.columns)
    step = Step(name="write_payment_card", writes=table, reads=("words",), query=f"SELECT {given} FROM ({query}) AS made")
    with pytest.raises(StorageError, match=f"ran out of {what} ") as told:
        run_step(engine, step, BatchContext("BANK", date(2026, 6, 30)))
    engine.close()
    assert told.value.where.startswith("payment_card")
    assert remedy in told.value.next_step
