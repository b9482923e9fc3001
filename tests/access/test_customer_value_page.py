"""The page of customer value: its tenths add up, it is masked and recorded, and what is claimed depends on the rung."""

from __future__ import annotations

import io
import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from customers_home import customers_home
from openpyxl import load_workbook
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.answers.worth import WorthOrder, WorthQuery, list_worth, worth_of_customer
from maisui.models.scores import write_scores
from maisui.models.value import score_value
from maisui.web.pages.customer_value import export, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, found.home
    shutil.rmtree(found.home.path / "models" / "value", ignore_errors=True)
    return found.home.path


def lay(home: Path, version: str, numbers: list[str], *, rung: str) -> None:
    """Lay scores of some customers into the home: the first is worth 100, each next ten less."""
    count, money = len(numbers), pa.decimal128(38, 2)
    is_rule = rung == "rule"
    columns: dict[str, tuple[Any, list[Any]]] = {
        "customer_number": (pa.string(), numbers),
        "organisation_code": (pa.string(), ["B2"] * count),
        "customer_kind": (pa.string(), ["personal"] * count),
        "why_not": (pa.string(), ["left_already", *[None] * (count - 1)]),
        "past_value": (money, [Decimal(100 - 10 * place) for place in range(count)]),
        "asset_balance": (money, [Decimal(300)] * count),
        "staying": (pa.float64(), [None if is_rule or not place else 0.9 for place in range(count)]),
        "expected_value": (money, [None if is_rule or not place else Decimal(50 + place) for place in range(count)]),
        "elsewhere_amount": (money, [None if place else Decimal(100) for place in range(count)]),
        "potential_value": (money, [None if place else Decimal("2.50") for place in range(count)]),
    }
    standing = {"rung": rung, "said_zh": "说明", "said_en": "said", "is_ageing": False}
    facts = {"model": "value", "version": version, "day": "2026-03-31", "sha256": "", "standing": standing, "months": 12, "horizon": 36,
             "discount_rate": "0.045", "pool": {"contribution": f"{sum(100 - 10 * place for place in range(count))}.00", "treasury": "7.00"}}  # fmt: skip
    write_scores(home, "value", facts, pa.table({name: pa.array(values, kind) for name, (kind, values) in columns.items()}))


def test_without_scores_the_page_says_what_to_do_and_the_rule_needs_no_library(home) -> None:
    from django.conf import settings

    client = signed_in_browser("somebody", ("bank_president", ""))
    assert "尚未计算" in client.get("/customer-value/").content.decode()
    with settings.BANK.reader() as reader:
        score_value(reader, home, reader.manifest.version)
        found = list_worth(reader, home, WorthQuery())
        ((whole,),) = reader.rows("SELECT sum(year_contribution_amount) FROM customer_fact_month WHERE business_date = ?", [found.day if found else None])  # fmt: skip
    assert found is not None
    assert sum(one.past for one in found.tenths) == found.past == whole
    assert sum(one.count for one in found.tenths) == found.customer_count
    assert {one.expected_value for one in found.rows} == {None}
    text = client.get("/customer-value/").content.decode()
    assert "规则" in text
    assert "一年后仍在" not in text


def test_tenths_orders_and_potential_by_hand(home) -> None:
    from django.conf import settings

    with settings.BANK.reader() as reader:
        numbers = sorted(number for (number,) in reader.rows("SELECT customer_number FROM customer"))[:12]
        lay(home, reader.manifest.version, numbers, rung="trial")
        found = list_worth(reader, home, WorthQuery(size=3))
        past = list_worth(reader, home, WorthQuery(order=WorthOrder.PAST, page=2, size=5))
        one = worth_of_customer(reader, home, numbers[0])
        absent = worth_of_customer(reader, home, "nobody")
    assert found is not None
    assert past is not None
    assert one is not None
    assert absent is None
    assert [(tenth.count, tenth.past) for tenth in found.tenths[:3]] == [(2, 190), (2, 150), (1, 60)]
    assert [row.customer_number for row in found.rows] == [numbers[11], numbers[10], numbers[9]]
    assert [row.customer_number for row in past.rows] == numbers[5:10]
    assert (one[0].wallet_share, one[0].potential_value, one[0].expected_value) == (Decimal("0.7500"), Decimal("2.50"), None)
    assert found.expected == sum(50 + place for place in range(1, 12))


