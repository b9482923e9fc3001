"""Lines that a bank defines for itself in `ledger_lines.toml`: which subjects stand on them, on which side, from when to when."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers.ledger import NIL, OFF_BALANCE, LedgerQuestion, LedgerSubject, balances_on, ledger_frame, ledger_subjects
from maisui.answers.ledger_subject import leaves_below
from maisui.answers.statement_lines import CHECK, LINE, LINE_NAMES, SUBJECT, TOTAL
from maisui.answers.statements import Amounts, Statement, StatementColumn, StatementLine
from maisui.errors import HomeError, QuestionError, collect
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader

_FILE = "ledger_lines.toml"
_SETTINGS = {"code", "name_zh", "name_en", "subjects", "side", "valid_from", "valid_until"}


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line of the bank's own: its subjects with all below them, the side on which it is positive, the days it holds."""

    code: str
    name_zh: str
    name_en: str
    subjects: tuple[str, ...]
    side: str
    valid_from: date
    valid_until: date | None


def own_lines(home: Home) -> tuple[OwnLine, ...]:
    """Return the lines of the home's file in its order; none where there is no file.

    Raises:
        HomeError: listing every line that is not understood.
    """
    path = home.ledger_lines
    if not path.exists():
        return ()
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("line", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        told = f"{_FILE} cannot be read" if isinstance(error, OSError) else f"{_FILE} is not TOML"
        raise HomeError(told, where=str(path), next_step="correct the file; see the guide “read the ledger”") from error
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise HomeError(f"{_FILE} has no list of lines", where=str(path), next_step="write [[line]] above each line, in double brackets")
    faults: list[str] = []
    found = [line for number, entry in enumerate(entries, 1) if (line := _line(number, entry, faults)) is not None]
    codes = [line.code for line in found]
    faults += [f"the code {code!r} stands twice" for code in sorted({code for code in codes if codes.count(code) > 1})]
    collect(HomeError, faults, where=str(path), next_step="correct the lines; see the guide “read the ledger”")
    return tuple(found)


def _line(number: int, entry: Mapping[str, Any], faults: list[str]) -> OwnLine | None:
    told, before = f"line {number}", len(faults)
    unknown = sorted(set(entry) - _SETTINGS)
    subjects, start, end = entry.get("subjects"), entry.get("valid_from", date(1900, 1, 1)), entry.get("valid_until")
    if unknown:
        faults.append(f"{told}: unknown setting {', '.join(unknown)}")
    if not all(isinstance(entry.get(name), str) and entry[name] for name in ("code", "name_zh", "name_en")):
        faults.append(f"{told}: code, name_zh and name_en must be texts")
    if not isinstance(subjects, list) or not subjects or not all(isinstance(one, str) for one in subjects):
        faults.append(f"{told}: subjects must be a list of subject codes")
    if entry.get("side") not in ("debit", "credit"):
        faults.append(f"{told}: side must be debit or credit")
    if type(start) is not date or not (end is None or type(end) is date):
        faults.append(f"{told}: valid_from and valid_until must be dates such as 2026-01-01")
    if len(faults) > before:
        return None
    return OwnLine(entry["code"], entry["name_zh"], entry["name_en"], tuple(entry["subjects"]), entry["side"], start, end)


def own_statement(reader: Reader, home: Home, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
    """Return the bank's own lines at the question's day and at each of `days`, by the lines that hold on the question's day.

    Every subject counts once: one that two lines name is a fault, one that none names stands by itself. The check is the sum of
    everything on the balance sheet, debit less credit: nought for a ledger that balances. Off-balance subjects that no line names
    stand after it, as on the balance sheet.

    Raises:
        QuestionError: when the bank has no lines, two lines name a subject, or as `ledger_frame` does.
        HomeError: when a line of the file is not understood.
    """
    frame = ledger_frame(reader, question)
    held = [line for line in own_lines(home) if _holds(line, frame.window.day)]
    if not held:
        raise QuestionError("the bank has defined no lines of its own", where=_FILE, next_step="write the file into the bank's home folder")
    subjects = ledger_subjects(reader)
    columns = tuple(StatementColumn(day, frame.day_before(day)) for day in (frame.window.day, *days))
    found = balances_on(reader, frame, [column.ledger_day for column in columns if column.ledger_day is not None])
    balances = [None if column.ledger_day is None else found[column.ledger_day] for column in columns]
    lines: list[StatementLine] = []
    placed = _placed(held, subjects)
    for line in held:
        own = [subject for code, subject in subjects.items() if placed.get(code) == line.code]
        lines += _with_subjects(line.code, (line.name_zh, line.name_en), own, balances, -1 if line.side == "credit" else 1)
    total = _sums(lines, len(columns), {line.code for line in held if line.side == "debit"})
    lines.append(StatementLine(TOTAL, "own_total", 0, total, *LINE_NAMES["own_total"]))
    off_balance = {code for code, subject in subjects.items() if subject.statement == OFF_BALANCE}
    alone = [subject for code, subject in subjects.items() if code not in placed]
    booked = [subject for subject in alone if subject.code not in off_balance]
    lines += _with_subjects("unlisted", LINE_NAMES["unlisted"], booked, balances, 1, is_unmapped=True)
    every = tuple(
        None if column is None else sum((amount for code, amount in column.items() if code not in off_balance), NIL) for column in balances
    )
    lines.append(StatementLine(CHECK, "imbalance", 0, every, *LINE_NAMES["imbalance"]))
    beside = [subject for subject in alone if subject.code in off_balance]
    if beside:
        lines += _with_subjects(OFF_BALANCE, LINE_NAMES[OFF_BALANCE], beside, balances, 1)
    return Statement("own", frame, columns, tuple(lines), "own_total", frame.notes)


def _holds(line: OwnLine, day: date) -> bool:
    return line.valid_from <= day and (line.valid_until is None or line.valid_until > day)


def _placed(lines: Sequence[OwnLine], subjects: Mapping[str, LedgerSubject]) -> dict[str, str]:
    """Return the line of every subject that a line names, at or above it.

    Raises:
        QuestionError: when two lines name the same subject, or a line one that does not exist.
    """
    found: dict[str, str] = {}
    faults: list[str] = []
    for line in lines:
        for top in line.subjects:
            if top not in subjects:
                faults.append(f"{line.code}: there is no subject {top}")
                continue
            twice = [code for code in leaves_below(subjects, subjects[top]) if code in found]
            faults += [f"{line.code}: {code} stands on {found[code]} already" for code in twice]
            found |= dict.fromkeys((code for code in leaves_below(subjects, subjects[top]) if code not in found), line.code)
    if faults:
        raise QuestionError("; ".join(faults), where=_FILE, next_step="let every subject stand on one line")
    return found


def _with_subjects(
    code: str,
    names: tuple[str, str],
    own: Sequence[LedgerSubject],
    balances: Sequence[Mapping[str, Decimal] | None],
    sign: int,
    *,
    is_unmapped: bool = False,
) -> list[StatementLine]:
    """Return a line followed by its subjects that hold something."""
    rows: list[StatementLine] = []
    for subject in own:
        amounts = tuple(None if column is None else sign * column.get(subject.code, NIL) for column in balances)
        if any(amounts):
            rows.append(StatementLine(SUBJECT, subject.code, 2, amounts, subject.name, subject.name, code, is_unmapped))
    total = tuple(
        None if column is None else sum((row.amounts[place] or NIL for row in rows), NIL) for place, column in enumerate(balances)
    )
    return [StatementLine(LINE, code, 1, total, *names), *rows]


def _sums(lines: Sequence[StatementLine], width: int, codes: set[str]) -> Amounts:
    """Return the sum of the lines called `codes` in each column."""
    own = [line for line in lines if line.kind == LINE and line.code in codes]
    return tuple(
        None if any(line.amounts[place] is None for line in own) else sum((line.amounts[place] or NIL for line in own), NIL)
        for place in range(width)
    )
