"""Workbooks are read as they were entered, and whatever a spreadsheet has spoilt is named by its cell."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
import pytest

from maisui.intake.refusal import FileRefusedError
from maisui.intake.spreadsheet import read_workbook, text_of_workbook
from maisui.sources.loader import load_builtin

FEED = load_builtin("supplement").feeds["unit_cost"]
NAMES = list(FEED.column_names)
GOOD = ["counter", "all", date(2026, 10, 31), "柜面交易", "笔", 3.5]


def workbook(*rows: list[object], titles: bool = False) -> bytes:
    """Return a workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if titles:
        book.active.insert_rows(1)
        book.active["A1"] = "单位成本表"
        book.active.merge_cells("A1:F1")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """Return the workbook with one more part in its archive."""
    changed = io.BytesIO(content)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(name, text)
    return changed.getvalue()


def test_dates_numbers_and_texts_become_the_text_of_the_contract() -> None:
    """An Excel date becomes YYYYMMDD, 3.5 stays 3.5, 0.1 + 0.2 is 0.3, a number stored as text stays as it is."""
    rows = [
        GOOD,
        ["atm", "all", date(2026, 1, 2), None, "笔", 0.1 + 0.2],
        ["001", "all", "20260101", None, "笔", "12.30"],
        [20, "all", 20260101, None, "笔", 7],
    ]
    sheet = read_workbook(workbook(NAMES, *rows), FEED)
    assert sheet.faults == []
    assert sheet.as_csv(FEED).decode() == (
        "cost_item_code,channel_code,effective_from,cost_item_name,cost_unit_kind,unit_cost_amount\n"
        "counter,all,20261031,柜面交易,笔,3.5\natm,all,20260102,,笔,0.3\n001,all,20260101,,笔,12.30\n20,all,20260101,,笔,7\n"
    )


def test_a_merged_title_above_the_header_and_titles_below_it_are_no_rows() -> None:
    """The header is found by its names wherever it stands in the first rows; a row that repeats it in words is passed over."""
    titles = [column.title.split(" / ")[0] for column in FEED.columns]
    sheet = read_workbook(workbook(NAMES, titles, GOOD, [None] * 6, titles=True), FEED)
    assert (sheet.header, sheet.numbers, len(sheet.rows)) == (tuple(NAMES), [4], 1)


def test_titles_in_either_language_count_as_names() -> None:
    """A header of Chinese titles means the same columns."""
    zh = [column.title.split(" / ")[0] for column in FEED.columns]
    en = [column.title.split(" / ")[1] for column in FEED.columns]
    assert read_workbook(workbook(zh, GOOD), FEED).header == read_workbook(workbook(en, GOOD), FEED).header == tuple(NAMES)


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        (0, 6210001234567890, "15 digits"),
        (0, date(2026, 3, 1), "turned it into a date"),
        (5, "=1+1", "formula without a result"),
        (3, "#N/A", "shows an error"),
        (3, "#DIV/0!", "shows an error"),
    ],
)
def test_what_a_spreadsheet_spoilt_is_named_by_its_cell(place: int, value: object, what: str) -> None:
    """A rounded number, a code turned into a date, a formula without a result and an error are refused, never guessed."""
    bad = [*GOOD]
    bad[place] = value
    (fault,) = read_workbook(workbook(NAMES, GOOD, bad), FEED).faults
    assert (fault.row, fault.letter, fault.column) == (3, "ABCDEF"[place], NAMES[place])
    assert what in fault.what_en


def test_a_delivery_with_bad_cells_names_them_without_their_values(tmp_path) -> None:
    """The refusal says where, never what was entered."""
    path = tmp_path / "bank-unit_cost-20261031.xlsx"
    path.write_bytes(workbook(NAMES, [6210001234567890, *GOOD[1:]]))
    with pytest.raises(FileRefusedError) as refused:
        text_of_workbook(path, FEED)
    assert "A2" in refused.value.what
    assert "62100012" not in refused.value.what


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("xl/vbaProject.bin", b"x", "macros"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "other files"),
        ("xl/evil.xml", b"<!DOCTYPE lolz [<!ENTITY a 'b'>]><a/>", "document type"),
    ],
)
def test_macros_links_and_document_types_are_refused(name: str, text: bytes, what: str) -> None:
    """Nothing of such a workbook is read."""
    with pytest.raises(FileRefusedError) as refused:
        read_workbook(with_part(workbook(NAMES, GOOD), name, text), FEED)
    assert what in refused.value.what


def test_an_archive_that_unpacks_to_far_too_much_is_refused() -> None:
    """300 MB of zeros pack into some hundred kilobytes; the archive's own list gives it away before anything is unpacked."""
    packed = io.BytesIO(workbook(NAMES, GOOD))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/zeros.bin", "w", force_zip64=True) as part:
        for _ in range(300):
            part.write(bytes(1 << 20))
    with pytest.raises(FileRefusedError, match="unpacks to more"):
        read_workbook(packed.getvalue(), FEED)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0rest", b"a,b\n1,2\n"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    """Old formats, encrypted files and csv under another name."""
    with pytest.raises(FileRefusedError):
        read_workbook(content, FEED)


def test_two_sheets_with_the_columns_are_refused() -> None:
    """Which of them is the delivery is not guessed."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(NAMES, GOOD)))
    other = book.create_sheet("另一张")
    other.append(NAMES)
    written = io.BytesIO()
    book.save(written)
    with pytest.raises(FileRefusedError, match="2 sheets"):
        read_workbook(written.getvalue(), FEED)


def test_a_sheet_without_the_columns_is_refused() -> None:
    """A workbook of something else."""
    with pytest.raises(FileRefusedError, match="no sheet"):
        read_workbook(workbook(["a", "b"], [1, 2]), FEED)