def test_whom_the_list_shows_gets_a_task_or_becomes_a_group(home) -> None:
    """By potential the first customer alone is listed, so that the whole list is one task; a ticked one at home in B2 is asked for too."""
    from django.conf import settings

    from maisui.web.access.sealed import reference_of
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.groups.models import CustomerGroup

    with settings.BANK.reader() as reader:
        homes = dict(reader.rows("SELECT customer_number, home_organisation_code FROM customer"))
        lay(home, reader.manifest.version, sorted(homes)[:12], rung="trial")
    writer = signed_in_browser("writer", ("customer_manager", "B2"))
    assert 'action="/customer-value/chosen/?' in writer.get("/customer-value/?order=potential").content.decode()
    task = {"act": "tasks", "whole": "yes", "what": "争取他行资金回流", "due_on": "2036-01-31"}
    assert writer.post("/customer-value/chosen/?order=potential", task).status_code == 302
    assert [(one.customer_number, one.what) for one in CustomerTask.objects.all()] == [(sorted(homes)[0], "争取他行资金回流")]
    of_b2 = min(number for number, at in homes.items() if at == "B2")
    assert writer.post("/customer-value/chosen/", {"act": "group", "customer": [reference_of(of_b2)]}).status_code == 302
    assert CustomerGroup.objects.get().members == [of_b2]


def test_what_is_shown_is_masked_recorded_and_within_scope(home) -> None:
    from django.conf import settings

    from maisui.web.audit.models import AuditRecord

    with settings.BANK.reader() as reader:
        version = reader.manifest.version
        numbers = sorted(number for (number,) in reader.rows("SELECT customer_number FROM customer"))[:12]
    lay(home, version, numbers, rung="in_use")
    president = signed_in_browser("president", ("bank_president", ""))
    text = president.get("/customer-value/?order=past").content.decode()
    assert "正式" in text
    assert "90.0%" in text
    assert "总账净利润" in text
    assert not [number for number in numbers if number in text]
    kept = json.loads(AuditRecord.objects.filter(action="value_list").latest("sequence").details)
    assert (kept["version"], kept["customers"]) == (version, numbers)
    assert president.get("/customer-value/?order=nonsense&page=x").status_code == 200
    book = load_workbook(io.BytesIO(president.get("/customer-value/export.xlsx").content))
    assert book.sheetnames == ["十档", "与总账核对", "名单"]
    assert AuditRecord.objects.filter(action="value_export").exists()
    elsewhere = signed_in_browser("elsewhere", ("branch_manager", "B3")).get("/customer-value/").content.decode()
    assert "总账净利润" not in elsewhere
    assert "没有符合的客户" in elsewhere
    assert signed_in_browser("clerk", ("teller", "")).get("/customer-value/").status_code == 403


def test_without_contribution_nobody_is_put_into_tenths_of_nothing(home, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    with settings.BANK.reader() as reader:
        version = reader.manifest.version
        numbers = [number for (number,) in reader.rows("SELECT customer_number FROM customer ORDER BY 1 LIMIT 5")]
    client = signed_in_browser("head", ("bank_president", ""))
    lay(home, version, numbers, rung="rule")
    assert "档（贡献从高到低）" in client.get("/customer-value/").content.decode()
    for part in (page, export):
        monkeypatch.setattr(part, "brings_anything", lambda _: False)
    text = client.get("/customer-value/").content.decode()
    assert "档（贡献从高到低）" not in text
    assert "没有贡献数据：需要转移价格（transfer_price）补录。" in text
    assert "十档" not in load_workbook(io.BytesIO(client.get("/customer-value/export.xlsx").content)).sheetnames
