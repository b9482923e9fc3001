"""How a file becomes durable: written aside, synced, renamed, and its folder synced."""

from __future__ import annotations

import itertools
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from maisui.errors import StorageError

_WRITERS = itertools.count()
_TOLD_BY_ENGINE = ("No space left on device", "Input/output error", "Read-only file system", "Permission denied", "Disk quota exceeded")


@contextmanager
def disk_errors(where: Path) -> Generator[None]:
    """Turn what the disk refuses in the block (full, failing, not ours to write) into an error with three lines.

    Raises:
        StorageError: for what the operating system, or the engine on its behalf, says.
    """
    try:
        yield
    except OSError as error:
        raise _refused(error.strerror or type(error).__name__, where) from error
    except duckdb.Error as error:  # a commit the disk refused comes as an error of the transaction, with the disk's words in it
        told = [reason for reason in _TOLD_BY_ENGINE if reason in str(error)]
        if not told and not isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException | duckdb.FatalException):
            raise
        raise _refused(told[0] if told else type(error).__name__, where) from error


def _refused(reason: str, where: Path) -> StorageError:
    return StorageError(
        f"the disk or memory could not be used ({reason})",
        where=str(where),
        next_step="free space or mend the disk, then run again; what readers see is whole",
    )


def sync_file(path: Path) -> None:
    """Force the content of `path` to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_durably(aside: Path, target: Path) -> None:
    """Put the finished file `aside` in the place of `target`, atomically and durably."""
    sync_file(aside)
    aside.replace(target)
    sync_file(target.parent)


def place_durably(aside: Path, target: Path, content: bytes) -> None:
    """Write `target` whole or not at all, made ready beside `aside` on the same disk; written again with the same content it stays.

    Each writer makes its own file ready, so that two at once do not write into each other's.

    Raises:
        FileExistsError: when `target` has other content; it is left alone.
    """
    aside = aside.with_name(f"{aside.stem}-{os.getpid()}-{next(_WRITERS)}{aside.suffix}")
    with aside.open("wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    try:
        os.link(aside, target)
        sync_file(target.parent)
    except FileExistsError:
        if target.read_bytes() != content:
            raise
    finally:
        aside.unlink(missing_ok=True)


def write_durably(target: Path, text: str) -> None:
    """Write `text` as the whole content of `target`, atomically and durably."""
    aside = target.with_name(target.name + ".aside")
    aside.write_text(text, encoding="utf-8")
    replace_durably(aside, target)
