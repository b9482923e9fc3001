"""Rates of completion, errors of tellers, the interest spread and the counter leave rate of the example bank, from delivered files."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

import pytest
from functional.test_risk_figures import published, supplement

if TYPE_CHECKING:
    from functional.conftest import Demo

pytestmark = pytest.mark.xdist_group("demo")

YEAR = ("20260101", "20261231")
DAYS_PASSED, DAYS = 304, 365
HEAD_OFFICE = "53990000"
FLOWS, RATIOS = {"new_customer_count"}, {"electronic_substitution_rate", "npl_ratio"}


def rounded(value: Decimal, places: str) -> Decimal:
    """Return `value` rounded half away from zero."""
    return value.quantize(Decimal(places), ROUND_HALF_UP)


def targets_of_year(demo: Demo) -> dict[tuple[str, str], Decimal]:
    """Return what each organisation is to reach in 2026, by organisation and metric."""
    return {
        (row["holder_code"], row["metric_code"]): Decimal(row["target_amount"] or row["target_rate"])
        for row in supplement(demo, "target")
        if row["holder_kind"] == "机构" and (row["period_from"], row["period_end_on"]) == YEAR
    }


def test_every_target_of_the_year_is_held_against_the_metrics_own_figure(demo: Demo) -> None:
    """For every outlet and the head office: the target as delivered, the actual as the metric answers, and their quotient."""
    wanted = targets_of_year(demo)
    rows = demo.ask("ask", "target_completion_rate", "--by", "organisation", "--period", "year", "--json").json["rows"]
    found = {(row["dimensions"]["organisation"], row["dimensions"]["target"]): row for row in rows}
    assert set(found) == set(wanted)
    assert len({code for code, _ in wanted}) == 8
    metrics = {metric for _, metric in wanted}
    for metric in metrics:
        split = demo.values(metric, "organisation", "--period", "year")
        split[HEAD_OFFICE] = demo.figure(metric, "--period", "year")["value"]
        for (code, name), row in found.items():
            if name == metric:
                assert Decimal(row["denominator"]) == wanted[code, name]
                assert Decimal(row["numerator"]) == Decimal(split[code])
                assert Decimal(row["value"]) == rounded(Decimal(split[code]) / wanted[code, name], "0.000001")


def test_what_was_due_grows_from_last_years_end_by_calendar_days(demo: Demo) -> None:
    """304 of 365 days: balances and averages from the balance on 31 December, new customers from none, ratios at once."""
    wanted = targets_of_year(demo)
    rows = demo.ask("ask", "time_weighted_target_completion_rate", "--period", "year", "--json").json["rows"]
    assert {row["dimensions"]["target"] for row in rows} == {metric for code, metric in wanted if code == HEAD_OFFICE}
    for row in rows:
        metric = row["dimensions"]["target"]
        target = wanted[HEAD_OFFICE, metric]
        base = Decimal(0)
        if metric not in FLOWS | RATIOS:
            base = Decimal(demo.figure(metric, "--date", "2025-12-31", "--period", "day")["value"])
        due = target if metric in RATIOS else base + (target - base) * DAYS_PASSED / DAYS
        places = "1" if metric.endswith("_count") else "0.01" if metric not in RATIOS else "0.000001"
        assert Decimal(row["denominator"]) == rounded(due, places), metric
        assert Decimal(row["value"]) == rounded(Decimal(row["numerator"]) / rounded(due, places), "0.000001")


def test_managers_are_held_against_their_own_targets(demo: Demo) -> None:
    wanted = {
        (row["holder_code"], row["metric_code"]): Decimal(row["target_amount"])
        for row in supplement(demo, "target")
        if row["holder_kind"] == "员工" and (row["period_from"], row["period_end_on"]) == YEAR
    }
    rows = demo.ask("ask", "target_completion_rate", "--by", "manager", "--period", "year", "--json").json["rows"]
    found = {(row["dimensions"]["manager"], row["dimensions"]["target"]): row for row in rows}
    assert {key: Decimal(row["denominator"]) for key, row in found.items()} == wanted
    for metric in {metric for _, metric in wanted}:
        split = demo.values(metric, "manager", "--period", "year")
        for (who, name), row in found.items():
            if name == metric:
                assert row["numerator"] == split.get(who)


def test_error_rates_count_the_delivered_register(demo: Demo) -> None:
    """Errors made in September and October over what the journal says was handled in each month; first-class ones apart."""
    errors = supplement(demo, "staff_error")
    journal = supplement(demo, "teller_journal")
    assert errors
    for month, day in (("202609", "2026-09-30"), ("202610", "2026-10-31")):
        made = [row for row in errors if row["occurred_on"].startswith(month)]
        handled = sum(row["handled_on"].startswith(month) for row in journal)
        if not any(row["occurred_on"][:6] <= month for row in errors):
            continue
        rate = demo.figure("teller_error_rate", "--date", day)
        assert (int(rate["numerator"]), int(rate["denominator"])) == (len(made), handled)
        first = demo.figure("teller_first_class_error_rate", "--date", day)
        assert int(first["numerator"]) == sum(row["error_class"] == "一类" for row in made)
    before = demo.figure("teller_error_rate", "--date", "2026-08-31")
    assert before["value"] is None


def test_the_interest_spread_is_the_difference_of_two_rates(demo: Demo) -> None:
    """Income over earning assets, as the margin has them, less expense over the ledger's deposits and borrowing of the year."""
    earned = Decimal(demo.figure("interest_income", "--period", "year")["value"])
    paid = Decimal(demo.figure("interest_expense", "--period", "year")["value"])
    earning = Decimal(demo.figure("net_interest_margin", "--period", "year")["denominator"])
    first, last = date(2026, 1, 1), date(2026, 10, 31)
    assert (last - first + timedelta(days=1)).days == DAYS_PASSED
    ((bearing,),) = published(
        demo,
        "SELECT sum(balance) FROM ledger_line_day WHERE line_code IN ('deposit', 'interbank_liability', 'central_bank_liability') "
        f"AND business_date BETWEEN DATE '{first}' AND DATE '{last}'",
    )
    spread = Decimal(demo.figure("net_interest_spread", "--period", "year")["value"])
    assert spread == rounded(earned * 365 / earning - paid * 365 / bearing, "0.000001")
    assert 0 < spread < Decimal("0.1")


def test_the_counter_leave_rate_is_seven_tenths_of_the_share_and_three_of_the_substitution(demo: Demo) -> None:
    """From counts, not from rounded rates: 0.7 × own electronic + 0.3 × electronic, each over itself and the counter."""
    share, substitution = demo.figure("electronic_share"), demo.figure("electronic_substitution_rate")
    expected = Decimal("0.7") * Decimal(share["numerator"]) / Decimal(share["denominator"])
    expected += Decimal("0.3") * Decimal(substitution["numerator"]) / Decimal(substitution["denominator"])
    assert Decimal(demo.figure("counter_leave_rate")["value"]) == rounded(expected, "0.000001")
