"""A reader for a computation that asks much of one version: the same query is answered once, as a version never changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from maisui.warehouse.reader import Asked, Reader, asked_of

Known = dict[Asked, list[tuple[Any, ...]]]
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
        key = asked_of(query, values)
        if key not in self._known:
            self._known[key] = self._reader.rows(query, values)
        return self._known[key]

    def knows(self, query: str) -> bool:
        """Return whether the rows of a query without values are read already."""
        return asked_of(query, ()) in self._known

    def lay(self, query: str, rows: list[tuple[Any, ...]]) -> None:
        """Keep the rows of a query without values, read in another way."""
        self._known[asked_of(query, ())] = rows

    def facts(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what the reader below keeps for all who ask."""
        return self._reader.facts(query, values)

    def close(self) -> None:
        """Forget what was read; the reader below belongs to whoever opened it."""
        self._known.clear()
