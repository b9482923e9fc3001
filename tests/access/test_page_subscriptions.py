"""Pages made after publications: as their owner would take them out on that day, once for each day, week or month, until he stops it."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, make_person, sign_in

from maisui.answers import Question
from maisui.web.exports import jobs
from maisui.web.exports.models import ExportJob, PageSubscription, Rhythm
from maisui.web.exports.page_schedule import SUBSCRIBABLE, ask_for_due_pages, due_day
from maisui.web.pages.registry import PAGES
from maisui.web.staff.models import RoleGrant

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 2, 28)


def subscribed(client: Client, **said: str) -> PageSubscription:
    client.post("/jobs/subscribe/", {"page": "ledger", "query": "tab=trial&date=2026-01-31", "name": "业务状况", "form": "xlsx"} | said)
    return PageSubscription.objects.latest("pk")


def due(one: PageSubscription) -> None:
    PageSubscription.objects.filter(pk=one.pk).update(last_day=BEFORE)


def test_every_page_offered_can_be_taken_out_without_a_request() -> None:
    for page in PAGES:
        if page.code in SUBSCRIBABLE:
            assert any(name == "export" and hasattr(view, "build") for _, name, view in page.parts), page.code
    assert {page.code for page in PAGES} >= set(SUBSCRIBABLE)


@pytest.mark.parametrize("page", [page for page in SUBSCRIBABLE if page != "forecasts"])
def test_each_page_is_made_for_the_newest_day(client: Client, page: str) -> None:
    query = "metrics=deposit_balance&rows=organisation" if page == "self_service" else ""
    sign_in(client, make_person("president", ("bank_president", "")))
    due(subscribed(client, page=page, query=query))
    assert ask_for_due_pages() == 1
    job = ExportJob.objects.get(kind="subscribed_page")
    jobs.make_export.call(str(job.pk))
    job.refresh_from_db()
    assert job.state == "done", job.fault
    assert load_workbook(io.BytesIO(client.get(f"/jobs/export/{job.pk}.xlsx").content)).sheetnames


def test_a_page_that_has_nothing_says_so_on_the_job(client: Client) -> None:
    """The home of these tests has no forecasts."""
    sign_in(client, make_person("president", ("bank_president", "")))
    due(subscribed(client, page="forecasts", query=""))
    ask_for_due_pages()
    job = ExportJob.objects.get()
    jobs.make_export.call(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.fault) == ("failed", "这里没有预测")


def test_it_holds_the_figures_of_the_day_within_what_its_owner_sees(client: Client) -> None:
    """The address names another branch and an older day; both give way."""
    person = make_person("manager", ("branch_manager", BRANCH))
    sign_in(client, person)
    one = subscribed(client, page="ledger", query=f"tab=balance&org={OTHER_BRANCH}&date=2026-01-31")
    assert ask_for_due_pages() == 0
    due(one)
    assert ask_for_due_pages() == 1
    assert ask_for_due_pages() == 0
    job = ExportJob.objects.get(kind="subscribed_page")
    jobs.make_export.call(str(job.pk))
    sheet = load_workbook(io.BytesIO(client.get(f"/jobs/export/{job.pk}.xlsx").content)).worksheets[0]
    amounts = {str(row[0]).strip("　"): row[3] for row in sheet.iter_rows(values_only=True)}
    own = jobs.gateway_of(person.user).ask(Question("deposit_balance", organisation=BRANCH, day=LAST_DAY)).rows[0].value
    assert own is not None
    assert abs(Decimal(str(amounts["存款"]))) > 0
    assert any(f"{LAST_DAY}" in str(cell) for row in sheet.iter_rows(max_row=4, values_only=True) for cell in row)
    assert not any(OTHER_BRANCH in str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    assert "业务状况" in client.get("/jobs/").content.decode()


def test_it_appears_in_my_day(client: Client) -> None:
    sign_in(client, make_person("president", ("bank_president", "")))
    due(subscribed(client, rhythm="daily"))
    ask_for_due_pages()
    jobs.make_export.call(str(ExportJob.objects.get().pk))
    text = client.get("/my-day/").content.decode()
    assert "订阅送达" in text
    assert "业务状况" in text


@pytest.mark.parametrize(
    ("rhythm", "last", "found"),
    [
        (Rhythm.DAILY, LAST_DAY - timedelta(days=1), LAST_DAY),
        (Rhythm.DAILY, LAST_DAY, None),
        (Rhythm.WEEKLY, LAST_DAY - timedelta(days=7), LAST_DAY),
        (Rhythm.WEEKLY, LAST_DAY - timedelta(days=LAST_DAY.weekday()), None),
        (Rhythm.MONTHLY, BEFORE, LAST_DAY),
        (Rhythm.MONTHLY, LAST_DAY, None),
    ],
)
def test_when_a_page_is_due(rhythm: Rhythm, last: date, found: date | None) -> None:
    gateway = jobs.gateway_of(make_person("president", ("bank_president", "")).user)
    assert due_day(gateway, rhythm, last) == found


def test_who_may_no_longer_take_figures_out_has_it_ended(client: Client) -> None:
    person = make_person("manager", ("branch_manager", BRANCH))
    sign_in(client, person)
    one = subscribed(client)
    due(one)
    RoleGrant.objects.filter(user=person.user).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert ask_for_due_pages() == 0
    one.refresh_from_db()
    assert one.ended_at is not None


def test_it_is_ended_by_its_owner_alone_and_asked_twice_it_is_one(client: Client) -> None:
    sign_in(client, make_person("manager", ("branch_manager", BRANCH)))
    one = subscribed(client)
    assert subscribed(client).pk == one.pk
    other = Client()
    sign_in(other, make_person("other", ("branch_manager", BRANCH)))
    assert other.post(f"/jobs/subscription/{one.pk}/end/").status_code == 404
    assert client.post(f"/jobs/subscription/{one.pk}/end/").status_code == 302
    assert not PageSubscription.objects.filter(ended_at=None).exists()
    assert client.post("/jobs/subscribe/", {"page": "customers", "name": "x"}).status_code == 404


def test_pages_offer_it_in_their_export_menu(client: Client) -> None:
    sign_in(client, make_person("president", ("bank_president", "")))
    assert "page_wanted=ledger" in client.get("/ledger/?tab=trial").content.decode()
    assert 'value="tab=trial"' in client.get("/jobs/?page_wanted=ledger&query=tab%3Dtrial").content.decode()
