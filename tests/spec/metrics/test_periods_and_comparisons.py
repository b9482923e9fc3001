"""Periods and comparisons: which days a figure covers, and against which days it is held."""

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import Comparison, Period
from maisui.errors import QuestionError

BALANCES = """
    account_kind | business_date | balance
    -------------+---------------+--------
    deposit      | 2025-06-15    | 40.00
    deposit      | 2025-12-31    | 50.00
    deposit      | 2026-05-15    | 70.00
    deposit      | 2026-05-31    | 80.00
    deposit      | 2026-06-14    | 90.00
    deposit      | 2026-06-15    | 100.00
"""

NEW_CUSTOMERS = """
    business_date | new_customer_count
    --------------+-------------------
    2025-06-15    | 3
    2025-06-16    | 500
    2025-12-31    | 8
    2026-01-01    | 1
    2026-04-01    | 10
    2026-05-01    | 20
    2026-05-15    | 5
    2026-05-16    | 1000
    2026-06-01    | 30
    2026-06-14    | 2
    2026-06-15    | 4
"""

MID_JUNE = date(2026, 6, 15)


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (Period.DAY, 4),
        (Period.MONTH, 36),
        (Period.QUARTER, 1071),
        (Period.YEAR, 1072),
        (Period.TO_DATE, 1583),
    ],
)
def test_a_flow_covers_its_period_up_to_the_day(version, period, expected) -> None:
    """A month, quarter or year runs from its first day to the day asked; to-date runs from the first day of the history."""
    version.first_date = date(2025, 6, 1)
    version.draw(customer_day=NEW_CUSTOMERS)
    answer = version.ask("new_customer_count", day=MID_JUNE, period=period)
    assert [row.value for row in answer.rows] == [Decimal(expected)]
    assert answer.notes == ()


def test_a_period_that_begins_before_the_history_is_cut_and_says_so(version) -> None:
    """The year begins on 1 May here: the figure covers May and June only, with a note; an average divides by those days only."""
    version.first_date = date(2026, 5, 1)
    version.draw(customer_day=NEW_CUSTOMERS, product_day=BALANCES)
    answer = version.ask("new_customer_count", day=MID_JUNE, period=Period.YEAR)
    assert [row.value for row in answer.rows] == [Decimal(1061)]
    assert [note.en for note in answer.notes] == ["the period is cut at the beginning of the history, 2026-05-01"]
    assert [note.zh for note in answer.notes] == ["期间自历史起点 2026-05-01 起算"]
    average = version.ask("deposit_average_daily_balance", day=MID_JUNE, period=Period.YEAR)
    assert average.window.days == 46
    assert [row.value for row in average.rows] == [Decimal("7.39")]


def test_days_after_the_last_delivery_are_carried_forward_and_say_so(version) -> None:
    """A figure for a day later than the last delivery says how old its data is."""
    version.last_delivery_on = date(2026, 6, 10)
    version.draw(product_day=BALANCES)
    (note,) = version.ask("deposit_balance", day=MID_JUNE).notes
    assert note.en == "the last delivery is of 2026-06-10; later days carry it forward"
    assert note.zh == "最近一次到数为 2026-06-10，此后各日沿用旧值"
    assert version.ask("deposit_balance", day=date(2026, 6, 10)).notes == ()


def test_a_day_outside_the_history_is_refused(version) -> None:
    """Neither before the first day nor after the reporting date is there a figure, also not for a base of comparison."""
    version.draw(product_day=BALANCES)
    for day in (date(2025, 11, 30), date(2026, 7, 1)):
        with pytest.raises(QuestionError, match="lies outside the history"):
            version.ask("deposit_balance", day=day)
    with pytest.raises(QuestionError, match="lies outside the history"):
        version.ask("deposit_balance", day=MID_JUNE, comparison=Comparison.SAME_DATE_LAST_YEAR)


def test_a_net_increase_needs_last_years_end(version) -> None:
    """Where the history begins after 31 December there is no base: the question is refused, not answered with the whole balance."""
    version.first_date = date(2026, 1, 1)
    version.draw(product_day=BALANCES)
    with pytest.raises(QuestionError, match="needs 2025-12-31"):
        version.ask("deposit_net_increase_since_year_start", day=MID_JUNE)


@pytest.mark.parametrize(
    ("comparison", "base", "change", "rate"),
    [
        (Comparison.PREVIOUS_DAY, "90.00", "10.00", "0.111111"),
        (Comparison.PREVIOUS_MONTH, "80.00", "20.00", "0.250000"),
        (Comparison.YEAR_START, "50.00", "50.00", "1.000000"),
        (Comparison.SAME_DATE_LAST_YEAR, "40.00", "60.00", "1.500000"),
    ],
)
def test_a_balance_is_held_against_a_day(version, comparison, base, change, rate) -> None:
    """Against the day before, the last month end, 31 December, or the same date last year."""
    version.first_date = date(2025, 6, 1)
    version.draw(product_day=BALANCES)
    (row,) = version.ask("deposit_balance", day=MID_JUNE, comparison=comparison).rows
    assert (row.value, row.base_value, row.change, row.change_rate) == (Decimal("100.00"), Decimal(base), Decimal(change), Decimal(rate))


def test_a_flow_is_held_against_a_span_that_has_run_equally_far(version) -> None:
    """1 to 15 June against 1 to 15 May, never against all of May; against last year, 1 to 15 June of it."""
    version.first_date = date(2025, 6, 1)
    version.draw(customer_day=NEW_CUSTOMERS)
    answer = version.ask("new_customer_count", day=MID_JUNE, comparison=Comparison.PREVIOUS_MONTH)
    assert [(row.value, row.base_value, row.change) for row in answer.rows] == [(36, 25, 11)]
    assert (answer.base_window.period_start, answer.base_window.day) == (date(2026, 5, 1), date(2026, 5, 15))
    answer = version.ask("new_customer_count", day=MID_JUNE, comparison=Comparison.SAME_DATE_LAST_YEAR)
    assert [(row.value, row.base_value) for row in answer.rows] == [(36, 3)]


def test_a_change_from_zero_has_no_rate_and_a_change_of_nothing_has_no_value(version) -> None:
    """Growth from 0 is an amount without a percentage; a line that only one of the two days has shows no change."""
    version.draw(
        product_day="""
            product_code | account_kind | business_date | balance
            -------------+--------------+---------------+--------
            P1           | deposit      | 2026-06-14    | 0.00
            P1           | deposit      | 2026-06-15    | 5.00
            P2           | deposit      | 2026-06-15    | 7.00
            P3           | deposit      | 2026-06-14    | 9.00
            P4           | deposit      | 2026-06-14    | -10.00
            P4           | deposit      | 2026-06-15    | -5.00
        """
    )
    rows = version.ask("deposit_balance", "product", day=MID_JUNE, comparison=Comparison.PREVIOUS_DAY).rows
    assert [(row.dimensions["product"], row.value, row.base_value, row.change, row.change_rate) for row in rows] == [
        ("P1", Decimal("5.00"), Decimal("0.00"), Decimal("5.00"), None),
        ("P2", Decimal("7.00"), None, None, None),
        ("P3", None, Decimal("9.00"), None, None),
        ("P4", Decimal("-5.00"), Decimal("-10.00"), Decimal("5.00"), Decimal("0.500000")),
    ]
