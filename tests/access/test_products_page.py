"""The pages of products: figures are those that `ask` gives, the same at every level, and nobody sees another outlet."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.conf import settings
from web_home import BRANCH, OTHER_BRANCH, make_person, signed_in

from maisui.answers import Question
from maisui.answers.product_months import LEVELS
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.state import State
from maisui.web.pages.products.catalogue import Catalogue, catalogue
from maisui.web.staff.viewer import viewer_of

pytestmark = pytest.mark.django_db


def gateway_of(role: str, organisation: str = "") -> Gateway:
    person = make_person(f"{role}-{organisation}".lower(), (role, organisation))
    return Gateway(settings.BANK, viewer_of(person.user, settings.HOME.legal_entity_code))


def whole_catalogue(gateway: Gateway) -> Catalogue:
    fresh = gateway.freshness()
    assert fresh is not None
    return catalogue(gateway, State(), fresh.reporting_date, level="product")


@pytest.mark.parametrize("query", ["", "?split=line", "?split=product", "?sort=%2Bbalance", "?period=year", "?compare=none"])
def test_every_state_of_the_catalogue_has_its_page(query: str) -> None:
    page = signed_in("bank_president").get(f"/products/{query}")
    assert page.status_code == 200
    assert "产品目录" in page.content.decode()


def test_balances_of_groups_are_those_of_the_metrics() -> None:
    gateway = gateway_of("bank_president")
    shown = {line.path[-1]: line.values["balance"] for line in whole_catalogue(gateway).on("group")}
    asked = {
        row.dimensions["product_group"]: row.value
        for code in ("deposit_balance", "loan_balance")
        for row in gateway.ask(Question(code, ("product_group",))).rows
    }
    assert asked
    assert {code: shown[code] for code in asked} == asked


def test_holders_of_groups_are_those_of_the_metric() -> None:
    gateway = gateway_of("bank_president")
    shown = {line.path[-1]: line.values["holders"] for line in whole_catalogue(gateway).on("group")}
    asked = {row.dimensions["product_group"]: row.value for row in gateway.ask(Question("product_holder_count", ("product_group",))).rows}
    assert asked
    assert {code: shown[code] for code in asked} == asked


def test_products_add_up_to_groups_and_groups_to_lines() -> None:
    found = whole_catalogue(gateway_of("bank_president"))
    by_path = {line.path: line.values["balance"] for line in found.lines}
    checked = 0
    for path, balance in by_path.items():
        below = [value for other, value in by_path.items() if other[:-1] == path and value is not None]
        if below:
            checked += 1
            assert balance == sum(below, Decimal(0))
    assert checked


def test_averages_are_those_of_the_metric_at_every_level() -> None:
    gateway = gateway_of("bank_president")
    shown = {line.path[-1]: line.values["average"] for line in whole_catalogue(gateway).on("line")}
    row = gateway.ask(Question("deposit_average_daily_balance", ("product_line",))).rows[0]
    assert shown[row.dimensions["product_line"]] == row.value


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/products/?org={BRANCH}").status_code == 200
    assert manager.get(f"/products/?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/products/export.xlsx?org={OTHER_BRANCH}").status_code == 404


def test_the_branch_holds_no_more_than_the_bank() -> None:
    president = gateway_of("bank_president")
    fresh = president.freshness()
    assert fresh is not None
    whole = whole_catalogue(president)
    branch = catalogue(gateway_of("branch_manager", BRANCH), replace(State(), organisation=BRANCH), fresh.reporting_date, level="line")
    of_bank = {line.path: line.values["holders"] or Decimal(0) for line in whole.on("line")}
    counted = [(line.values["holders"] or Decimal(0), of_bank[line.path]) for line in branch.lines]
    assert counted
    assert all(mine <= theirs for mine, theirs in counted)


def test_the_catalogue_is_taken_out_as_a_workbook() -> None:
    book = signed_in("bank_president").get("/products/export.xlsx")
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')


def test_transactions_of_deposits_are_those_that_channels_count() -> None:
    """What the bank initiates (interest, batches) is in neither, though it is served and bears cost."""
    gateway = gateway_of("bank_president")
    shown = {line.path: line.values["transactions"] for line in whole_catalogue(gateway).lines if "transactions" in line.values}
    asked = gateway.ask(Question("transaction_count")).rows[0].value
    assert asked
    assert shown["deposit",] == asked
    products = [count for path, count in shown.items() if path[0] == "deposit" and len(path) == len(LEVELS) and count]
    assert sum(products, Decimal(0)) == asked
