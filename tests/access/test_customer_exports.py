"""Lists of customers taken out: masked, for a reason, with a second person above the limit, sealed, once, and all of it recorded."""

from __future__ import annotations

import io
import json
import re
import stat
from dataclasses import replace

import msoffcrypto
import pytest
from customers_home import customers_home
from django.test import Client
from openpyxl import load_workbook
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers import Bank

pytestmark = pytest.mark.django_db
REASON = "十一月到期存款续存走访"
FIELDS = ["customer_number", "customer_name", "deposit_balance"]


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def limited(settings, rows: int, a_day: int = 5) -> None:
    settings.HOME = replace(settings.HOME, web=replace(settings.HOME.web, customer_export_rows=rows, customer_exports_a_day=a_day))


def ask(client: Client, query: str = "", **given: object):
    return client.post(f"/customers/exports/new/{query}", {"reason": REASON, "field": FIELDS, **given})


def request():
    from maisui.web.customers.models import CustomerExport

    return CustomerExport.objects.select_related("job").latest("pk")


def work() -> None:
    from maisui.web.exports import jobs

    jobs.make_export.call(str(request().job.pk))


def records(action: str) -> list[dict[str, object]]:
    from maisui.web.audit.models import AuditRecord

    return [json.loads(one.details) for one in AuditRecord.objects.filter(action=action, result="allowed").order_by("pk")]


def opened(content: bytes, password: str):
    file, plain = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=password)
    file.decrypt(plain)
    return load_workbook(plain).worksheets[0]


def test_a_list_within_the_limit_is_made_masked_sealed_and_fetched_once() -> None:
    from maisui.web.exports import jobs

    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    listed = re.findall(r'<td class="word">(C\S+?)</td>', manager.get("/customers/").content.decode())
    assert ask(manager).status_code == 302
    work()
    asked = request()
    assert (asked.state, asked.job.state) == ("approved", "done"), asked.job.fault
    assert stat.S_IMODE(jobs.file_path(asked.job).stat().st_mode) == 0o600

    page = manager.get("/customers/exports/").content.decode()
    password = re.search(r"<code>(\S+)</code>", page)
    assert password is not None
    content = manager.get(f"/jobs/export/{asked.job.pk}.xlsx").content
    assert not content.startswith(b"PK"), "the file does not open without its password"
    rows = list(opened(content, password[1]).iter_rows(min_row=4, values_only=True))
    assert list(rows[0]) == ["客户号", "客户", "存款余额"]
    assert len(rows) - 1 == asked.row_count
    assert [row[0] for row in rows[1:]] == listed[: asked.row_count]
    assert all("*" in row[0] for row in rows[1:])

    assert manager.get(f"/jobs/export/{asked.job.pk}.xlsx").status_code == 404
    assert not jobs.file_path(asked.job).exists()
    assert password[1] not in manager.get("/customers/exports/").content.decode()
    (made,) = records("customer_export")
    assert (made["reason"], made["rows"], made["fields"]) == (REASON, asked.row_count, FIELDS)
    assert [len(records(name)) for name in ("customer_export_ask", "ask_export", "make_export", "fetch_export")] == [1, 1, 1, 1]


def test_a_file_holds_every_customer_asked_for_however_few_stand_on_a_page(monkeypatch) -> None:
    from maisui.web.customers import desk
    from maisui.web.exports import jobs

    monkeypatch.setattr(desk, "MOST_ROWS", 2)
    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    assert len(re.findall(r'<td class="word">(C\S+?)</td>', manager.get("/customers/").content.decode())) == 2
    ask(manager)
    work()
    asked = request()
    assert asked.row_count > 2
    sheet = opened(jobs.file_path(asked.job).read_bytes(), jobs.password_of(asked.job))
    assert sheet.max_row - 4 == asked.row_count == records("customer_export")[0]["rows"]


