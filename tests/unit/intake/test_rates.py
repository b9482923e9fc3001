"""Percent or fraction: decided by all rates of a file, and said; plus dates that stand for nothing and deformed certificates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.intake import Receipt, folder_of, receive
from maisui.integration.read_feed import raw_view, typed_feed
from maisui.sources.loader import load_builtin

EAST5 = load_builtin("east5")
DAY = date(2026, 3, 31)
A = "\u0001"


def deposit(number: int, rate: str, closed: str = "99991231") -> str:
    return (
        f"B1|0101|支行|2011|存款|C{number}|王|62{number:010}|个人活期存款|否|{rate}|CNY|1.00|20200101||00010101|{closed}|人民币|正常||20260331"
    ).replace("|", A)


def take(home: Path, code: str, *lines: str) -> Receipt:
    (home / "inbox").mkdir(exist_ok=True)
    (home / "inbox" / f"B1-{code}-20260331.txt").write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    taken = receive(source=EAST5, inbox=home / "inbox", raw=home / "raw", until=DAY, workers=1)
    assert not taken.refused, taken.refused
    return taken.receipts[-1]


def said(receipt: Receipt) -> dict[str, str]:
    return {notice.code: notice.text for notice in receipt.warnings if notice.code.startswith("rates")}


def stored(home: Path, receipt: Receipt, what: str) -> list[str]:
    feed = EAST5.feeds[receipt.feed]
    engine = DuckDBEngine(home / "scratch", memory_limit="1GB")
    engine.read_raw(raw_view(feed), feed.column_names, [folder_of(home / "raw", receipt) / "rows.parquet"])
    fractions = {column: [receipt.file_id] for column in receipt.columns_noticed("rates_as_fraction")}
    found = engine.fetch(f"SELECT {what} FROM ({typed_feed(feed, fractions=fractions)}) ORDER BY source_line")
    engine.close()
    return [str(row[0]) for row in found]


@pytest.mark.parametrize(
    ("rates", "code"),
    [
        (["0.05", "1.5", "2.75", "0"], None),
        (["0.0005", "0.015", "0.0275", "0"], "rates_as_fraction"),
        (["0.05", "0.05", "0.05", "0.35"], "rates_assumed_percent"),
        (["0.05", "0.05", "0.1"], "rates_assumed_percent"),
        (["0.0005", "0.0005", "0.0575"], "rates_as_fraction"),
        (["0", "", "0"], None),
    ],
)
def test_deposit_rates(tmp_path: Path, rates: list[str], code: str | None) -> None:
    receipt = take(tmp_path, "GRCKFHZ", *(deposit(n, rate) for n, rate in enumerate(rates)))
    assert list(said(receipt)) == ([code] if code else [])
    times = 100 if code == "rates_as_fraction" else 1
    found = stored(tmp_path, receipt, "LL")
    assert found == [f"{Decimal(rate) * times:.6f}" if rate else "None" for rate in rates]


def test_the_notice_says_what_a_rate_means(tmp_path: Path) -> None:
    receipt = take(tmp_path, "GRCKFHZ", *(deposit(n, "0.0275") for n in range(3)))
    assert said(receipt)["rates_as_fraction"] == (
        "the 3 rates in LL reach 0.0275 at most: taken as fractions, so 0.0275 means 2.7500 percent"
    )


@pytest.mark.parametrize(("rate", "is_fraction"), [("0.0435", True), ("0.155", True), ("4.35", False), ("0.5", False)])
def test_loan_rates(tmp_path: Path, rate: str, is_fraction: bool) -> None:
    loan = f"B1|0101|支行|1303|贷款|C1|王|L1|H1|J1|{rate}|CNY|5.00|4.00|20200101|20270101|20200101|99991231|正常|正常||20260331"
    receipt = take(tmp_path, "GRXDFHZ", loan.replace("|", A))
    assert ("rates_as_fraction" in said(receipt)) is is_fraction


def test_a_date_that_stands_for_nothing_is_null(tmp_path: Path) -> None:
    receipt = take(tmp_path, "GRCKFHZ", deposit(1, "1.5"), deposit(2, "1.5", closed="00000000"), deposit(3, "1.5", closed="20260302"))
    assert receipt.quarantined == 0
    assert stored(tmp_path, receipt, "XHRQ") == ["None", "None", "2026-03-02"]
    assert stored(tmp_path, receipt, "SCDHRQ") == ["None", "None", "None"]


GENUINE = ("539901198005060015", "539901199112120022")


def person(place: int, number: str) -> str:
    """Return one line of 201 whose certificate is a resident number of this text."""
    cells = dict.fromkeys(EAST5.feeds["GRJCXXB"].column_names, "")
    cells |= {"NBJGH": "0101", "KHTYBH": f"C{place}", "KHXM": "王", "ZJLB": "居民身份证", "ZJHM": number, "CJRQ": "20260331"}
    return A.join((cells | {"BXYGBZ": "普通个人客户", "SFNH": "否", "BHYGBZ": "否"}).values())


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ([*GENUINE], "genuine_certificates"),
        (["A9F3", "77*********12"], "deformed_certificates"),
        (["539901198005060014", "539901199112120021", "539901199112120022"], "deformed_certificates"),
    ],
)
def test_each_file_says_whether_its_certificates_are_deformed(tmp_path: Path, numbers: list[str], code: str) -> None:
    receipt = take(tmp_path, "GRJCXXB", *(person(n, number) for n, number in enumerate(numbers)))
    assert [notice.code for notice in receipt.warnings if notice.column == "ZJHM"] == [code]
    assert receipt.quarantined == 0


def test_one_wrong_check_digit_does_not_make_a_file_deformed(tmp_path: Path) -> None:
    receipt = take(tmp_path, "GRJCXXB", *(person(n, number) for n, number in enumerate((*GENUINE, "539901199112120021"))))
    assert [notice.code for notice in receipt.warnings if notice.column == "ZJHM"] == ["genuine_certificates"]
    assert receipt.quarantined == 1
