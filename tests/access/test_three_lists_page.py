"""The three lists: whom they show to whom, that they tie with the metrics, what is recorded, and that nothing personal stands in them."""

from __future__ import annotations

import io
import json
import re

import pytest
from customers_home import BY_NUMBER, customers_home
from django.test import Client
from openpyxl import load_workbook
from web_home import make_person, sign_in, signed_in, without_tokens

from maisui.answers import Bank, Question, ask

pytestmark = pytest.mark.django_db
LIST = "/three-lists/"


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


def records(action: str):
    from maisui.web.audit.models import AuditRecord

    return list(AuditRecord.objects.filter(action=action).order_by("sequence"))


def bearers(bank, label: str, organisation: str | None = None) -> list[str]:
    """Return who bears a label on the last day, at home at or below an organisation, the largest amounts first."""
    with bank.reader() as reader:
        return [
            number
            for (number,) in reader.rows(
                "SELECT customer_number FROM customer_label WHERE label_code = ? AND reason_rank = 1 AND business_date = ? AND (? IS NULL OR "
                "organisation_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)) ORDER BY reason_amount DESC, 1",
                [label, reader.manifest.reporting_date, organisation, organisation],
            )
        ]


def test_each_list_ties_with_its_metrics(bank) -> None:
    client = signed_in("bank_president")
    for label in ("important_contribution", "potential_quality", "attention", "silently_leaving"):
        page = client.get(LIST, {"list": label}).content.decode()
        with bank.reader() as reader:
            count = ask(reader, Question(f"{label}_customer_count")).rows[0].value or 0
        assert int(count) == len(bearers(bank, label))
        assert f"{int(count)} 户" in page
        assert "不一致" not in page
    assert bearers(bank, "important_contribution"), "the home has somebody to show"
    assert bearers(bank, "potential_quality")


def test_a_manager_sees_his_organisations_only(bank) -> None:
    client = signed_in("branch_manager", "B1")
    page = client.get(LIST, {"list": "potential_quality"})
    wanted = bearers(bank, "potential_quality", "B1")
    assert 0 < len(wanted) < len(bearers(bank, "potential_quality"))
    assert f"{len(wanted)} 户" in page.content.decode()
    assert json.loads(records("label_list")[-1].details)["customers"] == wanted
    assert client.get(LIST, {"org": "B2"}).status_code == 404
    assert client.get(LIST, {"org": "nowhere"}).status_code == 404


def test_nothing_personal_stands_whole_in_a_list_or_its_workbook(bank) -> None:
    client = signed_in("bank_president")
    page = without_tokens(client.get(LIST, {"list": "potential_quality"}).content).decode()
    book = client.get(f"{LIST}export.xlsx", {"list": "potential_quality"})
    assert book.status_code == 200
    sheet = load_workbook(io.BytesIO(book.content)).active
    cells = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    wanted = bearers(bank, "potential_quality")
    for number in wanted:
        person = BY_NUMBER[number]
        personal = [number, person.certificate, *([person.name] if person.kind == "personal" else [])]
        assert not [value for value in personal if value in page or value in cells]
    assert sheet.max_row == 4 + len(wanted) + 1, "title, stamp, blank, headings, every customer, total"
    assert json.loads(records("label_export")[-1].details)["customers"] == wanted


def test_a_list_is_taken_out_only_where_one_may_take_customers_out(bank) -> None:
    """He looks at the whole bank as one role and takes out of one branch as another: the workbook holds that branch."""
    client = Client()
    sign_in(client, make_person("both", ("customer_manager", ""), ("branch_manager", "B1")))
    assert client.get(f"{LIST}export.xlsx", {"list": "potential_quality"}).status_code == 200
    wanted = bearers(bank, "potential_quality", "B1")
    assert json.loads(records("label_export")[-1].details)["customers"] == wanted
    assert 0 < len(wanted) < len(bearers(bank, "potential_quality"))
    assert client.get(f"{LIST}export.xlsx", {"list": "potential_quality", "org": "B2"}).status_code == 404


def test_whoever_may_not_export_or_see_customers_is_refused(bank) -> None:
    del bank
    manager = signed_in("customer_manager", "B1", username="manager2")
    assert manager.get(LIST).status_code == 200
    assert manager.get(f"{LIST}export.xlsx").status_code == 403
    assert signed_in("union_leader", username="leader1").get(LIST).status_code == 403


@pytest.mark.parametrize("query", [{"list": "nothing"}, {"reason": "overdue"}, {"list": "attention", "reason": "no_such"}])
def test_a_list_or_reason_that_means_nothing_says_what_would(query: dict[str, str]) -> None:
    page = signed_in("bank_president").get(LIST, query)
    assert page.status_code == 400
    assert b"important_contribution" in page.content or b"year_contribution" in page.content or b"guarantee_circle" in page.content


def test_a_reason_narrows_the_list_and_the_page_speaks_english(bank) -> None:
    client = signed_in("bank_president", language="en")
    page = client.get(LIST, {"list": "potential_quality", "reason": "loans_without_deposits"}).content.decode()
    assert f"{len(bearers(bank, 'potential_quality'))} customers" in page
    assert "Borrows, keeps little" in page
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"第\d+号合作社|网点|某|<svg onload[^<]*|[^<>]*合作社|[一-鿿]+\*+", "", main))