def test_above_the_limit_a_second_person_approves(settings) -> None:
    limited(settings, 1)
    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    assert "须第二人审批" in manager.get("/customers/exports/").content.decode()
    ask(manager)
    asked = request()
    assert (asked.state, asked.job) == ("waiting", None)

    decide = f"/customers/exports/{asked.pk}/decide/"
    manager.post(decide, {"decision": "approve"})
    assert request().state == "waiting", "nobody approves his own"
    elsewhere = signed_in_browser("elsewhere", ("branch_manager", "B2"))
    assert elsewhere.post(decide, {"decision": "approve"}).status_code == 404
    assert f'action="{decide}"' not in elsewhere.get("/customers/exports/").content.decode()
    president = signed_in_browser("president", ("bank_president", ""))
    assert f'action="{decide}"' in president.get("/customers/exports/").content.decode()
    president.post(decide, {"decision": "reject"})
    assert request().state == "waiting", "a rejection says why"
    president.post(decide, {"decision": "approve", "note": "同意"})
    work()
    assert (request().state, request().job.state, request().job.owner.username) == ("approved", "done", "manager")
    assert president.get(f"/jobs/export/{request().job.pk}.xlsx").status_code == 404, "only who asked fetches"
    assert manager.get(f"/jobs/export/{request().job.pk}.xlsx").status_code == 200
    (approved,) = records("customer_export_approve")
    assert (approved["owner"], approved["reason"]) == ("manager", REASON)
    assert records("customer_export")[0]["approved_by"] == "测试president"


def test_nobody_approves_his_own_list_under_another_number_of_his(settings, monkeypatch) -> None:
    limited(settings, 1)
    monkeypatch.setattr("maisui.web.own_numbers.person_of", lambda _gateway, number: ("K9", "M1") if number in ("K9", "M1") else ())
    ask(signed_in_browser("manager", ("branch_manager", "B1"), employee_number="M1"))
    himself, decide = (
        signed_in_browser("himself", ("bank_president", ""), employee_number="K9"),
        f"/customers/exports/{request().pk}/decide/",
    )
    assert f'action="{decide}"' not in himself.get("/customers/exports/").content.decode()
    himself.post(decide, {"decision": "approve", "note": "同意"})
    assert request().state == "waiting"


def test_a_rejected_list_is_never_made(settings) -> None:
    limited(settings, 1)
    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    ask(manager)
    signed_in_browser("president", ("bank_president", "")).post(
        f"/customers/exports/{request().pk}/decide/", {"decision": "reject", "note": "用途不明确"}
    )
    assert (request().state, request().job) == ("rejected", None)
    assert "用途不明确" in manager.get("/customers/exports/").content.decode()


def test_more_customers_than_were_approved_are_not_given_out(settings) -> None:
    from maisui.web.customers.models import CustomerExport

    ask(signed_in_browser("manager", ("branch_manager", "B1")))
    CustomerExport.objects.update(row_count=1)
    work()
    assert request().job.state == "failed"
    assert "ask again" in request().job.fault


@pytest.mark.parametrize(
    ("given", "word"),
    [({"reason": "看看"}, "请写明理由"), ({"field": []}, "请至少选一项"), ({"field": ["certificate_number"]}, "请至少选一项")],
)
def test_without_reason_or_fields_nothing_is_asked(given: dict[str, object], word: str) -> None:
    from maisui.web.customers.models import CustomerExport

    answer = ask(signed_in_browser("manager", ("branch_manager", "B1")), **given)
    assert word in answer.content.decode()
    assert not CustomerExport.objects.exists()


def test_so_many_lists_a_day_and_no_more(settings) -> None:
    limited(settings, 1000, a_day=1)
    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    assert ask(manager).status_code == 302
    assert "已达上限 1 次" in ask(manager).content.decode()


def test_lists_of_others_and_roles_without_the_right() -> None:
    assert ask(signed_in_browser("manager", ("branch_manager", "B1")), "?org=B2").status_code == 404
    clerk = signed_in_browser("clerk", ("customer_manager", "B1"))
    assert ask(clerk).status_code == 403
    assert "导出名单" not in clerk.get("/customers/").content.decode()
    assert signed_in_browser("union", ("union_leader", "")).get("/customers/exports/").status_code == 403


def test_a_list_asked_before_the_right_went_is_not_made() -> None:
    manager = make_person("manager", ("branch_manager", "B1"))
    client = Client()
    sign_in(client, manager)
    ask(client)
    manager.user.grants.update(organisation_code="B2")
    work()
    assert request().job.state == "failed"


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", ("导出客户名单", "免审批", "生成名单")), ("en", ("Lists of customers", "no approval needed", "Make the list"))],
)
def test_the_page_reads_in_both_languages(language: str, words: tuple[str, ...]) -> None:
    manager = signed_in_browser("manager", ("branch_manager", "B1"))
    manager.post("/language/", {"language": language, "next": "/"})
    page = manager.get("/customers/exports/").content.decode()
    assert [word for word in words if word not in page] == []
