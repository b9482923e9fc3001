"""An export as a PDF: the figures of the page, nobody's markup, a stamp on every page, and a plain word where it cannot be set."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader
from web_home import BRANCH, make_person, sign_in

from maisui.answers import CATALOGUE, Unit
from maisui.errors import HomeError
from maisui.web.exports import document
from maisui.web.exports.files import file_of
from maisui.web.exports.sheets import Amount, Chart, Column, Drawing, Export, Form, NotAtOnceError, Sheet, Stamp
from maisui.web.exports.workbook import workbook

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *粗* $x$ `b` @ref <a> [c] \\ // /* #read("/etc/passwd") = 标题'  # fmt: skip


def stamp() -> Stamp:
    return Stamp("陆知远 president 1001", timezone.localtime(), "20260331-abc", "B0")


def text_of(content: bytes) -> str:
    """Return every text of a document, without the spaces that setting puts between glyphs."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).replace(" ", "").replace("\n", "")


def some_export(rows: int = 3, columns: int = 2) -> Export:
    named = (Column("机构"), Column("存款", Unit.YUAN), *(Column(f"占比{number}", Unit.SHARE) for number in range(columns - 2)))
    lines = [(f"{number}号网点", Decimal(number) * 1_000_000, *(Decimal("0.0123"),) * (columns - 2)) for number in range(1, rows + 1)]
    total = ("合计", sum((line[1] for line in lines), Decimal(0)), *(None,) * (columns - 2))
    sheet = Sheet("下级机构", "下级机构 · 全行", named, lines, total, Chart(Drawing.BARS, 0, 1))
    return Export("overview", "经营概览", (sheet,), CATALOGUE[:2], (("机构", "全行"),))


def test_a_document_holds_cover_contents_figures_total_definitions_and_the_stamp_on_every_page() -> None:
    pages = PdfReader(io.BytesIO(document.document(some_export(), stamp()))).pages
    texts = [page.extract_text().replace(" ", "").replace("\n", "") for page in pages]

    assert "经营概览" in texts[0]
    assert "内部资料，不得外传" in texts[0]
    assert "目录" in texts[0]
    assert "下级机构" in texts[0]
    body = "".join(texts[1:])
    assert "存款（万元）" in body
    assert "3号网点300.00" in body
    assert "合计600.00" in body
    assert CATALOGUE[0].meaning_zh.replace(" ", "") in body
    assert all("20260331-abc" in text and "陆知远president1001" in text for text in texts)


def test_the_contents_of_a_longer_document_have_a_page_of_their_own() -> None:
    short = some_export()
    long = replace(short, sheets=tuple(replace(short.sheets[0], name=f"第{number}部分") for number in range(1, 7)))
    texts = [page.extract_text().replace(" ", "") for page in PdfReader(io.BytesIO(document.document(long, stamp()))).pages]
    assert "目录" not in texts[0]
    assert all(word in texts[1] for word in ("目录", "第1部分", "第6部分"))
    assert "第1部分" in texts[2]


def test_wide_tables_lie_across_and_narrow_ones_stand() -> None:
    narrow, wide = (PdfReader(io.BytesIO(document.document(some_export(columns=columns), stamp()))).pages[1].mediabox for columns in (2, 9))
    assert narrow.height > narrow.width
    assert wide.width > wide.height


def test_money_of_one_table_stands_at_one_scale() -> None:
    """Debits of 17,093 and 10,000 and a credit of 27,093 with noughts: noughts do not decide, and both sides are ten thousands.

    With fees of 58 yuan no one scale shows both: columns that add up still stand at that of the middle amount, others each at its own.
    """
    columns = (Column("科目"), Column("借方", Unit.YUAN), Column("贷方", Unit.YUAN))
    rows = [("1001", Decimal(17_093), Decimal(0)), ("1303", Decimal(10_000), Decimal(0)), ("2011", Decimal(0), Decimal(27_093))]
    total = ("合计", Decimal(27_093), Decimal(27_093))
    fees = [("1001", Decimal(17_093_000), Decimal(58)), ("1303", Decimal(10_000_000), Decimal(61))]
    for adds_up, lines, last, shown in (
        (True, rows, total, "贷方（万元）"),
        (False, rows, total, "合计2.712.71"),
        (True, fees, None, "贷方（万元）"),
        (False, fees, None, "贷方（元）"),
    ):
        sheet = Sheet("试算", "试算", columns, lines, last, adds_up=adds_up)
        assert shown in text_of(document.document(Export("ledger", "总账", (sheet,), (), ()), stamp()))


def test_a_page_shown_in_yuan_is_set_in_yuan() -> None:
    sheet = Sheet("表", "表", (Column("项"), Column("额", Unit.YUAN)), [("存款", Decimal("75008042.33"))], in_yuan=True)
    found = text_of(document.document(Export("ledger", "总账", (sheet,), (), ()), stamp()))
    assert "额（元）" in found
    assert "75,008,042.33" in found


def test_a_table_too_wide_to_be_read_is_laid_out_in_parts() -> None:
    """Two texts and eight pairs: nine columns fit beside two more, so two parts of four pairs, each with the names and its totals."""
    columns = (Column("机构号"), Column("机构"), *(Column(f"列{number}", Unit.YUAN) for number in range(16)))
    sheet = Sheet("下级", "下级", columns, [("B1", "城关", *map(Decimal, range(16)))], ("合计", "", *map(Decimal, range(16))), together=2)
    first, second = document._sections(sheet)
    assert (first["name"], second["name"]) == ("下级 1/2", "下级 2/2")
    assert first["rows"] == [["B1", "城关", *(f"{number}.00" for number in range(8))]]
    assert second["total"] == ["合计", "", *(f"{number}.00" for number in range(8, 16))]
    assert first["size"] == "7pt"


