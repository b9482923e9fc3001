"""The page of one product: every tab at every level answers, agrees with `ask`, says why where it has nothing, and keeps to its outlet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings
from django.http import QueryDict
from openpyxl import load_workbook
from web_home import BRANCH, OTHER_BRANCH, make_person, signed_in

from maisui.answers import Question
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.one_product import tab_what_if
from maisui.web.pages.one_product.page import TABS, desk_of
from maisui.web.pages.one_product.state import ProductState, Tab
from maisui.web.staff.viewer import viewer_of

pytestmark = pytest.mark.django_db


def gateway_of(role: str, organisation: str = "") -> Gateway:
    person = make_person(f"{role}-{organisation}".lower(), (role, organisation))
    return Gateway(settings.BANK, viewer_of(person.user, settings.HOME.legal_entity_code))


def test_every_tab_of_every_level_has_its_page() -> None:
    client = signed_in("bank_president")
    catalogue = client.get("/products/?split=product").content.decode()
    for code, level in (("deposit", "line"), ("demand_deposit", "group"), ("loan", "line")):
        assert f"/products/{code}/?level={level}" in catalogue
        for tab in Tab:
            page = client.get(f"/products/{code}/?level={level}&tab={tab}")
            assert page.status_code == 200, (code, tab)
            assert "card-error" not in page.content.decode(), (code, tab)


def test_an_unknown_product_tab_or_level_is_refused() -> None:
    client = signed_in("bank_president")
    assert client.get("/products/no_such_product/").status_code == 404
    assert client.get("/products/deposit/?tab=nothing").status_code == 400
    assert client.get("/products/deposit/?level=nothing").status_code == 400


def test_every_cut_adds_up_to_the_balance_that_is_asked() -> None:
    gateway = gateway_of("bank_president")
    fresh = gateway.freshness()
    assert fresh is not None
    state = ProductState.of(QueryDict("level=line"))
    asked = gateway.ask(Question("deposit_balance")).rows[0].value
    for block in TABS[Tab.STRUCTURE](gateway, desk_of(gateway, "deposit", state), state, fresh.reporting_date):
        assert block.total is not None
        assert block.total.cells[1] == asked, block.code


def test_transactions_by_channel_are_those_that_are_asked() -> None:
    gateway = gateway_of("bank_president")
    fresh = gateway.freshness()
    assert fresh is not None
    state = ProductState.of(QueryDict(""))
    counted = Decimal(0)
    for line in ("deposit", "loan"):
        blocks = TABS[Tab.TRANSACTIONS](gateway, desk_of(gateway, line, state), state, fresh.reporting_date)
        channels = next(block for block in blocks if block.code == "channels")
        if channels.total:
            count = channels.total.cells[0]
            assert isinstance(count, int)
            counted += count
    assert counted == gateway.ask(Question("transaction_count")).rows[0].value


def test_a_product_without_accounts_says_why() -> None:
    gateway = gateway_of("bank_president")
    fresh = gateway.freshness()
    assert fresh is not None
    state = ProductState.of(QueryDict("level=line"))
    desk = desk_of(gateway, "deposit", state)
    risk = TABS[Tab.RISK](gateway, desk, state, fresh.reporting_date)
    assert [bool(block.reason) for block in risk if block.code == "classes"] == [True]


def test_nobody_sees_a_product_at_another_outlet() -> None:
    client = signed_in("branch_manager", BRANCH)
    assert client.get(f"/products/deposit/?org={OTHER_BRANCH}").status_code == 404
    assert client.get(f"/products/deposit/export.xlsx?org={OTHER_BRANCH}").status_code == 404
    assert client.get("/products/deposit/").status_code == 200


def test_the_workbook_holds_every_tab() -> None:
    answer = signed_in("bank_president").get("/products/deposit/export.xlsx")
    assert answer.status_code == 200
    names = load_workbook(BytesIO(answer.getvalue())).sheetnames
    assert sum(name.startswith("结构") for name in names) == 4
    assert any(name.startswith("成本效益") for name in names)


@pytest.mark.parametrize(("others", "along"), [("-50.00", "0.00"), ("50.00", "-50.00")])
def test_giving_up_adds_nothing_for_what_the_holders_lose_elsewhere(monkeypatch: pytest.MonkeyPatch, others: str, along: str) -> None:
    """A loss of 120.00 in the three months there are is 480.00 a year, which is spared; what the holders' others bring may go along."""
    gateway = gateway_of("bank_president")
    fresh = gateway.freshness()
    assert fresh is not None
    day = fresh.reporting_date
    monkeypatch.setattr(OneProductDesk, "priced_months", lambda *_: ((day, Decimal(1), Decimal(1), Decimal(0)),))
    monkeypatch.setattr(OneProductDesk, "monthly_contribution", lambda *_: {day: Decimal("-120.00")})
    monkeypatch.setattr(tab_what_if, "months_before", lambda *_: (date(2026, 1, 31), date(2026, 2, 28), day))
    monkeypatch.setattr(tab_what_if, "shared_holders", lambda *_: (3, Decimal(others)))
    state = ProductState.of(QueryDict("level=group"))
    blocks = TABS[Tab.WHAT_IF](gateway, desk_of(gateway, "demand_deposit", state), state, day)
    (exit_,) = [block for block in blocks if block.code == "exit"]
    assert [line.cells[1] for line in exit_.lines] == [Decimal("480.00"), Decimal(along)]
    assert exit_.total is not None
    assert exit_.total.cells[1] == Decimal("480.00") + Decimal(along)
