"""Controls of contribution: a cent that is lost in a cut, and profit that nobody explains, stop the publication."""

from decimal import Decimal

import pytest
from drawn_tables import load_tables, need_table

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.errors import ReconciliationError
from maisui.pipeline.control_settings import ControlSettings
from maisui.pipeline.controls import run_controls, stop_on_violations
from maisui.reconciliation.contribution_controls import CONTRIBUTION_ADDS_UP, PROFIT_EXPLAINED, SERVICE_COST_ADDS_UP
from maisui.tables import BY_NAME

ACCOUNTS = """
    account_number | business_date | contribution_amount | servicing_cost_amount | economic_value_added_amount
    ---------------+---------------+---------------------+-----------------------+----------------------------
    A1             | 2026-05-31    | 1.00                | 0.50                  | 1.00
    A1             | 2026-06-30    | 2.00                | 0.50                  | 2.00
    A2             | 2026-06-30    | 3.01                | 0.25                  | 3.01
"""
MANAGERS = """
    employee_number | account_kind | business_date | contribution_amount | servicing_cost_amount | economic_value_added_amount
    ----------------+--------------+---------------+---------------------+-----------------------+----------------------------
    M1              | deposit      | 2026-05-31    | 1.00                | 0.50                  | 1.00
    M1              | deposit      | 2026-06-30    | 5.01                | 0.75                  | 5.01
"""
CUSTOMERS = """
    customer_number | business_date | contribution_amount | servicing_cost_amount | economic_value_added_amount
    ----------------+---------------+---------------------+-----------------------+----------------------------
    C1              | 2026-05-31    | 1.00                | 0.50                  | 1.00
    C1              | 2026-06-30    | 5.01                | 0.75                  | 5.01
"""
CHANNELS = """
    channel_code | business_date | cost_amount
    -------------+---------------+------------
    none         | 2026-05-31    | 0.50
    none         | 2026-06-30    | 0.50
    atm          | 2026-06-30    | 0.25
"""


def found(engine: Engine, rule, **tables: str) -> list[tuple]:
    """Return what `rule` finds in the drawn tables."""
    load_tables(engine, **tables)
    for name in BY_NAME:
        if name in rule.violations or name in rule.checked:
            need_table(engine, name)
    return sorted(engine.fetch(rule.violations))


def test_a_cent_lost_between_accounts_and_managers_or_customers_is_named(engine: Engine) -> None:
    """All three tell the same; then a manager lacks a cent of June, value added with it, and a customer has no May at all."""
    tables = {"account_contribution_month": ACCOUNTS, "contribution_month": MANAGERS, "customer_contribution_month": CUSTOMERS}
    assert found(engine, CONTRIBUTION_ADDS_UP, **tables) == []
    tables["contribution_month"] = MANAGERS.replace("5.01", "5.00")
    tables["customer_contribution_month"] = "\n".join(line for line in CUSTOMERS.splitlines() if "2026-05-31" not in line)
    assert found(engine, CONTRIBUTION_ADDS_UP, **tables) == [
        ("2026-05-31", "customer", Decimal("2.50")),
        ("2026-06-30", "manager", Decimal("0.02")),
    ]


def test_service_cost_by_channel_is_that_of_accounts(engine: Engine) -> None:
    """Equal; a cent more at the machine is named with month and outlet; without contribution nothing is compared."""
    assert found(engine, SERVICE_COST_ADDS_UP, account_contribution_month=ACCOUNTS, service_cost_month=CHANNELS) == []
    more = CHANNELS.replace("0.25", "0.26")
    assert found(engine, SERVICE_COST_ADDS_UP, account_contribution_month=ACCOUNTS, service_cost_month=more) == [
        ("2026-06-30", "B10", Decimal("0.01"))
    ]
    assert found(engine, SERVICE_COST_ADDS_UP, service_cost_month=CHANNELS) == []


def bridge(unexplained: str) -> str:
    """Draw a bridge of 1,000.00 of net profit of which `unexplained` fits no line."""
    rest = Decimal("1000.00") - Decimal(unexplained)
    return f"""
        bridge_line_code | business_date | profit_amount
        -----------------+---------------+--------------
        contribution     | 2026-06-30    | {rest}
        unexplained      | 2026-06-30    | {unexplained}
    """


def test_profit_may_be_unexplained_up_to_its_limit_and_not_a_cent_beyond(engine: Engine) -> None:
    """One hundredth of 1,000.00 is 10.00, lost or gained alike."""
    assert found(engine, PROFIT_EXPLAINED, profit_bridge_month=bridge("10.00")) == []
    assert found(engine, PROFIT_EXPLAINED, profit_bridge_month=bridge("10.01")) == [("2026-06-30", "CNY", Decimal("10.01"))]
    assert found(engine, PROFIT_EXPLAINED, profit_bridge_month=bridge("-10.01")) == [("2026-06-30", "CNY", Decimal("-10.01"))]


def test_profit_that_nobody_explains_stops_the_publication(tmp_path) -> None:
    """By the product's own setting; a bank may say that it only warns."""
    engine = DuckDBEngine(tmp_path)
    found(engine, PROFIT_EXPLAINED, profit_bridge_month=bridge("10.01"))
    stopped = run_controls(engine, ControlSettings({}, (), ()), [PROFIT_EXPLAINED])
    with pytest.raises(ReconciliationError, match=r"profit_explained.*2026-06-30 CNY: 10\.01"):
        stop_on_violations(stopped, where="here")
    stop_on_violations(run_controls(engine, ControlSettings({"profit": "warn"}, (), ()), [PROFIT_EXPLAINED]), where="here")
    engine.close()
