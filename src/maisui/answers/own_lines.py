"""Lines that a bank defines for itself by dated parameters: formulas of subjects and of other lines, every subject used once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.ask import Note
from maisui.answers.figure import divide
from maisui.answers.ledger import (
    NIL,
    OFF_BALANCE,
    LedgerQuestion,
    LedgerSubject,
    balances_on,
    ledger_frame,
    ledger_subjects,
    translation_on,
)
from maisui.answers.ledger_subject import leaves_below
from maisui.answers.statement_lines import CHECK, LINE, LINE_NAMES, SUBJECT, TOTAL, TRANSLATION
from maisui.answers.statements import Amounts, Statement, StatementColumn, StatementLine
from maisui.errors import QuestionError
from maisui.parameters import OWN_LINE, OWN_LINE_NAME, OWN_LINE_OFF
from maisui.parameters.own_formula import CREDIT, DEBIT, Formula, FormulaTerm, parse_formula
from maisui.warehouse.reader import Reader

SHARE_DECIMALS = 6
UNLISTED, TWICE = "unlisted", "listed_twice"
MOST_NAMED = 3
"""Subjects used twice that are named; others are counted."""
Column = Mapping[str, Decimal] | None
"""The balance of each subject, debit positive; None without a ledger."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One line of the bank's own: its names, its formula as written and as understood."""

    code: str
    name_zh: str
    name_en: str
    text: str
    formula: Formula


def own_lines(reader: Reader, day: date) -> tuple[OwnLine, ...]:
    """Return the lines whose formula holds on a day, in order of their codes."""
    held = dict(
        reader.rows(
            "SELECT parameter_code, text_value FROM parameter WHERE starts_with(parameter_code, 'own_line') AND valid_from <= ? "
            "AND (valid_until IS NULL OR valid_until > ?) ORDER BY parameter_code",
            [day, day],
        )
    )
    return _understood(held)


def _understood(held: Mapping[str, str]) -> tuple[OwnLine, ...]:
    """Return the lines that codes of formulas and names with their values say, in the order of the codes."""
    found: list[OwnLine] = []
    for code, text in held.items():
        formula = parse_formula(text) if code.startswith(OWN_LINE) and text != OWN_LINE_OFF else None
        if formula is None:
            continue
        short = code.removeprefix(OWN_LINE)
        zh, _, en = held.get(f"{OWN_LINE_NAME}{short}", short).partition("|")
        found.append(OwnLine(short, zh.strip(), en.strip() or zh.strip(), text, formula))
    return tuple(found)


def has_own_lines(reader: Reader) -> bool:
    """Return whether the version knows any line of the bank's own."""
    return bool(reader.rows(f"SELECT 1 FROM parameter WHERE starts_with(parameter_code, '{OWN_LINE}') LIMIT 1"))


Stated = Sequence[tuple[str, date, str]]
"""Codes, first days and values of formulas and names; of two of one code and day the later stands."""


@dataclass(frozen=True, slots=True)
class OwnLineEffect:
    """What one line makes of a ledger day: how it stood and stands, which subjects are on no line, what is wrong with formulas."""

    day: date
    before: StatementLine | None
    after: StatementLine | None
    unlisted_before: tuple[str, ...]
    unlisted_after: tuple[str, ...]
    notes: tuple[Note, ...]


def own_line_effect(reader: Reader, standing: Stated, line: tuple[str, date, str]) -> OwnLineEffect | None:
    """Return what a line that is no more than stated would make of the last ledger day of the whole bank; None without a ledger.

    Both sides go by the lines of the day on which it begins, or of the last ledger day where it has begun before.
    """
    frame = ledger_frame(reader, LedgerQuestion())
    if frame.ledger_day is None:
        return None
    code, begins, _ = line
    on = max(begins, frame.ledger_day)
    held = [balances_on(reader, frame, [frame.ledger_day])[frame.ledger_day]]
    subjects = ledger_subjects(reader)
    (before, _), (after, notes) = (own_rows(_held_on(_by_code(stated), on), subjects, held) for stated in (standing, (*standing, line)))
    own = code.removeprefix(OWN_LINE)
    was, now = (next((row for row in rows if row.code == own and row.kind != SUBJECT), None) for rows in (before, after))
    unlisted = [tuple(row.code for row in rows if row.line == UNLISTED and row.kind == SUBJECT) for rows in (before, after)]
    return OwnLineEffect(frame.ledger_day, was, now, *unlisted, notes=tuple(notes))


