"""The page of forecasts: what is expected, what adds up, whose it is, and the same by file and by program."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from customers_home import customers_home
from django.test import Client
from django.utils import timezone
from drawn_marts import DrawnMarts
from openpyxl import load_workbook
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers import FORECAST_METRICS, Bank, ForecastQuery, Unit, forecast
from maisui.answers.forecasts_plain import forecast_json
from maisui.models.forecast.make import make_forecasts
from maisui.web.gateway import Gateway
from maisui.web.pages.forecasts.scenario import arithmetic

pytestmark = pytest.mark.django_db
MARCH = date(2026, 3, 31)


@pytest.fixture(scope="module")
def bank():
    return Bank(customers_home())


@pytest.fixture(autouse=True)
def _served(settings, bank):
    settings.BANK, settings.HOME = bank, bank.home


@pytest.fixture
def _told(bank):
    """Lay a file of twenty drawn months under the home's version, and an earlier one; its outlets B1 and B2 are the home's."""
    make_forecasts(DrawnMarts(27), bank.home.path, "20260131-earlier", date(2026, 1, 31))
    make_forecasts(DrawnMarts(27), bank.home.path, bank.version, MARCH)


def test_a_version_without_forecasts_says_so(bank) -> None:
    if not (bank.home.path / "models" / "forecast").exists():
        assert "还没有预测" in signed_in_browser("somebody", ("bank_president", "")).get("/forecasts/").content.decode()


@pytest.mark.usefixtures("_told")
def test_outlets_and_products_add_up_to_the_bank_and_the_page_shows_it(bank) -> None:
    with bank.reader() as reader:
        whole = forecast(reader, bank.home.path, ForecastQuery("deposit_balance"))
        one = forecast(reader, bank.home.path, ForecastQuery("deposit_balance", "B1", "term_deposit"))
    assert whole is not None
    assert one is not None
    assert (whole.day, whole.points) == (MARCH, 20)
    for place, expected in enumerate(whole.ahead):
        assert sum(line.ahead[place].amount for line in whole.children) == expected.amount
        assert sum(line.ahead[place].amount for line in whole.members) == expected.amount
    assert [line.code for line in whole.members] != []
    assert {code for code, _ in one.errors} == {"naive", "drift"}
    assert whole.mean_errors is not None
    said = [item for item in whole.past if item.held is not None]
    assert (whole.covered, whole.tried) == (sum(item.held for item in said), len(said))
    assert [(item.made_on, item.day) for item in whole.published] == [
        (date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 1, 31), MARCH),
    ]  # fmt: skip
    assert [item.came for item in whole.published] == [amount for _, amount in whole.history[-2:]]
    page = signed_in_browser("president", ("bank_president", "")).get("/forecasts/", {"volume": "10", "rate": "x"})
    text = page.content.decode()
    assert page.status_code == 200
    assert f'value="{whole.ahead[0].amount}"' in text
    assert f'value="{(whole.ahead[-1].amount * Decimal("1.1")).quantize(Decimal("0.01"))}"' in text
    assert "基线" in text
    assert "发布过的预测" in text


@pytest.mark.usefixtures("_told")
def test_a_branch_sees_its_own_and_no_other(bank) -> None:
    client = signed_in_browser("keeper", ("branch_manager", "B1"))
    with bank.reader() as reader:
        own = forecast(reader, bank.home.path, ForecastQuery("deposit_balance", "B1"))
    assert own is not None
    text = client.get("/forecasts/").content.decode()
    assert f'value="{own.ahead[0].amount}"' in text
    assert client.get("/forecasts/?org=B2").status_code == client.get("/forecasts/?org=nowhere").status_code == 404
    assert client.get("/forecasts/export.xlsx?org=B2").status_code in (403, 404)
    assert signed_in_browser("keeper-of-users", ("security_administrator", "")).get("/forecasts/").status_code == 403


@pytest.mark.usefixtures("_told")
def test_the_file_and_the_interface_say_what_the_page_says(bank) -> None:
    from maisui.web.access.permissions import Permission
    from maisui.web.staff.models import ApiToken
    from maisui.web.staff.tokens import hash_of, new_token

    with bank.reader() as reader:
        found = forecast(reader, bank.home.path, ForecastQuery("transaction_count", "B2"))
    assert found is not None
    client, token = Client(), new_token()
    person = make_person("analyst", ("department_analyst", ""))
    sign_in(client, person)
    ApiToken.objects.create(
        user=person.user, name="test", token_hash=hash_of(token), hint=token[-4:],
        scopes=[Permission.FIGURE_VIEW.value], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    book = load_workbook(io.BytesIO(client.get("/forecasts/export.xlsx?metric=transaction_count&org=B2").content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert int(found.ahead[0].amount) in cells
    headers = {"Authorization": f"Bearer {token}"}
    told = Client().get("/api/forecasts/transaction_count", {"org": "B2"}, headers=headers).json()
    assert [line["amount"] for line in told["ahead"]] == [str(one.amount) for one in found.ahead]
    assert Client().get("/api/forecasts/npl_ratio", headers=headers).status_code == 400
    assert Client().get("/api/forecasts/loan_balance", headers=headers).json()["what"] == "nothing is forecast there"


def test_below_six_months_no_number_stands_for_a_forecast_anywhere(bank, monkeypatch) -> None:
    """Of four months only what was is told, by page, file and interface alike, and from when more may be said."""
    from maisui.web.answer_cache import AnswerCache

    monkeypatch.setitem(Gateway.__init__.__kwdefaults__, "cache", AnswerCache())  # another file of this version was asked before
    make_forecasts(DrawnMarts(11), bank.home.path, bank.version, MARCH)
    with bank.reader() as reader:
        found = forecast(reader, bank.home.path, ForecastQuery("deposit_balance"))
    assert found is not None
    assert (found.points, found.ahead, found.methods, found.earliest) == (4, (), (), date(2026, 5, 1))
    lines = [*found.children, *found.members]
    assert lines
    assert [line.ahead for line in lines] == [()] * len(lines)
    assert [line.last for line in found.members] == sorted((line.last for line in found.members), reverse=True)
    assert sum(line.last for line in found.members) == found.history[-1][1]
    said = forecast_json(found)
    assert (said["rung"], said["points"], said["points_needed"], said["earliest"], said["ahead"]) == ("rule", 4, 6, date(2026, 5, 1), [])
    assert not any(line["ahead"] for line in (*said["organisations"], *said["members"]))
    client = signed_in_browser("president", ("bank_president", ""))
    page = client.get("/forecasts/").content.decode()
    assert "仅有 4 个整月历史（需 6 个），最早 2026-05" in page
    assert "沿用最近值" not in page
    assert page.count("最早 2026-05 月末后可预测") == 1
    desk = client.get("/models/").content.decode()
    told = [desk.count(f'<span class="severity severity-low">{rung}</span></td><td class="number">—</td>') for rung in ("规则", "无数据")]
    assert told[0] >= 2
    assert sum(told) == len(FORECAST_METRICS)
    assert "试运行</span></td><td" not in desk
    book = load_workbook(io.BytesIO(client.get("/forecasts/export.xlsx").content))
    heads = [f"{cell}" for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert any("最早 2026-05" in cell for cell in heads)
    assert not any("2026-04" in cell or "沿用" in cell for cell in heads)


def test_a_first_month_begun_within_is_named_and_counts_nowhere(bank, monkeypatch) -> None:
    """Transactions came from 20 January on: February and March are whole months, and page and interface say why there are no more."""
    from maisui.web.answer_cache import AnswerCache

    monkeypatch.setitem(Gateway.__init__.__kwdefaults__, "cache", AnswerCache())
    marts = DrawnMarts(27)
    marts.connection.execute("DELETE FROM channel_day")
    for place in range(71):
        marts.connection.execute(
            "INSERT INTO channel_day VALUES ('B1', 'B1', 'deposit', 'counter', 'cash', false, ?, 10, 900, 1000)",
            [date(2026, 1, 20) + timedelta(days=place)],
        )
    make_forecasts(marts, bank.home.path, bank.version, MARCH)
    page = signed_in_browser("president", ("bank_president", "")).get("/forecasts/?metric=transaction_count").content.decode()
    assert "仅有 2 个整月历史（需 6 个），最早 2026-07 月末后可预测" in page
    assert "2 个整月（2026-01-20 才开始报送，当月不足整月，不计）" in page
    with bank.reader() as reader:
        found = forecast(reader, bank.home.path, ForecastQuery("transaction_count"))
        assert found is not None
        said = forecast_json(found)
        assert (said["points"], said["begun_on"], found.history[0][0]) == (2, date(2026, 1, 20), date(2026, 2, 28))
        make_forecasts(marts, bank.home.path, bank.version, date(2026, 1, 31))
        found = forecast(reader, bank.home.path, ForecastQuery("transaction_count"))
    assert found is not None
    assert (found.points, found.whole_months, found.earliest) == (1, 0, date(2026, 7, 1))


def test_a_structural_break_is_said_beside_what_is_expected(bank, monkeypatch) -> None:
    """B1's term deposits triple from November 2025: page, file and interface say so, of it, of its outlet, and not of B2."""
    from maisui.web.answer_cache import AnswerCache

    monkeypatch.setitem(Gateway.__init__.__kwdefaults__, "cache", AnswerCache())
    marts = DrawnMarts(27)
    marts.connection.execute(
        "UPDATE product_day SET balance = balance * 3 WHERE organisation_code = 'B1' AND product_group = 'term_deposit' "
        "AND business_date >= DATE '2025-11-30'"
    )
    make_forecasts(marts, bank.home.path, bank.version, MARCH)
    with bank.reader() as reader:
        one, other = (forecast(reader, bank.home.path, ForecastQuery("deposit_balance", code, "term_deposit")) for code in ("B1", "B2"))
    assert one is not None
    assert other is not None
    assert one.shift is not None
    assert (one.shift.day, one.series, one.shifted) == (date(2025, 11, 30), 1, 1)
    assert 2.5 < one.shift.after / one.shift.before < 3.5
    assert {month.shifted_on for month in one.ahead} == {date(2025, 11, 30)}
    assert (other.shift, other.shifted, {month.shifted_on for month in other.ahead}) == (None, 0, {None})
    said = forecast_json(one)
    assert (said["level_shift"]["date"], said["series"], said["series_shifted"]) == (date(2025, 11, 30), 1, 1)
    client = signed_in_browser("president", ("bank_president", ""))
    page = client.get("/forecasts/?org=B1&member=term_deposit").content.decode()
    assert "2025-11 起水平由" in page
    assert "此前的月份不用于预测" in page
    outlet = client.get("/forecasts/?org=B1").content.decode()
    assert "2025-11 起水平突变" in outlet
    assert "2 个序列中 1 个只用突变后的月份预测" in outlet
    assert "突变" not in client.get("/forecasts/?org=B2&member=term_deposit").content.decode()
    for asked, told in (("org=B1&member=term_deposit", "2025-11 起水平由"), ("org=B1", "（2025-11 起水平突变）")):
        book = load_workbook(io.BytesIO(client.get(f"/forecasts/export.xlsx?{asked}").content))
        assert any(told in f"{cell}" for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row)


def test_a_scenario_is_plain_arithmetic() -> None:
    """1,000,000 at 2 % a year; 5 % more, 10 basis points dearer: 1,050,000 × 1.9 % = 19,950 for deposits, × 2.1 % = 22,050 for loans."""
    deposits = arithmetic(Decimal(1_000_000), Decimal(5), Decimal(10), Decimal("0.02"), "deposit_balance", Unit.YUAN)
    loans = arithmetic(Decimal(1_000_000), Decimal(5), Decimal(10), Decimal("0.02"), "loan_balance", Unit.YUAN)
    assert (deposits.changed, deposits.expected_margin, deposits.changed_margin) == (
        Decimal("1050000.00"), Decimal("20000.00"), Decimal("19950.00"),
    )  # fmt: skip
    assert (loans.changed_margin, loans.margin_change) == (Decimal("22050.00"), Decimal("2050.00"))
    counts = arithmetic(Decimal(995), Decimal(-3), Decimal(0), None, "transaction_count", Unit.COUNT)
    assert (counts.changed, counts.change, counts.margin_change) == (Decimal(965), Decimal(-30), None)
