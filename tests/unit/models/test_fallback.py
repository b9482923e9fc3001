"""A model in use is put back by what it said since its approval, and by nothing before it; and what batches keep of scoring."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from drawn_bank import DrawnBank

from maisui.answers.model_life import model_events
from maisui.errors import StorageError
from maisui.models import CHURN, Approval, Rung, read_scores, write_approval
from maisui.models.fallback import Limits, fallen_by, limits_of, lower_bound, missed_auc
from maisui.models.registry import store_model
from maisui.models.runs import Outcome, RunLine, read_run, write_run
from maisui.models.scores import score

LIMITS = Limits(red_months=2)


def month(day: str, light: str) -> dict[str, Any]:
    return {"day": day, "columns": {"score": {"light": light, "index": 0.4, "bound": 0.02}}}


def came(day: str, auc: float | None, events: int) -> dict[str, Any]:
    return {"day": day, "auc": auc, "events": events, "count": 2000}


@pytest.mark.parametrize(
    ("approved", "lights", "falls_on"),
    [
        ("2026-06-01", ("red", "red", "green"), "2026-08-31"),  # what has fallen stays down
        ("2026-06-01", ("red", "green", "red"), None),
        ("2026-06-01", ("yellow", "yellow", "yellow"), None),
        ("2026-08-01", ("red", "red", "green"), None),  # one red month is older than the approval
        ("2026-08-01", ("green", "red", "red"), "2026-09-30"),
    ],
)
def test_red_months_in_a_row_since_the_approval_put_a_model_back(approved: str, lights: tuple[str, ...], falls_on: str | None) -> None:
    drift = [month(day, light) for day, light in zip(("2026-07-31", "2026-08-31", "2026-09-30"), lights, strict=True)]
    found = fallen_by(date.fromisoformat(approved), drift, missed_auc(0.8, []), LIMITS)
    assert (found.on if found else None) == falls_on
    assert found is None or (found.why, "抽样界 0.02" in found.said_zh) == ("drift", True)


def test_what_came_true_puts_a_model_back_only_with_enough_events() -> None:
    since = date(2026, 1, 1)
    assert fallen_by(since, [], missed_auc(0.8, [came("2026-01-31", 0.55, 30)]), LIMITS) is None
    found = fallen_by(since, [], missed_auc(0.8, [came("2026-01-31", 0.55, 30), came("2026-02-28", 0.55, 30)]), LIMITS)
    assert found is not None
    assert (found.why, found.on, "0.650" in found.said_zh) == ("realised", "2026-02-28", True)
    assert fallen_by(since, [], missed_auc(0.8, [came("2026-01-31", 0.79, 60)]), LIMITS) is None
    assert fallen_by(date(2026, 2, 1), [], missed_auc(0.8, [came("2026-01-31", 0.4, 900)]), LIMITS) is None
    assert fallen_by(since, [], missed_auc(0.8, [came("2026-01-31", None, 0)]), LIMITS) is None


def test_the_lower_bound_is_as_wide_as_is_known() -> None:
    assert 0.75 - lower_bound(0.75, 50, 5000) == pytest.approx(0.07, abs=0.01)
    assert 0.75 - lower_bound(0.75, 500, 50_000) == pytest.approx(0.022, abs=0.004)


def test_limits_are_dated_parameters_and_a_version_without_them_has_the_product_s(bank) -> None:
    assert limits_of(bank, date(2026, 10, 31)) == Limits()
    bank.connection.begin()
    bank.connection.execute("INSERT INTO parameter VALUES ('model.red_months', DATE '2026-10-01', NULL, 4)")
    try:
        assert limits_of(bank, date(2026, 9, 30)).red_months == 2
        assert limits_of(bank, date(2026, 10, 31)).red_months == 4
    finally:
        bank.connection.rollback()


def approve(home: Path, sha256: str, since: date, hour: int = 1) -> None:
    write_approval(home, hour, Approval("churn", sha256, since, "季度复验", "A", "B", datetime(2026, 11, 1, hour, tzinfo=UTC)))


def test_a_model_in_use_that_drifts_falls_by_itself_and_comes_back_by_two_people(bank: DrawnBank, trained, tmp_path: Path) -> None:
    sha256 = store_model(tmp_path, "churn", trained[0] | {"faults": []}, trained[1]).sha256
    approve(tmp_path, sha256, date(2026, 9, 1))
    score(bank, tmp_path, CHURN, "v1")
    used = read_scores(tmp_path, "churn", "v1")
    assert used is not None
    assert (used.standing.rung, used.sha256, "fallen" in used.facts) == (Rung.IN_USE, sha256, False)
    bank.connection.begin()
    try:
        bank.connection.execute(
            "UPDATE customer_fact_month SET outflow_amount = outflow_amount * 3 WHERE business_date >= DATE '2026-09-30'"
        )
        score(bank, tmp_path, CHURN, "v2")
        back = read_scores(tmp_path, "churn", "v2")
        assert back is not None
        assert (back.standing.rung, back.sha256, back.facts["fallen"]["why"]) == (Rung.BASELINE, "", "drift")
        assert set(back.rows["probability"].to_pylist()) == {None}
        assert "重新批准" in back.standing.said_zh
        assert [(one.first_version, one.is_over) for one in model_events(tmp_path, "churn")] == [("v2", False)]
        approve(tmp_path, sha256, date(2026, 10, 1), hour=2)
        score(bank, tmp_path, CHURN, "v3")
    finally:
        bank.connection.rollback()
    again = read_scores(tmp_path, "churn", "v3")
    assert again is not None
    assert again.standing.rung is Rung.IN_USE
    assert [(one.first_version, one.is_over) for one in model_events(tmp_path, "churn")] == [("v2", True)]


def test_what_became_of_a_scoring_is_kept_beside_it(tmp_path: Path) -> None:
    at = datetime(2026, 11, 1, 3, tzinfo=UTC)
    assert read_run(tmp_path, "v1") is None
    lines = (RunLine("churn", Outcome.DONE), RunLine("credit", Outcome.FAILED, "no room", "models", "free space"))
    write_run(tmp_path, "v1", at, lines)
    found = read_run(tmp_path, "v1")
    assert found is not None
    assert (found.at, found.lines, found.failed) == (at, lines, lines[1:])
    (tmp_path / "models" / "runs" / "v1.json").write_text("{", encoding="utf-8")
    with pytest.raises(StorageError, match="cannot be read"):
        read_run(tmp_path, "v1")
