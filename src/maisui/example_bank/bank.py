"""The state of the simulated bank that all parts of a day's work share."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from maisui.example_bank.agency_business import AgencyBook
from maisui.example_bank.asset_transfers import TransferBook
from maisui.example_bank.bill_business import Bills
from maisui.example_bank.card_business import CardBook
from maisui.example_bank.channel_anomalies import Anomaly
from maisui.example_bank.county import County
from maisui.example_bank.days import as_date, day_number
from maisui.example_bank.deposit_book import DepositBook
from maisui.example_bank.due_book import DueBook
from maisui.example_bank.ledger import Ledger
from maisui.example_bank.loan_book import LoanBook
from maisui.example_bank.organisations import Organisations, Staff
from maisui.example_bank.outlet_closing import Closing
from maisui.example_bank.population import Population
from maisui.example_bank.randomness import stream
from maisui.example_bank.scale import Calendar, Scale

SPRING_FESTIVALS = (day_number(2024, 2, 10), day_number(2025, 1, 29), day_number(2026, 2, 17))
RATE_CUTS = (day_number(2025, 5, 20), day_number(2026, 1, 15))
OUTSIDE_PARTIES = 400


@dataclass(eq=False)
class Bank:
    """Everything that changes from day to day; `demand_of` gives a customer's demand account (-1 = none).

    `has_neighbours` says whether other counties' banks are simulated beside it, `edition` counts how often things
    that files repeat unchanged (outlets, officers) have changed after all.
    """

    county: County
    scale: Scale
    seed: int
    calendar: Calendar
    organisations: Organisations
    staff: Staff
    population: Population
    deposits: DepositBook
    loans: LoanBook
    ledger: Ledger
    demand_of: np.ndarray
    open_terms: np.ndarray
    open_loans: np.ndarray
    closing: Closing
    cards: CardBook
    agency: AgencyBook
    bills: Bills
    edition: int = 0
    dues: DueBook = field(default_factory=DueBook)
    has_neighbours: bool = False
    anomalies: list[Anomaly] = field(default_factory=list[Anomaly])
    transfers: TransferBook = field(default_factory=TransferBook)

    def draws(self, purpose: str, day: int) -> np.random.Generator:
        """The random stream of one purpose on one day."""
        return stream(self.seed, purpose, day)

    def progress(self, day: int) -> float:
        """Share of the 25-month story told by `day` (0 = October 2024, 1 = October 2026)."""
        return (day - day_number(2024, 10, 1)) / (day_number(2026, 10, 31) - day_number(2024, 10, 1))

    def growth(self, day: int) -> float:
        """Factor by which customers' targets have grown since the first day (6.5 % a year)."""
        return 1.0 + 0.065 * (day - self.calendar.first_day) / 365


def festival_distance(day: int) -> int:
    """Days from the nearest Spring Festival (negative = before it)."""
    return min((day - festival for festival in SPRING_FESTIVALS), key=abs)


def is_weekend(day: int) -> bool:
    """Saturday or Sunday."""
    return as_date(day).weekday() >= 5
