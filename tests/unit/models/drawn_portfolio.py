"""A drawn portfolio of borrowers who fail by a known chance, seen in how much of the limit is drawn and in what lies on deposit."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from drawn_bank import ends

from maisui.models import CREDIT
from maisui.parameters.parameter_set import product_lines
from maisui.tables import BY_NAME

LOAN = 100_000


class DrawnPortfolio:
    """Borrowers with seven lasting leanings; `chance` is that of failing within twelve months. Who fails is bad for three; what is not said is null."""

    def __init__(self, borrowers: int = 2400, months: int = 41, seed: int = 7) -> None:
        drawn = np.random.default_rng(seed)
        self.days = ends(months)
        self.connection = duckdb.connect()
        for name in (*CREDIT.tables, "customer", "consent"):
            columns = ", ".join(f"{column.name} {column.type}" for column in BY_NAME[name].columns)
            self.connection.execute(f"CREATE TABLE {name} ({columns})")
        numbers = np.array([f"B{number:05d}" for number in range(borrowers)])
        draws, lacks, new, silent, rare, falls, dry = leanings = drawn.normal(0, 1, (7, borrowers))
        monthly = 1 / (1 + np.exp(6.5 - 0.65 * leanings.sum(axis=0)))
        self.chance = dict(zip(numbers.tolist(), 1 - (1 - monthly) ** 12, strict=True))
        self._add("parameter", "DATE '1900-01-01' AS valid_from", **_parameters())
        self._add(
            "customer", "DATE '1980-05-01' AS born_on", customer_number=numbers, sex=np.array(["male", "female"])[np.arange(borrowers) % 2]
        )
        tenth = max(1, borrowers // 10)
        self._add("guarantee_link", f"{LOAN} AS guarantee_amount, false AS is_self, DATE '2020-01-01' AS valid_from",
                  borrower_number=numbers[:tenth], guarantor_number=numbers[-tenth:])  # fmt: skip
        fails = drawn.random((months, borrowers)) < monthly
        failed = np.array([fails[max(0, place - 2) : place + 1].any(axis=0) for place in range(months)]).ravel()
        seen = (LOAN * (1 + np.exp(-draws)), 20_000 * np.exp(-lacks), 60 * np.exp(-new / 2), 20 * np.exp(silent / 2), 30 * np.exp(-rare),
                20_000 * np.exp(falls - lacks), 9_000 * np.exp(-dry))  # fmt: skip
        limits, assets, tenure, idle, times, before, inflow = (np.tile(np.round(one), months) for one in seen)
        rows, number, day = months * borrowers, np.tile(numbers, months), np.repeat(np.array(self.days, "datetime64[D]"), borrowers)
        self._add("customer_fact_month",
                  f"'personal' AS customer_kind, 'A' AS organisation_code, {LOAN} AS loan_balance, 3 AS product_group_count",
                  customer_number=number, business_date=day, recent_asset_balance=assets, earlier_asset_balance=before,
                  overdue_day_count=np.where(failed, 120, 0), loan_class_rank=np.where(failed, 3, 1),
                  inflow_amount=inflow, transaction_count=times,
                  idle_day_count=idle, held_month_count=tenure)  # fmt: skip
        self._add("loan_snapshot", f"{LOAN} AS balance, 'current' AS loan_status, DATE '2030-01-01' AS matures_on",
                  customer_number=number, loan_number=number, contract_number=number, reported_on=day,
                  loan_class=np.where(failed, "substandard", "pass"))  # fmt: skip
        self._add("loan_contract_snapshot", "'保证' AS guarantee_type", contract_number=number, reported_on=day, contract_amount=limits)
        self._add("customer_month", "0 AS loan_balance", customer_number=number, month_start=day.astype("datetime64[M]").astype("datetime64[D]"),
                  deposit_balance=assets, deposit_average_daily_balance=np.round(assets * drawn.uniform(0.8, 1.2, rows)))  # fmt: skip

    def _add(self, table: str, same: str, **values: np.ndarray) -> None:
        """Add rows of `values`, each with what is the `same` for all."""
        self.connection.register("drawn", pa.table(values))
        self.connection.execute(f"INSERT INTO {table} BY NAME SELECT *, {same} FROM drawn")
        self.connection.unregister("drawn")

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


def _parameters() -> dict[str, Any]:
    held = {line["code"]: Decimal(line["number"]) for line in product_lines() if line["code"] in CREDIT.parameters}
    return {"parameter_code": np.array(list(held)), "number_value": pa.array(list(held.values()), pa.decimal128(12, 6))}
