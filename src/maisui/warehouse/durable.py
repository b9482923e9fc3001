"""How a file becomes durable: written aside, synced, renamed, and its folder synced."""

from __future__ import annotations

import os
from pathlib import Path


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


def write_durably(target: Path, text: str) -> None:
    """Write `text` as the whole content of `target`, atomically and durably."""
    aside = target.with_name(target.name + ".aside")
    aside.write_text(text, encoding="utf-8")
    replace_durably(aside, target)
