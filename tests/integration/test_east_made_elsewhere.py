"""EAST files of a two-branch bank as other exporters write them, with many quirks at once; figures are worked out here by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import run, tell, without_stops

from maisui.warehouse.home import create_home

A = "\u0001"
LAST, DAY = date(2026, 2, 28), date(2026, 3, 31)
ASKED = "2026-03-31"


def joined(*rows: str, end: str = "\r\n", delimiter: str = A) -> str:
    return "".join(row.replace("|", delimiter) + end for row in rows)


def deposit(
    number: str, org: str, customer: str, kind: str, rate: str, balance: str, *, closed: str = "00010101", state: str = "正常"
) -> str:
    """Return a row of 403 with an empty 保证金账户标志, an empty 钞汇类别 and no day of collection."""
    return f"B0187H|{org}|支行|201101|活期|{customer}|王|{number}|{kind}||{rate}|CNY|{balance}|20200101||00000000|{closed}||{state}"


def movement(number: str, org: str, account: str, side: str, amount: str, day: str, channel: str, flag: str = "正常") -> str:
    cells = [number, "B0187H", org, org, "支行", "201101", "活期", "C1", "王", "", "", account, "", "转账", side, day, "101500", "CNY"]
    cells += [amount, "0.00", "", "", "", "", "", "", flag, "转", channel, "", "", "", "", "", "", "", "", "20260331"]
    return "|".join(cells)


def person(number: str, org: str) -> str:
    cells = ["B0187H", org, "支行", number, "王**", "居民身份证", "9A7C01", "普通个人客户", "CHN", "", "男"] + [""] * 20
    return "|".join(cells)


def ledger(org: str, subject: str, debit: str, credit: str) -> str:
    return f"B0187H|{org}|支行|{subject}|科目|CNY|||||{debit}|{credit}|月报|||20260331|总行"


def lay(inbox: Path, name: str, text: str, encoding: str = "gb18030", log: str = "") -> None:
    (inbox / name).write_bytes(text.encode(encoding))
    if log:
        (inbox / (name.rsplit(".", 1)[0] + ".LOG")).write_bytes(log.encode(encoding))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the files in, run one batch and return the home."""
    path = tmp_path_factory.mktemp("elsewhere") / "home"
    create_home(path, legal_entity_code="E1", name_zh="示", name_en="Example", currency="CNY", sources=("east5",), is_demo=False)
    without_stops(path)
    inbox = path / "inbox" / "east5"
    branches = (
        "B1|0100|B0187H|总行|管理机构|350100|0591|营业|20010101|||街|张|行长|0591|20260331",
        "B2|0101|B0187H|东支行|营业机构|350100|0591|营业|20010101|||街|张|行长|0591|20260331",
        "B3|0102|B0187J|西支行|营业机构|350100|0591|营业|20010101|||街|张|行长|0591|20260331",
    )
    lay(inbox, "b0187h-jgxxb-20260331.TXT", joined(*branches), log="文件名称：b0187h-jgxxb-20260331.TXT\n总记录数：3 条\n")
    above = ("B1|0100|B0187H|总行|350100||", "B2|0101|B0187H|东支行|350100|B1|总行", "B3|0102|B0187J|西支行|350100|B1|总行")
    lay(inbox, "B0187H-IE_001_105-20260331.txt", joined(*(f"{row}|20260331" for row in above)))
    lay(inbox, "B0187H-GRJCBXXB-20260331.txt", joined(*(person(f"C{n}", "0101") for n in (1, 2, 3)), delimiter="|$|"))
    accounts = [
        deposit("6200000001", "0101", "C1", "个人活期存款", "0.0005", "1000.00"),
        deposit("6200000002", "0101", "C2", "个人定期存款", "0.0175", "20000.50"),
        deposit("6200000003", "0102", "C3", "", "0.0005", "-30.25", state="其他-透支"),
        deposit("6200000004", "0102", "C3", "个人活期存款", "0.0005", "0.00", closed="20191231", state="销户"),
    ]
    spoilt = deposit("6200000005", "0102", "C3", "个人活期存款", "0.0005", "77.00", closed="20260231")
    lay(inbox, "B0187H-GRCKFHZ-20260331.txt", joined(*accounts, spoilt, end="\n"))
    corporate = "B0187H|0102|西支行|201102|单位|D1|社|6300000001|单位活期存款||0.2|CNY|500.00|20200101||||||"
    lay(inbox, "B0187J-DGCKFHZ-20260331.dat", joined(corporate + "|20260331"))
    moved = [
        movement("T1", "0101", "6200000001", "贷", "400.00", "20260310", "其他-电话银行"),
        movement("T2", "0101", "6200000001", "借", "100.00", "20260312", ""),
        movement("T3", "0101", "6200000001", "借", "50.00", "20260313", "柜面"),
        movement("T4", "0101", "6200000001", "贷", "50.00", "20260313", "柜面", "冲账"),
    ]
    lay(inbox, "B0187H-IE_004_404_INC-20260331.txt", joined(*moved))
    corporate_move = movement("T9", "0102", "6300000001", "贷", "5.00", "20260301", "柜面").split("|")
    del corporate_move[31:34], corporate_move[9:11]
    lay(inbox, "B0187J-DGCKFHZMX_INC-20260331.txt", joined("|".join(corporate_move)))
    loan = "B0187H|0101|东支行|1303|贷款|C1|王|L1|H1|J1|0.0435|CNY|900.00|600.00|20250101|20270101|20250101|99991231|正常|正常||20260331"
    lay(inbox, "B0187H-409-20260331.txt", joined(loan, delimiter=","))
    lay(inbox, "B0187H-GRXDFHZMX-20260331.txt", "", log="记录数：0")
    lay(inbox, "B0187H-DGXDFHZ-20260331.txt", "", log="rows=0")
    lay(inbox, "B0187H-DGXDFHZMX-20260331.txt", "", log="B0187H-DGXDFHZMX-20260331.txt,0,0,20260331")
    lay(inbox, "B0187H-ZZKJQKMB-20260331.txt", joined(ledger("0101", "201101", "", "21000.50"), ledger("0101", "1001", "21000.50", "")))
    lay(inbox, "B0187H-XMDKXXB-20260331.txt", "half a line of another table\n")
    run(path, DAY)
    return path


