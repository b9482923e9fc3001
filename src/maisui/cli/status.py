"""`maisui status`: what is published, what was delivered, what ties."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from maisui.answers.status import Status, status
from maisui.answers.tie_outs import TieDay
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json, print_table
from maisui.cli.union import print_union, union_json
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.version import Control, current_version, read_manifest

_PLACES_SHOWN, _SUBJECTS_SHOWN = 3, 20


def status_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Show the published version, the deliveries it rests on, tie-outs and quarantine."""
    place = open_home(home)
    if place.is_union:
        _show_union(place, as_json=as_json)
        return
    found = status(place)
    if as_json:
        print_json(status_json(found))
    else:
        _print(found)


def _show_union(place: Home, *, as_json: bool) -> None:
    current = current_version(place.versions)
    manifest = read_manifest(place.versions, current) if current else None
    if as_json:
        print_json(union_json(manifest) if manifest else {"version": None, "members": [], "tie_outs": []})
    elif manifest is None:
        console.print("nothing has been published yet: run `maisui run --date …` in the members' homes, then here")
    else:
        print_union(manifest)


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
                "is_kept": (r.source, r.feed) in found.unread,
                "warnings": [{"code": w.code, "column": w.column, "count": w.count, "text": w.text} for w in r.warnings],
            }
            for r in found.deliveries
        ],
        "tie_outs": [_tie_out(c) for c in found.tie_outs],
        "refused": None
        if found.refusal is None
        else {
            "date": found.refusal.reporting_date,
            "at": found.refusal.at,
            "tie_outs": [_tie_out(c) for c in found.refusal.controls],
        },
        "ledger": None if found.tie_day is None else _ledger(found.tie_day),
        "quarantined": sum(r.quarantined for r in found.deliveries if not r.superseded),
        "shrunken": [
            {"source": s.source, "feed": s.feed, "date": s.day, "loaded": s.rows, "before": s.before, "loaded_before": s.rows_before}
            for s in found.shrunken
        ],
    }


def _ledger(tied: TieDay) -> dict[str, Any]:
    loans = tied.loans
    return {
        "date": tied.day,
        "coverage": [
            {"element": one.element, "covered": one.covered, "whole": one.whole, "share": _share(one.share)} for one in tied.coverage
        ],
        "loans": None
        if loans is None
        else {
            "counted": loans.counted,
            "ledger": loans.ledger,
            "share": _share(loans.share),
            "receipts_less_accounts": loans.difference,
            "differing": loans.differing,
        },
        "uncovered": [
            {
                "subject": line.subject,
                "name": line.name,
                "element": line.element,
                "would_be_held_against": line.control,
                "currency": line.currency,
                "ledger": line.ledger,
                "share": _share(line.share),
            }
            for line in tied.uncovered
        ],
    }


def _share(share: Decimal | None) -> Decimal | None:
    return None if share is None else share.quantize(Decimal("0.0001"))


def _percent(share: Decimal | None) -> str:
    return "—" if share is None else f"{(share * 100).quantize(Decimal('0.01'))}%"


def _tie_out(control: Control) -> dict[str, Any]:
    return {
        "code": control.code,
        "name_zh": control.name_zh,
        "name_en": control.name_en,
        "severity": control.severity,
        "checked": control.checked,
        "violations": control.violations,
        "difference": control.difference,
        "tolerated": control.tolerated,
        "tolerated_difference": control.tolerated_difference,
        "tolerances": list(control.tolerances),
        "details": list(control.details),
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
        [[*key, last[key], *(f"{number:,}" for number in counts)] for key, counts in sorted(feeds.items()) if key not in found.unread],
    )
    kept = [f"{k[1]} ({n[0]:,} files, {n[1]:,} rows)" for k, n in sorted(feeds.items()) if k in found.unread]
    if kept:
        console.print(f"kept, not used (nothing reads these feeds yet): {', '.join(kept)}", highlight=False)
    _print_certificates(found)
    for one in found.shrunken:
        console.print(f"[yellow]fewer rows:[/yellow] {one.told}", highlight=False)
    if found.tie_outs:
        _print_tie_outs("tie-outs", found.tie_outs)
    if found.tie_day is not None:
        _print_ledger(found.tie_day)
    if found.refusal is not None:
        console.print(
            f"[red]the batch of {found.refusal.reporting_date} ({found.refusal.at}) was not published:[/red] controls that stop do not tie"
        )
        _print_tie_outs("what stopped it", [c for c in found.refusal.controls if c.violations])


def _print_certificates(found: Status) -> None:
    for code, told in (
        ("genuine_certificates", "certificate numbers are not deformed"),
        ("deformed_certificates", "certificate numbers are deformed"),
    ):
        named = sorted({r.feed for r in found.deliveries if not r.superseded and r.columns_noticed(code)})
        if named:
            console.print(f"{told} in {', '.join(named)}", highlight=False)


def _print_ledger(tied: TieDay) -> None:
    told = [f"{one.element} {_percent(one.share)}" for one in tied.coverage]
    if tied.loans is not None:
        told.append(f"loans counted of the ledger's {_percent(tied.loans.share)}")
    console.print(f"ledger of {tied.day} held against accounts: {', '.join(told)}", highlight=False)
    if tied.uncovered:
        print_table(
            "ledger subjects without accounts",
            [("subject", "left"), ("element", "left"), ("currency", "left"), ("ledger", "right"), ("of its element", "right")],
            [
                [f"{line.subject} {line.name or ''}", line.element, line.currency, f"{line.ledger:,.2f}", _percent(line.share)]
                for line in tied.uncovered[:_SUBJECTS_SHOWN]
            ],
        )
    if len(tied.uncovered) > _SUBJECTS_SHOWN:
        console.print(f"… and {len(tied.uncovered) - _SUBJECTS_SHOWN} more in `maisui status --json`", highlight=False)


def _print_tie_outs(title: str, controls: Sequence[Control]) -> None:
    print_table(
        title,
        [("control", "left"), ("severity", "left"), ("compared", "right"), ("differ", "right"), ("difference", "right")],
        [
            [f"{c.name_zh} {c.name_en}", c.severity, f"{c.checked:,}", f"{c.violations:,}", c.difference if c.checked else "—"]
            for c in controls
        ],
    )
    for control in controls:
        for detail in control.details[:_PLACES_SHOWN]:
            console.print(f"! {control.code}: " + ", ".join(f"{name} {value}" for name, value in detail.items()), highlight=False)
        if control.tolerated:
            console.print(f"· {control.code}: {control.tolerated:,} differences, {control.tolerated_difference} in total", highlight=False)
            for line in control.tolerances:
                console.print(f"  {line}", highlight=False)
