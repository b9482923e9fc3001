"""Saving and leaving: money above a customer's target goes into terms, a few customers take everything and go."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np

from maisui.example_bank.bank import OUTSIDE_PARTIES, Bank, festival_distance
from maisui.example_bank.codes import Channel, Contra, Kind, Note
from maisui.example_bank.day_rows import DayRows
from maisui.example_bank.days import as_date
from maisui.example_bank.deposit_book import (
    CORPORATE,
    CORPORATE_DEMAND,
    CORPORATE_TERM,
    MARGIN,
    NORMAL,
    PERSONAL_DEMAND,
)
from maisui.example_bank.deposit_openings import chosen_products, open_terms
from maisui.example_bank.population import Segment

LEAVING_A_DAY = 0.0013 / 30
_SMALLEST_TERM = 800_000


def _seasonal_goal(day: int) -> float:
    """Term money swells after the Spring Festival homecoming and ebbs until summer."""
    distance = festival_distance(day)
    return 1.0 + 0.025 * max(0.0, 1 - abs(distance - 15) / 60)


def save_surplus(bank: Bank, rows: DayRows, term_goal: tuple[int, int], busy: np.ndarray) -> None:
    """Open terms from demand money above target until the pools of personal and corporate terms reach their goals."""
    book, day = bank.deposits, rows.day
    date = as_date(day)
    if date.weekday() == 6:
        return
    used = slice(0, book.count)
    product, balance = book.product[used], book.balance[used]
    term = book.matures[used] >= 0
    growth = bank.growth(day)
    for organ, demand in ((False, PERSONAL_DEMAND), (True, CORPORATE_DEMAND)):
        pool = int(balance[term & (CORPORATE[product] == organ)].sum())
        goal = int(term_goal[organ] * growth * (1.0 if organ else _seasonal_goal(day)))
        budget = (goal - pool) // 4
        if budget < _SMALLEST_TERM:
            continue
        surplus = (balance - book.target[used] * growth).astype(np.int64)
        ready = (product == demand) & (book.status[used] == NORMAL) & (surplus > book.target[used] // 8)
        candidates = np.flatnonzero(ready & (surplus >= _SMALLEST_TERM) & ~busy[used])
        rng = bank.draws("saving", day * 2 + organ)
        eager = rng.random(len(candidates)) * np.sqrt(surplus[candidates])
        candidates = candidates[np.argsort(-eager)]
        amount = surplus[candidates] // 100_000 * 100_000
        fits = np.cumsum(amount) <= budget
        _open_savings(bank, rows, candidates[fits], amount[fits], organ=organ, rng=rng)
        busy[candidates[fits]] = True


def _open_savings(bank: Bank, rows: DayRows, source: np.ndarray, amount: np.ndarray, *, organ: bool, rng: np.random.Generator) -> None:
    if not len(source):
        return
    owners = bank.deposits.customer[source]
    product = chosen_products(rng, amount)
    if organ:
        product = np.where(rng.random(len(source)) < 0.3, MARGIN, CORPORATE_TERM)
    accounts = open_terms(bank, owners, product, rows.day)
    counter = rng.random(len(source)) < 0.75 - 0.35 * bank.progress(rows.day)
    channel = np.where(counter, Channel.COUNTER, Channel.INTERNET if organ else Channel.MOBILE)
    second = rng.integers(8 * 3600 + 1800, 17 * 3600, len(source))
    rows.add(source, -amount, second=second, kind=Kind.TRANSFER, channel=channel, note=Note.TERM_OPEN,
             contra=Contra.INSIDE, counter=accounts)  # fmt: skip
    rows.add(accounts, amount, second=second, kind=Kind.TRANSFER, channel=channel, note=Note.TERM_OPEN,
             contra=Contra.INSIDE, counter=source, posts=False)  # fmt: skip


def see_off_leavers(bank: Bank, rows: DayRows, busy: np.ndarray) -> None:
    """A few persons without terms, loans or wages here close their demand account at the counter."""
    book, people, day = bank.deposits, bank.population, rows.day
    if as_date(day).weekday() == 6:
        return
    rng = bank.draws("leaving", day)
    wanted = rng.poisson(people.persons * LEAVING_A_DAY)
    customers = np.unique(rng.integers(0, people.persons, wanted))
    accounts = bank.demand_of[customers]
    safe = np.maximum(accounts, 0)
    may_go = (accounts >= 0) & (book.status[safe] == NORMAL) & ~busy[safe]
    may_go &= (bank.open_terms[customers] == 0) & (bank.open_loans[customers] == 0)
    may_go &= (people.segment[customers] != Segment.WAGE) & (book.opened[safe] < day - 60)
    customers, accounts = customers[may_go], accounts[may_go]
    if not len(customers):
        return
    busy[accounts] = True
    interest = book.interest_due(accounts)
    second = rng.integers(9 * 3600, 16 * 3600, len(accounts))
    paid = interest > 0
    rows.add(accounts[paid], interest[paid], second=second[paid] - 5, kind=Kind.INTEREST, channel=Channel.COUNTER,
             note=Note.INTEREST, contra=Contra.INTEREST)  # fmt: skip
    amount = book.balance[accounts].copy()
    some = amount > 0
    cash = amount < 10_000_000
    rows.add(accounts[some], -amount[some], second=second[some],
             kind=np.where(cash, Kind.WITHDRAW, Kind.TRANSFER)[some], channel=Channel.COUNTER, note=Note.CLOSING,
             contra=np.where(cash, Contra.CASH, Contra.OUTSIDE)[some],
             counter=np.where(cash, -1, accounts % OUTSIDE_PARTIES)[some])  # fmt: skip
    book.moved[accounts] = day
    book.close(accounts, day)
    people.left[customers] = day
