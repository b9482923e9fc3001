"""Figures of few customers: lines withheld with as many others as it takes that nothing is told by subtraction; the number is a dated parameter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers import ViewLine, ViewTable
from maisui.answers.group_curves import Curve, CurveTable
from maisui.web.groups.desk import curves_without_few, without_few
from maisui.web.groups.threshold import fewest_shown


def table(*counts: tuple[int, int], is_whole: bool = True) -> ViewTable:
    lines = tuple(ViewLine(f"L{place}", one, Decimal(one), other, Decimal(other)) for place, (one, other) in enumerate(counts))
    return ViewTable("organisation", "asset_average_balance", lines, is_whole)


def left(found: ViewTable) -> list[int]:
    return [line.count for line in found.lines]


def test_a_single_line_of_few_takes_the_next_smallest_with_it() -> None:
    assert left(without_few(table((4, 40), (9, 90), (7, 70)), 5)) == [9]
    assert left(without_few(table((5, 50), (9, 90), (7, 70)), 5)) == [5, 9, 7]


def test_lines_left_out_are_of_enough_customers_together() -> None:
    """1 and 2 make 3, which the total would give away: the next smallest goes as well."""
    assert left(without_few(table((1, 50), (2, 60), (9, 90), (20, 99)), 5)) == [20]
    assert left(without_few(table((3, 50), (2, 60), (9, 90)), 5)) == [9]


def test_few_in_what_a_group_is_held_against_are_withheld_as_well() -> None:
    assert left(without_few(table((40, 4), (90, 9), (70, 70)), 5)) == [90]


def test_a_table_that_adds_up_to_nothing_tells_nothing_by_subtraction() -> None:
    assert left(without_few(table((4, 40), (9, 90), is_whole=False), 5)) == [9]


def test_the_least_number_is_a_dated_parameter() -> None:
    assert fewest_shown(date(2026, 3, 31)) == 5


def test_cohorts_of_few_are_withheld_and_one_more_where_it_could_be_told() -> None:
    whole, *cohorts = (Curve(str(count), count, Decimal(0), (None,), count, Decimal(0), (None,)) for count in (40, 4, 9, 27))
    found = curves_without_few(CurveTable("survival", (1,), whole, tuple(cohorts)), 5)
    assert [one.count for one in found.cohorts] == [27], "4 alone would follow from all of them"
    assert found.whole == whole
