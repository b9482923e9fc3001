"""Survival of accounts and what changed a margin, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers.product_effects import Earned, effects_of
from maisui.answers.product_facts import Benefit
from maisui.answers.product_life import AgeCounts, kaplan_meier, median_age


def test_survival_is_the_product_of_what_each_age_leaves() -> None:
    """Ten at risk and two closed leave 0.8; at age 1 eight less three censored and one late comer make six, of whom three close: 0.4."""
    found = kaplan_meier({0: AgeCounts(10, 2, 3), 1: AgeCounts(1, 3, 3)}, Decimal("1.96"))
    assert [(one.age, one.at_risk, one.closed, one.share.value) for one in found] == [
        (0, 10, 2, Decimal("0.800000")),
        (1, 6, 3, Decimal("0.400000")),
    ]


def test_its_interval_is_greenwoods() -> None:
    """0.8 × √(2 ÷ (10 × 8)) = 0.126491 to either side, times 1.96."""
    (one,) = kaplan_meier({0: AgeCounts(10, 2, 8)}, Decimal("1.96"))
    assert (one.share.low, one.share.high) == (Decimal("0.552077"), Decimal("1.000000"))


def test_nobody_closed_among_few_is_no_certainty() -> None:
    """Of 16 none closed: 16 ÷ (16 + 4) = 0.8 with two deviations; once only 4 are at risk 4 ÷ 8. Of 4 all closed: 4 ÷ 8 at most are left."""
    found = kaplan_meier({0: AgeCounts(16, 0, 12), 1: AgeCounts(0, 0, 4)}, Decimal(2))
    assert [(one.share.low, one.share.value, one.share.high) for one in found] == [
        (Decimal("0.800000"), Decimal(1), Decimal(1)),
        (Decimal("0.500000"), Decimal(1), Decimal(1)),
    ]
    (gone,) = kaplan_meier({0: AgeCounts(4, 4, 0)}, Decimal(2))
    assert (gone.share.low, gone.share.value, gone.share.high) == (Decimal(0), Decimal(0), Decimal("0.500000"))


def test_survival_ends_where_nobody_is_at_risk() -> None:
    found = kaplan_meier({2: AgeCounts(1, 1, 0), 9: AgeCounts(4, 1, 3)}, Decimal(1))
    assert [one.age for one in found] == [2]
    assert found[0].share.value == 0


def test_the_median_is_the_age_at_which_half_have_happened() -> None:
    assert median_age([(5, 1), (1, 2), (3, 1)]) == 1
    assert median_age([(1, 1), (3, 2)]) == 3
    assert median_age([(1, 0)]) is None


def test_volume_mix_and_rate_add_up_to_the_change() -> None:
    """Then 100 at 0.02 and 100 at 0.04 (0.03 of all); now 300 and 100, earning 6.60 and 3.00.

    Volume 200 × 0.03 = 6.00; mix 300 × 0.02 + 100 × 0.04 − 400 × 0.03 = −2.00; rate 9.60 − 10.00 = −0.40; fees +1.00.
    """
    base = {"a": Earned(Decimal(100), Decimal("2.00")), "b": Earned(Decimal(100), Decimal("4.00"))}
    now = {"a": Earned(Decimal(300), Decimal("6.60"), Decimal("1.00")), "b": Earned(Decimal(100), Decimal("3.00"))}
    found = effects_of(now, base)
    assert (found.volume, found.mix, found.rate, found.fees) == tuple(map(Decimal, ("6.00", "-2.00", "-0.40", "1.00")))
    assert found.change == Decimal("4.60")


def test_what_is_new_tells_by_its_rate() -> None:
    """Nobody held b: 100 more at the usual 0.02 are volume, the 0.01 above it rate."""
    found = effects_of(
        {"a": Earned(Decimal(100), Decimal("2.00")), "b": Earned(Decimal(100), Decimal("3.00"))},
        {"a": Earned(Decimal(100), Decimal("2.00"))},
    )
    assert (found.volume, found.mix, found.rate) == (Decimal("2.00"), Decimal("0.00"), Decimal("1.00"))


def benefit(margin: str, servicing: str, fees: str = "0.00") -> Benefit:
    nil = Decimal("0.00")
    return Benefit(30, 4, Decimal("1000.00"), Decimal(margin), Decimal(fees), nil, Decimal(servicing), nil, nil, nil, nil, nil)


def test_the_break_even_is_service_over_what_a_yuan_earns() -> None:
    """10.00 on 1,000.00 are 0.01 a yuan: service of 6.00 with fees of 1.00 needs 500.00."""
    assert benefit("10.00", "6.00", "1.00").break_even_balance == Decimal("500.00")


def test_nothing_breaks_even_where_a_yuan_earns_nothing() -> None:
    assert benefit("0.00", "6.00").break_even_balance is None
