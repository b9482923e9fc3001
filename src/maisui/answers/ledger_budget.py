"""Budgets beside the ledger's statements: what was planned for the same period, line by line and subject by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.ask import Note
from maisui.answers.ledger import NIL, LedgerFrame, LedgerQuestion, LedgerSubject, ledger_subjects
from maisui.answers.organisations import organisation_tree
from maisui.answers.own_lines import own_statement
from maisui.answers.periods import Period
from maisui.answers.statement_lines import ASSET_LINES, COST_LINES, EQUITY_LINES, INCOME_LAYOUT, LIABILITY_LINES, SECTION, SUBJECT, TOTAL
from maisui.answers.statements import Statement, StatementLine, balance_sheet, income_statement
from maisui.answers.targets import PERIODS, span_of
from maisui.parameters.own_formula import parse_formula
from maisui.warehouse.reader import Reader

Item = tuple[str, str]
"""Kind and code of what a budget is for."""
_Place = tuple[str, str, str]
"""Kind, code and line by which a line of a statement is found in the same statement of another currency."""
_OWN, _LINE, _SUBJECT = "own_line", "line", "subject"
PLANNED_TOGETHER = "ALL"
"""The currency of a budget that was made for all currencies together, in the local one."""
_BUILDERS: Mapping[str, Callable[[Reader, LedgerQuestion], Statement]] = {
    "balance_sheet": balance_sheet,
    "income_statement": income_statement,
    "own": own_statement,
}


def budgeted(reader: Reader, statement: Statement) -> Statement:
    """Return a statement whose lines bear the budget of the calendar month, quarter or year of the question; None where there is none.

    Results are planned as flows (a quarter or year nobody planned is the sum of its months), everything else as the balance at the
    period's end. An organisation without a budget has the sum of those below it, and none where an open one below has none. A line
    without a budget of its own has the sum of its subjects' where each of them that holds something has one; a total the sum of its
    lines where each has one. With all currencies together a line has the budget made for `PLANNED_TOGETHER`, else those of its
    currencies at the rates of the statement's accounting day, where each currency in which it holds something has one.
    """
    frame = statement.frame
    if reader.manifest.is_union or frame.question.period not in PERIODS:
        return statement
    if frame.conversion is not None:
        return _budgeted_together(reader, statement)
    found = _with_lines(reader, statement, frame.currency)
    return statement if found is None else replace(statement, lines=tuple(_with_totals(statement.code, found)))


def _with_lines(reader: Reader, statement: Statement, currency: str) -> list[StatementLine] | None:
    """Return the lines with what was planned for them or their subjects in `currency`; None where nothing was planned."""
    planned = _planned(reader, statement.frame, currency, is_flow=statement.code == "income_statement")
    if not planned:
        return None
    kind = _OWN if statement.code == "own" else _LINE
    subjects = ledger_subjects(reader)
    found: list[StatementLine] = []
    for line in statement.lines:
        is_subject = line.kind == SUBJECT
        amount = planned.get((_SUBJECT if is_subject else kind, line.code))
        if amount is None and line.kind == "line" and kind == _LINE:
            amount = _of_subjects(line.code, statement.lines, planned)
        found.append(line if amount is None else replace(line, budget=_signed(line, amount, statement.code, subjects)))
    return found


def _budgeted_together(reader: Reader, statement: Statement) -> Statement:
    """Return a statement of all currencies together with their budgets, naming the currencies that leave lines without one."""
    conversion = statement.frame.conversion
    if conversion is None:
        raise ValueError("a statement of one currency")
    lines = _with_lines(reader, statement, PLANNED_TOGETHER) or list(statement.lines)
    held: dict[str, dict[_Place, StatementLine]] = {}
    for currency in conversion.currencies:
        apart = _BUILDERS[statement.code](reader, replace(statement.frame.question, currency=currency))
        held[currency] = {_place(line): line for line in _with_lines(reader, apart, currency) or apart.lines}
    rates = {rate.currency: rate for rate in statement.frame.rates}
    found, lacking = [], Counter[str]()
    for line in lines:
        told = {code: by_place[_place(line)] for code, by_place in held.items() if _place(line) in by_place}
        counted = {code: one for code, one in told.items() if one.amounts[0] or one.budget is not None}
        without = [code for code, one in counted.items() if one.budget is None]
        if line.budget is None and line.kind != SECTION and not line.is_share and counted and not without:
            parts = (rates[code].converted(one.budget or NIL) if code in rates else one.budget or NIL for code, one in counted.items())
            line = replace(line, budget=sum(parts, NIL))  # noqa: PLW2901 - the line with its budget
        elif line.budget is None and line.kind == "line" and 0 < len(without) < len(counted):
            lacking.update(without)
        found.append(line)
    if all(line.budget is None for line in found) and not lacking:
        return statement
    notes = (*statement.notes, *_together_notes(statement, lacking))
    return replace(statement, lines=tuple(_with_totals(statement.code, found)), notes=notes)


def _place(line: StatementLine) -> _Place:
    return line.kind, line.code, line.line


def _together_notes(statement: Statement, lacking: Mapping[str, int]) -> list[Note]:
    """Return at which rates budgets in foreign currencies stand, and which currencies leave how many lines without a budget."""
    day = statement.frame.ledger_day
    notes = [Note(f"外币预算按 {day} 汇率折算", f"budgets in foreign currencies are converted at the rates of {day}")]
    if lacking:
        told_zh = "、".join(f"{code}（{count} 行）" for code, count in sorted(lacking.items()))
        told_en = ", ".join(f"{code} ({count} lines)" for code, count in sorted(lacking.items()))
        notes.append(
            Note(
                f"有余额而未编预算的币种：{told_zh}，这些行没有合并预算",
                f"held but not planned: {told_en}; these lines have no budget of all currencies together",
            )
        )
    return notes


def _with_totals(statement: str, lines: list[StatementLine]) -> list[StatementLine]:
    """Return the lines with totals that nobody planned as the sum of their parts, or naming those that lack a budget.

    Only parts that hold something or have a budget count; a total of which no part has one says nothing.
    """
    by_code = {line.code: line for line in lines if line.kind != SUBJECT}
    for code, parts in _parts(statement, lines).items():
        total = by_code.get(code)
        if total is None or total.budget is not None:
            continue
        counted = [(sign, one) for sign, one in parts if one in by_code and (by_code[one].amounts[0] or by_code[one].budget is not None)]
        lacking = [one for _, one in counted if by_code[one].budget is None]
        if not lacking and counted:
            budget = sum((sign * (by_code[one].budget or NIL) for sign, one in counted), NIL)
            by_code[code] = replace(total, budget=budget)
        elif len(lacking) < len(counted):
            by_code[code] = replace(total, unplanned=tuple(one for part in lacking for one in by_code[part].unplanned or (part,)))
    return [line if line.kind == SUBJECT else by_code[line.code] for line in lines]


def _parts(statement: str, lines: Iterable[StatementLine]) -> dict[str, list[tuple[int, str]]]:
    """Return the lines that each total adds up, with their signs; totals of totals come after these."""
    if statement == "income_statement":
        return {entry.code: [(1, line) for line in entry.lines] for entry in INCOME_LAYOUT if entry.kind == TOTAL}
    if statement == "balance_sheet":
        sides: dict[str, tuple[str, ...]] = {
            "total_assets": (*ASSET_LINES, "joint_debit"),
            "total_liabilities": (*LIABILITY_LINES, "joint_credit"),
        }
        sides["total_equity"] = (*EQUITY_LINES, "current_result")
        sides["liabilities_and_equity"] = ("total_liabilities", "total_equity")
        return {code: [(1, line) for line in parts] for code, parts in sides.items()}
    found: dict[str, list[tuple[int, str]]] = {}
    for line in lines:
        formula = parse_formula(line.formula) if line.formula else None
        if formula is not None and formula.is_of_lines_only and not formula.is_quotient:
            found[line.code] = [(term.sign, term.line) for term in formula.terms]
    return found


def _of_subjects(line: str, lines: Iterable[StatementLine], planned: Mapping[Item, Decimal]) -> Decimal | None:
    members = [planned.get((_SUBJECT, one.code)) for one in lines if one.kind == SUBJECT and one.line == line]
    known = [amount for amount in members if amount is not None]
    return sum(known, Decimal("0.00")) if known and len(known) == len(members) else None


def _signed(line: StatementLine, amount: Decimal, statement: str, subjects: Mapping[str, LedgerSubject]) -> Decimal:
    """Return a budget as the statement writes its line: cost and what is set off are negative there."""
    if line.kind == SUBJECT and statement == "balance_sheet":
        return amount if (line.amounts[0] or 0) >= 0 else -amount
    owner = subjects[line.code].line if line.kind == SUBJECT else line.code
    is_cost = statement == "income_statement" and owner in COST_LINES
    return -amount if is_cost or (statement == "balance_sheet" and line.code == "provision") else amount


def _planned(reader: Reader, frame: LedgerFrame, currency: str, *, is_flow: bool) -> dict[Item, Decimal]:
    """Return the budget of the organisation asked for in `currency`, item by item."""
    first, last = span_of(frame.window.day, frame.question.period)
    rows = reader.rows(
        "SELECT organisation_code, budget_item_kind, budget_item_code, period_from, period_end_on, budget_amount FROM ledger_budget "
        "WHERE currency = ? AND period_from >= ? AND period_end_on <= ?",
        [currency, first, last],
    )
    own: dict[Item, dict[str, dict[tuple[date, date], Decimal]]] = {}
    for organisation, kind, code, begins, ends, amount in rows:
        own.setdefault((kind, code), {}).setdefault(organisation, {})[begins, ends] = amount
    tree = _Tree(reader)
    top = frame.question.organisation or tree.top
    found: dict[Item, Decimal] = {}
    for item, by_organisation in own.items():
        told = {code: _of_span(spans, first, last, is_flow=is_flow) for code, spans in by_organisation.items()}
        amount = tree.resolved(top, {code: one for code, one in told.items() if one is not None})
        if amount is not None:
            found[item] = amount
    return found


def _of_span(spans: Mapping[tuple[date, date], Decimal], first: date, last: date, *, is_flow: bool) -> Decimal | None:
    """Return the budget of exactly these days; without one the months of a flow without a gap, or the balance planned for the last day."""
    if (first, last) in spans:
        return spans[first, last]
    months = sorted((begins, ends, amount) for (begins, ends), amount in spans.items() if span_of(ends, Period.MONTH) == (begins, ends))
    if not is_flow:
        return next((amount for _, ends, amount in months if ends == last), None)
    day, total = first, Decimal("0.00")
    for begins, ends, amount in months:
        if begins != day:
            return None
        day, total = ends + timedelta(days=1), total + amount
    return total if day == last + timedelta(days=1) else None


class _Tree:
    """Which organisations lie directly below which, and which are open."""

    def __init__(self, reader: Reader) -> None:
        nodes = organisation_tree(reader)
        self._open = {node.code for node in nodes if node.is_open}
        self._children: dict[str | None, list[str]] = {}
        for node in nodes:
            self._children.setdefault(node.parent_code, []).append(node.code)
        roots = self._children.get(None, [])
        self.top = roots[0] if len(roots) == 1 else ""

    def resolved(self, code: str, own: Mapping[str, Decimal]) -> Decimal | None:
        """Return an organisation's budget, or the sum of those below it where every open one has one."""
        if code in own:
            return own[code]
        below = {child: self.resolved(child, own) for child in self._children.get(code or None, [])}
        if any(amount is None and child in self._open for child, amount in below.items()):
            return None
        known = [amount for amount in below.values() if amount is not None]
        return sum(known, Decimal("0.00")) if known else None
