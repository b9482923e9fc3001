"""Balance sheet and income statement as the page shows them: shares, comparisons or months beside the figure, lines that open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import Comparison, Period, Statement, StatementLine, Timing, Unit
from maisui.answers.figure import divide, moved
from maisui.answers.periods import base_day
from maisui.web.components.figures import EXACT, Scale, column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import BALANCE, BUDGET, MONTHS, OWN, YUAN, State
from maisui.web.pages.overview.drawings import Sparkline, sparkline
from maisui.web.pages.overview.figures import SPARK_MONTHS, months_before
from maisui.web.pages.overview.state import COMPARISON_NAMES
from maisui.web.text import Text, choose

SHARE_DECIMALS = 6
SHOWN_MONTHS = 12
WHOLES = {
    "total_assets": Text("资产总计", "total assets"),
    "operating_income": Text("营业收入", "operating income"),
}
"""What lines are held against as shares of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a line is held against: the base's amount, the difference and its rate."""

    base: Decimal | None
    change: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line on the screen: its amount, its share of the whole, changes or months beside it, its course, and what it opens."""

    line: StatementLine
    name: Text
    amount: Decimal | None
    share: Decimal | None
    changes: tuple[Change, ...]
    months: tuple[Decimal | None, ...]
    spark: Sparkline | None
    toggle: str | None
    is_open: bool
    scale: Scale | None

    @property
    def unit(self) -> Unit:
        """Return what the line counts: yuan, or a share where it is a quotient."""
        return Unit.SHARE if self.line.is_share else Unit.YUAN

    @property
    def over_budget(self) -> Decimal | None:
        """Return the amount less its budget."""
        return None if self.amount is None or self.line.budget is None else self.amount - self.line.budget

    @property
    def completion(self) -> Decimal | None:
        """Return the amount as a part of its budget."""
        return share_of(self.amount, self.line.budget)


@dataclass(frozen=True, slots=True)
class Base:
    """One comparison: its name and the accounting day it stands on, None without one."""

    name: Text
    day: date | None


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement on the screen."""

    statement: Statement
    scale: Scale
    ledger_day: date | None
    bases: tuple[Base, ...]
    months: tuple[date, ...]
    lines: tuple[ShownLine, ...]
    imbalance: Decimal | None
    whole_name: Text
    misplaced: int = 0
    is_budgeted: bool = False

    @property
    def has_budgets(self) -> bool:
        """Return whether anything was planned for a line of it."""
        return any(line.budget is not None for line in self.statement.lines)

    @property
    def unplanned(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the totals without a budget, each with the names of the lines that lack one."""
        found = ((self.name_of(line.code), line.unplanned) for line in self.statement.lines if line.unplanned)
        return tuple((name, tuple(self.name_of(one) for one in lacking)) for name, lacking in found)

    def name_of(self, code: str) -> str:
        """Return the name of a line or total."""
        line = self.statement.line(code)
        return choose(line.name_zh, line.name_en)

    @property
    def width(self) -> int:
        """Return how many columns of figures there are."""
        return len(self.months) or 2 + 3 * self.is_budgeted + 2 * len(self.bases)


def shown_statement(gateway: Gateway, state: State, day: date) -> ShownStatement:
    """Return the statement of the state's tab; lines that hold nothing anywhere are left out.

    Raises:
        MaisuiError: as the gateway does.
    """
    months = months_before(day, gateway.month_ends(), SPARK_MONTHS)
    bases = base_days(gateway, state, day)
    asked = [*(base for _, base in bases), *months]
    statement = statement_of(gateway, state, asked)
    amounts = [line.amounts[0] for line in statement.lines if line.kind == "line" and line.amounts[0] and not line.is_share]
    scale = EXACT if state.unit == YUAN else column_scale(amounts, Unit.YUAN)
    whole = statement.line(statement.whole)
    is_compared = state.shows != MONTHS
    lines = tuple(_shown(state, line, whole, len(bases), scale) for line in statement.lines if _is_shown(state, line))
    compared = tuple(
        Base(COMPARISON_NAMES[comparison], column.ledger_day)
        for (comparison, _), column in zip(bases, statement.columns[1 : len(bases) + 1], strict=True)
    )
    check = statement.line("imbalance").amounts[0] if state.tab == BALANCE else None
    return ShownStatement(
        statement,
        scale,
        statement.columns[0].ledger_day,
        compared if is_compared else (),
        () if is_compared else months[-SHOWN_MONTHS:],
        lines,
        check,
        WHOLES[statement.whole],
        sum(line.is_unmapped and bool(line.amounts[0]) for line in statement.lines),
        state.shows == BUDGET,
    )


def statement_of(gateway: Gateway, state: State, days: Sequence[date]) -> Statement:
    """Return the statement of the state's tab at its day and at each of `days`.

    Raises:
        MaisuiError: as the gateway does.
    """
    if state.tab == OWN:
        return gateway.ledger.own_statement(state.ledger_question(), days)
    ask = gateway.ledger.balance_sheet if state.tab == BALANCE else gateway.ledger.income_statement
    return ask(state.ledger_question(), days)


def base_days(gateway: Gateway, state: State, day: date) -> tuple[tuple[Comparison, date], ...]:
    """Return the chosen comparisons with the day on which each base ends; a span to date has none."""
    timing = Timing.POINT if state.tab in (BALANCE, OWN) else Timing.PERIOD
    chosen = state.comparisons if state.period is not Period.TO_DATE or state.tab in (BALANCE, OWN) else ()
    return tuple((comparison, base_day(day, comparison, timing, gateway.calendar(comparison))) for comparison in chosen)


def _is_shown(state: State, line: StatementLine) -> bool:
    if line.kind == "subject":
        return line.is_unmapped or state.is_open(line.line)
    return line.kind != "line" or any(line.amounts)


def _shown(state: State, line: StatementLine, whole: StatementLine, bases: int, scale: Scale) -> ShownLine:
    """Return a line whose amounts are that of the day, one for each of the `bases`, then one for each month of its course.

    `scale` is that of the statement's yuan: a quotient stands in per cent beside them.
    """
    amount, based, course = line.amounts[0], line.amounts[1 : bases + 1], line.amounts[bases + 1 :]
    is_compared = state.shows != MONTHS
    is_parted = line.kind == "line" and not line.is_share
    return ShownLine(
        line,
        Text(line.name_zh, line.name_en),
        amount,
        share_of(amount, whole.amounts[0]) if line.kind != "check" and not line.is_share else None,
        tuple(Change(base, *moved(amount, base)) for base in based) if is_compared else (),
        () if is_compared else course[-SHOWN_MONTHS:],
        sparkline(course) if any(course) else None,
        state.with_toggled(line.code) if is_parted else None,
        state.is_open(line.code),
        None if line.is_share else scale,
    )


def share_of(amount: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """Return the share of a part of the whole; None where either does not exist or the whole is nothing."""
    return divide(amount, whole, SHARE_DECIMALS) if amount is not None and whole else None
