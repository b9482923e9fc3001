"""Backing up a home while it is in use: what belongs together is copied, and a sealed manifest proves it.

A backup is a complete folder below the target; files that an earlier backup there already holds are shared by hard links.
The order of copying makes it whole: first which versions there are and which one readers see, then the parts they name, then
the raw layer (what was registered meanwhile does no harm), then everything else, and the operational database last.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from maisui.errors import BusyError, StorageError
from maisui.warehouse.backup_manifest import DATABASE, HOME, BackupFile, BackupManifest, all_backups, sealed_files
from maisui.warehouse.durable import disk_errors, sync_file
from maisui.warehouse.home import Home
from maisui.warehouse.version import Manifest, current_version, read_manifest

Report = Callable[[str, int, int], None]

HEADS = "audit-heads"
BLOCK_BYTES = 1 << 20
_BUILDING = ".building-"
_ATTEMPTS = 5
_NOT_KEPT = frozenset({"inbox", "exports", "entities", "union", HEADS})
_NOT_KEPT_FILES = ("*.lock", "*.aside", "*.building", "operational.sqlite3*")
_UNCHANGING = ("parts", "raw", "models")


@dataclass(frozen=True, slots=True)
class DatabaseCopy:
    """The operational database as it was copied: facts for the manifest, and the heads of the audit chain of the same moment."""

    facts: Mapping[str, Any]
    heads: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """A finished backup: where it lies, its manifest, how many files (and bytes) were copied and not shared with an earlier one."""

    folder: Path
    manifest: BackupManifest
    copied_files: int
    copied_bytes: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Published:
    """The versions there were at one moment."""

    current: str | None
    manifests: Mapping[str, Manifest]
    texts: Mapping[str, bytes]


def make_backup(
    home: Home,
    target: Path,
    *,
    now: datetime,
    code_version: str,
    copy_database: Callable[[Path], DatabaseCopy] | None = None,
    keep: int | None = None,
    progress: Report | None = None,
) -> MadeBackup:
    """Back up `home` into a new folder below `target`; with `keep`, older backups beyond that many are removed afterwards.

    Readers, the web and a batch may go on meanwhile.

    Raises:
        BusyError: when another backup writes to `target`.
        StorageError: when the disk is full, or a stored file of a kept version is missing.
    """
    if target.resolve().is_relative_to(home.path.resolve()):
        raise StorageError(
            "a backup inside the home would be lost with it", where=str(target), next_step="choose a folder on another disk with --out"
        )
    with disk_errors(target), _only_one(target):
        earlier = [found for found in all_backups(target) if found[1].legal_entity_code == home.legal_entity_code]
        copier = _Copier(target / f"{_BUILDING}{os.getpid()}", earlier[-1] if earlier else None, progress)
        published = _copy_versions(home, copier)
        _copy_raw(home, copier, published)
        _copy_rest(home, copier)
        facts: Mapping[str, Any] = {}
        if copy_database is not None:
            facts = _copy_database(copier, copy_database)
        manifest = BackupManifest(
            made_at=now.isoformat(timespec="seconds"),
            code_version=code_version,
            legal_entity_code=home.legal_entity_code,
            version=published.current,
            versions=tuple(sorted(published.manifests)),
            database=dict(facts),
            files=copier.finished(),
        )
        folder = copier.publish(_free_name(target, f"{home.legal_entity_code}-{now:%Y%m%dT%H%M%SZ}"), sealed_files(manifest))
        removed = _let_go([*(place for place, _ in earlier), folder], keep)
    return MadeBackup(folder, manifest, copier.copied_files, copier.copied_bytes, removed)


def _copy_versions(home: Home, copier: _Copier) -> _Published:
    for _ in range(_ATTEMPTS):
        published = _published(home)
        if published is None:
            continue
        named = sorted({part.file for manifest in published.manifests.values() for part in manifest.parts})
        inside = _inside(home)
        wanted = {f"{inside}/parts/{name}": home.parts / name for name in named}
        try:
            copier.copy("parts", wanted)
        except FileNotFoundError as error:
            gone = [version for version in published.manifests if not (home.versions / f"{version}.json").exists()]
            if gone:  # a batch let these versions go meanwhile
                continue
            raise StorageError(
                "a part of a kept version is missing, so the version cannot be backed up",
                where=str(error.filename),
                next_step="run the batch of its date again, then `maisui versions prune`, then back up again",
            ) from None
        for version, text in published.texts.items():
            copier.add(f"{inside}/versions/{version}.json", text)
        if published.current is not None:
            copier.add(f"{inside}/versions/current", f"{published.current}\n".encode())
        copier.keep_only(set(wanted))
        return published
    raise StorageError(
        "batches let versions go faster than they could be copied",
        where=str(home.versions),
        next_step="back up again when no batch runs; nothing was overwritten",
    )


def _published(home: Home) -> _Published | None:
    """Return the versions there are now, None when the current one went while they were read."""
    current = current_version(home.versions)
    manifests: dict[str, Manifest] = {}
    texts: dict[str, bytes] = {}
    for path in sorted(home.versions.glob("*.json")):
        try:
            texts[path.stem] = path.read_bytes()
        except FileNotFoundError:
            continue
        try:
            manifests[path.stem] = read_manifest(home.versions, path.stem)
        except StorageError:
            if path.exists():
                raise
            texts.pop(path.stem)
    return None if current is not None and current not in manifests else _Published(current, manifests, texts)


def _copy_raw(home: Home, copier: _Copier, published: _Published) -> None:
    if home.is_union:
        return  # it rests on versions of its members, which back up themselves
    inside = f"{_inside(home)}/raw"
    wanted = {f"{inside}/{path}": home.raw / path for path in _files(home.raw, without=frozenset({".building"}))}
    copier.copy("raw layer", wanted)
    registered = {name.rsplit("/", 2)[1] for name in wanted if name.endswith("/receipt.json")}
    missing = {file for manifest in published.manifests.values() for file in manifest.deliveries} - registered
    if missing:
        raise StorageError(
            f"{len(missing)} deliveries that a kept version rests on are not in the raw layer, the first is {min(missing)}",
            where=str(home.raw),
            next_step="restore the raw layer from an earlier backup, or prune that version, then back up again",
        )


def _copy_rest(home: Home, copier: _Copier) -> None:
    members = {member.path.resolve() for member in home.members}
    kept = [path for path in _files(home.path, without=_NOT_KEPT) if not members & set((home.path / path).resolve().parents)]
    copier.copy("settings, keys, sources", {f"{HOME}/{path}": home.path / path for path in kept})


def _inside(home: Home) -> str:
    """Return where the backup keeps what is published: as the home does."""
    return f"{HOME}/{home.entity.relative_to(home.path).as_posix()}"


def _copy_database(copier: _Copier, copy_database: Callable[[Path], DatabaseCopy]) -> Mapping[str, Any]:
    folder = copier.folder / DATABASE
    folder.mkdir(mode=0o700, exist_ok=True)
    copied = copy_database(folder)
    for name, content in copied.heads.items():
        copier.add(f"{HOME}/{HEADS}/{name}", content)
    for path in sorted(folder.iterdir()):
        copier.take_over(f"{DATABASE}/{path.name}")
    return copied.facts


def _files(top: Path, *, without: frozenset[str]) -> list[str]:
    """Return the files below `top` in order, as paths inside it; `without` names folders directly in it that are left out."""
    found: list[str] = []
    for folder, inner, names in os.walk(top, followlinks=True):
        here = Path(folder)
        inner[:] = sorted(name for name in inner if name != "__pycache__" and not (here == top and name in without))
        kept = (here / name for name in sorted(names) if not any(Path(name).match(pattern) for pattern in _NOT_KEPT_FILES))
        found.extend(path.relative_to(top).as_posix() for path in kept if path.is_file())
    return found


class _Copier:
    """Builds the folder of one backup and knows the hash of everything in it."""

    def __init__(self, folder: Path, earlier: tuple[Path, BackupManifest] | None, progress: Report | None) -> None:
        self.folder = folder
        self.copied_files = self.copied_bytes = 0
        self._earlier = earlier[0] if earlier else folder
        self._known = {file.path: file for file in earlier[1].files} if earlier else {}
        self._progress = progress
        self._done: dict[str, BackupFile] = {}
        folder.mkdir(mode=0o700)

    def copy(self, stage: str, wanted: Mapping[str, Path]) -> None:
        """Copy each file of `wanted` (path in the backup: source), or share it with the earlier backup."""
        to_do = {path: source for path, source in wanted.items() if path not in self._done}
        sizes = {path: source.stat() for path, source in to_do.items()}
        self._require_space(sum(stat.st_size for path, stat in sizes.items() if not self._is_known(path, stat)))
        for number, (path, source) in enumerate(to_do.items()):
            if self._progress is not None and number % 20 == 0:
                self._progress(stage, number, len(to_do))
            if not (self._is_known(path, sizes[path]) and self._share(path)):
                self._copy(path, source)
        if self._progress is not None:
            self._progress(stage, len(to_do), len(to_do))

    def add(self, path: str, content: bytes) -> None:
        """Write a file of the backup whose content is already at hand."""
        target = self._place(path)
        target.write_bytes(content)
        target.chmod(0o600)
        self._note(path, hashlib.sha256(content).hexdigest())

    def take_over(self, path: str) -> None:
        """Enter a file that somebody else has written into the backup."""
        target = self.folder / path
        target.chmod(0o600)
        self._note(path, sha256_of(target))

    def keep_only(self, paths: set[str]) -> None:
        """Remove parts that an earlier attempt copied and that no version names any more."""
        for path in [path for path in self._done if "/parts/" in path and path not in paths]:
            (self.folder / path).unlink()
            del self._done[path]

    def finished(self) -> tuple[BackupFile, ...]:
        """Return all files of the backup in order; each is there with its size."""
        for path, file in self._done.items():
            if (self.folder / path).stat().st_size != file.size:
                raise StorageError("a file of the backup was changed while it was made", where=path, next_step="back up again")
        return tuple(self._done[path] for path in sorted(self._done))

    def publish(self, target: Path, last: Mapping[str, bytes]) -> Path:
        """Write manifest and seal, force everything to disk and give the folder its name."""
        for name, content in last.items():
            path = self.folder / name
            path.write_bytes(content)
            path.chmod(0o600)
        os.sync()
        self.folder.rename(target)
        sync_file(target.parent)
        return target

    def _is_known(self, path: str, stat: os.stat_result) -> bool:
        known = self._known.get(path)
        parts = path.split("/")
        is_unchanging = any(folder in parts[1:4] for folder in _UNCHANGING)
        return known is not None and is_unchanging and (known.size, known.modified_ns) == (stat.st_size, stat.st_mtime_ns)

    def _share(self, path: str) -> bool:
        """Share a file with the earlier backup; False where that copy is damaged or the disk has no hard links."""
        file, held = self._known[path], self._earlier / path
        try:
            if sha256_of(held) != file.sha256:
                return False
            os.link(held, self._place(path))
        except OSError:
            return False
        self._done[path] = file
        return True

    def _copy(self, path: str, source: Path) -> None:
        target = self._place(path)
        with source.open("rb") as reading:
            stat = os.fstat(reading.fileno())
            with new_file(target) as writing:
                hashed = copy_hashed(reading, writing)
        os.utime(target, ns=(stat.st_mtime_ns, stat.st_mtime_ns))
        self._note(path, hashed)

    def _note(self, path: str, sha256: str) -> None:
        stat = (self.folder / path).stat()
        self._done[path] = BackupFile(path=path, size=stat.st_size, sha256=sha256, modified_ns=stat.st_mtime_ns)
        self.copied_files += 1
        self.copied_bytes += stat.st_size

    def _place(self, path: str) -> Path:
        target = self.folder / path
        make_folders(self.folder, target.parent)
        return target

    def _require_space(self, needed: int) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < needed:
            raise StorageError(
                f"only {free // 2**20} MB are free; the backup still needs {needed // 2**20} MB",
                where=str(self.folder.parent),
                next_step="free space or name another folder with --out; earlier backups are untouched",
            )


def make_folders(top: Path, folder: Path) -> None:
    """Make `folder` and what lies between it and `top`, open to their owner only."""
    missing: list[Path] = []
    while folder != top and not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)


def new_file(path: Path) -> BinaryIO:
    """Open a file that does not exist yet for writing, for its owner only."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return copy_hashed(file, None)


