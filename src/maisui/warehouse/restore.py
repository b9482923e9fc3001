"""Restoring a home from a backup: everything is proved before anything is written, and nothing is ever overwritten."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from maisui.errors import HomeError, StorageError
from maisui.warehouse.backup import Report, copy_hashed, make_folders, new_file, sha256_of
from maisui.warehouse.backup_manifest import HOME, BackupFile, BackupManifest
from maisui.warehouse.durable import disk_errors, sync_file
from maisui.warehouse.home import open_home

_FIRST = (f"{HOME}/bank.toml", f"{HOME}/keys/")
_THREADS = 2
_SHOWN = 10


def verify_backup(folder: Path, manifest: BackupManifest, *, progress: Report | None = None) -> None:
    """Read every file of the backup and compare it with the manifest.

    Raises:
        StorageError: naming the files that are missing, cut or damaged.
    """
    faults: list[str] = []
    with ThreadPoolExecutor(_THREADS) as threads:
        for number, fault in enumerate(threads.map(lambda file: _fault(folder, file), manifest.files)):
            if progress is not None and number % 20 == 0:
                progress("verify", number, len(manifest.files))
            if fault:
                faults.append(fault)
    if progress is not None:
        progress("verify", len(manifest.files), len(manifest.files))
    if faults:
        listed = "\n".join(f"- {fault}" for fault in faults[:_SHOWN])
        more = f"\n- and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
        raise StorageError(
            f"{len(faults)} files of this backup are not as they were written\n{listed}{more}",
            where=str(folder),
            next_step="restore from another backup; nothing was written",
        )


def _fault(folder: Path, file: BackupFile) -> str:
    path = folder / file.path
    try:
        size = path.lstat().st_size if not path.is_symlink() else -1
        if size != file.size:
            return f"{file.path}: {file.size:,} bytes were written, {max(size, 0):,} are there"
        return "" if sha256_of(path) == file.sha256 else f"{file.path}: its content is damaged"
    except FileNotFoundError:
        return f"{file.path}: missing"
    except OSError as error:
        return f"{file.path}: cannot be read ({error.strerror})"


@contextmanager
def restored_home(
    folder: Path,
    manifest: BackupManifest,
    target: Path,
    *,
    before_files: Callable[[Path], None] | None = None,
    progress: Report | None = None,
) -> Generator[Path]:
    """Give the home restored beside `target`; it takes the place of `target` when the block ends well, and is removed when not.

    `before_files` is called as soon as bank.toml and the keys are there, so that a database that cannot be filled is found
    before the long copying.

    Raises:
        HomeError: when `target` is not empty.
        StorageError: when the disk is full or fails, or the backup changes while it is read.
    """
    require_empty(target)
    building = target.with_name(f".{target.name}.restoring")
    if building.exists():
        shutil.rmtree(building)  # what a killed restore left
    with disk_errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        building.mkdir(mode=0o700)
        try:
            _require_space(building, manifest)
            kept = [file for file in manifest.files if file.path.startswith(f"{HOME}/")]
            _copy(folder, [file for file in kept if file.path.startswith(_FIRST)], building, None)
            if before_files is not None:
                before_files(building)
            _copy(folder, [file for file in kept if not file.path.startswith(_FIRST)], building, progress)
            _complete(building)
            yield building
            os.sync()
            _take_place(building, target)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise


def require_empty(target: Path) -> None:
    """Refuse a folder that holds anything.

    Raises:
        HomeError: when it does, or is no folder.
    """
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise HomeError(
            "this folder is not empty; a restore never overwrites anything",
            where=str(target),
            next_step="name a new folder with --home, compare, and exchange the two folders yourself",
        )


def _copy(folder: Path, files: Sequence[BackupFile], building: Path, progress: Report | None) -> None:
    for number, file in enumerate(files):
        if progress is not None and number % 20 == 0:
            progress("restore", number, len(files))
        target = building / file.path.removeprefix(f"{HOME}/")
        make_folders(building, target.parent)
        with (folder / file.path).open("rb") as reading, new_file(target) as writing:
            hashed = copy_hashed(reading, writing)
        if hashed != file.sha256:
            raise StorageError(
                "the backup changed while it was read", where=file.path, next_step="restore from another backup; nothing was overwritten"
            )
        os.utime(target, ns=(file.modified_ns, file.modified_ns))
    if progress is not None:
        progress("restore", len(files), len(files))


def _complete(building: Path) -> None:
    """Make the folders that hold nothing yet."""
    home = open_home(building)
    for source in home.sources:
        make_folders(building, home.inbox / source)
    make_folders(building, home.own_sources)


def _require_space(building: Path, manifest: BackupManifest) -> None:
    free = shutil.disk_usage(building).free
    if free < manifest.size:
        raise StorageError(
            f"only {free // 2**20} MB are free; the home needs {manifest.size // 2**20} MB",
            where=str(building.parent),
            next_step="free space or name another folder with --home; nothing was overwritten",
        )


def _take_place(building: Path, target: Path) -> None:
    try:
        building.rename(target)
    except OSError:
        raise HomeError(
            "the restored home cannot take this place", where=str(target), next_step="name a folder that does not exist yet with --home"
        ) from None
    sync_file(target.parent)
