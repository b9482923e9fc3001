"""The monthly operating report: the figures of the pages on paper, made in one's own name, every month for who wants it."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader
from web_home import BRANCH, HEAD, LAST_DAY, OTHER_BRANCH, make_person, sign_in

from maisui.answers import Question
from maisui.web.exports import jobs, schedule
from maisui.web.exports.models import ExportJob, ReportSubscription
from maisui.web.pages.overview.narrative import told_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.reports.report import COMPARISONS

pytestmark = pytest.mark.django_db
REPORT = "operating_report"


def made(form: str = "xlsx") -> ExportJob:
    """Let the worker make the one report that was asked for."""
    job = ExportJob.objects.get(kind=REPORT, form=form, state="waiting")
    jobs.make_export.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.fault
    return job


def test_the_workbook_holds_the_figures_of_the_pages(client: Client) -> None:
    person = make_person("president", ("bank_president", ""))
    sign_in(client, person)
    assert client.post(f"/reports/make/?date={LAST_DAY}", {"form": "xlsx"}).status_code == 302
    job = made()

    answer = client.get(f"/jobs/export/{job.pk}.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[:4] == ["本月要点", "主要指标", "资产质量", "下级机构排名"]
    gateway = jobs.gateway_of(person.user)
    _, said = told_of(gateway, State(day=LAST_DAY, comparisons=COMPARISONS))
    told = [row[1] for row in book["本月要点"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert told[: len(said)] == ["".join(piece.text for piece in one.pieces) for one in said]
    assert said
    figures = {row[0]: row[1] for row in book["主要指标"].iter_rows(min_row=5, values_only=True)}
    (whole,) = gateway.ask(Question("deposit_balance")).rows
    assert Decimal(str(figures["存款时点余额"])) == whole.value
    ranked = [row for row in book["下级机构排名"].iter_rows(min_row=5, values_only=True) if row[1] is not None]
    assert [row[1] for row in ranked] == sorted((row[1] for row in ranked), reverse=True)
    assert sum(Decimal(str(row[1])) for row in ranked) == whole.value
    assert "指标说明" in book.sheetnames
    headings = [[cell.value for cell in book[name][4]] for name in ("存款结构（按产品组）", "贷款结构（按五级分类）")]
    assert [str(heading[1]).split("（")[0] for heading in headings] == ["存款时点余额", "五级分类贷款，含贴现、垫款、信用卡透支"]


def test_the_document_is_set_within_ten_seconds_and_names_month_and_place(client: Client) -> None:
    import time

    sign_in(client, make_person("manager", ("branch_manager", BRANCH)))
    client.post(f"/reports/make/?org={BRANCH}&date={LAST_DAY}", {"form": "pdf"})
    start = time.process_time()
    job = made("pdf")
    assert time.process_time() - start < 10
    cover = PdfReader(io.BytesIO(client.get(f"/jobs/export/{job.pk}.pdf").content)).pages[0].extract_text()
    assert "经营月报" in cover
    assert "2026年3月" in cover.replace(" ", "")


def test_nobody_makes_or_subscribes_to_a_report_of_others(client: Client) -> None:
    sign_in(client, make_person("manager", ("branch_manager", BRANCH)))
    for address in (f"/reports/?org={OTHER_BRANCH}", f"/reports/?org={HEAD}"):
        assert client.get(address).status_code == 404
    for part in ("make", "subscribe"):
        assert client.post(f"/reports/{part}/?org={OTHER_BRANCH}&date={LAST_DAY}", {"form": "pdf"}).status_code == 404
    assert client.post("/reports/make/?date=2019-01-31", {"form": "pdf"}).status_code == 400
    assert client.post("/reports/make/", {"form": "exe"}).status_code == 400
    assert not ExportJob.objects.exists()
    assert not ReportSubscription.objects.exists()
    teller = Client()
    sign_in(teller, make_person("teller", ("teller", BRANCH)))
    assert teller.get("/reports/").status_code == 403


def test_a_subscription_makes_each_month_once_and_ends_with_the_right(client: Client) -> None:
    person = make_person("manager", ("branch_manager", BRANCH))
    sign_in(client, person)
    for _ in range(2):
        client.post(f"/reports/subscribe/?org={BRANCH}", {"form": "pdf"})
    one = ReportSubscription.objects.get()
    assert one.last_day == LAST_DAY, "what is published already is not sent again"
    assert schedule.ask_for_due() == 0

    ReportSubscription.objects.update(last_day=date(2026, 2, 28))
    assert [schedule.ask_for_due(), schedule.ask_for_due()] == [1, 0]
    assert made("pdf").parameters["day"] == "2026-03-31"

    ReportSubscription.objects.update(last_day=date(2026, 2, 28))
    person.user.grants.update(organisation_code=OTHER_BRANCH)
    assert schedule.ask_for_due() == 0
    assert ReportSubscription.objects.get().ended_at is not None


def test_a_subscription_is_ended_by_its_owner_alone(client: Client) -> None:
    sign_in(client, make_person("manager", ("branch_manager", BRANCH)))
    client.post(f"/reports/subscribe/?org={BRANCH}", {"form": "pdf"})
    number = ReportSubscription.objects.get().pk
    other = Client()
    sign_in(other, make_person("other", ("bank_president", "")))
    assert other.post(f"/reports/subscription/{number}/end/").status_code == 404
    assert client.post(f"/reports/subscription/{number}/end/").status_code == 302
    assert ReportSubscription.objects.get().ended_at is not None


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ("经营报告", "主要指标", "生成 PDF", "我的订阅")), ("en", ("Reports", "Key figures", "Make the PDF", "My subscriptions"))],
)
def test_the_page_reads_in_both_languages(client: Client, language: str, words: tuple[str, ...]) -> None:
    sign_in(client, make_person("president", ("bank_president", "")))
    client.post("/language/", {"language": language, "next": "/"})
    page = client.get("/reports/").content.decode()
    assert [word for word in words if word not in page] == []
