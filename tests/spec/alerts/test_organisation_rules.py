"""Rules of key focus about organisations, series and data."""

from __future__ import annotations

from datetime import date, timedelta

from drawn_tables import expect, load_tables, run
from restated_parameters import restated

from maisui.alerts import BY_CODE, fill
from maisui.alerts.settle_alert_thresholds import SETTLE_ALERT_THRESHOLDS
from maisui.engines.engine import Engine

DAY = date(2026, 6, 30)

PARAMETERS = """
    parameter_code          | valid_from | number_value
    ------------------------+------------+-------------
    alert.window_days       | 1900-01-01 | 31
    alert.deposit_deviation | 1900-01-01 | 0.04
    alert.series_deviation  | 1900-01-01 | 4.4
    alert.series_floor      | 1900-01-01 | 10
"""

TREE = """
    organisation_code | ancestor_code | distance
    ------------------+---------------+---------
    B10               | B10           | 0
    B10               | HQ            | 1
    B20               | B20           | 0
    B20               | HQ            | 1
    HQ                | HQ            | 0
"""

ORGANISATIONS = """
    organisation_code | organisation_kind | parent_code | is_open | first_reported_on | last_reported_on
    ------------------+-------------------+-------------+---------+-------------------+-----------------
    HQ                | head_office       |             | yes     | 2020-01-01        | 2026-06-30
    B10               | outlet            | HQ          | yes     | 2020-01-01        | 2026-06-30
    B20               | outlet            | HQ          | yes     | 2020-01-01        | 2026-06-30
"""


def find(engine: Engine, code: str, **tables: object) -> None:
    """Draw the tables, settle the thresholds and run the rule alone."""
    load_tables(engine, parameter=restated(PARAMETERS, DAY), organisation_closure=TREE, organisation=ORGANISATIONS, **tables)  # type: ignore[arg-type]
    run(engine, SETTLE_ALERT_THRESHOLDS, reporting_date=f"{DAY}")
    run(engine, fill((BY_CODE[code],)), reporting_date=f"{DAY}")


def test_deposits_dressed_for_the_month_end_are_told_with_what_lies_below(engine: Engine) -> None:
    """June has 30 days: B10 holds 100 and 131 on the last, average 101.03; B20 holds 1000 throughout, so that the bank stays within."""
    days = [date(2026, 6, day) for day in range(1, 31)]
    lines = [
        f"{place} | {day} | {131 if day.day == 30 and place == 'B10' else amount}.00"
        for place, amount in (("B10", 100), ("B20", 1000))
        for day in days
    ]
    find(
        engine,
        "deposit_deviation",
        calendar_day=("2026-06-01", "2026-06-30"),
        product_day="\n".join(["organisation_code | business_date | balance", "-+-+-", *lines]),
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | organisation_code | at_stake_amount | before_amount | after_amount | measured_rate
        ------------+------------+---------------+-------------------+-----------------+---------------+--------------+--------------
        B10         | 2026-06-30 | high          | B10               | 29.97           | 101.03        | 131.00       | 0.2966
        """,
    )


def series(silent: set[date], holiday: date) -> str:
    """Return the counts of 120 days: B10's machines 20 a day and none on the silent days, B20's 40, both a quarter on the holiday."""
    lines: list[str] = []
    for back in range(120):
        day = DAY - timedelta(days=back)
        share = 4 if day == holiday else 1
        if day not in silent:
            lines.append(f"B10 | B10 | atm | {day} | {20 // share}")
        lines.append(f"B20 | B20 | atm | {day} | {40 // share}")
    heading = "organisation_code | handling_organisation_code | channel_code | business_date | transaction_count"
    return "\n".join([heading, "-+-+-+-+-", *lines])


def test_an_outlet_that_falls_silent_is_abnormal_and_a_holiday_is_not(engine: Engine) -> None:
    """B10 is silent for two days on which its usual third of the 40 at B20 alone is 13.33; on the holiday it keeps its share."""
    silent = {date(2026, 6, 16), date(2026, 6, 17)}
    drawn = series(silent, holiday=date(2026, 6, 24))
    heading, rule, *lines = drawn.splitlines()
    rows = "\n".join(f"{line} | customer | customer" for line in lines)
    find(
        engine,
        "abnormal_series",
        calendar_day=("2026-01-01", "2026-06-30"),
        channel_day=f"{heading} | initiator_code | counterparty_code\n{rule}+-+-\n{rows}",
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | organisation_code | before_word | item_count | usual_count | measured_rate | day_count | after_word
        ------------+------------+---------------+-------------------+-------------+------------+-------------+---------------+-----------+-----------
        one:B10:atm | 2026-06-16 | high          | B10               | atm         | 0          | 27          | -1            | 2         | fall
        """,
    )


def test_breaks_of_data_are_told_once_a_check_organisation_and_day(engine: Engine) -> None:
    find(
        engine,
        "data_break",
        account="""
            account_number | opened_on
            ---------------+-----------
            A1             | 2020-01-01
        """,
        ledger_tie="""
            organisation_code | subject_code | business_date | control_code | difference_amount
            ------------------+--------------+---------------+--------------+------------------
            B10               | 2011         | 2026-06-30    | deposit      | -3.00
            B10               | 2012         | 2026-06-30    | deposit      | 4.00
            B10               | 2013         | 2026-06-30    | deposit      | 0.00
            B20               | 2011         | 2026-05-30    | deposit      | 9.00
        """,
        balance_break="""
            account_number | reported_on | difference_amount
            ---------------+-------------+------------------
            A1             | 2026-06-15  | -1.50
        """,
        orphan_key="""
            check_code | organisation_code | key_count | row_count | first_seen_on | last_seen_on
            -----------+-------------------+-----------+-----------+---------------+-------------
            account    | B20               | 2         | 5         | 2026-06-01    | 2026-06-30
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key       | period_on  | severity_code | organisation_code | at_stake_amount | before_word   | item_count
        ------------------+------------+---------------+-------------------+-----------------+---------------+-----------
        ledger_tie@B10    | 2026-06-30 | high          | B10               | 7.00            | ledger_tie    | 2
        balance_break@B10 | 2026-06-15 | high          | B10               | 1.50            | balance_break | 1
        orphan_key@B20    | 2026-06-30 | medium        | B20               |                 | orphan_key    | 1
        """,
    )
