"""The check behind abnormal series: what is put out of order is found, and a quiet history is reported hardly ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from maisui.alerts.series_check import score_anomaly, train_anomaly
from maisui.errors import QuestionError
from maisui.models import ANOMALY, Approval, Rung, read_scores, write_approval
from maisui.models.registry import store_model
from maisui.models.shadow import read_shadow

LAST = date(2026, 10, 31)
DATA = {"version": "v", "content_hash": "h", "reporting_date": f"{LAST}", "last_delivery_on": f"{LAST}", "code_version": "0"}
THRESHOLDS = {"window_days": 31, "series_deviation": 4.4, "series_floor": 10}


class DrawnSeries:
    """Outlets with channels whose counts are drawn around a level of their own, moved together by weekday."""

    def __init__(self, days: int = 420, level: int = 90, outlets: int = 8) -> None:
        drawn = np.random.default_rng(7)
        calendar = [LAST - timedelta(days=back) for back in range(days)][::-1]
        self.connection = duckdb.connect()
        lines: dict[str, list[Any]] = {name: [] for name in ("organisation_code", "channel_code", "business_date", "transaction_count")}
        for outlet in range(outlets):
            for channel in ("counter", "mobile_bank", "atm"):
                size = level * (1 + outlet / 4)
                for day in calendar:
                    lines["organisation_code"].append(f"B{outlet}")
                    lines["channel_code"].append(channel)
                    lines["business_date"].append(day)
                    lines["transaction_count"].append(int(drawn.poisson(size * (0.6 if day.weekday() > 4 else 1))))
        self.connection.register("lines", pa.table(lines))
        run = self.connection.execute
        run(
            "CREATE TABLE channel_day AS SELECT *, organisation_code AS handling_organisation_code, 'deposit' AS account_kind, "
            "false AS is_bank_initiated, 'customer' AS initiator_code FROM lines"
        )
        run("CREATE TABLE calendar_day AS SELECT unnest(?) AS business_date, last_day(business_date) AS month_end", [calendar])
        run("CREATE TABLE organisation AS SELECT 'TOP' AS organisation_code, CAST(NULL AS VARCHAR) AS parent_code, true AS is_open "
            "UNION ALL SELECT DISTINCT organisation_code, 'TOP', true FROM lines")  # fmt: skip
        run(
            "CREATE TABLE alert_threshold (threshold_code VARCHAR, organisation_code VARCHAR, valid_from DATE, valid_until DATE, threshold_value DECIMAL(12,6))"
        )
        run("CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))")
        for code, value in THRESHOLDS.items():
            run("INSERT INTO alert_threshold SELECT ?, organisation_code, DATE '1900-01-01', NULL, ? FROM organisation", [code, value])
        run("CREATE TABLE customer_fact_month AS SELECT business_date FROM calendar_day WHERE business_date = month_end")

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


def test_what_is_put_out_of_order_is_found_and_a_quiet_history_is_hardly_reported(tmp_path: Path) -> None:
    drawn = DrawnSeries()
    card, files = train_anomaly(drawn, DATA)
    said = card["hold_out"]
    assert said["planted"] >= 100
    assert said["recall"] >= 0.95
    assert said["false_per_1000"] <= 1
    assert card["faults"] == []
    assert drawn.rows("SELECT min(transaction_count) > 0 FROM channel_day") == [(True,)]
    stored = store_model(tmp_path, "anomaly", card, files)
    assert store_model(tmp_path, "anomaly", *train_anomaly(drawn, DATA)).sha256 == stored.sha256
    drawn.connection.execute(
        "UPDATE channel_day SET transaction_count = 0 WHERE organisation_code = 'B3' AND channel_code = 'atm' AND business_date = DATE '2026-10-20'"
    )
    score_anomaly(drawn, tmp_path, "v")
    found = read_scores(tmp_path, "anomaly", "v")
    assert found is not None
    assert found.standing.rung is Rung.TRIAL
    assert ("B3", "atm", date(2026, 10, 20), "fall") in {
        (row["organisation_code"], row["channel_code"], row["business_date"], row["direction"]) for row in found.rows.to_pylist()
    }


def test_with_little_history_or_small_series_nothing_is_claimed(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=f"{ANOMALY.least_months} are needed"):
        train_anomaly(DrawnSeries(days=100, outlets=1), DATA)
    small = DrawnSeries(days=260, level=2, outlets=1)
    with pytest.raises(QuestionError, match="no series"):
        train_anomaly(small, DATA)
    score_anomaly(small, tmp_path, "v")
    found = read_scores(tmp_path, "anomaly", "v")
    assert found is not None
    assert (found.standing.rung, found.rows.num_rows) == (Rung.RULE, 0)


@pytest.mark.parametrize("months", [0, 1, 2, 3, 6, 12, 36])
def test_a_cut_history_reports_what_it_can_judge_and_says_what_is_missing(months: int, tmp_path: Path) -> None:
    """B0's machine falls silent on 20 October. With one month there is nothing to compare a day with, with two there is."""
    drawn = DrawnSeries(days=_DAYS_OF[months], outlets=2)
    if not months:
        drawn.connection.execute("DELETE FROM customer_fact_month")
    drawn.connection.execute(
        "UPDATE channel_day SET transaction_count = 0 WHERE organisation_code = 'B0' AND channel_code = 'atm' AND business_date = DATE '2026-10-20'"
    )
    score_anomaly(drawn, tmp_path, "v")
    found = read_scores(tmp_path, "anomaly", "v")
    assert found is not None
    fallen = ("B0", "atm", date(2026, 10, 20))
    reported = {(row["organisation_code"], row["channel_code"], row["business_date"]) for row in found.rows.to_pylist()}
    assert (fallen in reported) is (months >= 2)
    assert found.standing.rung is (Rung.RULE if months else Rung.NO_DATA)
    said = found.standing.said_zh
    if not months:
        assert said == "还没有一个完整的月份，首个月末发布后再评"
    elif months == 1:
        assert (
            said
            == "模型未启用：仅有 1 个月历史（需 6 个月），最早 2027-03 可训练；阈值也要与之前至少六个同一星期几的日子比较，2026-11 月末起才能判断，此前不报出"
        )
        assert reported == set()
    elif months < ANOMALY.least_months:
        assert f"仅有 {months} 个月历史（需 6 个月），最早 {_TRAINED_FROM[months]} 可训练；现按阈值报出，尚未检验" in said
    else:
        assert said == "历史已够，模型尚未训练；现按阈值报出，尚未检验"


