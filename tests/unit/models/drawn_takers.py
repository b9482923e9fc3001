"""A drawn bank whose customers take up products by known leanings, each seen in one thing that is known of them."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from drawn_bank import ends

import maisui
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

LEANINGS = {
    "term_deposit": "maturing_deposit_amount",
    "credit_card": "payroll_amount",
    "wealth_product": "own_elsewhere_amount",
    "agency_bond": "held_month_count",
    "agency_insurance": "outflow_amount",
    "consumer_loan": "transaction_count",
    "notice_deposit": "inflow_amount",
    "debit_card": "idle_day_count",
}
"""Each product group and the column in which the leaning to it is seen."""
WORTH = {group: Decimal(100 * (place + 1)) for place, group in enumerate(LEANINGS)}
"""What a holder of each group brings in a year."""


class DrawnTakers:
    """Customers with a leaning to each product; `hazard` is the chance a month of taking it up, one column a group."""

    def __init__(self, customers: int = 4500, months: int = 18, seed: int = 11, strength: float = 1.1) -> None:
        drawn = np.random.default_rng(seed)
        leaning = drawn.normal(0, 1, (customers, len(LEANINGS)))
        self.hazard = np.minimum(0.5, np.exp(-5.0 + strength * leaning))
        self.numbers = [f"C{number:05d}" for number in range(customers)]
        self.connection = duckdb.connect()
        days = ends(months)
        held = drawn.random(leaning.shape) < 0.05
        begun: list[tuple[str, str, date]] = [
            (self.numbers[row], list(LEANINGS)[place], date(2020, 1, 1)) for row, place in np.argwhere(held).tolist()
        ]
        for before in days[:-1]:
            fresh = ~held & (drawn.random(leaning.shape) < self.hazard)
            begun += [
                (self.numbers[row], list(LEANINGS)[place], before + timedelta(days=1 + row % 20))
                for row, place in np.argwhere(fresh).tolist()
            ]
            held |= fresh
        self._facts(days, leaning)
        self._others(begun, customers, days)

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()

    def _facts(self, days: list[date], leaning: np.ndarray) -> None:
        columns = ", ".join(f"{column.name} {column.type}" for column in CUSTOMER_FACT_MONTH.columns)
        self.connection.execute(f"CREATE TABLE customer_fact_month ({columns})")
        count = len(leaning)
        seen = {column: np.round(1000 * np.exp(0.7 * leaning[:, place])) for place, column in enumerate(LEANINGS.values())}
        fixed: dict[str, Any] = {
            "legal_entity_code": "L", "customer_kind": "personal", "tier_code": "common", "is_quality": False, "is_effective": True,
            "is_holder": True, "first_held_on": date(2020, 1, 1), "organisation_code": "A", "recent_asset_balance": 10_000,
            "earlier_asset_balance": 10_000, "asset_average_balance": 10_000, "deposit_average_balance": 10_000,
        }  # fmt: skip
        for day in days:
            told = fixed | {"customer_number": self.numbers, "business_date": day} | seen
            rows = pa.table({
                column.name: value if isinstance(value := told.get(column.name, 0), list | np.ndarray) else [value] * count
                for column in CUSTOMER_FACT_MONTH.columns
            })  # fmt: skip
            self.connection.register("drawn_month", rows)
            self.connection.execute("INSERT INTO customer_fact_month SELECT * FROM drawn_month")
            self.connection.unregister("drawn_month")

    def _others(self, begun: list[tuple[str, str, date]], customers: int, days: list[date]) -> None:
        run = self.connection.execute
        span: Any = pa.table({name: [one[place] for one in begun] for place, name in enumerate(("number", "product", "since"))})
        self.connection.register("begun", span)
        run(
            "CREATE TABLE account AS SELECT number AS customer_number, product AS product_group, since AS opened_on, CAST(NULL AS DATE) AS closed_on "
            "FROM begun WHERE product NOT IN ('wealth_product', 'agency_bond', 'agency_insurance', 'credit_card', 'debit_card')"
        )
        run(
            "CREATE TABLE card AS SELECT number AS customer_number, replace(product, '_card', '') AS card_kind, since AS issued_on, "
            "CAST(NULL AS DATE) AS closed_on FROM begun WHERE product IN ('credit_card', 'debit_card')"
        )
        run(
            "CREATE TABLE asset_holding AS SELECT number AS customer_number, product AS product_group, since AS valid_from, "
            "CAST(NULL AS DATE) AS valid_until FROM begun WHERE product IN ('wealth_product', 'agency_bond', 'agency_insurance')"
        )
        self.connection.unregister("begun")
        run("CREATE TABLE customer_merge (customer_number VARCHAR, surviving_number VARCHAR, valid_from DATE, valid_until DATE)")
        run(
            "CREATE TABLE customer AS SELECT number AS customer_number, number AS person_customer_number, number AS customer_name, "
            "DATE '1985-05-01' AS born_on, false AS is_farmer, false AS is_blacklisted, 'personal' AS customer_kind FROM (SELECT unnest(?) AS number)",
            [self.numbers],
        )
        run(
            "CREATE TABLE consent AS SELECT number AS customer_number, 'marketing' AS consent_purpose_code, DATE '2024-01-01' AS effective_from, "
            "'1' AS consent_number, 'given' AS consent_status, CAST(NULL AS DATE) AS expires_on FROM (SELECT unnest(?) AS number)",
            [self.numbers],
        )
        run(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, text_value VARCHAR, number_value DECIMAL(12,6))"
        )
        stated = tomllib.loads((Path(maisui.__file__).parent / "parameters" / "defaults.toml").read_text(encoding="utf-8"))["parameter"]
        for one in stated:
            if one["code"].startswith("next_product."):
                is_drawn = "offered." not in one["code"] or one["code"].removeprefix("next_product.offered.") in LEANINGS
                text = one.get("text") if is_drawn else "none"
                run("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?, ?)", [one["code"], text, one.get("number")])
        run(
            "CREATE TABLE product AS SELECT unnest(?) AS product_group, unnest(?) AS product_code, 'deposit' AS product_line",
            [list(LEANINGS), list(LEANINGS)],
        )
        run(
            "CREATE TABLE product_customer_month AS SELECT unnest(?) AS level_code, 'group' AS level_kind, 'personal' AS customer_kind, "
            "d.day AS business_date, 100 AS holder_count FROM (SELECT unnest(?) AS day) AS d",
            [list(LEANINGS), days],
        )
        run(
            "CREATE TABLE contribution_month (product_group VARCHAR, customer_kind VARCHAR, currency VARCHAR, account_kind VARCHAR, "
            "business_date DATE, contribution_amount DECIMAL(38,2))"
        )
        for group, amount in WORTH.items():
            run("INSERT INTO contribution_month VALUES (?, 'personal', 'CNY', 'deposit', ?, ?)", [group, days[-1], amount * 100])
        run(
            "CREATE TABLE account_contribution_month (account_number VARCHAR, currency VARCHAR, business_date DATE, contribution_amount DECIMAL(18,2), fee_amount DECIMAL(18,2))"
        )
        run("CREATE TABLE wealth_sale (product_code VARCHAR, currency VARCHAR, confirmed_on DATE, fee_amount DECIMAL(18,2))")
        run("CREATE TABLE agency_sale (product_code VARCHAR, currency VARCHAR, traded_on DATE, fee_amount DECIMAL(18,2))")
