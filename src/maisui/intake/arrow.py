"""Arrow carries no types: its parts and the names of its values are told to the type checker here, once."""

from __future__ import annotations

from typing import Any

import pyarrow as untyped
import pyarrow.compute as untyped_compute
import pyarrow.csv as untyped_csv
import pyarrow.parquet as untyped_parquet

pa: Any = untyped
pc: Any = untyped_compute
pa_csv: Any = untyped_csv
pq: Any = untyped_parquet

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

ArrowError: type[Exception] = untyped.ArrowException
