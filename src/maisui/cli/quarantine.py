"""`maisui quarantine`: rows that failed a check, seen and released."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.errors import QuestionError
from maisui.intake import Receipt, quarantined_rows, receipts, release
from maisui.sources.of_home import load_sources
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.lock import batch_lock

quarantine = typer.Typer(help="Rows kept back because they failed a check: list, show, release.", no_args_is_help=True)


@quarantine.command("list")
def list_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """List the files that have quarantined rows."""
    every = _receipts(open_home(home))
    found = [r for r in every if r.quarantined and not r.superseded]
    released = Counter(r.release["of"] for r in every if r.kind == "release")
    if as_json:
        print_json(
            [
                {
                    "file_id": r.file_id,
                    "file": r.file_name,
                    "business_date": r.business_date,
                    "rows": r.line_count,
                    "quarantined": r.quarantined,
                    "released": released[r.file_id],
                }
                for r in found
            ]
        )
        return
    print_table(
        f"{sum(r.quarantined for r in found):,} quarantined rows, {sum(released[r.file_id] for r in found):,} of them released",
        [("file id", "left"), ("file", "left"), ("date", "left"), ("rows", "right"), ("quarantined", "right"), ("released", "right")],
        [
            [r.file_id, r.file_name, f"{r.business_date}", f"{r.line_count:,}", f"{r.quarantined:,}", f"{released[r.file_id]:,}"]
            for r in found
        ],
    )


@quarantine.command("show")
def show_command(
    file_id: Annotated[str, typer.Argument(help="A file id of `quarantine list`.")],
    raw: Annotated[bool, typer.Option("--raw", help="Show the raw lines too; they may hold customers' values.")] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show the quarantined rows of a file: line number and reason."""
    place = open_home(home)
    _receipt(place, file_id)
    rows = quarantined_rows(raw=place.raw, file_id=file_id)
    if as_json:
        print_json([{"line": r.line, "reason": r.reason} | ({"raw_line": r.raw_line} if raw else {}) for r in rows])
        return
    headings = [("line", "right"), ("reason", "left")] + ([("raw line", "left")] if raw else [])
    print_table(f"{len(rows):,} quarantined rows", headings, [[f"{r.line:,}", r.reason] + ([r.raw_line] if raw else []) for r in rows])


@quarantine.command("release")
def release_command(
    file_id: Annotated[str, typer.Argument(help="A file id of `quarantine list`.")],
    line: Annotated[int, typer.Argument(help="The line number to release.")],
    operator: Annotated[str, typer.Option("--by", help="Who releases it; recorded.")],
    corrected: Annotated[
        str | None, typer.Option("--corrected", help="The whole corrected raw line; the original line by default.")
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Land one quarantined row after its contract was mended or the line corrected; effective with the next run."""
    place = open_home(home)
    with batch_lock(place.entity):
        receipt = _receipt(place, file_id)
        source = next(source for source in load_sources(place) if source.code == receipt.source)
        released = release(
            raw=place.raw, source=source, file_id=file_id, line=line, corrected=corrected, operator=operator, at=datetime.now(UTC)
        )
    console.print(f"line {line} of {receipt.file_name} is released as {released.file_id}; run the batch to publish it", highlight=False)


def _receipts(place: Home) -> tuple[Receipt, ...]:
    return receipts(raw=place.raw) if place.raw.exists() else ()


def _receipt(place: Home, file_id: str) -> Receipt:
    for receipt in _receipts(place):
        if receipt.file_id == file_id:
            return receipt
    raise QuestionError("there is no delivery with that file id", where=str(place.raw), next_step="take one of `maisui quarantine list`")
