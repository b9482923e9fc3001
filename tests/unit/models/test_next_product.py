"""The next product: the planted leanings are found, nothing of the future is known, and nobody is offered what does not suit him."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, ends
from drawn_takers import LEANINGS, WORTH, DrawnTakers

from maisui.errors import QuestionError
from maisui.models import NEXT_PRODUCT, Approval, Rung, read_scores, write_approval
from maisui.models.ladder import standing
from maisui.models.next_product import make, measured
from maisui.models.next_product.make import score_next_product, split, train_next_product
from maisui.models.next_product.panel import panel
from maisui.models.next_product.rules import Offer, Person, Rules, rules_on, suitable
from maisui.models.panel import month_number
from maisui.models.registry import store_model
from maisui.models.shadow import read_shadow

LAST = date(2026, 10, 31)


@pytest.fixture(scope="module")
def takers() -> DrawnTakers:
    return DrawnTakers()


@pytest.fixture(scope="module")
def learnt(takers: DrawnTakers) -> tuple[dict[str, Any], dict[str, bytes]]:
    return train_next_product(takers, DATA)


def test_planted_leanings_are_found_and_beat_popularity(takers: DrawnTakers, learnt: tuple[dict[str, Any], dict[str, bytes]]) -> None:
    card = learnt[0]
    said = card["hold_out"]
    rules = rules_on(takers, LAST)
    tested = panel(takers, rules, date(2026, 7, 31), LAST)
    true = np.zeros(tested.suits.shape)
    for place, group in enumerate(LEANINGS):
        true[:, rules.groups.index(group)] = takers.hazard[:, place]
    attainable = measured.ranked(measured.best_places(true, tested.suits), tested.taken).hit.mean()
    popular = said["hit_of_popularity"]
    assert (said["hit"] - popular) / (attainable - popular) >= 0.90
    assert said["hit_ratio"] >= 1.3
    assert 0 < said["hit_gain_low"] < said["hit"] - popular < said["hit_gain_high"]
    assert card["faults"] == []
    assert sorted(LEANINGS) == card["groups_learnt"]
    assert 0.8 <= said["calibration_slope"]["value"] <= 1.2
    assert said["brier_skill"] > 0


def test_outcomes_of_days_do_not_overlap_and_are_seen_before_the_test() -> None:
    for months in range(12, 40):
        days, test = split(tuple(ends(months)))
        numbers = [month_number(day) for day in (*days, test)]
        assert all(after - before >= NEXT_PRODUCT.horizon for before, after in pairwise(numbers))
        assert numbers[-1] + NEXT_PRODUCT.horizon == month_number(LAST)
    with pytest.raises(QuestionError, match="11 whole months"):
        split(tuple(ends(11)))


def test_what_comes_later_changes_nothing_that_is_known() -> None:
    day, drawn = date(2026, 3, 31), DrawnTakers(customers=200, months=14)
    rules = rules_on(drawn, LAST)
    before = panel(drawn, rules, day)
    drawn.connection.execute(
        "UPDATE customer_fact_month SET outflow_amount = outflow_amount * 7 + 13, is_holder = false WHERE business_date > ?", [day]
    )
    drawn.connection.execute("UPDATE account SET closed_on = opened_on + 9000")
    drawn.connection.execute("UPDATE account SET product_group = 'term_deposit' WHERE opened_on > ?", [day])
    drawn.connection.execute("DELETE FROM asset_holding WHERE valid_from > ?", [day])
    after = panel(drawn, rules, day)
    assert after.values.tobytes() == before.values.tobytes()
    assert (after.holds.tobytes(), after.suits.tobytes()) == (before.holds.tobytes(), before.suits.tobytes())
    assert not before.taken.any()


@pytest.mark.parametrize(
    ("group", "kind", "age", "is_farmer", "is_sound", "has_fund", "is_suitable"),
    [
        ("credit_card", "personal", 17, False, True, False, False),
        ("credit_card", "personal", 18, False, True, False, True),
        ("credit_card", "personal", 65, False, True, False, True),
        ("credit_card", "personal", 66, False, True, False, False),
        ("credit_card", "personal", -1, False, True, False, False),
        ("credit_card", "personal", 40, False, False, False, False),
        ("credit_card", "corporate", -1, False, True, False, False),
        ("farmer_loan", "personal", 40, False, True, False, False),
        ("farmer_loan", "personal", 40, True, True, False, True),
        ("agency_metal", "personal", 40, False, True, False, False),
        ("agency_metal", "personal", 40, False, True, True, True),
        ("agency_fund", "personal", 40, False, True, True, False),
        ("trust", "personal", 40, False, True, True, False),
        ("term_deposit", "corporate", -1, False, False, False, True),
    ],
)  # fmt: skip
def test_who_may_be_offered_what(
    group: str, kind: str, age: int, is_farmer: bool, is_sound: bool, has_fund: bool, is_suitable: bool
) -> None:
    """Age from 18 to 65, farmers' loans for farmers, risk 3 only for who has held as much, nothing twice, nothing that is not sold."""
    rules = Rules(
        (
            Offer("agency_fund", "personal", None, None, 3, False),
            Offer("agency_metal", "personal", None, None, 3, False),
            Offer("credit_card", "personal", 18, 65, 1, True),
            Offer("farmer_loan", "farmer", None, None, 1, True),
            Offer("term_deposit", "both", 16, None, 1, False),
            Offer("trust", "none", None, None, 1, False),
        ),
        assumed_risk=2,
    )
    people = Person(np.array([kind], object), np.array([is_farmer]), np.array([age]), np.array([is_sound]))
    holds = np.array([[has_fund, False, False, False, False, False]])
    found = suitable(rules, people, holds, np.zeros_like(holds))
    assert found[0, rules.groups.index(group)] == is_suitable


