"""Segments: what was planted is found, the number is the planted one, names say what differs, and nothing is found in noise."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from drawn_bank import DATA, ends

from maisui.answers.model_life import model_events
from maisui.models import Approval, Rung, read_scores, write_approval
from maisui.models.registry import store_model
from maisui.models.segments.cluster import adjusted_rand, centres_of, nearest, silhouette, tried
from maisui.models.segments.described import TRAITS
from maisui.models.segments.find import read_centres, score_segments, train_segments
from maisui.models.segments.naming import Difference, names_of
from maisui.models.segments.people import people_on
from maisui.models.shadow import months_in_shadow, read_shadow
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

PLANTED = (
    # assets, term share, counter, mobile, transactions, payroll share, loans, age
    (200_000, 0.9, 0.8, 0.05, 3, 0.0, 0, 68),
    (8_000, 0.05, 0.05, 0.85, 60, 0.8, 0, 28),
    (20_000, 0.1, 0.3, 0.3, 25, 0.0, 150_000, 44),
    (1_500, 0.05, 0.1, 0.1, 1, 0.0, 0, 50),
)


class DrawnSegments:
    """Customers of four planted kinds over some months, each near what his kind is; `kind` is the truth."""

    def __init__(self, customers: int = 600, months: int = 4, seed: int = 5, *, is_noise: bool = False) -> None:
        drawn = np.random.default_rng(seed)
        self.kind = drawn.integers(0, len(PLANTED), customers)
        self.numbers = [f"C{number:05d}" for number in range(customers)]
        plan = np.array(PLANTED, np.float64)[self.kind]
        if is_noise:
            plan = np.tile(np.array(PLANTED, np.float64).mean(axis=0), (customers, 1))
        self.connection = duckdb.connect()
        columns = ", ".join(f"{column.name} {column.type}" for column in CUSTOMER_FACT_MONTH.columns)
        self.connection.execute(f"CREATE TABLE customer_fact_month ({columns})")
        self.connection.execute(
            "CREATE TABLE customer_merge (customer_number VARCHAR, surviving_number VARCHAR, valid_from DATE, valid_until DATE)"
        )
        self.connection.execute(
            "CREATE TABLE account_month (customer_number VARCHAR, product_group VARCHAR, account_kind VARCHAR, currency VARCHAR, month_start DATE, average_daily_balance DECIMAL(18,2))"
        )
        self.connection.execute(
            "CREATE TABLE customer_channel_month (customer_number VARCHAR, channel_code VARCHAR, month_start DATE, business_date DATE, transaction_count BIGINT)"
        )
        self.connection.execute(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))"
        )
        born = [date(2026 - int(age), 3, 1) for age in plan[:, 7]]
        self.connection.execute(
            "CREATE TABLE customer AS SELECT unnest(?) AS customer_number, unnest(?) AS born_on, false AS is_farmer", [self.numbers, born]
        )
        for day in ends(months):
            self._month(day, plan, drawn)

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()

    def _month(self, day: date, plan: np.ndarray, drawn: np.random.Generator) -> None:
        count, start = len(plan), day.replace(day=1)
        near = lambda column: plan[:, column] * np.exp(drawn.normal(0, 0.25, count))  # noqa: E731 - a drawing of one column
        share = lambda column: np.clip(plan[:, column] + drawn.normal(0, 0.05, count), 0, 1)  # noqa: E731
        assets, inflow, moved = near(0).round(2), np.full(count, 10_000.0), np.maximum(near(4).round(), 1)
        told: dict[str, Any] = {
            "customer_number": self.numbers, "recent_asset_balance": assets, "transaction_count": moved, "loan_balance": near(6).round(2),
            "inflow_amount": inflow, "payroll_amount": (inflow * share(5)).round(2),
        }  # fmt: skip
        fixed: dict[str, Any] = {"business_date": day, "legal_entity_code": "L", "customer_kind": "personal", "tier_code": "common", "is_quality": False,
                                 "is_effective": True, "is_holder": True, "first_held_on": date(2020, 1, 1), "organisation_code": "A"}  # fmt: skip
        fact = pa.table({column.name: told.get(column.name, [fixed.get(column.name, 0)] * count) for column in CUSTOMER_FACT_MONTH.columns})
        term, counter, mobile = share(1), share(2), share(3)
        self.connection.register("fact", fact)
        self.connection.execute("INSERT INTO customer_fact_month SELECT * FROM fact")
        lines = pa.table({"number": self.numbers, "term": (1000 * term).round(2), "demand": (1000 * (1 - term)).round(2),
                          "counter": (100 * counter).astype(int), "mobile": (100 * mobile).astype(int), "other": (100 * np.maximum(0, 1 - counter - mobile)).astype(int)})  # fmt: skip
        self.connection.register("lines", lines)
        for group, column in (("term_deposit", "term"), ("demand_deposit", "demand")):
            self.connection.execute(
                f"INSERT INTO account_month SELECT number, '{group}', 'deposit', 'CNY', DATE '{start}', {column} FROM lines"
            )
        for channel, column in (("counter", "counter"), ("mobile_bank", "mobile"), ("pos", "other")):
            self.connection.execute(
                f"INSERT INTO customer_channel_month SELECT number, '{channel}', DATE '{start}', DATE '{day}', {column} FROM lines"
            )


@pytest.fixture(scope="module")
def drawn() -> DrawnSegments:
    return DrawnSegments()


@pytest.fixture(scope="module")
def found(drawn: DrawnSegments) -> tuple[dict[str, Any], dict[str, bytes]]:
    return train_segments(drawn, DATA)


def test_customers_without_inflow_have_no_payroll_in_it() -> None:
    """Nothing over nothing is no share: three of five customers without a transaction must not make payroll of all their inflow."""
    small = DrawnSegments(customers=5, months=1)
    small.connection.execute("UPDATE customer_fact_month SET payroll_amount = 0, inflow_amount = 0 WHERE customer_number < 'C00003'")
    small.connection.execute("UPDATE customer_fact_month SET payroll_amount = 1000 WHERE customer_number >= 'C00003'")
    column = [one.code for one in TRAITS].index("payroll_share")
    assert people_on(small, ends(1)[-1]).traits[:, column].tolist() == [0.0, 0.0, 0.0, 0.1, 0.1]


def test_planted_segments_are_found_under_names_that_say_what_they_are(drawn: DrawnSegments, found: Any, tmp_path: Path) -> None:
    card = found[0]
    assert (card["hold_out"]["count"], card["faults"]) == (len(PLANTED), [])
    stored = store_model(tmp_path, "segments", *found)
    scale, centres = read_centres(stored)
    people = people_on(drawn, date(2026, 10, 31))
    parts = nearest(scale.applied(people.values), centres)
    assert adjusted_rand(drawn.kind, parts) >= 0.95
    names = {int(np.bincount(drawn.kind[parts == part]).argmax()): card["names"][part]["name_zh"] for part in range(len(PLANTED))}
    assert "定期为主" in names[0]
    assert "柜面" in names[0]
    assert "手机银行" in names[1]
    assert "代发工资" in names[1]
    assert "有贷款" in names[2]
    assert len(set(names.values())) == len(PLANTED)
    assert card["hold_out"]["stability"] >= 0.95
    assert card["hold_out"]["moved_share"] <= 0.05


def test_the_same_rows_give_the_same_file_and_everybody_a_segment_or_a_reason(drawn: DrawnSegments, found: Any, tmp_path: Path) -> None:
    first = store_model(tmp_path, "segments", *found)
    assert store_model(tmp_path, "segments", *train_segments(drawn, DATA)).sha256 == first.sha256
    run = drawn.connection.execute
    run("BEGIN")
    try:
        run("UPDATE customer_fact_month SET is_holder = false WHERE customer_number = 'C00001'")
        run("UPDATE customer_fact_month SET customer_kind = 'corporate' WHERE customer_number = 'C00002'")
        score_segments(drawn, tmp_path, "v")
    finally:
        run("ROLLBACK")
    told = read_scores(tmp_path, "segments", "v")
    assert told is not None
    rows = {row["customer_number"]: row for row in told.rows.to_pylist()}
    assert told.standing.rung is Rung.TRIAL
    assert sorted(rows) == drawn.numbers
    assert (rows["C00001"]["why_not"], rows["C00002"]["why_not"]) == ("left_already", "not_a_person")
    assert all((row["segment"] is None) == (row["why_not"] is not None) for row in rows.values())
    assert [sum(month["sizes"]) for month in told.facts["months"]] == [598] * 4
    assert told.facts["names"]["S1"] == found[0]["names"][0]


def test_what_comes_later_changes_nothing_that_is_known() -> None:
    day, few = date(2026, 8, 31), DrawnSegments(customers=80)
    before = people_on(few, day).values.tobytes()
    few.connection.execute(
        "UPDATE customer_fact_month SET recent_asset_balance = 7, transaction_count = 999 WHERE business_date > ?", [day]
    )
    few.connection.execute("UPDATE account_month SET product_group = 'term_deposit' WHERE month_start > ?", [day])
    few.connection.execute("DELETE FROM customer_channel_month WHERE business_date > ?", [day])
    assert people_on(few, day).values.tobytes() == before


def test_noise_makes_no_segments_and_without_them_customers_go_by_tier(tmp_path: Path) -> None:
    noise = DrawnSegments(customers=400, months=3, is_noise=True)
    card, files = train_segments(noise, DATA)
    assert card["faults"]
    store_model(tmp_path, "segments", card, files)
    score_segments(noise, tmp_path, "v")
    told = read_scores(tmp_path, "segments", "v")
    assert told is not None
    assert told.standing.rung is Rung.RULE
    assert set(told.rows["segment"].to_pylist()) == {"common"}


def test_adjusted_rand_and_silhouette_by_hand() -> None:
    """Of six rows in 3+3, moved one: pairs together in both 2+1 = 4 of expected 6*7/15 = 2.8; (4 - 2.8) / (6.5 - 2.8)."""
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 0, 0, 1, 1])
    assert adjusted_rand(one, one[::-1]) == 1.0
    assert round(adjusted_rand(one, other), 12) == round((4 - 2.8) / (6.5 - 2.8), 12)
    values = np.array([[0.0], [1.0], [10.0], [11.0]])
    expected = np.mean([1 - 1 / 10.5, 1 - 1 / 9.5, 1 - 1 / 9.5, 1 - 1 / 10.5])
    assert abs(silhouette(values, np.array([0, 0, 1, 1]), seed=1) - expected) < 1e-12
    assert sorted(centres_of(values, 2, seed=1)[:, 0].tolist()) == [0.5, 10.5]


def test_two_clear_clusters_are_stable_and_three_of_them_are_not() -> None:
    drawn = np.random.default_rng(2)
    values = np.concatenate([drawn.normal(0, 0.3, (60, 2)), drawn.normal(5, 0.3, (60, 2))])
    two, three = (tried(values, count, seed=1, times=20)[0] for count in (2, 3))
    assert two.stability == 1.0
    assert three.stability < 0.9
    assert two.silhouette > three.silhouette


def test_segments_of_one_name_are_told_apart() -> None:
    """Both are older with term deposits at the counter; the second has a fourth difference, the third has none and gets a number."""
    same = [Difference("age", 1.0, 9.0), Difference("term_share", 1.0, 9.0), Difference("counter_share", 1.0, 9.0)]
    names = names_of([same, [*same, Difference("loan_share", 0.5, 9.0)], same, [Difference("age", 0.1, 9.0)]])
    assert [one["name_zh"] for one in names] == [
        "年长·定期为主·柜面",
        "年长·定期为主·柜面·有贷款",
        "年长·定期为主·柜面 3",
        "与全体无明显差别",
    ]
    assert [one["differences"] for one in names] == [3, 4, 3, 0]


def approve(home: Path, sha256: str, since: date, number: int = 1) -> None:
    write_approval(home, number, Approval("segments", sha256, since, "复验", "A", "B", datetime(2026, 11, 1, number, tzinfo=UTC)))


def test_segments_in_use_fall_back_to_tiers_by_themselves_and_a_challenger_runs_beside(
    drawn: DrawnSegments, found: Any, tmp_path: Path
) -> None:
    """Everybody of a segment moves in October: too many, so that tiers speak until two people approve again; a later model waits in shadow."""
    card, files = found
    early = store_model(tmp_path, "segments", card | {"data": card["data"] | {"last_outcome_on": "2026-08-31"}}, files)
    approve(tmp_path, early.sha256, date(2026, 9, 1))
    score_segments(drawn, tmp_path, "v1")
    used = read_scores(tmp_path, "segments", "v1")
    assert used is not None
    assert (used.standing.rung, used.sha256, read_shadow(tmp_path, "segments", "v1")) == (Rung.IN_USE, early.sha256, None)
    later = store_model(tmp_path, "segments", card, files)
    score_segments(drawn, tmp_path, "v2")
    shadow = read_shadow(tmp_path, "segments", "v2")
    assert shadow is not None
    assert (shadow.champion, shadow.challenger) == (early.sha256, later.sha256)
    assert (shadow.lists["size"], shadow.lists["both"], shadow.lists["enter"]) == (600, 600, 0)
    assert months_in_shadow(tmp_path, "segments", later.sha256) == (date(2026, 10, 31),)
    run = drawn.connection.execute
    run("BEGIN")
    try:
        run(
            "UPDATE customer_fact_month SET recent_asset_balance = 200, transaction_count = 1, loan_balance = 0, payroll_amount = 0 WHERE business_date = DATE '2026-10-31'"
        )
        score_segments(drawn, tmp_path, "v3")
        back = read_scores(tmp_path, "segments", "v3")
        approve(tmp_path, early.sha256, date(2026, 10, 31), number=2)
        score_segments(drawn, tmp_path, "v4")
    finally:
        run("ROLLBACK")
    assert back is not None
    assert (back.standing.rung, back.sha256, back.facts["fallen"]["why"]) == (Rung.RULE, "", "realised")
    assert set(back.rows["segment"].to_pylist()) == {"common"}
    assert "已自动回落" in back.standing.said_zh
    assert [(one.first_version, one.why) for one in model_events(tmp_path, "segments")][-1] == ("v3", "realised")


def test_an_approval_of_segments_that_ran_out_puts_them_back(drawn: DrawnSegments, found: Any, tmp_path: Path) -> None:
    card, files = found
    old = store_model(tmp_path, "segments", card | {"data": card["data"] | {"last_outcome_on": "2025-06-30"}}, files)
    approve(tmp_path, old.sha256, date(2025, 7, 1))
    score_segments(drawn, tmp_path, "v")
    told = read_scores(tmp_path, "segments", "v")
    assert told is not None
    assert (told.standing.rung, told.facts["fallen"]["why"], "names" in told.facts) == (Rung.RULE, "expired", True)
    assert set(told.rows["segment"].to_pylist()) == {"common"}
