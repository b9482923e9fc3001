"""The daily takings of acquired merchants since March 2026; some of them fall silent, which only the truth says."""

# ruff: noqa: PLR2004 (the odds, sizes and prices of an invented bank are its content)

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import as_date, day_number, day_text
from maisui.example_bank.population import Segment
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

_KEPT_FROM = day_number(2026, 3, 1)
POS_TERMINALS = 10
"""How many POS terminals each outlet has put up."""
_SILENT = 0.18
_WAYS = ("刷卡", "扫码")
_SHARE_OF_CARDS = 0.15
_FEES = np.array([0.0045, 0.0038])
_PASSED_ON = np.array([0.78, 0.55])


def merchants_of(bank: Bank) -> np.ndarray:
    """Return the customers who have become merchants, in the order of their numbers."""
    people = bank.population
    trading = np.isin(people.segment, (Segment.SELF_EMPLOYED, Segment.MICRO))
    return np.flatnonzero(trading & (stream(bank.seed, "merchants").random(people.count) < 0.3))


def merchant_numbers(bank: Bank, places: np.ndarray) -> ArrowText:
    """Return the numbers of merchants by their places in `merchants_of`."""
    return glued(bank.county.merchant_prefix, number_text(places, 8))


def merchants_since(bank: Bank, customers: np.ndarray) -> np.ndarray:
    """Return the day from which each customer is a merchant."""
    return bank.population.joined[customers] + 60


def terminal_name(code: str, kind: str, number: int) -> str:
    """Return the number of a terminal of an outlet."""
    return f"{kind}{code}{number:02d}"


def trading_merchants(bank: Bank, customers: np.ndarray, day: int) -> np.ndarray:
    """Return the places, among the `customers` who become merchants, of those who are merchants on a day."""
    return np.flatnonzero((merchants_since(bank, customers) <= day) & (bank.demand_of[customers] >= 0))


def placed_terminals(bank: Bank, customers: np.ndarray, day: int) -> dict[tuple[int, int], int]:
    """Return with which merchant, by place among `customers`, each POS terminal stands: the outlet's eldest merchants have one each.

    Where an outlet has fewer merchants than terminals the rest stand with the same again; where it has none they stand with nobody.
    """
    there, since = trading_merchants(bank, customers, day), merchants_since(bank, customers)
    placed: dict[tuple[int, int], int] = {}
    for outlet in bank.organisations.outlets.tolist():
        own = there[bank.population.org[customers[there]] == outlet]
        own = own[np.lexsort((own, since[own]))]
        placed |= {(outlet, number): int(own[number % len(own)]) for number in range(POS_TERMINALS if len(own) else 0)}
    return placed


class MerchantTakings:
    """Writes the feed pos_acquiring; who stops trading, and when, is drawn once."""

    def __init__(self, bank: Bank) -> None:
        """Draw how busy each merchant is and which of them will stop."""
        self._bank = bank
        self._owners = merchants_of(bank)
        rng, count = stream(bank.seed, "merchant takings"), len(self._owners)
        self._busy = np.exp(1.6 + 0.9 * rng.standard_normal(count))
        self._ticket = np.exp(8.1 + 0.7 * rng.standard_normal(count))
        last = bank.calendar.last_day
        stops = rng.integers(_KEPT_FROM + 30, max(last - 20, _KEPT_FROM + 31), count)
        self._stops = np.where(rng.random(count) < _SILENT, stops, last + 1)
        self._since = merchants_since(bank, self._owners)
        self._handed_over = max(_KEPT_FROM, bank.calendar.first_day) - 1

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the takings since the last delivery."""
        first, self._handed_over = self._handed_over + 1, max(day, self._handed_over)
        parts = [part for part in map(self._of_day, range(first, day + 1)) if part is not None]
        if parts:
            folder.write("pos_acquiring", day, {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]})

    def _of_day(self, day: int) -> dict[str, ArrowText] | None:
        """Return the takings of one day; nobody is open every day, and market days bring more."""
        rng, count = stream(self._bank.seed, "merchant takings", day), len(self._owners)
        opens, draws, prices = rng.random(count) < 0.82, rng.random((count, 2)), rng.random((count, 2))
        weekend = 1.25 if as_date(day).weekday() >= 5 else 1.0
        there = opens & (self._since <= day) & (day < self._stops) & (self._bank.demand_of[self._owners] >= 0)
        expected = self._busy[:, None] * weekend * np.array([_SHARE_OF_CARDS, 1 - _SHARE_OF_CARDS])
        trades = np.where(there[:, None], np.floor(expected + draws), 0).astype(np.int64)
        place, way = np.nonzero(trades)
        if not len(place):
            return None
        number = trades[place, way]
        cents = (number * self._ticket[place] * (0.6 + 0.8 * prices[place, way])).astype(np.int64)
        fee = np.rint(cents * _FEES[way]).astype(np.int64)
        return {
            "merchant_number": merchant_numbers(self._bank, place),
            "traded_on": day_text(np.full(len(place), day)),
            "payment_kind": word_text(_WAYS, way),
            "trade_count": number_text(number),
            "trade_amount": yuan_text(cents),
            "fee_income": yuan_text(fee),
            "fee_cost": yuan_text(np.rint(fee * _PASSED_ON[way]).astype(np.int64)),
        }

    def write_truth(self, folder: Path) -> None:
        """Write which merchants stopped, and the first day without them."""
        stopped = np.flatnonzero((self._stops <= self._bank.calendar.last_day) & (self._since < self._stops))
        table = pa.table({
            "merchant_number": merchant_numbers(self._bank, stopped),
            "stopped_on": pa.array([as_date(day) for day in self._stops[stopped].tolist()], pa.date32()),
        })  # fmt: skip
        pq.write_table(table, folder / "silent_merchants.parquet")
