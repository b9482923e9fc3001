"""Days worked in forecasts: a planted effect is told of the months ahead, no effect changes nothing, and without a calendar nothing is guessed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from maisui.models.cash.days import HolidayDays
from maisui.models.forecast.calendar import days_worked, festival_shares, lengths, next_month_ends
from maisui.models.forecast.selection import Calendar, Continued, continue_series, work_effect
from maisui.models.forecast.subject import MONTHS_AHEAD

MONTHS = 36
OWN = next_month_ends(date(2023, 9, 30), MONTHS)
SPANNED = (*OWN, *next_month_ends(OWN[-1], MONTHS_AHEAD))
MID_AUTUMN = {2023: date(2023, 9, 29), 2024: date(2024, 9, 17), 2025: date(2025, 10, 6), 2026: date(2026, 9, 25), 2027: date(2027, 9, 15)}


def calendar_of(years: range) -> HolidayDays:
    """Return a calendar with New Year, National Day, and Mid-Autumn with the two days after it."""
    days: dict[date, tuple[str, str]] = {}
    for year in years:
        days[date(year, 1, 1)] = ("holiday", "元旦")
        days |= {date(year, 10, number): ("holiday", "国庆节") for number in range(1, 8)}
        days |= {MID_AUTUMN[year] + timedelta(days=place): ("holiday", "中秋节") for place in range(3)}
    return HolidayDays(days)


WHOLE = calendar_of(range(2023, 2028))


def told(values: np.ndarray, holidays: HolidayDays) -> Continued:
    worked = days_worked(SPANNED, holidays)
    return continue_series(values, Calendar(lengths(SPANNED), festival_shares(SPANNED, ()), worked), with_models=False)


def drawn(effect: float, noise: float = 2.0) -> np.ndarray:
    """Return months of a mean day of 200 and `effect` for each share of days worked above the mean, without a slope."""
    worked = days_worked(SPANNED, WHOLE)
    assert worked is not None
    days = lengths(SPANNED)[:MONTHS]
    return days * (200.0 + effect * worked[:MONTHS] + np.random.default_rng(5).normal(0, noise, MONTHS))


def error_of(found: Continued, values: np.ndarray) -> float:
    points = len(values)
    return np.concatenate([np.abs(said - values[points - back :][: len(said)]) for back, said in found.past.items()]).mean().item()


def test_days_worked_are_counted_by_hand() -> None:
    """October 2024 has 31 days: 8 of weekends, two of them holidays, and five more holidays: 18 worked. In January 2024 22 are."""
    worked = days_worked(SPANNED, WHOLE)
    assert worked is not None
    place = {day: number for number, day in enumerate(SPANNED)}
    between = worked[place[date(2024, 1, 31)]] - worked[place[date(2024, 10, 31)]]
    assert between == pytest.approx(22 / 31 - 18 / 31)
    assert worked.sum() == pytest.approx(0)


def test_an_effect_of_days_worked_is_told_of_past_and_coming_months() -> None:
    values = drawn(400.0)
    plain, knowing = told(values, HolidayDays({})), told(values, WHOLE)
    assert error_of(knowing, values) < 0.6 * error_of(plain, values)
    worked = days_worked(SPANNED, WHOLE)
    assert worked is not None
    expected = lengths(SPANNED)[MONTHS:] * (200.0 + 400.0 * worked[MONTHS:])
    assert np.abs(knowing.future / expected - 1).max() < 0.05


def test_without_an_effect_or_a_calendar_nothing_changes() -> None:
    values = drawn(0.0)
    plain = told(values, HolidayDays({}))
    assert told(values, WHOLE).future.tobytes() == plain.future.tobytes()
    assert days_worked(SPANNED, HolidayDays({})) is None
    assert days_worked(SPANNED, calendar_of(range(2024, 2025))) is not None
    assert days_worked(OWN[:11], WHOLE) is None
    assert work_effect(values[:11], np.zeros(11), np.ones(11)) == 0.0


def test_months_ahead_whose_calendar_is_not_delivered_are_told_as_ordinary_ones() -> None:
    worked = days_worked(SPANNED, calendar_of(range(2023, 2027)))
    assert worked is not None
    ahead = dict(zip(SPANNED[MONTHS:], worked[MONTHS:].tolist(), strict=True))
    assert all((value == 0.0) is (day.year == 2027) for day, value in ahead.items())
