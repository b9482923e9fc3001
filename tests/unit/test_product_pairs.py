"""Intervals of shares by Wilson, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maisui.answers.product_pairs import Interval, wilson


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        # n = 16, z = 2: (p + 1/8 ± 2·√(p(1−p)/16 + 1/256)) ÷ 1.25; p = 1/2: √(5/256) = √5/16.
        (8, 16, Interval(Decimal("0.500000"), Decimal("0.276393"), Decimal("0.723607"))),
        # p = 0: (0.125 ± 2·1/16) ÷ 1.25
        (0, 16, Interval(Decimal("0.000000"), Decimal("0.000000"), Decimal("0.200000"))),
        (16, 16, Interval(Decimal("1.000000"), Decimal("0.800000"), Decimal("1.000000"))),
    ],
)
def test_the_interval_is_that_of_wilson(part: int, whole: int, expected: Interval) -> None:
    assert wilson(part, whole, Decimal(2)) == expected
