"""Merchants whose payments the bank acquires: who they are, what they take in each day, what it earns and costs, and how it is booked."""

# ruff: noqa: PLR2004 (the odds, sizes and prices of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maisui.example_bank.bank import Bank
from maisui.example_bank.chart_of_accounts import leaf
from maisui.example_bank.days import as_date, day_number, is_month_end, month_start
from maisui.example_bank.organisations import HEAD_OFFICE
from maisui.example_bank.population import Segment
from maisui.example_bank.randomness import stream

KEPT_FROM = day_number(2026, 3, 1)
"""The first day of which takings are kept; on it the ledger opens subjects of their own for what they earn and cost."""
FEES, COST = "602105", "642102"
"""The ledger subjects of what merchants pay, and of what is passed on of it."""
_COLLECTING, _OTHER_COST = "602102", "642101"
"""The subjects on which fees come in and are passed on until the month's end tells how much of them was the merchants'."""
WAYS = ("刷卡", "扫码")
_SILENT = 0.18
_SHARE_OF_CARDS = 0.15
_FEES = np.array([0.0045, 0.0038])
_PASSED_ON = np.array([0.78, 0.55])


@dataclass(frozen=True)
class DayTakings:
    """The takings of one day by merchant (`place` among all merchants) and `way` of payment; money in cents."""

    place: np.ndarray
    way: np.ndarray
    trades: np.ndarray
    cents: np.ndarray
    fee: np.ndarray
    cost: np.ndarray


@dataclass(frozen=True)
class MonthFees:
    """What each merchant who traded in a month (`customer`, ascending by place) paid, and what was passed on of it, in cents."""

    customer: np.ndarray
    fee: np.ndarray
    cost: np.ndarray


def merchants_of(bank: Bank) -> np.ndarray:
    """Return the customers who have become merchants, in the order of their numbers."""
    people = bank.population
    trading = np.isin(people.segment, (Segment.SELF_EMPLOYED, Segment.MICRO))
    return np.flatnonzero(trading & (stream(bank.seed, "merchants").random(people.count) < 0.3))


def merchants_since(bank: Bank, customers: np.ndarray) -> np.ndarray:
    """Return the day from which each customer is a merchant."""
    return bank.population.joined[customers] + 60


class MerchantTrade:
    """What merchants take in; who stops trading, and when, is drawn once."""

    def __init__(self, bank: Bank) -> None:
        """Draw how busy each merchant is and which of them will stop."""
        self._bank = bank
        self.owners = merchants_of(bank)
        rng, count = stream(bank.seed, "merchant takings"), len(self.owners)
        self._busy = np.exp(1.6 + 0.9 * rng.standard_normal(count))
        self._ticket = np.exp(8.1 + 0.7 * rng.standard_normal(count))
        last = bank.calendar.last_day
        stops = rng.integers(KEPT_FROM + 30, max(last - 20, KEPT_FROM + 31), count)
        self.stops = np.where(rng.random(count) < _SILENT, stops, last + 1)
        self.since = merchants_since(bank, self.owners)

    def of_day(self, day: int) -> DayTakings | None:
        """Return the takings of one day that is over; nobody is open every day, and market days bring more."""
        rng, count = stream(self._bank.seed, "merchant takings", day), len(self.owners)
        opens, draws, prices = rng.random(count) < 0.82, rng.random((count, 2)), rng.random((count, 2))
        weekend = 1.25 if as_date(day).weekday() >= 5 else 1.0
        there = opens & (self.since <= day) & (day < self.stops) & (self._bank.demand_of[self.owners] >= 0)
        expected = self._busy[:, None] * weekend * np.array([_SHARE_OF_CARDS, 1 - _SHARE_OF_CARDS])
        trades = np.where(there[:, None], np.floor(expected + draws), 0).astype(np.int64)
        place, way = np.nonzero(trades)
        if not len(place):
            return None
        number = trades[place, way]
        cents = (number * self._ticket[place] * (0.6 + 0.8 * prices[place, way])).astype(np.int64)
        fee = np.rint(cents * _FEES[way]).astype(np.int64)
        return DayTakings(place, way, number, cents, fee, np.rint(fee * _PASSED_ON[way]).astype(np.int64))

    def fees_of_month(self, day: int) -> MonthFees:
        """Return the fees of the month that ends on `day`, as far as takings are kept."""
        fee, cost = np.zeros((2, len(self.owners)), np.int64)
        first = max(month_start(day), KEPT_FROM, self._bank.calendar.first_day)
        for taken in filter(None, map(self.of_day, range(first, day + 1))):
            np.add.at(fee, taken.place, taken.fee)
            np.add.at(cost, taken.place, taken.cost)
        traded = np.flatnonzero(fee)
        return MonthFees(self.owners[traded], fee[traded], cost[traded])


def book_merchant_fees(bank: Bank, trade: MerchantTrade, day: int) -> None:
    """At a month's end what merchants paid, and what was passed on, goes from the collective subjects to merchants' own."""
    if not is_month_end(day):
        return
    fees = trade.fees_of_month(day)
    outlet = bank.population.org[fees.customer]
    bank.ledger.post(HEAD_OFFICE, leaf(_COLLECTING), outlet, leaf(FEES), fees.fee)
    bank.ledger.post(outlet, leaf(COST), HEAD_OFFICE, leaf(_OTHER_COST), fees.cost)
