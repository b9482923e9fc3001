"""Figures of few customers: lines withheld with as many others as it takes that nothing is told by subtraction; the number is a dated parameter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers import ViewLine, ViewTable
from maisui.answers.group_curves import Curve, CurveTable
from maisui.web.groups.desk import Withheld
from maisui.web.groups.threshold import fewest_shown


def table(*counts: tuple[int, int], is_whole: bool = True) -> ViewTable:
    lines = tuple(ViewLine(f"L{place}", one, Decimal(one), other, Decimal(other)) for place, (one, other) in enumerate(counts))
    return ViewTable("organisation", "asset_average_balance", lines, is_whole)


def left(shown: ViewTable, fewest: int = 5, *, others: int = 1000, is_within: bool = False) -> list[int]:
    """Return what is left of a table; in every line stand `others` of everybody beside the larger of the two groups."""
    everybody = {line.code: max(line.count, line.base_count) + others for line in shown.lines}
    return [line.count for line in Withheld(fewest, is_within=is_within).table(shown, everybody).lines]


def test_a_single_line_of_few_takes_the_next_smallest_with_it() -> None:
    assert left(table((4, 40), (9, 90), (7, 70))) == [9]
    assert left(table((5, 50), (9, 90), (7, 70))) == [5, 9, 7]


def test_lines_left_out_are_of_enough_customers_together() -> None:
    """1 and 2 make 3, which the total would give away: the next smallest goes as well."""
    assert left(table((1, 50), (2, 60), (9, 90), (20, 99))) == [20]
    assert left(table((3, 50), (2, 60), (9, 90))) == [9]


def test_few_in_what_a_group_is_held_against_are_withheld_as_well() -> None:
    assert left(table((40, 4), (90, 9), (70, 70))) == [90]


def test_a_table_that_adds_up_to_nothing_tells_nothing_by_subtraction() -> None:
    assert left(table((4, 40), (9, 90), is_whole=False)) == [9]


def test_the_least_number_is_a_dated_parameter() -> None:
    assert fewest_shown(date(2026, 3, 31)) == 5


def test_cohorts_of_few_are_withheld_and_one_more_where_it_could_be_told() -> None:
    whole, *cohorts = (Curve(str(count), count, Decimal(0), (None,), count, Decimal(0), (None,)) for count in (40, 4, 9, 27))
    found = Withheld(5).curves(CurveTable("survival", (1,), whole, tuple(cohorts)), {one.code: one.count for one in cohorts})
    assert [one.count for one in found.cohorts] == [27], "4 alone would follow from all of them"
    assert found.whole == whole


def test_a_line_of_all_but_few_is_withheld_since_everybody_less_it_tells_them() -> None:
    """Of 12 at an outlet 9 are in the group: everybody's line without it would be the figures of 3."""
    assert left(table((9, 12), (90, 190), (70, 170)), others=0) == [90]
    assert left(table((9, 9), (90, 190), (70, 170)), others=0) == [9, 90, 70], "nobody is left over"


def test_lines_of_all_but_few_are_left_over_by_enough_together() -> None:
    """3 and 1 left over make 4, which the totals of group and everybody would tell: the next smallest goes as well."""
    assert left(table((9, 12), (19, 20), (40, 99), (90, 190)), others=0) == [90]


def test_two_groups_of_which_one_holds_the_other_tell_no_few_by_subtraction() -> None:
    assert left(table((40, 43), (90, 150), (70, 170)), is_within=True) == [90]
    assert left(table((40, 43), (90, 150), (70, 170))) == [40, 90, 70], "who is in one and not in the other cannot be told"
