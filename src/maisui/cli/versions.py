"""`maisui versions`: list, roll back, prune."""

from __future__ import annotations

from typing import Annotated

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.warehouse import publication
from maisui.warehouse.home import open_home
from maisui.warehouse.lock import batch_lock
from maisui.warehouse.version import all_versions, current_version

versions = typer.Typer(help="Versions kept: list them, roll back to one, prune what retention lets go.", no_args_is_help=True)


@versions.command("list")
def list_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List the versions kept; the current one is marked."""
    place = open_home(home)
    current = current_version(place.versions)
    found = all_versions(place.versions)
    if as_json:
        print_json(
            [
                {
                    "version": m.version,
                    "date": m.reporting_date,
                    "published_at": m.published_at,
                    "is_current": m.version == current,
                    "content_hash": m.content_hash,
                    "deliveries": len(m.deliveries),
                }
                for m in found
            ]
        )
        return
    print_table(
        "versions",
        [("", "left"), ("version", "left"), ("date", "left"), ("published", "left"), ("files", "right")],
        [["→" if m.version == current else "", m.version, f"{m.reporting_date}", m.published_at, f"{len(m.deliveries):,}"] for m in found],
    )


@versions.command("rollback")
def rollback_command(
    version: Annotated[str, typer.Argument(help="A version of `versions list`.")], home: HomeOption = DEFAULT_HOME
) -> None:
    """Let readers see a kept version again; nothing is deleted."""
    place = open_home(home)
    with batch_lock(place.entity):
        manifest = publication.roll_back(place.versions, version)
    console.print(f"readers now see version {manifest.version} of {manifest.reporting_date}")


@versions.command("prune")
def prune_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Remove versions outside the retention and parts that no kept version names."""
    place = open_home(home)
    with batch_lock(place.entity):
        removed = publication.prune(
            place.versions, place.parts, recent=place.recent_versions, month_ends=place.month_ends, held=place.held_versions
        )
    if as_json:
        print_json({"removed": list(removed)})
    else:
        console.print(f"{len(removed)} versions removed")