def test_everybody_has_offers_or_a_reason_and_refusals_are_kept(takers: DrawnTakers, learnt: Any, tmp_path: Path) -> None:
    store_model(tmp_path, "next_product", *learnt)
    run = takers.connection.execute
    run("BEGIN")
    try:
        for number, purpose, status in (("C00001", "personalisation", "withdrawn"), ("C00002", "marketing", "withdrawn")):
            run("INSERT INTO consent VALUES (?, ?, DATE '2026-06-01', '2', ?, NULL)", [number, purpose, status])
        run("UPDATE customer SET is_blacklisted = true WHERE customer_number = 'C00003'")
        run("UPDATE customer_fact_month SET is_holder = false WHERE customer_number = 'C00004'")
        first = score_next_product(takers, tmp_path, "v1").read_bytes()
        assert score_next_product(takers, tmp_path, "v1").read_bytes() == first
        held = set(takers.rows(
            "SELECT customer_number, product_group FROM account UNION SELECT customer_number, product_group FROM asset_holding "
            "UNION SELECT customer_number, card_kind || '_card' FROM card"
        ))  # fmt: skip
    finally:
        run("ROLLBACK")
    found = read_scores(tmp_path, "next_product", "v1")
    assert found is not None
    assert found.standing.rung is Rung.TRIAL
    rows = found.rows.to_pylist()
    assert {row["customer_number"] for row in rows} == set(takers.numbers)
    why = {row["customer_number"]: row["why_none"] for row in rows if row["why_none"]}
    assert [why.get(f"C0000{place}") for place in (1, 3, 4)] == ["refused_automated", "blacklisted", "left_already"]
    offers = [row for row in rows if row["why_none"] is None]
    assert not {row["customer_number"] for row in offers} & set(why)
    assert not {(row["customer_number"], row["product_group"]) for row in offers} & held
    assert {row["may_approach"] for row in offers if row["customer_number"] == "C00002"} == {False}
    best: dict[str, Decimal] = {}
    for row in offers:
        assert row["margin_amount"] == WORTH[row["product_group"]]
        assert row["expected_amount"] == (row["margin_amount"] * Decimal(str(row["chance"]))).quantize(Decimal("0.01"))
        assert row["expected_amount"] <= best.get(row["customer_number"], Decimal(10**9))
        best[row["customer_number"]] = row["expected_amount"]
        assert row["basis"] == "model"
    reasons = {row["product_group"]: row["reason_1"] for row in sorted(offers, key=lambda one: one["chance"])}
    assert reasons["credit_card"] == "payroll_to_assets"
    assert reasons["wealth_product"] == "own_elsewhere_to_assets"
    (told,) = [one for one in found.facts["realised"] if one["is_test"]]
    assert told["low"] <= told["events"] <= told["high"]


@pytest.mark.parametrize(
    ("months", "rung"), [(1, "rule"), (8, "rule"), (9, "baseline"), (11, "baseline"), (12, "baseline"), (36, "baseline")]
)
def test_without_a_model_history_decides_the_rung(months: int, rung: str) -> None:
    found = standing(NEXT_PRODUCT, tuple(ends(months)), None, is_approved=False)
    assert found.rung == rung
    assert ("需 12 个月" in found.said_zh) == (months < 12)


@pytest.mark.parametrize(("months", "basis"), [(1, "holding"), (8, "holding"), (9, "popularity")])
def test_below_a_trial_like_customers_decide_and_no_single_chance_is_given(months: int, basis: str, tmp_path: Path) -> None:
    drawn = DrawnTakers(customers=300, months=months)
    score_next_product(drawn, tmp_path, "v")
    found = read_scores(tmp_path, "next_product", "v")
    assert found is not None
    offers = [row for row in found.rows.to_pylist() if row["why_none"] is None]
    assert {row["basis"] for row in offers} == {basis}
    if basis == "holding":
        assert {(row["chance"], row["expected_amount"], row["low"]) for row in offers} == {(None, None, None)}
    else:
        by_group: dict[str, set[float]] = {}
        for row in offers:
            by_group.setdefault(row["product_group"], set()).add(row["chance"])
            assert row["low"] < row["chance"] < row["high"]
        assert {len(chances) for chances in by_group.values()} == {1}


