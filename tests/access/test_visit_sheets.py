"""The visit sheet of a village: taken out within the scope, filled in, and read again cell by cell."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from circles_home import NAMES, circles_home
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader
from web_home import forget_answers, make_person, sign_in, signed_in

from maisui.answers import Bank
from maisui.answers.circle_members import CircleKind
from maisui.answers.performance import PassedOn
from maisui.web.pages.circles import visits

pytestmark = pytest.mark.django_db
FIRST = 5
"""The first line of a sheet below its headings."""


@pytest.fixture(scope="module")
def bank():
    return Bank(circles_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def client() -> Client:
    return signed_in("branch_manager", "B1", username="manager")


def address(code: str = "V1") -> str:
    from maisui.web.customers.circles import circle_reference

    return f"/circles/village/{circle_reference(CircleKind.VILLAGE, code)}/visits/"


def sheet_of(client: Client, query: str = "") -> Any:
    answer = client.get(f"{address()}export.xlsx{query}")
    assert answer.status_code == 200, answer.status_code
    return load_workbook(io.BytesIO(answer.content))


def upload(client: Client, book: Any) -> Any:
    out = io.BytesIO()
    book.save(out)
    return client.post(address() + "enter/", {"file": SimpleUploadedFile("visits.xlsx", out.getvalue())})


def column(page: Any, title: str) -> int:
    return next(cell.column for cell in page[FIRST - 1] if cell.value == title)


def fill(page: Any, line: int, day: Any, outcome: str, words: str = "") -> None:
    for title, value in (("走访日期", day), ("结果", outcome), ("备注", words)):
        page.cell(FIRST + line, column(page, title)).value = value


def written() -> list[tuple[str, date, str, str]]:
    from maisui.web.contacts.models import CustomerContact

    return list(
        CustomerContact.objects.filter(kind="visit").order_by("pk").values_list("customer_number", "happened_on", "outcome", "words")
    )


def test_the_sheet_holds_whom_one_sees_masked_and_comes_back_filled_in(client: Client) -> None:
    book = sheet_of(client)
    page = book.worksheets[0]
    lines = [[str(cell.value or "") for cell in row] for row in page.iter_rows(min_row=FIRST)]
    assert [line[1] for line in lines if line[1]] == ["欧阳**"] * 3
    assert not [cell for line in lines for cell in line if cell in (*NAMES.values(), *NAMES)]
    today = timezone.localdate()
    fill(page, 0, today, "达成意向")
    fill(page, 2, f"{today - timedelta(days=3):%Y/%m/%d}", "未联系上", "家中无人")
    answer = upload(client, book)
    assert answer.status_code == 302, answer.content.decode()
    assert written() == [("P1", today, "agreed", ""), ("P4", today - timedelta(days=3), "not_reached", "家中无人")]
    upload(client, book)
    assert len(written()) == 2, "the same sheet again writes nothing"
    again = sheet_of(client).worksheets[0]
    assert again.cell(FIRST, column(again, "上次走访")).value == f"{today}"


def test_the_sheet_tells_the_visitor_to_whom_he_may_offer_something(client: Client) -> None:
    """P1 agreed, P2 withdrew it, P4 was never asked."""
    page = sheet_of(client).worksheets[0]
    said = [page.cell(row, column(page, "营销授权")).value for row in range(FIRST, FIRST + 3)]
    assert said == ["同意营销", "已拒绝营销", "未同意营销"]
    printed = "".join(one.extract_text() for one in PdfReader(io.BytesIO(client.get(f"{address()}export.pdf").content)).pages)
    assert "已拒绝营销" in printed


def test_every_fault_is_told_with_its_cell_and_nothing_is_kept(client: Client) -> None:
    book = sheet_of(client)
    page = book.worksheets[0]
    today = timezone.localdate()
    fill(page, 0, today, "达成意向")
    fill(page, 1, today + timedelta(days=1), "很好", "电话 13855551234")
    page.cell(FIRST + 2, column(page, "校验码")).value = "V123"
    fill(page, 2, today, "达成意向")
    answer = upload(client, book)
    text = answer.content.decode()
    assert answer.status_code == 409
    for title, line in (("走访日期", 1), ("结果", 1), ("备注", 1), ("校验码", 2)):
        assert f">{page.cell(FIRST + line, column(page, title)).coordinate}<" in text, title
    assert written() == []


def test_a_line_without_its_day_twice_or_other_than_written_before_is_told_and_nothing_is_dropped(client: Client) -> None:
    """First a good sheet; then one with words but no day, one customer twice on a day, and one that says otherwise of a day before."""
    book, today = sheet_of(client), timezone.localdate()
    earlier = today - timedelta(days=3)
    fill(book.worksheets[0], 0, earlier, "达成意向", "愿意用信")
    assert upload(client, book).status_code == 302
    for day, outcome, words in ((earlier, "未联系上", "愿意用信"), (earlier, "达成意向", "改天再说")):
        book = sheet_of(client)
        fill(book.worksheets[0], 0, day, outcome, words)
        assert "当日走访已登记" in upload(client, book).content.decode(), (outcome, words)
    book = sheet_of(client)
    page = book.worksheets[0]
    fill(page, 0, earlier, "达成意向")
    fill(page, 1, None, "达成意向")
    fill(page, 2, today, "达成意向", "第一行")
    for title in ("校验码", "走访日期", "结果"):
        page.cell(FIRST + 3, column(page, title)).value = page.cell(FIRST + 2, column(page, title)).value
    page.cell(FIRST + 3, column(page, "备注")).value = "第二行"
    text = upload(client, book).content.decode()
    days = column(page, "走访日期")
    first, again, missing = (page.cell(FIRST + line, days).coordinate for line in (2, 3, 1))
    assert f">{missing}</th>" in text
    assert "填写了结果或备注，缺走访日期" in text
    assert f'{again}</th><td class="word">与 {first} 重复：同一客户同一天' in text
    assert "有 2 个单元格需要修改" in text, "the line that says what was written before is none of them"
    assert written() == [("P1", earlier, "agreed", "愿意用信")]
    for title in ("校验码", "走访日期", "结果", "备注"):
        page.cell(FIRST + 3, column(page, title)).value = None
    for wrong in (f"{today:%Y}{today.month}5", f"{today:%Y}-13-01", f"{today:%Y}年9", "去年"):
        fill(page, 1, wrong, "达成意向")
        assert "有 1 个单元格需要修改" in upload(client, book).content.decode(), wrong
    fill(page, 1, f"{today:%Y}/{today.month}/{today.day}", "达成意向")
    assert upload(client, book).status_code == 302
    assert written()[1:] == [("P2", today, "agreed", ""), ("P4", today, "agreed", "第一行")]


def test_a_key_of_another_branch_s_customer_does_not_open(client: Client) -> None:
    from maisui.web.access.sealed import reference_of

    book = sheet_of(client)
    page = book.worksheets[0]
    page.cell(FIRST, column(page, "校验码")).value = f"V{reference_of('P3')}"
    fill(page, 0, timezone.localdate(), "达成意向")
    assert upload(client, book).status_code == 409
    assert written() == []


def test_files_that_are_no_sheet_of_ours_are_refused_in_words(client: Client) -> None:
    for content in (b"", b"PK\x03\x04 nothing", b"a,b\n1,2\n"):
        answer = client.post(address() + "enter/", {"file": SimpleUploadedFile("visits.xlsx", content)}, follow=True)
        assert "不是可读取的 .xlsx 工作簿" in answer.content.decode()
    book = sheet_of(client)
    assert "没有填写走访日期" in client.get(upload(client, book)["Location"]).content.decode()
    assert written() == []


def test_a_sheet_is_of_one_officer_s_households_and_of_a_village_in_sight(client: Client) -> None:
    text = client.get(address()).content.decode()
    assert "2 户" in text
    assert len([row for row in sheet_of(client, "?manager=M1").worksheets[0].iter_rows(min_row=FIRST, values_only=True) if row[1]]) == 3
    assert not [row for row in sheet_of(client, "?manager=M9").worksheets[0].iter_rows(min_row=FIRST, values_only=True) if row[1]]
    assert client.get(f"{address()}export.pdf").content.startswith(b"%PDF")
    assert client.get(address("V9")).status_code == 404
    reader = Client()
    sign_in(reader, make_person("analyst", ("department_analyst", "")))
    assert reader.post(address() + "enter/").status_code == 403
    officer = Client()
    sign_in(officer, make_person("officer", ("customer_manager", "B1")))
    assert officer.get(f"{address()}export.xlsx").status_code == 403


def test_an_officer_prints_the_households_in_his_charge_and_takes_nothing_else_out() -> None:
    """M1 has households 1 and 2 of B1, with P1, P2 and P4; the print is on one page, without a cover, and is in the audit."""
    from maisui.web.audit.models import AuditRecord

    officer, other = Client(), Client()
    sign_in(officer, make_person("officer", ("customer_manager", "B1"), employee_number="M1"))
    sign_in(other, make_person("other", ("customer_manager", "B1"), employee_number="M2"))
    assert "export.pdf?manager=M1" in officer.get(address()).content.decode()
    printed = officer.get(f"{address()}export.pdf?manager=M1")
    pages = PdfReader(io.BytesIO(printed.content)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert text.count("欧阳**") == 3
    assert "目录" not in text
    assert "敏感资料" in text
    assert "· B1 ·" in text, "the stamp names his own outlet"
    looks = AuditRecord.objects.filter(action="circle_export", actor_username="officer")
    assert [json.loads(look.details)["customers"] for look in looks] == [["P1", "P2", "P4"]]
    for refused in ("export.pdf", "export.pdf?manager=M2", "export.xlsx?manager=M1"):
        assert officer.get(address() + refused).status_code == 403, refused
    assert other.get(f"{address()}export.pdf?manager=M1").status_code == 403
    assert "export.pdf" not in other.get(address()).content.decode()


def test_an_officer_known_under_two_numbers_prints_what_the_roster_puts_under_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """He signs in as K9 of the counter system, the roster names him M1 of the credit system."""
    officer = Client()
    sign_in(officer, make_person("officer", ("customer_manager", "B1"), employee_number="K9"))
    assert officer.get(f"{address()}export.pdf?manager=M1").status_code == 403
    monkeypatch.setattr(visits, "own_numbers", lambda _gateway: frozenset({"K9", "M1"}))
    assert "export.pdf?manager=M1" in officer.get(address()).content.decode()
    assert officer.get(f"{address()}export.pdf?manager=M1").status_code == 200


def test_an_account_whose_number_is_somebody_elses_by_now_prints_no_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """The households are the new holder's; the account was registered for whoever had M1 before, and bears his name."""
    officer = Client()
    sign_in(officer, make_person("officer", ("customer_manager", "B1"), employee_number="M1"))
    assert officer.get(f"{address()}export.pdf?manager=M1").status_code == 200
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("maisui.web.own_numbers.numbers_passed_on", lambda _reader: {"M1": PassedOn("别人", tomorrow, tomorrow)})
    forget_answers(monkeypatch)
    assert officer.get(f"{address()}export.pdf?manager=M1").status_code == 403
    assert "export.pdf" not in officer.get(address()).content.decode()


def test_a_sheet_looked_at_again_reads_no_village_until_somebody_was_visited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.customers import circles

    read: list[str] = []
    village = circles.one_circle

    def counted(reader: Any, query: Any, code: str, *choice: Any) -> Any:
        read.append(code)
        return village(reader, query, code, *choice)

    monkeypatch.setattr(circles, "one_circle", counted)
    forget_answers(monkeypatch)
    first = client.get(address()).content.decode()
    assert client.get(address()).content.decode().count("<tr") == first.count("<tr")
    assert read == ["V1"]
    book = sheet_of(client)
    fill(book.worksheets[0], 0, timezone.localdate(), "达成意向")
    upload(client, book)
    assert written()
    before = len(read)
    client.get(address())
    assert len(read) > before
