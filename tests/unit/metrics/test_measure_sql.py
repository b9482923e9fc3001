"""How a measure becomes one SELECT, and what a metric says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest

from maisui.answers.figure import divide
from maisui.engines.duckdb_engine import connect
from maisui.metrics import BY_CODE, CATALOGUE, Additivity, Measure, Metric, Timing, Unit
from maisui.metrics.measure_sql import Scope, View, Window, fill, last_month_end, measure_query, quoted_text
from maisui.tables import BY_NAME

MID_JUNE = Window(date(2026, 6, 15), date(2026, 6, 1))


def test_a_window_counts_both_its_ends() -> None:
    assert MID_JUNE.days == 15
    assert Window(date(2026, 6, 15), date(2026, 6, 15)).days == 1
    assert Window(date(2024, 12, 31), date(2024, 1, 1)).days == 366
    assert MID_JUNE.year_base == date(2025, 12, 31)


def test_placeholders_become_literals() -> None:
    filled = fill("$date $base_date $period_start $days", MID_JUNE)
    assert filled == "DATE '2026-06-15' DATE '2025-12-31' DATE '2026-06-01' 15"


@pytest.mark.parametrize(("day", "expected"), [("2026-03-31", "2026-02-28"), ("2024-03-01", "2024-02-29"), ("2026-01-05", "2025-12-31")])
def test_the_last_month_end_is_the_day_before_the_month(day: str, expected: str) -> None:
    assert last_month_end(date.fromisoformat(day)) == date.fromisoformat(expected)


@pytest.mark.parametrize("word", ["B10", "O'Brien", "'; DROP TABLE account; --", "机构"])
def test_a_word_of_the_question_stays_one_literal(word: str) -> None:
    with connect() as connection:
        assert connection.execute(f"SELECT {quoted_text(word)}").fetchall() == [(word,)]


SCOPES = (
    Scope(),
    *(
        Scope(organisation, children, view, is_dated)
        for view, is_dated in ((View.AS_WAS, False), (View.AS_WAS, True), (View.AS_IS, False))
        for organisation, children in (("O'B", None), (None, ("1", "O'B")), ("1", ()))
    ),
)


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an engine with every table and not one row."""
    with connect() as connection:
        for table in BY_NAME.values():
            connection.execute(f"CREATE TABLE {table.name} ({', '.join(f'{c.name} {c.type}' for c in table.columns)})")
        yield connection


@pytest.mark.parametrize("metric", CATALOGUE, ids=lambda metric: metric.code)
def test_every_measure_is_sound_sql_however_it_is_asked(empty: duckdb.DuckDBPyConnection, metric: Metric) -> None:
    """For all, a subtree, children or a childless outlet, and split by each dimension offered, a measure is one SELECT that runs."""
    for measure in filter(None, (metric.numerator, metric.denominator)):
        for scope in SCOPES if measure.has_organisation else SCOPES[:1]:
            assert empty.execute(measure_query(measure, MID_JUNE, scope)).fetchall() == [(None,)]
            for dimension in metric.dimensions if scope.organisation is None else ():
                assert empty.execute(measure_query(measure, MID_JUNE, scope, (dimension,))).fetchall() == []


def test_a_distinct_figure_is_not_added_up_over_its_dimensions() -> None:
    measure = Measure("customer_day", "sum(customer_count)", Timing.POINT, distinct_over=("customer_kind",))
    metric = Metric("m", "", "", "", "", "", "", Unit.COUNT, measure)
    assert metric.additivity("customer_kind") is Additivity.DISTINCT
    assert metric.additivity("organisation") is Additivity.ADDITIVE
    assert metric.additivity("date") is Additivity.DISTINCT
    assert metric.additivity("channel") is Additivity.NOT_APPLICABLE


def test_balances_are_not_added_up_over_days_and_ratios_never() -> None:
    assert BY_CODE["deposit_balance"].additivity("date") is Additivity.DISTINCT
    assert BY_CODE["deposit_average_daily_balance"].additivity("date") is Additivity.DISTINCT
    assert BY_CODE["ledger_difference"].additivity("date") is Additivity.NOT_APPLICABLE
    assert BY_CODE["transaction_count"].additivity("date") is Additivity.ADDITIVE
    assert BY_CODE["deposit_net_increase_since_year_start"].additivity("date") is Additivity.NOT_APPLICABLE
    assert {BY_CODE["npl_ratio"].additivity(dimension) for dimension in BY_CODE["npl_ratio"].dimensions} == {Additivity.RATIO}


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "expected"),
    [
        ("0.15", "2", 2, "0.08"),
        ("-0.15", "2", 2, "-0.08"),
        ("1", "3", 6, "0.333333"),
        ("2", "3", 6, "0.666667"),
        ("0.01", "2", 2, "0.01"),
        ("99999999999999999999999999999999999.99", "1", 2, "99999999999999999999999999999999999.99"),
        ("99999999999999999999999999999999999.99", "3", 2, "33333333333333333333333333333333333.33"),
        ("5", "2", 0, "3"),
    ],
)
def test_quotients_are_rounded_half_up_from_exact_operands(numerator: str, denominator: str, decimals: int, expected: str) -> None:
    assert str(divide(Decimal(numerator), Decimal(denominator), decimals)) == expected
