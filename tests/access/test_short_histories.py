"""Pages of prediction before the first month end, and with few months: no number stands where nothing is known, and what is missing is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from customers_home import customers_home
from django.test import Client
from web_home import signed_in_browser

from maisui.answers import Bank
from maisui.models import CHURN, CREDIT
from maisui.models.next_product.make import score_next_product
from maisui.models.scores import score
from maisui.models.segments.find import score_segments
from maisui.models.value import score_value
from maisui.web.pages.credit_warning.words import too_short_word
from maisui.web.pages.customer_value.words import past_word

pytestmark = pytest.mark.django_db
PAGES = ("churn", "credit-warning", "customer-value", "next-products", "segments", "forecasts")


class Begun:
    """A reader of a version in which no month is over yet."""

    def __init__(self, reader: object) -> None:
        self._reader = reader

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)

    def rows(self, query: str, values: object = ()) -> list[tuple[object, ...]]:
        return [] if "last_day(business_date) ORDER BY" in query else self._reader.rows(query, values)  # type: ignore[attr-defined]


@pytest.fixture
def client(settings, tmp_path: Path, monkeypatch) -> Client:
    for part in customers_home().iterdir():
        if part.name != "models":  # what is scored here stays here
            (tmp_path / part.name).symlink_to(part)
    found = Bank(tmp_path)
    settings.BANK, settings.HOME = found, found.home
    with found.reader() as reader:
        begun, version = Begun(reader), reader.manifest.version
        for model in (CHURN, CREDIT):
            score(begun, tmp_path, model, version)  # type: ignore[arg-type]
        for say in (score_value, score_next_product, score_segments):
            say(begun, tmp_path, version)  # type: ignore[arg-type]
    monkeypatch.setattr("maisui.web.calendar_through_gateway.month_ends", lambda _: (date(2026, 10, 20),))
    return signed_in_browser("somebody", ("bank_president", ""))


@pytest.mark.parametrize("page", PAGES)
def test_before_the_first_month_end_nothing_is_claimed(page: str, client: Client) -> None:
    told = client.get(f"/{page}/")
    text = told.content.decode()
    assert told.status_code == 200
    assert "还没有一个完整的月份，首个月末发布后再" in text
    for pretended in ("0001", "0.00", "0 户", "export.xlsx"):
        assert pretended not in text, pretended


def test_what_is_missing_is_said_with_its_month_and_sums_name_their_months() -> None:
    """Three whole months up to October; twelve months of migration need thirteen, ten more: August of the next year."""
    assert too_short_word(12, 3, date(2026, 10, 31)) == "历史只有 3 个整月，看 12 个月的迁徙需 13 个，最早 2027-08 月末；现只有当前余额。"
    assert "最早 2026-12 月末" in too_short_word(3, 2, date(2026, 10, 31))
    assert str(past_word(3)) == "近 3 个月贡献"
