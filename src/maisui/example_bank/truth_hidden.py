"""What drives the invented customers and nobody can see: hazards of leaving and failing, leanings, money elsewhere, outages."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.example_bank.agency_business import RICH, SALES_A_DAY
from maisui.example_bank.bank import Bank
from maisui.example_bank.card_business import HOLDING_SHARE
from maisui.example_bank.day_rows import Movements
from maisui.example_bank.days import NO_DAY, as_date, is_month_end
from maisui.example_bank.deposit_book import NORMAL
from maisui.example_bank.loan_book import OPEN, PRODUCTS, SOUND
from maisui.example_bank.own_elsewhere import goes_to_own_account, kept_elsewhere
from maisui.example_bank.population import Segment
from maisui.example_bank.savings_flows import LEAVING_A_DAY
from maisui.example_bank.text_columns import ArrowText

_YEAR = 365
_OPEN_DAYS = 6 / 7


def dates(days: np.ndarray) -> ArrowText:
    """Calendar dates, nothing where there is none."""
    return pa.array(days.astype(np.int32), pa.int32(), mask=days == NO_DAY).cast(pa.date32())


class HiddenTruth:
    """Notes hazards and evidence at deliveries; `write` writes them."""

    def __init__(self, bank: Bank) -> None:
        """Begin with nothing noted."""
        self._bank = bank
        self._kept = kept_elsewhere(bank.population, bank.seed)
        self._sent = np.zeros(bank.population.count, np.int64)
        self._times = np.zeros(bank.population.count, np.int64)
        self._hazard_now = np.zeros(bank.population.persons)
        self._hazard_so_far = np.zeros(bank.population.persons)
        self._borrowers: list[tuple[int, np.ndarray, np.ndarray]] = []
        ends = [day for day in bank.calendar.deliveries if is_month_end(day)]
        last = bank.calendar.last_day
        self._asked = {last, *(day for day in ends if 0 <= last - day - _YEAR < 31)}

    def note(self, day: int, days: list[Movements]) -> None:
        """Take down a delivery."""
        book = self._bank.deposits
        for movements in days:
            own = np.flatnonzero(goes_to_own_account(book, self._kept, movements))
            customer = book.customer[movements.account[own]]
            np.add.at(self._sent, customer, -movements.amount[own])
            np.add.at(self._times, customer, 1)
        if is_month_end(day):
            self._note_leaving(day)
        if day in self._asked:
            self._note_borrowers(day)

    def _note_leaving(self, day: int) -> None:
        """Note the hazard of a month: it is the same for all who have neither term money, loans nor wages here."""
        bank, people = self._bank, self._bank.population
        persons = slice(0, people.persons)
        account = bank.demand_of[persons]
        safe = np.maximum(account, 0)
        free = (account >= 0) & (bank.deposits.status[safe] == NORMAL) & (bank.deposits.opened[safe] < day - 60)
        free &= (bank.open_terms[persons] == 0) & (bank.open_loans[persons] == 0) & (people.segment[persons] != Segment.WAGE)
        self._hazard_now = np.where(free, LEAVING_A_DAY * 30 * _OPEN_DAYS, 0.0)
        self._hazard_so_far += self._hazard_now

    def _note_borrowers(self, day: int) -> None:
        book = self._bank.loans
        used = slice(0, book.count)
        loans = np.flatnonzero((book.status[used] == OPEN) & (book.state[used] == SOUND))
        self._borrowers.append((day, loans, (0.02 + self._bank.population.risk[book.customer[loans]]) ** 2))

    def write(self, folder: Path) -> None:
        """Write the five files."""
        people = self._bank.population
        pq.write_table(pa.table({
            "customer_number": people.numbers.slice(0, people.persons),
            "monthly_hazard": pa.array(self._hazard_now), "cumulative_hazard": pa.array(self._hazard_so_far),
            "left_on": dates(people.left[: people.persons]),
        }), folder / "churn.parquet")  # fmt: skip
        self._write_default_probability(folder)
        self._write_propensity(folder)
        some = np.flatnonzero(self._kept)
        pq.write_table(pa.table({
            "customer_number": people.numbers.take(pa.array(some)), "kept_elsewhere_cents": pa.array(self._kept[some]),
            "sent_cents": pa.array(self._sent[some]), "transfers": pa.array(self._times[some]),
        }), folder / "potential_customers.parquet")  # fmt: skip
        codes, calendar = self._bank.organisations.codes, self._bank.calendar
        rows = [
            {
                "kind": one.kind, "first_day": as_date(one.first_day), "last_day": as_date(one.last_day), "moved": one.moved,
                "outlet": codes[one.outlet] if one.outlet >= 0 else "", "elsewhere": codes[one.elsewhere] if one.outlet >= 0 else "",
                "channels": [channel.name.lower() for channel in one.channels],
            }
            for one in self._bank.anomalies
            if calendar.first_day <= one.first_day <= calendar.last_day
        ]  # fmt: skip
        schema = pa.schema([("kind", pa.string()), ("first_day", pa.date32()), ("last_day", pa.date32()), ("outlet", pa.string()),
                            ("elsewhere", pa.string()), ("channels", pa.list_(pa.string())), ("moved", pa.int64())])  # fmt: skip
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / "anomalies.parquet")

    def _write_default_probability(self, folder: Path) -> None:
        """Write the probability of failing within a year: a race by hidden risk for as many as do fail, whatever their size."""
        book, last = self._bank.loans, self._bank.calendar.last_day
        parts: list[pa.Table] = []
        for day, loans, weight in self._borrowers:
            failed = book.failed[: book.count]
            is_past = day + _YEAR > last
            count = int(((failed > day - _YEAR) & (failed <= day)).sum()) if is_past else int(
                ((failed[loans] > day) & (failed[loans] <= day + _YEAR)).sum()
            )  # fmt: skip
            parts.append(pa.table({
                "day": pa.array([as_date(day)] * len(loans), pa.date32()),
                "loan_account_number": self._bank.county.loan_account_numbers(loans),
                "probability": pa.array(1 - np.exp(-count * weight / max(float(weight.sum()), 1e-9))),
                "failed_on": dates(np.where(failed[loans] > day, failed[loans], NO_DAY)),
            }))  # fmt: skip
        pq.write_table(pa.concat_tables(parts), folder / "default_probability.parquet")

    def _write_propensity(self, folder: Path) -> None:
        """Write for each customer the chance of taking each product within a year (of ever holding a card)."""
        people, book, last = self._bank.population, self._bank.loans, self._bank.calendar.last_day
        columns: dict[str, ArrowText] = {"customer_number": people.numbers}
        for place, product in enumerate(PRODUCTS):
            fits = np.isin(people.segment, product.segments) & (people.joined <= last)
            granted = int(((book.product[: book.count] == place) & (book.started[: book.count] > last - _YEAR)).sum())
            columns[f"loan_{product.subject}"] = pa.array(np.where(fits, min(granted / max(int(fits.sum()), 1), 1.0), 0.0))
        person = np.arange(people.count) < people.persons
        rich = person & (people.wealth > RICH)
        columns["agency_product"] = pa.array(np.where(rich, 1 - (1 - SALES_A_DAY) ** _YEAR, 0.0))
        earning = person & np.isin(people.segment, (Segment.WAGE, Segment.SELF_EMPLOYED))
        columns["credit_card"] = pa.array(np.where(earning, HOLDING_SHARE, 0.0))
        pq.write_table(pa.table(columns), folder / "product_propensity.parquet")
