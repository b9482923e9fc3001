"""Planted truth is true: who leaves, who fails, who keeps money elsewhere, what was out of order, what the ledger hides."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from unit.example_bank.supplement_rows import delivered

from maisui.example_bank import simulate


def truth(bank, name: str) -> list[dict]:
    """Rows of a file of the truth."""
    return pq.read_table(bank.out / "truth" / f"{name}.parquet").to_pylist()


def test_only_those_leave_who_were_at_hazard_and_about_as_many_as_it_says(bank) -> None:
    rows = truth(bank, "churn")
    left = [row for row in rows if row["left_on"]]
    expected = sum(row["cumulative_hazard"] for row in rows)
    assert expected > 10
    assert abs(len(left) - expected) < 4 * expected**0.5
    closed = dict(bank.rows("SELECT KHTYBH, min(XHRQ) FROM GRCKFHZ WHERE ZHZT = '销户' GROUP BY ALL"))
    assert all(row["customer_number"] in closed for row in left)
    assert all(0 <= row["monthly_hazard"] < 0.01 for row in rows)
    assert all(row["monthly_hazard"] == 0 for row in left)


def test_default_probabilities_add_up_to_the_failures_and_rank_them(bank) -> None:
    by_day = defaultdict(list)
    for row in truth(bank, "default_probability"):
        by_day[row["day"]].append(row)
    assert sorted(by_day) == [date(2025, 10, 31), date(2026, 10, 31)]
    rows = by_day[date(2025, 10, 31)]
    failed = [row["probability"] for row in rows if row["failed_on"] and row["failed_on"] <= date(2026, 10, 31)]
    kept = [row["probability"] for row in rows if not row["failed_on"]]
    assert len(failed) >= 3
    assert 0.6 * len(failed) <= sum(row["probability"] for row in rows) <= len(failed)
    assert sum(failed) / len(failed) > sum(kept) / len(kept)
    assert all(row["failed_on"] is None for row in by_day[date(2026, 10, 31)])


def test_transfers_to_an_own_account_elsewhere_are_those_of_the_customers_said_to_have_one(bank) -> None:
    """By name: the payee is the customer himself, at another bank; what was taken back nets out."""
    sent = bank.rows(
        "SELECT m.KHTYBH, count(*), sum(CASE m.JYJDBZ WHEN '借' THEN 1 ELSE -1 END * m.JYJE::DECIMAL(18,2)) FROM GRCKFHZMX m JOIN (SELECT DISTINCT KHTYBH, KHXM FROM GRJCXXB) c"
        " ON c.KHTYBH = m.KHTYBH WHERE m.DFHM = c.KHXM AND m.DFXM <> '麦川县农村商业银行' AND m.ZY = '转账支出'"
        " GROUP BY ALL"
    )
    planted = {row["customer_number"]: (row["transfers"], Decimal(row["sent_cents"]) / 100) for row in truth(bank, "potential_customers")}
    found = {number: (count, amount) for number, count, amount in sent if number in planted}
    assert found == {number: facts for number, facts in planted.items() if facts[0]}
    assert len(found) > 20
    assert len(sent) - len(found) <= 2  # a namesake among the outside parties


def test_propensities_are_chances_and_nobody_outside_the_circle_buys(bank) -> None:
    rows = {row["customer_number"]: row for row in truth(bank, "product_propensity")}
    columns = [name for name in next(iter(rows.values())) if name != "customer_number"]
    assert len(columns) == 9
    assert all(0 <= row[name] <= 1 for row in rows.values() for name in columns)
    buyers = {number for (number,) in bank.rows("SELECT KHTYBH FROM DLDXJYXXB WHERE JYFX = '买入'")}
    assert all(rows[number]["agency_product"] > 0.7 for number in buyers)
    holders = {number for (number,) in bank.rows("SELECT KHTYBH FROM XYKSXQKB")}
    assert all(rows[number]["credit_card"] > 0 for number in holders)


WORDS = {"atm": "ATM", "vtm": "VTM", "counter": "柜面", "mobile": "手机银行"}


def test_nothing_passes_through_what_was_out_of_order(bank) -> None:
    rows = truth(bank, "anomalies")
    assert [row["kind"] for row in rows] == ["machines", "mobile bank", "outlet", "machines", "outlet", "mobile bank"]
    for row in rows:
        channels = ", ".join(f"'{WORDS[name]}'" for name in row["channels"])
        place = f" AND YWBLJGH = '{row['outlet']}'" if row["outlet"] else ""
        question = (
            "SELECT count(*) FROM (SELECT JYQD, YWBLJGH, HXJYRQ, JYLX FROM GRCKFHZMX UNION ALL SELECT JYQD, YWBLJGH, HXJYRQ, JYLX FROM DGCKFHZMX)"
            f" WHERE JYQD IN ({channels}){place} AND HXJYRQ BETWEEN "
        )
        assert bank.rows(f"{question}'{row['first_day']:%Y%m%d}' AND '{row['last_day']:%Y%m%d}'") == [(0,)]
        month = f"{row['first_day']:%Y%m}"
        assert bank.rows(f"{question}'{month}01' AND '{month}31'")[0][0] > 0
        assert row["moved"] > 0


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A month as it is and with two wrong days of the ledger."""
    folders = tmp_path_factory.mktemp("clean"), tmp_path_factory.mktemp("broken")
    simulate(scale="test", seed=5, months=1, out=folders[0])
    simulate(scale="test", seed=5, months=1, out=folders[1], ledger_breaks=2)
    return folders


