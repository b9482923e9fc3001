# ruff: noqa: E501, ISC004 - SQL reads better whole
"""How long churn and next products take to train and to score with a million drawn customers, and how much memory they need.

The marts that both models read are drawn into a database file of a temporary folder: customers whose flows tell of leaving and of
what they take up, over fifteen month ends. Printed are processor and clock seconds of each step and the highest memory so far; the
bounds are 15 minutes of training, 5 minutes of scoring and 8 GB. Usage: `.venv/bin/python benchmarks/models.py --customers 1000000`.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

import maisui
from maisui.models import CHURN
from maisui.models.fit import train
from maisui.models.next_product.make import score_next_product, train_next_product
from maisui.models.registry import store_model
from maisui.models.scores import score
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

LAST = date(2026, 10, 31)
MONTHS = 15
GROUPS = (
    "term_deposit",
    "notice_deposit",
    "credit_card",
    "debit_card",
    "wealth_product",
    "agency_bond",
    "agency_insurance",
    "consumer_loan",
)
LABELS = {"label_judged_balance": 10_000, "label_leaving_share": 0.2, "label_dormant_days": 180, "label_dormant_balance": 100}
DATA = {"version": "v", "content_hash": "h", "reporting_date": f"{LAST}", "last_delivery_on": f"{LAST}", "code_version": "0"}


class DrawnMarts:
    """A database file with the marts of so many customers; one engine thread a processor, memory held down."""

    def __init__(self, folder: Path, customers: int) -> None:
        """Draw so many customers into a file of `folder`."""
        self.connection = duckdb.connect(str(folder / "drawn.duckdb"), config={"memory_limit": "3GB", "temp_directory": str(folder)})
        days = [LAST]
        while len(days) < MONTHS:
            days.append(days[-1].replace(day=1) - timedelta(days=1))
        self._people(customers)
        self._facts(days[::-1])
        self._holdings()
        self._others(days[::-1])

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Sequence[Any] = ()) -> dict[str, Any]:
        """Return the rows of a query as one array a column."""
        return self.connection.execute(query, list(values)).fetchnumpy()

    def _people(self, customers: int) -> None:
        """Draw customers with a leaning to leave and one to each product, by hash of their number."""
        chance = "(hash(n, {}) % 1000000) / 1000000.0"
        leanings = ", ".join(f"{chance.format(place)} AS l{place}" for place in range(1, len(GROUPS) + 1))
        self.connection.execute(
            f"CREATE TABLE person AS SELECT printf('C%08d', n) AS customer_number, n, {chance.format(0)} AS leaving, "
            f"{chance.format(99)} AS age, {leanings} FROM range({customers}) AS t(n)"
        )
        self.connection.execute(
            "CREATE TABLE customer AS SELECT customer_number, customer_number AS person_customer_number, customer_number AS customer_name, "
            "'personal' AS customer_kind, 'female' AS sex, DATE '1960-01-01' + CAST(age * 15000 AS INTEGER) AS born_on, n % 3 = 0 AS is_farmer, "
            "false AS is_blacklisted FROM person"
        )

    def _facts(self, days: list[date]) -> None:
        columns = ", ".join(f"{column.name} {column.type}" for column in CUSTOMER_FACT_MONTH.columns)
        self.connection.execute(f"CREATE TABLE customer_fact_month ({columns})")
        drawn: dict[str, str] = {
            "legal_entity_code": "'L'", "customer_kind": "'personal'", "tier_code": "CASE WHEN n % 5 = 0 THEN 'gold' ELSE 'common' END",
            "organisation_code": "concat('B', n % 300)", "is_quality": "false", "is_effective": "true", "first_held_on": "DATE '2020-01-01'",
            "customer_number": "customer_number", "is_holder": "left_month > {month}",
            "recent_asset_balance": "CASE WHEN left_month > {month} THEN 20000 + n % 90000 ELSE 0 END",
            "earlier_asset_balance": "20000 + n % 90000", "asset_average_balance": "CASE WHEN left_month > {month} THEN 20000 + n % 90000 ELSE 0 END",
            "deposit_average_balance": "15000", "outflow_amount": "CAST(20000 * exp(2 * leaving) AS INTEGER)",
            "maturing_deposit_amount": "CAST(9000 * l1 AS INTEGER)", "inflow_amount": "CAST(20000 * exp(l2) AS INTEGER)",
            "payroll_amount": "CAST(9000 * l3 AS INTEGER)", "idle_day_count": "CAST(60 * l4 AS INTEGER)",
            "own_elsewhere_amount": "CAST(9000 * l5 AS INTEGER)", "held_month_count": "CAST(200 * l6 AS INTEGER) + {month}",
            "transaction_count": "CAST(60 * l8 AS INTEGER)",
        }  # fmt: skip
        for month, day in enumerate(days):
            told = drawn | {"business_date": f"DATE '{day}'"}
            chosen = ", ".join(told.get(column.name, "0").format(month=month) for column in CUSTOMER_FACT_MONTH.columns)
            self.connection.execute(
                f"INSERT INTO customer_fact_month SELECT {chosen} FROM (SELECT *, "
                "CAST(ln((hash(n, 77) % 1000000 + 1) / 1000001.0) / ln(1 - 0.03 * leaving * leaving - 0.0001) AS INTEGER) AS left_month FROM person)"
            )

    def _holdings(self) -> None:
        """Let everybody take up each product on a day that comes the sooner the more he leans to it."""
        spans = " UNION ALL ".join(
            f"SELECT customer_number, '{group}' AS product_group, "
            f"DATE '2024-06-01' + CAST(-ln((hash(n, {500 + place}) % 1000000 + 1) / 1000001.0) * 30 / (0.001 + 0.02 * l{place} * l{place}) AS INTEGER) AS since "
            "FROM person"
            for place, group in enumerate(GROUPS, 1)
        )
        self.connection.execute(f"CREATE TABLE span AS SELECT * FROM ({spans}) WHERE since <= DATE '{LAST}'")
        cards, holdings = "('credit_card', 'debit_card')", "('wealth_product', 'agency_bond', 'agency_insurance')"
        for text in (
            "CREATE TABLE account AS SELECT customer_number, product_group, since AS opened_on, CAST(NULL AS DATE) AS closed_on FROM span "
            f"WHERE product_group NOT IN {cards} AND product_group NOT IN {holdings}",
            "CREATE TABLE card AS SELECT customer_number, replace(product_group, '_card', '') AS card_kind, since AS issued_on, "
            f"CAST(NULL AS DATE) AS closed_on FROM span WHERE product_group IN {cards}",
            "CREATE TABLE asset_holding AS SELECT customer_number, product_group, since AS valid_from, CAST(NULL AS DATE) AS valid_until "
            f"FROM span WHERE product_group IN {holdings}",
        ):
            self.connection.execute(text)

    def _others(self, days: list[date]) -> None:
        run = self.connection.execute
        run("CREATE TABLE customer_merge (customer_number VARCHAR, surviving_number VARCHAR, valid_from DATE, valid_until DATE)")
        run(
            "CREATE TABLE consent AS SELECT customer_number, 'marketing' AS consent_purpose_code, DATE '2024-01-01' AS effective_from, "
            "'1' AS consent_number, 'given' AS consent_status, CAST(NULL AS DATE) AS expires_on FROM person"
        )
        run(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, text_value VARCHAR, number_value DECIMAL(12,6))"
        )
        stated = tomllib.loads((Path(maisui.__file__).parent / "parameters" / "defaults.toml").read_text(encoding="utf-8"))["parameter"]
        for one in stated:
            if one["code"].startswith("next_product."):
                run("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?, ?)", [one["code"], one.get("text"), one.get("number")])
        for code, number in LABELS.items():
            run("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, NULL, ?)", [code, number])
        run("CREATE TABLE product AS SELECT DISTINCT product_group, product_group AS product_code, 'deposit' AS product_line FROM span")
        run(
            "CREATE TABLE product_customer_month AS SELECT product_group AS level_code, 'group' AS level_kind, 'personal' AS customer_kind, "
            "d.day AS business_date, 1000 AS holder_count FROM product CROSS JOIN (SELECT unnest(?) AS day) AS d",
            [days],
        )
        run(
            "CREATE TABLE contribution_month AS SELECT product_group, 'personal' AS customer_kind, 'CNY' AS currency, 'deposit' AS account_kind, "
            f"DATE '{LAST}' AS business_date, CAST(100000 AS DECIMAL(38,2)) AS contribution_amount FROM product"
        )
        run(
            "CREATE TABLE account_contribution_month (account_number VARCHAR, currency VARCHAR, business_date DATE, contribution_amount DECIMAL(18,2), fee_amount DECIMAL(18,2))"
        )
        run("CREATE TABLE wealth_sale (product_code VARCHAR, currency VARCHAR, confirmed_on DATE, fee_amount DECIMAL(18,2))")
        run("CREATE TABLE agency_sale (product_code VARCHAR, currency VARCHAR, traded_on DATE, fee_amount DECIMAL(18,2))")


def timed(name: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the step returns
    """Do a step, print what it took, and return what it gave."""
    clock, processor = time.perf_counter(), time.process_time()
    found = work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(
        f"{name:22} {time.process_time() - processor:7.1f} s processor {time.perf_counter() - clock:7.1f} s clock, at most {peak:.2f} GB so far",
        flush=True,
    )
    return found


def main() -> None:
    """Draw, train and score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        marts = timed("draw", lambda: DrawnMarts(Path(scratch), asked.customers))
        for name, learn, say in (
            ("next_product", train_next_product, lambda: score_next_product(marts, home, "v")),
            ("churn", lambda reader, data: train(reader, CHURN, data), lambda: score(marts, home, CHURN, "v")),
        ):
            card, files = timed(f"{name}: train", lambda learn=learn: learn(marts, DATA))
            print("   ", card.get("hold_out") or {code: card["metrics"]["auc"][code] for code in ("value", "low", "high")}, card["faults"])
            store_model(home, name, card | {"faults": []}, files)  # scored whether it passed or not: the time is asked for
            timed(f"{name}: score", say)


if __name__ == "__main__":
    main()
