"""Customers ticked in lists: what is done with them alone, with the whole list, and that those of another outlet are refused."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from customers_home import BY_NUMBER, PEOPLE, customers_home
from django.test import Client
from django.utils import timezone
from web_home import signed_in_browser

from maisui.answers import Bank

pytestmark = pytest.mark.django_db

OF_B1 = tuple(one.number for one in PEOPLE if one.home == "B1")[:3]
OF_B2 = tuple(one.number for one in PEOPLE if one.home == "B2")[:2]
LIST, THREE = "/customers/chosen/", "/three-lists/chosen/"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def manager() -> Client:
    """Return the browser of a customer manager of B1."""
    return signed_in_browser("manager-of-b1", ("customer_manager", "B1"))


def references(*numbers: str) -> list[str]:
    from maisui.web.access.sealed import reference_of

    return [reference_of(number) for number in numbers]


def choose(client: Client, act: str, *numbers: str, at: str = LIST, **said: str):
    return client.post(at, {"act": act, "customer": references(*numbers), **said})


def group():
    from maisui.web.groups.models import CustomerGroup

    return CustomerGroup.objects.latest("pk")


def records(action: str) -> list[tuple[str, dict[str, object]]]:
    from maisui.web.audit.models import AuditRecord

    return [(one.result, json.loads(one.details)) for one in AuditRecord.objects.filter(action=action).order_by("sequence")]


def test_rows_carry_references_and_no_number_and_the_bar_stands_without_a_script(manager: Client) -> None:
    page = manager.get("/customers/").content.decode()
    boxes = re.findall(r'form="chosen" name="customer" value="([^"]+)"', page)
    assert len(boxes) > len(OF_B1)
    assert set(references(*OF_B1)) <= set(boxes)
    assert not any(number in page for number in BY_NUMBER)
    assert 'action="/customers/chosen/' in page
    acts = re.findall(r'name="act" value="(\w+)"', page)
    assert acts == ["group", "tasks", "advised", "hand_over", "follow"]


@pytest.mark.parametrize("at", [LIST, THREE])
def test_ticked_customers_become_a_group_and_only_they(manager: Client, at: str) -> None:
    answer = choose(manager, "group", *OF_B1, OF_B1[0], at=at, group_name="  走访  名单 ")
    made = group()
    assert (answer.status_code, answer.headers["location"]) == (302, f"/customer-groups/{made.pk}/")
    assert (made.name, made.members, made.owner.username) == ("走访 名单 1", list(OF_B1), "manager-of-b1")


def test_tasks_and_follows_are_of_the_ticked_and_a_second_time_of_nobody(manager: Client) -> None:
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.follows.models import Follow

    task = {"what": "秋收后走访", "due_on": f"{timezone.localdate()}"}
    for _ in range(2):
        assert choose(manager, "tasks", *OF_B1, **task).headers["location"] == "/customers/?"
        choose(manager, "follow", *OF_B1)
    assert sorted(CustomerTask.objects.values_list("customer_number", flat=True)) == sorted(OF_B1)
    assert sorted(Follow.objects.values_list("customer_number", flat=True)) == sorted(OF_B1)
    assert [details["had_already"] for _, details in records("follow")] == [0, 3]


def test_tasks_reach_ones_day_masked_late_ones_first_and_never_from_elsewhere(manager: Client) -> None:
    """His own task is late; a leader's of another outlet, of a customer he does not look after, is not his."""
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.staff.models import StaffUser

    today = timezone.localdate()
    choose(manager, "tasks", OF_B1[0], what="秋收后走访", due_on=f"{today}")
    CustomerTask.objects.update(due_on=today - timedelta(days=1))
    choose(manager, "tasks", OF_B1[1], what="送达对账单", due_on=f"{today}")
    choose(manager, "tasks", OF_B1[2], what="明年的事", due_on=f"{today + timedelta(days=300)}")
    head = signed_in_browser("head", ("bank_president", ""))
    choose(head, "tasks", OF_B2[0], what="外网点的事", due_on=f"{today}")
    CustomerTask.objects.create(
        legal_entity_code="MINI01",
        customer_number=OF_B2[1],
        what="调走后看不见",
        due_on=today,
        written_by=StaffUser.objects.get(username="manager-of-b1"),
    )
    answer = manager.get("/my-day/")
    assert [(row["task"].what, row["is_late"]) for row in answer.context["tasks"]] == [("秋收后走访", True), ("送达对账单", False)]
    assert not any(number in answer.content.decode() for number in BY_NUMBER)
    assert records("task_list")[-1][1]["customers"] == sorted(OF_B1[:2])
    assert [row["task"].what for row in head.get("/my-day/").context["tasks"]] == ["外网点的事"]


