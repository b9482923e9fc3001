"""Cash needs: a drawn daily series with a known holiday effect is told by it, intervals hold what they say, and short histories say so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from maisui.errors import QuestionError
from maisui.models.cash.days import HolidayDays, holiday_features
from maisui.models.cash.make import make_cash_needs, read_cash_needs
from maisui.models.cash.tell import AHEAD, LEAST_DAYS, Way, highest_sum, quantile_of, tell

LAST = date(2026, 9, 24)
"""A week before National Day, whose days off are 1 to 7 October."""
LONG, SHORT = ((1, 28, 7), (10, 1, 7)), ((4, 4, 3), (5, 1, 5), (6, 8, 3), (9, 16, 3))
EVE, OFF = 9_000.0, -4_000.0


def calendar_of(years: tuple[int, ...]) -> HolidayDays:
    """Return holidays of some years as they are drawn here."""
    days: dict[date, tuple[str, str]] = {}
    for year in years:
        for month, first, length in (*LONG, *SHORT):
            begun = date(year, month, first)
            days |= {begun + timedelta(days=place): ("holiday", f"节日{month}") for place in range(length)}
        days[date(year, 10, 10)] = ("make_up", "国庆节")
    return HolidayDays(days)


KNOWN = calendar_of((2024, 2025, 2026))


def drawn(count: int, seed: int = 3) -> np.ndarray:
    """Return days up to the last: a weekday's level, 9 000 more on the three days before a holiday, 4 000 less on its days, and noise of 500."""
    draws = np.random.default_rng(seed)
    days = [LAST - timedelta(days=count - 1 - place) for place in range(count)]
    seen = holiday_features(days, KNOWN)
    level = np.array([5_000.0 - 600 * day.weekday() for day in days])
    return level + EVE * seen[:, 2] + OFF * seen[:, 0] + draws.normal(0, 500, count)


def test_a_known_holiday_effect_is_found_and_told_of_the_days_ahead() -> None:
    values = drawn(800)
    found = tell(LAST - timedelta(days=799), values, KNOWN, 3)
    assert found is not None
    assert found.way is Way.HOLIDAYS
    assert found.errors[Way.HOLIDAYS] < 0.6 * found.errors[Way.WEEKDAY]
    ahead = [LAST + timedelta(days=place) for place in range(1, AHEAD + 1)]
    level = np.array([5_000.0 - 600 * day.weekday() for day in ahead])
    effect = found.future - level
    eves, off = (
        [place for place, day in enumerate(ahead) if holds(day)]
        for holds in (lambda day: day >= date(2026, 9, 28) and day.month == 9, lambda day: day.month == 10 and day.day <= 7)
    )
    assert abs(effect[eves].mean() - EVE) < 1_500
    assert abs(effect[off].mean() - OFF) < 1_000
    assert 0.85 <= found.covered / found.tried <= 0.95


@pytest.mark.parametrize("years", [(2024, 2025), (), (2026,)], ids=["not the year ahead", "none", "too little behind"])
def test_without_the_calendar_of_the_days_ahead_or_enough_behind_no_holiday_is_asked(years: tuple[int, ...]) -> None:
    calendar = calendar_of(years)
    values, first = drawn(800), LAST - timedelta(days=799)
    found = tell(first, values, calendar, 3)
    assert found is not None
    assert Way.HOLIDAYS not in found.errors
    again = tell(first, values, HolidayDays({}), 3)
    assert again is not None
    assert again.future.tobytes() == found.future.tobytes()


def test_intervals_hold_nine_in_ten_over_many_series_and_noise_is_told_by_the_plainest() -> None:
    held = tried = 0
    for seed in range(12):
        values = np.random.default_rng(seed).normal(0, 1_000, 500)
        found = tell(LAST - timedelta(days=499), values, HolidayDays({}), 2)
        assert found is not None
        held, tried = held + found.covered, tried + found.tried
    assert 0.87 <= held / tried <= 0.93


def test_what_comes_later_changes_nothing_that_was_said() -> None:
    """The last fortnight of a series cannot be known a fortnight before: the forecast of then is that of the cut series."""
    values = drawn(600)
    whole, cut = (tell(LAST - timedelta(days=599), part, HolidayDays({}), 3) for part in (values, values[:-AHEAD]))
    altered = values.copy()
    altered[-AHEAD:] = 10**6
    again = tell(LAST - timedelta(days=599), altered[:-AHEAD], HolidayDays({}), 3)
    assert whole is not None
    assert cut is not None
    assert again is not None
    assert again.future.tobytes() == cut.future.tobytes()


