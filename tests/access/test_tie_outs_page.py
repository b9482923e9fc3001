"""The page of tie-outs: who may open it, what it says of a bank that ties, and what it never shows."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from web_home import BRANCH, LAST_DAY, make_person, sign_in, web_home

from maisui.answers import Bank, tie_accounts, tie_day, tie_outlets, tied_days
from maisui.web.audit.models import AuditRecord

pytestmark = pytest.mark.django_db
DEPOSITS = "2011"


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("data_engineer", "", 200),
        ("bank_president", "", 200),
        ("data_engineer", BRANCH, 403),
        ("branch_manager", "", 403),
        ("teller", "", 403),
    ],
)
def test_tie_outs_are_for_whoever_answers_for_the_whole_bank(client: Client, role: str, organisation: str, status: int) -> None:
    sign_in(client, make_person("somebody", (role, organisation)))
    assert client.get("/tie-outs/").status_code == status
    assert client.get("/tie-outs/export.xlsx").status_code == status


def test_the_page_answers_its_question_and_lists_covered_and_uncovered_subjects(client: Client) -> None:
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    text = client.get("/tie-outs/").content.decode()
    bank = Bank(web_home())
    with bank.reader() as reader:
        days = tied_days(reader)
        found = tie_day(reader, days[0].day)
        outlets = tie_outlets(reader, days[0].day, DEPOSITS)

    assert days[0].day == LAST_DAY
    assert {line.subject for line in found.covered} == {DEPOSITS, "1303"}
    assert sum(line.difference for line in outlets) == 0
    assert sum(line.ledger for line in outlets) == next(line.ledger for line in found.covered if line.subject == DEPOSITS)
    for line in (*found.covered, *found.uncovered):
        assert line.subject in text


def test_accounts_are_masked_recorded_and_only_for_who_may_see_customers(client: Client) -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        accounts = tie_accounts(reader, LAST_DAY, DEPOSITS, BRANCH)
    assert accounts
    address = f"/tie-outs/?day={LAST_DAY}&subject={DEPOSITS}&organisation={BRANCH}"

    sign_in(client, make_person("engineer", ("data_engineer", "")))
    text = client.get(address).content.decode()
    assert not any(line.account_number in text for line in accounts)
    assert not AuditRecord.objects.filter(action="tie_accounts").exists()

    other = Client()
    sign_in(other, make_person("president", ("bank_president", "")))
    text = other.get(address).content.decode()
    assert not any(line.account_number in text for line in accounts)
    assert "***" in text
    (record,) = AuditRecord.objects.filter(action="tie_accounts")
    assert json.loads(record.details)["rows"] == len(accounts)


def test_the_workbook_holds_controls_and_subjects(client: Client) -> None:
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    content = client.get("/tie-outs/export.xlsx").content
    with ZipFile(BytesIO(content)) as book:
        text = book.read("xl/sharedStrings.xml").decode()
    assert "deposit_equals_ledger" in text
    assert DEPOSITS in text


@pytest.mark.parametrize(
    "query", ["?day=x", "?day=2026-13-01", "?subject=' OR 1=1--", "?subject=" + "x" * 5000, "?organisation=%00&subject=2011"]
)
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    sign_in(client, make_person("somebody", ("bank_president", "")))
    assert client.get(f"/tie-outs/{query}").status_code == 200
