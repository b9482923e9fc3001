"""Places among organisations of one grade, lines on one scale, and points on a map, reckoned by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maisui.web.pages.overview.drawings import MAP_HEIGHT, map_points, sparkline
from maisui.web.pages.overview.multiples import places_by_grade


def numbers(*values: int | str) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_places_go_by_growth_within_a_grade_and_equals_share_one() -> None:
    growths = dict(zip("ABCDEF", [*numbers("0.1", "0.3", "0.3", "-0.2", "9"), None], strict=True))
    grades = {"A": "first", "B": "first", "C": "first", "D": "first", "E": "second", "F": "first"}
    assert places_by_grade(growths, grades) == {"A": (3, 4), "B": (1, 4), "C": (1, 4), "D": (4, 4)}
    assert places_by_grade(growths, grades, less_is_better=True) == {"A": (2, 4), "B": (3, 4), "C": (3, 4), "D": (1, 4)}
    assert places_by_grade({"A": Decimal(1), "B": Decimal(2)}, {}) == {}


def test_lines_share_the_scale_they_are_given() -> None:
    """Of a scale from 0 to 100, 25 to 50 is the second quarter: the box is 28 high with margins of 3, so 22 for the whole scale."""
    drawn = sparkline(numbers(25, 50), (Decimal(0), Decimal(100)))
    assert drawn is not None
    assert drawn.lines == ("3.0,19.5 93.0,14.0",)
    assert sparkline(numbers(25), (Decimal(0), Decimal(100))) is None


def test_points_stand_north_above_and_their_area_is_the_figure() -> None:
    """On the equator a degree is as wide as high: two degrees apart in each direction, the higher box side decides."""
    west, east = map_points([(Decimal(1), Decimal(0)), (Decimal(-1), Decimal(2))], numbers(100, 25))
    assert west.x < 50 < east.x
    assert west.y < MAP_HEIGHT / 2 < east.y
    assert east.x - west.x == pytest.approx(east.y - west.y)
    assert (west.radius, east.radius) == (6.0, 3.0)


def test_one_place_stands_in_the_middle_and_nothing_is_a_dot() -> None:
    (only,) = map_points([(Decimal(27), Decimal(103))], [None])
    assert (only.x, only.y, only.radius) == (50.0, MAP_HEIGHT / 2, 1.2)
    assert map_points([], []) == []


def test_names_on_a_map_keep_out_of_each_others_way() -> None:
    places = [(Decimal("27.0"), Decimal("103.0")), (Decimal("27.01"), Decimal("103.01")), (Decimal(26), Decimal(104))]
    first, second, far = map_points(places, numbers(100, 100, 100))
    assert first.label_y == round(first.y + first.radius, 2)
    assert second.label_y == round(second.y - second.radius - 3, 2)
    assert far.label_y == round(far.y + far.radius, 2)


def test_a_name_keeps_clear_of_the_circle_of_another_place() -> None:
    """The dot lies just below the first circle, where its name would stand: the name stands above instead."""
    first, dot = map_points(
        [(Decimal(0), Decimal(0)), (Decimal("-0.17"), Decimal(0)), (Decimal(1), Decimal(1))], [Decimal(100), None, None]
    )[:2]
    assert dot.y - dot.radius < first.y + first.radius + 2.6
    assert first.label_y == round(first.y - first.radius - 3, 2)


def test_circles_that_would_cover_each_other_are_drawn_smaller_by_one_factor() -> None:
    """Neighbours 0.2 degrees apart at 26.7 degrees north stand 7.51 apart: radii of 6, 6 and 3 shrink by 0.9 × 7.51 ÷ 12."""
    points = map_points(
        [(Decimal("27.0"), Decimal("103.0")), (Decimal("27.0"), Decimal("103.2")), (Decimal(26), Decimal(104))], numbers(100, 100, 25)
    )
    assert [point.radius for point in points] == [3.38, 3.38, 1.69]
    assert [point.is_away for point in points] == [False, False, False]


def test_a_name_that_finds_no_place_beside_its_circle_is_led_to_it() -> None:
    """Six places on one spot: four names stand around it, the others further away."""
    points = map_points([(Decimal(27), Decimal(103))] * 6 + [(Decimal(26), Decimal(104))], numbers(*(100,) * 7))
    assert [point.is_away for point in points].count(True) > 0
    assert len({(point.label_x, point.label_y) for point in points}) == 7
