"""A full file that was cut short is named; increments, small feeds and what shrinks by little are not."""

from __future__ import annotations

from datetime import date

import pytest

from maisui.intake import Shrunken, shrunken

FIRST, SECOND, THIRD = date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)
FULL = {("east5", "GRJCXXB"), ("east5", "JGXXB")}


@pytest.mark.parametrize(
    ("rows", "is_named"),
    [((100, 79), True), ((100, 80), False), ((100, 120), False), ((20, 15), True), ((19, 1), False), ((100, 0), True)],
)
def test_less_than_four_fifths_of_the_rows_before_are_too_few(rows: tuple[int, int], *, is_named: bool) -> None:
    before, last = rows
    found = shrunken([("east5", "JGXXB", FIRST, before), ("east5", "JGXXB", SECOND, last)], FULL)
    assert found == ((Shrunken("east5", "JGXXB", SECOND, last, FIRST, before),) if is_named else ())


def test_only_the_last_two_days_count_and_parts_of_a_day_are_one() -> None:
    files = [
        ("east5", "JGXXB", FIRST, 500),
        ("east5", "JGXXB", THIRD, 30),
        ("east5", "JGXXB", SECOND, 25),
        ("east5", "JGXXB", SECOND, 25),
    ]
    assert shrunken(files, FULL) == (Shrunken("east5", "JGXXB", THIRD, 30, SECOND, 50),)
    assert shrunken([*files, ("east5", "JGXXB", THIRD, 20)], FULL) == ()


def test_increments_and_a_first_delivery_shrink_never() -> None:
    assert shrunken([("east5", "GRCKFHZMX", FIRST, 100), ("east5", "GRCKFHZMX", SECOND, 1)], FULL) == ()
    assert shrunken([("east5", "JGXXB", FIRST, 100)], FULL) == ()


def test_it_says_what_where_and_what_to_do() -> None:
    (one,) = shrunken([("east5", "JGXXB", FIRST, 100), ("east5", "JGXXB", SECOND, 7)], FULL)
    assert one.told == (
        "east5: JGXXB of 2026-02-28 holds 7 rows, that of 2026-01-31 held 100: "
        "what a full file leaves out counts as gone; if it was cut short, have it delivered again"
    )
