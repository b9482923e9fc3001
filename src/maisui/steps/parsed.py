"""The tree of a query, kept while several questions are asked of the same text: to parse takes longer than to answer them."""

from __future__ import annotations

from functools import lru_cache

import sqlglot
from sqlglot import exp


@lru_cache(maxsize=1)
def parsed(query: str) -> tuple[exp.Expr | None, ...]:
    """Return the statements of `query`, written in DuckDB's dialect; only the last text is kept, and nobody may alter its trees.

    Raises:
        sqlglot.errors.SqlglotError: when `query` cannot be parsed.
    """
    return tuple(sqlglot.parse(query, read="duckdb"))