def copy_hashed(reading: BinaryIO, writing: BinaryIO | None) -> str:
    """Copy an open file to another (or nowhere) block by block and return the SHA-256 of what was read."""
    digest = hashlib.sha256()
    while block := reading.read(BLOCK_BYTES):
        digest.update(block)
        if writing is not None:
            writing.write(block)
    return digest.hexdigest()


def _free_name(target: Path, name: str) -> Path:
    number, path = 1, target / name
    while path.exists():
        number += 1
        path = target / f"{name}-{number}"
    return path


def _let_go(backups: list[Path], keep: int | None) -> tuple[str, ...]:
    """Remove all but the last `keep` backups; each leaves the list of backups before its files go."""
    old = backups[:-keep] if keep else []
    for folder in old:
        aside = folder.with_name(f"{_BUILDING}{folder.name}")
        folder.rename(aside)
        shutil.rmtree(aside)
    return tuple(folder.name for folder in old)


@contextmanager
def _only_one(target: Path) -> Generator[None]:
    """Hold the target for the length of the block and remove what a killed backup left there; nothing unfinished stays behind."""
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(target / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError("another backup is being written here", where=str(target), next_step="wait until it has ended") from None
        _clear(target)
        try:
            yield
        finally:
            _clear(target)
    finally:
        os.close(handle)


def _clear(target: Path) -> None:
    for leftover in target.glob(f"{_BUILDING}*"):
        shutil.rmtree(leftover, ignore_errors=True)