def test_sums_and_quantiles_by_hand() -> None:
    """Out 5, in 7, out 4: five at most; nothing where cash only comes in. Of nine errors the ninth (0.9 of ten) is the largest."""
    assert highest_sum(np.array([5.0, -7.0, 4.0])) == 5.0
    assert highest_sum(np.array([3.0, 4.0, -1.0])) == 7.0
    assert highest_sum(np.array([-3.0, -4.0])) == 0.0
    assert quantile_of(np.arange(9.0), 0.9) == 8.0
    assert quantile_of(np.arange(19.0), 0.9) == 17.0


class DrawnOutlets:
    """Two outlets of a bank: B1 with a counter of 500 days and a machine of 60, B2 closed; `rules` are the parameters of cash."""

    def __init__(self, rules: dict[str, str]) -> None:
        self.connection = duckdb.connect()
        run = self.connection.execute
        run("CREATE TABLE organisation AS SELECT * FROM (VALUES ('B1', true), ('B2', false)) AS v(organisation_code, is_open)")
        run("CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))")
        for code, value in rules.items():
            run("INSERT INTO parameter VALUES (?, DATE '1900-01-01', NULL, ?)", [code, value])
        run("CREATE TABLE holiday_calendar (holiday_date DATE, day_kind VARCHAR, holiday_name VARCHAR)")
        for day, (kind, name) in KNOWN.days.items():
            run("INSERT INTO holiday_calendar VALUES (?, ?, ?)", [day, kind, name])
        run(
            "CREATE TABLE channel_day (handling_organisation_code VARCHAR, channel_code VARCHAR, business_date DATE, account_kind VARCHAR, "
            "counterparty_code VARCHAR, currency VARCHAR, outflow_amount DECIMAL(18,2), inflow_amount DECIMAL(18,2))"
        )
        for outlet, channel, count in (("B1", "counter", 500), ("B1", "atm", 60), ("B1", "mobile_bank", 500), ("B2", "counter", 500)):
            values = drawn(count)
            for place, amount in enumerate(values.tolist()):
                day = LAST - timedelta(days=count - 1 - place)
                run(
                    "INSERT INTO channel_day VALUES (?, ?, ?, 'deposit', 'cash', 'CNY', ?, 1000)",
                    [outlet, channel, day, Decimal(f"{amount + 1000:.2f}")],
                )

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


RULES = {"cash.cycle_days": "3", "cash.hold_share": "0.95", "cash.idle_rate": "0.02", "cash.shortage_rate": "0.01"}


def test_every_outlet_s_counter_and_machines_are_told_or_say_from_when(tmp_path: Path) -> None:
    bank = DrawnOutlets(RULES)
    make_cash_needs(bank, tmp_path, "v", LAST)
    found = read_cash_needs(tmp_path, "v")
    assert found is not None
    assert (found.day, found.knows_holidays, found.rules.hold_share) == (LAST, True, Decimal("0.95"))
    atm, counter = found.needs
    assert (atm.organisation, atm.channel, atm.way, atm.hold, atm.days) == ("B1", "atm", None, None, ())
    assert atm.speaks_from == LAST + timedelta(days=LEAST_DAYS - 60)
    assert (counter.channel, len(counter.days), counter.days[0].day) == ("counter", 14, LAST + timedelta(days=1))
    assert all(one.low < one.expected < one.high for one in counter.days)
    assert [one.holiday for one in counter.days if one.is_off] == ["节日10"] * 7
    assert counter.hold is not None
    assert counter.hold % 1000 == 0
    assert counter.hold > sum(one.expected for one in counter.days[:3])
    assert counter.cheapest is not None
    assert counter.cheapest >= counter.hold
    assert round(found.rules.cheapest_share, 4) == Decimal("0.9838")
    first = (tmp_path / "models" / "cash" / "v.json").read_bytes()
    make_cash_needs(bank, tmp_path, "v", LAST)
    assert (tmp_path / "models" / "cash" / "v.json").read_bytes() == first
    assert read_cash_needs(tmp_path, "other") is None


def test_a_version_without_the_parameters_says_so_and_rarer_days_than_seen_are_not_told(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"cash\.cycle_days"):
        make_cash_needs(DrawnOutlets({}), tmp_path, "v", LAST)
    make_cash_needs(DrawnOutlets(RULES | {"cash.shortage_rate": "0.5"}), tmp_path, "v", LAST)
    found = read_cash_needs(tmp_path, "v")
    assert found is not None
    assert found.needs[1].cheapest is None
