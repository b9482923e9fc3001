"""Turning numbers and code indexes into Arrow text columns as the files show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

ArrowText = Any
"""A pyarrow.Array of strings (pyarrow ships no types)."""

ArrowTable = Any
"""A pyarrow.Table (pyarrow ships no types)."""


def _scaled(values: np.ndarray, decimals: int) -> ArrowText:
    numbers = np.ascontiguousarray(values, dtype=np.int64)
    halves = np.empty((len(numbers), 2), np.int64)
    halves[:, 0] = numbers
    halves[:, 1] = numbers >> 63
    kind = pa.decimal128(20, decimals)
    return pa.Array.from_buffers(kind, len(numbers), [None, pa.py_buffer(halves)]).cast(pa.string())


def yuan_text(cents: np.ndarray) -> ArrowText:
    """Amounts in cents as yuan with exactly two decimals."""
    return _scaled(cents, 2)


def percent_text(parts_per_million: np.ndarray) -> ArrowText:
    """Rates in parts per million as percent with four decimals."""
    return _scaled(parts_per_million, 4)


def number_text(values: np.ndarray, width: int = 0) -> ArrowText:
    """Whole numbers as text, padded with zeros on the left to `width`."""
    text = _scaled(values, 0)
    options = pc.PadOptions(width, "0")
    return pc.call_function("utf8_lpad", [text], options) if width else text


def word_text(words: Sequence[str] | ArrowText, index: np.ndarray) -> ArrowText:
    """The word at each index."""
    table: ArrowText = words if isinstance(words, pa.Array) else pa.array(list(words))
    return table.take(pa.array(np.asarray(index, dtype=np.int32)))


def glued(*parts: ArrowText | str) -> ArrowText:
    """Columns and constants glued together without a separator, row by row."""
    return joined_text("", *parts)


def joined_text(separator: str, *parts: ArrowText | str) -> ArrowText:
    """Columns and constants joined row by row with a separator."""
    columns = [pa.scalar(part) if isinstance(part, str) else part for part in (*parts, separator)]
    return pc.call_function("binary_join_element_wise", columns)


def yes_no(flags: np.ndarray) -> ArrowText:
    """是 where true, 否 where false."""
    return word_text(("否", "是"), np.asarray(flags).astype(np.int32))
