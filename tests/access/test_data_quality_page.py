"""The page of data quality and the calendar of deliveries: who may ask, what they are told, and no customer's value."""

from __future__ import annotations

import pytest
from customers_home import UNNAMED, customers_home
from django.test import Client
from web_home import BRANCH, LAST_DAY, make_person, sign_in, web_home

from maisui.answers import Bank, data_quality, delivery_calendar, orphan_files

pytestmark = pytest.mark.django_db
ADDRESSES = ("/quality/", "/quality/?kind=personal&fact=phone", f"/quality/?check=account_customer&organisation={BRANCH}")


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
def test_quality_is_for_whoever_answers_for_the_whole_bank(client: Client, role: str, organisation: str, status: int) -> None:
    sign_in(client, make_person("somebody", (role, organisation)))
    assert [client.get(address).status_code for address in ADDRESSES] == [status] * len(ADDRESSES)


def test_the_page_shows_every_fact_and_no_customer(client: Client) -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        found = data_quality(reader)
        numbers = [row[0] for row in reader.rows("SELECT customer_number FROM customer")]
    assert {one.kind for one in found.completeness} >= {"personal"}
    assert all(one.filled <= one.customers and one.valid <= one.checked <= one.filled for one in found.completeness)

    sign_in(client, make_person("somebody", ("data_engineer", "")))
    texts = [client.get(address).content.decode() for address in ADDRESSES]
    for one in found.completeness:
        assert f"?kind={one.kind}&amp;fact={one.fact}#homes" in texts[0]
    assert not any(f">{number}<" in text for number in numbers for text in texts)


def test_a_key_that_hangs_in_the_air_leads_to_its_lines_and_is_never_shown(client: Client, settings) -> None:
    bank = Bank(customers_home())
    settings.BANK, settings.HOME = bank, bank.home
    with bank.reader() as reader:
        (found,) = [one for one in data_quality(reader).orphans if one.kind.code == "account_customer"]
        files = orphan_files(reader, check=found.kind.code, organisation=found.organisation)
    assert sum(file.count for file in files) == found.rows

    sign_in(client, make_person("somebody", ("data_engineer", "")))
    link = f"?check=account_customer&amp;organisation={found.organisation}#lines"
    assert link in client.get("/quality/").content.decode()
    text = client.get("/quality/", {"check": "account_customer", "organisation": found.organisation}).content.decode()
    assert all(f"/data/file/{file.file_id}/" in text for file in files)
    assert UNNAMED not in text


@pytest.mark.parametrize(
    "query", ["?kind=x&fact=phone", "?kind=personal&fact=' OR 1=1--", "?check=x&organisation=B1", "?check=organisation&organisation=%00"]
)
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    assert client.get(f"/quality/{query}").status_code == 200


@pytest.mark.parametrize("month", ["2026-02", "x", "2026-13", "9999-12", "2026-03-01", "\0"])
def test_the_calendar_answers_any_month(client: Client, month: str) -> None:
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    assert client.get("/data/", {"month": month}).status_code == 200


def test_a_day_of_the_calendar_leads_to_its_file(client: Client) -> None:
    bank = Bank(web_home())
    with bank.reader() as reader:
        found = delivery_calendar(reader, (), None)
    assert found.days[-1] == LAST_DAY
    (cell,) = [cell for row in found.rows if row.feed == "ACCT" for cell in row.cells if cell.day == LAST_DAY]
    sign_in(client, make_person("somebody", ("data_engineer", "")))
    assert f"/data/file/{cell.file_id}/" in client.get("/data/").content.decode()
