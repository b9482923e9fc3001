"""Which conditions of a group are offered: none about what customers did while no transaction was delivered, and the form says so."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest

from maisui.web.pages.customer_groups.rule_in_address import form_of


class GatewayOf:
    """A viewer of a version that knows own transactions, or none."""

    def __init__(self, *, knows: bool) -> None:
        self.knows = knows

    def shared(self, key: tuple[str, ...], compute: object) -> bool:
        assert key == ("own_transactions",)
        assert callable(compute)
        return self.knows


def _offered(*, knows: bool) -> dict[str, list[str]]:
    gateway: Any = GatewayOf(knows=knows)
    return {section: [code for code, _ in listed] for section, listed in form_of(gateway, HttpRequest())["fields"]}


def test_days_without_a_transaction_are_offered_where_transactions_are_known() -> None:
    offered = _offered(knows=True)
    assert "idle_day_count" in offered["资金流"]
    assert "acted" in offered["做过、未做"]


@pytest.mark.parametrize("section", ["资金流", "做过、未做"])
def test_without_transactions_these_chapters_are_empty_and_say_why(section: str) -> None:
    offered = _offered(knows=False)
    assert offered[f"{section}（未报送交易明细，不可用）"] == []
    assert "asset_average_balance" in offered["资产与贷款"]
    assert not any("idle_day_count" in listed for listed in offered.values())