def asked(home: Path, metric: str, *words: str) -> dict[str, Decimal]:
    told = tell("ask", metric, "--date", ASKED, *words, "--json", "--home", str(home))
    assert told.code == 0, told.err
    return {"/".join(str(v) for v in row.get("split", row.get("by", {})).values()): Decimal(row["value"]) for row in told.json["rows"]}


def total(home: Path, metric: str, *words: str) -> Decimal:
    (value,) = asked(home, metric, *words).values()
    return value


def test_balances_are_those_of_the_files(home: Path) -> None:
    assert total(home, "deposit_balance") == Decimal("1000.00") + Decimal("20000.50") - Decimal("30.25") + Decimal("500.00")
    assert total(home, "deposit_balance", "--org", "0101") == Decimal("21000.50")
    assert total(home, "deposit_balance", "--org", "0102") == Decimal("469.75")
    assert total(home, "term_deposit_balance") == Decimal("20000.50")
    assert total(home, "personal_deposit_balance") == Decimal("20970.25")
    assert total(home, "loan_balance") == Decimal("600.00")


def test_branches_of_two_licences_stand_below_the_head_office_of_the_older_order(home: Path) -> None:
    assert total(home, "deposit_balance", "--org", "0100") == total(home, "deposit_balance")


def test_movements_are_counted_without_the_pair_that_was_taken_back(home: Path) -> None:
    assert total(home, "transaction_count") == 3


def test_what_was_found_is_told(home: Path) -> None:
    stored = {line["file"]: line for line in tell("status", "--json", "--home", str(home)).json["deliveries"]}
    codes = {name: {warning["code"] for warning in line["warnings"]} for name, line in stored.items()}
    assert {"older_layout"} <= codes["b0187h-jgxxb-20260331.TXT"]
    assert {"trailing_fields_cut", "rates_as_fraction"} <= codes["B0187H-GRCKFHZ-20260331.txt"]
    assert {"delimiter", "deformed_certificates"} <= codes["B0187H-GRJCBXXB-20260331.txt"]
    assert {"delimiter", "rates_as_fraction"} <= codes["B0187H-409-20260331.txt"]
    assert {"extra_column"} <= codes["B0187H-ZZKJQKMB-20260331.txt"]
    assert stored["B0187H-GRCKFHZ-20260331.txt"]["quarantined"] == 1
    assert "B0187H-XMDKXXB-20260331.txt" not in stored
