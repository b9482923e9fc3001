"""One page of a long list: which rows it holds, and what stands before and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row")
Record = TypeVar("Record", bound=Model)
ROWS = 50


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """The rows of one page, with its number and how many rows and pages there are."""

    rows: Sequence[Row]
    number: int
    pages: int
    count: int

    @property
    def previous(self) -> int | None:
        """Return the number of the page before; None on the first."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """Return the number of the page after; None on the last."""
        return self.number + 1 if self.number < self.pages else None


def slice_of(found: QuerySet[Record], asked: str, size: int = ROWS) -> Slice[Record]:
    """Return the page whose number is `asked`; the nearest there is for a number that is none or too large."""
    count = found.count()
    pages = max(1, -(-count // size))
    number = min(max(int(asked), 1), pages) if asked.isdecimal() and len(asked) < 10 else 1  # noqa: PLR2004 - no list is that long
    return Slice(list(found[(number - 1) * size : number * size]), number, pages, count)


def every_row(first: Iterable[Row], count: int, size: int, more: Callable[[int], Iterable[Row]]) -> list[Row]:
    """Return `count` rows, of which `first` are the first page; `more` gives those of a later one, each page of `size` rows."""
    rows = list(first)
    for page in range(2, -(-count // size) + 1):
        rows += more(page)
    return rows[:count]
