"""What a control tells: how much misses, how much of it the bank tolerates on that day, the largest places, and what stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import ReconciliationError
from maisui.pipeline.control_settings import ControlSettings, Tolerance
from maisui.pipeline.controls import run_controls, stop_on_violations, tables_controlled
from maisui.reconciliation import Rule
from maisui.warehouse.version import Control

DIFFERENCES = (
    ("2025-12-31", "B1", "0.05"),
    ("2026-01-01", "B2", "-0.05"),
    ("2026-06-30", "B3", "0.06"),
    ("2026-06-30", "B4", "0.01"),
    ("2026-07-01", "B5", "0.04"),
)
FROM_JANUARY_TO_JUNE = Tolerance("cents", Decimal("0.05"), date(2026, 1, 1), date(2026, 7, 1), "财务部", "尾差")


def lines(differences: tuple[tuple[str, str, str], ...]) -> str:
    """Return the SELECT of places and differences."""
    return (
        "SELECT * FROM (VALUES "
        + ", ".join(f"('{day}', '{place}', CAST({amount} AS DECIMAL(38,2)))" for day, place, amount in differences)
        + ") AS v(business_date, organisation_code, difference_amount)"
    )


def rule(violations: str, code: str = "cents") -> Rule:
    """Return a control of seven comparisons, which a bank may let stop."""
    return Rule(code, "分", "cents", violations, "SELECT 7", "warn", "ledger")


def outcome(engine: DuckDBEngine, violations: str, *tolerances: Tolerance, severities: dict[str, str] | None = None) -> Control:
    """Return the outcome of one control."""
    (found,) = run_controls(engine, ControlSettings(severities or {}, tolerances, ()), [rule(violations)])
    return found


def test_without_a_tolerance_every_difference_counts_with_its_size_the_largest_first(engine: DuckDBEngine) -> None:
    """0.05 + 0.05 + 0.06 + 0.01 + 0.04 are 0.21: a shortage does not make up for a surplus. Of two equal ones the earlier day comes first."""
    found = outcome(engine, lines(DIFFERENCES), severities={"ledger": "stop"})
    assert (found.code, found.name_zh, found.name_en, found.severity, found.checked) == ("cents", "分", "cents", "stop", 7)
    assert (found.violations, found.difference, found.tolerated, found.tolerated_difference, found.tolerances) == (5, "0.21", 0, "0.00", ())
    assert found.details[0] == {"business_date": "2026-06-30", "organisation_code": "B3", "difference_amount": "0.06"}
    assert [detail["organisation_code"] for detail in found.details] == ["B3", "B1", "B2", "B5", "B4"]


def test_a_tolerance_forgives_up_to_its_amount_from_its_first_day_to_the_day_before_its_last(engine: DuckDBEngine) -> None:
    """Forgiven: -0.05 on 1 January and 0.01 in June. Not forgiven: the year before, 0.06, and 1 July."""
    found = outcome(engine, lines(DIFFERENCES), FROM_JANUARY_TO_JUNE)
    assert [detail["organisation_code"] for detail in found.details] == ["B3", "B1", "B5"]
    assert (found.violations, found.difference) == (3, "0.15")
    assert (found.tolerated, found.tolerated_difference) == (2, "0.06")
    assert found.tolerances == ("0.05 tolerated by 财务部 from 2026-01-01 until 2026-07-01: 尾差",)


def test_either_of_two_tolerances_forgives_and_one_without_an_end_says_none(engine: DuckDBEngine) -> None:
    more = Tolerance("cents", Decimal("0.06"), date(2026, 6, 30), date(9999, 12, 31), "财务部", "分摊")
    other = Tolerance("another", Decimal("1.00"), date(2020, 1, 1), date(9999, 12, 31), "财务部", "分摊")
    found = outcome(engine, lines(DIFFERENCES), FROM_JANUARY_TO_JUNE, more, other)
    assert [detail["organisation_code"] for detail in found.details] == ["B1"]
    assert (found.tolerated, found.tolerated_difference) == (4, "0.16")
    assert found.tolerances[1] == "0.06 tolerated by 财务部 from 2026-06-30: 分摊"
    assert len(found.tolerances) == 2


def test_a_difference_without_a_day_is_never_forgiven(engine: DuckDBEngine) -> None:
    found = outcome(engine, "SELECT 'B1' AS organisation_code, CAST(0.01 AS DECIMAL(38,2)) AS difference_amount", FROM_JANUARY_TO_JUNE)
    assert (found.violations, found.tolerated) == (1, 0)


def test_where_nothing_misses_nothing_is_told(engine: DuckDBEngine) -> None:
    found = outcome(engine, f"{lines(DIFFERENCES)} WHERE difference_amount > 1")
    assert (found.violations, found.difference, found.details, found.checked) == (0, "0.00", (), 7)


def test_of_many_differences_the_fifty_largest_are_listed_and_all_are_counted(engine: DuckDBEngine) -> None:
    found = outcome(engine, lines(tuple(("2026-06-30", f"B{number}", f"{number}.00") for number in range(1, 61))))
    assert (found.violations, found.difference) == (60, "1830.00")
    assert [detail["organisation_code"] for detail in found.details] == [f"B{number}" for number in range(60, 10, -1)]


def test_each_control_looks_at_its_own_differences(engine: DuckDBEngine) -> None:
    rules = [rule(lines(DIFFERENCES[:1]), "first"), rule(lines(DIFFERENCES[2:4]), "second")]
    found = run_controls(engine, ControlSettings({}, (), ()), rules)
    assert [(one.code, one.violations, one.difference) for one in found] == [("first", 1, "0.05"), ("second", 2, "0.07")]


def test_a_control_that_reads_a_table_without_rows_has_the_same_outcome_when_it_is_not_asked(engine: DuckDBEngine) -> None:
    """What was compared is counted all the same, severity and tolerances are told; a control that finds something is asked."""
    engine.create_table("held", f"{lines(DIFFERENCES)} WHERE false")
    settings = ControlSettings({"spared": "stop"}, (replace(FROM_JANUARY_TO_JUNE, control="spared"),), ())
    rules = [rule("SELECT * FROM held WHERE difference_amount <> 0", "spared"), rule(lines(DIFFERENCES[:1]), "asked")]
    spared = run_controls(engine, settings, rules, empty={"held"})
    assert engine.fetch("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'control%'") == [("control_asked",)]
    assert spared == run_controls(engine, settings, rules)
    assert (spared[0].checked, spared[0].severity, spared[0].violations, spared[0].difference) == (7, "stop", 0, "0.00")
    assert spared[0].tolerances == ("0.05 tolerated by 财务部 from 2026-01-01 until 2026-07-01: 尾差",)
    assert (spared[1].violations, spared[1].checked) == (1, 7)


def test_what_controls_read_is_every_table_of_their_differences_and_of_what_they_count() -> None:
    one = Rule("a", "a", "a", "SELECT 1 FROM ledger_tie INNER JOIN account ON true", "SELECT count(*) FROM ledger_snapshot")
    assert tables_controlled((one, rule("SELECT 1 FROM loan_tie"))) == {"ledger_tie", "account", "ledger_snapshot", "loan_tie"}


def missed(code: str, severity: str, violations: int, places: int = 1) -> Control:
    """Return a control with differences at so many places."""
    details = tuple(
        {"business_date": "2026-06-30", "organisation_code": f"B{n}", "difference_amount": f"-{n}.00"} for n in range(1, places + 1)
    )
    return Control(code, "名称", f"Name of {code}", severity, 7, violations, "9.00", details)


def test_a_publication_stops_on_differences_of_a_control_that_stops_and_on_nothing_else() -> None:
    """What warns and what ties lets it pass. Told is what misses, of how many, and the three largest places with their amounts."""
    stop_on_violations([missed("warns", "warn", 3), missed("ties", "stop", 0)], where="2026-06-30")
    with pytest.raises(ReconciliationError) as refused:
        stop_on_violations(
            [missed("warns", "warn", 3), missed("loans", "stop", 4, places=4), missed("ties", "stop", 0), missed("cards", "stop", 1)],
            where="2026-06-30",
        )
    assert refused.value.where == "2026-06-30"
    assert refused.value.what.split("; ") == [
        "Name of loans (loans): 4 of 7 do not tie, 9.00 in total [2026-06-30 B1: -1.00, 2026-06-30 B2: -2.00, 2026-06-30 B3: -3.00]",
        "Name of cards (cards): 1 of 7 do not tie, 9.00 in total [2026-06-30 B1: -1.00]",
    ]


def test_a_stopped_publication_names_the_lines_in_quarantine_that_may_be_the_difference() -> None:
    for quarantined, begins in ((0, "look at `maisui status`"), (3, "3 lines lie in quarantine")):
        with pytest.raises(ReconciliationError) as refused:
            stop_on_violations([missed("loans", "stop", 1)], where="2026-06-30", quarantined=quarantined)
        assert refused.value.next_step.startswith(begins)
