"""The page of signals: it answers within one's organisations, says which rules it goes by, and finds again what became of a signal."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from web_home import BRANCH, OTHER_BRANCH, make_person, sign_in

from maisui.web.gateway import Gateway
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.product_signals.outcomes import Outcomes
from maisui.web.staff.viewer import viewer_of

pytestmark = pytest.mark.django_db
RULE = {"id": "r", "join": "all", "of": [{"id": "c1", "field": "product", "is": "is", "value": "term_deposit"}]}


def test_the_page_says_its_rules_and_is_taken_out() -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("bank_president", "")))
    page = client.get("/product-signals/")
    assert page.status_code == 200
    assert "退出" in page.content.decode()
    assert "判断依据" in page.content.decode()
    answer = client.get("/product-signals/export.xlsx")
    assert answer.status_code == 200
    assert any(name.startswith("判断依据") for name in load_workbook(BytesIO(answer.getvalue())).sheetnames)


def test_nobody_sees_the_signals_of_another_outlet() -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("branch_manager", BRANCH)))
    assert client.get(f"/product-signals/?org={OTHER_BRANCH}").status_code == 404
    assert client.get(f"/product-signals/export.xlsx?org={OTHER_BRANCH}").status_code == 404


def test_a_group_of_the_same_rule_is_what_became_of_a_signal() -> None:
    """The builder names conditions otherwise; another rule, a frozen group and a stranger's own group are not meant."""
    person = make_person("somebody", ("bank_president", ""))
    stranger = make_person("stranger", ("bank_president", ""))
    gateway = Gateway(settings.BANK, viewer_of(person.user, settings.HOME.legal_entity_code))
    named = {"legal_entity_code": settings.HOME.legal_entity_code, "owner": person.user}
    same = {**RULE, "id": "x", "of": [{**RULE["of"][0], "id": "other"}]}  # type: ignore[dict-item]
    mine = CustomerGroup.objects.create(**named, name="mine", rule=same)
    CustomerGroup.objects.create(**named, name="other", rule={**RULE, "join": "any"})
    CustomerGroup.objects.create(**named, name="frozen", rule=RULE, members=["C1"])
    CustomerGroup.objects.create(**(named | {"owner": stranger.user}), name="theirs", rule=RULE)
    found = Outcomes(gateway, person.user).of(RULE)
    assert [one.address for one in found] == [f"/customer-groups/{mine.pk}/"]
