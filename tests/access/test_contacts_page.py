"""Contacts with all customers as a list: within scope, filtered, masked, recorded, acted on, taken out, and counted by program."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from customers_home import BY_NUMBER, OWN_NAME, customers_home
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from web_home import signed_in_browser, token_of

from maisui.answers import Bank
from maisui.web.access.sealed import reference_of

pytestmark = pytest.mark.django_db
B1_PERSON, B1_OTHER = [number for number, person in BY_NUMBER.items() if person.home == "B1" and person.kind == "personal"][:2]
B2_PERSON = next(number for number, person in BY_NUMBER.items() if person.home == "B2" and person.kind == "personal")
B1_FIRM = next(number for number, person in BY_NUMBER.items() if person.home == "B1" and person.kind == "corporate")


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def manager() -> Client:
    """Return the browser of a customer manager of B1 who wrote three contacts, beside one of B2 who wrote one."""
    mine = signed_in_browser("manager1", ("customer_manager", "B1"))
    theirs = signed_in_browser("manager2", ("customer_manager", "B2"))
    write(mine, B1_PERSON, "甲事已谈妥", outcome="agreed")
    write(mine, B1_OTHER, "乙事再联系", kind="telephone", days_ago=10)
    write(mine, B1_FIRM, "丙事去年谈过", days_ago=200)
    write(theirs, B2_PERSON, "丁事在别处")
    return mine


def write(client: Client, number: str, words: str, *, kind: str = "visit", outcome: str = "informed", days_ago: int = 0) -> None:
    form = {"kind": kind, "outcome": outcome, "words": words, "happened_on": f"{timezone.localdate() - timedelta(days=days_ago)}"}
    assert client.post(f"/customers/{reference_of(number)}/contact/", form).status_code == 302


def listed(client: Client, query: str = "") -> list[str]:
    """Return the first letters of what the page lists."""
    page = client.get(f"/contacts/?{query}")
    assert page.status_code == 200
    text = page.content.decode()
    assert not [
        number
        for number, person in BY_NUMBER.items()
        if number in text or (person.kind == "personal" and person.name in text.replace(OWN_NAME, ""))
    ]
    return [word[0] for word in ("甲事已谈妥", "乙事再联系", "丙事去年谈过", "丁事在别处") if word in text]


def looks(action: str) -> list[dict]:
    from maisui.web.audit.models import AuditRecord

    return [json.loads(found.details) for found in AuditRecord.objects.filter(action=action).order_by("sequence")]


def test_the_last_ninety_days_of_ones_own_organisations_are_listed_and_each_look_is_recorded(manager: Client) -> None:
    assert listed(manager) == ["甲", "乙"]
    assert sorted(looks("contact_list")[-1]["customers"]) == sorted([B1_PERSON, B1_OTHER])
    assert listed(signed_in_browser("manager3", ("customer_manager", "B2"))) == ["丁"]
    assert listed(signed_in_browser("analyst1", ("department_analyst", ""))) == ["甲", "乙", "丁"]
    assert manager.get("/contacts/?org=B2").status_code == 404
    assert signed_in_browser("teller1", ("teller", "B1")).get("/contacts/").status_code == 403


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("way=visit", ["甲"]),
        ("outcome=informed", ["乙"]),
        ("way=counter", []),
        (f"from={timezone.localdate() - timedelta(days=300)}", ["甲", "乙", "丙"]),
        (f"from={timezone.localdate() - timedelta(days=300)}&kind=corporate", ["丙"]),
        (f"until={timezone.localdate() - timedelta(days=5)}", ["乙"]),
        ("person=manager1", ["甲", "乙"]),
        ("person=manager2", []),
        ("whose=me", []),
    ],
)
def test_filters_narrow_the_list(manager: Client, query: str, left: list[str]) -> None:
    """Nobody of the fixture has an employee number, so that he looks after nobody."""
    assert listed(manager, query) == left


@pytest.mark.parametrize("query", ["way=dance", "kind=x", "outcome=x", "whose=x", "from=soon", "from=2026-03-02&until=2026-03-01"])
def test_what_means_nothing_is_refused(manager: Client, query: str) -> None:
    assert manager.get(f"/contacts/?{query}").status_code == 400


def test_one_customer_is_found_by_his_number_and_stands_sealed_in_the_address(manager: Client) -> None:
    answer = manager.post("/contacts/find/?way=visit", {"customer_number": B1_PERSON})
    assert answer["Location"] == f"/contacts/?customer={reference_of(B1_PERSON)}&way=visit"
    assert listed(manager, f"customer={reference_of(B1_PERSON)}") == ["甲"]
    assert manager.post("/contacts/find/", {"customer_number": B2_PERSON})["Location"] == "/contacts/?"
    assert listed(manager, f"customer={reference_of(B2_PERSON)}") == []
    assert (
        f"/contacts/?customer={reference_of(B1_PERSON)}"
        in manager.get(f"/customers/{reference_of(B1_PERSON)}/?tab=archive").content.decode()
    )


def test_the_list_is_taken_out_as_it_stands_and_only_by_who_may(manager: Client) -> None:
    assert manager.get("/contacts/export.xlsx").status_code == 403
    head = signed_in_browser("head1", ("branch_manager", "B1"))
    answer = head.get("/contacts/export.xlsx?way=visit")
    book = load_workbook(BytesIO(answer.getvalue()))
    rows = [[cell for cell in row if cell is not None] for sheet in book for row in sheet.iter_rows(values_only=True)]
    text = "\n".join(str(cell) for row in rows for cell in row)
    assert "甲事已谈妥" in text
    assert "乙事再联系" not in text
    assert B1_PERSON not in text
    assert BY_NUMBER[B1_PERSON].name not in text
    assert looks("contact_export")[-1]["customers"] == [B1_PERSON]


def test_all_customers_of_the_list_become_a_group_each_once(manager: Client) -> None:
    from maisui.web.groups.models import CustomerGroup

    write(manager, B1_PERSON, "甲事再谈一次")
    answer = manager.post("/contacts/chosen/?way=visit", {"act": "group", "whole": "yes", "group_name": "见过的"})
    group = CustomerGroup.objects.get()
    assert answer["Location"] == f"/customer-groups/{group.pk}/"
    assert group.members == [B1_PERSON]


def test_by_program_contacts_are_counted_and_few_are_withheld(manager: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from maisui.web.api import contacts
    from maisui.web.staff.models import StaffUser

    del manager
    signed_in_browser("president1", ("bank_president", ""))
    token = token_of(StaffUser.objects.get(username="president1"))

    def ask(query: str = "") -> list[dict]:
        answer = Client().get(f"/api/contacts{query}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 200
        return json.loads(answer.content)

    assert {(line["way"], line["outcome"], line["contact_count"]) for line in ask()} == {
        ("visit", "agreed", None),
        ("visit", "informed", None),
        ("telephone", "informed", None),
    }
    monkeypatch.setattr(contacts, "fewest_shown", lambda _: 1)
    assert {(line["way"], line["outcome"]): (line["contact_count"], line["customer_count"]) for line in ask("?org=B1")} == {
        ("visit", "agreed"): (1, 1),
        ("telephone", "informed"): (1, 1),
    }
    assert Client().get("/api/contacts?kind=x", headers={"Authorization": f"Bearer {token}"}).status_code == 400
