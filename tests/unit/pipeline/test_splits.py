"""Whether every split adds up: what has no name is found, a tree that counts twice is found, and how far the check looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from drawn_tables import load_tables, need_table

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.metrics import BY_CODE, Metric
from maisui.metrics.split_sums import additive_dimensions, measures_of
from maisui.pipeline.splits import splits_add_up, splits_on
from maisui.warehouse.version import Control

DEPOSITS, LOANS, MOVEMENTS = (BY_CODE[code] for code in ("deposit_balance", "loan_balance", "transaction_count"))
ACCOUNTS = replace(DEPOSITS, code="deposit_accounts", numerator=replace(DEPOSITS.numerator, expression="sum(account_count)"))
SPREAD = BY_CODE["net_interest_spread"]
SPLITS = len(additive_dimensions(DEPOSITS.numerator))
"""Dimensions over which balances must add up, organisations among them."""
TREE = """
    ancestor_code | organisation_code | distance
    --------------+-------------------+---------
    B0            | B0                | 0
    B1            | B1                | 0
    B2            | B2                | 0
    B0            | B1                | 1
    B0            | B2                | 1
"""
BALANCES = """
    business_date | organisation_code | product_code | account_kind | balance | account_count
    --------------+-------------------+--------------+--------------+---------+--------------
    2026-05-31    | B1                | P1           | deposit      | 7.00    | 1
    2026-06-15    | B1                | P1           | deposit      | 10.00   | 1
    2026-06-15    | B2                | P2           | deposit      | 20.00   | 1
"""
TODAY = date(2026, 6, 15)


def checked(
    engine: DuckDBEngine, *metrics: Metric, balances: str = BALANCES, tree: str = TREE, first_date: date = date(2026, 5, 1)
) -> Control:
    """Return the control as a batch of 15 June makes it."""
    load_tables(engine, product_day=balances, organisation_closure=tree)
    for measure in measures_of(metrics):
        need_table(engine, measure.mart)
    return splits_add_up(engine.as_duckdb(), first_date=first_date, reporting_date=TODAY, metrics=metrics or [DEPOSITS])


def on_the_day(engine: DuckDBEngine, *metrics: Metric, balances: str = BALANCES, tree: str = TREE) -> Control:
    """Return the control over 15 June alone."""
    load_tables(engine, product_day=balances, organisation_closure=tree)
    return splits_on(engine.as_duckdb(), TODAY, metrics or [DEPOSITS])


def test_what_adds_up_is_counted_split_by_split_on_the_day_and_at_the_month_end_and_in_the_tree_of_the_day(engine: DuckDBEngine) -> None:
    found = checked(engine)
    assert (found.code, found.severity, found.violations, found.difference, found.details) == ("splits_add_up", "stop", 0, "0.00", ())
    assert found.checked == 2 * SPLITS + 1
    assert on_the_day(engine).checked == SPLITS + 1
    assert on_the_day(engine, DEPOSITS, ACCOUNTS).checked == 2 * (SPLITS + 1)


@pytest.mark.parametrize(("first_date", "days"), [(date(2026, 5, 31), 2), (date(2026, 6, 1), 1)])
def test_the_month_end_is_looked_at_where_the_history_reaches_it(engine: DuckDBEngine, first_date: date, days: int) -> None:
    assert checked(engine, first_date=first_date).checked == days * SPLITS + 1


@pytest.mark.parametrize("day", ["2026-06-15", "2026-05-31"])
def test_a_balance_without_a_name_stops_though_it_is_part_of_the_whole(engine: DuckDBEngine, day: str) -> None:
    """0.00 is missing and nobody could find the line again: named are the day, the figure and the split."""
    found = checked(engine, balances=f"{BALANCES}    {day}    | B1                |              | deposit      | 5.00    | 1\n")
    place = {"business_date": day, "metric": "deposit_balance", "dimension": "product", "nameless": "1"}
    assert (found.violations, found.difference, found.details) == (1, "0.00", (place | {"difference_amount": "0.00"},))


def test_only_the_figure_that_does_not_add_up_is_named(engine: DuckDBEngine) -> None:
    """Kinds of account are counted once in each product: 1 + 1 of two products, but 1 in the whole. Balances beside it add up."""
    kinds = replace(DEPOSITS, code="kinds", numerator=replace(DEPOSITS.numerator, expression="count(DISTINCT account_kind)"))
    found = on_the_day(engine, DEPOSITS, kinds)
    wrong = {detail["dimension"]: detail["difference_amount"] for detail in found.details if "nameless" in detail}
    assert {detail["metric"] for detail in found.details} == {"kinds"}
    assert wrong == {"organisation": "1.00", "product": "1.00"}
    assert [detail for detail in found.details if detail["dimension"] == "child"] == [
        {"business_date": "2026-06-15", "metric": "kinds", "dimension": "child", "organisation_code": "B0", "difference_amount": "1.00"}
    ]
    assert (found.violations, found.difference) == (3, "3.00")


def test_an_outlet_below_two_branches_is_found_today_and_the_tree_of_today_is_not_held_against_older_days(engine: DuckDBEngine) -> None:
    """B1 stands below the head office and below B2: the head office's children hold 40.00 with its 30.00."""
    tree = f"{TREE}    B2            | B1                | 1\n"
    found = checked(engine, tree=tree)
    assert found.details == (
        {
            "business_date": "2026-06-15",
            "metric": "deposit_balance",
            "dimension": "child",
            "organisation_code": "B0",
            "difference_amount": "10.00",
        },
    )
    assert (found.violations, found.difference) == (1, "10.00")


