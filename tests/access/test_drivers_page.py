"""The page of drivers and its route: the figures of `ask` at both days, taken apart within what the viewer may see."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pytest
from access.test_interface import get, token_for
from openpyxl import load_workbook
from web_home import BRANCH, OTHER_BRANCH, signed_in, web_home

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("split", ["child", "product", "customer_kind"])
@pytest.mark.parametrize("metric", ["deposit_balance", "loan_to_deposit_ratio", "deposit_average_daily_balance"])
def test_the_lines_add_up_to_what_the_command_line_compares(metric: str, split: str) -> None:
    from example_home import tell

    found = get(f"drivers/{metric}", token_for(("bank_president", "")), by=split, compare="previous_month").json()
    (row,) = tell("ask", metric, "--compare", "previous_month", "--json", "--home", str(web_home())).json["rows"]
    assert (found["value"], found["base"], found["change"]) == (row["value"], row["base_value"], row["change"])
    assert sum(Decimal(line["effect"]) for line in found["drivers"]) == Decimal(row["change"])


def test_a_line_is_taken_apart_further() -> None:
    token = token_for(("bank_president", ""))
    kinds = get("drivers/deposit_balance", token, by="customer_kind").json()
    personal = next(line for line in kinds["drivers"] if line["code"] == "personal")
    further = get("drivers/deposit_balance", token, by="product", within="customer_kind:personal").json()
    assert further["change"] == personal["effect"]
    assert (further["narrowed_by"], further["split"]) == (["customer_kind"], "product")


@pytest.mark.parametrize(
    "query",
    [
        {"by": "colour"},
        {"by": "tier"},
        {"within": "channel"},
        {"within": "colour:red"},
        {"by": "product", "within": "product:P1"},
        {"by": "currency", "within": ["product:P1", "product_group:G", "product_line:L", "customer_kind:personal"]},
    ],
)
def test_what_does_not_add_up_is_refused_in_words(query: dict[str, str]) -> None:
    found = get("drivers/deposit_balance", token_for(("bank_president", "")), **query)
    assert found.status_code == 400
    assert set(found.json()) == {"what", "where", "next"}


def test_the_page_shows_the_change_and_leads_further_down() -> None:
    page = signed_in("bank_president").get("/drivers/?split=customer_kind")
    assert page.status_code == 200
    text = page.content.decode()
    assert "within=customer_kind%3Apersonal" in text
    assert "100.0%" in text


def test_an_outlet_is_taken_apart_by_something_other_than_itself() -> None:
    """Nothing is below it: as its own only line it would say that it moved because it moved."""
    president = signed_in("bank_president")
    reason = president.get(f"/drivers/?org={BRANCH}").context["reason"].value
    assert BRANCH not in {line.driver.code for line in reason.lines}
    whole = president.get("/drivers/").context["reason"].value
    assert BRANCH in {line.driver.code for line in whole.lines}
    asked = president.get(f"/drivers/?org={BRANCH}&split=child").context["reason"].value
    assert [line.driver.code for line in asked.lines] == [BRANCH]
    its_own = signed_in("branch_manager", BRANCH, username="manager").get("/drivers/").context["reason"].value
    assert BRANCH not in {line.driver.code for line in its_own.lines}, "nor for its manager, whose address names none"


@pytest.mark.parametrize(("language", "unit"), [("zh-hans", "pp"), ("en", " pp")])
def test_effects_on_a_share_are_percentage_points_and_no_per_cent(language: str, unit: str) -> None:
    page = signed_in("bank_president", language=language).get("/drivers/?metric=loan_to_deposit_ratio&split=customer_kind")
    moved = page.context["reason"].value.movement
    cells = dict(re.findall(r'<data class="figure" value="([^"]*)"[^>]*>([^<]*)', page.content.decode()))
    assert all(cells[str(part)].endswith(unit) for one in moved.drivers for part in (one.effect, one.mix, one.rate))
    assert cells[str(moved.change)].endswith(unit)


def test_a_metric_that_nothing_takes_apart_says_so() -> None:
    page = signed_in("bank_president").get("/drivers/?metric=largest_borrower_ratio")
    assert page.status_code == 200
    assert "无从归因" in page.content.decode() or "only one for the whole bank" in page.content.decode()


@pytest.mark.parametrize("query", ["metric=colour", "split=colour", "within=colour", "within=colour:red", "org=nowhere"])
def test_odd_addresses_are_answered_in_words(query: str) -> None:
    assert signed_in("bank_president").get(f"/drivers/?{query}").status_code in (200, 400, 404)


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/drivers/?org={BRANCH}").status_code == 200
    for page in ("", "export.xlsx"):
        assert manager.get(f"/drivers/{page}?org={OTHER_BRANCH}").status_code == 404
    assert get("drivers/deposit_balance", token_for(("branch_manager", BRANCH)), org=OTHER_BRANCH).status_code == 404


def test_the_workbook_holds_every_line_and_the_whole() -> None:
    book = signed_in("bank_president").get("/drivers/export.xlsx?metric=loan_to_deposit_ratio&split=product")
    assert book.status_code == 200
    rows = list(load_workbook(BytesIO(book.content), data_only=True).worksheets[0].iter_rows(values_only=True))
    found = get("drivers/loan_to_deposit_ratio", token_for(("bank_president", "")), by="product").json()
    shown = {row[0]: row for row in rows if row[0]}
    for line in found["drivers"]:
        assert Decimal(str(shown[line["code"]][4])) == pytest.approx(Decimal(line["effect"]))
