"""The step of all labels is one long statement, which Spark plans anew for minutes each time: the whole bank compares it on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    """Yield the embedded engine."""
    embedded = DuckDBEngine(tmp_path)
    yield embedded
    embedded.close()
