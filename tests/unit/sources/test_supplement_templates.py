"""Every supplement feed has a template whose sample passes the feed's own checks, as csv and as a workbook."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from maisui.intake import receive
from maisui.sources.contract import ColumnKind, Feed, FeedColumn
from maisui.sources.feed_template import csv_template, file_name_of, form_of, guide_rows, sample_of, workbook_template
from maisui.sources.loader import load_builtin

SOURCE = load_builtin("supplement")
FEEDS = [pytest.param(feed, id=feed.code) for feed in SOURCE.feeds.values()]
DAY = date(2026, 10, 31)


def received(feed: Feed, name: str, content: bytes, folder: Path):
    """Take in one file and return its receipt."""
    inbox = folder / "inbox"
    shutil.rmtree(folder, ignore_errors=True)
    inbox.mkdir(parents=True)
    (inbox / name.replace("YYYYMMDD", "20261031")).write_bytes(content)
    intake = receive(source=SOURCE, inbox=inbox, raw=folder / "raw", until=DAY, workers=1)
    assert (intake.refused, intake.waiting, intake.unrecognised) == ((), (), ())
    (receipt,) = intake.receipts
    assert receipt.feed == feed.code
    return receipt


def filled(feed: Feed, row: list[str]) -> bytes:
    """Return the feed's workbook template with one row filled in as text."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(feed)))
    for place, text in enumerate(row, start=1):
        book.worksheets[0].cell(row=3, column=place, value=text)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("feed", FEEDS)
def test_the_sample_row_of_a_template_is_taken_in(feed: Feed, tmp_path: Path) -> None:
    """Whoever delivers the csv as it came, or copies its sample into the workbook, delivers one good row."""
    csv = received(feed, file_name_of(feed, "csv"), csv_template(feed), tmp_path / "csv")
    book = received(feed, file_name_of(feed, "xlsx"), filled(feed, [sample_of(column) for column in feed.columns]), tmp_path / "xlsx")
    assert (csv.loaded, csv.quarantined) == (book.loaded, book.quarantined) == (1, 0)
    assert [n.code for n in csv.warnings] == [n.code for n in book.warnings] == []


@pytest.mark.parametrize("feed", FEEDS)
def test_a_feed_says_what_is_disabled_without_it_in_both_languages(feed: Feed) -> None:
    """Otherwise nobody knows why to deliver it."""
    assert feed.without_zh
    assert feed.without_en
    assert all(feed.title_zh != row[0] for row in guide_rows(feed))


@pytest.mark.parametrize("code", ["east5", "supplement", "downlink"])
def test_every_feed_names_the_department_that_answers_for_it(code: str) -> None:
    """A correction ticket is passed on to it, in both languages."""
    assert [feed.code for feed in load_builtin(code).feeds.values() if not (feed.owner_zh and feed.owner_en)] == []


def test_the_workbook_explains_columns_and_offers_the_allowed_words() -> None:
    """Headers, Chinese titles, a guide with a line a column, and a list to choose from."""
    feed = SOURCE.feeds["market_total"]
    book = openpyxl.load_workbook(io.BytesIO(workbook_template(feed)))
    sheet, guide = book.worksheets
    assert [cell.value for cell in sheet[1]] == list(feed.column_names)
    assert sheet["A2"].value == "月末日期"
    assert {rule.formula1: str(rule.sqref) for rule in sheet.data_validations.dataValidation} == {
        '"存款,贷款"': "B3:B2001",
        '"是,否"': "D3:D2001",
    }
    assert "market_balance" in {row[0].value for row in guide.iter_rows()}


@pytest.mark.parametrize(
    ("kind", "marks", "zh", "en"),
    [
        (
            ColumnKind.AMOUNT,
            "",
            "金额，元，最多两位小数，不用千分位",
            "amount in yuan, two decimals at most, no thousands separators",
        ),
        (
            ColumnKind.AMOUNT,
            "-0,",
            "金额，元，最多两位小数，可用千分位，负号可在后，可前补零",
            "amount in yuan, two decimals at most, thousands separators allowed, the minus may stand behind, zeros in front allowed",
        ),
        (
            ColumnKind.POSITIVE_AMOUNT,
            "-0",
            "非负金额，元，最多两位小数，不用千分位，可前补零",
            "amount in yuan, not negative, two decimals at most, no thousands separators, zeros in front allowed",
        ),
    ],
)
def test_the_form_of_an_amount_says_what_its_contract_allows(kind: ColumnKind, marks: str, zh: str, en: str) -> None:
    """Whoever reads the guide writes amounts as they are taken in; a column that is never negative has no minus."""
    assert form_of(FeedColumn("amount", kind, "金额 / Amount", format=marks)) == (zh, en)


def test_an_untouched_workbook_holds_no_rows(tmp_path: Path) -> None:
    """A template delivered by mistake brings nothing."""
    feed = SOURCE.feeds["target"]
    receipt = received(feed, file_name_of(feed, "xlsx"), workbook_template(feed), tmp_path / "empty")
    assert (receipt.line_count, [n.code for n in receipt.warnings]) == (0, ["no_rows"])
