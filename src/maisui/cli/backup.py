"""`maisui backup`: a whole, sealed copy of a home while it is in use."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from maisui import __version__
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json
from maisui.cli.progress import Bars
from maisui.cli.stopping import stops_soon
from maisui.warehouse.backup import DatabaseCopy, MadeBackup, make_backup
from maisui.warehouse.home import Home, open_home


def backup_command(
    out: Annotated[Path, typer.Option("--out", help="Folder of the backups, on another disk; each becomes a folder in it.")],
    keep: Annotated[int | None, typer.Option("--keep", help="How many backups to keep; all by default.", min=1)] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Copy everything that cannot be made again, while people read and a batch runs; unchanged files are shared with the last backup."""
    place = open_home(home)
    with Bars() as bars, stops_soon():
        made = make_backup(
            place,
            out,
            now=datetime.now(UTC),
            code_version=__version__,
            copy_database=partial(_copy_database, place.path) if uses_database(place) else None,
            keep=keep,
            progress=bars.report,
        )
    if as_json:
        print_json(_as_json(made))
        return
    manifest = made.manifest
    console.print(f"[bold]backup {made.folder.name}[/bold] of version {manifest.version or '—'} is whole", highlight=False)
    console.print(f"{len(manifest.files):,} files, {manifest.size / 2**20:,.1f} MB", highlight=False)
    console.print(f"{made.copied_files:,} of them, {made.copied_bytes / 2**20:,.1f} MB, were new", highlight=False)
    if not manifest.database:
        console.print("no operational database yet: this home has not been served", highlight=False)
    for name in made.removed:
        console.print(f"older backup {name} removed", highlight=False)


def uses_database(home: Home) -> bool:
    """Tell whether this home has been served: then it has keys and an operational database, and loads its settings."""
    if not (home.path / "keys" / "secret").exists():
        return False
    if os.environ.get("MAISUI_DATABASE_URL") or home.web.database:
        return True
    return (home.path / "operational.sqlite3").exists()


def _as_json(made: MadeBackup) -> dict[str, Any]:
    manifest = made.manifest
    return {
        "backup": str(made.folder),
        "made_at": manifest.made_at,
        "code_version": manifest.code_version,
        "legal_entity_code": manifest.legal_entity_code,
        "version": manifest.version,
        "versions": list(manifest.versions),
        "files": len(manifest.files),
        "bytes": manifest.size,
        "copied_files": made.copied_files,
        "copied_bytes": made.copied_bytes,
        "database": manifest.database.get("vendor"),
        "audit_records": manifest.database.get("tables", {}).get("audit_record"),
        "removed": list(made.removed),
    }


def _copy_database(home: Path, folder: Path) -> DatabaseCopy:
    from maisui.web import start  # noqa: PLC0415 - a home that was never served needs no Django

    start.load(home)
    from maisui.web.database_copy import copy_database  # noqa: PLC0415 - needs the settings

    facts, heads = copy_database(folder)
    return DatabaseCopy(facts, heads)
