"""Snapshots differ by exactly the movements between them, and every movement is well formed."""

from __future__ import annotations

import pytest

SIDES = [
    ("GRCKFHZ", "GRCKZH", "CKYE", "CASE JYJDBZ WHEN '贷' THEN 1 ELSE -1 END"),
    ("DGCKFHZ", "DGCKZH", "CKYE", "CASE JYJDBZ WHEN '贷' THEN 1 ELSE -1 END"),
    ("GRXDFHZ", "DKFHZH", "DKYE", "CASE WHEN JYLX = '贷款还息' THEN 0 WHEN JYJDBZ = '借' THEN 1 ELSE -1 END"),
    ("DGXDFHZ", "DKFHZH", "DKYE", "CASE WHEN JYLX = '贷款还息' THEN 0 WHEN JYJDBZ = '借' THEN 1 ELSE -1 END"),
]


@pytest.mark.parametrize(("table", "account", "balance", "sign"), SIDES)
def test_snapshot_is_previous_snapshot_plus_movements(bank, table: str, account: str, balance: str, sign: str) -> None:
    broken = bank.rows(
        f"WITH dates AS (SELECT delivered, lag(delivered) OVER (ORDER BY delivered) AS before FROM"
        f"  (SELECT DISTINCT delivered FROM {table})),"
        f" moved AS (SELECT delivered, {account} AS account, sum({sign} * JYJE::DECIMAL(18,2)) AS change FROM {table}MX GROUP BY ALL),"
        f" held AS (SELECT delivered, {account} AS account, {balance}::DECIMAL(18,2) AS held FROM {table})"
        " SELECT * FROM (SELECT now.delivered, now.account, now.held, coalesce(was.held, 0) + coalesce(moved.change, 0) AS rolled"
        "  FROM held now JOIN dates ON dates.delivered = now.delivered AND dates.before IS NOT NULL"
        "  LEFT JOIN held was ON was.delivered = dates.before AND was.account = now.account"
        "  LEFT JOIN moved ON moved.delivered = now.delivered AND moved.account = now.account) WHERE held <> rolled"
    )
    assert broken == []


@pytest.mark.parametrize(("table", "account"), [side[:2] for side in SIDES])
def test_every_moved_account_is_in_the_snapshot(bank, table: str, account: str) -> None:
    orphans = bank.rows(f"SELECT delivered, {account} FROM {table}MX EXCEPT SELECT delivered, {account} FROM {table}")
    assert orphans == []


@pytest.mark.parametrize(("table", "account", "sign"), [(side[0], side[1], side[3]) for side in SIDES])
def test_balance_after_each_entry_follows_the_serial_numbers(bank, table: str, account: str, sign: str) -> None:
    broken = bank.rows(
        f"SELECT * FROM (SELECT JYXLH, ZHYE::DECIMAL(18,2) AS after, {sign} * JYJE::DECIMAL(18,2) AS change,"
        f"  lag(ZHYE::DECIMAL(18,2)) OVER (PARTITION BY {account} ORDER BY HXJYRQ, HXJYSJ, JYXLH) AS before FROM {table}MX)"
        " WHERE before IS NOT NULL AND before + change <> after"
    )
    assert broken == []
    assert bank.rows(f"SELECT * FROM {table}MX WHERE ZHYE::DECIMAL(18,2) < 0 OR JYJE::DECIMAL(18,2) <= 0") == []


def test_serial_numbers_are_unique_over_everything(bank) -> None:
    parts = " UNION ALL ".join(f"SELECT JYXLH FROM {side[0]}MX" for side in SIDES)
    total, different = bank.rows(f"SELECT count(*), count(DISTINCT JYXLH) FROM ({parts})")[0]
    assert total == different > 100_000


