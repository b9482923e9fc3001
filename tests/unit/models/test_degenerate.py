"""Data that are poorer than expected: columns that never differ, a class that vanished, values never seen before, and nobody left to judge."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, DrawnBank
from drawn_portfolio import DrawnPortfolio
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from maisui.errors import QuestionError
from maisui.models import CHURN, CREDIT, Approval, Rung, fit, read_scores, write_approval
from maisui.models.fit import contributions_of, probabilities_of, train
from maisui.models.panel import month_ends
from maisui.models.registry import store_model
from maisui.models.scores import reasons_of, score

pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")
LAST = date(2026, 10, 31)
_WILD = st.one_of(st.floats(allow_nan=True, allow_infinity=True), st.sampled_from([0.0, -1.0, 1e300, -1e300]))


def scored(bank: DrawnBank, home: Path) -> Any:
    score(bank, home, CHURN, "v")
    found = read_scores(home, "churn", "v")
    assert found is not None
    return found


@given(arrays(np.float64, (200, len(CHURN.features)), elements=_WILD))
@settings(max_examples=25, deadline=None)
def test_whatever_a_row_holds_it_gets_a_probability_and_no_reason_from_the_unknown(trained, rows: np.ndarray) -> None:
    """Five thousand rows of unknown, endless and absurd values."""
    card, files = trained
    text = files[fit.FILE].decode()
    chances = probabilities_of(text, card["calibration"], rows)
    assert ((chances > 0) & (chances < 1)).all()
    for row, said in zip(rows, reasons_of(card["features"], rows, contributions_of(text, rows)), strict=True):
        assert "NaN" not in said, row


def test_columns_that_never_differ_teach_nothing_and_stop_nothing() -> None:
    """Every customer alike in all that is known: there are figures, none beyond a coin's, and the model does not pass."""
    bank = DrawnBank(600, 18)
    bank.connection.execute("UPDATE customer_fact_month SET outflow_amount = 20000, transaction_count = 5")
    card, _ = train(bank, CHURN, DATA)
    assert abs(card["metrics"]["auc"]["value"] - 0.5) < 0.1
    assert card["faults"]


def test_a_class_that_vanished_is_told_in_words_and_the_rule_speaks(tmp_path: Path) -> None:
    """Nobody left in the test months: nothing is trained, the reason names counts and days, and scoring goes on by the rule."""
    bank = DrawnBank(300, 18)
    bank.connection.execute("UPDATE customer_fact_month SET is_holder = true, recent_asset_balance = 50000, asset_average_balance = 50000")
    with pytest.raises(QuestionError, match=r"happened 0 times of \d+ in 20\d\d-\d\d-\d\d to") as told:
        train(bank, CHURN, DATA)
    assert "nothing to learn from" in told.value.next_step
    found = scored(bank, tmp_path)
    assert (found.standing.rung, set(found.rows["probability"].to_pylist())) == (Rung.BASELINE, {None})


def test_kinds_and_missing_columns_never_seen_before_are_scored_or_left_out_with_a_reason(bank, trained, tmp_path: Path) -> None:
    """A kind of customer that no list knows, and a feed that stopped filling a column: nobody is lost, nothing fails, the rule speaks and says why."""
    store_model(tmp_path, "churn", trained[0] | {"faults": []}, trained[1])
    bank.connection.begin()
    try:
        bank.connection.execute("UPDATE customer_fact_month SET customer_kind = 'cooperative' WHERE customer_number < 'C00010'")
        bank.connection.execute("UPDATE customer_fact_month SET outflow_amount = NULL WHERE business_date = ?", [LAST])
        found = scored(bank, tmp_path)
    finally:
        bank.connection.rollback()
    rows = found.rows.to_pylist()
    assert len(rows) == 1500
    assert {row["why_not"] for row in rows if row["customer_number"] < "C00010"} == {"not_a_person"}
    judged = [row for row in rows if row["why_not"] is None]
    assert all(row["probability"] is None and row["reasons"] == "[]" for row in judged)
    assert (found.standing.rung, "近三个月流出为资产的、近三个月净流出为资产的 全部缺失" in found.standing.said_zh) == (Rung.BASELINE, True)
    last = found.facts["drift"][-1]["columns"]
    assert (last["outflow_to_assets"]["missing"], last["outflow_to_assets"]["light"]) == (1.0, "red")


