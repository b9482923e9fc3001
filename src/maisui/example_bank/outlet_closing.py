"""One outlet closes half-way and a neighbour takes over its customers, accounts, loans, books and people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf, leaves
from maisui.example_bank.deposit_book import DepositBook
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.loan_book import LoanBook
from maisui.example_bank.organisations import Organisations, Staff, take_over_staff
from maisui.example_bank.population import Population
from maisui.example_bank.scale import Calendar


@dataclass(frozen=True)
class Closing:
    """The first day on which `successor` keeps what `outlet` kept (positions of organisations)."""

    day: int
    outlet: int
    successor: int

    def kept_at(self, book: DepositBook | LoanBook, accounts: np.ndarray, days: np.ndarray) -> np.ndarray:
        """Position of the outlet that kept each account on the given day."""
        before = book.org_before[accounts]
        return np.where((before >= 0) & (days < self.day), before, book.org[accounts])

    def handled_at(self, outlets: np.ndarray, day: int) -> np.ndarray:
        """The outlets at which business is done on `day`: nobody goes to one that has closed."""
        return np.where((outlets == self.outlet) & (day >= self.day), self.successor, outlets)


def plan_closing(organisations: Organisations, calendar: Calendar) -> Closing:
    """The last of the lightest outlets closes in the middle of the story into its neighbour under the same parent."""
    outlets, weights = organisations.outlets, organisations.weights
    closing = int(outlets[np.flatnonzero(weights[outlets] == weights[outlets].min())[-1]])
    same = [int(o) for o in outlets if o != closing and organisations.parents[o] == organisations.parents[closing]]
    successor = min(same or [int(o) for o in outlets if o != closing], key=lambda place: abs(place - closing))
    return Closing((calendar.first_day + calendar.last_day + 1) // 2, closing, successor)


def close_outlet(closing: Closing, *, people: Population, deposits: DepositBook, loans: LoanBook, staff: Staff, ledger: Ledger) -> None:
    """Move everything from the closing outlet to its successor; the bank's totals stay as they are."""
    for book in (deposits, loans):
        gone = np.flatnonzero(book.org[: book.count] == closing.outlet)
        book.org_before[gone] = closing.outlet
        book.org[gone] = closing.successor
    people.org[people.org == closing.outlet] = closing.successor
    take_over_staff(staff, closing.outlet, closing.successor, closing.day)
    between = leaf("3101")
    for subject in range(len(leaves())):
        if subject != between:
            ledger.post(closing.successor, subject, closing.outlet, subject, ledger.balance[closing.outlet, subject].copy())
