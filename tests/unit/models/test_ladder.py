"""The ladder: what may be said with how much history, events, age and approval; and approvals as files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from drawn_bank import ends

from maisui.models import CHURN, NEXT_PRODUCT, Approval, Rung, StoredModel, approved_on, read_approvals, write_approval
from maisui.models.ladder import standing


def stored(outcome: str = "2026-10-31", faults: tuple[tuple[str, str], ...] = ()) -> StoredModel:
    return StoredModel("churn", "a" * 64, Path(), {"faults": list(faults), "data": {"last_outcome_on": outcome}})


@pytest.mark.parametrize(
    ("months", "rung"),
    [(0, "no_data"), (1, "rule"), (3, "rule"), (5, "rule"), (6, "rule"), (8, "rule"), (9, "baseline"), (11, "baseline"), (12, "baseline"),
     (14, "baseline"), (15, "baseline"), (23, "baseline"), (24, "baseline"), (36, "baseline")],
)  # fmt: skip
def test_without_a_trained_model_history_decides(months: int, rung: str) -> None:
    days = tuple(ends(months)) if months else ()
    found = standing(CHURN, days, None, is_approved=False)
    assert found.rung == rung
    assert not found.has_probabilities
    if 0 < months < 15:
        assert f"仅有 {months} 个月历史（需 15 个月）" in found.said_zh


def test_what_is_missing_is_said_with_its_month() -> None:
    found = standing(CHURN, tuple(ends(10, date(2026, 10, 31))), None, is_approved=False)
    assert "2027-03" in found.said_zh
    assert "2027-03" in found.said_en


def test_what_is_done_instead_is_what_so_few_months_allow() -> None:
    """Offers go by what like customers hold until nine months are there: October and three more, January; then by what they take up."""
    few, enough = (standing(NEXT_PRODUCT, tuple(ends(months, date(2026, 10, 31))), None, is_approved=False) for months in (6, 9))
    assert "现按同类客户的持有率推荐，2027-01 月末起可按开办率" in few.said_zh
    assert "take up from the end of 2027-01" in few.said_en
    assert (few.rung, enough.rung) == (Rung.RULE, Rung.BASELINE)
    assert "现按同类客户的开办率推荐" in enough.said_zh


def test_a_trained_model_is_on_trial_until_approved_and_ages() -> None:
    days = tuple(ends(24))
    assert standing(CHURN, days, stored(), is_approved=False).rung is Rung.TRIAL
    assert standing(CHURN, days, stored(), is_approved=True).rung is Rung.IN_USE
    assert standing(CHURN, days, stored("2025-11-30"), is_approved=True).is_ageing is False
    assert standing(CHURN, days, stored("2025-10-31"), is_approved=True).is_ageing is True
    assert standing(CHURN, days, stored("2025-07-31"), is_approved=True).rung is Rung.RULE
    failed = standing(CHURN, days, stored(faults=(("不够", "too few"),)), is_approved=True)
    assert (failed.rung, "不够" in failed.said_zh) == (Rung.BASELINE, True)


def test_the_last_approval_that_holds_stands_and_an_empty_one_takes_out_of_use(tmp_path: Path) -> None:
    def line(sha256: str, since: date, hour: int) -> Approval:
        return Approval("churn", sha256, since, "reason", "A", "B", datetime(2026, 11, 1, hour, tzinfo=UTC))

    first, second, end = line("a", date(2026, 10, 1), 1), line("b", date(2026, 11, 1), 2), line("", date(2026, 12, 1), 3)
    for number, one in enumerate((second, first, end)):
        write_approval(tmp_path, number, one)
    found = read_approvals(tmp_path)
    assert found == (first, second, end)
    assert approved_on(found, "churn", date(2026, 9, 30)) is None
    assert approved_on(found, "churn", date(2026, 10, 31)) == first
    assert approved_on(found, "churn", date(2026, 11, 30)) == second
    assert approved_on(found, "churn", date(2026, 12, 31)) is None


def test_an_approval_renews_and_says_until_when_it_holds() -> None:
    days = tuple(ends(24))
    renewed = standing(CHURN, days, stored("2025-07-31"), is_approved=True, approved_from=date(2026, 9, 1))
    assert (renewed.rung, renewed.is_ageing, "2027-12" in renewed.said_zh) == (Rung.IN_USE, False, True)
    assert standing(CHURN, days, stored("2025-07-31"), is_approved=True, approved_from=date(2025, 8, 1), off_months=14).rung is Rung.RULE
    assert standing(CHURN, days, stored("2025-07-31"), is_approved=True, approved_from=date(2025, 8, 1)).is_ageing is True
