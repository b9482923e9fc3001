"""Names of bubbles: two that would run into each other stand on different lines, also at the edge and with their growth written out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from maisui.web.pages.products.drawings import Bubble, _free, _stretch


class Named:
    """A line of the catalogue of which only the name matters."""

    def __init__(self, name: str) -> None:
        self.name = name


def bubble(name: str, x: float, label_y: float, growth: str = "0.1", *, is_cut: bool = False) -> Bubble:
    return Bubble(Named(name), x, 20.0, 1.0, label_y, Decimal(growth), Decimal("0.5"), is_cut)  # type: ignore[arg-type]


def test_a_name_at_the_left_edge_runs_to_the_right() -> None:
    """Twelve letters of 1.25 begin at 10 and end at 25; the other name of 16 letters stands about 30, from 20 on."""
    assert bubble("Notice loans", 10.0, 18.4).stretch == pytest.approx((10.0, 25.0))
    assert _stretch("Government bonds", 30.0)[0] == pytest.approx(20.0)
    assert _free([bubble("Notice loans", 10.0, 18.4)], _stretch("Government bonds", 30.0), 20.0, 1.0) == 23.2
    assert _free([bubble("Notice loans", 10.0, 18.4)], _stretch("Government bonds", 40.0), 20.0, 1.0) == 18.4


def test_growth_that_is_written_out_makes_a_name_longer() -> None:
    plain, written = bubble("Funds", 50.0, 18.4), bubble("Funds", 50.0, 18.4, "0.539", is_cut=True)
    assert written.stretch[1] - written.stretch[0] == pytest.approx(plain.stretch[1] - plain.stretch[0] + 6 * 1.25)


def test_a_name_goes_to_the_next_line_when_both_nearest_are_taken() -> None:
    """Above (18.4) and below (23.2) stand other names; 18.4 − 2.3 = 16.1 is free."""
    taken = [bubble("Bonds", 50.0, 18.4), bubble("Funds", 50.0, 23.2)]
    assert _free(taken, _stretch("Insurance", 50.0), 20.0, 1.0) == 16.1


def test_a_crowd_of_names_keeps_on_lines_of_their_own() -> None:
    """Five lines are taken, three above (18.4, 16.1, 13.8) and two below (23.2, 25.5): the third below, 27.8, is free."""
    taken = [bubble("Bonds", 50.0, height) for height in (18.4, 16.1, 13.8, 23.2, 25.5)]
    assert _free(taken, _stretch("Insurance", 50.0), 20.0, 1.0) == 27.8
