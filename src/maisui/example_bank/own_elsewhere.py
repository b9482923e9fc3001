"""Persons who keep their money with another bank, and what of their transfers goes to their own account there."""

from __future__ import annotations

import numpy as np

from maisui.example_bank.codes import Contra, Kind, Note
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.deposit_book import DepositBook
from maisui.example_bank.population import Population
from maisui.example_bank.randomness import stream

_SHARE = 0.15
_TENTHS_TO_OWN = 6


def kept_elsewhere(people: Population, seed: int) -> np.ndarray:
    """What each customer keeps elsewhere, in cents: some of the persons with the higher incomes, one to five yearly incomes each."""
    rng = stream(seed, "own account elsewhere")
    draw, size = rng.random(people.persons), rng.random(people.persons)
    income = people.income[: people.persons]
    has = (income >= np.quantile(income, 0.6)) & (draw < _SHARE)
    kept = np.zeros(people.count, np.int64)
    kept[: people.persons] = np.where(has, (income * 12 * (1 + 4 * size)).astype(np.int64), 0)
    return kept


def goes_to_own_account(book: DepositBook, kept: np.ndarray, movements: Movements) -> np.ndarray:
    """Which movements are transfers to the customer's own account elsewhere: most of what those who have one send out."""
    customer = book.customer[movements.account].astype(np.int64)
    sent = (movements.contra == Contra.OUTSIDE) & (movements.kind == Kind.TRANSFER) & (movements.note == Note.TRANSFER_OUT)
    return sent & (kept[customer] > 0) & ((movements.counter.astype(np.int64) * 7 + customer) % 10 < _TENTHS_TO_OWN)
