"""A query is read once for each of its values, whatever they are: a date, a word, or a list of words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb

from maisui.answers.asked_once import AskedOnceReader, Known
from maisui.warehouse.reader import Reader


class CountingReader(Reader):
    """Answers by an engine in memory and counts how often it was asked."""

    def __init__(self) -> None:
        self.manifest: Any = None
        self.asked = 0

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        self.asked += 1
        return duckdb.execute(query, list(values)).fetchall()


def test_a_list_among_the_values_is_told_apart_and_read_once() -> None:
    below = CountingReader()
    known: Known = {}
    query = "SELECT list_contains(?, 'loan'), CAST(? AS DATE)"
    for _ in range(2):
        reader = AskedOnceReader(below, known)
        assert reader.rows(query, [["deposit", "loan"], date(2026, 3, 31)]) == [(True, date(2026, 3, 31))]
        assert reader.rows(query, [["deposit"], date(2026, 3, 31)]) == [(False, date(2026, 3, 31))]
    assert below.asked == 2
