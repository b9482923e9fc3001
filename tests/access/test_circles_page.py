"""Households, groups and villages in the web: to whom what is shown, recorded and masked, with other branches' data on every address."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from circles_home import NAMES, circles_home
from django.test import Client
from openpyxl import load_workbook
from web_home import forget_answers, signed_in_browser

from maisui.answers import Bank
from maisui.answers.circle_members import CircleKind

pytestmark = pytest.mark.django_db
ELSEWHERE = ("欧阳金三", "欧阳金五", "麦田二厂")
"""Names of those who are at home in B2."""


@pytest.fixture(scope="module")
def bank():
    return Bank(circles_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def address(kind: CircleKind, code: str) -> str:
    from maisui.web.customers.circles import circle_reference

    return f"/circles/{kind}/{circle_reference(kind, code)}/"


def visit(client: Client, number: str) -> None:
    from django.conf import settings

    from maisui.web.contacts.models import CustomerContact
    from maisui.web.staff.models import StaffUser

    user = StaffUser.objects.get(pk=client.session["_auth_user_id"])
    CustomerContact.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code,
        customer_number=number,
        kind="visit",
        happened_on=date(2026, 6, 1),
        outcome="informed",
        written_by=user,
    )


def cells(content: bytes) -> list[str]:
    book = load_workbook(io.BytesIO(content))
    return [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]


def test_a_branch_sees_its_own_members_and_how_many_there_are_besides() -> None:
    from maisui.web.audit.models import AuditRecord

    client = signed_in_browser("manager", ("branch_manager", "B1"))
    text = client.get("/circles/").content.decode()
    assert "欧阳** 一户" in text
    assert "另 1 名在外" in text
    text = client.get(address(CircleKind.HOUSEHOLD, "V1-1")).content.decode()
    assert "另有 1 名在您可见范围之外" in text
    assert "115.51" in text
    assert "1,115.51" not in text
    assert not [name for name in (*NAMES.values(), "V1-1") if name in text]
    kept = AuditRecord.objects.filter(action="circle_view").latest("sequence")
    assert json.loads(kept.details)["customers"] == ["P1", "P2"]


@pytest.mark.parametrize("below", ["", "export.xlsx", "export.pdf"])
def test_a_circle_with_nobody_in_sight_is_as_one_that_does_not_exist(below: str) -> None:
    client = signed_in_browser("manager", ("branch_manager", "B1"))
    for wanted in (address(CircleKind.HOUSEHOLD, "V1-3"), address(CircleKind.HOUSEHOLD, "V9-9"), "/circles/household/forged/"):
        assert client.get(wanted + below).status_code == 404
    other = address(CircleKind.VILLAGE, "V1").replace("/village/", "/household/")
    assert client.get(other + below).status_code == 404, "a reference opens the kind it was made for only"


def test_nothing_of_another_branch_leaves_by_any_address() -> None:
    client = signed_in_browser("manager", ("branch_manager", "B1"))
    found = [client.get(f"/circles/?kind={kind}") for kind in CircleKind]
    found += [client.get(address(kind, code)) for kind, code in ((CircleKind.VILLAGE, "V1"), (CircleKind.COMPANY_GROUP, "G1"))]
    for answer in found:
        text = answer.content.decode()
        assert answer.status_code == 200
        assert not [name for name in (*ELSEWHERE, "1100.25", "1,100.25", "700.25") if name in text]
    for wanted in (
        "/circles/export.xlsx?kind=village",
        *(f"{address(kind, code)}export.xlsx" for kind, code in ((CircleKind.VILLAGE, "V1"), (CircleKind.COMPANY_GROUP, "G1"))),
    ):
        out = cells(client.get(wanted).content)
        assert out
        assert not [cell for cell in out if any(name in cell for name in (*ELSEWHERE, *NAMES.values(), "1100.25", "700.25"))]


def test_an_organisation_outside_is_refused_and_one_inside_narrows() -> None:
    assert signed_in_browser("manager", ("branch_manager", "B1")).get("/circles/?org=B2").status_code == 404
    client = signed_in_browser("president", ("bank_president", ""))
    text = client.get("/circles/?kind=company_group&org=B2").content.decode()
    assert "另 2 名在外" in text
    assert client.get("/circles/?kind=cousins").status_code == 400


def test_the_whole_bank_compares_a_group_with_its_limit() -> None:
    text = signed_in_browser("president", ("bank_president", "")).get(address(CircleKind.COMPANY_GROUP, "G1")).content.decode()
    assert "1,100.25" in text
    assert "超限额" in text
    assert "−100.25" in text
    assert "10.0%" in text


def test_a_group_without_any_credit_says_so_and_not_that_members_are_out_of_sight(monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.answers import circles

    forget_answers(monkeypatch)
    monkeypatch.setattr(circles, "_credit", lambda *_of: None)
    group = address(CircleKind.COMPANY_GROUP, "G1")
    told = signed_in_browser("president", ("bank_president", "")).get(group).content.decode()
    assert "没有可与限额比较的余额" in told
    assert "可见范围之外：与限额的比较" not in told
    assert "可见范围之外：与限额的比较" in signed_in_browser("manager", ("branch_manager", "B1")).get(group).content.decode()


def test_a_visit_counts_for_the_household_and_the_list_of_whom_nobody_visited_shrinks() -> None:
    client = signed_in_browser("president", ("bank_president", ""))
    village = address(CircleKind.VILLAGE, "V1")
    assert "0 / 4 户" in client.get(village).content.decode()
    visit(client, "P3")
    assert "1 / 4 户" in client.get(village).content.decode()
    out = cells(client.get(f"{village}export.xlsx?show=unvisited").content)
    assert sum("欧阳**" in cell for cell in out) == 2 + 0, "P4 and P5 are left"


def test_members_become_a_group_of_those_in_sight() -> None:
    from maisui.web.groups.models import CustomerGroup

    client = signed_in_browser("manager", ("branch_manager", "B1"))
    answer = client.post(address(CircleKind.VILLAGE, "V1") + "group/")
    group = CustomerGroup.objects.get()
    assert answer["Location"] == f"/customer-groups/{group.pk}/"
    assert (group.members, group.name) == (["P1", "P2", "P4"], "村组 1")
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(address(CircleKind.HOUSEHOLD, "V1-3") + "group/").status_code == 404
    assert CustomerGroup.objects.count() == 1


def test_a_customer_leads_to_his_household_and_village() -> None:
    from maisui.web.access.sealed import reference_of

    client = signed_in_browser("manager", ("branch_manager", "B1"))
    text = client.get(f"/customers/{reference_of('P2')}/").content.decode()
    assert address(CircleKind.HOUSEHOLD, "V1-1") in text
    assert address(CircleKind.VILLAGE, "V1") in text


def test_without_a_batch_the_suggestions_say_how_to_get_them_and_with_one_they_are_shown(bank) -> None:
    pytest.importorskip("graspologic_native")
    from maisui.models.circles import find_circles

    client = signed_in_browser("president", ("bank_president", ""))
    file = bank.home.path / "models" / "circles"
    if not file.exists():
        assert "maisui models score circles" in client.get("/circles/?kind=community").content.decode()
    with bank.reader() as reader:
        find_circles(reader, bank.home.path, reader.manifest.version, reader.manifest.reporting_date)
    assert "C00001" in client.get("/circles/?kind=community").content.decode()
    text = client.get(address(CircleKind.PAYROLL, "W00001")).content.decode()
    assert "付薪方" in text
    assert "代发笔数 2" in text
    branch = signed_in_browser("manager", ("branch_manager", "B1")).get(address(CircleKind.PAYROLL, "W00001")).content.decode()
    assert "另有 1 名" in branch


def test_who_may_not_see_customers_is_refused() -> None:
    client = signed_in_browser("clerk", ("teller", ""))
    for wanted in ("/circles/", "/circles/export.xlsx", address(CircleKind.VILLAGE, "V1")):
        assert client.get(wanted).status_code == 403
    writer = signed_in_browser("officer", ("customer_manager", "B1"))
    assert writer.get(address(CircleKind.VILLAGE, "V1")).status_code == 200
    assert writer.get(address(CircleKind.VILLAGE, "V1") + "export.xlsx").status_code == 403


def test_tasks_for_a_list_are_written_once_and_only_of_whom_one_may_write() -> None:
    from maisui.web.contacts.models import CustomerTask

    client = signed_in_browser("officer", ("customer_manager", "B1"))
    form = {"what": "秋收后走访", "due_on": date.today().isoformat()}  # noqa: DTZ011 - a day of the form
    village = address(CircleKind.VILLAGE, "V1")
    assert client.post(village + "tasks/", form)["Location"] == village
    assert sorted(CustomerTask.objects.values_list("customer_number", flat=True)) == ["P1", "P2", "P4"]
    client.post(address(CircleKind.HOUSEHOLD, "V1-1") + "tasks/", form)
    assert CustomerTask.objects.count() == 3
    client.post("/customers/chosen/?kind=corporate&hold=all", {**form, "act": "tasks", "whole": "yes", "what": "回访"})
    assert sorted(CustomerTask.objects.filter(what="回访").values_list("customer_number", flat=True)) == ["F1", "F3"]
    client.post(village + "group/")
    from maisui.web.groups.models import CustomerGroup

    group = CustomerGroup.objects.get()
    client.post(f"/customer-groups/{group.pk}/chosen/", {**form, "act": "tasks", "whole": "yes", "what": "送达对账单"})
    assert CustomerTask.objects.filter(what="送达对账单").count() == 3
    client.post(village + "tasks/", {**form, "what": "身份证 330121198001010011"})
    assert CustomerTask.objects.count() == 8, "long numbers are refused, and nothing is written"
    assert signed_in_browser("analyst", ("department_analyst", "")).post(village + "tasks/", form).status_code == 403
