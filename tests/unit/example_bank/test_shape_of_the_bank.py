"""The bank's aggregates look like those of a county rural bank, and agree with the simulator's own books."""

from __future__ import annotations

import pyarrow.parquet as pq

BALANCES = (
    "SELECT delivered, sum(held) AS deposits, sum(held) FILTER (kind LIKE '%活期%') AS demand,"
    " sum(held) FILTER (personal) AS personal FROM ("
    "SELECT delivered, CKYE::DECIMAL(18,2) AS held, GRCKZHLX AS kind, true AS personal FROM GRCKFHZ UNION ALL "
    "SELECT delivered, CKYE::DECIMAL(18,2), DGCKZHLX, false FROM DGCKFHZ) GROUP BY ALL"
)
LOANS = (
    "SELECT delivered, sum(held) AS loans, sum(held) FILTER (class IN ('次级', '可疑', '损失')) AS bad FROM ("
    "SELECT delivered, DKYE::DECIMAL(18,2) AS held, DKWJFL AS class FROM GRXDYWJJB UNION ALL "
    "SELECT delivered, DKYE::DECIMAL(18,2), DKWJFL FROM DGXDYWJJB) GROUP BY ALL"
)
MONTH_ENDS = "strftime(strptime(delivered, '%Y%m%d') + INTERVAL 1 DAY, '%d') = '01'"


def test_ratios_stay_in_their_ranges_at_every_month_end(bank) -> None:
    rows = bank.rows(
        f"SELECT delivered, loans / deposits, bad / loans, demand / deposits, personal / deposits"
        f" FROM ({BALANCES}) JOIN ({LOANS}) USING (delivered) WHERE {MONTH_ENDS}"
    )
    assert len(rows) == 25
    ranges = ((0.60, 0.80), (0.015, 0.030), (0.30, 0.45), (0.70, 0.85))
    for row in rows:
        for value, (low, high) in zip(row[1:], ranges, strict=True):
            assert low <= value <= high, row


def test_top_decile_of_customers_holds_half_to_three_quarters(bank) -> None:
    held = bank.rows(
        "SELECT coalesce(sum(held), 0) FROM (SELECT KHTYBH FROM GRJCXXB WHERE delivered = '20261031' UNION ALL"
        "  SELECT KHTYBH FROM DGKHXXB WHERE delivered = '20261031') LEFT JOIN ("
        "SELECT KHTYBH, CKYE::DECIMAL(18,2) AS held FROM GRCKFHZ WHERE delivered = '20261031' UNION ALL "
        "SELECT KHTYBH, CKYE::DECIMAL(18,2) FROM DGCKFHZ WHERE delivered = '20261031') USING (KHTYBH)"
        " GROUP BY KHTYBH ORDER BY 1 DESC"
    )
    amounts = [row[0] for row in held]
    assert 0.50 <= sum(amounts[: len(amounts) // 10]) / sum(amounts) <= 0.75


def test_electronic_channels_replace_the_counter(bank) -> None:
    rows = bank.rows(
        "SELECT HXJYRQ[1:6] AS month, count(*) FILTER (JYQD <> '柜面') / count(*) FROM (SELECT HXJYRQ, JYQD FROM GRCKFHZMX"
        " UNION ALL SELECT HXJYRQ, JYQD FROM DGCKFHZMX)"
        " WHERE JYQD NOT LIKE '其他-%' OR JYQD = '其他-电话银行' GROUP BY ALL ORDER BY 1"
    )
    shares = [row[1] for row in rows]
    assert len(shares) == 25
    assert all(0.75 <= share <= 0.95 for share in shares)
    assert sum(shares[-6:]) / 6 > sum(shares[:6]) / 6 + 0.04


def test_interest_margin_and_profit_are_plausible(bank) -> None:
    year = dict(
        bank.rows(
            "SELECT KJKMBH, sum(QMDFYE::DECIMAL(18,2) - QMJFYE::DECIMAL(18,2)) FROM ZZKJQKMB"
            " WHERE delivered = '20251231' AND length(KJKMBH) = 4 GROUP BY ALL"
        )
    )
    assets = -sum(value for code, value in year.items() if code[0] == "1")
    assert 0.016 <= (year["6011"] + year["6411"]) / assets <= 0.026
    assert sum(value for code, value in year.items() if code[0] == "6") > 0


def test_five_class_words_follow_the_arrears(bank) -> None:
    wrong = bank.rows(
        "SELECT delivered, XDJJH, DKWJFL, QXRQ FROM GRXDYWJJB WHERE DKZT IN ('正常', '逾期') AND DKWJFL IN ('次级', '可疑', '损失')"
        " AND strptime(delivered, '%Y%m%d') - strptime(least(QXRQ, QBRQ), '%Y%m%d') <= INTERVAL 90 DAY"
    )
    assert wrong == []
    wrong = bank.rows("SELECT * FROM GRXDYWJJB WHERE (DKZT = '逾期') <> (QXRQ <> '99991231' OR QBRQ <> '99991231') AND ZJRQ = '99991231'")
    assert wrong == []
    assert bank.rows("SELECT * FROM GRXDYWJJB WHERE QBJE::DECIMAL(18,2) > DKYE::DECIMAL(18,2)") == []


def test_simulators_own_books_agree_with_the_files(bank) -> None:
    truth = bank.out / "truth"
    kept = {
        (row["day"].strftime("%Y%m%d"), row["kind"]): row["cents"]
        for row in pq.read_table(truth / "account_month_end.parquet").group_by(["day", "kind"]).aggregate([("cents", "sum")])
        .rename_columns(["day", "kind", "cents"]).to_pylist()
    }  # fmt: skip
    for delivered, deposits in bank.rows(f"SELECT delivered, (deposits * 100)::BIGINT FROM ({BALANCES}) WHERE {MONTH_ENDS}"):
        assert kept[delivered, "deposit"] == deposits
    for delivered, loans in bank.rows(f"SELECT delivered, (loans * 100)::BIGINT FROM ({LOANS}) WHERE {MONTH_ENDS}"):
        assert kept[delivered, "loan"] == loans
    channels = {
        (row["month"], row["channel"]): row["rows"]
        for row in pq.read_table(truth / "channel_month.parquet").group_by(["month", "channel"]).aggregate([("rows", "sum")])
        .rename_columns(["month", "channel", "rows"]).to_pylist()
    }  # fmt: skip
    counted = bank.rows(
        "SELECT HXJYRQ[1:6], JYQD, count(*) FROM (SELECT HXJYRQ, JYQD FROM GRCKFHZMX UNION ALL"
        " SELECT HXJYRQ, JYQD FROM DGCKFHZMX) GROUP BY ALL"
    )
    assert {(month, channel): rows for month, channel, rows in counted} == channels
