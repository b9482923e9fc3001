"""What was asked of a published version before: in memory alone, bounded, computed only once at a time; a key says for whom it is kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

Found = TypeVar("Found")
_CACHED_ANSWERS = 8192
_CACHED_ROWS = 200_000
"""One line of an answer takes about a kilobyte."""


class AnswerCache:
    """Answers from published versions under the keys of who asks; bounded, and asked for only once at a time."""

    def __init__(self, most: int = _CACHED_ANSWERS, most_rows: int = _CACHED_ROWS) -> None:
        """Keep at most `most` answers of `most_rows` lines together, the least recently used go first."""
        self._most, self._most_rows, self._rows = most, most_rows, 0
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()
        self._busy: dict[Hashable, threading.Lock] = {}

    def knows(self, key: Hashable) -> bool:
        """Return whether an answer is kept under `key`."""
        with self._lock:
            return key in self._found

    def get(self, key: Hashable, compute: Callable[[], Found]) -> Found:
        """Return the answer kept under `key`, or compute and keep it; a second asker waits for the first."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
            busy = self._busy.setdefault(key, threading.Lock())
        try:
            with busy:
                with self._lock:
                    if key in self._found:
                        return self._found[key]
                found = compute()
                if _rows_in(found) > self._most_rows // 2:
                    return found  # it would drive out what everybody else has asked
                with self._lock:
                    self._rows += _rows_in(found) - _rows_in(self._found.pop(key, None))
                    self._found[key] = found
                    while len(self._found) > self._most or self._rows > self._most_rows:
                        self._rows -= _rows_in(self._found.popitem(last=False)[1])
                return found
        finally:
            with self._lock:
                self._busy.pop(key, None)


def _rows_in(found: object) -> int:
    """Return the lines of an answer, under whichever name it holds them."""
    if isinstance(found, tuple):
        return len(cast("tuple[object, ...]", found))
    return sum(len(getattr(found, name, ())) for name in ("rows", "lines", "members"))
