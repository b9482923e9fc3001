"""Queries that take too long are interrupted: one thread watches all of a reader, as starting one for each costs as much as a query."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import duckdb

_LONGEST_LOOK_APART = 0.5


class QueryWatch:
    """Interrupts each query that runs longer than `seconds`, late by half a second at most."""

    def __init__(self, seconds: float) -> None:
        """Watch nothing yet; the thread begins with the first query."""
        self.seconds = seconds
        self._running: dict[int, tuple[float, duckdb.DuckDBPyConnection]] = {}
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, cursor: duckdb.DuckDBPyConnection) -> Generator[None]:
        """Watch the one query that `cursor` runs meanwhile."""
        with self._lock:
            self._running[id(cursor)] = (time.monotonic() + self.seconds, cursor)
            if self._thread is None or not self._thread.is_alive():  # also in a process that was forked: threads stay behind
                self._thread = threading.Thread(target=self._look, name="query watch", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                del self._running[id(cursor)]

    def end(self) -> None:
        """Let the thread go."""
        self._ended.set()

    def _look(self) -> None:
        while not self._ended.wait(min(_LONGEST_LOOK_APART, self.seconds / 4)):
            self._interrupt_late()

    def _interrupt_late(self) -> None:
        """Interrupt what runs too long; apart from `_look`, so that a thread that waits holds no cursor."""
        with self._lock:
            now = time.monotonic()
            for until, cursor in self._running.values():
                if until <= now:
                    cursor.interrupt()
