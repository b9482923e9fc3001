"""As was and as is: the same money by the organisations of each day and by today's; both add up to the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from maisui.engines.duckdb_engine import connect
from maisui.metrics import Measure, Timing
from maisui.metrics.measure_sql import Scope, View, Window, measure_query, series_query
from maisui.tables import BY_NAME

BALANCE = Measure("product_day", "sum(balance)", Timing.POINT)
FLOW = Measure("product_day", "sum(balance)", Timing.PERIOD)
MAY, JUNE = date(2026, 5, 31), date(2026, 6, 30)
ROWS = {
    "product_day": [("B11", MAY, 100), ("B12", MAY, 10), ("B21", MAY, 1000), ("B12", JUNE, 120), ("B21", JUNE, 1100)],
    "organisation_closure": [
        *(("H", code) for code in ("H", "B10", "B20", "B11", "B12", "B21")),
        *(("B10", code) for code in ("B10", "B11")),
        *(("B20", code) for code in ("B20", "B12", "B21")),
        *((code, code) for code in ("B11", "B12", "B21")),
    ],
    "organisation_succession": [("B11", "B12")],
}
PERIODS = [
    *(("H", code, date(1900, 1, 1), None) for code in ("H", "B10", "B20", "B11", "B12", "B21")),
    *((code, code, date(1900, 1, 1), None) for code in ("B10", "B20", "B11", "B12", "B21")),
    ("B10", "B11", date(1900, 1, 1), None),
    ("B10", "B12", date(1900, 1, 1), date(2026, 6, 10)),
    ("B20", "B12", date(2026, 6, 10), None),
    ("B20", "B21", date(1900, 1, 1), None),
]
"""B11 lies under B10 and closes in June into B12, which in June moves from B10 to B20."""


@pytest.fixture(scope="module")
def bank() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an engine with the five tables that a question by organisation reads."""
    columns = {
        "product_day": "organisation_code, business_date, balance",
        "organisation_closure": "ancestor_code, organisation_code",
        "organisation_succession": "organisation_code, current_successor_code",
        "organisation_closure_period": "ancestor_code, organisation_code, valid_from, valid_until",
    }
    with connect() as connection:
        for name, rows in {**ROWS, "organisation_closure_period": PERIODS}.items():
            connection.execute(f"CREATE TABLE {name} ({', '.join(f'{c.name} {c.type}' for c in BY_NAME[name].columns)})")
            marks = ", ".join("?" for _ in rows[0])
            connection.executemany(f"INSERT INTO {name} ({columns[name]}) VALUES ({marks})", rows)
        yield connection


def asked(bank: duckdb.DuckDBPyConnection, day: date, scope: Scope, by: tuple[str, ...] = ()) -> dict[str, Decimal]:
    """Return the balance of each organisation, or of all under "" where nothing splits it."""
    rows = bank.execute(measure_query(BALANCE, Window(day, day.replace(day=1)), scope, by)).fetchall()
    return {row[0] if by else "": row[-1] for row in rows}


@pytest.mark.parametrize("day", [MAY, JUNE])
@pytest.mark.parametrize(
    "scope", [Scope(), Scope(is_dated=True), Scope(view=View.AS_IS), Scope("H", view=View.AS_IS), Scope("H", is_dated=True)]
)
def test_every_view_has_the_same_total_and_its_parts_add_up_to_it(bank: duckdb.DuckDBPyConnection, day: date, scope: Scope) -> None:
    total = {MAY: Decimal("1110.00"), JUNE: Decimal("1220.00")}[day]
    assert asked(bank, day, scope) == {"": total}
    assert sum(asked(bank, day, scope, ("organisation",)).values()) == total
    children = Scope(scope.organisation, ("B10", "B20"), scope.view, scope.is_dated)
    assert sum(asked(bank, day, children, ("organisation",)).values()) == total


def test_as_was_an_outlet_counts_by_itself_and_under_the_branch_of_that_day(bank: duckdb.DuckDBPyConnection) -> None:
    assert asked(bank, MAY, Scope(is_dated=True), ("organisation",)) == {"B11": 100, "B12": 10, "B21": 1000}
    assert asked(bank, MAY, Scope("B10", is_dated=True)) == {"": 110}
    assert asked(bank, JUNE, Scope("B10", is_dated=True)) == {"": None}
    assert asked(bank, MAY, Scope("H", ("B10", "B20"), is_dated=True), ("organisation",)) == {"B10": 110, "B20": 1000}
    assert asked(bank, JUNE, Scope("H", ("B10", "B20"), is_dated=True), ("organisation",)) == {"B20": 1220}


def test_as_is_a_closed_outlet_counts_under_its_successor_and_todays_branch(bank: duckdb.DuckDBPyConnection) -> None:
    as_is = View.AS_IS
    assert asked(bank, MAY, Scope(view=as_is), ("organisation",)) == {"B12": 110, "B21": 1000}
    assert asked(bank, MAY, Scope("B12", view=as_is)) == {"": 110}
    assert asked(bank, MAY, Scope("B20", view=as_is)) == {"": 1110}
    assert asked(bank, MAY, Scope("B10", view=as_is)) == {"": None}
    assert asked(bank, MAY, Scope("B20", ("B12", "B21"), as_is), ("organisation",)) == {"B12": 110, "B21": 1000}


def test_a_period_across_a_move_counts_each_day_where_it_belonged(bank: duckdb.DuckDBPyConnection) -> None:
    both = [Window(MAY, MAY.replace(day=1)), Window(JUNE, JUNE.replace(day=1))]
    assert sorted(bank.execute(series_query(FLOW, both, Scope("B10", is_dated=True))).fetchall()) == [(MAY, 110)]
    assert sorted(bank.execute(series_query(FLOW, both, Scope("B20", view=View.AS_IS))).fetchall()) == [(MAY, 1110), (JUNE, 1220)]
