"""Pages of prediction before the first month end, and with few months: no number stands where nothing is known, and what is missing is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from customers_home import LAST_DAY, customers_home
from django.test import Client
from long_history import LongHistory, month_ends_before
from web_home import forget_answers, signed_in_browser

from maisui.answers import Bank
from maisui.models import CHURN, CREDIT
from maisui.models.identity import TABLES as IDENTITY_TABLES
from maisui.models.identity import score_identity
from maisui.models.next_product.described import TABLES as NEXT_PRODUCT_TABLES
from maisui.models.next_product.make import score_next_product
from maisui.models.refusal import TABLES as REFUSAL_TABLES
from maisui.models.scores import score
from maisui.models.segments.described import TABLES as SEGMENT_TABLES
from maisui.models.segments.find import score_segments
from maisui.models.value import TABLES as VALUE_TABLES
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
    forget_answers(monkeypatch)  # the same version is whole to other tests
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


_TABLES = sorted(
    {*CHURN.tables, *CREDIT.tables, *VALUE_TABLES, *SEGMENT_TABLES, *NEXT_PRODUCT_TABLES, *IDENTITY_TABLES, *REFUSAL_TABLES, "customer"}
)
_RUNGS = {
    "churn": {2: "规则", 6: "规则", 12: "基线", 24: "基线", 36: "基线"},
    "credit-warning": {2: "规则", 6: "规则", 12: "规则", 24: "基线", 36: "基线"},
    "customer-value": dict.fromkeys((2, 6, 12, 24, 36), "规则"),
    "next-products": {2: "规则", 6: "规则", 12: "基线", 24: "基线", 36: "基线"},
    "segments": dict.fromkeys((2, 6, 12, 24, 36), "规则"),
    "same-person": dict.fromkeys((2, 6, 12, 24, 36), "规则"),
}
"""The step of the ladder of each page where nothing is trained, by whole months of history (models.md 6)."""
_NEEDED = {"churn": 15, "credit-warning": 30, "customer-value": 24, "next-products": 12, "segments": 3, "same-person": 1}
_CLAIMS = (">流失概率<", ">违约概率<", ">预期损失<", ">预期价值<", " 个月内开办率<", ">预期收益<")
"""Headings of columns that hold what only a model on trial or in use may say."""


@pytest.mark.parametrize("months", [2, 6, 12, 24, 36])
def test_with_so_many_months_each_page_prints_its_step_and_what_is_missing(months: int, settings, tmp_path: Path, monkeypatch) -> None:
    for part in customers_home().iterdir():
        if part.name != "models":
            (tmp_path / part.name).symlink_to(part)
    found = Bank(tmp_path)
    settings.BANK, settings.HOME = found, found.home
    with found.reader() as reader:
        version, past = reader.manifest.version, LongHistory(reader, _TABLES, LAST_DAY, months)
    for model in (CHURN, CREDIT):
        score(past, tmp_path, model, version)
    for say in (score_value, score_next_product, score_segments, score_identity):
        say(past, tmp_path, version)
    ends = month_ends_before(LAST_DAY, months)
    monkeypatch.setattr("maisui.web.calendar_through_gateway.month_ends", lambda _: ends[::-1])
    client = signed_in_browser("somebody", ("bank_president", ""))
    for page, rungs in _RUNGS.items():
        told = client.get(f"/{page}/")
        text = told.content.decode()
        assert told.status_code == 200
        assert f'severity-low">{rungs[months]}</span>' in text, (page, rungs[months])
        for claimed in _CLAIMS:
            assert claimed not in text, (page, claimed)
        missing = _NEEDED[page] - months
        month = LAST_DAY.year * 12 + LAST_DAY.month - 1 + missing
        said = f"仅有 {months} 个月历史（需 {_NEEDED[page]} 个月），最早 {month // 12}-{month % 12 + 1:02d} 可训练"
        assert (said in text) is (missing > 0), (page, said)
        assert ("历史已够，模型尚未训练" in text) is (missing <= 0), page
    if months == 2:
        assert "2026-07 月末起才能判断，此前不列名单" in client.get("/churn/").content.decode()
