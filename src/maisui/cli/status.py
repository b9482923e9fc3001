"""`maisui status`: what is published, what was delivered, what ties."""

from __future__ import annotations

from typing import Any

from maisui.answers.status import Status, status
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.warehouse.home import open_home


def status_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Show the published version, the deliveries it rests on, tie-outs and quarantine."""
    found = status(open_home(home))
    if as_json:
        print_json(status_json(found))
    else:
        _print(found)


def status_json(found: Status) -> dict[str, Any]:
    """Return the state of a home as plain values."""
    manifest = found.manifest
    return {
        "version": manifest.version if manifest else None,
        "date": manifest.reporting_date if manifest else None,
        "published_at": manifest.published_at if manifest else None,
        "first_date": manifest.first_date if manifest else None,
        "last_delivery_on": manifest.last_delivery_on if manifest else None,
        "code_version": manifest.code_version if manifest else None,
        "parameter_version": manifest.parameter_version if manifest else None,
        "content_hash": manifest.content_hash if manifest else None,
        "deliveries": [
            {
                "file": r.file_name,
                "file_id": r.file_id,
                "source": r.source,
                "feed": r.feed,
                "business_date": r.business_date,
                "kind": r.kind,
                "rows": r.line_count,
                "loaded": r.loaded,
                "quarantined": r.quarantined,
                "duplicate": r.duplicate,
                "encoding": r.encoding,
                "supersedes": r.supersedes,
                "superseded": r.superseded,
                "is_used": bool(manifest and r.file_id in manifest.deliveries),
                "warnings": [{"code": w.code, "column": w.column, "count": w.count, "text": w.text} for w in r.warnings],
            }
            for r in found.deliveries
        ],
        "tie_outs": [
            {
                "code": c.code,
                "name_zh": c.name_zh,
                "name_en": c.name_en,
                "severity": c.severity,
                "checked": c.checked,
                "violations": c.violations,
                "difference": c.difference,
                "details": list(c.details),
            }
            for c in found.tie_outs
        ],
        "quarantined": sum(r.quarantined for r in found.deliveries if not r.superseded),
    }


def _print(found: Status) -> None:
    manifest = found.manifest
    if manifest is None:
        console.print("nothing has been published yet; deliver files and run `maisui run --date …`")
    else:
        console.print(f"[bold]version {manifest.version}[/bold] of {manifest.reporting_date}, published {manifest.published_at}")
        console.print(
            f"history {manifest.first_date} … {manifest.reporting_date}, last delivery {manifest.last_delivery_on}", highlight=False
        )
    feeds: dict[tuple[str, str], list[int]] = {}
    last: dict[tuple[str, str], str] = {}
    for r in found.deliveries:
        counts = feeds.setdefault((r.source, r.feed), [0, 0, 0, 0, 0])
        for position, number in enumerate((1, r.line_count, r.loaded, r.quarantined, r.duplicate)):
            counts[position] += number
        last[r.source, r.feed] = max(last.get((r.source, r.feed), ""), str(r.business_date))
    print_table(
        "deliveries",
        [
            ("source", "left"),
            ("feed", "left"),
            ("last", "left"),
            *((n, "right") for n in ("files", "rows", "loaded", "quarantined", "duplicate")),
        ],
        [[*key, last[key], *(f"{number:,}" for number in counts)] for key, counts in sorted(feeds.items())],
    )
    if found.tie_outs:
        print_table(
            "tie-outs",
            [("control", "left"), ("severity", "left"), ("compared", "right"), ("differ", "right"), ("difference", "right")],
            [
                [f"{c.name_zh} {c.name_en}", c.severity, f"{c.checked:,}", f"{c.violations:,}", c.difference if c.checked else "—"]
                for c in found.tie_outs
            ],
        )
