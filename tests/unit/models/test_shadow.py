"""A challenger in shadow: asked beside the model in use, compared on months that neither learnt from, and listing nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from drawn_bank import DATA, DrawnBank

from maisui.answers.model_shadow import list_shadow_changes, shadow_view
from maisui.models import CHURN, Approval, measures, read_scores, write_approval
from maisui.models.fit import train
from maisui.models.registry import StoredModel, store_model
from maisui.models.scores import score
from maisui.models.shadow import months_in_shadow, read_shadow


@pytest.fixture(scope="module")
def pair(bank: DrawnBank, trained: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StoredModel, StoredModel]:
    """A home with a model in use that learnt from four months less, and a newer one."""
    pytest.importorskip("lightgbm", reason="model libraries are not installed: make setup-models")
    home = tmp_path_factory.mktemp("shadow")
    bank.connection.begin()
    bank.connection.execute("DELETE FROM customer_fact_month WHERE business_date > DATE '2026-06-30'")
    card, files = train(bank, CHURN, DATA | {"reporting_date": "2026-06-30"})
    bank.connection.rollback()
    old = store_model(home, "churn", card | {"faults": []}, files)
    write_approval(home, 1, Approval("churn", old.sha256, date(2026, 7, 1), "首次", "A", "B", datetime(2026, 7, 1, tzinfo=UTC)))
    return home, old, store_model(home, "churn", trained[0] | {"faults": []}, trained[1])


def test_the_challenger_is_compared_and_the_one_in_use_alone_lists(bank: DrawnBank, pair: tuple[Path, StoredModel, StoredModel]) -> None:
    home, old, new = pair
    score(bank, home, CHURN, "v1")
    scores, shadow = read_scores(home, "churn", "v1"), read_shadow(home, "churn", "v1")
    assert scores is not None
    assert shadow is not None
    assert (scores.sha256, shadow.champion, shadow.challenger) == (old.sha256, old.sha256, new.sha256)
    judged = {row["customer_number"]: row["probability"] for row in scores.rows.to_pylist() if row["probability"] is not None}
    rows = shadow.rows.to_pylist()
    assert {row["customer_number"]: row["champion"] for row in rows} == judged
    lists = shadow.lists
    assert lists["size"] == sum(row["is_listed"] for row in rows) == sum(row["would_be_listed"] for row in rows) == round(len(rows) * 0.1)
    assert lists["both"] + lists["leave"] == lists["both"] + lists["enter"] == lists["size"]
    losses = {row["customer_number"]: float(row["value_at_risk"]) * row["challenger"] for row in rows}
    least = min(losses[row["customer_number"]] for row in rows if row["would_be_listed"])
    assert all(losses[row["customer_number"]] <= least for row in rows if not row["would_be_listed"])
    compared = shadow.compared
    assert compared is not None
    assert compared["from"] == max(one.card["windows"]["test"]["from"] for one in (old, new))
    assert compared["to"] == "2026-07-31"
    for name in ("auc", "precision"):
        gain = compared[name]["gain"]
        assert gain["value"] == compared[name]["challenger"]["value"] - compared[name]["champion"]["value"]
        assert gain["low"] <= gain["value"] <= gain["high"]


def test_months_in_shadow_are_counted_by_month_and_lists_by_organisation(
    bank: DrawnBank, pair: tuple[Path, StoredModel, StoredModel]
) -> None:
    home, _, new = pair
    assert months_in_shadow(home, "churn", "f" * 64) == ()
    for version in ("v1", "v1b"):
        score(bank, home, CHURN, version)
    assert months_in_shadow(home, "churn", new.sha256) == (date(2026, 10, 31),)
    bank.connection.execute("CREATE TABLE IF NOT EXISTS organisation AS SELECT 'A' AS organisation_code, '甲' AS organisation_name")
    bank.connection.execute("CREATE TABLE IF NOT EXISTS organisation_closure AS SELECT 'A' AS organisation_code, 'A' AS ancestor_code")
    bank.connection.execute("ALTER TABLE customer ADD COLUMN IF NOT EXISTS customer_name VARCHAR")
    bank.connection.execute(
        "CREATE TABLE IF NOT EXISTS managed_customer_month (customer_number VARCHAR, employee_number VARCHAR, business_date DATE)"
    )
    reader: Any = SimpleNamespace(rows=bank.rows, manifest=SimpleNamespace(version="v1", reporting_date=date(2026, 10, 31)))
    view = shadow_view(reader, home, "churn")
    assert view is not None
    assert (len(view.months), view.needed, view.is_ready) == (1, 3, False)
    whole, part = (list_shadow_changes(reader, home, "churn", tops, 1, 500) for tops in (None, ("A",)))
    assert whole is not None
    assert part is not None
    assert whole.total_count == view.lists["enter"] + view.lists["leave"]
    assert {row.home_organisation_name for row in part.rows} <= {"甲"}
    assert [row.enters for row in whole.rows] == sorted((row.enters for row in whole.rows), reverse=True)
    assert all(isinstance(row.challenger, Decimal) for row in whole.rows)


def test_average_precision_is_the_mean_of_precision_at_each_hit() -> None:
    happened = np.array([True, False, True, False])
    assert measures.average_precision(happened, np.array([0.9, 0.8, 0.7, 0.1])) == pytest.approx((1 / 1 + 2 / 3) / 2)
    assert measures.average_precision(happened, np.array([0.5, 0.5, 0.5, 0.5])) == pytest.approx(0.5)
    assert np.isnan(measures.average_precision(np.zeros(3, bool), np.arange(3.0)))
