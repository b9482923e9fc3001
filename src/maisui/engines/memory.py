"""How much memory a batch takes where the bank says nothing: a share of the machine's, between what always does and what is ever needed."""

from __future__ import annotations

import os
from pathlib import Path

_LEAST_GB, _MOST_GB = 2, 6
_SHARE = 4
_OF_THE_CONTAINER = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def default_memory_limit() -> str:
    """Return a quarter of this machine's or container's memory, at least 2 GB and at most 6 GB, as `batch.memory_limit` is written.

    A bank of twenty thousand customers needs the least of it; one of a million is slow below the most.
    """
    gigabytes = machine_memory() // 10**9 // _SHARE
    return f"{min(_MOST_GB, max(_LEAST_GB, gigabytes))}GB"


def machine_memory(limits: tuple[Path, ...] = _OF_THE_CONTAINER) -> int:
    """Return the bytes of memory that this process may ever use: the machine's, or its container's where that is less."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    found.extend(int(told) for told in (limit.read_text().strip() for limit in limits if limit.is_file()) if told.isdigit())
    return min(found)
