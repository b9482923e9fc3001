"""How the command line tells the state of a union: each member's version, and what ties between them."""

from __future__ import annotations

from typing import Any

from maisui.cli.output import console, control_line, print_table
from maisui.warehouse.version import Manifest, MemberVersion


def union_json(manifest: Manifest) -> dict[str, Any]:
    """Return a union's version as plain values."""
    return {
        "version": manifest.version,
        "date": manifest.reporting_date,
        "published_at": manifest.published_at,
        "first_date": manifest.first_date,
        "content_hash": manifest.content_hash,
        "members": [
            {
                "code": m.code,
                "name_zh": m.name_zh,
                "name_en": m.name_en,
                "kind": m.kind,
                "state": state_of(m, manifest),
                "reason": m.reason,
                "version": m.version or None,
                "date": m.reporting_date,
                "first_date": m.first_date,
                "last_delivery_on": m.last_delivery_on,
                "published_at": m.published_at or None,
                "tie_outs_differing": [c.code for c in m.controls if c.violations],
            }
            for m in manifest.members
        ],
        "tie_outs": [
            {
                "code": c.code,
                "name_zh": c.name_zh,
                "name_en": c.name_en,
                "checked": c.checked,
                "violations": c.violations,
                "difference": c.difference,
                "details": list(c.details),
            }
            for c in manifest.controls
        ],
    }


def state_of(member: MemberVersion, manifest: Manifest) -> str:
    """Return whether a member is in the roll-up up to its day: current, late or missing."""
    if member.is_missing:
        return "missing"
    return "late" if member.is_late(manifest.reporting_date) else "current"


def print_union(manifest: Manifest, *, was_published_before: bool | None = None) -> None:
    """Print a union's version: its members with their state, what ties between them, and every difference by its place."""
    state = "" if was_published_before is None else " was already published" if was_published_before else " is published"
    console.print(f"[bold]version {manifest.version}{state}[/bold]  {manifest.first_date} … {manifest.reporting_date}", highlight=False)
    headings = [("member", "left"), ("", "left"), ("state", "left"), ("up to", "left"), ("version", "left"), ("tie-outs", "left")]
    lines = [
        [m.code, m.name_zh, state_of(m, manifest), f"{m.reporting_date or '—'}", m.version or m.reason, _ties(m)] for m in manifest.members
    ]
    print_table("members", headings, lines)
    for control in manifest.controls:
        console.print(control_line(control), highlight=False)
        for detail in control.details[:5]:
            console.print("    " + "  ".join(f"{name} {value}" for name, value in detail.items()), highlight=False)


def _ties(member: MemberVersion) -> str:
    if member.is_missing:
        return "—"
    differing = [control.code for control in member.controls if control.violations]
    return ", ".join(differing) if differing else "all tie"
