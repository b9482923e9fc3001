"""A drawn bank of one mart whose customers leave by a known chance, for models to find."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

LIMITS = {"label_judged_balance": "10000", "label_leaving_share": "0.2", "label_dormant_days": "180", "label_dormant_balance": "100"}
CONSENT = (
    "CREATE TABLE consent (customer_number VARCHAR, consent_purpose_code VARCHAR, consent_status VARCHAR, effective_from DATE, "
    "consent_number VARCHAR)"
)
DATA = {"version": "v", "content_hash": "h", "reporting_date": "2026-10-31", "last_delivery_on": "2026-10-31", "code_version": "0"}


def ends(months: int, last: date = date(2026, 10, 31)) -> list[date]:
    found = [last]
    while len(found) < months:
        found.append(found[-1].replace(day=1) - timedelta(days=1))
    return found[::-1]


class DrawnBank:
    """Customers with a lasting leaning to leave, seen in what flows out; `chance` is that of leaving within three months."""

    def __init__(self, customers: int = 1500, months: int = 20, seed: int = 3) -> None:
        drawn = np.random.default_rng(seed)
        leaning = drawn.normal(0, 1, customers)
        monthly = 1 / (1 + np.exp(-(-5.0 + 1.6 * leaning)))
        self.chance = {f"C{number:05d}": 1 - (1 - p) ** 3 for number, p in enumerate(monthly)}
        self.connection = duckdb.connect()
        columns = ", ".join(f"{column.name} {column.type}" for column in CUSTOMER_FACT_MONTH.columns)
        self.connection.execute(f"CREATE TABLE customer_fact_month ({columns})")
        self.connection.execute(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))"
        )
        for code, value in LIMITS.items():
            self.connection.execute("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?)", [code, Decimal(value)])
        self.connection.execute(
            "CREATE TABLE customer AS SELECT unnest(?) AS customer_number, CAST(NULL AS VARCHAR) AS person_customer_number, 'female' AS sex, DATE '1980-05-01' AS born_on",
            [list(self.chance)],
        )
        self.connection.execute(CONSENT)
        holds = np.ones(customers, bool)
        for place, day in enumerate(ends(months)):
            if place:
                holds &= drawn.random(customers) >= monthly
            self._month(day, place, leaning, holds, drawn)

    def _month(self, day: date, place: int, leaning: np.ndarray, holds: np.ndarray, drawn: np.random.Generator) -> None:
        count = len(leaning)
        assets = np.where(holds, 50_000, 0)
        values: dict[str, Any] = {
            "customer_number": [f"C{number:05d}" for number in range(count)],
            "is_holder": holds,
            "recent_asset_balance": assets,
            "earlier_asset_balance": assets if place >= 5 else [None] * count,
            "asset_average_balance": assets,
            "deposit_average_balance": assets,
            "outflow_amount": np.round(20_000 * np.exp(0.5 * leaning)),
            "inflow_amount": np.full(count, 20_000),
            "transaction_count": drawn.poisson(5, count),
            "organisation_code": np.where(np.arange(count) % 2, "A", "B"),
        }
        fixed: dict[str, Any] = {"business_date": day, "legal_entity_code": "L", "customer_kind": "personal", "tier_code": "none",
                                 "is_quality": False, "is_effective": True, "first_held_on": date(2020, 1, 1)}  # fmt: skip
        rows = pa.table({
            column.name: values[column.name] if column.name in values else [fixed.get(column.name, 0)] * count
            for column in CUSTOMER_FACT_MONTH.columns
        })  # fmt: skip
        self.connection.register("drawn_month", rows)
        self.connection.execute("INSERT INTO customer_fact_month SELECT * FROM drawn_month")
        self.connection.unregister("drawn_month")

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()
