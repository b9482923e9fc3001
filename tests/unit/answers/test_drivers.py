"""What moved a figure: every line's part, reckoned by hand, and always adding up to the change as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maisui.answers import CHILD, Answer, Movement, Question, Row, movement, splits_of
from maisui.metrics import BY_CODE
from maisui.metrics.measure_sql import Window

Line = tuple[str | int | None, str | int | None]


def answer(metric: str, lines: Mapping[str, Line], by: tuple[str, ...] = ("product",), days: int = 31) -> Answer:
    """Return an answer split by `by` (values of several dimensions stand behind each other, with `/`) with numerators and denominators."""
    definition = BY_CODE[metric]
    rows: list[Row] = []
    for key, (above, below) in lines.items():
        numerator, denominator = (None if side is None else Decimal(side) for side in (above, below))
        value = numerator if denominator is None or numerator is None else numerator / denominator if denominator else None
        rows.append(Row(dict(zip(by, key.split("/"), strict=True)), numerator, denominator, value))
    window = Window(date(2026, 10, 31), date(2026, 10, 31 - days + 1))
    return Answer(definition, Question(metric, by), window, None, "v", tuple(rows), (), {})


def effects(moved: Movement | None) -> dict[str, str]:
    assert moved is not None
    return {one.code: str(one.effect) for one in moved.drivers}


def test_a_sum_moves_by_what_its_lines_moved_the_largest_first() -> None:
    now = answer("deposit_balance", {"A": ("120.50", None), "B": ("30.00", None), "D": ("7.00", None)})
    then = answer("deposit_balance", {"A": ("100.00", None), "B": ("55.25", None), "C": ("1.00", None)})
    moved = movement(now, then, {})
    assert moved is not None
    assert (moved.base, moved.value, moved.change) == (Decimal("156.25"), Decimal("157.50"), Decimal("1.25"))
    assert list(effects(moved).items()) == [("B", "-25.25"), ("A", "20.50"), ("D", "7.00"), ("C", "-1.00")]
    assert [(one.base, one.value) for one in moved.drivers if one.code in ("C", "D")] == [(None, Decimal("7.00")), (Decimal("1.00"), None)]


def test_a_ratio_moves_by_weight_and_by_its_own_ratio() -> None:
    """Bad loans 2 of 100 (A) and 2 of 100 (B) become 3 of 100 and 8 of 200: 2 % becomes 3.666667 %.

    A: weight 1/2 to 1/3 at the average ratio brings nothing; its ratio rises by 1 point at weight 1/3. B: its ratio by 2 points at 2/3.
    Both lose a third of the last place by rounding down; the place that is left to 0.016667 goes to the first of them.
    """
    now, then = answer("npl_ratio", {"A": (3, 100), "B": (8, 200)}), answer("npl_ratio", {"A": (2, 100), "B": (2, 100)})
    moved = movement(now, then, {})
    assert moved is not None
    assert (moved.base, moved.value) == (Decimal("0.020000"), Decimal("0.036667"))
    assert [(one.code, str(one.effect), str(one.mix), str(one.rate)) for one in moved.drivers] == [
        ("B", "0.013333", "0.000000", "0.013333"),
        ("A", "0.003334", "0.000000", "0.003334"),
    ]


def test_a_larger_weight_of_a_worse_line_is_mix() -> None:
    """A stands at 1 % and B at 5 %, of 100 each; B grows to 300: weights 1/2, 1/2 become 1/4, 3/4 and 3 % becomes 4 %.

    B: (3/4 - 1/2) x (5 % - 3 %) = 0.5 points; A: (1/4 - 1/2) x (1 % - 3 %) = 0.5 points; nobody's own ratio moved.
    """
    moved = movement(answer("npl_ratio", {"A": (1, 100), "B": (15, 300)}), answer("npl_ratio", {"A": (1, 100), "B": (5, 100)}), {})
    assert moved is not None
    assert [(one.code, str(one.mix), str(one.rate)) for one in moved.drivers] == [
        ("A", "0.005000", "0.000000"),
        ("B", "0.005000", "0.000000"),
    ]


def test_what_a_new_line_brings_to_a_ratio_is_rate_and_what_a_lost_one_takes_is_mix() -> None:
    """2 % of 100 is joined by 10 % of 100: 6 %; the new line brings 1/2 x (10 % - 2 %) = 4 points. The way back is all mix."""
    alone, joined = answer("npl_ratio", {"A": (2, 100)}), answer("npl_ratio", {"A": (2, 100), "B": (10, 100)})
    there, back = movement(joined, alone, {}), movement(alone, joined, {})
    assert there is not None
    assert back is not None
    assert [(one.code, str(one.mix), str(one.rate)) for one in there.drivers] == [
        ("B", "0.000000", "0.040000"),
        ("A", "0.000000", "0.000000"),
    ]
    assert {one.code: (str(one.mix), str(one.rate)) for one in back.drivers} == {
        "A": ("-0.020000", "0.000000"),
        "B": ("-0.020000", "0.000000"),
    }


def test_an_average_is_a_sum_over_the_days_of_its_own_period() -> None:
    """3 100 over 31 days and 2 800 over 28 days are both 100.00 a day."""
    now = answer("deposit_average_daily_balance", {"A": ("3100.00", 31), "B": ("62.00", 31)})
    then = answer("deposit_average_daily_balance", {"A": ("2800.00", 28), "B": ("28.00", 28)}, days=28)
    assert effects(movement(now, then, {})) == {"B": "1.00", "A": "0.00"}


def test_only_lines_within_the_chosen_values_count() -> None:
    by = ("customer_kind", "product")
    now = answer("deposit_balance", {"personal/A": (5, None), "personal/B": (7, None), "corporate/A": (100, None)}, by)
    then = answer("deposit_balance", {"personal/A": (4, None), "corporate/A": (50, None)}, by)
    moved = movement(now, then, {"customer_kind": "personal"})
    assert moved is not None
    assert (moved.base, moved.value) == (Decimal("4.00"), Decimal("12.00"))
    assert effects(moved) == {"B": "7.00", "A": "1.00"}


def test_a_figure_that_does_not_exist_at_one_of_the_days_has_no_drivers() -> None:
    there = answer("npl_ratio", {"A": (2, 100)})
    assert movement(there, replace(there, rows=()), {}) is None
    assert movement(there, answer("npl_ratio", {"A": (0, 0)}), {}) is None
    assert movement(there, there, {"product": "Z"}) is None


def test_what_nobody_delivered_is_not_0() -> None:
    """Where the loans are there but their classes are not, the ratio is — and has not risen from 0."""
    there, missing = answer("npl_ratio", {"A": (2, 100)}), answer("npl_ratio", {"A": (None, 100)})
    assert movement(there, missing, {}) is None
    assert movement(missing, there, {}) is None
    assert movement(there, answer("npl_ratio", {"A": (2, None)}), {}) is None


def test_a_split_is_offered_only_where_both_sides_add_up() -> None:
    assert splits_of(BY_CODE["deposit_balance"])[0] == CHILD
    assert "tier" not in splits_of(BY_CODE["deposit_balance"])
    assert splits_of(BY_CODE["channel_customer_count"]) == ("customer_kind",)
    assert splits_of(BY_CODE["largest_borrower_ratio"]) == ()


amounts = st.integers(-(10**9), 10**9)
lines = st.dictionaries(st.sampled_from("ABCDEFGH"), st.tuples(amounts, st.integers(0, 10**9)), min_size=1)


@pytest.mark.parametrize("metric", ["npl_ratio", "deposit_per_customer", "deposit_average_daily_balance"])
@given(now=lines, then=lines)
@settings(max_examples=60, derandomize=True, deadline=None, database=None)
def test_the_effects_add_up_to_the_change_to_the_last_place(metric: str, now: dict[str, Line], then: dict[str, Line]) -> None:
    if metric == "deposit_average_daily_balance":
        now, then = ({code: (above, 31) for code, (above, _) in side.items()} for side in (now, then))
    moved = movement(answer(metric, now), answer(metric, then), {})
    if moved is None:
        assert not sum(int(below or 0) for _, below in now.values()) or not sum(int(below or 0) for _, below in then.values())
        return
    assert sum((one.effect for one in moved.drivers), Decimal(0)) == moved.change
    for one in moved.drivers:
        if one.mix is not None and one.rate is not None:
            assert one.mix + one.rate == one.effect