_DAYS_OF = {0: 31, 1: 31, 2: 61, 3: 92, 6: 184, 12: 365, 36: 1096}
"""The days up to 31 October 2026 that hold so many whole months."""
_TRAINED_FROM = {2: "2027-02", 3: "2027-01"}


def test_the_rule_in_use_falls_back_when_its_check_fails_or_its_text_changed(tmp_path: Path) -> None:
    drawn = DrawnSeries(outlets=4)
    card, files = train_anomaly(drawn, DATA)

    def approve(sha256: str, number: int) -> None:
        write_approval(
            tmp_path, number, Approval("anomaly", sha256, date(2026, 10, 1), "复验", "A", "B", datetime(2026, 11, 1, number, tzinfo=UTC))
        )

    def scored(version: str) -> tuple[Rung, str]:
        score_anomaly(drawn, tmp_path, version)
        found = read_scores(tmp_path, "anomaly", version)
        assert found is not None
        return found.standing.rung, found.facts.get("fallen", {}).get("why", "")

    early = card | {"data": card["data"] | {"last_outcome_on": "2026-09-30"}}
    approve(store_model(tmp_path, "anomaly", early, files).sha256, 1)
    assert scored("v1") == (Rung.IN_USE, "")
    drawn.connection.execute("BEGIN")
    drawn.connection.execute("UPDATE alert_threshold SET threshold_value = 30 WHERE threshold_code = 'series_deviation'")
    assert scored("v2") == (Rung.RULE, "realised")
    drawn.connection.execute("ROLLBACK")
    approve(store_model(tmp_path, "anomaly", early | {"definition": card["definition"].replace("0.5", "0.4")}, files).sha256, 2)
    later = store_model(tmp_path, "anomaly", card, files)
    assert scored("v3") == (Rung.RULE, "changed")
    shadow = read_shadow(tmp_path, "anomaly", "v3")
    assert shadow is not None
    assert shadow.challenger == later.sha256
    assert shadow.compared is not None
    assert shadow.compared["figures"][0]["challenger"] == card["hold_out"]["recall"]
    assert shadow.rows.num_rows == shadow.lists["both"] + shadow.lists["enter"] + shadow.lists["leave"]
