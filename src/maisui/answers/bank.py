"""One bank as a long-lived process sees it: always the current version, opened once, closed when nobody reads it."""

from __future__ import annotations

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from maisui.errors import HomeError
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import current_version

QUERY_SECONDS = 30.0


@dataclass(slots=True)
class _Open:
    reader: Reader
    readers: int = 0
    is_retired: bool = False


class Bank:
    """The published figures of one home, for a process that answers many questions at once."""

    def __init__(self, path: Path) -> None:
        """Open the home at `path`.

        Raises:
            HomeError: when there is none or bank.toml is faulty.
        """
        self.home: Home = open_home(path)
        self._lock = threading.Lock()
        self._open: dict[str, _Open] = {}

    @property
    def version(self) -> str | None:
        """Return the name of the current version; None before the first publication."""
        return current_version(self.home.versions)

    @contextmanager
    def reader(self) -> Generator[Reader]:
        """Lend a reader of the current version; a newer publication does not disturb it.

        Raises:
            HomeError: when nothing has been published yet.
            StorageError: when the version or one of its parts is missing or damaged.
        """
        held = self._borrow()
        try:
            yield held.reader
        finally:
            self._give_back(held)

    def _borrow(self) -> _Open:
        name = self.version
        if name is None:
            raise HomeError(
                "nothing has been published yet", where=str(self.home.path), next_step="deliver files and run `maisui run --date …`"
            )
        with self._lock:
            held = self._open.get(name)
            if held is None:
                reader = open_reader(self.home.versions, self.home.parts, threads=1, query_seconds=QUERY_SECONDS)
                name = reader.manifest.version
                held = self._open.setdefault(name, _Open(reader))
                if held.reader is not reader:
                    reader.close()
                for old, other in list(self._open.items()):
                    if old != name:
                        other.is_retired = True
                        self._close_if_idle(old, other)
            held.readers += 1
            return held

    def _give_back(self, held: _Open) -> None:
        with self._lock:
            held.readers -= 1
            if held.is_retired:
                self._close_if_idle(held.reader.manifest.version, held)

    def _close_if_idle(self, name: str, held: _Open) -> None:
        if held.readers == 0:
            self._open.pop(name, None)
            held.reader.close()