def test_rows_are_not_in_time_order_inside_a_day(bank) -> None:
    path = next(iter(sorted(bank.inbox.glob("*-GRCKFHZMX-20261015.txt"))))
    times = [line.split("\x01")[16] for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(times) > 50
    assert times != sorted(times)


def test_reversals_come_in_pairs_that_net_to_zero(bank) -> None:
    flagged = bank.rows("SELECT count(*), count(*) FILTER (JYJDBZ = '借') FROM GRCKFHZMX WHERE CBMBZ = '冲补抹'")[0]
    assert flagged[0] == 2 * flagged[1] > 0
    share = flagged[0] / bank.rows("SELECT count(*) FROM GRCKFHZMX")[0][0]
    assert share < 0.01
    left = bank.rows(
        "SELECT GRCKZH, HXJYRQ, sum(CASE JYJDBZ WHEN '贷' THEN JYJE::DECIMAL(18,2) ELSE -JYJE::DECIMAL(18,2) END) AS net"
        " FROM GRCKFHZMX WHERE CBMBZ = '冲补抹' GROUP BY ALL HAVING net <> 0"
    )
    assert left == []


def test_transfers_between_own_accounts_have_both_legs(bank) -> None:
    one_sided = bank.rows(
        "WITH legs AS (SELECT GRCKZH AS account, DFZH, HXJYRQ, HXJYSJ, JYJDBZ, JYJE FROM GRCKFHZMX WHERE JYLX = '转账'"
        "  UNION ALL SELECT DGCKZH, DFZH, HXJYRQ, HXJYSJ, JYJDBZ, JYJE FROM DGCKFHZMX WHERE JYLX = '转账'),"
        " inside AS (SELECT * FROM legs WHERE DFZH LIKE '81%' OR DFZH LIKE '82%')"
        " SELECT a.* FROM inside a ANTI JOIN inside b ON a.account = b.DFZH AND a.DFZH = b.account AND a.HXJYRQ = b.HXJYRQ"
        "  AND a.HXJYSJ = b.HXJYSJ AND a.JYJE = b.JYJE AND a.JYJDBZ <> b.JYJDBZ"
    )
    assert one_sided == []


def test_closed_accounts_are_delivered_once_and_then_drop_out(bank) -> None:
    assert bank.rows("SELECT count(*) FROM GRCKFHZ WHERE ZHZT = '销户'")[0][0] > 10
    assert bank.rows("SELECT GRCKZH FROM GRCKFHZ WHERE ZHZT = '销户' GROUP BY ALL HAVING count(*) > 1") == []
    assert bank.rows("SELECT * FROM GRCKFHZ WHERE (ZHZT = '销户') <> (XHRQ <> '99991231')") == []
    assert bank.rows("SELECT * FROM GRCKFHZ WHERE ZHZT = '销户' AND CKYE <> '0.00'") == []
    ended = bank.rows("SELECT XDJJH FROM GRXDYWJJB WHERE DKZT IN ('结清', '核销') GROUP BY ALL HAVING count(*) > 1")
    assert ended == []


def test_every_account_belongs_to_a_delivered_customer(bank) -> None:
    for accounts, customers in (("GRCKFHZ", "GRJCXXB"), ("DGCKFHZ", "DGKHXXB"), ("GRXDFHZ", "GRJCXXB"), ("DGXDFHZ", "DGKHXXB")):
        orphans = bank.rows(f"SELECT delivered, KHTYBH FROM {accounts} EXCEPT SELECT delivered, KHTYBH FROM {customers}")
        assert orphans == []


def test_handling_outlet_sometimes_differs_and_counter_tellers_work_there(bank) -> None:
    elsewhere, total = bank.rows("SELECT count(*) FILTER (YWBLJGH <> NBJGH), count(*) FROM GRCKFHZMX WHERE JYQD = '柜面'")[0]
    assert 0.02 < elsewhere / total < 0.15
    wrong = bank.rows(
        "SELECT m.JYGYH, m.YWBLJGH FROM GRCKFHZMX m WHERE JYQD = '柜面'"
        " AND NOT EXISTS (SELECT 1 FROM GYB t WHERE t.GYH = m.JYGYH AND t.NBJGH = m.YWBLJGH AND t.SFSTGY = '是')"
    )
    assert wrong == []
    real = bank.rows("SELECT 1 FROM GRCKFHZMX m JOIN (SELECT DISTINCT GYH, SFSTGY FROM GYB) t ON t.GYH = m.JYGYH"
                     " WHERE m.JYQD <> '柜面' AND t.SFSTGY = '是' LIMIT 1")  # fmt: skip
    assert real == []
