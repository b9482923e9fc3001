"""The bank's tree of organisations and who works in it, as the published version knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class OrganisationNode:
    """One organisation in the tree; `depth` counts from the top, `parent_code` is None there."""

    code: str
    name: str
    kind: str
    parent_code: str | None
    depth: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Employment:
    """Where an employee was last reported to work, and whether he still does."""

    organisation_code: str
    employee_name: str
    post_name: str
    is_on_duty: bool
    reported_on: date


def organisation_tree(reader: Reader) -> tuple[OrganisationNode, ...]:
    """Return every organisation in tree order: a parent, then what lies below it, siblings by code."""
    rows = reader.rows(
        "SELECT organisation_code, coalesce(organisation_name, organisation_code), organisation_kind, parent_code, is_open "
        "FROM organisation ORDER BY organisation_code"
    )
    known = {row[0] for row in rows}
    below: dict[str | None, list[tuple[str, str, str, str | None, bool]]] = {}
    for code, name, kind, parent, is_open in rows:
        below.setdefault(parent if parent in known else None, []).append((code, name, kind, parent, is_open))
    found: list[OrganisationNode] = []
    waiting = [(row, 0) for row in reversed(below.get(None, []))]
    while waiting:
        (code, name, kind, parent, is_open), depth = waiting.pop()
        found.append(OrganisationNode(code, name, kind, parent if parent in known else None, depth, is_open))
        waiting.extend((row, depth + 1) for row in reversed(below.get(code, [])))
    return tuple(found)


def successions(reader: Reader) -> dict[str, tuple[date, str]]:
    """Return for each closed organisation that another one took over when it closed and who holds its business today."""
    rows = reader.rows("SELECT organisation_code, closed_on, current_successor_code FROM organisation_succession")
    return {code: (closed_on, successor) for code, closed_on, successor in rows}


def organisations_below(reader: Reader, organisation: str | None) -> frozenset[str] | None:
    """Return the organisations at or below one, by the same table by which figures are cut; None is the whole bank."""
    if organisation is None:
        return None
    rows = reader.rows("SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?", [organisation])
    return frozenset(code for (code,) in rows)


def outlet_grades(reader: Reader) -> dict[str, str]:
    """Return the grade that the bank last gave to each outlet, in its own words."""
    rows = reader.rows(
        "SELECT organisation_code, grade_code FROM outlet_profile_snapshot WHERE grade_code IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY reported_on DESC) = 1"
    )
    return dict(rows)


def outlet_positions(reader: Reader) -> dict[str, tuple[Decimal, Decimal]]:
    """Return latitude and longitude of each outlet in degrees, as the bank last gave them; outlets without a position are left out."""
    rows = reader.rows(
        "SELECT organisation_code, latitude, longitude FROM outlet_profile_snapshot WHERE latitude IS NOT NULL AND longitude IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY reported_on DESC) = 1"
    )
    return {code: (Decimal(latitude), Decimal(longitude)) for code, latitude, longitude in rows}


def employments(reader: Reader, day: date | None = None) -> dict[str, Employment]:
    """Return each employee's last report under his number; with `day` the last one until then, else the first one after it."""
    as_of = day or date.max
    rows = reader.rows(
        "SELECT employee_number, organisation_code, coalesce(employee_name, ''), coalesce(post_name, ''), is_on_duty, reported_on "
        "FROM employee_snapshot QUALIFY row_number() OVER (PARTITION BY employee_number "
        "ORDER BY reported_on > ?, abs(date_diff('day', reported_on, ?)), organisation_code) = 1",
        [as_of, as_of],
    )
    return {row[0]: Employment(*row[1:]) for row in rows}
