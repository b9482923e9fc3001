"""Folders of tests: gone afterwards, and one that all processes of a run share, for what is costly to make and the same for each.

They lie in memory where the machine has room: hundreds of small durable files are slow on a disk, and a kill loses nothing
that was written to a file system that stays up.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TypeVar

SHARED = "MAISUI_TEST_SHARED"
"""Names the folder of the run; who starts a run over other code (a mutant's) must not hand it on."""
ROOMY_BYTES = 2 << 30
T = TypeVar("T")


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """Give a folder that is gone afterwards, in memory where the machine has room."""
    memory = Path("/dev/shm")  # noqa: S108 - a test's own folder, made under a fresh name
    is_roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOMY_BYTES
    with tempfile.TemporaryDirectory(prefix="maisui-test-", dir=memory if is_roomy else None, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def shared_by_the_run() -> Iterator[None]:
    """Give the run a folder of which all processes know that are started within; the process that began the run takes it away."""
    if SHARED in os.environ:
        yield
        return
    with scratch_folder() as folder:
        os.environ[SHARED] = str(folder)
        try:
            yield
        finally:
            del os.environ[SHARED]


@cache
def folder_of_this_process() -> Path:
    """Return a folder that is gone when this process ends."""
    kept = ExitStack()
    folder = kept.enter_context(scratch_folder())
    atexit.register(kept.close)
    return folder


def _shared() -> Path:
    return Path(os.environ.get(SHARED) or folder_of_this_process())


def made_once(name: str, make: Callable[[Path], T]) -> tuple[Path, T]:
    """Return the path `name` that the first process of the run fills by `make`, and what `make` returned; the others wait for it.

    Everyone reads it and nobody writes into it: who wants to copies it first.
    """
    place, answer = _shared() / name, _shared() / f"{name}.answer"
    with (_shared() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            shutil.rmtree(place, ignore_errors=True)  # of a process that failed
            answer.with_suffix(".new").write_bytes(pickle.dumps(make(place)))
            answer.with_suffix(".new").rename(answer)
        return place, pickle.loads(answer.read_bytes())  # noqa: S301 - written by a process of this run


def own_copy(name: str, make: Callable[[Path], object]) -> Path:
    """Return a fresh copy, into which its process may write, of what `make` makes once a run."""
    place, _ = made_once(name, make)
    return Path(shutil.copytree(place, Path(tempfile.mkdtemp(prefix="own-", dir=_shared())) / name, symlinks=True))
