"""Histories cut to 0 to 36 months: every model says the right step and what is missing, and never fails; and who refuses is heeded."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_bank import DrawnBank, ends
from drawn_portfolio import DrawnPortfolio
from test_value import WorthBank

from maisui.models import CHURN, CREDIT, VALUE, Rung, read_scores
from maisui.models.panel import population
from maisui.models.refusal import heeding, refusals
from maisui.models.scores import score
from maisui.models.survival import StayCurve
from maisui.models.value import came_true, score_value, worth_of

MONTHS = (0, 2, 3, 6, 12, 24, 36)
_BANKS: dict[str, Any] = {}
STEPS = {
    "churn": ("no_data", "rule", "rule", "rule", "baseline", "baseline", "baseline"),
    "credit": ("no_data", "rule", "rule", "rule", "rule", "baseline", "baseline"),
    "value": ("no_data", "rule", "rule", "rule", "rule", "rule", "rule"),
}
_CURVES = {"all": StayCurve(1.0, 60.0, 1.0, 60, 4000)}
NEEDED = {"churn": 15, "credit": 30, "value": 24}
CASES = [(code, months, rung) for code, rungs in STEPS.items() for months, rung in zip(MONTHS, rungs, strict=True)]


def drawn(code: str) -> Any:
    """Return a bank of 36 months in which nothing is trained, drawn once."""
    if code not in _BANKS:
        makers: dict[str, Any] = {"churn": DrawnBank, "credit": DrawnPortfolio, "value": WorthBank}
        _BANKS[code] = makers[code](40, 36)
    return _BANKS[code]


@pytest.mark.parametrize(("code", "months", "rung"), CASES)
def test_a_cut_history_says_its_step_and_what_is_missing(code: str, months: int, rung: str, tmp_path: Path) -> None:
    bank = drawn(code)
    bank.connection.begin()
    try:
        first = ends(36)[36 - months] if months else date(2100, 1, 1)
        for table in ("customer_fact_month", "customer_contribution_month", "profit_bridge_month"):
            if bank.rows("SELECT count(*) FROM information_schema.tables WHERE table_name = ?", [table])[0][0]:
                bank.connection.execute(f"DELETE FROM {table} WHERE business_date < ?", [first])
        if code == "value":
            score_value(bank, tmp_path, "v")
        else:
            score(bank, tmp_path, {"churn": CHURN, "credit": CREDIT}[code], "v")
    finally:
        bank.connection.rollback()
    found = read_scores(tmp_path, code, "v")
    assert found is not None
    assert (found.standing.rung.value, found.rows.num_rows > 0) == (rung, months > 0)
    for column in {"probability", "expected_value", "staying"} & set(found.rows.column_names):
        assert set(found.rows[column].to_pylist()) <= {None}
    if not months:
        assert found.standing.said_zh == "还没有一个完整的月份，首个月末发布后再评"
    elif code == "churn" and months < 6:
        first, judged = {2: ("2027-11", "2027-02"), 3: ("2027-10", "2027-01")}[months]
        assert f"最早 {first} 可训练；规则也要比较前后两个季度，{judged} 月末起才能判断，此前不列名单" in found.standing.said_zh
        assert not any(found.rows["is_flagged"].to_pylist())
    elif months < NEEDED[code]:
        assert f"仅有 {months} 个月历史（需 {NEEDED[code]} 个月），最早 20" in found.standing.said_zh
    else:
        assert "模型尚未训练" in found.standing.said_zh


def test_what_comes_later_changes_nothing_that_value_knows_of_a_day() -> None:
    bank, day, then = drawn("value"), date(2026, 3, 31), date(2025, 3, 31)
    before, told = worth_of(bank, day), came_true(bank, _CURVES, then, day)
    bank.connection.begin()
    try:
        bank.connection.execute(
            "UPDATE customer_fact_month SET contribution_amount = contribution_amount * 7 + 13, year_contribution_amount = 9, "
            "held_month_count = 999, recent_asset_balance = 1, own_elsewhere_amount = 77, is_holder = NOT is_holder WHERE business_date > ?",
            [day],
        )
        assert worth_of(bank, day) == before
        assert came_true(bank, _CURVES, then, day) == told
    finally:
        bank.connection.rollback()


def test_who_refuses_has_no_probability_and_for_churn_is_on_no_list(tmp_path: Path) -> None:
    bank, day = drawn("churn"), date(2026, 10, 31)
    bank.connection.begin()
    try:
        bank.connection.execute("UPDATE customer SET person_customer_number = 'C00002' WHERE customer_number IN ('C00002', 'C00007')")
        words = [("C00001", "withdrawn", "2026-10-01"), ("C00002", "withdrawn", "2026-10-01"), ("C00003", "withdrawn", "2026-11-01"),
                 ("C00004", "withdrawn", "2026-09-01"), ("C00004", "given", "2026-10-01")]  # fmt: skip
        for number, status, since in words:
            bank.connection.execute("INSERT INTO consent VALUES (?, 'personalisation', ?, ?, '1')", [number, status, since])
        bank.connection.execute("INSERT INTO consent VALUES ('C00005', 'marketing', 'withdrawn', DATE '2026-01-01', '1')")
        assert refusals(bank, day) == {"C00001", "C00002", "C00007"}
        people = population(bank, CHURN, day)
        heeded = heeding(people, refusals(bank, day))
        changed = {number for number, one, other in zip(people.customers, people.why_not, heeded.why_not, strict=True) if one != other}
        in_scope = set(people.customers[people.is_scored])
        assert changed == {"C00001", "C00002", "C00007"} & in_scope
        assert changed
        bank.connection.execute("UPDATE customer_fact_month SET idle_day_count = 120")
        score(bank, tmp_path, CHURN, "v")
    finally:
        bank.connection.rollback()
    found = read_scores(tmp_path, "churn", "v")
    assert found is not None
    rows = {row["customer_number"]: row for row in found.rows.to_pylist()}
    assert {number for number, row in rows.items() if row["why_not"] == "refused"} == changed
    assert not any(rows[number]["is_flagged"] for number in changed)
    assert any(row["is_flagged"] for row in rows.values())


def test_who_refuses_is_still_looked_at_by_the_plain_rules_of_credit(tmp_path: Path) -> None:
    bank = drawn("credit")
    bank.connection.begin()
    try:
        bank.connection.execute("UPDATE customer_fact_month SET overdue_day_count = 5 WHERE business_date = DATE '2026-10-31'")
        bank.connection.execute("UPDATE customer_fact_month SET loan_class_rank = 1 WHERE business_date = DATE '2026-10-31'")
        bank.connection.execute(
            "INSERT INTO consent BY NAME SELECT 'B00001' AS customer_number, 'personalisation' AS consent_purpose_code, "
            "'withdrawn' AS consent_status, DATE '2026-01-01' AS effective_from, '1' AS consent_number"
        )
        score(bank, tmp_path, CREDIT, "v")
    finally:
        bank.connection.rollback()
    found = read_scores(tmp_path, "credit", "v")
    assert found is not None
    row = next(row for row in found.rows.to_pylist() if row["customer_number"] == "B00001")
    assert (row["why_not"], row["is_flagged"], "overdue" in row["rule_codes"].split(",")) == ("refused", True, True)
    assert found.standing.rung is Rung.BASELINE


def test_labels_of_one_class_and_one_customer_break_nothing(tmp_path: Path) -> None:
    bank = DrawnBank(1, 24)
    bank.connection.execute("UPDATE customer_fact_month SET is_holder = true")
    score(bank, tmp_path, CHURN, "v")
    found = read_scores(tmp_path, "churn", "v")
    assert found is not None
    assert found.rows.num_rows == 1
    assert np.all([one["events"] == 0 for one in found.facts["base_rates"]])
    assert VALUE.least_months == NEEDED["value"]


def test_groups_are_counted_with_the_rule_as_with_probabilities(tmp_path: Path) -> None:
    bank = drawn("churn")
    bank.connection.begin()
    try:
        bank.connection.execute("UPDATE customer_fact_month SET idle_day_count = CASE WHEN customer_number < 'C00010' THEN 120 ELSE 0 END")
        bank.connection.execute("UPDATE customer SET sex = CASE WHEN customer_number < 'C00020' THEN 'male' ELSE 'female' END")
        score(bank, tmp_path, CHURN, "v")
    finally:
        bank.connection.rollback()
    found = read_scores(tmp_path, "churn", "v")
    assert found is not None
    judged = [row for row in found.rows.to_pylist() if row["why_not"] is None]
    told = {line["group"]: (line["count"], line["chosen"]) for line in found.facts["selection"] if line["field"] == "sex"}
    men, picked = (sum(row["customer_number"] < end for row in judged) for end in ("C00020", "C00010"))
    assert told == {"male": (men, picked), "female": (len(judged) - men, 0)}
    assert 0 < picked < men
    assert sum(line["count"] for line in found.facts["selection"] if line["field"] == "age") == len(judged)
