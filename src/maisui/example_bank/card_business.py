"""Credit cards: who has one, what is bought, paid back and put into instalments, and who stops paying."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import NO_DAY, as_date
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Population, Segment
from maisui.example_bank.randomness import stream
from maisui.example_bank.scale import Calendar

OVERDRAFTS, FEES, CLEARING = "1307", "602103", "100302"
PURCHASE, PAYMENT, INSTALMENT_FEE = range(3)
CARD_KINDS = ("消费", "还款", "分期手续费")
INSTALMENTS = 6
HOLDING_SHARE = 0.3


@dataclass(frozen=True)
class CardRows:
    """Postings on card accounts of one day; `cents` signed (+ = more overdraft)."""

    account: np.ndarray
    day: np.ndarray
    second: np.ndarray
    kind: np.ndarray
    cents: np.ndarray
    overdraft: np.ndarray


@dataclass(frozen=True)
class InstalmentPlans:
    """Plans agreed on one day."""

    account: np.ndarray
    day: np.ndarray
    cents: np.ndarray


@dataclass
class CardBook:
    """All credit card accounts of the story by position, in order of opening; money in cents."""

    customer: np.ndarray
    opened: np.ndarray
    limit: np.ndarray
    fails: np.ndarray
    due_day: np.ndarray
    overdraft: np.ndarray
    instalment: np.ndarray
    overdue: np.ndarray
    overdue_since: np.ndarray
    moved: np.ndarray
    rows: list[CardRows] = field(default_factory=list)
    plans: list[InstalmentPlans] = field(default_factory=list)

    def open_by(self, day: int) -> int:
        """How many accounts are open by the end of `day`."""
        return int(np.searchsorted(self.opened, day, side="right"))

    def take(self) -> tuple[list[CardRows], list[InstalmentPlans]]:
        """Hand over what happened since the last call."""
        taken = self.rows, self.plans
        self.rows, self.plans = [], []
        return taken

    def classes(self, accounts: np.ndarray, day: int) -> np.ndarray:
        """Position in the five classes, by days overdue."""
        since = self.overdue_since[accounts]
        days = np.where(since == NO_DAY, 0, day - since)
        return np.searchsorted(np.array([0, 90, 180, 360]), days, side="left")


def issue_cards(people: Population, calendar: Calendar, seed: int) -> CardBook:
    """Draw the card accounts of the whole story; those opened before it begin with an overdraft."""
    rng = stream(seed, "credit cards")
    earning = np.isin(people.segment[: people.persons], (Segment.WAGE, Segment.SELF_EMPLOYED))
    customer = np.flatnonzero(earning & (rng.random(people.persons) < HOLDING_SHARE))
    opened = people.joined[customer] + rng.integers(20, 1_500, len(customer))
    customer, opened = customer[opened <= calendar.last_day], opened[opened <= calendar.last_day]
    order = np.argsort(opened, kind="stable")
    customer, opened = customer[order], opened[order]
    count = len(customer)
    limit = np.clip(people.income[customer] * 3 // 100_000 * 100_000, 300_000, 5_000_000)
    fails = np.where(rng.random(count) < 0.04, rng.integers(calendar.first_day, calendar.last_day + 1, count), NO_DAY)
    used = (opened < calendar.first_day) & (rng.random(count) < 0.7)
    overdraft = np.where(used, (limit * (rng.random(count) * 0.5)).astype(np.int64), 0)
    return CardBook(
        customer=customer,
        opened=opened,
        limit=limit,
        fails=fails,
        due_day=1 + np.arange(count) % 20,
        overdraft=overdraft,
        instalment=np.zeros(count, np.int64),
        overdue=np.zeros(count, np.int64),
        overdue_since=np.full(count, NO_DAY, np.int64),
        moved=opened.copy(),
    )


def open_card_ledger(book: CardBook, people: Population, ledger: Ledger) -> None:
    """Book the overdrafts with which the story begins."""
    ledger.post(people.org[book.customer], leaf(OVERDRAFTS), HEAD_OFFICE, leaf(CLEARING), book.overdraft)
    ledger.start()


def live_card_day(book: CardBook, people: Population, ledger: Ledger, rng: np.random.Generator, day: int) -> None:
    """Collect what is due, let people buy, put large debts into instalments; everything posts to the ledger."""
    there = np.arange(book.open_by(day))
    failing = (book.fails[there] != NO_DAY) & (book.fails[there] <= day)
    parts = [
        _collect(book, there, failing, rng, day),
        _buy(book, there[~failing], rng, day),
        _put_into_instalments(book, there[~failing], rng, day),
    ]
    for rows, subject in zip(parts, (CLEARING, CLEARING, FEES), strict=True):
        org = people.org[book.customer[rows.account]]
        ledger.post(org, leaf(OVERDRAFTS), org if subject == FEES else HEAD_OFFICE, leaf(subject), rows.cents)
    book.rows.extend(rows for rows in parts if len(rows.account))


def _move(book: CardBook, account: np.ndarray, cents: np.ndarray, kind: int, second: np.ndarray, day: int) -> CardRows:
    book.overdraft[account] += cents
    book.moved[account] = day
    count = len(account)
    return CardRows(account, np.full(count, day), second, np.full(count, kind), cents, book.overdraft[account].copy())


def _collect(book: CardBook, there: np.ndarray, failing: np.ndarray, rng: np.random.Generator, day: int) -> CardRows:
    due = (book.due_day[there] == as_date(day).day) & (book.overdraft[there] > 0)
    part = book.instalment // INSTALMENTS
    need = book.overdraft - book.instalment + part
    late = there[due & failing]
    book.overdue[late] = need[late]
    book.overdue_since[late] = np.where(book.overdue_since[late] == NO_DAY, day, book.overdue_since[late])
    payers = there[due & ~failing]
    whole = rng.random(len(payers)) < 0.75
    cents = np.where(whole, need[payers], need[payers] // 2)
    book.instalment[payers] -= np.minimum(part[payers], book.instalment[payers])
    book.instalment[payers] = np.minimum(book.instalment[payers], book.overdraft[payers] - cents)
    paying = cents > 0
    return _move(book, payers[paying], -cents[paying], PAYMENT, 32_000 + rng.integers(0, 3_000, int(paying.sum())), day)


def _buy(book: CardBook, there: np.ndarray, rng: np.random.Generator, day: int) -> CardRows:
    buyers = there[rng.random(len(there)) < 0.15]
    cents = (np.exp(5.3 + 1.0 * rng.standard_normal(len(buyers))) * 100).astype(np.int64)
    cents = np.minimum(cents, book.limit[buyers] - book.overdraft[buyers])
    able = cents >= 100
    return _move(book, buyers[able], cents[able], PURCHASE, 36_000 + rng.integers(0, 40_000, int(able.sum())), day)


def _put_into_instalments(book: CardBook, there: np.ndarray, rng: np.random.Generator, day: int) -> CardRows:
    free = book.overdraft[there] - book.instalment[there]
    asked = (book.due_day[there] + 8 == as_date(day).day) & (free > 200_000) & (rng.random(len(there)) < 0.1)
    chosen, cents = there[asked], free[asked] // 10_000 * 10_000
    book.instalment[chosen] += cents
    if len(chosen):
        book.plans.append(InstalmentPlans(chosen, np.full(len(chosen), day), cents))
    return _move(book, chosen, cents * 6 // 1_000, INSTALMENT_FEE, np.full(len(chosen), 80_000), day)
