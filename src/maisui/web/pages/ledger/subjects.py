"""Tables of all subjects as the page shows them: the tree down to the chosen level, with what is opened below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from maisui.answers import AverageBalances, AverageRow, LedgerSubject, TrialBalance, TrialBalanceRow, Unit
from maisui.answers.figure import moved
from maisui.web.components.figures import EXACT, Scale, column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import YUAN, State
from maisui.web.pages.ledger.statements import Base, Change, base_days
from maisui.web.pages.overview.state import COMPARISON_NAMES


class _OfSubject(Protocol):
    @property
    def subject(self) -> LedgerSubject: ...


Row = TypeVar("Row", bound=_OfSubject)


@dataclass(frozen=True, slots=True)
class ShownTrialBalance:
    """The trial balance on the screen: the rows that are visible, each with the address that opens or closes it."""

    balance: TrialBalance
    scale: Scale
    rows: tuple[tuple[TrialBalanceRow, str | None, bool], ...]
    levels: tuple[tuple[int, bool, str], ...]
    differing: int

    @property
    def is_translated(self) -> bool:
        """Return whether all currencies stand together, so that rates that moved leave something between opening and closing."""
        return self.balance.frame.conversion is not None


def shown_trial_balance(gateway: Gateway, state: State) -> ShownTrialBalance:
    """Return the trial balance of the state.

    Raises:
        MaisuiError: as the gateway does.
    """
    balance = gateway.ledger.trial_balance(state.ledger_question())
    rows = tuple((row, _toggle(state, row.subject), _is_open(state, row.subject)) for row in visible(state, balance.rows))
    amounts = (amount for row in balance.rows for amount in (row.closing_debit, row.closing_credit) if amount)
    differing = sum(1 for row in balance.rows if row.difference and not row.subject.children)
    return ShownTrialBalance(balance, scale_of_table(state, amounts), rows, levels_of(state, balance.deepest), differing)


@dataclass(frozen=True, slots=True)
class ShownAverage:
    """One subject's average on the screen, held against each base, with the change of its yearly rate against the first."""

    row: AverageRow
    changes: tuple[Change, ...]
    rate_change: Decimal | None
    toggle: str | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShownAverages:
    """The averages on the screen."""

    averages: AverageBalances
    scale: Scale
    bases: tuple[Base, ...]
    rows: tuple[ShownAverage, ...]
    levels: tuple[tuple[int, bool, str], ...]


def shown_averages(gateway: Gateway, state: State, day: date) -> ShownAverages:
    """Return the averages of all subjects over the state's period, beside those of its comparisons.

    Raises:
        MaisuiError: as the gateway does.
    """
    bases = base_days(gateway, state, day)
    averages = gateway.ledger.average_balances(state.ledger_question(), [base for _, base in bases])
    rows = tuple(_shown_average(state, row) for row in visible(state, averages.rows))
    compared = tuple(
        Base(COMPARISON_NAMES[comparison], span.window.day if span.days else None)
        for (comparison, _), span in zip(bases, averages.spans[1:], strict=True)
    )
    scale = scale_of_table(state, (row.averages[0] for row in averages.rows if row.averages[0]))
    return ShownAverages(averages, scale, compared, rows, levels_of(state, averages.deepest))


def _shown_average(state: State, row: AverageRow) -> ShownAverage:
    changes = tuple(Change(base, *moved(row.averages[0], base)) for base in row.averages[1:])
    rate_change = moved(row.rates[0], row.rates[1])[0] if len(row.rates) > 1 else None
    return ShownAverage(row, changes, rate_change, _toggle(state, row.subject), _is_open(state, row.subject))


def scale_of_table(state: State, amounts: Iterable[Decimal | None]) -> Scale:
    """Return the scale of a table of amounts: exact where the state asks for yuan."""
    return EXACT if state.unit == YUAN else column_scale(amounts, Unit.YUAN)


def levels_of(state: State, deepest: int) -> tuple[tuple[int, bool, str], ...]:
    """Return the levels to choose from, each with whether it is chosen and its address."""
    chosen = min(state.level, deepest)
    return tuple((level, level == chosen, state.query(level=level, opened=())) for level in range(1, deepest + 1))


def visible(state: State, rows: Sequence[Row]) -> list[Row]:
    """Return the rows down to the state's level, and those below a subject that is opened with everything above it."""
    shown: dict[str, bool] = {}
    found: list[Row] = []
    for row in rows:
        subject = row.subject
        shown[subject.code] = subject.parent is None or (shown.get(subject.parent, False) and _parts_shown(state, subject))
        if shown[subject.code]:
            found.append(row)
    return found


def _parts_shown(state: State, subject: LedgerSubject) -> bool:
    return subject.level <= state.level or (subject.parent is not None and state.is_open(subject.parent))


def _is_open(state: State, subject: LedgerSubject) -> bool:
    return subject.level < state.level or state.is_open(subject.code)


def _toggle(state: State, subject: LedgerSubject) -> str | None:
    """Return the address that opens or closes a subject; none for one without parts, or whose parts the level shows anyway."""
    return state.with_toggled(subject.code) if subject.children and subject.level >= state.level else None
