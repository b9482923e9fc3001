"""Which ledger subjects are held against which sub-ledger: the product's lines, and before them the bank's own, with dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect

_FILE = Path(__file__).with_name("subject_sets.toml")
_MATCHES = ("subclass", "code", "name")
_ELEMENTS = ("asset", "liability", "joint", "equity", "result", "off_balance")
_ALWAYS = date(1900, 1, 1)
NO_SET = "none"


@dataclass(frozen=True, slots=True)
class SubjectSet:
    """One control over the ledger: what stands beside its subjects, and how: by subject, by organisation, or by month as amounts."""

    code: str
    name_zh: str
    name_en: str
    by: str


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """One line that places ledger subjects in a set from a day until another (exclusive, None: open)."""

    set: str
    match: str
    pattern: str
    element: str | None = None
    valid_from: date = _ALWAYS
    valid_until: date | None = None
    is_own: bool = False


def _read() -> tuple[tuple[SubjectSet, ...], tuple[SubjectLine, ...]]:
    text = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    sets = tuple(SubjectSet(entry["code"], entry["name_zh"], entry["name_en"], entry["by"]) for entry in text["set"])
    return sets, tuple(SubjectLine(**entry) for entry in text["subject"])


SUBJECT_SETS, _DEFAULT_LINES = _read()
"""Every set, in the order in which controls are listed; and the product's lines, in the order in which they decide."""


def subject_lines(own: Sequence[Mapping[str, Any]] = ()) -> tuple[SubjectLine, ...]:
    """Return all lines in the order in which they decide: the bank's `[[control_subject]]` lines first.

    Raises:
        HomeError: listing every line that is not understood.
    """
    sets = {one.code for one in SUBJECT_SETS} | {NO_SET}
    faults: list[str] = []
    lines: list[SubjectLine] = []
    for entry in own:
        unknown = sorted(set(entry) - {"set", "match", "pattern", "element", "valid_from", "valid_until"})
        found = SubjectLine(
            str(entry.get("set", "")), str(entry.get("match", "")), str(entry.get("pattern", "")), entry.get("element"),
            entry.get("valid_from", _ALWAYS), entry.get("valid_until"), is_own=True,
        )  # fmt: skip
        told = f"control_subject {found.set!r} {found.pattern!r}"
        if unknown:
            faults.append(f"{told}: unknown setting {', '.join(unknown)}")
        if found.set not in sets:
            faults.append(f"{told}: set must be one of {', '.join(sorted(sets))}")
        if found.match not in _MATCHES:
            faults.append(f"{told}: match must be one of {', '.join(_MATCHES)}")
        if not found.pattern:
            faults.append(f"{told}: pattern must not be empty")
        if found.element is not None and found.element not in _ELEMENTS:
            faults.append(f"{told}: element must be one of {', '.join(_ELEMENTS)}")
        if type(found.valid_from) is not date or not (found.valid_until is None or type(found.valid_until) is date):
            faults.append(f"{told}: valid_from and valid_until must be dates such as 2026-01-01")
        lines.append(found)
    collect(HomeError, faults, where="bank.toml, [[control_subject]]", next_step="correct the lines, then run `maisui check`")
    return (*lines, *_DEFAULT_LINES)


def subject_lines_query(lines: Sequence[SubjectLine]) -> str:
    """Return a SELECT of all lines with the columns of the table `control_subject`."""
    return "\nUNION ALL\n".join(
        f"SELECT {position} AS line_number, {_text(line.set)} AS control_code, "
        f"{_text(line.match)} AS match_by, {_text(line.pattern)} AS pattern, "
        f"{_text(line.element)} AS element_code, DATE '{line.valid_from}' AS valid_from, {_date(line.valid_until)} AS valid_until, "
        f"{str(line.is_own).lower()} AS is_own"
        for position, line in enumerate(lines, start=1)
    )


def _date(value: date | None) -> str:
    return "CAST(NULL AS DATE)" if value is None else f"DATE '{value}'"


def _text(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + value.replace("'", "''") + "'"
