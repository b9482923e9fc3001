"""The page of one product: every tab at every level answers, agrees with `ask`, says why where it has nothing, and keeps to its outlet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.conf import settings
from django.http import QueryDict
from openpyxl import load_workbook
from web_home import BRANCH, LAST_DAY, OTHER_BRANCH, make_person, signed_in

from maisui.answers import Question, Unit
from maisui.answers.product_facts import Benefit, Moved
from maisui.answers.product_pairs import Interval
from maisui.answers.product_place import ProductPlace
from maisui.answers.product_response import Response
from maisui.web.components.figures import short
from maisui.web.gateway import Gateway
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.one_product import tab_what_if
from maisui.web.pages.one_product.blocks import drawn
from maisui.web.pages.one_product.page import TABS, desk_of, tabs_shown
from maisui.web.pages.one_product.state import ProductState, Tab, tabs_of
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


def test_what_other_fees_do_counts_transactions_and_yuan_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 400 transactions that pay 1,000,000.00, fees up by 10% lose 5%: 380 × 2,500 × 1.1 = 1,045,000.00; each column has one unit."""
    gateway = gateway_of("bank_president")
    fresh = gateway.freshness()
    assert fresh is not None
    day = fresh.reporting_date
    lost = Interval(Decimal("-0.05"), Decimal("-0.10"), Decimal("0.00"))
    months = tuple(date(2025 + (3 + each) // 12, (3 + each) % 12 + 1, 1) for each in range(12))
    priced = tuple((day if each == 11 else month, Decimal(31), Decimal(0), Decimal(0)) for each, month in enumerate(months))
    monkeypatch.setattr(OneProductDesk, "priced_months", lambda *_: (*priced[:-1], (day, Decimal(31), Decimal(0), Decimal(1_000_000))))
    monkeypatch.setattr(OneProductDesk, "movements", lambda *_: [Moved(str(day), 400, Decimal(1))])
    monkeypatch.setattr(tab_what_if, "months_before", lambda *_: (*months[:-1], day))
    monkeypatch.setattr(tab_what_if, "fee_response", lambda *_: Response(lost, 4))
    state = ProductState.of(QueryDict("level=group"))
    blocks = TABS[Tab.WHAT_IF](gateway, desk_of(gateway, "demand_deposit", state), state, day)
    (fee,) = [block for block in blocks if block.code == "fee"]
    assert [heading.unit for heading in fee.headings] == [Unit.COUNT, Unit.YUAN]
    now, after, low, high, change = (line.cells for line in fee.lines)
    assert now == (400, Decimal("1000000.00"))
    assert after == (Decimal("380.00"), Decimal("1045000.00"))
    assert (low, high) == ((Decimal("360.00"), Decimal("990000.00")), (Decimal("400.00"), Decimal("1100000.00")))
    assert change == (Decimal("-20.00"), Decimal("45000.00"))


def test_a_break_even_of_an_account_stands_at_its_own_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    """200,000,000.00 average, 10 % of it earned, 10,000,000.00 of service: 100,000,000.00 break even; of 4,000 accounts 25,000.00 each."""
    gateway = gateway_of("bank_president")
    nil, accounts = Decimal("0.00"), 4_000
    found = Benefit(31, accounts, Decimal("2E8"), Decimal("2E7"), nil, nil, Decimal("1E7"), nil, nil, Decimal("1E7"), nil, Decimal("1E7"))
    monkeypatch.setattr(OneProductDesk, "benefit", lambda *_: found)
    state = ProductState.of(QueryDict("level=line&tab=benefit"))
    blocks = TABS[Tab.BENEFIT](gateway, desk_of(gateway, "deposit", state), state, LAST_DAY)
    (even,) = [block for block in blocks if block.code == "break_even"]
    assert [line.cells for line in even.lines] == [
        (Decimal("100000000.00"), Decimal("25000.00")),
        (Decimal("200000000.00"), Decimal("50000.00")),
    ]
    assert "2.00 倍" in str(even.finding)
    shown = [[short(cell.value, cell.unit, cell.scale) for cell in line.cells if cell.unit] for line in drawn(even).lines]
    assert shown == [[("1.00", "亿"), ("2.50", "万")], [("2.00", "亿"), ("5.00", "万")]]


def test_what_is_held_in_no_account_has_no_tabs_that_stay_empty() -> None:
    accounts, others = tabs_of("deposit"), tabs_of("agency")
    assert accounts == tuple(Tab)
    assert others == (Tab.LIFE, Tab.INCOME, Tab.BENEFIT, Tab.CUSTOMERS, Tab.SELLERS)
    place = ProductPlace("F001", "product", ("agency", "agency_fund", "F001"), "")
    assert [tab for tab, _ in tabs_shown(place, Tab.LIFE)] == list(others)
    assert Tab.RISK in {tab for tab, _ in tabs_shown(place, Tab.RISK)}
