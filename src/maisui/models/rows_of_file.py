"""How the files of models are read: each is one file of our own, read without pandas, which takes half a second to load.

Arrow loads it wherever a value of Python is handed over, and to read whole folders.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq


def rows_of(path: Path) -> Any:  # noqa: ANN401 - Arrow tells no types
    """Return all rows of a file as a table of Arrow, with what stands about them in its schema.

    Raises:
        OSError: when there is no such file.
        pa.ArrowException: when it is none of ours or damaged.
    """
    with pq.ParquetFile(path) as file:
        return file.read()


def rows_where(rows: Any, column: str, word: str) -> Any:  # noqa: ANN401 - Arrow tells no types
    """Return the rows that have a word in a column."""
    words = rows[column]
    known = words.to_pylist()
    if word not in known:
        return rows.slice(0, 0)
    return rows.filter(pc.equal(words, words[known.index(word)]))  # type: ignore[attr-defined]
