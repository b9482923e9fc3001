"""Chances of outlets, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.product_chances import Chance, chances
from maisui.answers.product_pairs import Interval, Pair

USUAL = Interval(Decimal("0.500000"), Decimal("0.400000"), Decimal("0.600000"))


def pair(first: str, second: str) -> Pair:
    return Pair(first, second, 100, 50, None, USUAL, None, 0, None, None, 0)


def test_an_outlet_below_the_lower_end_is_a_chance_once_a_product() -> None:
    """B1: 0.4 × 40 − 6 = 10 more of A's holders and 0.4 × 30 − 10 = 2 of C's; B2 is at the usual share, B3 has too few holders."""
    counts = {
        ("B1", "A", "A"): 40,
        ("B1", "A", "T"): 6,
        ("B1", "C", "C"): 30,
        ("B1", "C", "T"): 10,
        ("B2", "A", "A"): 50,
        ("B2", "A", "T"): 20,
        ("B3", "A", "A"): 19,
    }
    found = chances(counts, [pair("C", "T"), pair("A", "T")], {"T": Decimal("12.345")}, 20)
    assert found == [Chance("B1", "A", "T", 40, 6, USUAL, 10, Decimal("123.45"))]
    assert (found[0].without_count, found[0].share) == (34, Decimal("0.150000"))


def test_what_brings_nothing_is_no_chance() -> None:
    counts = {("B1", "A", "A"): 40}
    assert chances(counts, [pair("A", "T")], {"T": Decimal("-1.00")}, 20) == []
    assert chances(counts, [pair("A", "T")], {}, 20) == []
