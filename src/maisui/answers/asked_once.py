"""A reader for a computation that asks much of one version: the same query is answered once, as a version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maisui.warehouse.reader import Reader

Known = dict[tuple[str, tuple[Any, ...]], list[tuple[Any, ...]]]
"""Rows by query and values."""


class AskedOnceReader(Reader):
    """Reads through another reader and keeps the rows of every query for as long as it lives itself."""

    def __init__(self, reader: Reader, known: Known | None = None) -> None:
        """Read through `reader`, which stays open; `known` are rows that another one of the same version has read already."""
        self.manifest = reader.manifest
        self._reader = reader
        self._known: Known = {} if known is None else known

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of `query`, as the reader below answered it the first time.

        Raises:
            QuestionError: as the reader below does.
        """
        key = (query, tuple(tuple(value) if isinstance(value, list) else value for value in values))
        if key not in self._known:
            self._known[key] = self._reader.rows(query, values)
        return self._known[key]

    def close(self) -> None:
        """Forget what was read; the reader below belongs to whoever opened it."""
        self._known.clear()
