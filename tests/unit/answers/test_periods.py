"""Which days a period and a comparison mean."""

from datetime import date

import pytest

from maisui.answers.periods import Comparison, Period, base_day, window_of
from maisui.metrics import Timing

FLOW, BALANCE = Timing.PERIOD, Timing.POINT


@pytest.mark.parametrize(
    ("period", "start"),
    [
        (Period.DAY, "2026-08-17"),
        (Period.MONTH, "2026-08-01"),
        (Period.QUARTER, "2026-07-01"),
        (Period.YEAR, "2026-01-01"),
        (Period.TO_DATE, "2020-03-05"),
    ],
)
def test_a_period_ends_on_the_day_and_begins_with_its_first(period: Period, start: str) -> None:
    window = window_of(date(2026, 8, 17), period, date(2020, 3, 5))
    assert (window.period_start, window.day) == (date.fromisoformat(start), date(2026, 8, 17))


@pytest.mark.parametrize(("month", "first"), [(1, 1), (3, 1), (4, 4), (6, 4), (9, 7), (12, 10)])
def test_a_quarter_begins_in_january_april_july_or_october(month: int, first: int) -> None:
    assert window_of(date(2026, month, 20), Period.QUARTER, date(2000, 1, 1)).period_start == date(2026, first, 1)


def test_no_period_begins_before_the_history() -> None:
    assert window_of(date(2026, 8, 17), Period.YEAR, date(2026, 5, 3)).days == 107


@pytest.mark.parametrize(
    ("day", "comparison", "timing", "expected"),
    [
        ("2026-03-01", Comparison.PREVIOUS_DAY, BALANCE, "2026-02-28"),
        ("2024-03-01", Comparison.PREVIOUS_DAY, FLOW, "2024-02-29"),
        ("2026-06-15", Comparison.PREVIOUS_MONTH, BALANCE, "2026-05-31"),
        ("2026-01-31", Comparison.PREVIOUS_MONTH, BALANCE, "2025-12-31"),
        ("2026-06-15", Comparison.PREVIOUS_MONTH, Timing.LAST, "2026-05-31"),
        ("2026-06-15", Comparison.PREVIOUS_MONTH, Timing.YEAR_START, "2026-05-31"),
        ("2026-06-15", Comparison.PREVIOUS_MONTH, FLOW, "2026-05-15"),
        ("2026-06-15", Comparison.PREVIOUS_MONTH, Timing.AVERAGE, "2026-05-15"),
        ("2026-01-15", Comparison.PREVIOUS_MONTH, FLOW, "2025-12-15"),
        ("2026-03-31", Comparison.PREVIOUS_MONTH, FLOW, "2026-02-28"),
        ("2024-03-31", Comparison.PREVIOUS_MONTH, FLOW, "2024-02-29"),
        ("2026-03-29", Comparison.PREVIOUS_MONTH, FLOW, "2026-02-28"),
        ("2024-03-29", Comparison.PREVIOUS_MONTH, FLOW, "2024-02-29"),
        ("2026-02-28", Comparison.PREVIOUS_MONTH, FLOW, "2026-01-31"),
        ("2026-06-15", Comparison.PREVIOUS_QUARTER, BALANCE, "2026-03-31"),
        ("2026-03-31", Comparison.PREVIOUS_QUARTER, BALANCE, "2025-12-31"),
        ("2026-06-15", Comparison.PREVIOUS_QUARTER, FLOW, "2026-03-15"),
        ("2026-05-31", Comparison.PREVIOUS_QUARTER, FLOW, "2026-02-28"),
        ("2026-01-15", Comparison.PREVIOUS_QUARTER, Timing.AVERAGE, "2025-10-15"),
        ("2026-06-15", Comparison.YEAR_START, BALANCE, "2025-12-31"),
        ("2026-12-31", Comparison.YEAR_START, FLOW, "2025-12-31"),
        ("2026-06-15", Comparison.SAME_DATE_LAST_YEAR, BALANCE, "2025-06-15"),
        ("2024-02-29", Comparison.SAME_DATE_LAST_YEAR, BALANCE, "2023-02-28"),
        ("2024-02-29", Comparison.SAME_DATE_LAST_YEAR, FLOW, "2023-02-28"),
        ("2024-02-28", Comparison.SAME_DATE_LAST_YEAR, BALANCE, "2023-02-28"),
        ("2025-02-28", Comparison.SAME_DATE_LAST_YEAR, FLOW, "2024-02-29"),
    ],
)
def test_a_comparison_ends_on_the_day_that_is_as_far_along(day: str, comparison: Comparison, timing: Timing, expected: str) -> None:
    assert base_day(date.fromisoformat(day), comparison, timing) == date.fromisoformat(expected)
