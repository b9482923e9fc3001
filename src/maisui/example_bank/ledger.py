"""The general ledger: every event is posted here twice, in cents, per organisation and leaf subject."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf, leaves


@dataclass(frozen=True)
class LedgerPeriod:
    """Opening and closing balances (debit positive) and turnovers of one period, [organisation, leaf], cents."""

    opening: np.ndarray
    debits: np.ndarray
    credits: np.ndarray
    closing: np.ndarray


class Ledger:
    """Balances and turnovers per organisation × leaf subject; an entry across organisations passes 系统内往来."""

    def __init__(self, organisations: int) -> None:
        """Books of that many organisations, all balances zero."""
        shape = (organisations, len(leaves()))
        self.organisations = organisations
        self.balance = np.zeros(shape, np.int64)
        self.opening = np.zeros(shape, np.int64)
        self._debits = np.zeros(shape, np.int64)
        self._credits = np.zeros(shape, np.int64)
        self._between = leaf("3101")

    def _side(self, table: np.ndarray, sign: int, org: np.ndarray, subject: np.ndarray, cents: np.ndarray) -> None:
        place = org.astype(np.int64) * table.shape[1] + subject
        np.add.at(table.reshape(-1), place, cents)
        np.add.at(self.balance.reshape(-1), place, sign * cents)

    def post(
        self,
        debit_org: np.ndarray | int,
        debit_subject: np.ndarray | int,
        credit_org: np.ndarray | int,
        credit_subject: np.ndarray | int,
        cents: np.ndarray | int,
    ) -> None:
        """Post debit and credit of `cents` each; a negative amount swaps the two sides."""
        parts = [np.asarray(part, np.int64) for part in (debit_org, debit_subject, credit_org, credit_subject, cents)]
        d_org, d_subject, c_org, c_subject, amount = (np.atleast_1d(part) for part in np.broadcast_arrays(*parts))
        swap = amount < 0
        d_org, c_org = np.where(swap, c_org, d_org), np.where(swap, d_org, c_org)
        d_subject, c_subject = np.where(swap, c_subject, d_subject), np.where(swap, d_subject, c_subject)
        amount = np.abs(amount)
        self._side(self._debits, 1, d_org, d_subject, amount)
        self._side(self._credits, -1, c_org, c_subject, amount)
        apart = np.flatnonzero(d_org != c_org)
        if len(apart):
            between = np.full(len(apart), self._between)
            self._side(self._credits, -1, d_org[apart], between, amount[apart])
            self._side(self._debits, 1, c_org[apart], between, amount[apart])

    def of(self, code: str) -> np.ndarray:
        """Balance (debit positive, cents) of one leaf subject in every organisation."""
        return self.balance[:, leaf(code)]

    def start(self) -> None:
        """Declare the balances as they stand to be the opening balances of the first period."""
        self.opening = self.balance.copy()
        self._debits[:] = 0
        self._credits[:] = 0

    def close_period(self) -> LedgerPeriod:
        """End the period at today's balances and begin the next one."""
        period = LedgerPeriod(self.opening, self._debits.copy(), self._credits.copy(), self.balance.copy())
        self.start()
        return period
