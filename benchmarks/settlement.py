"""How long a settlement takes: a year of daily allocation for 1,000 employees, then four quarters of 40 indicators each, to the cent.

Balances, assignments and marts are made up by arithmetic on row numbers; allocation runs through the batch's own steps and figures
are asked as a page asks them, without a cache. Processor seconds count, so that a busy machine tells the same.
"""

# ruff: noqa: E501 (a query that makes up rows is read on one line)

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

from maisui.answers import Period
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES
from maisui.marts.manager_day import MANAGER_DAY_MART
from maisui.parameters import load_parameters
from maisui.pipeline.run_step import run_step
from maisui.steps.step import BatchContext
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest
from maisui.web.schemes.assessment import assessed, ground_of
from maisui.web.schemes.terms import Basis, Indicator, Method, Subject, Terms, Tier, library_of

FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
QUARTERS = (date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), LAST)
INDICATORS = 40
TARGET_SECONDS = 60
STEPS = (CHECK_MANAGER_ASSIGNMENTS, CHECK_ALLOCATION_DECISIONS, SETTLE_ASSIGNMENTS, ALLOCATE_RESULTS, SPLIT_BALANCES, MANAGER_DAY_MART)
CALENDAR = "SELECT CAST(d AS DATE) AS business_date, CAST(date_trunc('month', d) AS DATE) AS month_start FROM range(DATE '2025-01-01', DATE '2026-01-01', INTERVAL 1 DAY) AS r(d)"
MONTH_ENDS = "(SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start)"


def processor_seconds() -> float:
    """Return what this process has used of the processors."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def fill(engine: DuckDBEngine, name: str, query: str, given: tuple[str, ...]) -> None:
    """Make a table of the bank from a query that gives some of its columns; numbers it does not give are made up, words are fixed."""
    chosen = []
    for column in BY_NAME[name].columns:
        made = f"q.{column.name}" if column.name in given else _made_up(column.type, nullable=column.nullable)
        chosen.append(f"CAST({made} AS {column.type}) AS {column.name}")
    engine.create_table(name, f"SELECT {', '.join(chosen)} FROM ({query}) AS q")


def _made_up(kind: str, *, nullable: bool) -> str:
    if kind == "BOOLEAN":
        return "true"
    if kind == "DATE":
        return "NULL" if nullable else f"DATE '{FIRST}'"
    if kind == "VARCHAR":
        return "NULL" if nullable else "'none'"
    return "1 + hash(q) % 90"


def make_bank(engine: DuckDBEngine, employees: int, accounts: int) -> None:
    """Make tables of a year: accounts with a balance for each month, shared and handed over in the middle of months."""
    for name in BY_NAME:
        fill(engine, name, "SELECT 1 AS nothing WHERE false", ())
    engine.create_table("parameter", load_parameters().query())
    people = f"SELECT 'E' || i AS employee_number, 'O' || (i % 50) AS organisation_code, i FROM range({employees}) AS r(i)"
    every = f"SELECT 'A' || a AS account_number, 'C' || (a // 2) AS customer_number, 'O' || (a % {employees} % 50) AS organisation_code, CASE WHEN a % 6 = 0 THEN 'loan' ELSE 'deposit' END AS account_kind, 'CNY' AS currency, a FROM range({employees * accounts}) AS r(a)"
    fill(engine, "calendar_day", f"SELECT * FROM ({CALENDAR}) AS c", ("business_date", "month_start"))
    fill(
        engine,
        "organisation",
        "SELECT 'O' || i AS organisation_code, 'B0' AS parent_code FROM range(50) AS r(i) UNION ALL SELECT 'B0', NULL",
        ("organisation_code", "parent_code"),
    )
    closure = "SELECT 'O' || i AS organisation_code, unnest(['B0', 'O' || i]) AS ancestor_code FROM range(50) AS r(i)"
    fill(engine, "organisation_closure", closure, ("organisation_code", "ancestor_code"))
    staff = f"SELECT *, '客户经理' AS post_name, DATE '{FIRST}' AS reported_on FROM ({people})"
    fill(engine, "employee_snapshot", staff, ("employee_number", "organisation_code", "post_name", "reported_on"))
    numbers = f"SELECT employee_number AS worker_number, employee_number AS person_number, 'employee' AS number_kind, DATE '1900-01-01' AS valid_from FROM ({people})"
    fill(engine, "person_number", numbers, ("worker_number", "person_number", "number_kind", "valid_from"))
    keys = ("account_number", "customer_number", "organisation_code", "account_kind", "currency")
    fill(engine, "account", f"SELECT *, DATE '2024-06-01' AS opened_on FROM ({every})", (*keys, "opened_on"))
    fill(engine, "customer", f"SELECT DISTINCT customer_number FROM ({every})", ("customer_number",))
    balances = f"SELECT account_number, currency, make_date(2025, m, 1 + a % 27) AS valid_from, CASE WHEN m < 12 THEN make_date(2025, m + 1, 1 + a % 27) END AS valid_until, (1000 + hash(a * 13 + m) % 9000000) / 100 AS balance FROM ({every}) CROSS JOIN (SELECT unnest(range(1, 13)) AS m)"
    fill(engine, "account_balance", balances, ("account_number", "currency", "valid_from", "valid_until", "balance"))
    engine.create_table("given_out", f"SELECT account_number, a, CASE WHEN a % 10 = 0 THEN 0.37 ELSE 1 END AS share FROM ({every})")
    lines = f"""
