"""One day's movements on loan accounts: collecting them, their ledger entries and the balance after each."""

from __future__ import annotations

import numpy as np

from maisui.example_bank import deposit_book, loan_book
from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows, Movements
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.loan_book import LoanBook
from maisui.example_bank.organisations import Staff

_NOTES = {
    Kind.DISBURSE: Note.DISBURSE,
    Kind.REPAY_PRINCIPAL: Note.REPAY_PRINCIPAL,
    Kind.REPAY_INTEREST: Note.REPAY_INTEREST,
    Kind.WRITE_OFF: Note.WRITE_OFF,
}


class LoanRows:
    """Collects loan movements and their counterparts on deposit accounts (amounts signed: + = more lent)."""

    def __init__(self, book: LoanBook, deposits: DayRows, ledger: Ledger) -> None:
        """Remember the balances as they stand before the day's first movement."""
        self.book = book
        self.deposits = deposits
        self.ledger = ledger
        self.before = book.balance.copy()
        self._parts: list[tuple[np.ndarray, ...]] = []

    def add(self, loans: np.ndarray, cents: np.ndarray, kind: Kind, *, account: np.ndarray, second: np.ndarray, channel: Channel) -> None:
        """Move unsigned `cents` between loans and deposit accounts (account unused for a write-off)."""
        some = cents > 0
        loans, cents, account, second = loans[some], cents[some], account[some], second[some]
        if not len(loans):
            return
        book = self.book
        sign = 1 if kind == Kind.DISBURSE else -1
        org = book.org[loans].astype(np.int64)
        subject = loan_book.SUBJECTS[book.product[loans]]
        if kind == Kind.REPAY_INTEREST:
            subject = np.full(len(loans), leaf("113201"))
        else:
            np.add.at(book.balance, loans, sign * cents)
        if kind == Kind.WRITE_OFF:
            self.ledger.post(org, leaf("130401"), org, subject, cents)
        else:
            deposits = self.deposits.book
            other = deposits.org[account].astype(np.int64)
            liability = deposit_book.SUBJECTS[deposits.product[account]]
            self.ledger.post(org, subject, other, liability, sign * cents)
            self.deposits.add(account, sign * cents, second=second, kind=kind, channel=channel, note=_NOTES[kind],
                              contra=Contra.LOAN, counter=loans, posts=False)  # fmt: skip
        full = np.full(len(loans), 0)
        self._parts.append((loans, sign * cents, second, full + kind, full + channel, full + _NOTES[kind], account))

    def settle(self, staff: Staff, day: int) -> Movements:
        """Order by loan and time; interest rows leave the balance as it is."""
        empty = tuple(np.zeros(0, np.int64) for _ in range(7))
        columns = [np.concatenate(column) for column in zip(*(self._parts or [empty]), strict=True)]
        order = np.lexsort((columns[3], columns[2], columns[0]))
        loans, amount, second, kind, channel, note, account = (column[order] for column in columns)
        change = np.where(kind == Kind.REPAY_INTEREST, 0, amount)
        running = np.cumsum(change)
        first = np.flatnonzero(np.r_[True, loans[1:] != loans[:-1]]) if len(loans) else np.zeros(0, np.int64)
        base = np.repeat(running[first] - change[first], np.diff(np.r_[first, len(loans)]))
        before = np.zeros(self.book.capacity, np.int64)
        before[: len(self.before)] = self.before
        org = self.book.org[loans]
        counter = channel == Channel.COUNTER
        real = staff.counter_tellers(org.astype(np.int64), second)
        second_pair = staff.counter_tellers(org.astype(np.int64), second + 1)
        return Movements(
            account=loans.astype(np.int32),
            amount=amount,
            balance=before[loans] + running - base,
            day=np.full(len(loans), day, np.int32),
            second=second.astype(np.int32),
            serial=np.arange(1, len(loans) + 1),
            kind=kind.astype(np.int8),
            channel=channel.astype(np.int8),
            note=note.astype(np.int8),
            contra=np.full(len(loans), Contra.INSIDE, np.int8),
            counter=np.where(kind == Kind.WRITE_OFF, -1, account).astype(np.int32),
            handling=org,
            teller=np.where(counter, real, staff.virtual_teller[channel]).astype(np.int32),
            authoriser=np.where(counter, second_pair, -1).astype(np.int32),
            reversal=np.zeros(len(loans), bool),
        )
