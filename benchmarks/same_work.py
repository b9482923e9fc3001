"""The same work as in pandas: intake of the same files, and only the steps that the same tables need, by the product's own runner."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.intake import receive
from maisui.parameters import load_parameters
from maisui.pipeline.integrate import integrate
from maisui.pipeline.plan import Plan, make_plan
from maisui.sources.loader import load_builtin
from maisui.steps.step import BatchContext
from maisui.tables import BY_NAME
from maisui.warehouse.publication import write_parts

SAME_TABLES = (
    "organisation_snapshot", "employee_snapshot", "teller_snapshot", "account_snapshot", "account_transaction", "loan_snapshot",
    "loan_contract_snapshot", "ledger_subject_snapshot", "ledger_snapshot", "delivery", "calendar_day", "organisation",
    "organisation_closure", "organisation_day", "customer", "account", "account_balance", "balance_break", "customer_relation", "loan",
    "loan_state", "account_month", "customer_month", "ledger_day", "ledger_tie",
)  # fmt: skip
"""The published tables that both sides make, row for row and cent for cent."""


def main(inbox: Path, out: Path, reporting_date: date) -> None:
    """Take in, integrate and write those tables."""
    shutil.rmtree(out, ignore_errors=True)
    source = load_builtin("east5")
    taken = receive(source=source, inbox=inbox, raw=out / "raw", until=reporting_date)
    plan = _needed(make_plan((source,)))
    engine = DuckDBEngine(out / "scratch")
    context = BatchContext("E0123H353090001", reporting_date)
    integrate(engine, plan, load_parameters(), taken.receipts, out / "raw", context, lambda *_: None)
    write_parts(engine.as_duckdb(), [BY_NAME[name] for name in SAME_TABLES], out / "parts")
    engine.close()


def _needed(plan: Plan) -> Plan:
    """Return the plan without the steps that none of the tables needs."""
    wanted = set(SAME_TABLES)
    steps = []
    for step in reversed(plan.steps):
        if step.writes.name in wanted:
            wanted |= set(step.reads)
            steps.append(step)
    return replace(plan, steps=tuple(reversed(steps)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]))