def test_what_is_short_and_what_is_over_do_not_make_up_for_each_other(engine: DuckDBEngine) -> None:
    """A branch that is said to hold B1 but has no child misses 10.00; the head office has 10.00 too much."""
    tree = f"{TREE}    B2            | B1                | 1\n    B9            | B1                | 2\n"
    found = checked(engine, tree=tree)
    assert {detail["organisation_code"]: detail["difference_amount"] for detail in found.details} == {"B0": "10.00", "B9": "-10.00"}
    assert found.difference == "20.00"


def test_fifty_places_are_listed_and_all_are_counted(engine: DuckDBEngine) -> None:
    tree = TREE + "".join(f"    X{number:02d}           | B1                | 2\n" for number in range(60))
    found = on_the_day(engine, tree=tree)
    assert (found.violations, len(found.details), found.difference) == (60, 50, "600.00")
    assert found.details[49]["organisation_code"] == "X49"


def test_a_period_counts_from_the_first_of_its_month_or_the_first_day_of_the_history(engine: DuckDBEngine) -> None:
    """A movement without a channel on that first day is found; one of the day before is of another period."""
    lines = "business_date | organisation_code | channel_code | transaction_count\n--\n{day} | B1 | | 3\n2026-06-15 | B1 | counter | 1\n"

    def nameless(day: str, first_date: date) -> int:
        load_tables(engine, product_day=BALANCES, organisation_closure=TREE, channel_day=lines.format(day=day))
        return splits_add_up(engine.as_duckdb(), first_date=first_date, reporting_date=TODAY, metrics=[MOVEMENTS]).violations

    assert nameless("2026-06-01", date(2026, 5, 1)) == 1
    assert nameless("2026-06-03", date(2026, 6, 3)) == 1
    assert nameless("2026-06-02", date(2026, 6, 3)) == 0
    load_tables(engine, product_day=BALANCES, organisation_closure=TREE, channel_day=lines.format(day="2026-06-01"))
    assert splits_on(engine.as_duckdb(), TODAY, [MOVEMENTS]).violations == 1


def test_a_mart_without_a_row_counts_as_checked_and_its_neighbour_is_still_looked_at(engine: DuckDBEngine) -> None:
    """Movements were never delivered; the balance without a name is found all the same."""
    balances = f"{BALANCES}    2026-06-15    | B1                |              | deposit      | 5.00    | 1\n"
    found = checked(engine, MOVEMENTS, DEPOSITS, balances=balances)
    movements = len(additive_dimensions(MOVEMENTS.numerator))
    assert found.checked == 2 * movements + 2 * SPLITS + 2
    assert [detail["metric"] for detail in found.details] == ["deposit_balance"]


def test_a_figure_without_a_row_on_the_day_adds_up_beside_rows_of_others(engine: DuckDBEngine) -> None:
    assert on_the_day(engine, LOANS).details == ()


def test_figures_that_nothing_adds_up_to_ask_for_nothing(engine: DuckDBEngine) -> None:
    found = checked(engine, SPREAD)
    assert (found.checked, found.violations) == (0, 0)
