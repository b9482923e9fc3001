"""The daily takings of acquired merchants since March 2026; some of them fall silent, which only the truth says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import as_date, day_text
from maisui.example_bank.merchant_business import KEPT_FROM, WAYS, MerchantTrade, merchants_since
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, number_text, word_text, yuan_text

POS_TERMINALS = 10
"""How many POS terminals each outlet has put up."""


def merchant_numbers(bank: Bank, places: np.ndarray) -> ArrowText:
    """Return the numbers of merchants by their places in `merchants_of`."""
    return glued(bank.county.merchant_prefix, number_text(places, 8))


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
    """Writes the feed pos_acquiring."""

    def __init__(self, bank: Bank) -> None:
        """Begin with nothing handed over."""
        self._bank = bank
        self._trade = MerchantTrade(bank)
        self._handed_over = max(KEPT_FROM, bank.calendar.first_day) - 1

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the takings since the last delivery."""
        first, self._handed_over = self._handed_over + 1, max(day, self._handed_over)
        parts = [part for part in map(self._of_day, range(first, day + 1)) if part is not None]
        if parts:
            folder.write("pos_acquiring", day, {name: pa.concat_arrays([part[name] for part in parts]) for name in parts[0]})

    def _of_day(self, day: int) -> dict[str, ArrowText] | None:
        taken = self._trade.of_day(day)
        if taken is None:
            return None
        return {
            "merchant_number": merchant_numbers(self._bank, taken.place),
            "traded_on": day_text(np.full(len(taken.place), day)),
            "payment_kind": word_text(WAYS, taken.way),
            "trade_count": number_text(taken.trades),
            "trade_amount": yuan_text(taken.cents),
            "fee_income": yuan_text(taken.fee),
            "fee_cost": yuan_text(taken.cost),
        }

    def write_truth(self, folder: Path) -> None:
        """Write which merchants stopped, and the first day without them."""
        trade = self._trade
        stopped = np.flatnonzero((trade.stops <= self._bank.calendar.last_day) & (trade.since < trade.stops))
        table = pa.table({
            "merchant_number": merchant_numbers(self._bank, stopped),
            "stopped_on": pa.array([as_date(day) for day in trade.stops[stopped].tolist()], pa.date32()),
        })  # fmt: skip
        pq.write_table(table, folder / "silent_merchants.parquet")
