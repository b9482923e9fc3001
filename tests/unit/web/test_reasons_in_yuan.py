"""Reasons of the churn list: beside what holds stands how much it is in yuan, from what to what."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from maisui.answers import SaverState, ScoredCustomer, ScoreReason
from maisui.models import CHURN, CREDIT
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


def test_a_line_of_the_credit_rule_says_how_much_and_without_values_stands_alone() -> None:
    lines, features = {line.code: line for line in CREDIT.rules}, {one.code: one for one in CREDIT.features}
    values = {
        "troubled_neighbours": 2,
        "months_to_due": 0.39,
        "cushion": 0.03,
        "arrears_months": 4,
        "inflow_to_earlier": 0.23,
        "inflow_to_loan": 0.5,
    }

    def told_of(code: str, known: dict[str, float]) -> list[str]:
        shown = tuple(
            ScoreReason(features[one].name_zh, features[one].name_en, features[one].shape.value, known[one], one)
            for one in lines[code].shown
            if one in known
        )
        return reasons(
            ScoredCustomer("1", None, "personal", "城关支行", D(1), None, None, True, (), (), (lines[code],), rule_values={code: shown})
        )

    with override("zh-hans"):
        assert told_of("troubled_neighbours", values) == ["担保对方已逾期或不良（2 户）"]
        assert told_of("due_uncovered", values) == ["贷款临近到期而存款很少（距最近到期 0.4 个月，近三个月金融资产为贷款的 3%）"]
        assert told_of("arrears_again", values) == ["近一年多次月末拖欠（4 次）"]
        assert told_of("inflow_dries_up", values) == ["流入大幅下降（近三个月流入为再前三个月的 23%，近三个月流入为贷款的 50%）"]
        assert told_of("special_mention", values) == ["有关注类贷款"]
        assert told_of("inflow_dries_up", {}) == ["流入大幅下降"]
    with override("en"):
        assert told_of("troubled_neighbours", values) == ["A guarantee partner is overdue or bad (2 of them)"]
        assert told_of("arrears_again", values) == ["In arrears at several month ends of a year (4 times)"]
