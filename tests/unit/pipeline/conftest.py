"""An engine to itself for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    """Yield an engine that holds nothing yet."""
    made = DuckDBEngine(tmp_path)
    yield made
    made.close()
