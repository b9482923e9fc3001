"""How the steps of a waterfall are drawn: each from where the one before it ended, a total from zero."""

from decimal import Decimal

from maisui.web.pages.contribution.figures import drawn_steps
from maisui.web.text import Text


def steps(*lines: tuple[str, bool]):
    return drawn_steps([(Text(f"行{n}", f"line {n}"), "", "", Decimal(amount), is_total) for n, (amount, is_total) in enumerate(lines)])


def test_each_step_begins_where_the_one_before_it_ended() -> None:
    """100 up, 40 down, 60 in all: bars from 0 to 100, 60 to 100 and 0 to 60 of a hundred."""
    up, down, total = steps(("100", False), ("-40", False), ("60", True))
    assert (up.bar.x, up.bar.width, up.bar.zero) == (0.0, 100.0, 0.0)
    assert (down.bar.x, down.bar.width, down.is_loss) == (60.0, 40.0, True)
    assert (total.bar.x, total.bar.width, total.is_total) == (0.0, 60.0, True)


def test_below_zero_the_zero_line_moves_right() -> None:
    """10 up, 20 down, −10 in all: 20 wide, zero in the middle, the total left of it."""
    up, down, total = steps(("10", False), ("-20", False), ("-10", True))
    assert up.bar.zero == down.bar.zero == total.bar.zero == 50.0
    assert (up.bar.x, up.bar.width) == (50.0, 50.0)
    assert (down.bar.x, down.bar.width) == (0.0, 100.0)
    assert (total.bar.x, total.bar.width) == (0.0, 50.0)


def test_nothing_at_all_has_no_bars() -> None:
    assert [step.bar for step in steps(("0", False), ("0", True))] == [None, None]
