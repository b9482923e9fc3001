"""Circles that a batch suggests of the reader's version: their members, and what the search rested on. No library is asked here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maisui.answers.circle_members import SUGGESTED, CircleKind, FoundMembers
from maisui.models.circles import read_circles
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The suggestions of one version: members by kind, and the facts of the search (ties by kind, settings, modularity)."""

    members: dict[CircleKind, FoundMembers]
    facts: dict[str, Any]


def suggestions(reader: Reader, home: Path) -> Suggestions | None:
    """Return what a batch suggests for the reader's version; None where it was not run."""
    found = read_circles(home, reader.manifest.version)
    if found is None:
        return None
    rows = found.rows.to_pylist()
    members: dict[CircleKind, FoundMembers] = {}
    for kind in SUGGESTED:
        of = [row for row in rows if row["kind"] == kind]
        members[kind] = FoundMembers(
            tuple(row["circle_code"] for row in of),
            tuple(row["customer_number"] for row in of),
            tuple(row["is_first"] for row in of),
            tuple(row["role"] for row in of),
            tuple(row["evidence"] for row in of),
            tuple(f"{row['amount']}" for row in of),
        )
    return Suggestions(members, found.facts)


def visit_days(reader: Reader, day: date) -> int:
    """Return for how many days a visit counts: the parameter `circle.visit_days` in force on a day."""
    ((days,),) = reader.rows(
        "SELECT CAST(number_value AS BIGINT) FROM parameter WHERE parameter_code = 'circle.visit_days' AND valid_from <= ? "
        "AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    return days
