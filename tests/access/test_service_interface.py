"""Needs, strategies and follows by program: counts and one's own, never a customer, and nothing of other organisations."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from customers_home import BY_NUMBER, UNNAMED, customers_home
from django.test import Client
from web_home import signed_in_browser, token_of

from maisui.answers import Bank

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
    """Return the browser of the branch manager of B1."""
    return signed_in_browser("manager1", ("branch_manager", "B1"))


def ask(username: str, address: str):
    """Return what the interface says to somebody's token; no answer holds a customer's number or name."""
    from maisui.web.staff.models import StaffUser

    token = token_of(StaffUser.objects.get(username=username))
    answer = Client().get(f"/api{address}", headers={"Authorization": f"Bearer {token}"})
    text = answer.content.decode()
    assert not [number for number, person in BY_NUMBER.items() if number in text or person.name in text]
    assert WORDS not in text
    return answer.status_code, json.loads(text)


def record(client: Client, number: str, kind: str) -> None:
    form = {"customer_number": number, "kind": kind, "came_by": "hotline", "words": WORDS, "at_stake": "12000.50"}
    assert client.post("/needs/new/", form).status_code == 302


def test_needs_are_counted_by_kind_where_one_may_look_and_ones_own_are_listed(manager: Client) -> None:
    from maisui.web.needs.models import CustomerNeed

    other = signed_in_browser("manager2", ("customer_manager", "B2"))
    signed_in_browser("head1", ("branch_manager", "B1"))
    signed_in_browser("president1", ("bank_president", ""))
    for kind in ("complaint", "complaint", "need"):
        record(manager, B1_PERSON, kind)
    record(other, B2_PERSON, "complaint")
    mine, answered = CustomerNeed.objects.order_by("id")[:2]
    manager.post(f"/needs/{mine.pk}/take/")
    manager.post(f"/needs/{answered.pk}/take/")
    manager.post(f"/needs/{answered.pk}/answer/", {"words": "已致歉，已解释"})
    CustomerNeed.objects.filter(pk=mine.pk).update(due_on="2026-01-02")
    status, lines = ask("head1", "/needs")
    assert status == 200
    assert {line["kind"]: (line["waiting_count"], line["late_count"], line["answered_count"], line["in_time_count"]) for line in lines} == {
        "complaint": (2, 1, 1, 1),
        "need": (1, 0, 0, 0),
        "opportunity": (0, 0, 0, 0),
    }
    assert [line["median_days"] for line in lines] == ["0.0", None, None]
    assert {line["kind"]: line["waiting_count"] for line in ask("president1", "/needs")[1]}["complaint"] == 3
    assert ask("president1", "/needs?org=B2")[1][0]["waiting_count"] == 1
    assert ask("head1", "/needs?org=B2")[0] == 404
    own = ask("manager1", "/needs/own")[1]
    assert [(one["number"], one["kind"], one["state"], one["is_late"]) for one in own] == [
        (mine.pk, "complaint", "taken", True),
        (answered.pk, "complaint", "answered", False),
    ]
    assert ask("head1", "/needs/own") == (200, [])


def test_strategies_are_told_with_counts_of_plain_counting_and_few_are_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page counts for whoever may see customers; where a thousand are few, nothing but noughts is told."""
    from maisui.web.api import service
    from maisui.web.strategies.table import PRODUCT_LINES

    signed_in_browser("head1", ("branch_manager", "B1"))
    rows = signed_in_browser("president1", ("bank_president", "")).get("/strategies/").context["rows"]
    counted = {row["one"].code: row["result"].customer_count for row in rows}
    assert max(counted.values()) >= 5
    status, lines = ask("president1", "/strategies")
    assert status == 200
    assert {line["code"] for line in lines} == {one.code for one in PRODUCT_LINES}
    assert {line["code"]: line["customer_count"] for line in lines} == {
        code: None if 0 < count < 5 else count for code, count in counted.items()
    }
    assert all(line["action_zh"] and line["action_en"] for line in lines)
    monkeypatch.setattr(service, "fewest_shown", lambda day: 1_000)
    withheld = ask("president1", "/strategies")[1]
    assert {line["code"]: line["customer_count"] for line in withheld} == {code: None if count else 0 for code, count in counted.items()}
    assert {line["amount"] for line in withheld} == {None}
    assert ask("head1", "/strategies?org=B2")[0] == 404


def test_follows_are_a_number_of_customers_and_the_groups_one_may_open(manager: Client, settings) -> None:
    from maisui.web.access.sealed import reference_of
    from maisui.web.groups.models import CustomerGroup
    from maisui.web.staff.models import StaffUser

    group = CustomerGroup.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code, owner=StaffUser.objects.get(username="manager1"), name="北街客户", rule={},
        members=[B1_PERSON, B2_PERSON], frozen_on="2026-03-31",
    )  # fmt: skip
    assert ask("manager1", "/follows") == (200, {"customer_count": 0, "groups": []})
    manager.post(f"/my-day/follow/customer/{reference_of(B1_PERSON)}/")
    manager.post(f"/my-day/follow/group/{group.pk}/")
    status, found = ask("manager1", "/follows")
    assert (status, found["customer_count"]) == (200, 1)
    assert [(one["number"], one["name"]) for one in found["groups"]] == [(group.pk, "北街客户")]
    CustomerGroup.objects.update(owner=StaffUser.objects.create(username="somebody else"))
    assert ask("manager1", "/follows")[1] == {"customer_count": 1, "groups": []}


def test_members_of_a_group_are_counted_by_outlet_and_few_are_left_out(manager: Client, settings) -> None:
    """Of everybody at home at B1 and below, only outlets with enough of them are told; a group of two, and of all but one, is refused."""
    from maisui.web.groups.models import CustomerGroup
    from maisui.web.staff.models import StaffUser

    owner = StaffUser.objects.get(username="manager1")
    homes = Counter(["B3", *(person.home for person in BY_NUMBER.values() if person.home in ("B1", "B3"))])
    own = {"legal_entity_code": settings.HOME.legal_entity_code, "owner": owner, "rule": {}, "frozen_on": "2026-03-31"}
    whole = CustomerGroup.objects.create(name="全部", members=sorted([*BY_NUMBER, UNNAMED]), **own)
    all_but_one = CustomerGroup.objects.create(name="除一户外", members=sorted(BY_NUMBER), **own)
    few = CustomerGroup.objects.create(name="两户", members=[B1_PERSON], **own)
    status, lines = ask("manager1", f"/groups/{whole.pk}/members")
    assert status == 200
    told = {line["organisation"]: line["customer_count"] for line in lines}
    assert told
    assert set(told) <= set(homes)
    assert all(5 <= count <= homes[code] for code, count in told.items())
    assert [ask("manager1", f"/groups/{group.pk}/members")[0] for group in (few, all_but_one)] == [400, 400]
    assert ask("manager1", f"/groups/{few.pk + 1}/members")[0] == 404
