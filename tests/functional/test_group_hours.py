"""The hours of customer groups on the example bank: all known customers are the channels' hours, and groups add up to them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from functional.conftest import Demo

from maisui.answers import EVERYBODY, Selection, rule_of
from maisui.answers.group_hours import HourLine, Hours, all_hours, group_hours
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("demo")


def _kind(kind: str) -> Selection:
    return Selection(rule_of({"id": "r", "join": "all", "of": [{"id": "c1", "field": "customer_kind", "is": "is", "value": kind}]}))


def _lines(hours: Hours) -> set[HourLine]:
    return {line for line in hours.lines if line.count or line.amount}


def _sums(*sides: Hours) -> tuple[int, Decimal]:
    lines = [line for hours in sides for line in hours.lines]
    return sum(line.count for line in lines), sum((line.amount for line in lines), Decimal(0))


@pytest.mark.parametrize("months", [1, 3, 12])
def test_all_known_customers_come_when_the_channels_say_and_kinds_add_up_to_them(demo: Demo, months: int) -> None:
    """Every customer of the example bank is known: square by square the same, reversals among them."""
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as reader:
        every = all_hours(reader, None, months)
        assert _lines(group_hours(reader, EVERYBODY, None, months)) == _lines(every)
        parts = [group_hours(reader, _kind(kind), None, months) for kind in ("personal", "corporate", "unknown")]
    assert _sums(*parts) == _sums(every)
    assert _sums(every)[0] > 0
    assert _sums(parts[0])[0] > 0 < _sums(parts[1])[0]