SELECT 'account' AS object_kind, account_number AS object_number, 'all' AS business_line, 'E' || ((a + turn) % {employees}) AS employee_number,
  CAST(CASE WHEN who = 0 THEN share ELSE 1 - share END AS DECIMAL(12,6)) AS result_share,
  CASE turn WHEN 0 THEN DATE '2024-01-01' ELSE make_date(2025, CAST(4 + a % 8 AS INTEGER), 16) END AS valid_from,
  CASE turn WHEN 0 THEN make_date(2025, CAST(4 + a % 8 AS INTEGER), 16) END AS valid_until, DATE '2025-12-31' AS reported_on, who
FROM given_out CROSS JOIN (VALUES (0), (1)) AS t(turn) CROSS JOIN (VALUES (0), (1)) AS w(who) WHERE who = 0 OR share < 1
"""
    second = f"SELECT row_number() OVER () AS source_line, * REPLACE (CASE WHEN who = 1 THEN 'E' || ((CAST(substr(employee_number, 2) AS BIGINT) + 7) % {employees}) ELSE employee_number END AS employee_number) FROM ({lines})"
    given = (
        "object_kind",
        "object_number",
        "business_line",
        "employee_number",
        "result_share",
        "valid_from",
        "valid_until",
        "reported_on",
        "source_line",
    )
    fill(engine, "manager_assignment_snapshot", second, given)
    make_marts(engine, people)


def make_marts(engine: DuckDBEngine, people: str) -> None:
    """Make the marts that no allocation step fills: what tellers did on each day, and results and customers by month."""
    whose = "SELECT p.employee_number, p.organisation_code, p.employee_number AS person_number, p.employee_number AS teller_number"
    days = f"{whose}, c.business_date FROM ({people}) AS p CROSS JOIN calendar_day AS c WHERE dayofweek(c.business_date) BETWEEN 1 AND 5"
    coded = f"SELECT *, 'T' || k AS transaction_code FROM ({days}) CROSS JOIN (SELECT unnest(range(5)) AS k)"
    fill(engine, "teller_day", coded, ("organisation_code", "teller_number", "person_number", "business_date", "transaction_code"))
    fill(engine, "teller_duty_day", days, ("organisation_code", "employee_number", "person_number", "business_date"))
    months = f"{whose}, m.business_date FROM ({people}) AS p CROSS JOIN {MONTH_ENDS} AS m"
    held = f"SELECT *, 'C' || n || employee_number AS customer_number, DATE '2026-12-31' AS managed_until FROM ({months}) CROSS JOIN (SELECT unnest(range(60)) AS n)"
    columns = ("organisation_code", "employee_number", "person_number", "business_date", "customer_number", "managed_until")
    fill(engine, "managed_customer_month", held, columns)
    fill(engine, "managed_standing", held, columns)
    sold = f"SELECT *, 'buy' AS sale_kind FROM ({months})"
    fill(engine, "agency_business_day", sold, ("organisation_code", "employee_number", "person_number", "business_date", "sale_kind"))
    kinds = f"SELECT *, unnest(['deposit', 'loan']) AS account_kind FROM ({months})"
    fill(engine, "contribution_month", kinds, ("organisation_code", "employee_number", "business_date", "account_kind"))
    fill(engine, "account_month", "SELECT DISTINCT month_start FROM calendar_day", ("month_start",))


def scheme() -> Terms:
    """Return a scheme of 40 indicators: every figure known by person, then their increases until there are enough."""
    metrics = [metric for metric in library_of(Subject.MANAGER) if metric.code != "raroc"]
    tiers = (Tier(Decimal(0), Decimal("0.5")), Tier(Decimal(100), Decimal("0.8")))
    bases = [(metric, Basis.VALUE) for metric in metrics] + [(metric, Basis.INCREASE) for metric in metrics]
    chosen = bases[:INDICATORS]
    indicators = tuple(
        Indicator(metric.code, Method.TARGET, Decimal(1), target=Decimal(50), basis=basis)
        if place % 2 == 0
        else Indicator(metric.code, Method.BAND, Decimal(1), tiers=tiers, basis=basis)
        for place, (metric, basis) in enumerate(chosen)
    )
    return Terms("own-1", "四十项", Subject.MANAGER, ("客户经理",), (), indicators, Decimal(1))


def main() -> int:
    """Print what allocation and settlement took, and end with 1 where that is more than the target."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--employees", type=int, default=1_000)
    asked.add_argument("--accounts", type=int, default=60, help="accounts for each employee")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="maisui-settlement-") as folder:
        engine = DuckDBEngine(Path(folder))
        make_bank(engine, options.employees, options.accounts)
        print(f"{options.employees:,} employees, {options.employees * options.accounts:,} accounts, made in {processor_seconds():.1f} s")
        whole = 0.0
        for step in STEPS:
            began = processor_seconds()
            rows = run_step(engine, step, BatchContext("MINI01", LAST))
            whole += _told(step.name, began, f"{rows:,} rows")
        held = engine.fetch(
            f"SELECT (SELECT sum(balance) FROM account_balance WHERE valid_until IS NULL), (SELECT sum(balance) FROM manager_day WHERE business_date = DATE '{LAST}')"
        )[0]
        print(f"balances {held[0]:,} yuan, by people and nobody {held[1]:,} yuan, difference {held[0] - held[1]:,}")
        manifest = Manifest("bench", "MINI01", LAST, FIRST, "", "", (), "", (), None, "", ())
        reader, terms = Reader(manifest, engine.as_duckdb()), scheme()
        for day in QUARTERS:
            began = processor_seconds()
            found = assessed(ground_of(reader, day, Period.QUARTER), (terms,))
            parts = sum(len(one.statement.parts) for one in found)
            pay = sum((one.statement.pay for one in found), Decimal(0))
            whole += _told(f"settle {day}", began, f"{len(found):,} people, {parts:,} parts, {pay:,} yuan")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{'in all':32}{whole:8.1f} s processor  (target {TARGET_SECONDS})  {memory:,.0f} MB  {time.process_time():.1f} s with the making"
        )
        engine.close()
    return 0 if whole <= TARGET_SECONDS else 1


def _told(what: str, began: float, result: str) -> float:
    spent = processor_seconds() - began
    print(f"{what:32}{spent:8.1f} s  {result}", flush=True)
    return spent


if __name__ == "__main__":
    sys.exit(main())