def used_twice(reader: Reader, stated: Stated, code: str, valid_from: date) -> Note | None:
    """Return which subjects the formula of `code` uses that itself or another line uses, too, on the first day on which it does.

    That of `code` from `valid_from` on is among `stated`. None where every subject of it is its own for as long as it holds.
    """
    by_code = _by_code(stated)
    end = min((day for day in by_code[code] if day > valid_from), default=date.max)
    changes = {day for lines in by_code.values() for day in lines if valid_from < day < end}
    subjects = ledger_subjects(reader)
    for day in sorted({valid_from, *changes}):
        held = {line.code: line for line in _held_on(by_code, day)}
        found = _told_twice(held, subjects, code.removeprefix(OWN_LINE), day)
        if found is not None:
            return found
    return None


def _by_code(stated: Stated) -> dict[str, dict[date, str]]:
    found: dict[str, dict[date, str]] = {}
    for name, day, value in stated:
        found.setdefault(name, {})[day] = value
    return found


def _held_on(by_code: Mapping[str, Mapping[date, str]], day: date) -> tuple[OwnLine, ...]:
    """Return the lines whose formula holds on a day."""
    begun = {name: [first for first in lines if first <= day] for name, lines in sorted(by_code.items())}
    return _understood({name: by_code[name][max(days)] for name, days in begun.items() if days})


def _told_twice(held: Mapping[str, OwnLine], subjects: Mapping[str, LedgerSubject], own: str, day: date) -> Note | None:
    """Return the topmost subjects that the line `own` uses and that are used twice, each with the lines that use it; None without any."""
    users = _Reckoning(held, subjects, ()).users()
    twice = {subject: lines for (subject, _), lines in users.items() if own in lines and len(lines) > 1}
    tops = [subject for subject in subjects if subject in twice and subjects[subject].parent not in twice]
    if not tops:
        return None
    zh, en = [], []
    for top in tops[:MOST_NAMED]:
        others = [held[line] for line in sorted({*twice[top]} - {own})]
        zh.append(f"{top} {subjects[top].name}（{'、'.join(f'{line.code} {line.name_zh}' for line in others) or '本行内两次'}）")
        en.append(f"{top} {subjects[top].name} ({', '.join(f'{line.code} {line.name_en}' for line in others) or 'twice in this line'})")
    more_zh, more_en = (f" 等 {len(tops)} 个", f" and {len(tops) - MOST_NAMED} more") if len(tops) > MOST_NAMED else ("", "")
    return Note(
        f"每个科目只列入一行一次。{day} 起重复：{'；'.join(zh)}{more_zh}",
        f"every subject stands on one line, once. Used twice from {day} on: {'; '.join(en)}{more_en}",
    )