def test_ledger_breaks_stand_in_the_ledger_alone_and_are_the_amounts_told(broken: tuple[Path, Path]) -> None:
    clean, wrong = broken
    told = pq.read_table(wrong / "truth" / "ledger_breaks.parquet").to_pylist()
    assert len(told) == 2
    assert pq.read_table(clean / "truth" / "ledger_breaks.parquet").num_rows == 0
    different = {
        path.name for path in (clean / "inbox").rglob("*.txt") if path.read_bytes() != next((wrong / "inbox").rglob(path.name)).read_bytes()
    }
    assert {name[-12:-4] for name in different} == {f"{row['day']:%Y%m%d}" for row in told}
    assert all("-ZZKJQKMB-" in name for name in different)
    for row in told:
        found = []
        for folder in broken:
            (path,) = (folder / "inbox" / "east5").glob(f"*-ZZKJQKMB-{row['day']:%Y%m%d}.txt")
            lines = [line.split("\x01") for line in path.read_text(encoding="utf-8").splitlines()]
            found.append({(line[1], line[3]): Decimal(line[10]) - Decimal(line[11]) for line in lines})
        changed = {key: found[1][key] - found[0][key] for key in found[0] if found[1][key] != found[0][key] and len(key[1]) >= 6}
        assert changed[row["organisation_code"], row["subject_too_high"]] == Decimal(row["cents"]) / 100
        assert changed[row["organisation_code"], row["subject_too_low"]] == -Decimal(row["cents"]) / 100
        assert sum(changed[key] for key in changed if key[1] in (row["subject_too_high"], row["subject_too_low"])) == 0


def test_merchants_take_nothing_in_from_the_day_on_which_the_truth_says_they_stopped(bank) -> None:
    """Every merchant who stopped traded before; all others trade in the last month."""
    stopped = {row["merchant_number"]: f"{row['stopped_on']:%Y%m%d}" for row in truth(bank, "silent_merchants")}
    last: dict[str, str] = {}
    for row in delivered(bank.out, "pos_acquiring"):
        last[row["merchant_number"]] = max(last.get(row["merchant_number"], ""), row["traded_on"])
    assert stopped
    assert all(last.get(number, "") < day for number, day in stopped.items())
    assert min(day for number, day in last.items() if number not in stopped) > "20261001"