def test_a_rate_keeps_its_decimals() -> None:
    rows = [("USD", Decimal("7.12340")), ("JPY", Decimal("4.5"))]
    found = text_of(document.document(Export("x", "x", (Sheet("汇率", "汇率", (Column("币种"), Column("折本币")), rows),)), stamp()))
    assert "7.1234" in found
    assert "4.50" in found


def test_a_table_of_several_pages_repeats_its_heading() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(document.document(some_export(rows=120), stamp()))).pages]
    assert sum("存款（万元）" in text.replace(" ", "") for text in pages) >= 3


def test_text_is_set_as_it_is_and_never_read_as_markup() -> None:
    sheet = Sheet(
        HOSTILE,
        HOSTILE,
        (Column(HOSTILE), Column("额", Unit.YUAN)),
        [(HOSTILE, Decimal(1)), (HOSTILE, Decimal(2))],
        chart=Chart(Drawing.BARS, 0, 1),
    )
    found = text_of(
        document.document(Export("x", HOSTILE, (sheet,), about=((HOSTILE, HOSTILE),)), Stamp(HOSTILE, timezone.localtime(), "v", "s"))
    )
    assert "#panic(" in found
    assert '#read("/etc/passwd")' in found
    assert "root:" not in found


@pytest.mark.parametrize("drawing", list(Drawing))
def test_charts_are_drawn_of_the_rows_themselves(drawing: Drawing) -> None:
    days = [(date(2026, month, 28), Decimal(amount)) for month, amount in ((1, 300), (2, -100), (3, 200))]
    sheet = Sheet("走势", "走势", (Column("日期"), Column("额", Unit.YUAN)), days, chart=Chart(drawing, 0, 1))
    drawn = document._sections(sheet)[0]["chart"]
    assert drawn is not None
    assert drawn["figures"] == ["300.00", "−100.00", "200.00"]
    expected = {
        Drawing.BARS: ([250, 0, 250], [750, 250, 500]),
        Drawing.STEPS: ([0, 500, 500], [750, 250, 500]),
        Drawing.LINE: ([1000, 0, 750], [0, 0, 0]),
    }
    assert (drawn["starts"], drawn["lengths"]) == expected[drawing]


def test_units_differ_by_line_and_nothing_is_a_dash() -> None:
    rows = [
        ("户数", Amount(Decimal(7), Unit.COUNT)),
        ("余额", Amount(Decimal(123_456_789), Unit.YUAN)),
        ("率", Amount(None, Unit.SHARE)),
        ("变", Amount(Decimal("-0.001655"), Unit.SHARE, is_change=True)),
    ]
    found = text_of(document.document(Export("x", "x", (Sheet("表", "表", (Column("项"), Column("数")), rows),)), stamp()))
    assert "户数7" in found
    assert "余额1.23亿" in found
    assert "率—" in found
    assert "变−0.17个百分点" in found


def test_without_a_chinese_font_there_is_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "FONTS", ("A Font That Is Nowhere",))
    with pytest.raises(HomeError, match="fonts-noto-cjk"):
        document.document(some_export(), stamp())


def test_more_lines_than_anybody_reads_on_paper_are_for_the_workbook() -> None:
    with pytest.raises(NotAtOnceError, match="2001 lines"):
        file_of(some_export(rows=2001), stamp(), Form.PDF)


def test_ten_thousand_lines_are_a_workbook_within_seconds() -> None:
    import time

    sheet = some_export(rows=10_000, columns=8).sheets[0]
    start = time.process_time()
    assert workbook((sheet,), stamp())
    assert time.process_time() - start < 3


PAGES = (
    "/overview/", "/drivers/?compare=previous_day", "/targets/", "/contribution/", "/ledger/", "/tie-outs/",
    "/self-service/?m=deposit_balance&rows=child",
)  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("language", "word"), [("zh-hans", "导出 PDF"), ("en", "Export PDF")])
def test_every_page_with_a_workbook_gives_a_document_too(client: Client, address: str, language: str, word: str) -> None:
    import re

    sign_in(client, make_person("somebody", ("bank_president", "")))
    client.post("/language/", {"language": language, "next": "/"})
    page = client.get(address)
    assert page.status_code == 200
    links = {form: re.search(rf'href="(export\.{form}[^"]*)"', page.content.decode()) for form in ("xlsx", "pdf")}
    assert word in page.content.decode()
    for form, start in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        found = links[form]
        assert found is not None, form
        answer = client.get(address.partition("?")[0] + found[1].replace("&amp;", "&"))
        if answer.status_code == 400:  # nothing to compare in so short a history: the page says the same
            assert address.startswith("/drivers/")
            continue
        assert answer.status_code == 200, form
        assert answer.content.startswith(start)
        assert answer["Content-Disposition"].endswith(f'.{form}"')


def test_a_document_is_recorded_with_its_form_and_refused_like_the_workbook(client: Client) -> None:
    from maisui.web.audit.models import AuditRecord

    sign_in(client, make_person("somebody", ("branch_manager", BRANCH)))
    assert client.get("/overview/export.pdf").status_code == 200
    assert '"form":"pdf"' in AuditRecord.objects.get(action="export").details
    other = Client()
    sign_in(other, make_person("another", ("teller", BRANCH)))
    assert other.get("/overview/export.pdf").status_code == 403


def test_an_english_document_has_no_chinese_scale() -> None:
    with translation.override("en"):
        found = text_of(document.document(some_export(), stamp()))
    assert "存款(MCNY)" in found
    assert "Contents" in found
