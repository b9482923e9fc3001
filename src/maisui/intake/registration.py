"""How a registration comes to be: built aside, forced to disk, renamed in one step; a kill leaves all of it or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections import deque
from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Self

from maisui.errors import StorageError
from maisui.intake.quarantine import QUARANTINE_FILE, QuarantinedRow, read_quarantine
from maisui.intake.receipt import Receipt, mark_superseded, receipt_from_json
from maisui.intake.rows import ROWS_FILE, find_line
from maisui.warehouse.durable import sync_file

BUILDING = ".building"
RECEIPT_FILE = "receipt.json"
RELEASES_FILE = "releases.jsonl"
_FORCING = 4
_MOST_UNDER_WAY = 64


def building_area(raw: Path, source: str) -> Path:
    """Return a folder to build in; what a killed run left there is removed.

    A process that outlived its killed parent may still write to its own folder, which no later call
    uses: callers name theirs by their process.
    """
    area = raw / BUILDING / source
    shutil.rmtree(area, ignore_errors=True)
    with storage(area):
        area.mkdir(parents=True, exist_ok=True)
    return area


def folder_of(raw: Path, receipt: Receipt) -> Path:
    """Return where a registration lies."""
    return raw / receipt.source / receipt.feed / receipt.business_date.isoformat() / receipt.file_id


def publish(*, raw: Path, built: Path, receipt: Receipt) -> None:
    """Turn a built folder, its files already forced to disk, into a registration: receipt, force, rename.

    Raises:
        StorageError: when the disk is full or fails; nothing is registered then.
    """
    target = folder_of(raw, receipt)
    with storage(target):
        (built / RECEIPT_FILE).write_text(receipt.to_json(), encoding="utf-8")
        sync_file(built / RECEIPT_FILE)
        sync_file(built)
        _make_folder(target.parent, raw)
        built.rename(target)
        sync_file(target.parent)


class Registrar:
    """Publishes built folders while the next files are read: forcing a disk is waiting, and several wait at once.

    Registrations of one feed and day come one after the other, so that none is there before what it corrects.
    """

    def __init__(self, raw: Path) -> None:
        """Begin with nothing under way."""
        self._raw = raw
        self._pool = ThreadPoolExecutor(_FORCING)
        self._under_way: deque[tuple[tuple[str, date], Future[None]]] = deque()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait until everything is registered.

        Raises:
            StorageError: when the disk is full or fails.
        """
        self._pool.shutdown()
        if kind is None:
            self._settle(0)

    def publish(self, *, built: Path, receipt: Receipt) -> None:
        """Have a built folder turned into a registration.

        Raises:
            StorageError: when this or an earlier one found the disk full or failing.
        """
        self.wait_for(receipt.feed, receipt.business_date)
        self._settle(_MOST_UNDER_WAY)
        writing = self._pool.submit(publish, raw=self._raw, built=built, receipt=receipt)
        self._under_way.append(((receipt.feed, receipt.business_date), writing))

    def wait_for(self, feed: str, day: date) -> None:
        """Wait until what was handed over of one feed and day is registered.

        Raises:
            StorageError: when the disk is full or fails.
        """
        for about, writing in self._under_way:
            if about == (feed, day):
                writing.result()

    def _settle(self, most: int) -> None:
        while self._under_way and (len(self._under_way) > most or self._under_way[0][1].done()):
            self._under_way.popleft()[1].result()


def _make_folder(folder: Path, top: Path) -> None:
    """Make `folder` below `top` and force every folder that gets an entry by it."""
    entered: list[Path] = []
    above = folder
    while above != top and not above.exists():
        above = above.parent
        entered.append(above)
    folder.mkdir(parents=True, exist_ok=True)
    for one in entered:
        sync_file(one)


def receipts(*, raw: Path, source: str | None = None, until: date | None = None) -> tuple[Receipt, ...]:
    """Return the registrations of `source` (or of all sources) dated up to `until`, in order of arrival.

    Raises:
        StorageError: when a receipt is damaged.
    """
    found: list[Receipt] = []
    for name in sorted(_folders(raw)) if source is None else [source]:
        of_source: list[Receipt] = []
        for feed in _folders(raw / name):
            for day in _folders(raw / name / feed):
                if until is not None and day > until.isoformat():
                    continue
                folder = raw / name / feed / day
                of_source.extend(_read(folder / file_id) for file_id in _folders(folder))
        found.extend(mark_superseded(of_source))
    return tuple(found)


def quarantined_rows(*, raw: Path, file_id: str) -> list[QuarantinedRow]:
    """Return the quarantined lines of one registration, in order of line.

    Raises:
        StorageError: when there is no such registration or its quarantine is damaged.
    """
    return read_quarantine(find(raw=raw, file_id=file_id) / QUARANTINE_FILE)


def line_of(*, raw: Path, file_id: str, column: str, value: str) -> int | None:
    """Return the first accepted line of one registration whose `column` holds `value`, as delivered; None when there is none.

    Raises:
        StorageError: when there is no such registration or its rows are damaged.
    """
    return find_line(find(raw=raw, file_id=file_id) / ROWS_FILE, column, value)


def find(*, raw: Path, file_id: str, source: str = "*") -> Path:
    """Return the folder of a registration.

    Raises:
        StorageError: when there is none.
    """
    if file_id.isalnum():
        for folder in raw.glob(f"{source}/*/*/{file_id}"):
            return folder
    raise StorageError("there is no such registration", where=str(raw), next_step="list the registered files and use one of their ids")


def read_receipt(folder: Path) -> Receipt:
    """Return the receipt of one registration folder.

    Raises:
        StorageError: when it is missing or damaged.
    """
    return _read(folder)


def _read(folder: Path) -> Receipt:
    path = folder / RECEIPT_FILE
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = ""
    return receipt_from_json(text, where=str(path))


def _folders(parent: Path) -> list[str]:
    try:
        with os.scandir(parent) as entries:
            return sorted(entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False))
    except FileNotFoundError:
        return []


@contextlib.contextmanager
def storage(where: Path) -> Generator[None]:
    """Turn a full or failing disk into a StorageError; any other fault of the code below passes.

    Raises:
        StorageError: for what the operating system says while writing.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StorageError(
                "the disk is full; nothing of this file was kept", where=str(where), next_step="free space and run again"
            ) from None
        raise StorageError(
            f"the disk could not be written ({os.strerror(error.errno) if error.errno else 'unknown'})",
            where=str(where),
            next_step="check the disk and the rights of the folder, then run again",
        ) from None
