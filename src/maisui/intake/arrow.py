"""Arrow carries no types: its parts and the names of its values are told to the type checker here, once."""

from __future__ import annotations

from importlib import import_module
from typing import Any

pa: Any = import_module("pyarrow")
pc: Any = import_module("pyarrow.compute")
pa_csv: Any = import_module("pyarrow.csv")
pq: Any = import_module("pyarrow.parquet")

Table = Any
"""A pyarrow.Table."""
Array = Any
"""A pyarrow.Array."""
Column = Any
"""A pyarrow.ChunkedArray."""
Row = Any
"""A pyarrow.csv.InvalidRow."""
Schema = Any
"""A pyarrow.Schema."""
Writer = Any
"""A pyarrow.parquet.ParquetWriter."""

ArrowError: type[Exception] = pa.ArrowException
