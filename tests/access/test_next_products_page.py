"""The page of next products: who is on it, that it is masked and recorded, what is told by product, and what becomes of a list."""

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
from django.conf import settings as django_settings
from django.utils import timezone
from openpyxl import load_workbook
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.answers.next_products import OfferQuery, list_offers, offers_of_customer
from maisui.models.next_product.make import score_next_product
from maisui.models.next_product.offers import Chances, offer_table
from maisui.models.scores import write_scores

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings) -> Path:
    found = Bank(customers_home())
    settings.BANK, settings.HOME = found, found.home
    shutil.rmtree(found.home.path / "models" / "next_product", ignore_errors=True)
    return found.home.path


def lay(home: Path, *, rung: str = "trial", expected: Decimal | None = None) -> list[str]:
    """Offer a credit card first and a bond second to some customers of B2: the first refused personalisation, the second is not to be approached.

    Of later numbers more is expected, or of all the same; later ones keep more.
    """
    with django_settings.BANK.reader() as reader:
        version = reader.manifest.version
        numbers = sorted(number for (number,) in reader.rows("SELECT customer_number FROM customer"))[:12]
    empty = offer_table(None, (), Chances.none(), {})
    lines: list[dict[str, Any]] = []
    for place, number in enumerate(numbers):
        person = {
            "customer_number": number,
            "organisation_code": "B2",
            "customer_kind": "personal",
            "tier_code": "common",
            "may_approach": place != 1,
        }
        if place == 0:
            lines.append(person | {"why_none": "refused_automated"})
            continue
        for rank, group in enumerate(("credit_card", "agency_bond"), 1):
            lines.append(
                person | {
                    "place": rank, "product_group": group, "basis": "model", "chance": 0.25 / rank, "peer_share": 0.4,
                    "margin_amount": Decimal(200), "expected_amount": (expected or Decimal(50 + place)) / rank, "assets": float(place), "reason_1": "transactions", "value_1": 12.0,
                }
            )  # fmt: skip
    standing = {"rung": rung, "said_zh": "说明", "said_en": "said", "is_ageing": False}
    facts = {
        "model": "next_product",
        "version": version,
        "day": "2026-03-31",
        "sha256": "",
        "standing": standing,
        "groups": ["agency_bond", "credit_card"],
        "realised": [],
    }
    write_scores(home, "next_product", facts, pa.Table.from_pylist(lines, schema=empty.schema))
    return numbers


def test_without_scores_the_page_says_what_to_do_and_scoring_needs_no_library(home) -> None:
    client = signed_in_browser("somebody", ("bank_president", ""))
    assert "尚未评分" in client.get("/next-products/").content.decode()
    assert client.get("/next-products/export.xlsx").status_code == 302
    with django_settings.BANK.reader() as reader:
        score_next_product(reader, home, reader.manifest.version)
        everybody = {
            number for (number,) in reader.rows("SELECT customer_number FROM customer_fact_month WHERE business_date = DATE '2026-03-31'")
        }
        found = list_offers(reader, home, OfferQuery(size=200))
        standing = {number: offers_of_customer(reader, home, number) for number in everybody}
    assert found is not None
    assert found.standing.rung == "rule"
    assert all(one is not None and (bool(one.offers) != bool(one.why_none)) for one in standing.values())
    assert all(offer.chance is None and offer.expected_amount is None for one in standing.values() if one for offer in one.offers)
    assert "规则" in client.get("/next-products/").content.decode()


def test_the_list_holds_who_may_be_approached_by_expected_yuan(home) -> None:
    numbers = lay(home)
    with django_settings.BANK.reader() as reader:
        best = list_offers(reader, home, OfferQuery(size=3))
        bonds = list_offers(reader, home, OfferQuery(product_group="agency_bond"))
        refused = offers_of_customer(reader, home, numbers[0])
        silent = offers_of_customer(reader, home, numbers[1])
    assert best is not None
    assert bonds is not None
    assert [row.customer_number for row in best.rows] == [numbers[11], numbers[10], numbers[9]]
    assert best.expected_amount == sum(50 + place for place in range(2, 12))
    assert (best.total_count, best.silent_count, [count for *_, count in best.without]) == (10, 1, [1])
    assert [(one.product_group, one.customer_count, one.first_count) for one in best.products] == [
        ("credit_card", 10, 10),
        ("agency_bond", 10, 0),
    ]
    assert bonds.rows[0].offer.expected_amount == Decimal("30.50")
    assert refused is not None
    assert silent is not None
    assert (refused.offers, refused.why_none) == ((), ("撤回个性化推荐授权", "Withdrew consent to personalisation"))
    assert (len(silent.offers), silent.may_approach) == (2, False)


