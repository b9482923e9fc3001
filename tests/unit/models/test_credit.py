"""Credit early warning: the future reaches no feature, the planted truth is found, the rule speaks without a model, warnings are timed."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, ends
from drawn_portfolio import DrawnPortfolio

from maisui.errors import QuestionError
from maisui.models import CREDIT, MODELS, Rung, asked, measures, read_scores
from maisui.models.fit import split_by_time, train
from maisui.models.ladder import standing
from maisui.models.lead_times import lead_times
from maisui.models.panel import population, sample, severities
from maisui.models.registry import store_model
from maisui.models.scorecard import SCORECARD_FILE, Scorecard
from maisui.models.scores import reasons_of, score


@pytest.fixture(scope="module")
def portfolio() -> DrawnPortfolio:
    return DrawnPortfolio()


@pytest.fixture(scope="module")
def trained(portfolio: DrawnPortfolio) -> tuple[dict[str, Any], dict[str, bytes]]:
    pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")
    return train(portfolio, CREDIT, DATA)


def test_what_comes_later_changes_no_feature_by_a_bit() -> None:
    day, drawn = date(2026, 3, 31), DrawnPortfolio(borrowers=80, months=14)
    before = population(drawn, CREDIT, day)
    poison = {
        "customer_fact_month": ("business_date", ("loan_balance", "overdue_day_count", "loan_class_rank", "inflow_amount", "idle_day_count",
                                                  "recent_asset_balance", "payroll_amount", "held_month_count")),
        "loan_snapshot": ("reported_on", ("balance", "principal_overdue_amount", "interest_overdue_amount")),
        "loan_contract_snapshot": ("reported_on", ("contract_amount",)),
        "customer_month": ("month_start", ("deposit_balance", "deposit_average_daily_balance")),
    }  # fmt: skip
    for table, (known_on, columns) in poison.items():
        for column in columns:
            drawn.connection.execute(f"UPDATE {table} SET {column} = {column} * 7 + 13 WHERE {known_on} > ?", [day])
    drawn.connection.execute(
        "UPDATE loan_snapshot SET loan_class = 'special_mention', matures_on = DATE '2026-04-01' WHERE reported_on > ?", [day]
    )
    later = "legal_entity_code, guarantee_contract_number, guaranteed_contract_number, guarantor_key, guarantor_number"
    drawn.connection.execute(
        f"INSERT INTO guarantee_link ({later}, borrower_number, guarantee_amount, valid_from, is_self) "
        "SELECT 'x', 'later', customer_number, 'B00000', 'B00000', customer_number, 9, DATE '2026-04-01', false FROM customer"
    )
    drawn.connection.execute(
        "INSERT INTO customer_merge (customer_number, surviving_number, valid_from) SELECT customer_number, 'B00000', DATE '2026-04-01' FROM customer"
    )
    after = population(drawn, CREDIT, day)
    assert after.values.tobytes() == before.values.tobytes()
    assert (after.why_not, after.value_at_risk, after.rule_codes) == (before.why_not, before.value_at_risk, before.rule_codes)
    assert not np.isnan(before.values[:, CREDIT.feature_codes.index("utilisation")]).any()


def test_what_came_of_training_months_is_seen_before_the_test_begins() -> None:
    for months in range(CREDIT.least_months, 60):
        learnt, checked, tested = split_by_time(tuple(ends(months)), CREDIT)
        number = {day: place for place, day in enumerate(ends(months))}
        assert (checked, len(tested)) == ((), 1)
        assert number[learnt[-1]] + CREDIT.horizon <= number[tested[0]]
        assert number[tested[-1]] + CREDIT.horizon == months - 1
    with pytest.raises(QuestionError, match="29 whole months"):
        split_by_time(tuple(ends(29)), CREDIT)


def test_the_planted_truth_is_recovered(portfolio, trained) -> None:
    card, files = trained
    tested = sample(portfolio, CREDIT, split_by_time(tuple(portfolio.days), CREDIT)[2])
    said = Scorecard.read(files[SCORECARD_FILE].decode()).probabilities(card["features"], tested.values)
    true = np.array([portfolio.chance[number] for number in tested.customers])
    best = measures.auc(tested.happened, true)
    assert best > 0.75
    assert (measures.auc(tested.happened, said) - 0.5) / (best - 0.5) >= 0.90
    assert np.abs(said - true).mean() <= 0.03
    assert card["faults"] == []
    assert {one["code"] for one in card["scorecard"]} == {
        "cushion",
        "utilisation",
        "tenure",
        "idle_days",
        "transactions",
        "assets_to_before",
        "inflow_to_loan",
    }
    assert card["metrics"]["auc"]["value"] == measures.auc(tested.happened, said)
    assert card["metrics"]["auc_of_challenger"]["value"] > 0.7
    assert abs(card["metrics"]["spiegelhalter_z"]) < 2.58
    assert 0.8 <= card["metrics"]["calibration_slope"]["value"] <= 1.2


def test_groups_of_people_are_counted_and_rated_only_where_events_suffice(trained) -> None:
    lines = trained[0]["groups"]
    by_sex = {line["group"]: line for line in lines if line["field"] == "sex"}
    test = trained[0]["windows"]["test"]
    assert sum(line["count"] for line in by_sex.values()) == test["rows"]
    assert sum(line["events"] for line in by_sex.values()) == test["events"] == test["customers"]
    assert all(line["is_sufficient"] == (line["events"] >= 50) == ("seen" in line) for line in lines)


def test_the_same_data_give_the_same_bytes(trained, tmp_path: Path) -> None:
    first, again = (store_model(tmp_path, "credit", *train(DrawnPortfolio(300, 30), CREDIT, DATA)).sha256 for _ in range(2))
    assert first == again != store_model(tmp_path, "credit", *trained).sha256


def test_contributions_add_up_and_reasons_raise_the_score(portfolio, trained, tmp_path: Path) -> None:
    stored = store_model(tmp_path, "credit", *trained)
    people = population(portfolio, CREDIT, portfolio.days[-1])
    values = people.values[people.is_scored][:300].copy()
    values[::3, CREDIT.feature_codes.index("cushion")] = np.nan
    added, chances = asked.contributions_of(stored, values), asked.probabilities_of(stored, values)
    assert np.abs(added.sum(axis=1) - np.log(chances / (1 - chances))).max() < 1e-9
    for row, reasons in zip(values, map(json.loads, reasons_of(stored.card["features"], values, added)), strict=True):
        assert len(reasons) <= 4
        assert all(amount > 0 and value == row[CREDIT.feature_codes.index(code)] for code, value, amount in reasons)


def test_everybody_has_a_score_or_a_reason_and_warnings_are_timed(portfolio, trained, tmp_path: Path) -> None:
    store_model(tmp_path, "credit", *trained)
    score(portfolio, tmp_path, CREDIT, "v1")
    found = read_scores(tmp_path, "credit", "v1")
    assert found is not None
    rows = found.rows.to_pylist()
    assert found.standing.rung is Rung.TRIAL
    assert all((row["probability"] is None) == (row["why_not"] is not None) for row in rows)
    assert {row["why_not"] for row in rows} == {None, "bad_already"}
    some = next(row for row in rows if row["probability"] is not None)
    assert some["expected_loss"] == (some["value_at_risk"] * Decimal(str(some["probability"]))).quantize(Decimal("0.01"))
    rule, model = found.facts["lead_times"]
    assert (rule["by"], model["by"]) == ("rule", "model")
    assert 0 < model["went_bad"] <= rule["went_bad"]
    assert model["early"] / model["went_bad"] > 0.5
    assert [one["is_test"] for one in found.facts["realised"]] == [True] * len(found.facts["realised"])


def test_lead_times_by_hand() -> None:
    drawn = DrawnPortfolio(borrowers=3, months=6)
    drawn.connection.execute("UPDATE customer_fact_month SET overdue_day_count = 0, loan_class_rank = 1")
    drawn.connection.execute("UPDATE loan_snapshot SET loan_class = 'pass'")
    drawn.connection.execute("DELETE FROM guarantee_link")
    drawn.connection.execute("UPDATE customer_month SET deposit_balance = 9, deposit_average_daily_balance = 9")
    drawn.connection.execute("UPDATE customer_fact_month SET recent_asset_balance = 99999, idle_day_count = 0, inflow_amount = 9")
    drawn.connection.execute(
        "UPDATE loan_snapshot SET loan_class = 'special_mention' WHERE customer_number = 'B00001' AND reported_on = ?", [drawn.days[2]]
    )
    turned, early, late = drawn.days[4], drawn.days[1], drawn.days[3]
    drawn.connection.execute(
        "UPDATE customer_fact_month SET loan_class_rank = 3 WHERE business_date >= ? AND customer_number <> 'B00002'", [turned]
    )
    for number, day in (("B00000", early), ("B00001", late), ("B00002", early)):
        drawn.connection.execute(
            "UPDATE customer_fact_month SET overdue_day_count = 9 WHERE customer_number = ? AND business_date = ?", [number, day]
        )
    (line,) = lead_times(drawn, CREDIT, None, tuple(drawn.days))
    days = [(turned - early).days, (turned - drawn.days[2]).days]
    assert (line["went_bad"], line["warned"], line["early"], line["before_arrears"]) == (2, 2, 1, 1)
    assert (line["median_days"], line["shortest_days"]) == (min(days), min(days))


def test_without_a_model_the_rule_speaks_with_reasons_and_no_probability(tmp_path: Path) -> None:
    drawn = DrawnPortfolio(borrowers=20, months=7)
    drawn.connection.execute("UPDATE customer_fact_month SET loan_class_rank = 1, overdue_day_count = 0")
    drawn.connection.execute("UPDATE loan_snapshot SET loan_class = 'special_mention' WHERE customer_number = 'B00003'")
    score(drawn, tmp_path, CREDIT, "v1")
    found = read_scores(tmp_path, "credit", "v1")
    assert found is not None
    row = next(row for row in found.rows.to_pylist() if row["customer_number"] == "B00003")
    assert found.standing.rung is Rung.RULE
    assert (row["rule_codes"].split(",")[0], row["severity"], row["probability"]) == ("special_mention", 3, None)
    assert severities(CREDIT, ["", "silent,overdue"]) == [0, 2]


def test_each_line_that_holds_is_kept_with_the_values_it_is_told_with(tmp_path: Path) -> None:
    """Nine days in arrears and a quarter of the inflow before, by hand; who is on no list, and what no line names, has none."""
    drawn = DrawnPortfolio(borrowers=20, months=7)
    drawn.connection.execute(
        "UPDATE customer_fact_month SET loan_class_rank = 1, overdue_day_count = 0, idle_day_count = 0, inflow_amount = 0"
    )
    drawn.connection.execute(
        "UPDATE customer_fact_month SET overdue_day_count = 9 WHERE customer_number = 'B00003' AND business_date = ?", [drawn.days[-1]]
    )
    for day, inflow in ((drawn.days[-7], 45_000), (drawn.days[-4], 40_000), (drawn.days[-1], 10_000)):
        drawn.connection.execute(
            "UPDATE customer_fact_month SET inflow_amount = ?, loan_balance = 20000 WHERE customer_number = 'B00003' AND business_date = ?",
            [inflow, day],
        )
    score(drawn, tmp_path, CREDIT, "v1")
    found = read_scores(tmp_path, "credit", "v1")
    assert found is not None
    rows = {row["customer_number"]: row for row in found.rows.to_pylist()}
    said = json.loads(rows["B00003"]["rule_values"])
    assert {"overdue", "inflow_dries_up"} <= set(rows["B00003"]["rule_codes"].split(","))
    assert (said["overdue_days"], said["inflow_to_earlier"], said["inflow_to_loan"]) == (9, 0.25, 0.5)
    assert "idle_days" not in said
    assert all((row["rule_values"] == "{}") for row in rows.values() if row["rule_codes"] in ("", "special_mention"))
    known = set(CREDIT.feature_codes)
    assert all(set(line.shown) <= known for model in MODELS for line in model.rules)


@pytest.mark.parametrize(("half_a_year_before", "is_told"), [(40_000, True), (None, True), (38_000, True), (37_000, False), (0, False)])
def test_inflow_dries_up_against_both_quarters_before(half_a_year_before: int | None, is_told: bool, tmp_path: Path) -> None:
    """9,500 now: a quarter of 38,000 or less, and not of 37,000; one large receipt in between is no custom that ended."""
    drawn = DrawnPortfolio(borrowers=20, months=7)
    drawn.connection.execute("UPDATE customer_fact_month SET loan_class_rank = 1, overdue_day_count = 0, loan_balance = 20000")
    for day, inflow in ((drawn.days[-7], half_a_year_before), (drawn.days[-4], 40_000), (drawn.days[-1], 9_500)):
        drawn.connection.execute(
            "UPDATE customer_fact_month SET inflow_amount = ? WHERE customer_number = 'B00003' AND business_date = ?", [inflow, day]
        )
    score(drawn, tmp_path, CREDIT, "v1")
    found = read_scores(tmp_path, "credit", "v1")
    assert found is not None
    row = next(row for row in found.rows.to_pylist() if row["customer_number"] == "B00003")
    assert ("inflow_dries_up" in row["rule_codes"].split(",")) is is_told


def test_a_version_made_before_the_parameters_is_refused(tmp_path: Path) -> None:
    drawn = DrawnPortfolio(borrowers=5, months=6)
    drawn.connection.execute("DELETE FROM parameter WHERE parameter_code = 'credit_warning.due_days'")
    with pytest.raises(QuestionError, match=r"credit_warning\.due_days"):
        score(drawn, tmp_path, CREDIT, "v1")


@pytest.mark.parametrize(
    ("months", "rung"), [(0, "no_data"), (1, "rule"), (12, "rule"), (17, "rule"), (18, "baseline"), (24, "baseline"), (36, "baseline")]
)
def test_history_decides_the_rung(months: int, rung: str) -> None:
    assert standing(CREDIT, tuple(ends(months)) if months else (), None, is_approved=False).rung == rung
