"""Which control files were held against their registered data files and found true: held again only once one of the two changed.

A note, not a record: without it, or where it is damaged, everything is held once more.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from maisui.intake.registration import storage
from maisui.warehouse.durable import write_durably

HELD = ".held"
Seen = tuple[str, int, int, int]
"""A file as it lies in the inbox: its name, its size, when its content and when its entry changed."""


def seen(path: Path | None) -> Seen | None:
    """Return how a control file lies there, to be asked before it is read; nothing where there is none."""
    if path is None:
        return None
    try:
        status = path.lstat()
    except OSError:
        return None
    return path.name, status.st_size, status.st_mtime_ns, status.st_ctime_ns


class HeldControls:
    """The pairs of data file and control file of one source that agree, each as both lay in the inbox."""

    def __init__(self, raw: Path, source: str) -> None:
        """Begin with what earlier intakes noted."""
        self._path = raw / HELD / f"{source}.json"
        self._stored = _stored(self._path)
        self._now = dict(self._stored)

    def agree(self, data: Seen, control: Seen | None) -> bool:
        """Tell whether these two, both untouched since, were found to agree."""
        return control is not None and self._now.get(_key(data)) == list(control)

    def note(self, data: Seen, control: Seen | None) -> None:
        """Remember that these two agree."""
        if control is not None:
            self._now[_key(data)] = list(control)

    def save(self) -> None:
        """Keep what was noted for the next intake.

        Raises:
            StorageError: when the disk is full or fails.
        """
        if self._now != self._stored:
            with storage(self._path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_durably(self._path, json.dumps(self._now, ensure_ascii=False, sort_keys=True))


def _key(data: Seen) -> str:
    return "/".join(str(part) for part in data)


def _stored(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}
