"""Churn: nothing of the future reaches a feature, what is learnt is the planted truth, and the same data give the same bytes."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, DrawnBank, ends

from maisui.answers.model_watch import model_watch
from maisui.errors import HomeError, QuestionError, StorageError
from maisui.models import CHURN, MODELS, Rung, fit, measures, read_scores, stored_models
from maisui.models.fit import contributions_of, probabilities_of, split_by_time, train
from maisui.models.panel import month_ends, population, sample
from maisui.models.registry import read_model, store_model
from maisui.models.scores import reasons_of, score

PROTECTED = ("sex", "ethnic", "nation", "religion", "marital", "age", "birth")


def test_what_comes_later_changes_no_feature_by_a_bit() -> None:
    day, drawn = date(2026, 3, 31), DrawnBank(customers=60, months=14)
    before = population(drawn, CHURN, day)
    for column in ("recent_asset_balance", "earlier_asset_balance", "asset_average_balance", "outflow_amount", "idle_day_count"):
        drawn.connection.execute(f"UPDATE customer_fact_month SET {column} = {column} * 7 + 13 WHERE business_date > ?", [day])
    drawn.connection.execute("UPDATE customer_fact_month SET is_holder = NOT is_holder WHERE business_date > ?", [day])
    after = population(drawn, CHURN, day)
    assert after.values.tobytes() == before.values.tobytes()
    assert (after.why_not, after.value_at_risk) == (before.why_not, before.value_at_risk)
    assert not np.isnan(before.values[:, 0]).any()


def test_what_comes_of_one_part_is_seen_before_the_next_begins() -> None:
    for months in range(15, 40):
        learnt, checked, tested = split_by_time(tuple(ends(months)), CHURN)
        number = {day: place for place, day in enumerate(ends(months))}
        assert number[learnt[-1]] + CHURN.horizon <= number[checked[0]]
        assert number[checked[-1]] + CHURN.horizon <= number[tested[0]]
        assert number[tested[-1]] + CHURN.horizon == months - 1
    with pytest.raises(QuestionError, match="14 whole months"):
        split_by_time(tuple(ends(14)), CHURN)


def test_the_planted_truth_is_recovered(bank, trained) -> None:
    card, files = trained
    days = split_by_time(month_ends(bank), CHURN)[2]
    tested = sample(bank, CHURN, days)
    true = np.concatenate([
        [bank.chance[one] for one, scored in zip(found.customers, found.is_scored, strict=True) if scored]
        for found in (population(bank, CHURN, day) for day in days)
    ])  # fmt: skip
    said = probabilities_of(files[fit.FILE].decode(), card["calibration"], tested.values)
    best = measures.auc(tested.happened, true)
    assert best > 0.7
    assert (measures.auc(tested.happened, said) - 0.5) / (best - 0.5) >= 0.90
    assert np.abs(said - true).mean() <= 0.03
    assert card["metrics"]["auc"]["value"] == measures.auc(tested.happened, said)
    slope = card["metrics"]["calibration_slope"]
    is_right = 0.8 <= slope["value"] <= 1.2 or slope["low"] <= 1 <= slope["high"]
    assert any(zh.startswith("校准斜率") for zh, _ in card["faults"]) is not is_right
    assert abs(card["metrics"]["spiegelhalter_z"]) < 2.58
    lift = card["metrics"]["lift_interval"]
    assert lift["low"] < card["metrics"]["lift_at_10"] == lift["value"] < lift["high"]


def test_labels_that_mean_nothing_teach_nothing() -> None:
    drawn = np.random.default_rng(5)
    values, happened = drawn.normal(size=(3000, 4)), drawn.random(3000) < 0.1
    from maisui.models.panel import Sample

    nobody = np.empty(0, object)
    half = [Sample((), values[part], happened[part], happened[part], nobody, nobody) for part in (slice(1500), slice(1500, 3000))]
    text, calibration = fit._fitted(half[0], half[0])
    found = measures.auc(half[1].happened, probabilities_of(text, calibration, half[1].values))
    assert abs(found - 0.5) < 1.96 * 0.027


def test_the_same_data_give_the_same_bytes(bank, trained, tmp_path: Path) -> None:
    first = store_model(tmp_path, "churn", *trained)
    again = store_model(tmp_path, "churn", *train(bank, CHURN, DATA))
    assert first.sha256 == again.sha256
    assert [one.sha256 for one in stored_models(tmp_path, "churn")] == [first.sha256]
    (first.folder / fit.FILE).write_text("altered", encoding="utf-8")
    with pytest.raises(StorageError, match="not as it was written"):
        read_model(first.folder, "churn")


def test_contributions_add_up_to_the_score_and_no_reason_is_unknown(bank, trained) -> None:
    card, files = trained
    people = population(bank, CHURN, date(2026, 10, 31))
    values = people.values[people.is_scored][:200].copy()
    values[::3, 6] = np.nan
    text = files[fit.FILE].decode()
    added = contributions_of(text, values)
    raw = fit.library("lightgbm").Booster(model_str=text).predict(values, raw_score=True)
    assert np.abs(added.sum(axis=1) - raw).max() < 1e-9
    for row, reasons in zip(values, map(json.loads, reasons_of(card["features"], values, added)), strict=True):
        assert len(reasons) <= 4
        assert all(amount > 0 and value == row[card["features"].index(code)] for code, value, amount in reasons)


def test_everybody_has_a_score_or_a_reason_for_none(bank, trained, tmp_path: Path) -> None:
    card = trained[0] | {"faults": []}
    store_model(tmp_path, "churn", card, trained[1])
    first = score(bank, tmp_path, CHURN, "v1").read_bytes()
    assert score(bank, tmp_path, CHURN, "v1").read_bytes() == first
    found = read_scores(tmp_path, "churn", "v1")
    assert found is not None
    rows = found.rows.to_pylist()
    assert found.standing.rung is Rung.TRIAL
    assert len(rows) == 1500
    assert all((row["probability"] is None) == (row["why_not"] is not None) for row in rows)
    assert {row["why_not"] for row in rows} <= {None, *(code for code, _, _ in CHURN.exclusions)}
    some = next(row for row in rows if row["probability"] is not None)
    assert some["expected_loss"] == (some["value_at_risk"] * Decimal(str(some["probability"]))).quantize(Decimal("0.01"))
    assert [one["is_test"] for one in found.facts["realised"]][-1]
    assert read_scores(tmp_path, "churn", "v2") is None


def test_a_feature_that_moved_is_seen_and_the_others_are_not(bank, trained, tmp_path: Path) -> None:
    store_model(tmp_path, "churn", trained[0] | {"faults": []}, trained[1])
    bank.connection.begin()
    try:
        bank.connection.execute(
            "UPDATE customer_fact_month SET outflow_amount = outflow_amount * 3 WHERE business_date = DATE '2026-10-31'"
        )
        score(bank, tmp_path, CHURN, "v1")
        found = model_watch(bank_of("v1", bank), tmp_path, "churn")
    finally:
        bank.connection.rollback()
    assert found is not None
    last, before = found.months[0], found.months[1]
    assert (last.day, last.score.light) == (date(2026, 10, 31), "red")
    assert {one.name_zh for one in last.moved if one.light == "red"} == {"近三个月流出为资产的", "近三个月净流出为资产的"}
    assert (before.score.light, before.moved) == ("green", ())
    assert found.realised[0]["day"] == "2026-07-31"
    assert found.realised[0]["low"] <= found.realised[0]["events"] <= found.realised[0]["high"]


def bank_of(version: str, bank: DrawnBank) -> Any:
    """Return the bank as a reader of a version."""
    return SimpleNamespace(rows=bank.rows, manifest=SimpleNamespace(version=version))


def test_without_a_model_the_rule_speaks_and_gives_no_probability(bank, tmp_path: Path) -> None:
    score(bank, tmp_path, CHURN, "v1")
    found = read_scores(tmp_path, "churn", "v1")
    assert found is not None
    assert found.standing.rung is Rung.BASELINE
    assert set(found.rows.column("probability").to_pylist()) == {None}
    assert [one["is_flagged"] for one in found.facts["base_rates"]] == [True, False]


def test_the_rule_says_which_of_its_lines_holds_and_who_refused_is_on_no_list(bank, tmp_path: Path) -> None:
    """Of four customers at 50 000: one fell from 100 001, one is idle for 90 days, one is both, one is neither; the both refused."""
    day, (halved, idle, both, neither) = date(2026, 10, 31), sorted(bank.chance)[:4]
    bank.connection.begin()
    try:
        for number, earlier, days in ((halved, "100001", 89), (idle, "100000", 90), (both, "100001", 90), (neither, "100000", 89)):
            bank.connection.execute(
                "UPDATE customer_fact_month SET is_holder = true, recent_asset_balance = 50000, earlier_asset_balance = ?, idle_day_count = ? "
                "WHERE business_date = ? AND customer_number = ?",
                [earlier, days, day, number],
            )
        bank.connection.execute("INSERT INTO consent VALUES (?, 'personalisation', 'withdrawn', DATE '2026-01-01', 'N1')", [both])
        score(bank, tmp_path, CHURN, "v1")
    finally:
        bank.connection.rollback()
    found = read_scores(tmp_path, "churn", "v1")
    assert found is not None
    said = {row["customer_number"]: (row["rule_codes"], row["is_flagged"]) for row in found.rows.to_pylist()}
    assert said[halved] == ("assets_halved", True)
    assert said[idle] == ("no_own_transaction", True)
    assert said[both] == ("", False)
    assert said[neither] == ("", False)


def test_nobody_left_by_idleness_in_a_bank_that_delivers_no_transactions() -> None:
    """P is idle for 181 days with small change left; where no transaction was delivered nobody's days are counted, and he has not left."""
    day, seen, drawn = date(2026, 3, 31), date(2026, 6, 30), DrawnBank(customers=20, months=14)
    (number,) = drawn.connection.execute("SELECT min(customer_number) FROM customer_fact_month WHERE business_date = ?", [day]).fetchone()
    rest = "is_holder = true, recent_asset_balance = 9, asset_average_balance = 9"
    drawn.connection.execute(f"UPDATE customer_fact_month SET {rest}, idle_day_count = 181 WHERE customer_number = ?", [number])
    named = {"day": f"DATE '{day}'", "seen": f"DATE '{seen}'", "month": "0"}
    outcome = f"SELECT happened FROM ({CHURN.outcome.format(**named)}) AS o WHERE customer_number = '{number}'"
    assert drawn.connection.execute(outcome).fetchone() == (1,)
    drawn.connection.execute("UPDATE customer_fact_month SET idle_day_count = NULL")
    assert drawn.connection.execute(outcome).fetchone() == (0,)


def test_a_missing_library_is_named_with_what_to_do() -> None:
    with pytest.raises(HomeError, match="no_such_library") as told:
        fit.library("no_such_library.part")
    assert "make setup-models" in told.value.next_step


def test_no_protected_field_is_asked() -> None:
    for model in MODELS:
        assert not [code for code in model.feature_codes if any(code.startswith(word) for word in PROTECTED)]
