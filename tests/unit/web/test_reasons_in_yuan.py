"""Reasons of the churn list: beside what holds stands how much it is in yuan, from what to what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from maisui.answers import SaverState, ScoredCustomer, ScoreReason
from maisui.models import CHURN
from maisui.web.pages.churn.words import reasons

D = Decimal
SAVER = SaverState(
    earlier_assets=D("71720.40"),
    recent_assets=D("34855.54"),
    month_assets=D("9000.00"),
    inflow=D("1000.00"),
    outflow=D("51000.49"),
    payroll=D(0),
    own_elsewhere=D("42000.00"),
    maturing=D("20000.00"),
    idle_days=118,
)
RULES = {line.code: line for line in CHURN.rules}
FEATURES = {one.code: one for one in CHURN.features}


def told(*codes: str, saver: SaverState | None = SAVER) -> list[str]:
    found = tuple(
        ScoreReason(FEATURES[code].name_zh, FEATURES[code].name_en, FEATURES[code].shape.value, 0.5, code)
        for code in codes
        if code in FEATURES
    )
    rules = tuple(RULES[code] for code in codes if code in RULES)
    customer = ScoredCustomer("1", None, "personal", "城关支行", D(1), None, None, True, found, (), rules, saver=saver)
    return reasons(customer)


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("assets_halved", "近三个月资产较再前三个月下降逾一半（71,720 → 34,856 元）"),
        ("no_own_transaction", "90 天没有主动交易（已 118 天，资产 34,856 元）"),
        ("month_to_quarter", "当月资产为近三个月平均的 50%（34,856 → 9,000 元）"),
        ("net_outflow_to_assets", "近三个月净流出为资产的 50%（50,000 元）"),
        ("own_elsewhere_to_assets", "近三个月净转往本人他行账户为资产的 50%（42,000 元）"),
        ("product_groups", "持有产品组 0"),
    ],
)
def test_a_reason_says_how_much(code: str, zh: str) -> None:
    with override("zh-hans"):
        assert told(code) == [zh]


def test_in_english_too_and_without_amounts_the_reason_stands_alone() -> None:
    with override("en"):
        assert told("assets_halved") == ["Assets of three months fell by more than half (71,720 → 34,856 CNY)"]
        assert told("assets_halved", saver=None) == ["Assets of three months fell by more than half"]
