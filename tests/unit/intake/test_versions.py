"""EAST files as other exporters write them: older orders of columns, headers, other delimiters, fields cut off or added at the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from maisui.intake import Intake, Receipt, folder_of, quarantined_rows, receive, release
from maisui.sources.contract import Source
from maisui.sources.loader import load_builtin

EAST5 = load_builtin("east5")
DAY = date(2026, 3, 31)
A = "\u0001"
ORGANISATION = "B1|0101|B0187H|91|麦川营业部|营业机构|350123|营业|20010101|镇上|0591|张三|主任|0591||20260331".replace("|", A)
ORGANISATION_4 = "B1|0101|B0187H|麦川营业部|营业机构|350100|0591|营业|20010101|0900|1700|镇上|张三|主任|0591|20260331".replace("|", A)
TELLER = "B0187H|0101|营业部|T001|E001|普通柜员|是|P1|3|20200101|在岗||20260331".replace("|", A)
TELLER_4 = "T001|E001|B1|0101|ZX|B0187H|营业部|普通柜员|是|是|否|全部|P1|甲|3|20200101|在岗|20260331".replace("|", A)
SUBJECT_4 = "2011|各项存款|1|||负债|6各项存款|20260331".replace("|", A)


@dataclass
class Desk:
    """An inbox of EAST files and what came of them."""

    home: Path

    def receive(self) -> Intake:
        (self.home / "inbox").mkdir(exist_ok=True)
        return receive(source=EAST5, inbox=self.home / "inbox", raw=self.home / "raw", until=DAY, workers=1)

    def deliver(self, code: str, *lines: str, encoding: str = "utf-8") -> None:
        (self.home / "inbox").mkdir(exist_ok=True)
        (self.home / "inbox" / f"B0187H-{code}-20260331.txt").write_bytes("".join(line + "\n" for line in lines).encode(encoding))

    def take(self, code: str, *lines: str, encoding: str = "utf-8") -> Receipt:
        self.deliver(code, *lines, encoding=encoding)
        taken = self.receive()
        assert not taken.refused, taken.refused
        return taken.receipts[-1]

    def refusal(self, code: str, *lines: str) -> str:
        self.deliver(code, *lines)
        (refused,) = self.receive().refused
        return refused.what

    def rows(self, receipt: Receipt) -> list[dict[str, str]]:
        return pq.read_table(folder_of(self.home / "raw", receipt) / "rows.parquet").to_pylist()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def notices(receipt: Receipt) -> set[str]:
    return {notice.code for notice in receipt.warnings}


def test_an_order_of_another_length_is_told_by_its_number_of_fields(desk: Desk) -> None:
    new, old = desk.take("GYB", TELLER), desk.take("NBKMDZB", SUBJECT_4)
    assert (new.layout, old.layout) == ("", "4.0")
    (row,) = desk.rows(old)
    assert (row["KJKMBH"], row["KJKMMC"], row["GSYWZL"], row["CJRQ"]) == ("2011", "各项存款", "6各项存款", "20260331")
    assert (row["NBJGH"], row["KMJDBZ"]) == ("", "")


def test_columns_the_new_version_dropped_are_kept_under_their_own_name(desk: Desk) -> None:
    receipt = desk.take("GYB", TELLER_4)
    (row,) = desk.rows(receipt)
    assert (row["GYH"], row["GH"], row["NBJGH"], row["SGRQ"], row["GYZT"]) == ("T001", "E001", "0101", "20200101", "在岗")
    assert (row["KHJLBZ"], row["XDYBZ"]) == ("是", "否")
    (told,) = (notice for notice in receipt.warnings if notice.code == "older_layout")
    assert told.text == "the file has the 18 columns of version 4.0, read in that order"
    (missing,) = (notice for notice in receipt.warnings if notice.code == "columns_not_delivered")
    assert missing.text == "the file does not have BBZ: empty in every row"


def test_two_orders_of_one_length_are_told_apart_by_what_stands_where(desk: Desk) -> None:
    new = desk.take("JGXXB", ORGANISATION)
    assert (new.layout, desk.rows(new)[0]["JGLB"]) == ("", "营业机构")
    old = desk.take("JGXXB", ORGANISATION_4)
    assert old.layout == "4.0"
    (row,) = desk.rows(old)
    assert (row["YHJGMC"], row["JGLB"], row["CLRQ"], row["YZBM"], row["XZQHDM"]) == ("麦川营业部", "营业机构", "20010101", "350100", "")


def test_of_two_orders_that_nothing_speaks_against_the_one_whose_words_are_met_is_taken(desk: Desk) -> None:
    """Without postcode and telephone no value of 4.0 is wrong as 5.0: the kind of organisation stands where the name would."""
    old = desk.take("JGXXB", "B1|0101|B0187H|麦川营业部|营业机构|||营业|20010101||||张三|||20260331".replace("|", A))
    assert old.layout == "4.0"
    assert [(row["YHJGMC"], row["JGLB"]) for row in desk.rows(old)] == [("麦川营业部", "营业机构")]


def test_the_older_order_of_the_organisation_tree_has_the_branch_before_the_licence(desk: Desk) -> None:
    old = desk.take("JGGXB", *(f"B{n}|010{n}|B0187H|支行|350100|B9|总行|20260331".replace("|", A) for n in (1, 2)))
    assert (old.layout, old.loaded, old.quarantined) == ("4.0", 2, 0)
    assert [(row["NBJGH"], row["JRXKZH"]) for row in desk.rows(old)] == [("0101", "B0187H"), ("0102", "B0187H")]


@pytest.mark.parametrize("delimiter", ["|$|", "|", "\t", ",", "|@|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_another_delimiter_is_found_and_told(desk: Desk, delimiter: str, encoding: str) -> None:
    receipt = desk.take(
        "JGXXB", *(ORGANISATION.replace(f"{A}0101{A}", f"{A}{n:04}{A}").replace(A, delimiter) for n in range(3)), encoding=encoding
    )
    assert (receipt.loaded, receipt.quarantined) == (3, 0)
    assert [row["NBJGH"] for row in desk.rows(receipt)] == ["0000", "0001", "0002"]
    assert "delimiter" in notices(receipt)


def test_a_comma_within_quotes_is_text(desk: Desk) -> None:
    receipt = desk.take("JGXXB", ORGANISATION.replace("镇上", '"镇上, 一号"').replace(A, ","))
    assert desk.rows(receipt)[0]["JGDZ"] == "镇上, 一号"


def test_a_header_is_read_by_name_with_accepted_spellings(desk: Desk) -> None:
    header = A.join(["CJRQ", "YXJGDM", "内部机构号", "jrxkzh", "YXJGMC", "JGLB", "YYZT", "GSFZJG"])
    row = A.join(["20260331", "B1", "0101", "B0187H", "营业部", "营业机构", "被合并", "总行"])
    receipt = desk.take("JGXXB", header, row)
    assert (receipt.line_count, receipt.loaded, receipt.first_line) == (1, 1, 2)
    (stored,) = desk.rows(receipt)
    assert (stored["YHJGDM"], stored["NBJGH"], stored["YHJGMC"], stored["CLRQ"], stored["GSFZJG"]) == ("B1", "0101", "营业部", "", "总行")
    assert {"header_line", "columns_not_delivered", "extra_column"} <= notices(receipt)


def test_a_header_without_the_key_is_refused(desk: Desk) -> None:
    assert "the header lacks NBJGH, of the key" in desk.refusal("JGXXB", A.join(["CJRQ", "JGLB", "YYZT"]), A.join(["20260331", "a", "b"]))


def test_provincial_columns_at_the_end_are_kept_and_told(desk: Desk) -> None:
    receipt = desk.take("GYB", TELLER + f"{A}总行{A}否")
    assert (receipt.layout, receipt.loaded) == ("", 1)
    assert [desk.rows(receipt)[0][name] for name in ("extra_14", "extra_15")] == ["总行", "否"]
    assert "extra_column" in notices(receipt)


def test_trailing_empty_fields_may_be_cut_off(desk: Desk) -> None:
    short = TELLER.rsplit(A, 2)[0]
    shorter = short.replace("T001", "T002").replace("在岗", "").removesuffix(A)
    receipt = desk.take("GYB", short, shorter)
    assert (receipt.loaded, receipt.quarantined) == (2, 0)
    assert [(row["GYH"], row["GYZT"], row["CJRQ"]) for row in desk.rows(receipt)] == [("T001", "在岗", ""), ("T002", "", "")]
    assert "trailing_fields_cut" in notices(receipt)


def test_a_column_lost_in_the_middle_is_not_taken_for_a_cut(desk: Desk) -> None:
    cells = TELLER.split(A)
    lines = [A.join([*cells[:3], f"T{n:03}", *cells[4:10], *cells[11:]]) for n in range(4)]
    text = desk.refusal("GYB", *lines)
    assert "columns are missing: 13 expected, 12 found on every line; known are 13 (as contracted), 18 (4.0)" in text


def test_one_short_line_among_whole_ones_is_quarantined(desk: Desk) -> None:
    receipt = desk.take("GYB", TELLER, TELLER.replace("T001", "T002").rsplit(A, 2)[0])
    assert (receipt.loaded, receipt.quarantined) == (1, 1)


def test_a_line_of_an_older_order_is_released_in_that_order(desk: Desk) -> None:
    good = [TELLER_4.replace("T001", f"T{n:03}") for n in range(2, 40)]
    receipt = desk.take("GYB", TELLER_4.replace("20200101", "20200231"), *good)
    assert receipt.quarantined == 1
    (row,) = quarantined_rows(raw=desk.home / "raw", file_id=receipt.file_id)
    now = datetime(2026, 4, 1, tzinfo=UTC)
    source = Source("east5", "", "", EAST5.feeds)
    corrected = row.raw_line.replace("20200231", "20200228")
    released = release(raw=desk.home / "raw", source=source, file_id=receipt.file_id, line=1, corrected=corrected, operator="o", at=now)
    (stored,) = desk.rows(released)
    assert (stored["GYH"], stored["SGRQ"], stored["KHJLBZ"]) == ("T001", "20200228", "是")