@pytest.mark.parametrize("act", ["group", "tasks", "hand_over", "follow"])
def test_a_customer_of_another_outlet_among_them_refuses_all_and_is_recorded(manager: Client, act: str) -> None:
    from maisui.web.allocations.models import AllocationProposal
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.follows.models import Follow
    from maisui.web.groups.models import CustomerGroup

    said = {"what": "走访", "due_on": f"{timezone.localdate()}", "receiver": "E1", "valid_from": "2026-03-16", "reason": "岗位调整"}
    assert choose(manager, act, OF_B1[0], OF_B2[0], **said).status_code == 404
    ((result, details),) = records("customer_tick")
    assert (result, details["outside"], details["ticked"]) == ("refused", [OF_B2[0]], 2)
    assert not any(kept.objects.exists() for kept in (AllocationProposal, CustomerTask, Follow, CustomerGroup))


def test_a_forged_reference_is_nobody(manager: Client) -> None:
    assert manager.post(LIST, {"act": "group", "customer": [OF_B1[0], "x"]}).status_code == 404
    assert records("customer_tick")[0][1] == {"ticked": 1, "outside": [], "out_of_sight": 1}


def test_who_sees_more_than_he_may_write_of_is_told_so() -> None:
    """He looks at the whole bank, and writes of customers of B1 only."""
    from maisui.web.contacts.models import CustomerTask

    client = signed_in_browser("two-roles", ("customer_manager", "B1"), ("department_analyst", ""))
    answer = client.post(
        LIST,
        {"act": "tasks", "customer": references(OF_B1[0], OF_B2[0]), "what": "走访", "due_on": f"{timezone.localdate()}"},
        follow=True,
    )
    assert "勾选的客户中有 1 户不在您可办理此项的机构范围内" in answer.content.decode()
    assert (records("customer_tick")[0][1]["outside"], CustomerTask.objects.count()) == ([OF_B2[0]], 0)


def test_nobody_ticked_and_no_button_are_told(manager: Client) -> None:
    for act, said in (("group", "请先勾选客户"), ("", "请按要办理的按钮")):
        assert said in manager.post(LIST, {"act": act}, follow=True).content.decode()


def test_the_whole_list_is_the_one_of_the_address(manager: Client) -> None:
    """Ticks beside it do not narrow it; of three lists it is the bearers at home in B1 and below."""
    choose(manager, "group", OF_B1[0], at=f"{LIST}?kind=corporate&hold=all", whole="yes")
    wanted = {one.number for one in PEOPLE if one.home in ("B1", "B3") and one.kind == "corporate"}
    assert set(group().members) == wanted
    choose(manager, "group", at=f"{THREE}?list=potential_quality", whole="yes")
    shown = manager.get("/three-lists/?list=potential_quality").context["found"].total_count
    assert len(group().members) == shown > 0
    assert {BY_NUMBER[number].home for number in group().members} <= {"B1", "B3"}


def test_members_of_a_group_are_ticked_too(manager: Client) -> None:
    choose(manager, "group", *OF_B1)
    first = group()
    page = manager.get(f"/customer-groups/{first.pk}/?view=members").content.decode()
    assert set(references(*OF_B1)) == set(re.findall(r'form="chosen" name="customer" value="([^"]+)"', page))
    choose(manager, "group", OF_B1[1], at=f"/customer-groups/{first.pk}/chosen/")
    assert group().members == [OF_B1[1]]
    assert choose(manager, "group", OF_B2[0], at=f"/customer-groups/{first.pk}/chosen/").status_code == 404


