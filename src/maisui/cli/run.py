"""`maisui run`: one batch."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from maisui.cli.models import print_run, score_by_every_model
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption, parse_day
from maisui.cli.output import console, control_line, print_json
from maisui.cli.progress import Bars
from maisui.cli.stopping import stops_soon
from maisui.cli.union import print_union, union_json
from maisui.pipeline.batch import BatchResult, run_batch
from maisui.pipeline.union_batch import run_union
from maisui.warehouse.home import open_home


def run_command(
    date: Annotated[str, typer.Option("--date", help="Reporting day, YYYY-MM-DD: everything delivered up to it is used.")],
    engine: Annotated[str, typer.Option("--engine", help="duckdb (embedded) or spark.")] = "duckdb",
    from_the_start: Annotated[
        bool,
        typer.Option("--from-the-start", help="Compute every month again instead of taking settled ones over; the version is the same."),
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Check, integrate and publish what was delivered; on any failure the last published version stays up.

    Then models and rules speak of the new version; what fails there is a note and touches no publication.

    In the home of a union: roll up the published versions of its members.
    """
    day = parse_day(date)
    assert day is not None
    place = open_home(home)
    if place.is_union:
        with Bars() as bars, stops_soon():
            rolled = run_union(place, reporting_date=day, now=datetime.now(UTC), progress=bars.report)
        if as_json:
            print_json(union_json(rolled.manifest) | {"was_published_before": rolled.was_published_before})
        else:
            print_union(rolled.manifest, was_published_before=rolled.was_published_before)
        return
    with Bars() as bars, stops_soon():
        result = run_batch(
            place,
            reporting_date=day,
            now=datetime.now(UTC),
            engine_name=engine,
            progress=bars.report,
            from_the_start=from_the_start,
        )
    scored = score_by_every_model(place, datetime.now(UTC)) if place.models else None
    if as_json:
        failed = [{"model": line.code, "what": line.what, "next": line.next_step} for line in scored.failed] if scored else []
        print_json(result_json(result) | {"models_failed": failed})
        return
    print_result(result)
    if scored is not None:
        print_run(scored)


def result_json(result: BatchResult) -> dict[str, Any]:
    """Return what a batch did as plain values."""
    receipts = [receipt for intake in result.intakes for receipt in intake.receipts]
    return {
        "version": result.manifest.version,
        "date": result.manifest.reporting_date,
        "content_hash": result.manifest.content_hash,
        "was_published_before": result.was_published_before,
        "deliveries": len(receipts),
        "rows": sum(receipt.line_count for receipt in receipts),
        "loaded": sum(receipt.loaded for receipt in receipts),
        "quarantined": sum(receipt.quarantined for receipt in receipts),
        "duplicate": sum(receipt.duplicate for receipt in receipts),
        "unrecognised": [name for intake in result.intakes for name in intake.unrecognised],
        "notes": list(result.notes),
        "tie_outs": [
            {"code": c.code, "checked": c.checked, "violations": c.violations, "difference": c.difference} for c in result.manifest.controls
        ],
    }


def print_result(result: BatchResult) -> None:
    """Print what a batch did: the version, the rows, what does not tie, what is missing."""
    facts = result_json(result)
    state = "was already published" if result.was_published_before else "is published"
    console.print(f"[bold]version {facts['version']} {state}[/bold]")
    console.print(
        f"{facts['deliveries']:,} files: {facts['rows']:,} rows = {facts['loaded']:,} loaded + {facts['quarantined']:,} quarantined"
        f" + {facts['duplicate']:,} duplicate",
        highlight=False,
    )
    for control in result.manifest.controls:
        console.print(control_line(control), highlight=False)
    for note in result.notes:
        console.print(f"note: {note}", highlight=False)
    for name in facts["unrecognised"]:
        console.print(f"note: {name} is not a file of any feed and was left alone", highlight=False)
