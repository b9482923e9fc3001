"""What stands at the parameter desk: every parameter with its family, its meaning and all its lines, and how an approved one is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from maisui.answers.own_lines import OwnLineEffect, Stated, own_line_effect, used_twice
from maisui.parameters import (
    FAMILIES,
    OWN_LINE,
    OWN_LINE_NAME,
    ApprovedLine,
    Family,
    LineFault,
    Origin,
    StatedLine,
    ValueKind,
    approved_file,
    column_of,
    fault_of,
    member_of,
    product_lines,
    stated_lines_of,
    write_approved,
)
from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of a parameter; `is_replaced` tells that another line of the same day stands in its place."""

    valid_from: date
    value: str
    origin: Origin
    is_replaced: bool
    proposed_by: str
    approved_by: str
    reason: str
    file: str


@dataclass(frozen=True, slots=True)
class DeskParameter:
    """One parameter with every line ever stated, oldest day first; of one day the line that stands comes last."""

    code: str
    family: Family
    meaning_zh: str
    meaning_en: str
    kind: ValueKind
    is_for_whole_history: bool
    lines: tuple[HistoryLine, ...]

    @property
    def standing(self) -> tuple[HistoryLine, ...]:
        """Return the lines that count, oldest first."""
        return tuple(line for line in self.lines if not line.is_replaced)

    def in_force(self, day: date) -> HistoryLine | None:
        """Return the line that holds on `day`."""
        return next((line for line in reversed(self.standing) if line.valid_from <= day), None)

    def next_after(self, day: date) -> HistoryLine | None:
        """Return the first line that begins after `day`."""
        return next((line for line in self.standing if line.valid_from > day), None)


@dataclass(frozen=True, slots=True)
class OpenFamily:
    """Codes a bank may add: how they begin, and what follows."""

    beginning: str
    meaning_zh: str
    meaning_en: str


def desk_parameters(home: Home) -> tuple[DeskParameter, ...]:
    """Return every parameter in the order of families and codes, as bank.toml and the approved lines of the home stand now.

    Raises:
        HomeError: when a line of bank.toml or an approved one is not understood.
    """
    by_code: dict[str, list[StatedLine]] = {}
    for stated in stated_lines_of(open_home(home.path)):
        by_code.setdefault(stated.line.code, []).append(stated)
    found: list[DeskParameter] = []
    for family in FAMILIES:
        for member in family.members:
            for code in sorted(code for code in by_code if member.holds(code)):
                zh, en = parameter_meaning(code)
                lines = _history(by_code[code])
                found.append(DeskParameter(code, family, zh, en, member.kind, member.is_for_whole_history, lines))
    return tuple(found)


def open_families() -> tuple[OpenFamily, ...]:
    """Return the families to which a bank may add codes."""
    return tuple(
        OpenFamily(member.code, member.meaning_zh.format("…"), member.meaning_en.format("…"))
        for family in FAMILIES
        for member in family.members
        if member.is_open
    )


def parameter_meaning(code: str) -> tuple[str, str]:
    """Return what `code` means in both languages; the code itself where no family takes it any more."""
    entry = next((entry for entry in product_lines() if entry["code"] == code), None)
    if entry is not None:
        return entry["meaning_zh"], entry["meaning_en"]
    found = member_of(code)
    if found is None or not found[1].is_open:
        return code, code
    rest = code.removeprefix(found[1].code)
    return found[1].meaning_zh.format(rest), found[1].meaning_en.format(rest)


def parameter_fault(code: str, valid_from: date | None, value: str) -> LineFault | None:
    """Return what is wrong with a line as bank.toml would state it; None where it may stand."""
    return fault_of({"code": code, "valid_from": valid_from, column_of(code): value})


def own_line_fault(reader: Reader, home: Home, line: tuple[str, date, str], waiting: Stated = ()) -> LineFault | None:
    """Return which subjects of a ledger line of the bank's own another line uses already; None where it may stand, or is no such line.

    A line is its code, first day and value. It is held against those that stand in the home, and against `waiting`, taken as approved.
    """
    code, valid_from, _ = line
    if not code.startswith(OWN_LINE):
        return None
    note = used_twice(reader, (*_own_standing(home), *waiting, line), code, valid_from)
    return LineFault("value", note.zh, note.en) if note else None


def own_line_preview(reader: Reader, home: Home, line: tuple[str, date, str]) -> OwnLineEffect | None:
    """Return what a ledger line of the bank's own would make of the last ledger day; None for another line, or without a ledger."""
    return own_line_effect(reader, _own_standing(home), line) if line[0].startswith(OWN_LINE) else None


def _own_standing(home: Home) -> Stated:
    """Return the formulas and names of the bank's own lines as they stand in the home."""
    every = desk_parameters(home)
    return [
        (one.code, day.valid_from, day.value) for one in every if one.code.startswith((OWN_LINE, OWN_LINE_NAME)) for day in one.standing
    ]


def is_for_whole_history(code: str) -> bool:
    """Return whether a line of `code` counts for every month of the next version, whatever its day."""
    found = member_of(code)
    return found is not None and found[1].is_for_whole_history


def approved_parameter_file(number: int, approved_at: datetime) -> str:
    """Return the name of the file of proposal `number`."""
    return approved_file(number, approved_at)


def deliver_parameter(home: Home, name: str, line: ApprovedLine) -> None:
    """Write an approved line into the home, where every batch reads it.

    Raises:
        StorageError: when the folder cannot be written.
    """
    write_approved(home.approved_parameters, name, line)


def published_lines(reader: Reader) -> frozenset[tuple[str, date, str]]:
    """Return the lines with which a version was made: code, day, value; numbers as `plain_value` writes them."""
    rows = reader.rows("SELECT parameter_code, valid_from, coalesce(text_value, CAST(number_value AS VARCHAR)) FROM parameter")
    return frozenset((code, day, plain_value(code, value)) for code, day, value in rows)


def plain_value(code: str, value: str) -> str:
    """Return a value without the zeros that do not change it: 0.250 and 0.25 are one number."""
    if column_of(code) == "text":
        return value
    number = Decimal(value)
    return f"{number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize():f}"


def _history(stated: list[StatedLine]) -> tuple[HistoryLine, ...]:
    last = {one.line.valid_from: place for place, one in enumerate(stated)}
    ordered = sorted(enumerate(stated), key=lambda pair: (pair[1].line.valid_from, pair[0]))
    return tuple(
        HistoryLine(
            valid_from=one.line.valid_from,
            value=one.line.value,
            origin=one.origin,
            is_replaced=last[one.line.valid_from] != place,
            proposed_by=one.proposed_by,
            approved_by=one.approved_by,
            reason=one.reason,
            file=one.file,
        )
        for place, one in ordered
    )
