"""The desk of the general ledger: statements and subjects within the organisations of the viewer, aggregates only."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from maisui.answers import (
    LedgerQuestion,
    LedgerSubject,
    Statement,
    TrialBalance,
    balance_sheet,
    income_statement,
    ledger_subjects,
    trial_balance,
)

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway

Found = TypeVar("Found")


class LedgerDesk:
    """What one viewer may ask of the ledger; every method raises what the gateway does for an organisation out of sight."""

    def __init__(self, gateway: Gateway) -> None:
        """Answer for the viewer of `gateway`, from the version of his request."""
        self._gateway = gateway

    def balance_sheet(self, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
        """Return the balance sheet at the question's day and at each of `days`."""
        return self._asked("balance_sheet", question, tuple(days), lambda reader, scoped: balance_sheet(reader, scoped, days))

    def income_statement(self, question: LedgerQuestion, days: Sequence[date] = ()) -> Statement:
        """Return the income statement of the question's period, and of the same period up to each of `days`."""
        return self._asked("income_statement", question, tuple(days), lambda reader, scoped: income_statement(reader, scoped, days))

    def trial_balance(self, question: LedgerQuestion) -> TrialBalance:
        """Return the trial balance over the question's period."""
        return self._asked("trial_balance", question, (), trial_balance)

    def subjects(self) -> tuple[LedgerSubject, ...]:
        """Return every subject of the bank in tree order; subjects are no organisation's own."""
        self._gateway.organisation_in_sight(None)
        return tuple(self._gateway.cached(("ledger_subjects",), ledger_subjects).values())

    def _asked(
        self, name: str, question: LedgerQuestion, more: tuple[Hashable, ...], compute: Callable[[Any, LedgerQuestion], Found]
    ) -> Found:
        scoped = replace(question, organisation=self._gateway.organisation_in_sight(question.organisation))
        return self._gateway.cached((name, scoped, *more), lambda reader: compute(reader, scoped))
