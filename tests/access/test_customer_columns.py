"""More columns of the customer list, search by the end of a telephone number, and one's own customers; all of it in the address."""

from __future__ import annotations

import re

import pytest
from customers_home import PEOPLE, customers_home
from django.test import Client
from web_home import signed_in

from maisui.answers import CUSTOMER_COLUMNS, Bank

pytestmark = pytest.mark.django_db
COLUMNS = "col=idle_day_count&col=product_group_count"


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank: Bank) -> None:
    settings.BANK, settings.HOME = bank, bank.home


def browser(role: str, organisation: str = "", employee_number: str = "") -> Client:
    return signed_in(role, organisation, username=f"{role}{organisation}", employee_number=employee_number)


def rows(page: str) -> list[list[str]]:
    """Return the cells of the rows of customers, as text."""
    body = page.split("</thead>")[1].split("</table>", maxsplit=1)[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in found]


def test_columns_chosen_stand_last_in_order_of_the_registry_and_every_row_has_them(bank: Bank) -> None:
    """Held to the facts of each person; the row of sums keeps its place, since facts of persons are not added up."""
    from maisui.web.access.sealed import customer_of

    with bank.reader() as reader:
        known = {
            number: (idle, groups)
            for number, idle, groups in reader.rows(
                "SELECT c.customer_number, f.idle_day_count, f.product_group_count FROM customer AS c INNER JOIN customer_fact_month AS f "
                "ON f.customer_number = c.person_customer_number AND f.business_date = ?",
                [reader.manifest.reporting_date],
            )
        }
    answer = browser("bank_president").get(f"/customers/?{COLUMNS}&sort=-product_group_count")
    assert [column["name"].zh for column in answer.context["columns"]][-2:] == [
        "距最近主动交易的天数（从未交易的自首次开户或历史首日起）",
        "持有产品组数",
    ]
    shown = [row for row, *_ in answer.context["rows"]]
    assert shown
    for row in shown:
        assert (row.columns["idle_day_count"], row.columns["product_group_count"]) == known[customer_of(row.reference)]
    groups = [row.columns["product_group_count"] for row in shown]
    assert groups == sorted(groups, reverse=True)
    assert len({len(row) for row in rows(answer.content.decode())}) == 1, "sums and customers have as many cells"


def test_no_more_than_six_columns_and_none_that_is_not_there() -> None:
    client = browser("bank_president")
    many = client.get("/customers/?" + "&".join(f"col={code}" for code in CUSTOMER_COLUMNS)).context["state"]
    assert many.columns == tuple(CUSTOMER_COLUMNS)[:6]
    assert client.get("/customers/?col=phone_number&col=1%27").context["state"].columns == ()
    assert client.get("/customers/?sort=-phone_number").status_code == 400


def test_a_list_taken_out_offers_the_columns_shown_and_no_others() -> None:
    offered = [code for code, _ in browser("bank_president").get(f"/customers/exports/?{COLUMNS}").context["fields"]]
    assert offered[-2:] == ["idle_day_count", "product_group_count"]
    assert "inflow_amount" not in offered


def test_the_end_of_a_telephone_number_finds_its_customer_and_stands_nowhere() -> None:
    client, one = browser("customer_manager", "B1"), next(person for person in PEOPLE if person.home == "B1")
    other = next(person for person in PEOPLE if person.home == "B2")
    for person, count in ((one, 1), (other, 0)):
        address = client.post("/customers/search/", {"by": "phone", "words": person.phone[-6:]}).headers["Location"]
        page = client.get(address)
        assert page.context["found"].total_count == count
        assert person.phone[-6:] not in address + page.content.decode()
    few = client.post("/customers/search/", {"by": "phone", "words": one.phone[-3:]}, follow=True)
    assert "电话请填后 4 位或更多" in few.content.decode()


def test_ones_own_customers_are_one_press_away_for_who_has_an_employee_number() -> None:
    assert browser("customer_manager", "B1").get("/customers/").context["mine_query"] == ""
    manager = browser("customer_manager", "B2", employee_number="M77")
    address = manager.get("/customers/").context["mine_query"]
    page = manager.get(f"/customers/?{address}")
    assert "客户经理 M77" in page.content.decode()
    assert (page.context["found"].total_count, page.context["mine_query"]) == (0, "")
