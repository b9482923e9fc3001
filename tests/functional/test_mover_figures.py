"""Customers behind every figure that can be taken apart: in the example bank their parts are the figure on both sides, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from functional.conftest import Demo

from maisui.answers import CATALOGUE, Comparison, Metric, MoverQuery, Period, Question, ask, has_movers, movers
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

pytestmark = pytest.mark.xdist_group("demo")
OUTLET = "53990101"
TAKEN_APART = [metric for metric in CATALOGUE if has_movers(metric)]


@pytest.fixture(scope="module")
def reader(demo: Demo) -> Iterator[Reader]:
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as found:
        yield found


def test_balances_flows_and_contributions_are_taken_apart() -> None:
    assert {metric.numerator.mart for metric in TAKEN_APART} == {
        "product_day", "customer_day", "asset_day", "loan_class_day", "loan_flow_day", "channel_day", "contribution_month",
    }  # fmt: skip


@pytest.mark.parametrize("metric", TAKEN_APART, ids=lambda metric: metric.code)
def test_the_parts_are_the_figure(reader: Reader, metric: Metric) -> None:
    (row,) = ask(reader, Question(metric.code, organisation=OUTLET, period=Period.MONTH, comparison=Comparison.PREVIOUS_MONTH)).rows
    found = movers(reader, MoverQuery(metric.code, organisation=OUTLET, period=Period.MONTH, size=200))
    assert (found.whole.value, found.whole.base) == (row.value, row.base_value)
    assert sum((one.change for one in found.groups.values()), Decimal(0)) == found.whole.change
    assert found.named.change + found.unnamed.change == found.whole.change
