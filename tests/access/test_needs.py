"""Needs and complaints: recorded within scope, owned, answered in measured time, closed; masked, recorded and taken out."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from customers_home import BY_NUMBER, customers_home
from django.test import Client
from django.utils import timezone
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.web.needs.response import response_time

pytestmark = pytest.mark.django_db

B1_PERSON = next(number for number, person in BY_NUMBER.items() if person.home == "B1" and person.kind == "personal")
B2_PERSON = next(number for number, person in BY_NUMBER.items() if person.home == "B2")
WORDS = "取款排队超过一小时"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def manager() -> Client:
    """Return the browser of a customer manager of B1."""
    return signed_in_browser("manager1", ("customer_manager", "B1"))


def post(client: Client, number: str = B1_PERSON, **changes: str):
    form = {"customer_number": number, "kind": "complaint", "came_by": "hotline", "words": WORDS, "at_stake": "12000.50"} | changes
    return client.post("/needs/new/", form)


def kept():
    """Return every need that is kept."""
    from maisui.web.needs.models import CustomerNeed

    return list(CustomerNeed.objects.order_by("id"))


def step(client: Client, need, part: str, **form: str) -> int:
    return client.post(f"/needs/{need.pk}/{part}/", form).status_code


def records(action: str) -> list[dict]:
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) | {"result": found.result} for found in AuditRecord.objects.filter(action=action)]


@pytest.mark.parametrize(("kind", "days"), [("complaint", 2), ("need", 3), ("opportunity", 7)])
def test_each_kind_is_due_after_the_days_of_its_parameter(manager: Client, kind: str, days: int) -> None:
    assert post(manager, kind=kind).status_code == 302
    (need,) = kept()
    assert (need.kind, need.organisation_code, need.at_stake_amount) == (kind, "B1", Decimal("12000.50"))
    assert need.due_on == timezone.localdate() + timedelta(days=days)


def test_one_is_taken_handed_over_answered_and_closed_and_every_step_is_kept(manager: Client) -> None:
    head = signed_in_browser("head1", ("branch_manager", "B1"))
    post(manager)
    (need,) = kept()
    assert step(manager, need, "answer", words="已致歉") == 422
    assert step(manager, need, "take") == 302
    assert step(head, need, "take") == 422
    assert step(manager, need, "hand-over", to="head1", words="需网点负责人出面") == 302
    assert step(manager, need, "answer", words="已致歉") == 422
    assert step(head, need, "close", outcome="settled", words="客户满意") == 422
    assert step(head, need, "answer", words="已致歉并增开窗口") == 302
    assert step(head, need, "close", outcome="", words="客户满意") == 422
    assert step(head, need, "close", outcome="settled", words="客户满意") == 302
    (need,) = kept()
    assert (need.state, need.outcome, need.owner.username) == ("closed", "settled", "head1")
    assert need.answered_at is not None
    assert [one.step for one in need.steps.all()] == ["recorded", "taken", "handed_over", "answered", "closed"]
    page = head.get(f"/needs/{need.pk}/").content.decode()
    for said in (WORDS, "需网点负责人出面", "已致歉并增开窗口", "客户满意", "已解决"):
        assert said in page
    details = [one for name in ("need_record", "need_take", "need_hand_over", "need_answer", "need_close") for one in records(name)]
    assert WORDS not in json.dumps(details, ensure_ascii=False)
    assert [one["result"] for one in records("need_close")] == ["refused", "refused", "allowed"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "gossip"},
        {"came_by": ""},
        {"words": "x"},
        {"words": "卡号 6228 4800 0000 0003"},
        {"at_stake": "很多"},
        {"at_stake": "-1"},
        {"at_stake": "1.005"},
        {"at_stake": "NaN"},
    ],
)
def test_what_makes_no_sense_is_not_recorded(manager: Client, changes: dict[str, str]) -> None:
    post(manager, **changes)
    assert kept() == []
    assert [one["result"] for one in records("need_record")] == ["refused"]


def test_nobody_records_sees_or_answers_what_is_not_in_his_scope(manager: Client) -> None:
    elsewhere = signed_in_browser("manager2", ("customer_manager", "B2"))
    analyst = signed_in_browser("analyst1", ("department_analyst", ""))
    post(manager, B2_PERSON)
    assert post(analyst).status_code == 403
    assert kept() == []
    post(manager)
    (need,) = kept()
    assert elsewhere.get(f"/needs/{need.pk}/").status_code == 404
    assert step(elsewhere, need, "take") == 404
    assert WORDS not in elsewhere.get("/needs/").content.decode()
    assert elsewhere.get("/needs/?org=B1").status_code == 404
    listed = analyst.get("/needs/").content.decode()
    assert WORDS in listed
    assert B1_PERSON not in listed
    assert BY_NUMBER[B1_PERSON].name not in listed
    assert records("need_list")[-1]["customers"] == [B1_PERSON]


def test_it_stands_on_the_customers_page_in_the_timeline_and_in_my_day(manager: Client) -> None:
    from maisui.web.access.sealed import reference_of

    customer = f"/customers/{reference_of(B1_PERSON)}/"
    form = {"kind": "opportunity", "came_by": "visit", "words": "想为新店贷款", "at_stake": ""}
    answer = manager.post(f"/needs/of/{reference_of(B1_PERSON)}/new/", form)
    assert answer["Location"] == f"{customer}?tab=archive"
    assert "想为新店贷款" in manager.get(customer, {"tab": "archive"}).content.decode()
    assert "商机，待受理：想为新店贷款" in manager.get(customer, {"tab": "timeline"}).content.decode()
    assert "想为新店贷款" in manager.get("/my-day/").content.decode()


def test_the_late_are_listed_and_the_median_counts_what_was_answered(manager: Client) -> None:
    from maisui.web.needs.models import CustomerNeed

    now = timezone.now()
    for words, days_ago, answered_after in (("甲事", 9, 1), ("乙事", 9, 4), ("丙事", 9, None)):
        post(manager, words=words)
        recorded = now - timedelta(days=days_ago)
        CustomerNeed.objects.filter(words=words).update(
            recorded_at=recorded,
            due_on=timezone.localdate(recorded) + timedelta(days=2),
            answered_at=recorded + timedelta(days=answered_after) if answered_after else None,
            state="answered" if answered_after else "open",
        )
    late = manager.get("/needs/?state=late")
    assert [row["need"].words for row in late.context["rows"]] == ["丙事"]
    complaint = late.context["kinds"][0]
    assert (complaint["open_count"], complaint["late_count"]) == (3, 1)
    assert complaint["at_stake"] == Decimal("36001.50")
    assert (complaint["time"].median_days, complaint["time"].answered_count, complaint["time"].in_time_count) == (Decimal("2.5"), 2, 1)


def test_nothing_answered_has_no_median() -> None:
    assert response_time([]).median_days is None


@pytest.mark.parametrize(
    ("waited", "said"),
    [
        (timedelta(seconds=20), "不到 1 分钟"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(hours=1), "1.0 小时"),
        (timedelta(hours=23, minutes=59), "23.9 小时"),
        (timedelta(days=1), "1.0 天"),
        (timedelta(days=2, hours=12), "2.5 天"),
    ],
)
def test_a_response_within_the_hour_is_told_in_minutes(manager: Client, waited: timedelta, said: str) -> None:
    from maisui.web.needs.models import CustomerNeed

    post(manager, words="甲事")
    need = CustomerNeed.objects.latest("pk")
    CustomerNeed.objects.filter(pk=need.pk).update(answered_at=need.recorded_at + waited, state="answered")
    assert f'<td class="number">{said}</td>' in manager.get("/needs/").content.decode()
    assert f"<dd>{said}</dd>" in manager.get(f"/needs/{need.pk}/").content.decode()


def test_the_list_is_taken_out_masked_and_recorded_by_who_may() -> None:
    head = signed_in_browser("head2", ("branch_manager", "B1"))
    manager = signed_in_browser("manager3", ("customer_manager", "B1"))
    post(head)
    assert manager.get("/needs/export.xlsx").status_code == 403
    answer = head.get("/needs/export.xlsx")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="maisui-needs-')
    (record,) = records("export")
    assert (record["rows"], record["form"]) == (1, "xlsx")
