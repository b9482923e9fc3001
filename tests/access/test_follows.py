"""Following: events of customers and groups reach one's day, only within scope and masked, until one ceases."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from customers_home import BY_NUMBER, customers_home
from django.test import Client
from web_home import signed_in_browser

from maisui.answers import Bank, follow_events

pytestmark = pytest.mark.django_db

B1_PERSON = next(number for number, person in BY_NUMBER.items() if person.home == "B1" and person.kind == "personal")
B2_PERSON = next(number for number, person in BY_NUMBER.items() if person.home == "B2")


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


def reference(number: str) -> str:
    from maisui.web.access.sealed import reference_of

    return reference_of(number)


def follow(client: Client, number: str = B1_PERSON) -> int:
    return client.post(f"/my-day/follow/customer/{reference(number)}/").status_code


def record_need(client: Client, number: str = B1_PERSON) -> None:
    client.post(f"/needs/of/{reference(number)}/new/", {"kind": "need", "came_by": "counter", "words": "换新存折", "at_stake": ""})


def told(client: Client) -> list[tuple[str, str]]:
    """Return kind and reference of the events in one's day."""
    return [(event.kind, event.code) for _, _, event in client.get("/my-day/").context["follow_events"]]


def open_follows():
    from maisui.web.follows.models import Follow

    return list(Follow.objects.filter(ended_at=None))


def test_what_happens_to_a_followed_customer_reaches_the_day_until_one_ceases(manager: Client) -> None:
    assert follow(manager) == 302
    assert follow(manager) == 302
    (one,) = open_follows()
    before = told(manager)
    record_need(manager)
    contact = {"kind": "visit", "happened_on": "2026-03-01", "outcome": "informed", "words": "送新存折"}
    manager.post(f"/customers/{reference(B1_PERSON)}/contact/", contact)
    assert sorted(told(manager)) == sorted([*before, ("need", "need"), ("contact", "visit")])
    page = manager.get("/my-day/").content.decode()
    assert "换新存折" in page
    assert BY_NUMBER[B1_PERSON].name not in page
    assert B1_PERSON not in page
    assert "已关注" in manager.get(f"/customers/{reference(B1_PERSON)}/").content.decode()
    assert manager.post(f"/my-day/follow/{one.pk}/end/").status_code == 302
    assert (open_follows(), told(manager)) == ([], [])


def test_nobody_follows_or_hears_of_whom_he_may_not_see(manager: Client) -> None:
    from maisui.web.audit.models import AuditRecord
    from maisui.web.follows.models import Follow

    assert follow(manager, B2_PERSON) == 404
    follow(manager)
    record_need(manager)
    (one,) = open_follows()
    other = signed_in_browser("manager2", ("customer_manager", "B2"))
    assert other.post(f"/my-day/follow/{one.pk}/end/").status_code == 404
    Follow.objects.update(customer_number=B2_PERSON)
    answer = manager.get("/my-day/")
    assert (answer.context["follows"], answer.context["follow_events"]) == ((), [])
    seen = [json.loads(found.details)["customers"] for found in AuditRecord.objects.filter(action="follow_list")]
    assert all(B2_PERSON not in customers for customers in seen)


def test_events_of_a_followed_group_are_those_of_its_customers_in_scope(manager: Client) -> None:
    from maisui.web.groups.models import CustomerGroup
    from maisui.web.staff.models import StaffUser

    group = CustomerGroup.objects.create(
        legal_entity_code="E0001",
        owner=StaffUser.objects.get(username="manager1"),
        name="老客户",
        rule={},
        members=[B1_PERSON, B2_PERSON],
        frozen_on="2026-03-31",
    )
    from django.conf import settings

    CustomerGroup.objects.filter(pk=group.pk).update(legal_entity_code=settings.HOME.legal_entity_code)
    record_need(manager)
    record_need(signed_in_browser("manager2", ("customer_manager", "B2")), B2_PERSON)
    assert told(manager) == []
    assert manager.post(f"/my-day/follow/group/{group.pk}/").status_code == 302
    assert told(manager).count(("need", "need")) == 1
    assert signed_in_browser("manager3", ("customer_manager", "B1")).post(f"/my-day/follow/group/{group.pk}/").status_code == 404


def test_movements_labels_and_cases_are_those_of_plain_comparison(bank: Bank) -> None:
    with bank.reader() as reader:
        days = [row[0] for row in reader.rows("SELECT DISTINCT business_date FROM customer_fact_month ORDER BY 1")][-2:]
        assets = {
            (number, day): value
            for number, day, value in reader.rows("SELECT customer_number, business_date, asset_average_balance FROM customer_fact_month")
        }
        labels: dict[tuple[str, object], set[str]] = {}
        for number, day, label in reader.rows("SELECT customer_number, business_date, label_code FROM customer_label"):
            labels.setdefault((number, day), set()).add(label)
        cases = reader.rows(
            "SELECT customer_number, case_code FROM alert_case WHERE customer_number IS NOT NULL AND period_on > ?", [days[0]]
        )
        found = follow_events(reader, BY_NUMBER, Decimal("0.01"))
    expected = {("case", number, code) for number, code in cases if number in BY_NUMBER}
    for number in BY_NUMBER:
        then, now = (assets.get((number, day)) for day in days)
        if then is None or now is None:
            continue
        if then != now:
            expected.add(("moved", number, str(now - then)))
        old, new = (labels.get((number, day), set()) for day in days)
        expected |= {("gained", number, label) for label in new - old} | {("lost", number, label) for label in old - new}
    assert {
        (one.kind, one.customer_number, str(one.amount) if one.kind == "moved" else one.case_code or one.code) for one in found
    } == expected
    assert {kind for kind, _, _ in expected} & {"moved", "gained", "lost"}
    with bank.reader() as reader:
        assert not [one for one in follow_events(reader, BY_NUMBER, Decimal("1e12")) if one.kind == "moved"]


def test_the_day_in_the_home_of_a_union_has_no_part_that_names_customers(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank's own people may sign in there, and what they may see of customers at home is not there."""
    follow(manager)
    parts = ("follows-title", "maturing-title", "tasks-title")
    own = manager.get("/my-day/").content.decode()
    assert [part for part in parts if f'id="{part}"' in own] == list(parts)
    monkeypatch.setattr("maisui.warehouse.home.Home.entity", property(lambda home: home.path / "entities" / home.legal_entity_code))
    monkeypatch.setattr("maisui.warehouse.home.Home.is_union", property(lambda _home: True))
    there = manager.get("/my-day/").content.decode()
    assert [part for part in parts if f'id="{part}"' in there] == []
    assert 'id="mine-title"' in there
