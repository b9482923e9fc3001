"""The naive forecast, against figures computed by hand."""

from __future__ import annotations

from decimal import Decimal

from maisui.web.pages.channels.forecast import naive_forecast


def numbers(*values: int | None) -> list[Decimal | None]:
    return [None if value is None else Decimal(value) for value in values]


def test_next_month_is_as_this_one_within_what_months_have_moved_by() -> None:
    """Changes of +30, −40 and four of 0: √(2,500 ÷ 6) = 20.41, times 1.2816 is 26.16 either way of 90."""
    found = naive_forecast(numbers(100, 130, 90, 90, 90, 90, 90))
    assert found is not None
    assert (found.expected, found.changes) == (Decimal(90), 6)
    assert (found.low, found.high) == (Decimal(64), Decimal(116))


def test_fewer_than_six_changes_in_a_row_forecast_nothing() -> None:
    assert naive_forecast(numbers(1, 2, 3, 4, 5, 6)) is None
    assert naive_forecast(numbers(1, 2, 3, None, 5, 6, 7, 8, 9, 10)) is None


def test_a_count_is_never_forecast_below_nothing() -> None:
    found = naive_forecast(numbers(0, 100, 0, 100, 0, 100, 0))
    assert found is not None
    assert found.low == 0
