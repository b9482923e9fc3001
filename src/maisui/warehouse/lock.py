"""One batch, and one worker, at a time: locks of the operating system, so that a crash leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from maisui.errors import BusyError

WORKER_LOCK = "worker.lock"
"""The file in a home that its one worker holds for as long as it runs."""


def is_held(path: Path) -> bool:
    """Tell whether a process of this machine holds the lock in the file at `path`; nobody holds one that is not there."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def batch_lock(entity: Path) -> Generator[None]:
    """Hold the legal entity's batch lock for the length of the block.

    Raises:
        BusyError: at once, when another process holds it.
    """
    entity.mkdir(parents=True, exist_ok=True)
    handle = os.open(entity / "batch.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(
                "another batch is running on this bank",
                where=str(entity / "batch.lock"),
                next_step="wait until it has ended; the lock frees itself, even after a crash",
            ) from None
        yield
    finally:
        os.close(handle)
