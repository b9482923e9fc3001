"""`maisui restore`: a home from a backup that has been proved whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from maisui.cli.options import JsonOption
from maisui.cli.output import console, print_json
from maisui.cli.progress import Bars
from maisui.cli.stopping import stops_soon
from maisui.errors import HomeError
from maisui.warehouse.backup_manifest import DATABASE, BackupManifest, find_backup
from maisui.warehouse.restore import require_empty, restored_home, verify_backup


def restore_command(
    folder: Annotated[Path, typer.Argument(help="A backup, or the folder of backups: then the newest is taken.")],
    home: Annotated[Path | None, typer.Option("--home", help="The home to make; it must not exist or be empty.")] = None,
    verify_only: Annotated[bool, typer.Option("--verify-only", help="Only prove that the backup is whole.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Prove that every file of a backup is as it was written, then make a home of it; nothing is ever overwritten."""
    if home is None and not verify_only:
        raise HomeError("a home to make must be named", where="--home", next_step="pass --home FOLDER, or --verify-only")
    with Bars() as bars, stops_soon():
        place, manifest = find_backup(folder)
        if home is not None and not verify_only:
            require_empty(home)
        verify_backup(place, manifest, progress=bars.report)
        if home is not None and not verify_only:
            _restore(place, manifest, home, bars)
    if as_json:
        print_json(_as_json(place, manifest, None if verify_only else home))
        return
    console.print(
        f"backup {place.name}: {len(manifest.files):,} files, {manifest.size / 2**20:,.1f} MB are as they were written", highlight=False
    )
    if home is not None and not verify_only:
        console.print(f"[bold]home restored: {home}[/bold], readers see version {manifest.version or '—'}", highlight=False)
        console.print(f"then: maisui status --home {home}" + (f", maisui audit verify --home {home}" if manifest.database else ""))


def _restore(place: Path, manifest: BackupManifest, home: Path, bars: Bars) -> None:
    if not manifest.database:
        with restored_home(place, manifest, home, progress=bars.report):
            return
    with restored_home(place, manifest, home, before_files=lambda made: _require_room(made, manifest), progress=bars.report):
        from maisui.web.database_copy import load_database  # noqa: PLC0415 - needs the settings

        load_database(place / DATABASE, dict(manifest.database))


def _require_room(home: Path, manifest: BackupManifest) -> None:
    from maisui.web import start  # noqa: PLC0415 - a home that was never served needs no Django

    start.load(home)
    from maisui.web.database_copy import require_room  # noqa: PLC0415 - needs the settings

    require_room(dict(manifest.database))


def _as_json(place: Path, manifest: BackupManifest, home: Path | None) -> dict[str, Any]:
    return {
        "backup": str(place),
        "made_at": manifest.made_at,
        "code_version": manifest.code_version,
        "legal_entity_code": manifest.legal_entity_code,
        "version": manifest.version,
        "files": len(manifest.files),
        "bytes": manifest.size,
        "database": manifest.database.get("vendor"),
        "audit_records": manifest.database.get("tables", {}).get("audit_record"),
        "is_verified": True,
        "home": str(home) if home else None,
    }
