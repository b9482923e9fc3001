"""Loans written off and sold in bulk: once a year the bank assigns what it has given up to a manager of bad assets."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.codes import Kind
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import as_date
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.organisations import HEAD_OFFICE

_SOLD_ON = (12, 18)
_PRICE = 8
"""Percent of the principal."""


@dataclass(frozen=True)
class TransferContract:
    """One sale: the loans by position with what was lost on each, and what was paid, in cents."""

    number: int
    day: int
    loans: np.ndarray
    principal: np.ndarray
    interest: np.ndarray
    price: int


@dataclass
class TransferBook:
    """What has been written off and not yet sold, and the sales so far."""

    lost: dict[int, int] = field(default_factory=dict)
    contracts: list[TransferContract] = field(default_factory=list)


def live_transfer_day(book: TransferBook, rows: Movements, overdue_interest: np.ndarray, ledger: Ledger, day: int) -> None:
    """Take down what is written off today; on the day of the sale everything goes, and its price to the provisions."""
    gone = rows.kind == Kind.WRITE_OFF
    book.lost.update(zip(rows.account[gone].tolist(), np.abs(rows.amount[gone]).tolist(), strict=True))
    date = as_date(day)
    if (date.month, date.day) != _SOLD_ON or not book.lost:
        return
    loans = np.array(sorted(book.lost), np.int64)
    principal = np.array([book.lost[loan] for loan in loans.tolist()], np.int64)
    price = int(principal.sum()) * _PRICE // 100
    contract = TransferContract(len(book.contracts) + 1, day, loans, principal, overdue_interest[loans].copy(), price)
    book.contracts.append(contract)
    book.lost.clear()
    ledger.post(HEAD_OFFICE, leaf("100302"), HEAD_OFFICE, leaf("130401"), price)
