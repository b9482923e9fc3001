"""Lines of tables that are written anew for each delivery, from whole columns."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from maisui.example_bank.row_template import SEPARATOR, field_order
from maisui.example_bank.text_columns import ArrowText, joined_text


def table_lines(table: str, count: int, columns: Mapping[str, ArrowText | str]) -> ArrowText:
    """Lines of an EAST table, line ends included; fields that are not given stay empty. Raises KeyError for unknown fields."""
    strange = set(columns) - set(field_order(table))
    if strange:
        raise KeyError(f"{table} has no fields {sorted(strange)}")
    parts = [columns.get(field, "") for field in field_order(table)]
    whole = [pa.repeat(part, count) if isinstance(part, str) else part for part in parts]
    whole[-1] = joined_text("", whole[-1], "\n")
    return joined_text(SEPARATOR, *whole)
