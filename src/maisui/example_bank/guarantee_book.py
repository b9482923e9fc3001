"""Who guarantees the bank's guaranteed loans: outsiders who borrow none, and planted rings, pairs and joint groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from maisui.example_bank.loan_book import OPEN, PRODUCTS
from maisui.example_bank.population import Segment

if TYPE_CHECKING:
    from maisui.example_bank.bank import Bank

GUARANTEED = np.array([product.guarantee == "保证" for product in PRODUCTS])
PLEDGED = np.array([product.guarantee == "抵押" for product in PRODUCTS])
ALONE, RING, JOINT = range(3)
_PLANTED_SHARE = 0.4
_SIZES = np.array([3, 4, 2, 4, 3])
_KINDS = np.array([RING, JOINT, RING, RING, JOINT])


class GuaranteeBook:
    """For each guaranteed loan, in the order of granting: its kind, its group (-1 alone) and its guarantor.

    Whoever guarantees alone is of a walk of life that never takes a guaranteed loan, so that guarantees run round only
    where it was planted. A customer stands in one planted group at a time; until a group is full, its borrowers have
    outsiders as guarantors, who are then released.
    """

    def __init__(self, bank: Bank) -> None:
        """Begin with no loan known."""
        self._bank = bank
        self._known = 0
        self.loan = np.zeros(0, np.int64)
        self.kind = np.zeros(0, np.int64)
        self.group = np.zeros(0, np.int64)
        self.guarantor = np.zeros(0, np.int64)
        self._waiting = np.zeros(0, np.int64)
        self._groups = 0
        people = bank.population
        fit = np.isin(people.segment, (Segment.WAGE, Segment.RETIRED)) & (people.joined < bank.calendar.first_day)
        rng = bank.draws("guarantors", 0)
        pool = rng.permutation(np.flatnonzero(fit))
        self._pool = pool[: max(4, len(pool) // 4)]

    def learn(self) -> None:
        """Take in the loans granted since the last call."""
        book = self._bank.loans
        fresh = np.arange(self._known, book.count)
        number, self._known = self._known, book.count
        fresh = fresh[GUARANTEED[book.product[fresh]]]
        if not len(fresh):
            return
        rng = self._bank.draws("guarantees", number)
        guarantor = self._pool[rng.integers(0, len(self._pool), len(fresh))]
        places = np.arange(len(self.loan), len(self.loan) + len(fresh))
        self.loan = np.r_[self.loan, fresh]
        self.kind = np.r_[self.kind, np.full(len(fresh), ALONE)]
        self.group = np.r_[self.group, np.full(len(fresh), -1)]
        self.guarantor = np.r_[self.guarantor, guarantor]
        self._waiting = np.r_[self._waiting, places[rng.random(len(fresh)) < _PLANTED_SHARE]]
        self._plant()

    def _plant(self) -> None:
        """Join those who wait to groups; whoever is in a group with an open loan, or waits already, waits no second time."""
        book = self._bank.loans
        is_open = book.status[self.loan] == OPEN
        bound = np.unique(book.customer[self.loan[is_open & (self.group >= 0)]])
        waiting = self._waiting[is_open[self._waiting]]
        owner = book.customer[self.loan[waiting]]
        first = np.zeros(len(waiting), bool)
        first[np.unique(owner, return_index=True)[1]] = True
        waiting = waiting[first & ~np.isin(owner, bound)]
        left: list[np.ndarray] = []
        for product in np.flatnonzero(GUARANTEED):
            queue = waiting[book.product[self.loan[waiting]] == product]
            while len(queue) >= _SIZES[self._groups % len(_SIZES)]:
                form = self._groups % len(_SIZES)
                members, queue = queue[: _SIZES[form]], queue[_SIZES[form] :]
                self.kind[members], self.group[members] = _KINDS[form], self._groups
                self.guarantor[members] = np.roll(book.customer[self.loan[members]], 1)
                self._groups += 1
            left.append(queue)
        self._waiting = np.concatenate(left)

    def circles(self) -> list[list[int]]:
        """Return the planted groups in which guarantees run round today, each as its customers' positions.

        A ring holds while all its loans are open; of a joint group the members with an open loan remain.
        """
        book = self._bank.loans
        is_open = book.status[self.loan] == OPEN
        found: list[list[int]] = []
        for group in np.unique(self.group[self.group >= 0]):
            mine = self.group == group
            alive = self.loan[mine & is_open]
            if self.kind[mine][0] == JOINT:
                members = book.customer[alive]
            else:
                members = book.customer[alive] if len(alive) == int(mine.sum()) else np.zeros(0, np.int64)
            if len(members) > 1:
                found.append(sorted(int(member) for member in members))
        return found
