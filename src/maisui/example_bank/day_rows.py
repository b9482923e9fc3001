"""One day's movements on deposit accounts: collecting, posting to the ledger and the balance after each entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from maisui.example_bank.channel_anomalies import Anomaly
from maisui.example_bank.chart_of_accounts import COUNTY_CLEARING, leaf
from maisui.example_bank.codes import Channel, Contra
from maisui.example_bank.deposit_book import PAYABLE, SUBJECTS, DepositBook
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.organisations import HEAD_OFFICE, Staff


@dataclass
class Movements:
    """Settled movements, one array entry a row; `amount` cents signed (+ = more on the account)."""

    account: np.ndarray
    amount: np.ndarray
    balance: np.ndarray
    day: np.ndarray
    second: np.ndarray
    serial: np.ndarray
    kind: np.ndarray
    channel: np.ndarray
    note: np.ndarray
    contra: np.ndarray
    counter: np.ndarray
    handling: np.ndarray
    teller: np.ndarray
    authoriser: np.ndarray
    reversal: np.ndarray

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.account)

    def chosen(self, rows: np.ndarray) -> Movements:
        """The rows at the given positions, in that order."""
        return Movements(*(getattr(self, part.name)[rows] for part in fields(self)))


def joined(parts: list[Movements]) -> Movements:
    """Several batches as one."""
    return Movements(*(np.concatenate([getattr(p, part.name) for p in parts]) for part in fields(Movements)))


_PARTS = {
    "account": np.int32,
    "amount": np.int64,
    "second": np.int32,
    "kind": np.int8,
    "channel": np.int8,
    "note": np.int8,
    "contra": np.int8,
    "counter": np.int32,
    "handling": np.int16,
    "reversal": np.bool_,
    "posts": np.bool_,
}
_AUTHORISED_FROM = 5_000_000


class DayRows:
    """Collects the day's movements and keeps the balances of the book right after every stage of the day."""

    def __init__(self, book: DepositBook, day: int) -> None:
        """Remember the balances as they stand before the day's first movement."""
        self.book = book
        self.day = day
        self.before = book.balance.copy()
        self._parts: list[dict[str, np.ndarray]] = []

    def add(
        self,
        account: np.ndarray,
        amount: np.ndarray,
        *,
        second: np.ndarray,
        kind: np.ndarray | int,
        channel: np.ndarray | int,
        note: np.ndarray | int,
        contra: np.ndarray | int,
        counter: np.ndarray | int = -1,
        handling: np.ndarray | None = None,
        reversal: np.ndarray | bool = False,
        posts: np.ndarray | bool = True,
    ) -> None:
        """Move `amount` (signed cents) on each account; `posts` False where the other leg posts to the ledger."""
        if not len(account):
            return
        where = self.book.org[account] if handling is None else handling
        values = (account, amount, second, kind, channel, note, contra, counter, where, reversal, posts)
        part = {
            name: np.broadcast_to(np.asarray(value, dtype), account.shape)
            for (name, dtype), value in zip(_PARTS.items(), values, strict=True)
        }
        self._parts.append(part)
        np.add.at(self.book.balance, account, amount)
        self.book.moved[account] = self.day

    def settle(self, ledger: Ledger, staff: Staff, rng: np.random.Generator, anomalies: Sequence[Anomaly] = ()) -> Movements:
        """Post everything, order by account and time and compute the balance after each entry."""
        if not self._parts:
            empty = {name: np.zeros(0, dtype) for name, dtype in _PARTS.items()}
            self._parts.append(empty)
        rows = {name: np.concatenate([part[name] for part in self._parts]) for name in _PARTS}
        for anomaly in anomalies:
            anomaly.disturb(rows, self.day)
        self._post(ledger, rows)
        order = np.lexsort((rows["second"], rows["account"]))
        rows = {name: values[order] for name, values in rows.items()}
        account, amount = rows["account"], rows["amount"]
        running = np.cumsum(amount)
        first = np.flatnonzero(np.r_[True, account[1:] != account[:-1]]) if len(account) else np.zeros(0, np.int64)
        sizes = np.diff(np.r_[first, len(account)])
        base = np.repeat(running[first] - amount[first], sizes)
        before = np.zeros(self.book.capacity, np.int64)
        before[: len(self.before)] = self.before
        balance = before[account] + running - base
        serial = np.empty(len(account), np.int64)
        serial[np.argsort(rows["second"], kind="stable")] = np.arange(1, len(account) + 1)
        teller, authoriser = self._tellers(staff, rows, rng)
        return Movements(
            account=account,
            amount=amount,
            balance=balance,
            day=np.full(len(account), self.day, np.int32),
            second=rows["second"],
            serial=serial,
            kind=rows["kind"],
            channel=rows["channel"],
            note=rows["note"],
            contra=rows["contra"],
            counter=rows["counter"],
            handling=rows["handling"],
            teller=teller,
            authoriser=authoriser,
            reversal=rows["reversal"],
        )

    def _post(self, ledger: Ledger, rows: dict[str, np.ndarray]) -> None:
        keep = rows["posts"] & (rows["contra"] != Contra.LOAN)
        account, amount, contra = rows["account"][keep], rows["amount"][keep], rows["contra"][keep]
        counter = np.maximum(rows["counter"][keep], 0)
        own_org, own_subject = self.book.org[account], SUBJECTS[self.book.product[account]]
        inside = np.minimum(counter, self.book.count - 1)
        other_org = np.select(
            [contra == Contra.CASH, np.isin(contra, (Contra.OUTSIDE, Contra.COUNTY)), contra == Contra.INSIDE],
            [rows["handling"][keep], HEAD_OFFICE, self.book.org[inside]],
            own_org,
        )
        other_subject = np.select(
            [contra == kind for kind in (Contra.CASH, Contra.OUTSIDE, Contra.INSIDE, Contra.INTEREST, Contra.COUNTY)],
            [leaf("1001"), leaf("100302"), SUBJECTS[self.book.product[inside]], PAYABLE[self.book.product[account]], leaf(COUNTY_CLEARING)],
            leaf("602101"),
        )
        ledger.post(other_org, other_subject, own_org, own_subject, amount)

    def _tellers(self, staff: Staff, rows: dict[str, np.ndarray], rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        channel = rows["channel"]
        counter = channel == Channel.COUNTER
        draw = rng.integers(0, 1_000, len(channel))
        real = staff.counter_tellers(rows["handling"].astype(np.int64), draw)
        second_pair = staff.counter_tellers(rows["handling"].astype(np.int64), draw + 1)
        teller = np.where(counter, real, staff.virtual_teller[channel])
        large = counter & (np.abs(rows["amount"]) >= _AUTHORISED_FROM)
        return teller.astype(np.int32), np.where(large, second_pair, -1).astype(np.int32)
