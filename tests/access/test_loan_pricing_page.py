"""The page of loan pricing: without transfer prices it says so, what means nothing is refused, and the rate stands beside what is lent at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from web_home import make_person, sign_in, signed_in_browser

from maisui.answers.loan_pricing import PricingTerms
from maisui.answers.product_facts import Turnover
from maisui.answers.product_place import ProductPlace
from maisui.web.one_product_desk import OneProductDesk
from maisui.web.pages.loan_pricing import page
from maisui.web.product_desk import ProductDesk

pytestmark = pytest.mark.django_db


def test_without_transfer_prices_the_page_says_so() -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("bank_president", "")))
    answer = client.get("/loan-pricing/?product=consumer_loan")
    assert answer.status_code == 200
    assert "pricing-rate" not in answer.content.decode()
    assert "没有贡献数据：需要转移价格（transfer_price）补录。" in answer.content.decode()


def test_a_bank_without_loans_reads_why_there_is_none_to_price(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "loan_groups", lambda *_: [])
    monkeypatch.setattr(page, "knows_contribution", lambda _: True)
    text = signed_in_browser("head", ("bank_president", "")).get("/loan-pricing/").content.decode()
    assert "没有客户持有贷款账户，无从定价" in text
    assert "算不出来" not in text


@pytest.mark.parametrize("query", ["months=0", "months=1.5", "amount=many", "class=bad", "date=soon", "target=NaN"])
def test_what_means_nothing_is_refused(query: str) -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("bank_president", "")))
    assert client.get(f"/loan-pricing/?{query}").status_code == 400


@pytest.mark.parametrize(("rate", "said"), [("0.0562", "高 0.62 个百分点"), ("0.0488", "低 0.12 个百分点"), (None, "")])
def test_the_lowest_rate_stands_beside_what_is_lent_at(monkeypatch: pytest.MonkeyPatch, rate: str | None, said: str) -> None:
    """2 % funds, 1 % service, 0.4 % loss, 0.9 % capital, 0.3 % target and 0.4 % tax are 5 %; months without loans have no rate."""
    terms = PricingTerms(*(Decimal(value) for value in ("0.02", "365", "0", "0", "0.25", "0.01", "0.4", "1", "0.1", "0.09", "0.003")))
    lent = None if rate is None else Decimal(rate)
    months = (
        Turnover(date(2026, 2, 28), 3, Decimal(9), lent, 0, 0),
        Turnover(date(2026, 3, 31), 0, Decimal(0), None, 1, 0),
    )
    monkeypatch.setattr(ProductDesk, "pricing_terms", lambda *_: terms)
    monkeypatch.setattr(ProductDesk, "place", lambda *_: ProductPlace("consumer_loan", "group", ("loan", "consumer_loan"), None))
    monkeypatch.setattr(OneProductDesk, "benefit", lambda *_: None)
    monkeypatch.setattr(OneProductDesk, "turnover", lambda *_: months)
    answer = signed_in_browser("head", ("bank_president", "")).get("/loan-pricing/?product=consumer_loan&amount=10000&service=100")
    text = answer.content.decode()
    assert "5.00" in text
    assert ("最近新放（2026-02）平均利率" in text) is (rate is not None)
    assert said in text
