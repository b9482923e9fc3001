"""Tables of all subjects as the page shows them: the tree down to the chosen level, with what is opened below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from maisui.answers import LedgerSubject, TrialBalance, TrialBalanceRow, Unit
from maisui.web.components.figures import Scale, column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.state import YUAN, State
from maisui.web.pages.ledger.statements import EXACT


class _OfSubject(Protocol):
    @property
    def subject(self) -> LedgerSubject: ...


Row = TypeVar("Row", bound=_OfSubject)


@dataclass(frozen=True, slots=True)
class ShownTrialBalance:
    """The trial balance on the screen: the rows that are visible, each with the address that opens or closes it."""

    balance: TrialBalance
    scale: Scale
    rows: tuple[tuple[TrialBalanceRow, str, bool], ...]
    levels: tuple[tuple[int, bool, str], ...]
    differing: int


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


def _toggle(state: State, subject: LedgerSubject) -> str:
    """Return the address that opens or closes a subject; none for one without parts, or whose parts the level shows anyway."""
    return state.with_toggled(subject.code) if subject.children and subject.level >= state.level else ""
