"""The customer list narrowed by conditions: whom it shows to whom, sums and label counts, and that a list taken out keeps them."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from customers_home import customers_home
from web_home import signed_in

from maisui.answers import Bank

pytestmark = pytest.mark.django_db
LIST = "/customers/"
QUALITY = {"id": "c1", "field": "label", "is": "is", "value": "potential_quality"}
NO_LOAN = {"id": "c2", "field": "loan_balance", "is": "at_most", "value": "0"}


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def rule(*conditions: dict[str, str], join: str = "all") -> str:
    return json.dumps({"id": "r", "join": join, "of": list(conditions)})


def holders(bank, condition: str, top: str | None = None) -> list[tuple[str, Decimal]]:
    """Return who holds an open account and meets a condition on his person `p`, with his deposits; counted apart from the list."""
    with bank.reader() as reader:
        day = reader.manifest.reporting_date
        return [
            (number, deposits)
            for number, deposits in reader.rows(
                "SELECT c.customer_number, coalesce(m.deposit_balance, 0) FROM customer AS c "
                "INNER JOIN customer AS p ON p.customer_number = c.person_customer_number "
                "LEFT JOIN customer_month AS m ON m.customer_number = c.customer_number AND m.month_start = date_trunc('month', CAST(? AS DATE)) "
                "WHERE c.customer_number IN (SELECT customer_number FROM customer_relation WHERE relation = 'holder' AND valid_from <= ? "
                f"AND (valid_until IS NULL OR valid_until > ?)) AND ({condition}) AND (? IS NULL OR c.home_organisation_code IN "
                "(SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)) ORDER BY 1",
                [day, day, day, top, top],
            )
        ]


def labelled(label: str) -> str:
    return f"p.customer_number IN (SELECT customer_number FROM customer_label WHERE label_code = '{label}' AND business_date = (SELECT max(business_date) FROM customer_label))"


def shown(page: str) -> int:
    found = re.search(r'id="customers-title">客户<small>([\d,]+) 户', page)
    assert found, page
    return int(found[1].replace(",", ""))


def looks() -> list[dict[str, object]]:
    from maisui.web.audit.models import AuditRecord

    return [json.loads(one.details) for one in AuditRecord.objects.filter(action="customer_list").order_by("sequence")]


def test_conditions_narrow_the_list_and_its_sums(bank) -> None:
    wanted = holders(bank, f"{labelled('potential_quality')}")
    page = signed_in("bank_president").get(LIST, {"rule": rule(QUALITY)}).content.decode()
    assert 0 < len(wanted) < len(holders(bank, "true"))
    assert shown(page) == len(wanted)
    assert f"{sum(deposits for _, deposits in wanted):,.2f}" in page
    assert "带有标签 潜在优质" in page
    look = looks()[-1]
    assert set(look["customers"]) <= {number for number, _ in wanted}
    assert look["rule"]["of"][0]["value"] == "potential_quality"


def test_conditions_may_be_joined_either_way(bank) -> None:
    client = signed_in("bank_president")
    both = shown(client.get(LIST, {"rule": rule(QUALITY, NO_LOAN)}).content.decode())
    either = shown(client.get(LIST, {"rule": rule(QUALITY, NO_LOAN, join="any")}).content.decode())
    neither = shown(client.get(LIST, {"rule": rule(QUALITY, NO_LOAN, join="none")}).content.decode())
    everybody = len(holders(bank, "true"))
    quality = len(holders(bank, labelled("potential_quality")))
    assert both <= quality <= either
    assert either + neither == everybody


def test_labels_are_counted_among_those_listed(bank) -> None:
    """Whoever has a loan is left in: the number beside the label is that of the narrowed list, not of the bank."""
    with_loan = {"id": "c1", "field": "loan_balance", "is": "at_least", "value": "0.01"}
    page = signed_in("bank_president").get(LIST, {"rule": rule(with_loan)}).content.decode()
    owing = "p.customer_number IN (SELECT customer_number FROM customer_fact_month WHERE loan_balance > 0 AND business_date = "
    owing += "(SELECT max(business_date) FROM customer_fact_month))"
    wanted = len(holders(bank, f"{labelled('potential_quality')} AND {owing}"))
    assert wanted > 0
    assert re.search(rf">潜在优质 <small>{wanted}</small>", page)


def test_a_condition_is_added_and_taken_out_by_the_address() -> None:
    client = signed_in("bank_president")
    added = client.get(LIST, {"kind": "personal", "into": "r", "field": "asset_average_balance", "is": "at_least", "value": "100,000"})
    assert added.status_code == 302
    page = client.get(added["Location"]).content.decode()
    assert "不低于 10万元" in page or "不低于 100,000" in page
    assert "kind=personal" in added["Location"]
    assert client.get(f"{LIST}?{urlencode({'kind': 'personal'})}").status_code == 200
    assert f'href="?{urlencode({"kind": "personal"})}" title="去掉条件"' in page


def test_a_branch_manager_narrows_his_own_customers_only(bank) -> None:
    page = signed_in("branch_manager", "B1").get(LIST, {"rule": rule(QUALITY)}).content.decode()
    assert shown(page) == len(holders(bank, labelled("potential_quality"), "B1")) < len(holders(bank, labelled("potential_quality")))


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '{"id":"r","join":"all","of":[{"id":"c1","field":"phone_number","is":"is","value":"1"}]}',
        '{"id":"r","join":"all","of":[' * 50,
    ],
    ids=["words", "list", "no such field", "too deep"],
)
def test_conditions_that_mean_nothing_are_refused_in_words(text: str) -> None:
    answer = signed_in("bank_president").get(LIST, {"rule": text})
    assert answer.status_code == 400
    assert looks() == []


def test_a_list_taken_out_keeps_its_conditions(bank) -> None:
    from maisui.web.customers.models import CustomerExport

    client = signed_in("bank_president")
    query = urlencode({"rule": rule(QUALITY)})
    assert "带有标签 潜在优质" in client.get(f"/customers/exports/?{query}").content.decode()
    client.post(f"/customers/exports/new/?{query}", {"reason": "潜在优质回访", "field": ["customer_number", "asset_average_balance"]})
    asked = CustomerExport.objects.latest("pk")
    assert asked.row_count == len(holders(bank, labelled("potential_quality")))
    assert asked.filters["rule"]["of"][0]["value"] == "potential_quality"
