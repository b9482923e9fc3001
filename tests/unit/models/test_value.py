"""Customer value: the past adds up, what is to come is the past times staying, and nothing is claimed below a trial."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from drawn_bank import DATA, ends

from maisui.errors import QuestionError
from maisui.models import VALUE, Rung, read_scores
from maisui.models.fee_rhythm import fees_to_come, judge_fees
from maisui.models.registry import store_model
from maisui.models.survival import StayCurve
from maisui.models.value import came_true, score_value, train_value, worth_of
from maisui.tables.customer_contribution_month import CUSTOMER_CONTRIBUTION_MONTH
from maisui.tables.customer_fact_month import CUSTOMER_FACT_MONTH

SETTINGS = {"customer_value.discount_rate": "0", "customer_value.horizon_months": "24"}


class WorthBank:
    """Customers who each contribute ten yuan times their place a month until they leave by a planted monthly chance."""

    def __init__(self, customers: int = 400, months: int = 30, leaving: float = 0.01, seed: int = 6) -> None:
        drawn = np.random.default_rng(seed)
        self.connection = duckdb.connect()
        for table in (CUSTOMER_FACT_MONTH, CUSTOMER_CONTRIBUTION_MONTH):
            self.connection.execute(f"CREATE TABLE {table.name} ({', '.join(f'{one.name} {one.type}' for one in table.columns)})")
        self.connection.execute(
            "CREATE TABLE customer AS SELECT 'C' || range AS customer_number, 'C' || range AS person_customer_number, CAST(NULL AS VARCHAR) AS sex, CAST(NULL AS DATE) AS born_on FROM range(0)"
        )
        self.connection.execute(
            "CREATE TABLE consent (customer_number VARCHAR, consent_purpose_code VARCHAR, consent_status VARCHAR, effective_from DATE, "
            "consent_number VARCHAR)"
        )
        self.connection.execute(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))"
        )
        self.connection.execute(
            "CREATE TABLE profit_bridge_month (business_date DATE, bridge_line_code VARCHAR, profit_amount DECIMAL(38,2))"
        )
        for code, value in SETTINGS.items():
            self.connection.execute("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?)", [code, Decimal(value)])
        number = np.arange(customers)
        first, holds = number % 60, np.ones(customers, bool)
        self.monthly = np.zeros((months, customers), np.int64)
        for place, day in enumerate(ends(months)):
            if place:
                holds = holds & (drawn.random(customers) >= leaving)
            self.monthly[place] = np.where(holds, 10 * (1 + number % 17), 0)
            self._insert(CUSTOMER_FACT_MONTH, day, {
                "is_holder": holds, "held_month_count": first + place, "recent_asset_balance": np.full(customers, 3000),
                "own_elsewhere_amount": np.where(number % 10 == 0, 250, np.where(number % 10 == 1, -90, 0)),
                "contribution_amount": self.monthly[place],
                "year_contribution_amount": self.monthly[max(0, place - 11) : place + 1].sum(axis=0),
                "deposit_average_balance": np.full(customers, 1000),
            })  # fmt: skip
            self._insert(CUSTOMER_CONTRIBUTION_MONTH, day, {
                "currency": ["CNY"] * customers, "deposit_margin_amount": np.full(customers, 2), "contribution_amount": self.monthly[place],
                "is_estimated": np.zeros(customers, bool),
            })  # fmt: skip
            self.connection.execute(
                "INSERT INTO profit_bridge_month VALUES (?, 'contribution', ?), (?, 'tax_difference', -1)",
                [day, int(self.monthly[place].sum()), day],
            )

    def _insert(self, table: Any, day: date, values: dict[str, Any]) -> None:
        count = len(values["contribution_amount"])
        fixed: dict[str, Any] = {"business_date": day, "legal_entity_code": "L", "customer_kind": "personal", "organisation_code": "A", "tier_code": "none",
                                 "is_quality": False, "is_effective": True, "first_held_on": date(2020, 1, 1)}  # fmt: skip
        known = {"customer_number": [f"C{one:05d}" for one in range(count)]} | values
        self.connection.register("drawn", pa.table({
            one.name: list(known[one.name]) if one.name in known else [fixed.get(one.name, 0)] * count for one in table.columns
        }))  # fmt: skip
        self.connection.execute(f"INSERT INTO {table.name} SELECT * FROM drawn")
        self.connection.unregister("drawn")

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


@pytest.fixture(scope="module")
def worth() -> WorthBank:
    return WorthBank()


@pytest.fixture(scope="module")
def card(worth) -> dict[str, Any]:
    pytest.importorskip("scipy", reason="model libraries are not installed: make setup-models")
    return train_value(worth, DATA)[0]


def said(home: Path) -> Any:
    found = read_scores(home, "value", "v")
    assert found is not None
    return found


def test_below_a_trial_the_past_year_stands_alone_and_adds_up_to_the_bridge(worth, tmp_path: Path) -> None:
    score_value(worth, tmp_path, "v")
    found = said(tmp_path)
    rows = found.rows.to_pylist()
    assert (found.standing.rung, found.facts["months"]) == (Rung.RULE, 12)
    assert "近 12 个月（不足则已有月份）的贡献" in found.standing.said_zh
    assert {(row["expected_value"], row["staying"]) for row in rows} == {(None, None)}
    pool = {code: Decimal(amount) for code, amount in found.facts["pool"].items()}
    assert sum(row["past_value"] for row in rows) == pool["contribution"] == int(worth.monthly[-12:].sum())
    assert pool["tax_difference"] == -12
    assert len(rows) == 400


def test_potential_is_what_went_to_own_accounts_elsewhere_at_the_margin_of_deposits_here(worth, tmp_path: Path) -> None:
    score_value(worth, tmp_path, "v")
    rows = said(tmp_path).rows.to_pylist()
    assert rows[0]["elsewhere_amount"] == 4 * 250
    assert rows[0]["potential_value"] == Decimal("24.00")  # 2 of 1,000 yuan a month, twelve months, on 1,000 yuan
    assert [(row["elsewhere_amount"], row["potential_value"]) for row in rows[1:3]] == [(None, None), (None, None)]


def test_the_same_data_give_the_same_card(worth, card) -> None:
    assert json.dumps(card, sort_keys=True) == json.dumps(train_value(worth, DATA)[0], sort_keys=True)


def test_what_is_to_come_is_the_past_times_staying_by_hand(worth, card, tmp_path: Path) -> None:
    store_model(tmp_path, "value", card | {"faults": []}, {})
    score_value(worth, tmp_path, "v")
    found = said(tmp_path)
    curve = StayCurve(**card["curves"]["personal"])
    assert found.standing.rung is Rung.TRIAL
    for row in found.rows.to_pylist():
        assert (row["expected_value"] is None) == (row["why_not"] is not None)
    number, row = next((place, row) for place, row in enumerate(found.rows.to_pylist()) if row["why_not"] is None)
    tenure = number % 60 + 29
    years = sum(curve.chance_of_staying(tenure, month) for month in range(1, 25)) / 12
    assert row["expected_value"] == pytest.approx(row["past_value"] * Decimal(str(years)), abs=Decimal("0.01"))
    assert row["staying"] == pytest.approx(0.99**12, abs=0.03)
    assert {row["why_not"] for row in found.rows.to_pylist()} == {None, "left_already"}
    assert [one["day"] for one in found.facts["realised"]] == [card["hold_out"]["day"]]


def test_the_year_held_out_comes_about_as_expected_and_is_judged(worth, card) -> None:
    assert card["hold_out"]["day"] == "2025-10-31"
    assert 0.95 <= card["hold_out"]["ratio"] <= 1.05
    assert card["curves"]["all"]["closes"] >= 50
    assert [zh for zh, _ in card["faults"] if "户销户" in zh or "留出" in zh] == []
    nobody_leaves = StayCurve(alpha=1e-9, beta=1000.0, c=1.0, closes=0, months=1)
    held = came_true(worth, {"all": nobody_leaves}, date(2025, 10, 31), date(2026, 10, 31))
    assert Decimal(held["expected"]) == sum(one.past for one in worth_of(worth, date(2025, 10, 31)) if one.why_not is None)
    assert Decimal(held["came"]) == sum(
        amount for one, amount in zip(worth_of(worth, date(2025, 10, 31)), worth.monthly[-12:].sum(axis=0).tolist(), strict=True) if one.why_not is None
    )  # fmt: skip


def test_fewer_than_fifty_closes_or_two_years_train_nothing_that_may_be_used() -> None:
    pytest.importorskip("scipy", reason="model libraries are not installed: make setup-models")
    card, _ = train_value(WorthBank(customers=60, months=24, leaving=0.004), DATA)
    assert any("户销户（需 50 户）" in zh for zh, _ in card["faults"])
    with pytest.raises(QuestionError, match="23 whole months"):
        train_value(WorthBank(customers=5, months=23), DATA)
    with pytest.raises(QuestionError, match="nobody has left"):
        train_value(WorthBank(customers=5, months=24, leaving=0), DATA)


def test_fees_that_too_few_pay_again_are_not_told_from_their_rhythm(worth) -> None:
    found = judge_fees(worth, tuple(ends(30)))
    assert not found.is_used
    assert (found.repeaters, found.buying) == (0, None)
    assert "需 500 户" in found.why_not[0][0]


class FeeBank:
    """Payers whose months with fees come as BG/NBD says: gamma rates, and a chance of staying away after each."""

    def __init__(self, customers: int = 900, months: int = 36, seed: int = 9) -> None:
        drawn = np.random.default_rng(seed)
        self.first_month, self.months = 2023 * 12 + 11, months
        self.paid: list[tuple[str, int, Decimal]] = []
        for number in range(customers):
            rate, leaves, mean = drawn.gamma(2.0, 0.08), drawn.beta(1.0, 8.0), drawn.gamma(8.0, 2.0)
            month = int(drawn.integers(0, 12))
            while month < months:
                self.paid.append((f"C{number:05d}", self.first_month + month, Decimal(f"{mean * drawn.gamma(6.0, 1 / 6):.2f}") + 1))
                if drawn.random() < leaves:
                    break
                month += max(1, round(drawn.exponential(1 / rate)))

    def rows(self, _: str, values: Any = ()) -> list[tuple[Any, ...]]:
        last = values[0].year * 12 + values[0].month
        return [one for one in self.paid if one[1] <= last]

    def arrays(self, _: str, values: Any = ()) -> dict[str, Any]:
        raise AssertionError(values)


def test_fees_that_many_pay_again_are_told_from_their_rhythm() -> None:
    pytest.importorskip("scipy", reason="model libraries are not installed: make setup-models")
    bank = FeeBank()
    history = tuple(ends(36))
    found = judge_fees(bank, history)
    assert (found.why_not, found.is_used, found.repeaters >= 500) == ([], True, True)
    assert 0.85 <= (found.held_out_ratio or 0) <= 1.15
    assert (found.order or 0) > (found.order_of_past or 0)
    to_come = fees_to_come(bank, found, history, [1.0] * 12)
    half = fees_to_come(bank, found, history, [0.5] * 12)
    past, later = to_come["C00000"]
    assert past == sum((amount for number, month, amount in bank.paid if number == "C00000" and month > 2026 * 12 - 2), Decimal(0))
    assert all(abs(half[one][1] * 2 - to_come[one][1]) <= Decimal("0.02") for one in to_come)
    assert 0 < sum(one[1] for one in to_come.values()) < 2 * sum(one[0] for one in to_come.values())
    assert later >= 0


def test_the_ladder_of_value_has_no_base_rates() -> None:
    from maisui.models.ladder import standing

    for months, rung in ((0, "no_data"), (1, "rule"), (11, "rule"), (12, "rule"), (23, "rule"), (24, "rule"), (36, "rule")):
        found = standing(VALUE, tuple(ends(months)) if months else (), None, is_approved=False)
        assert (found.rung, found.has_probabilities) == (rung, False)
