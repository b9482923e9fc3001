"""The page of signals: it answers within one's organisations, says which rules it goes by, and finds again what became of a signal."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from openpyxl import load_workbook
from web_home import BRANCH, OTHER_BRANCH, make_person, sign_in, signed_in_browser

from maisui.answers.product_signals import Candidate
from maisui.answers.product_stage import Life, Stage
from maisui.web.gateway import Gateway
from maisui.web.groups.models import CustomerGroup
from maisui.web.pages.overview.state import State
from maisui.web.pages.product_signals import figures
from maisui.web.pages.product_signals.outcomes import Outcomes
from maisui.web.pages.products.words import address_of
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


def test_what_holders_hold_besides_is_told_to_who_may_see_customers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term deposit that loses 12.00 a year: whoever keeps the data reads all but what its holders hold besides."""
    growing = Life(Stage.GROWTH, Decimal("0.2"), Decimal("0.25"))
    path, months = ("deposit", "term_deposit"), (Decimal("-1.00"),) * 12
    losing = Candidate(path, growing, 40, 40, Decimal(50), Decimal(40), Decimal(1000), months, Decimal(14600), 365, None)
    monkeypatch.setattr(figures, "candidates_of", lambda *_: (losing,))
    said = "客户另有的产品只告知有客户查看权限的人"
    answers = {
        role: signed_in_browser(role.replace("_", "-"), (role, "")).get("/product-signals/") for role in ("data_engineer", "bank_president")
    }
    assert {role: one.status_code for role, one in answers.items()} == {"data_engineer": 200, "bank_president": 200}
    pages = {role: one.content.decode() for role, one in answers.items()}
    assert all("亏损但不符合退出规则" in page for page in pages.values())
    assert {role for role, page in pages.items() if said in page} == {"data_engineer"}


def test_what_belongs_to_no_product_leads_to_no_page_of_one() -> None:
    assert address_of(("deposit", "unmapped"), State()) == ""
    assert address_of(("unmapped",), State()) == ""
    assert address_of(("deposit", "term_deposit"), State()).startswith("/products/term_deposit/")


def test_a_rule_that_cannot_be_judged_says_what_it_is_judged_by() -> None:
    """The home has no transfer prices and no transaction that names its other side: nothing is claimed of launches or of money elsewhere."""
    client = signed_in_browser("head", ("bank_president", ""))
    page, ties = (client.get(address).content.decode() for address in ("/product-signals/", "/product-ties/"))
    assert "近三个月没有识别到转往本人他行账户的资金" in page
    assert "没有符合规则的客户" not in page
    for text in (page, ties):
        assert "没有贡献数据：需要转移价格（transfer_price）补录。" in text
        assert "没有网点明显低于通常比例的" not in text