def test_ticked_customers_are_taken_out_after_a_second_person(settings) -> None:
    """Two above a limit of one: it waits; what is made are those two and nobody else."""
    from dataclasses import replace

    from maisui.web.customers.export import question_of
    from maisui.web.customers.models import CustomerExport

    settings.HOME = replace(settings.HOME, web=replace(settings.HOME.web, customer_export_rows=1))
    asker, second = signed_in_browser("analyst", ("department_analyst", "")), signed_in_browser("president", ("bank_president", ""))
    ticked = (OF_B1[0], OF_B2[0])
    answer = choose(asker, "export", *ticked, export_reason="十一月到期存款走访")
    asked = CustomerExport.objects.latest("pk")
    assert (answer.headers["location"], asked.state, asked.row_count) == ("/customers/exports/", "waiting", 2)
    text = second.get("/customers/exports/").content.decode()
    assert "North Street、Market Square · 勾选的 2 户" in text or "Market Square、North Street · 勾选的 2 户" in text
    assert "全行 · 勾选的" not in text
    assert second.post(f"/customers/exports/{asked.pk}/decide/", {"decision": "approve"}).status_code == 302
    from maisui.web.exports.jobs import gateway_of

    found = gateway_of(asked.asked_by).take_out_customers(question_of(gateway_of(asked.asked_by), asked, 10), {})
    assert {row.reference for row in found.rows} == set(references(*ticked))
    assert choose(asker, "export", whole="yes", at=f"{LIST}?kind=corporate").headers["location"] == "/customers/exports/?kind=corporate"


def test_who_may_not_take_out_or_write_is_refused() -> None:
    client = signed_in_browser("risk", ("department_analyst", ""))
    assert choose(client, "tasks", OF_B1[0]).status_code == 403
    assert choose(signed_in_browser("manager", ("customer_manager", "B1")), "export", OF_B1[0]).status_code == 403


MOVERS = "/customers/movers/"


def test_those_behind_a_change_are_ticked_and_become_tasks() -> None:
    from maisui.web.contacts.models import CustomerTask

    head = signed_in_browser("head", ("bank_president", ""))
    page = head.get(f"{MOVERS}?compare=previous_day")
    text = page.content.decode()
    boxes = re.findall(r'form="chosen" name="customer" value="([^"]+)"', text)
    assert len(boxes) == len(page.context["rows"]) > 0
    (address,) = re.findall(r'action="(/customers/movers/chosen/[^"]*)"', text)
    said = {"act": "tasks", "customer": boxes[:1], "what": "问清资金去向", "due_on": f"{timezone.localdate()}"}
    assert head.post(address.replace("&amp;", "&"), said).headers["location"] == f"{MOVERS}?compare=previous_day"
    (made,) = CustomerTask.objects.all()
    assert (made.what, references(made.customer_number)) == ("问清资金去向", boxes[:1])


@pytest.mark.parametrize("of_group", ["", "&group=stayed", "&group=new", "&order=fall"])
@pytest.mark.parametrize(("role", "place"), [("bank_president", ""), ("branch_manager", "B1")])
def test_the_whole_list_of_a_change_is_that_of_the_address_and_of_ones_own_customers(role: str, place: str, of_group: str) -> None:
    """Who holds accounts in B1 and is at home elsewhere moved its figure, too, and is in no group of its manager."""
    from maisui.web.groups.models import CustomerGroup

    who, query = signed_in_browser("somebody", (role, place)), f"compare=previous_month{of_group}"
    found = who.get(f"{MOVERS}?{query}").context["found"]
    assert (found.unnamed.count > 0) is (bool(place) and of_group != "&group=new")
    answer = choose(who, "group", at=f"{MOVERS}chosen/?{query}", whole="yes")
    assert answer.headers["location"].startswith("/customer-groups/" if found.listed_count else MOVERS)
    assert [len(made.members) for made in CustomerGroup.objects.all()] == ([found.listed_count] if found.listed_count else [])
    homes = {BY_NUMBER[number].home for made in CustomerGroup.objects.all() for number in made.members if number in BY_NUMBER}
    assert not place or homes <= {"B1", "B3"}


def test_a_customer_elsewhere_is_not_ticked_among_those_behind_a_change() -> None:
    manager = signed_in_browser("manager-of-b1", ("branch_manager", "B1"))
    at = f"{MOVERS}chosen/?compare=previous_month"
    assert choose(manager, "follow", OF_B1[0], OF_B2[0], at=at).status_code == 404
    assert choose(manager, "follow", OF_B1[0], at=f"{at}&org=B2").status_code == 302  # ticks are judged by customer, the list by its place
    assert choose(manager, "group", at=f"{at}&org=B2", whole="yes").status_code == 404
