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
    def reader(self, version: str | None = None) -> Generator[Reader]:
        """Lend a reader of `version`, the current one by default; a newer publication does not disturb it.

        Raises:
            HomeError: when nothing has been published yet.
            StorageError: when the version or one of its parts is missing or damaged.
        """
        held = self._borrow(version)
        try:
            yield held.reader
        finally:
            self._give_back(held)

    def _borrow(self, wanted: str | None) -> _Open:
        name = wanted or self.version
        if name is None:
            raise HomeError(
                "nothing has been published yet", where=str(self.home.path), next_step="deliver files and run `maisui run --date …`"
            )
        with self._lock:
            held = self._open.get(name)
            if held is None:
                reader = open_reader(self.home.versions, self.home.parts, version=wanted, threads=1, query_seconds=QUERY_SECONDS)
                held = self._open.setdefault(reader.manifest.version, _Open(reader))
                if held.reader is not reader:
                    reader.close()
            held.readers += 1
            self._close_idle()
            return held

    def _give_back(self, held: _Open) -> None:
        with self._lock:
            held.readers -= 1
            self._close_idle()

    def _close_idle(self) -> None:
        """Close what nobody reads any more, but for the current version; with one version open there is nothing to look up."""
        if len(self._open) == 1:
            return
        current = self.version
        for name, held in list(self._open.items()):
            if name != current and held.readers == 0:
                del self._open[name]
                held.reader.close()
