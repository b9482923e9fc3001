"""Budgets beside the ledger: the month, quarter or year asked, the organisation's own or the sum below it, signs as the statement writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from example_home import run
from mini_bank import MiniBank, deliver, make_home
from scratch import scratch_folder

from maisui.answers import LedgerQuestion, Period, Statement, balance_sheet, budgeted, income_statement
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

DAY = date(2026, 3, 31)
ROWS = (
    ("B1", "line", "loan", "2026-03-01", "2026-03-31", "300.00"),
    ("B2", "line", "loan", "2026-03-01", "2026-03-31", "200.00"),
    ("B1", "line", "loan", "2026-01-01", "2026-12-31", "999.00"),
    ("B1", "line", "cash", "2026-03-01", "2026-03-31", "7.00"),
    ("B1", "subject", "2011", "2026-03-01", "2026-03-31", "40.00"),
    *(("B1", "line", "operating_expense", f"2026-0{m}-01", f"2026-0{m}-{d}", f"{m}.50") for m, d in ((1, 31), (2, 28), (3, 31))),
    ("B1", "line", "net_profit", "2026-03-01", "2026-03-31", "12.00"),
)
BUDGETS = "\nUNION ALL\n".join(
    f"SELECT '{org}' AS organisation_code, '{kind}' AS budget_item_kind, '{code}' AS budget_item_code, 'CNY' AS currency, "
    f"DATE '{first}' AS period_from, DATE '{last}' AS period_end_on, CAST({amount} AS DECIMAL(18,2)) AS budget_amount, "
    "min(source_file_id) AS source_file_id, min(source_line) AS source_line FROM mini_subj"
    for org, kind, code, first, last, amount in ROWS
)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with scratch_folder() as folder:
        path = make_home(folder / "home", mappings={"ledger_budget": BUDGETS})
        deliver(path, DAY, bank=MiniBank())
        run(path, DAY)
        home = open_home(path)
        with open_reader(home.versions, home.parts) as opened:
            yield opened


def planned(statement: Statement) -> dict[str, Decimal]:
    return {line.code: line.budget for line in statement.lines if line.budget is not None}


def test_an_outlets_month(reader: Reader) -> None:
    """Deposits have a budget by their one subject."""
    found = planned(budgeted(reader, balance_sheet(reader, LedgerQuestion("B1"))))
    assert found == {
        "loan": Decimal("300.00"),
        "cash": Decimal("7.00"),
        "deposit": Decimal("40.00"),
        "2011": Decimal("40.00"),
        "total_liabilities": Decimal("40.00"),
        "liabilities_and_equity": Decimal("40.00"),
    }


def test_the_bank_has_the_sum_of_its_outlets_where_each_has_one(reader: Reader) -> None:
    assert planned(budgeted(reader, balance_sheet(reader, LedgerQuestion()))) == {"loan": Decimal("500.00")}


def test_costs_are_negative_and_a_quarter_is_the_sum_of_its_months(reader: Reader) -> None:
    month = planned(budgeted(reader, income_statement(reader, LedgerQuestion("B1"))))
    cost = ("operating_expense", "operating_cost", "operating_profit", "profit_before_tax")
    assert month == {**dict.fromkeys(cost, Decimal("-3.50")), "net_profit": Decimal("12.00")}
    quarter = planned(budgeted(reader, income_statement(reader, LedgerQuestion("B1", period=Period.QUARTER))))
    assert quarter == dict.fromkeys((*cost, "net_profit"), Decimal("-7.50"))


def test_a_year_has_its_own_and_months_do_not_stand_for_it(reader: Reader) -> None:
    year = LedgerQuestion("B1", period=Period.YEAR)
    assert planned(budgeted(reader, balance_sheet(reader, year))) == {"loan": Decimal("999.00")}
    assert planned(budgeted(reader, income_statement(reader, year))) == {}


@pytest.mark.parametrize("period", [Period.DAY, Period.TO_DATE])
def test_other_periods_have_none(reader: Reader, period: Period) -> None:
    assert planned(budgeted(reader, balance_sheet(reader, LedgerQuestion("B1", period=period)))) == {}


def unplanned(statement: Statement) -> dict[str, tuple[str, ...]]:
    return {line.code: line.unplanned for line in statement.lines if line.unplanned}


def test_a_total_is_the_sum_of_its_lines_where_each_that_holds_something_has_a_budget(reader: Reader) -> None:
    """B1 owes deposits only (40.00 planned); what it holds stands on other assets, which nobody planned, beside loans and cash, which are nil."""
    outlet = budgeted(reader, balance_sheet(reader, LedgerQuestion("B1")))
    assert planned(outlet) == {
        "loan": Decimal("300.00"),
        "cash": Decimal("7.00"),
        "deposit": Decimal("40.00"),
        "2011": Decimal("40.00"),
        "total_liabilities": Decimal("40.00"),
        "liabilities_and_equity": Decimal("40.00"),
    }
    assert unplanned(outlet) == {"total_assets": ("other_asset",)}
    month = budgeted(reader, income_statement(reader, LedgerQuestion("B1")))
    assert (month.line("net_profit").budget, month.line("operating_profit").budget) == (Decimal("12.00"), Decimal("-3.50"))
