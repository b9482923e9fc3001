"""The stage of a product by its rule: thresholds of 10 % up and 5 % down, at least 20 holders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers.product_months import ProductMonth
from maisui.answers.product_settings import ProductSettings, Setting
from maisui.answers.product_stage import Stage, life_of

DAY = date(2026, 6, 30)
SETTINGS = ProductSettings(
    DAY,
    {
        code: Setting(Decimal(value), date(1900, 1, 1))
        for code, value in (("product_growth_rate", "0.10"), ("product_decline_rate", "0.05"), ("product_fewest_holders", "20"))
    },
)


def month(active: int | None, balance: str | None, holders: int | None = 100) -> ProductMonth:
    return ProductMonth(None if balance is None else Decimal(balance), holders, active)


@pytest.mark.parametrize(
    ("now", "before", "stage"),
    [
        (month(110, "100.00"), month(100, "100.00"), Stage.GROWTH),
        (month(109, "109.99"), month(100, "100.00"), Stage.MATURITY),
        (month(95, "104.00"), month(100, "100.00"), Stage.DECLINE),
        (month(96, "95.01"), month(100, "100.00"), Stage.MATURITY),
        (month(94, "115.00"), month(100, "100.00"), Stage.MATURITY),
        (month(30, "9.00"), ProductMonth(), Stage.INTRODUCTION),
        (month(120, None), month(100, None), Stage.GROWTH),
        (month(120, "200.00", holders=19), month(100, "100.00"), None),
        (month(None, "200.00", holders=None), month(None, "100.00", holders=None), None),
    ],
)
def test_the_stage_follows_both_rates(now: ProductMonth, before: ProductMonth, stage: Stage | None) -> None:
    assert life_of(now, before, SETTINGS, has_history=True).stage is stage


def test_a_short_history_judges_nothing() -> None:
    assert life_of(month(110, "150.00"), ProductMonth(), SETTINGS, has_history=False).stage is None