def test_a_month_of_which_nothing_was_delivered_is_none(tmp_path: Path) -> None:
    """The batch ran for October and the last file is of the 30th of September: September is judged, and counts as the last of nine months."""
    bank: Any = DrawnBank(50, 10)
    for delivered, last in ((date(2026, 9, 30), date(2026, 9, 30)), (date(2026, 10, 30), date(2026, 9, 30)), (LAST, LAST)):
        bank.manifest = SimpleNamespace(last_delivery_on=delivered)
        assert month_ends(bank)[-1] == last
    bank.manifest = SimpleNamespace(last_delivery_on=date(2026, 9, 30))
    found = scored(bank, tmp_path)
    assert found.day == date(2026, 9, 30)
    assert "仅有 9 个月历史" in found.standing.said_zh


def test_an_empty_newest_month_leaves_nobody_to_judge_and_says_so(tmp_path: Path) -> None:
    """The month is there with one customer who holds nothing: he has a reason, nobody is listed, and there is no error."""
    bank = DrawnBank(50, 10)
    bank.connection.execute("DELETE FROM customer_fact_month WHERE business_date = ? AND customer_number > 'C00000'", [LAST])
    bank.connection.execute("UPDATE customer_fact_month SET is_holder = false WHERE business_date = ?", [LAST])
    found = scored(bank, tmp_path)
    assert month_ends(bank)[-1] == LAST
    assert [(row["customer_number"], row["why_not"], row["is_flagged"]) for row in found.rows.to_pylist()] == [
        ("C00000", "left_already", False)
    ]
    assert found.facts["selection"] == []


def test_a_bank_from_which_no_transaction_came_calls_nobody_idle(tmp_path: Path) -> None:
    """Half a year without one file of transactions: everybody would be idle for 181 days; the rule says what it does not judge."""
    for model, bank in ((CHURN, DrawnBank(60, 8)), (CREDIT, DrawnPortfolio(60, 8))):
        bank.connection.execute("UPDATE customer_fact_month SET idle_day_count = 181")
        score(bank, tmp_path, model, "moved")
        bank.connection.execute("UPDATE customer_fact_month SET transaction_count = 0")
        score(bank, tmp_path, model, "silent")
        moved, silent = (read_scores(tmp_path, model.code, version) for version in ("moved", "silent"))
        assert moved is not None
        assert silent is not None
        idle = {"churn": "no_own_transaction", "credit": "silent"}[model.code]
        assert any(idle in held.split(",") for held in moved.rows["rule_codes"].to_pylist())
        assert not any(idle in held.split(",") for held in silent.rows["rule_codes"].to_pylist())
        assert "近三个月没有任何交易流水送达" in silent.standing.said_zh
        assert "没有任何交易流水" not in moved.standing.said_zh


def test_a_model_whose_feed_does_not_come_is_put_back_until_it_does(bank: Any, trained: Any, tmp_path: Path) -> None:
    pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")
    stored = store_model(tmp_path, "churn", trained[0] | {"faults": []}, trained[1])
    write_approval(
        tmp_path, 1, Approval("churn", stored.sha256, date(2026, 9, 1), "季度复验", "甲", "乙", datetime(2026, 9, 1, tzinfo=UTC))
    )
    bank.connection.begin()
    try:
        for text, rung in (
            ("SELECT 1", Rung.IN_USE),
            ("UPDATE customer_fact_month SET transaction_count = 0, outflow_amount = 0 WHERE business_date = DATE '2026-10-31'", Rung.BASELINE),
            ("UPDATE customer_fact_month SET transaction_count = 3 WHERE customer_number < 'C00500' AND business_date = DATE '2026-10-31'", Rung.BASELINE),
            ("UPDATE customer_fact_month SET outflow_amount = 20000 + hash(customer_number) % 9000 WHERE business_date = DATE '2026-10-31'", Rung.IN_USE),
        ):  # fmt: skip
            bank.connection.execute(text)
            score(bank, tmp_path, CHURN, "v")
            found = read_scores(tmp_path, "churn", "v")
            assert found is not None
            assert found.standing.rung is rung, (text, found.standing.said_zh)
            assert ("近三个月流出为资产的" in found.standing.said_zh) is (rung is Rung.BASELINE)
            assert (found.facts.get("fallen", {}).get("why") == "missing") is (rung is Rung.BASELINE)
    finally:
        bank.connection.rollback()
