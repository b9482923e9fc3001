"""The calendar: which days the bank's history covers."""

from datetime import date

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.build_calendar import BUILD_CALENDAR


def test_the_calendar_begins_with_the_first_month_delivered(engine: Engine) -> None:
    """The history starts with the month of the earliest posting, account report or ledger day and ends on the reporting date."""
    postings = "posted_on | balance_change\n-----\n{} | 10.00\n{} | 10.00"
    reports = "reported_on | balance\n-----\n{} | 10.00\n{} | 10.00"
    ledger = "reported_on | subject_code\n-----\n{} | 2011\n{} | 2011"
    early, late = ("2026-02-27", "2026-03-01"), ("2026-03-01", "2026-03-02")
    for days in ((early, late, late), (late, early, late), (late, late, early)):
        load_tables(
            engine,
            account_transaction=postings.format(*days[0]),
            account_snapshot=reports.format(*days[1]),
            ledger_snapshot=ledger.format(*days[2]),
        )
        run(engine, BUILD_CALENDAR, reporting_date="2026-03-02")
        first, last, count = engine.fetch("SELECT min(business_date), max(business_date), count(*) FROM calendar_day")[0]
        assert (first, last, count) == (date(2026, 2, 1), date(2026, 3, 2), 30)


def test_each_day_knows_its_month(engine: Engine) -> None:
    """Each day carries the first and the last day of its month, also in a leap year."""
    load_tables(
        engine,
        ledger_snapshot="""
            reported_on | subject_code
            ------------+-------------
            2024-02-28  | 2011
        """,
    )
    run(engine, BUILD_CALENDAR, reporting_date="2024-03-01")
    rows = engine.fetch("SELECT business_date, month_start, month_end FROM calendar_day WHERE business_date >= DATE '2024-02-29'")
    assert sorted(rows) == [
        (date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 1), date(2024, 3, 31)),
    ]


def test_placeholder_dates_stay_out(engine: Engine) -> None:
    """A date before the history kept (parameter history_days) is a placeholder and does not stretch the calendar."""
    load_tables(
        engine,
        account_transaction="""
            posted_on  | balance_change
            -----------+---------------
            0001-01-01 | 5.00
            1900-01-01 | 5.00
            2026-06-29 | 5.00
        """,
    )
    run(engine, BUILD_CALENDAR, reporting_date="2026-06-30")
    first, last, days = engine.fetch("SELECT min(business_date), max(business_date), count(*) FROM calendar_day")[0]
    assert (first, last, days) == (date(2026, 6, 1), date(2026, 6, 30), 30)


def test_a_bank_may_keep_a_shorter_history(engine: Engine) -> None:
    """The parameter in force on the reporting date decides how far back the history reaches."""
    load_tables(
        engine,
        account_transaction="""
            posted_on  | balance_change
            -----------+---------------
            2026-04-30 | 5.00
            2026-05-31 | 5.00
        """,
        account_snapshot="""
            reported_on | balance
            ------------+--------
            2026-04-30  | 5.00
        """,
        parameter="""
            parameter_code | valid_from | valid_until | number_value
            ---------------+------------+-------------+-------------
            history_days   | 1900-01-01 | 2026-06-30  | 4000
            history_days   | 2026-06-30 |             | 30
        """,
    )
    run(engine, BUILD_CALENDAR, reporting_date="2026-06-30")
    assert engine.fetch("SELECT min(business_date) FROM calendar_day") == [(date(2026, 5, 1),)]


def test_without_any_delivery_the_calendar_is_the_current_month(engine: Engine) -> None:
    """A bank that has delivered no fact yet has a calendar of the reporting month."""
    load_tables(engine)
    run(engine, BUILD_CALENDAR, reporting_date="2026-06-02")
    expect(
        engine,
        "calendar_day",
        """
        business_date | month_start | month_end
        --------------+-------------+-----------
        2026-06-01    | 2026-06-01  | 2026-06-30
        2026-06-02    | 2026-06-01  | 2026-06-30
        """,
    )