def test_of_equal_offers_who_keeps_more_comes_first_and_each_row_says_what_is_his_own(home) -> None:
    """Where like customers alone speak, the same is expected of many: they stand by what they keep here, and each row tells it in yuan."""
    numbers = lay(home, rung="baseline", expected=Decimal(50))
    with django_settings.BANK.reader() as reader:
        found = list_offers(reader, home, OfferQuery(size=200))
        kept = dict(
            reader.rows("SELECT customer_number, recent_asset_balance FROM customer_fact_month WHERE business_date = DATE '2026-03-31'")
        )
    assert found is not None
    assert [row.customer_number for row in found.rows] == sorted(numbers[2:], reverse=True)
    assert [row.saver and row.saver.recent_assets for row in found.rows] == [kept[row.customer_number] for row in found.rows]
    page = signed_in_browser("president", ("bank_president", "")).get("/next-products/").content.decode()
    told = [row for row in found.rows if kept[row.customer_number] and kept[row.customer_number] >= 1]
    assert told
    for row in told:
        assert f"本户：近三个月资产日均 {kept[row.customer_number]:,.0f}" in page


def test_what_is_shown_is_masked_recorded_and_within_scope(home) -> None:
    from maisui.web.audit.models import AuditRecord

    numbers = lay(home)
    president = signed_in_browser("president", ("bank_president", ""))
    text = president.get("/next-products/").content.decode()
    assert "试运行" in text
    assert "25.0%" in text
    assert not [number for number in numbers if number in text]
    kept = json.loads(AuditRecord.objects.filter(action="offer_list").latest("sequence").details)
    assert sorted(kept["customers"]) == numbers[2:]
    assert president.get("/next-products/?product=nonsense&page=x").status_code == 200
    book = load_workbook(io.BytesIO(president.get("/next-products/export.xlsx?product=agency_bond").content))
    assert book.sheetnames == ["按产品", "名单"]
    assert AuditRecord.objects.filter(action="offer_export").exists()
    assert signed_in_browser("clerk", ("teller", "")).get("/next-products/").status_code == 403
    assert "25.0%" not in signed_in_browser("elsewhere", ("branch_manager", "B3")).get("/next-products/").content.decode()


def test_a_list_becomes_a_group_or_tasks_and_the_customer_page_tells_of_refusal(home) -> None:
    from maisui.web.access.sealed import reference_of
    from maisui.web.contacts.models import CustomerTask
    from maisui.web.groups.models import CustomerGroup

    numbers = lay(home)
    client = signed_in_browser("manager", ("bank_president", ""))
    assert client.post("/next-products/group/?product=agency_bond").status_code == 302
    group = CustomerGroup.objects.get()
    assert sorted(group.members or []) == numbers[2:]
    assert (
        client.post("/next-products/group/", {"then": "campaign"})["Location"]
        == f"/campaigns/?group={CustomerGroup.objects.latest('pk').pk}&product=#new-title"
    )
    assert client.post("/next-products/group/?product=nonsense").status_code == 302
    assert CustomerGroup.objects.count() == 2
    writer = signed_in_browser("writer", ("customer_manager", "B2"))
    due = {"due_on": f"{timezone.localdate()}"}
    whole = {"act": "tasks", "whole": "yes", "what": "走访"} | due
    assert writer.post("/next-products/chosen/?product=credit_card", whole).status_code == 302
    assert {task.customer_number for task in CustomerTask.objects.all()} == set(numbers[2:])
    with django_settings.BANK.reader() as reader:
        at_home = {number for (number,) in reader.rows("SELECT customer_number FROM customer WHERE home_organisation_code = 'B2'")}
    off_list = min(at_home - set(numbers))
    one = next(number for number in numbers[2:] if number in at_home)
    ticked = {"act": "advised", "customer": [reference_of(one), reference_of(off_list)]} | due
    assert writer.post("/next-products/chosen/", ticked).status_code == 302
    written = CustomerTask.objects.exclude(what="走访")
    assert [(task.customer_number, task.what) for task in written] == [(one, "介绍信用卡")], "who is not on the list is offered nothing"
    page = client.get(f"/customers/{reference_of(numbers[0])}/?tab=holdings").content.decode()
    assert "撤回个性化推荐授权" in page
    page = client.get(f"/customers/{reference_of(numbers[1])}/?tab=holdings").content.decode()
    assert "只在其主动咨询时介绍" in page
    assert "近三个月主动交易 12" in page


def test_a_page_is_read_once_for_each_viewer_until_the_version_is_scored_anew(home, monkeypatch) -> None:
    from maisui.web.customers import offers

    read: list[OfferQuery] = []

    def counted(reader: Any, place: Path, query: OfferQuery) -> Any:
        read.append(query)
        return list_offers(reader, place, query)

    monkeypatch.setattr(offers, "list_offers", counted)
    lay(home, rung="trial")
    president = signed_in_browser("president", ("bank_president", ""))
    elsewhere = signed_in_browser("manager", ("branch_manager", "B3"))
    first = president.get("/next-products/").content.decode()
    assert president.get("/next-products/").content.decode().count("<tr") == first.count("<tr")
    assert len(read) == 1
    assert elsewhere.get("/next-products/").content.decode().count("<tr") < first.count("<tr")
    assert len(read) == 2, "what one viewer was told is not told to another"
    lay(home, rung="in_use")
    assert president.get("/next-products/").status_code == 200
    assert len(read) == 3
