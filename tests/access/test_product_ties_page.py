"""What is held together: shares of counted pairs, the draft of a group, and nothing of few customers for those who may not see them."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from web_home import BRANCH, OTHER_BRANCH, make_person, signed_in

from maisui.answers import Question, View, rule_of
from maisui.web.access.permissions import Permission
from maisui.web.gateway import Gateway
from maisui.web.pages.products.together import group_address
from maisui.web.staff.viewer import viewer_of

FEWEST = 5
"""What the parameter `fewest_customers_shown` says by default."""

pytestmark = pytest.mark.django_db


def gateway_of(role: str, organisation: str = "") -> Gateway:
    person = make_person(f"{role}-{organisation}".lower(), (role, organisation))
    return Gateway(settings.BANK, viewer_of(person.user, settings.HOME.legal_entity_code))


@pytest.mark.parametrize("query", ["", "?split=corporate", "?view=as-is"])
def test_both_kinds_of_customer_have_their_page(query: str) -> None:
    page = signed_in("bank_president").get(f"/product-ties/{query}")
    assert page.status_code == 200
    assert "交叉持有" in page.content.decode()


def test_holders_are_those_of_the_metric() -> None:
    gateway = gateway_of("bank_president")
    found = gateway.products.pairs(None, "personal", View.AS_WAS)
    rows = gateway.ask(Question("product_holder_count", ("product_group", "customer_kind"))).rows
    asked = {row.dimensions["product_group"]: row.value for row in rows if row.dimensions["customer_kind"] == "personal"}
    assert dict(found.groups)
    assert dict(found.groups) == {code: count for code, count in asked.items() if count}


def test_both_ways_count_the_same_customers() -> None:
    found = gateway_of("bank_president").products.pairs(None, "personal", View.AS_WAS)
    both = {(pair.first, pair.second): pair.both_count for pair in found.pairs}
    assert both
    assert all(both[second, first] == count for (first, second), count in both.items())


def test_whoever_may_not_see_customers_sees_no_pair_of_few() -> None:
    every = gateway_of("bank_president").products.pairs(None, "personal", View.AS_WAS)
    assert any(0 < pair.both_count < FEWEST or 0 < pair.without_count < FEWEST for pair in every.pairs)
    gateway = gateway_of("data_engineer")
    assert not gateway.may(Permission.CUSTOMER_VIEW)
    shown = gateway.products.pairs(None, "personal", View.AS_WAS)
    assert all(count >= FEWEST for _, count in shown.groups)
    assert not any(0 < pair.both_count < FEWEST or 0 < pair.without_count < FEWEST for pair in shown.pairs)


def test_a_pair_opens_as_a_rule_of_the_group_builder() -> None:
    found = gateway_of("bank_president").products.pairs(None, "personal", View.AS_WAS)
    address = group_address(found.pairs[0].first, found.pairs[0].second, "personal", BRANCH)
    rule = json.loads(parse_qs(urlsplit(address).query)["rule"][0])
    assert len(rule_of(rule).of) == 5
    assert signed_in("bank_president").get(address).status_code == 200


def test_another_day_is_refused_in_its_place() -> None:
    page = signed_in("bank_president").get("/product-ties/?date=2026-01-31")
    assert page.status_code == 200
    assert "显著关联" not in page.content.decode()


def test_a_branch_sees_its_own_and_nobody_elses() -> None:
    manager = signed_in("branch_manager", BRANCH)
    assert manager.get(f"/product-ties/?org={BRANCH}").status_code == 200
    assert manager.get(f"/product-ties/?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/product-ties/export.xlsx?org={OTHER_BRANCH}").status_code == 404
    assert manager.get(f"/product-ties/export.xlsx?org={BRANCH}").status_code == 200
