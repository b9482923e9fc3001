"""The page of loan pricing: on the mini bank without transfer prices it says so, and what means nothing is refused."""

from __future__ import annotations

import pytest
from django.test import Client
from web_home import make_person, sign_in

pytestmark = pytest.mark.django_db


def test_without_transfer_prices_the_page_says_so() -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("bank_president", "")))
    page = client.get("/loan-pricing/?product=consumer_loan")
    assert page.status_code == 200
    assert "pricing-rate" not in page.content.decode()


@pytest.mark.parametrize("query", ["months=0", "months=1.5", "amount=many", "class=bad", "date=soon", "target=NaN"])
def test_what_means_nothing_is_refused(query: str) -> None:
    client = Client()
    sign_in(client, make_person("somebody", ("bank_president", "")))
    assert client.get(f"/loan-pricing/?{query}").status_code == 400
