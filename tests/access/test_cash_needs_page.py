"""The page of cash needs: what was told of a version, in both languages, a branch's own alone, and the same by file and by program."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from customers_home import customers_home
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers import Bank
from maisui.models.cash.make import make_cash_needs

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 31)
RULES = {"cash.cycle_days": "3", "cash.hold_share": "0.95", "cash.idle_rate": "0.02", "cash.shortage_rate": "0.01"}
DRAWN = (("B1", "counter", 300, 1_200), ("B1", "atm", 60, 900), ("B2", "counter", 300, 500))
"""Outlet, channel, days of history, and yuan paid out net on each of them: so much is expected of each day ahead, and nothing is missed."""


class SteadyOutlets:
    """Outlets that pay out the same every day, without a calendar of holidays; marts as the tables of a version."""

    def __init__(self) -> None:
        self.connection = duckdb.connect()
        run = self.connection.execute
        run("CREATE TABLE organisation AS SELECT * FROM (VALUES ('B1', true), ('B2', true)) AS v(organisation_code, is_open)")
        run("CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))")
        for code, value in RULES.items():
            run("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?)", [code, value])
        run("CREATE TABLE holiday_calendar (holiday_date DATE, day_kind VARCHAR, holiday_name VARCHAR)")
        run(
            "CREATE TABLE channel_day (handling_organisation_code VARCHAR, channel_code VARCHAR, business_date DATE, account_kind VARCHAR, "
            "counterparty_code VARCHAR, currency VARCHAR, outflow_amount DECIMAL(18,2), inflow_amount DECIMAL(18,2))"
        )
        for outlet, channel, count, net in DRAWN:
            run(
                "INSERT INTO channel_day SELECT ?, ?, CAST(? AS DATE) - CAST(d AS INTEGER), 'deposit', 'cash', 'CNY', ? + 70, 70 "
                "FROM range(?) AS r(d)",
                [outlet, channel, MARCH, net, count],
            )

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def _told(bank):
    yield make_cash_needs(SteadyOutlets(), bank.home.path, bank.version, MARCH)
    (Path(bank.home.path) / "models" / "cash" / f"{bank.version}.json").unlink()


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(io.BytesIO(content)).worksheets}


def test_a_version_that_nothing_is_told_of_says_what_to_run() -> None:
    text = signed_in_browser("somebody", ("bank_president", "")).get("/cash-needs/").content.decode()
    assert "maisui models forecast" in text


@pytest.mark.usefixtures("_told")
def test_the_page_tells_each_outlet_in_both_languages() -> None:
    """Three days of 1,200 are 3,600, up to a thousand 4,000; of 500 they are 1,500, up to 2,000: 6,000 together. B1's machine is too young."""
    client = signed_in_browser("president", ("bank_president", ""))
    text = client.get("/cash-needs/").content.decode()
    assert "截至 2026-03-31，2 个网点渠道合计应备 6,000 元；90% 区间命中 100.0%。" in text
    assert f"历史 60 天，需 70 天，{MARCH + timedelta(days=10)} 起预测" in text
    assert "节假日历尚未补录" in text
    english = client.get("/cash-needs/", headers={"accept-language": "en"}).content.decode()
    assert "As of 2026-03-31 the 2 counters and machines are to hold 6,000 yuan; the 90 % interval held 100.0%." in english
    assert f"60 days of history, 70 needed: from {MARCH + timedelta(days=10)}" in english
    assert "应备" not in english


@pytest.mark.usefixtures("_told")
def test_a_branch_sees_its_own_and_no_other() -> None:
    client = signed_in_browser("keeper", ("branch_manager", "B1"))
    text = client.get("/cash-needs/").content.decode()
    assert "1 个网点渠道合计应备 4,000 元" in text
    assert "Market Square" not in text
    for address in ("/cash-needs/?org=B2", "/cash-needs/?org=nowhere", "/cash-needs/export.xlsx?org=B2"):
        assert client.get(address).status_code in (403, 404), address
    assert signed_in_browser("keeper-of-users", ("security_administrator", "")).get("/cash-needs/").status_code == 403


@pytest.mark.usefixtures("_told")
def test_the_file_and_the_interface_say_what_the_page_says() -> None:
    """Fourteen days of 1,200 and of 500; a single outlet has the ends of its interval, the bank has none."""
    from maisui.web.access.permissions import Permission
    from maisui.web.staff.models import ApiToken
    from maisui.web.staff.tokens import hash_of, new_token

    client, token, person = Client(), new_token(), make_person("analyst", ("department_analyst", ""))
    sign_in(client, person)
    whole = sheets(client.get("/cash-needs/export.xlsx").content)
    hold = next(rows for title, rows in whole.items() if title.startswith("应备现金"))
    assert {row[0]: row[1] for row in hold if row[0] and "柜面" in str(row[0])} == {
        "North Street · 柜面": 4000,
        "Market Square · 柜面": 2000,
    }
    days = next(rows for title, rows in whole.items() if title.startswith("未来 14 天"))
    told = [row for row in days if str(row[0]).startswith("2026-04")]
    assert [row[0] for row in told] == [f"2026-04-{day:02d}" for day in range(1, 15)]
    assert {row[3:] for row in told} == {(1700, 1700)}
    ApiToken.objects.create(
        user=person.user, name="test", token_hash=hash_of(token), hint=token[-4:],
        scopes=[Permission.FIGURE_VIEW.value], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    answer = Client().get("/api/channels/cash-needs", {"org": "B2"}, headers={"Authorization": f"Bearer {token}"}).json()
    assert [block["code"] for block in answer] == ["hold", "days"]
    (line,) = answer[0]["lines"]
    assert next(Decimal(str(cell)) for cell in line["cells"] if cell is not None) == Decimal(2000)
