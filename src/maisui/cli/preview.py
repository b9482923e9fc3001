"""`maisui preview`: what the last month would have been with one more delivered file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table, shown, shown_change
from maisui.cli.progress import Bars
from maisui.cli.stopping import stops_soon
from maisui.pipeline.delivery_preview import preview_delivery
from maisui.pipeline.preview import Preview
from maisui.warehouse.home import open_home


def preview_command(
    file: Annotated[Path, typer.Argument(help="The file, named as it would lie in the inbox.", exists=True, dir_okay=False)],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Tell what the last whole month would have been with one more delivered file; nothing is kept or published."""
    with Bars() as bars, stops_soon():
        found = preview_delivery(open_home(home), file, progress=bars.report)
    print_preview(found, as_json=as_json)


def print_preview(found: Preview, *, as_json: bool) -> None:
    """Print a preview, as a table or as JSON."""
    if as_json:
        print_json(preview_json(found))
    else:
        _print_table(found)


def preview_json(found: Preview) -> dict[str, Any]:
    """Return a preview as plain values; a figure that does not exist is null."""
    return {
        "version": found.version,
        "date": found.day,
        "held_from": found.held_from,
        "metrics": [metric.code for metric in found.metrics],
        "moved": [
            {
                "metric": moved.metric.code,
                "organisation": moved.organisation or None,
                "organisation_name": moved.organisation_name,
                "before": moved.before,
                "after": moved.after,
            }
            for moved in found.moved
        ],
        "labels": [
            {
                "label": one.label_code,
                "gained_count": one.gained_count,
                "lost_count": one.lost_count,
                "gained": list(one.gained),
                "lost": list(one.lost),
            }
            for one in found.labels
        ],
    }


def _print_table(found: Preview) -> None:
    rows: list[list[str]] = []
    for moved in found.moved:
        unit, place = moved.metric.unit, f"{moved.organisation} {moved.organisation_name}".strip() or "whole bank"
        change = None if moved.before is None or moved.after is None else moved.after - moved.before
        rows.append([moved.metric.code, place, shown(moved.before, unit), shown(moved.after, unit), shown_change(change, unit)])
    title = f"month to {found.day}" + (f" as if it had held from {found.held_from}" if found.held_from <= found.day else "")
    print_table(
        title, [("metric", "left"), ("organisation", "left"), ("published", "right"), ("with it", "right"), ("change", "right")], rows
    )
    if not rows and found.held_from > found.day:
        console.print(f"no telling: it holds from {found.held_from} on, after that month, which it could not have changed", highlight=False)
    elif not rows:
        console.print("no figure of that month changes")
    for one in found.labels:
        console.print(
            f"label {one.label_code}: {one.gained_count} customers would gain it, {one.lost_count} would lose it", highlight=False
        )
    console.print(f"version {found.version}; {len(found.metrics)} metrics rest on it", style="dim")
