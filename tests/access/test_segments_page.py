"""The page of segments: sums by hand, within scope, small ones withheld from who sees no customers, and a group by one click."""

from __future__ import annotations

import io
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from customers_home import customers_home
from django.conf import settings as django_settings
from openpyxl import load_workbook
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.answers.segments import segment_view
from maisui.models.scores import write_scores
from maisui.models.segments.described import TRAITS
from maisui.models.segments.find import score_segments
from maisui.web.pages.segments import export, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, found.home
    shutil.rmtree(found.home.path / "models" / "segments", ignore_errors=True)
    return found.home.path


def lay(home: Path) -> list[str]:
    """Put twelve customers of B2 into segments, the first three into S2, of whom the first came from S1; each holds 10, 20, …"""
    with django_settings.BANK.reader() as reader:
        version = reader.manifest.version
        numbers = sorted(number for (number,) in reader.rows("SELECT customer_number FROM customer"))[:12]
    money = pa.decimal128(38, 2)
    count = len(numbers)
    columns: dict[str, Any] = {
        "customer_number": pa.array(numbers),
        "organisation_code": pa.array(["B2"] * count),
        "customer_kind": pa.array(["personal"] * count),
        "why_not": pa.array([None] * count, pa.string()),
        "segment": pa.array(["S2"] * 3 + ["S1"] * (count - 3)),
        "earlier_segment": pa.array(["S1", "S2", "S2"] + ["S1"] * (count - 3)),
        "recent_asset_balance": pa.array([Decimal(10 * place) for place in range(1, count + 1)], money),
        "loan_balance": pa.array([Decimal(1)] * count, money),
        "year_contribution_amount": pa.array([Decimal(2)] * count, money),
        **{one.code: pa.array([0.5 if place < 3 else 0.1 for place in range(count)]) for one in TRAITS},
    }
    names = {
        "S1": {"name_zh": "年轻·手机银行", "name_en": "Younger, mobile bank", "differences": 3},
        "S2": {"name_zh": "年长·定期为主·柜面", "name_en": "Older", "differences": 3},
    }
    standing = {"rung": "trial", "said_zh": "说明", "said_en": "said", "is_ageing": False}
    facts = {"model": "segments", "version": version, "day": "2026-03-31", "sha256": "", "standing": standing, "names": names,
             "months": [{"day": "2026-03-31", "sizes": [9, 3], "stayed_or_moved": 12, "moved_share": 1 / 12}]}  # fmt: skip
    write_scores(home, "segments", facts, pa.table(columns))
    return numbers


def test_without_segments_customers_go_by_tier_and_everybody_is_counted_once(home) -> None:
    client = signed_in_browser("somebody", ("bank_president", ""))
    assert "尚未分群" in client.get("/segments/").content.decode()
    with django_settings.BANK.reader() as reader:
        score_segments(reader, home, reader.manifest.version)
        found = segment_view(reader, home, None)
        ((persons,),) = reader.rows(
            "SELECT count(*) FROM customer_fact_month WHERE business_date = DATE '2026-03-31' AND customer_kind = 'personal' AND is_holder"
        )
    assert found is not None
    assert found.standing.rung == "rule"
    assert sum(one.customer_count for one in found.segments) == found.everybody.customer_count == persons
    assert sum(one.asset_amount for one in found.segments) == found.everybody.asset_amount
    assert "规则" in client.get("/segments/").content.decode()


def test_sums_means_and_moves_by_hand(home) -> None:
    lay(home)
    with django_settings.BANK.reader() as reader:
        found = segment_view(reader, home, None)
        elsewhere = segment_view(reader, home, ("B3",))
    assert found is not None
    assert elsewhere is not None
    assert [(one.code, one.customer_count, one.asset_amount) for one in found.segments] == [("S1", 9, 720), ("S2", 3, 60)]
    assert found.segments[1].traits[0] == Decimal("0.5")
    assert found.moves == (("S1", "S2", 1),)
    assert (elsewhere.everybody.customer_count, elsewhere.everybody.traits[0], elsewhere.months) == (0, None, ())


def test_a_segment_becomes_a_group_and_few_are_withheld_from_who_sees_no_customers(home) -> None:
    from maisui.web.groups.models import CustomerGroup

    numbers = lay(home)
    president = signed_in_browser("president", ("bank_president", ""))
    text = president.get("/segments/").content.decode()
    assert "年长·定期为主·柜面" in text
    assert "试运行" in text
    answer = president.post("/segments/S2/group/")
    group = CustomerGroup.objects.get()
    assert answer["Location"] == f"/customer-groups/{group.pk}/"
    assert (group.name, group.members) == ("年长·定期为主·柜面 1", numbers[:3])
    assert president.post("/segments/S9/group/").status_code == 404
    assert load_workbook(io.BytesIO(president.get("/segments/export.xlsx").content)).sheetnames == ["客户分群", "画像"]
    leader = signed_in_browser("analyst", ("union_leader", ""))
    seen = leader.get("/segments/")
    assert seen.status_code == 200
    assert "年长·定期为主·柜面" not in seen.content.decode()
    assert leader.post("/segments/S2/group/").status_code == 403


def test_without_contribution_a_segment_does_not_say_that_it_brings_nothing(home, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(home)
    for part in (page, export):
        monkeypatch.setattr(part, "knows_contribution", lambda _: False)
    client = signed_in_browser("head", ("bank_president", ""))
    text = client.get("/segments/").content.decode()
    assert "没有贡献数据：需要转移价格（transfer_price）补录。" in text
    assert ">24.00<" not in text
    sheet = load_workbook(io.BytesIO(client.get("/segments/export.xlsx").content)).worksheets[0]
    assert not [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[4] == 24]
