"""A drawn bank of three marts with known months, for forecasts: one head office, two outlets and one that closed into the second."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import duckdb
import numpy as np

from maisui.models.forecast.calendar import festival_shares, lengths

OUTLETS = ("B1", "B2", "B9")
FESTIVALS = {2022: 201, 2023: 122, 2024: 210, 2025: 129, 2026: 217, 2027: 206}


def ends(months: int, last: date = date(2026, 10, 31)) -> list[date]:
    """Return so many month ends up to `last`, oldest first."""
    found = [last]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


class DrawnMarts:
    """Balances of two product groups and transactions at the counter in `months` months up to October 2026."""

    def __init__(self, months: int, seed: int = 7) -> None:
        drawn = np.random.default_rng(seed)
        self.days = ends(months) if months else []
        self.connection = duckdb.connect()
        self.connection.execute("CREATE TABLE calendar_day (business_date DATE, month_start DATE, month_end DATE)")
        self.connection.execute(
            "CREATE TABLE product_day (organisation_code VARCHAR, account_kind VARCHAR, product_group VARCHAR, business_date DATE, balance DECIMAL(38,2))"
        )
        self.connection.execute("CREATE TABLE contribution_month (organisation_code VARCHAR, product_group VARCHAR, business_date DATE)")
        self.connection.execute(
            "CREATE TABLE channel_day (organisation_code VARCHAR, handling_organisation_code VARCHAR, account_kind VARCHAR, channel_code VARCHAR,"
            " counterparty_code VARCHAR, is_bank_initiated BOOLEAN, business_date DATE, transaction_count BIGINT, inflow_amount DECIMAL(38,2),"
            " outflow_amount DECIMAL(38,2))"
        )
        self.connection.execute(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))"
        )
        self.connection.execute("CREATE TABLE holiday_calendar (holiday_date DATE, day_kind VARCHAR, holiday_name VARCHAR)")
        self.connection.execute("CREATE TABLE organisation_closure (organisation_code VARCHAR, ancestor_code VARCHAR)")
        self.connection.execute("CREATE TABLE organisation_succession (organisation_code VARCHAR, current_successor_code VARCHAR)")
        for code in OUTLETS:
            self.connection.execute("INSERT INTO organisation_closure VALUES (?, ?), (?, 'B0')", [code, code, code])
        self.connection.execute("INSERT INTO organisation_closure VALUES ('B0', 'B0')")
        self.connection.execute("INSERT INTO organisation_succession VALUES ('B9', 'B2')")
        for year, number in FESTIVALS.items():
            self.connection.execute("INSERT INTO parameter VALUES ('spring_festival', ?, NULL, ?)", [date(year, 1, 1), number])
        for outlet in OUTLETS:
            for group in ("term_deposit", "demand_deposit"):
                level = drawn.uniform(2e6, 9e6)
                walk = level + np.cumsum(drawn.normal(level * 0.004, level * 0.012, months))
                for day, balance in zip(self.days, walk, strict=True):
                    self.deposit(outlet, group, day, Decimal(f"{balance:.2f}"))
            counts = drawn.poisson(drawn.uniform(200, 900), months)
            for day, count in zip(self.days, counts, strict=True):
                self._transactions(outlet, "counter", day, count.item())
        for day in self.days:
            self.connection.execute("INSERT INTO calendar_day VALUES (?, date_trunc('month', ?::DATE), ?)", [day, day, day])

    def deposit(self, outlet: str, group: str, day: date, balance: Decimal) -> None:
        """Add one balance."""
        self.connection.execute("INSERT INTO product_day VALUES (?, 'deposit', ?, ?, ?)", [outlet, group, day, balance])

    def _transactions(self, outlet: str, channel: str, day: date, count: int) -> None:
        self.connection.execute(
            "INSERT INTO channel_day VALUES (?, ?, 'deposit', ?, 'cash', false, ?, ?, ?, ?)",
            [outlet, outlet, channel, day, count, Decimal(count * 90), Decimal(count * 100)],
        )

    def rows(self, query: str, values=()) -> list[tuple]:
        """Answer as a reader does; contribution is not delivered here."""
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values=()) -> dict:
        """Answer as a reader does."""
        return self.connection.execute(query, list(values)).fetchnumpy()


def festive(months: int, added: float, seed: int = 1) -> tuple[list[date], np.ndarray, np.ndarray]:
    """Return months, their counts with so much more a day in the weeks of the Spring Festival, and the shares of it, six months further."""
    days = ends(months, date(2026, 6, 30))
    festivals = [date(year, number // 100, number % 100) for year, number in FESTIVALS.items()]
    shares = festival_shares(days, festivals)
    daily = 100 + added * shares + np.random.default_rng(seed).normal(0, 2, months)
    return days, daily * lengths(days), shares
