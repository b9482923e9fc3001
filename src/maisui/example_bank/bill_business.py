"""Discounted bills and advances: what is bought at a discount, collected and earned, and what the bank paid in a customer's place."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import NO_DAY, is_month_end
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Population, Segment
from maisui.example_bank.scale import Calendar

FACE, UNEARNED, EARNED, ADVANCES, CLEARING = "130101", "130102", "601104", "130601", "100302"
_DISCOUNTERS = (Segment.MICRO, Segment.FIRM, Segment.COOPERATIVE)
_BILLS_A_DAY, _ADVANCES_A_DAY = 0.002 / 30, 2e-6
_LONGEST = 180
_RATES = (12_500, 21_500)


@dataclass
class BillBook:
    """Bills ever discounted, by position; money in cents, the rate in parts per million; `interest` was kept back, `earned` of it booked.

    A bill stands with the outlet that keeps its customer.
    """

    customer: np.ndarray
    face: np.ndarray
    interest: np.ndarray
    earned: np.ndarray
    rate: np.ndarray
    issued: np.ndarray
    discounted: np.ndarray
    matures: np.ndarray

    def held(self, day: int) -> np.ndarray:
        """Positions of the bills held on the evening of `day`."""
        return np.flatnonzero((self.discounted <= day) & (self.matures > day))

    def add(self, other: BillBook) -> None:
        """Take in the bills of another book behind the own ones."""
        for name, values in vars(other).items():
            setattr(self, name, np.r_[getattr(self, name), values])


@dataclass
class AdvanceBook:
    """Advances ever paid, by position; a repaid one has the day on which it was."""

    customer: np.ndarray
    cents: np.ndarray
    paid: np.ndarray
    repaid: np.ndarray

    def balance(self, day: int) -> np.ndarray:
        """What is still owed on the evening of `day`, in cents."""
        return np.where((self.repaid != NO_DAY) & (self.repaid <= day), 0, self.cents)


@dataclass
class Bills:
    """The two books together."""

    discounted: BillBook
    advances: AdvanceBook


def _firms(people: Population, day: int) -> np.ndarray:
    organs = np.arange(people.persons, people.count)
    return organs[np.isin(people.segment[organs], _DISCOUNTERS) & (people.joined[organs] < day - 60)]


def _drawn(people: Population, rng: np.random.Generator, count: int, day: int) -> BillBook:
    """Bills discounted on one day, nothing earned on them yet."""
    firms = _firms(people, day)
    count = count if len(firms) else 0
    customer = firms[rng.integers(0, len(firms), count)] if count else np.zeros(0, np.int64)
    face = np.maximum(np.exp(11.2 + 0.6 * rng.standard_normal(count)).astype(np.int64) // 1_000, 5) * 100_000
    age, ahead = rng.integers(2, 60, count), rng.integers(30, _LONGEST, count)
    rate = rng.integers(*_RATES, count) // 100 * 100
    interest = face * rate // 1_000_000 * ahead // 360
    days = np.full(count, day)
    return BillBook(customer, face, interest, np.zeros(count, np.int64), rate, days - age, days, days + ahead)


def empty_bills() -> Bills:
    """Both books before the first entry."""
    nothing = np.zeros(0, np.int64)
    return Bills(BillBook(*(nothing for _ in range(8))), AdvanceBook(*(nothing for _ in range(4))))


def open_bills(bills: Bills, people: Population, calendar: Calendar, ledger: Ledger, rng: np.random.Generator) -> None:
    """Book the bills with which the story begins, as if each had been discounted on a day of the half-year before."""
    eve = calendar.first_day - 1
    book = _drawn(people, rng, int(rng.poisson(people.count * _BILLS_A_DAY * 110)), eve)
    shift = (rng.random(len(book.customer)) * (book.matures - eve)).astype(np.int64)
    for name in ("issued", "discounted", "matures"):
        setattr(book, name, getattr(book, name) - shift)
    org = people.org[book.customer]
    ledger.post(org, leaf(FACE), HEAD_OFFICE, leaf(CLEARING), book.face)
    ledger.post(HEAD_OFFICE, leaf(CLEARING), org, leaf(UNEARNED), book.interest)
    ledger.start()
    bills.discounted.add(book)


def live_bill_day(bills: Bills, people: Population, ledger: Ledger, rng: np.random.Generator, day: int) -> None:
    """Collect what falls due, discount new bills, earn the month's interest; now and then pay in a customer's place."""
    book = bills.discounted
    due = np.flatnonzero(book.matures == day)
    ledger.post(HEAD_OFFICE, leaf(CLEARING), people.org[book.customer[due]], leaf(FACE), book.face[due])
    _earn(book, due, people, ledger, day)
    fresh = _drawn(people, rng, int(rng.poisson(people.count * _BILLS_A_DAY)), day)
    org = people.org[fresh.customer]
    ledger.post(org, leaf(FACE), HEAD_OFFICE, leaf(CLEARING), fresh.face)
    ledger.post(HEAD_OFFICE, leaf(CLEARING), org, leaf(UNEARNED), fresh.interest)
    book.add(fresh)
    if is_month_end(day):
        _earn(book, book.held(day), people, ledger, day)
    _advance(bills.advances, people, ledger, rng, day)


def _earn(book: BillBook, bills: np.ndarray, people: Population, ledger: Ledger, day: int) -> None:
    """Bring the interest booked as income to the part of the term that has run."""
    run = np.minimum(day, book.matures[bills]) - book.discounted[bills]
    earned = book.interest[bills] * run // np.maximum(book.matures[bills] - book.discounted[bills], 1)
    org = people.org[book.customer[bills]]
    ledger.post(org, leaf(UNEARNED), org, leaf(EARNED), earned - book.earned[bills])
    book.earned[bills] = earned


def _advance(book: AdvanceBook, people: Population, ledger: Ledger, rng: np.random.Generator, day: int) -> None:
    back = np.flatnonzero(book.repaid == day)
    ledger.post(HEAD_OFFICE, leaf(CLEARING), people.org[book.customer[back]], leaf(ADVANCES), book.cents[back])
    firms = _firms(people, day)
    count = int(rng.poisson(max(people.count * _ADVANCES_A_DAY, 1 / 120))) if len(firms) else 0
    customer = firms[rng.integers(0, max(len(firms), 1), count)]
    cents = np.maximum(np.exp(10.8 + 0.5 * rng.standard_normal(count)).astype(np.int64) // 1_000, 5) * 100_000
    repaid = np.where(rng.random(count) < 0.8, day + rng.integers(20, 150, count), NO_DAY)
    ledger.post(people.org[customer], leaf(ADVANCES), HEAD_OFFICE, leaf(CLEARING), cents)
    book.customer, book.cents = np.r_[book.customer, customer], np.r_[book.cents, cents]
    book.paid, book.repaid = np.r_[book.paid, np.full(count, day)], np.r_[book.repaid, repaid]
