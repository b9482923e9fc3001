"""Which tables and metrics rest on a parameter, and in which family it stands."""

from __future__ import annotations

import pytest

from maisui.answers.parameter_desk import open_families
from maisui.answers.parameter_use import metrics_on, tables_on
from maisui.models import CREDIT
from maisui.parameters import FAMILIES, product_lines
from maisui.web.follows.threshold import MOVEMENT_PARAMETER
from maisui.web.groups.threshold import FEWEST_PARAMETER
from maisui.web.needs.response import RESPONSE_PARAMETERS

TOLD = {*RESPONSE_PARAMETERS.values(), MOVEMENT_PARAMETER, FEWEST_PARAMETER, *CREDIT.parameters}
SUGGESTED = ("cash.", "circle.", "counter_staffing.", "customer_value.", "model.", "next_product.")
"""What files beside a version go by: cash to hold, suggested circles, expected values, offers, the rules of the model desk; and staffing."""
CODES = sorted({entry["code"] for entry in product_lines()})


@pytest.mark.parametrize("code", CODES)
def test_every_parameter_of_the_product_decides_some_metric_cases_scores_or_what_staff_are_told(code: str) -> None:
    if code.startswith("alert."):
        assert "alert_case" in tables_on(code)
    else:
        assert code in TOLD or code.startswith(SUGGESTED) or metrics_on(code)


@pytest.mark.parametrize("code", CODES)
def test_every_parameter_stands_in_exactly_one_family(code: str) -> None:
    assert sum(member.holds(code) for family in FAMILIES for member in family.members) == 1


def test_a_parameter_is_followed_through_the_tables_it_decides() -> None:
    """The cost of capital is settled by month, charged to accounts and summed up; channels know nothing of it."""
    tables = tables_on("capital_cost_rate")
    assert {"contribution_setting", "account_contribution_month", "contribution_month", "profit_bridge_month"} <= tables
    assert not {"channel_day", "account", "customer_standing"} & tables
    assert "economic_value_added" in {metric.code for metric in metrics_on("capital_cost_rate")}


def test_a_beginning_reads_the_codes_that_complete_it() -> None:
    assert tables_on("electronic_channel.village") == tables_on("electronic_channel.atm")
    assert "channel_day" in tables_on("own_electronic_channel.vtm")
    assert "ledger_line_day" in tables_on("ledger_line.6011")
    assert not tables_on("colour")


def test_a_limit_that_only_a_control_knows_points_to_what_it_controls() -> None:
    assert tables_on("unexplained_profit_limit") == {"profit_bridge_month"}


def test_codes_may_be_added_to_open_families_only() -> None:
    assert {family.beginning for family in open_families()} == {
        "transfer_tenor_days.", "interest_day_basis.", "vat_rate.", "risk_weight.", "loss_given_default.", "electronic_channel.",
        "union_bank_code_prefix.", "terminal_month_cost.", "ledger_line.", "own_line.", "own_line_name.", "interest_of.", "union_elimination.", "ratio_floor.", "ratio_ceiling.", "scheme_weight.", "manual_workload_rate.",
            "branch_similarity.", "branch_output.", "product_band.term.", "product_band.rate.", "product_band.amount.",
        "next_product.offered.", "next_product.youngest.", "next_product.oldest.", "next_product.risk.",
        "product_band.maturity.", "product_band.age.", "product_rate_response.", "product_fee_response.", "workload_factor.", "post_factor.",
        *(f"{code}." for code in CODES if code.startswith("alert.")),
    }  # fmt: skip
