"""What a backup says about itself: every file with size and SHA-256, in a manifest that is itself sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from maisui.errors import StorageError

HOME = "home"
"""Folder of a backup that holds the files of the bank's home."""

DATABASE = "database"
"""Folder of a backup that holds the copy of the operational database."""

_FORMAT = 1
_MANIFEST = "manifest.json"
_SEAL = "manifest.sha256"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """One file of a backup: its path inside it, size, SHA-256 and time of change."""

    path: str
    size: int
    sha256: str
    modified_ns: int


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """Everything that names a backup: whose, when, which versions, which database, which files."""

    made_at: str
    code_version: str
    legal_entity_code: str
    version: str | None
    versions: tuple[str, ...]
    database: Mapping[str, Any] = field(default_factory=dict[str, Any])
    files: tuple[BackupFile, ...] = ()

    @property
    def size(self) -> int:
        """Return the bytes of all files."""
        return sum(file.size for file in self.files)


def sealed_files(manifest: BackupManifest) -> dict[str, bytes]:
    """Return the manifest and the seal that proves it, by file name."""
    text = json.dumps({"format": _FORMAT} | asdict(manifest), ensure_ascii=False, indent=1).encode() + b"\n"
    return {_MANIFEST: text, _SEAL: _seal(text)}


def read_backup(folder: Path) -> BackupManifest:
    """Return the manifest of the backup in `folder`, which its seal proves.

    Raises:
        StorageError: when there is none, or manifest or seal is damaged.
    """
    try:
        text, seal = (folder / _MANIFEST).read_bytes(), (folder / _SEAL).read_bytes()
    except OSError:
        raise StorageError(
            "this is not a finished backup: manifest or seal is missing",
            where=str(folder),
            next_step="name a folder that `maisui backup` has finished",
        ) from None
    if seal != _seal(text):
        raise _damaged(folder)
    try:
        found = json.loads(text)
    except ValueError:
        raise _damaged(folder) from None
    if found.pop("format", None) != _FORMAT:
        raise StorageError(
            "this backup has a form that this version does not know", where=str(folder), next_step="use the version of Maisui that made it"
        )
    files = tuple(BackupFile(**file) for file in found.pop("files"))
    if not all(is_inside(file.path) for file in files):
        raise _damaged(folder)
    return BackupManifest(**(found | {"versions": tuple(found["versions"])}), files=files)


def all_backups(target: Path) -> list[tuple[Path, BackupManifest]]:
    """Return the finished backups directly below `target`, oldest first; damaged ones are left out."""
    found: list[tuple[Path, BackupManifest]] = []
    for path in sorted(target.glob(f"*/{_MANIFEST}")):
        if path.parent.name.startswith("."):
            continue
        try:
            found.append((path.parent, read_backup(path.parent)))
        except StorageError:
            continue
    return sorted(found, key=lambda backup: (backup[1].made_at, len(backup[0].name), backup[0].name))


def find_backup(folder: Path) -> tuple[Path, BackupManifest]:
    """Return the backup at `folder`, or the newest of those below it.

    Raises:
        StorageError: when there is none, or the one named is damaged.
    """
    if (folder / _MANIFEST).exists() or (folder / _SEAL).exists():
        return folder, read_backup(folder)
    below = sorted(path.parent for path in folder.glob(f"*/{_SEAL}") if not path.parent.name.startswith("."))
    found = all_backups(folder)
    if len(found) < len(below):  # never an older one in silence
        damaged = next(path for path in below if path not in {place for place, _ in found})
        raise _damaged(damaged)
    if not found:
        raise StorageError(
            "there is no backup here", where=str(folder), next_step="name the folder that was given to `maisui backup --out`"
        )
    return found[-1]


def is_inside(path: str) -> bool:
    """Tell whether a path of a manifest stays inside the backup."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts and pure.parts[:1] in ((HOME,), (DATABASE,)) and str(pure) == path


def _seal(text: bytes) -> bytes:
    return f"{hashlib.sha256(text).hexdigest()}  {_MANIFEST}\n".encode()


def _damaged(folder: Path) -> StorageError:
    return StorageError(
        "the manifest of this backup is damaged, so nothing of it can be trusted",
        where=str(folder),
        next_step="restore from another backup; nothing was written",
    )