def own_statement(reader: Reader, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
    """Return the bank's own lines at the question's day and at each of `days`, by the formulas that hold on the question's day.

    Every subject is to be used once by the lines that are amounts: what is used by none, or more than once on the side on which it
    stands, is listed with its amount. The check is the sum of everything on the balance sheet, debit less credit: nought for a
    ledger that balances. Off-balance subjects that no line names stand after it, as on the balance sheet.

    Raises:
        QuestionError: when the bank has no lines on that day, or as `ledger_frame` does.
    """
    frame = ledger_frame(reader, question)
    held = own_lines(reader, frame.window.day)
    if not held:
        raise QuestionError(
            "the bank has defined no lines of its own",
            where=f"parameters {OWN_LINE}…",
            next_step="propose a formula at the parameter desk; see the guide “read the ledger”",
        )
    columns = tuple(StatementColumn(day, frame.day_before(day)) for day in (frame.window.day, *days))
    wanted = [column.ledger_day for column in columns if column.ledger_day is not None]
    found = balances_on(reader, frame, wanted)
    translated = translation_on(reader, frame, wanted, found)
    balances = [None if column.ledger_day is None else found[column.ledger_day] for column in columns]
    lines, notes = own_rows(
        held,
        ledger_subjects(reader),
        balances,
        tuple(None if column.ledger_day is None else translated[column.ledger_day] for column in columns),
    )
    return Statement("own", frame, columns, tuple(lines), "total_assets", (*frame.notes, *notes))


def own_rows(
    held: Sequence[OwnLine], subjects: Mapping[str, LedgerSubject], columns: Sequence[Column], translated: Amounts = ()
) -> tuple[list[StatementLine], list[Note]]:
    """Return the rows of the lines with their subjects, the checks below them, and what is wrong with formulas.

    `translated` is what conversion of currencies made in each column: a line of its own, and no part of the check.
    """
    reckoning = _Reckoning({line.code: line for line in held}, subjects, columns)
    rows: list[StatementLine] = []
    for line in held:
        rows += reckoning.rows(line)
    off_balance = {code for code, subject in subjects.items() if subject.statement == OFF_BALANCE}
    total = [_asset(subjects, column) for column in columns]
    rows.append(StatementLine(TOTAL, "total_assets", 0, tuple(total), *LINE_NAMES["total_assets"]))
    uses = reckoning.uses()
    rows += _listed(
        UNLISTED, [code for code in subjects if code not in off_balance], subjects, columns, lambda code, side: not uses(code, side)
    )
    rows += _listed(TWICE, list(subjects), subjects, columns, lambda code, side: uses(code, side) > 1)
    every = tuple(
        None if column is None else sum((amount for code, amount in column.items() if code not in off_balance), NIL) for column in columns
    )
    if any(translated):
        rows.append(StatementLine(LINE, TRANSLATION, 1, translated, *LINE_NAMES[TRANSLATION]))
        every = tuple(None if a is None or b is None else a - b for a, b in zip(every, translated, strict=True))
    rows.append(StatementLine(CHECK, "imbalance", 0, every, *LINE_NAMES["imbalance"]))
    beside = _listed(OFF_BALANCE, sorted(off_balance), subjects, columns, lambda code, side: not uses(code, side), is_unmapped=False)
    if len(beside) > 1:
        rows += beside
    return rows, reckoning.notes()


class _Reckoning:
    """Lines worked out: a line that rests on itself, or on one that does not exist, has no amounts and is told of."""

    def __init__(self, lines: Mapping[str, OwnLine], subjects: Mapping[str, LedgerSubject], columns: Sequence[Column]) -> None:
        self._lines, self._subjects, self._columns = lines, subjects, columns
        self._known: dict[str, Amounts] = {}
        self._open: list[str] = []
        self._faults: dict[str, Note] = {}

    def rows(self, line: OwnLine) -> list[StatementLine]:
        """Return a line followed by the subjects that its amounts are made of."""
        formula = line.formula
        kind = TOTAL if formula.is_of_lines_only and not formula.is_quotient else LINE
        level = 0 if kind == TOTAL else 1
        names = (line.name_zh, line.name_en)
        head = StatementLine(kind, line.code, level, self._amounts(line.code), *names, is_share=formula.is_quotient, formula=line.text)
        return [head] if formula.is_quotient else [head, *self._subject_rows(line)]

    def uses(self) -> _Uses:
        """Return how often the lines that are amounts use each side of each subject."""
        return _Uses({used: len(lines) for used, lines in self.users().items()})

    def users(self) -> dict[tuple[str, str], list[str]]:
        """Return which lines that are amounts use each side of each subject, a line as often as its terms do.

        What a term takes away again is not used: of 1303 without 130301 the latter is free for another line.
        """
        found: dict[tuple[str, str], list[str]] = {}
        for line in self._lines.values():
            added, taken = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
            for term in () if line.formula.is_quotient else line.formula.terms:
                for code in self._codes(term):
                    for side in (term.side,) if term.side else (DEBIT, CREDIT):
                        (added if term.sign > 0 else taken)[code, side] += 1
            for used in added | taken:
                if added[used] != taken[used]:
                    found.setdefault(used, []).extend([line.code] * max(added[used], taken[used]))
        return found

    def notes(self) -> list[Note]:
        """Return what is wrong with formulas, each fault once."""
        return list(self._faults.values())

    def _amounts(self, code: str) -> Amounts:
        if code in self._known:
            return self._known[code]
        nothing: Amounts = (None,) * len(self._columns)
        if code not in self._lines:
            self._tell(code, f"公式引用的行 {code} 不存在", f"a formula names the line {code}, which does not exist")
            return nothing
        if code in self._open:
            around = " → ".join((*self._open[self._open.index(code) :], code))
            self._tell(code, f"公式循环引用：{around}", f"formulas rest on each other: {around}")
            return nothing
        self._open.append(code)
        formula = self._lines[code].formula
        found = self._sum(formula.terms)
        if formula.is_quotient:
            below = self._sum(formula.divisor)
            found = tuple(divide(a, b, SHARE_DECIMALS) if a is not None and b else None for a, b in zip(found, below, strict=True))
        self._open.pop()
        self._known[code] = found
        return found

    def _sum(self, terms: Iterable[FormulaTerm]) -> Amounts:
        total: Amounts = tuple(None if column is None else NIL for column in self._columns)
        for term in terms:
            amounts = self._amounts(term.line) if term.line else self._of_subjects(term)
            total = tuple(None if a is None or b is None else a + term.sign * b for a, b in zip(total, amounts, strict=True))
        return total

    def _of_subjects(self, term: FormulaTerm) -> Amounts:
        codes = self._codes(term)
        return tuple(
            None if column is None else sum((_sided(column.get(code, NIL), side) for code, side in codes.items()), NIL)
            for column in self._columns
        )

    def _subject_rows(self, line: OwnLine) -> list[StatementLine]:
        sums: dict[str, list[Decimal | None]] = {}
        for term in line.formula.terms:
            for code, side in self._codes(term).items():
                before = sums.setdefault(code, [None if column is None else NIL for column in self._columns])
                for place, column in enumerate(self._columns):
                    if column is not None:
                        before[place] = (before[place] or NIL) + term.sign * _sided(column.get(code, NIL), side)
        return [
            StatementLine(SUBJECT, code, 2, tuple(amounts), self._subjects[code].name, self._subjects[code].name, line.code)
            for code, amounts in sorted(sums.items())
            if any(amounts)
        ]

    def _codes(self, term: FormulaTerm) -> dict[str, str]:
        """Return the subjects of a term with the side each is taken on; a term that names none is told of."""
        if term.line:
            return {}
        if term.begins or term.last:
            found = tuple(code for code in self._subjects if term.names(code))
        else:
            found = leaves_below(self._subjects, self._subjects[term.first]) if term.first in self._subjects else ()
        if not found:
            named = f"{term.first}{'*' if term.begins else ''}{f':{term.last}' if term.last else ''}"
            self._tell(named, f"公式中的科目 {named} 不存在", f"a formula names {named}, and there is no such subject")
        return {code: term.side or self._side_of(code, frozenset(found)) for code in found}

    def _side_of(self, code: str, among: frozenset[str]) -> str:
        """Return the side of the topmost subject of a term above a subject: what is set off below a debit subject lessens it."""
        top = self._subjects[code]
        while top.parent in among:
            top = self._subjects[top.parent]
        return "credit" if top.side == "credit" else "debit"

    def _tell(self, about: str, zh: str, en: str) -> None:
        self._faults.setdefault(about, Note(zh, en))


class _Uses:
    """How often a side of a subject is used."""

    def __init__(self, counted: Mapping[tuple[str, str], int]) -> None:
        self._counted = counted

    def __call__(self, code: str, side: str) -> int:
        """Return the number of uses."""
        return self._counted.get((code, side), 0)


def _sided(amount: Decimal, side: str) -> Decimal:
    """Return a balance (debit positive) as a term takes it: net on one side, or what stands in debit (D) or credit (C) alone."""
    match side:
        case "D":
            return max(amount, NIL)
        case "C":
            return max(-amount, NIL)
        case _:
            return -amount if side == "credit" else amount


def _asset(subjects: Mapping[str, LedgerSubject], column: Column) -> Decimal | None:
    """Return total assets as the balance sheet has them: joint subjects where they stand in debit."""
    if column is None:
        return None
    total = NIL
    for code, amount in column.items():
        statement = subjects[code].statement
        total += amount if statement == "asset" else max(amount, NIL) if statement == "joint" else NIL
    return total


def _listed(
    heading: str,
    codes: Sequence[str],
    subjects: Mapping[str, LedgerSubject],
    columns: Sequence[Column],
    is_found: Callable[[str, str], bool],
    *,
    is_unmapped: bool = True,
) -> list[StatementLine]:
    """Return a heading and the subjects of which `is_found` says so on the side on which they stand, net debit."""
    rows: list[StatementLine] = []
    for code in codes:
        amounts = tuple(None if column is None else _where(column.get(code, NIL), code, is_found) for column in columns)
        if any(amounts):
            rows.append(StatementLine(SUBJECT, code, 2, amounts, subjects[code].name, subjects[code].name, heading, is_unmapped))
    total = tuple(None if column is None else sum((row.amounts[place] or NIL for row in rows), NIL) for place, column in enumerate(columns))
    return [StatementLine(LINE, heading, 1, total, *LINE_NAMES[heading]), *rows]


def _where(amount: Decimal, code: str, is_found: Callable[[str, str], bool]) -> Decimal:
    return amount if amount and is_found(code, DEBIT if amount > 0 else CREDIT) else NIL