def test_leanings_that_mean_nothing_do_not_pass() -> None:
    card, _ = train_next_product(DrawnTakers(customers=2000, months=18, strength=0.0), DATA)
    assert "排序未明显优于热门法" in [zh for zh, _ in card["faults"]]


def test_where_popularity_hits_nearly_all_the_card_says_what_is_the_most_there_can_be(
    learnt: tuple[dict[str, Any], dict[str, bytes]],
) -> None:
    """A popularity that hits 87.6 % leaves 1 ÷ 0.876 = 1.14 times, so that 1.3 times cannot be; one that hits half leaves twice."""
    card = learnt[0]

    def said(popular: float) -> list[tuple[str, str]]:
        return make._faults(card | {"hold_out": card["hold_out"] | {"hit_ratio": 1.02, "hit_of_popularity": popular}})

    assert said(0.876) == [
        (
            "前 3 命中率为热门法的 1.02 倍（需 1.3 倍，热门法已命中 87.6%，至多可达 1.14 倍）",
            "hit rate of the best 3 is 1.02 times that of popularity, 1.3 is needed; popularity hits 87.6% already, so that 1.14 times is the most there can be",
        )
    ]
    assert said(0.5) == [
        ("前 3 命中率为热门法的 1.02 倍（需 1.3 倍）", "hit rate of the best 3 is 1.02 times that of popularity, 1.3 is needed")
    ]


def test_hit_and_ndcg_by_hand() -> None:
    """Of three who took up something, two had it among their best three: in the first place, and in the second."""
    taken = np.array([[True, False, False, False], [False, True, False, False], [False, False, False, True], [False] * 4])
    values = np.array([[4, 3, 2, 1]] * 4, np.float64)
    found = measured.ranked(measured.best_places(values, np.ones((4, 4), bool)), taken)
    assert found.hit.tolist() == [1, 1, 0]
    assert found.gain.round(4).tolist() == [1, 0.6309, 0]


def test_offers_in_use_fall_back_to_popularity_by_themselves_and_a_challenger_runs_beside(
    takers: DrawnTakers, learnt: Any, tmp_path: Path
) -> None:
    """What the test month held is a good advance over popularity; told it was approved for 5 times, less than half of the advance came true."""
    card, files = learnt
    early = card | {"data": card["data"] | {"last_outcome_on": "2026-09-30"}}
    good = store_model(tmp_path, "next_product", early, files)

    def approve(sha256: str, since: date, number: int) -> None:
        write_approval(
            tmp_path, number, Approval("next_product", sha256, since, "复验", "A", "B", datetime(2026, 11, 1, number, tzinfo=UTC))
        )

    approve(good.sha256, date(2026, 7, 1), 1)
    later = store_model(tmp_path, "next_product", card, files)
    score_next_product(takers, tmp_path, "v1")
    used, shadow = read_scores(tmp_path, "next_product", "v1"), read_shadow(tmp_path, "next_product", "v1")
    assert used is not None
    assert (used.standing.rung, used.sha256) == (Rung.IN_USE, good.sha256)
    (came,) = used.facts["realised"]
    assert came["hits"] == round(card["hold_out"]["hit"] * came["takers"])
    assert came["hits"] / came["hits_of_popularity"] == pytest.approx(card["hold_out"]["hit_ratio"], rel=0.1)
    assert shadow is not None
    assert (shadow.champion, shadow.challenger) == (good.sha256, later.sha256)
    assert (shadow.lists["both"], shadow.lists["enter"], shadow.rows.num_rows) == (shadow.lists["size"], 0, 0)
    assert shadow.compared is not None
    assert shadow.compared["events"] == came["takers"]
    assert [one["gain"]["value"] for one in shadow.compared["figures"]] == [0, 0]
    boasting = store_model(tmp_path, "next_product", early | {"hold_out": card["hold_out"] | {"hit_ratio": 5.0}}, files)
    approve(boasting.sha256, date(2026, 7, 1), 2)
    score_next_product(takers, tmp_path, "v2")
    back = read_scores(tmp_path, "next_product", "v2")
    assert back is not None
    assert (back.standing.rung, back.sha256, back.facts["fallen"]["why"]) == (Rung.BASELINE, "", "realised")
    assert {row["basis"] for row in back.rows.to_pylist() if row["why_none"] is None} == {"popularity"}
    assert "3.00" in back.standing.said_zh
    approve(boasting.sha256, date(2026, 8, 1), 3)
    score_next_product(takers, tmp_path, "v3")
    again = read_scores(tmp_path, "next_product", "v3")
    assert again is not None
    assert again.standing.rung is Rung.IN_USE
