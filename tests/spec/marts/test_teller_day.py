"""Teller day: who handled, checked and authorised what, and what it weighs."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.teller_day import TELLER_DAY_MART

JUNE = ("2026-06-01", "2026-06-30")


def test_handling_checking_and_authorising_are_counted_apart_and_weighed_by_the_rate_of_the_day(engine: Engine) -> None:
    """Only what was handled weighs; a rate holds from its day until the next; a code without one is counted apart; May is before the history, July not yet."""
    load_tables(
        engine,
        calendar_day=JUNE,
        teller_journal="""
            journal_number | handled_on | transaction_code | teller_number | checker_number | authoriser_number
            ---------------+------------+------------------+---------------+----------------+------------------
            J0             | 2026-05-31 | 1001             | G1            |                |
            J1             | 2026-06-01 | 1001             | G1            | G2             |
            J2             | 2026-06-01 | 1001             | G1            | G2             | G3
            J3             | 2026-06-10 | 1001             | G1            |                |
            J4             | 2026-06-10 | 9999             | G1            |                |
            J5             | 2026-07-01 | 1001             | G1            | G2             | G3
        """,
        workload_rate_snapshot="""
            reported_on | transaction_code | workload_rate | valid_from | valid_until
            ------------+------------------+---------------+------------+------------
            2026-05-31  | 1001             | 9             | 2020-01-01 |
            2026-06-30  | 1001             | 1.333333      | 2020-01-01 |
            2026-06-30  | 1001             | 2             | 2026-06-10 |
            2026-06-30  | 9999             | 5             | 2020-01-01 | 2026-06-10
        """,
    )
    run(engine, TELLER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "teller_day",
        """
        teller_number | transaction_code | business_date | handled_count | checked_count | authorised_count | unrated_count | converted_workload
        --------------+------------------+---------------+---------------+---------------+------------------+---------------+-------------------
        G1            | 1001             | 2026-06-01    | 2             | 0             | 0                | 0             | 2.666666
        G2            | 1001             | 2026-06-01    | 0             | 2             | 0                | 0             | 0.000000
        G3            | 1001             | 2026-06-01    | 0             | 0             | 1                | 0             | 0.000000
        G1            | 1001             | 2026-06-10    | 1             | 0             | 0                | 0             | 2.000000
        G1            | 9999             | 2026-06-10    | 1             | 0             | 0                | 1             | 0.000000
        """,
    )


def test_without_rates_everything_is_counted_and_nothing_weighs(engine: Engine) -> None:
    """The journal alone gives numbers; the weighted workload is zero and all of it unrated."""
    load_tables(
        engine,
        calendar_day=JUNE,
        teller_journal="""
            journal_number | handled_on | transaction_code | teller_number
            ---------------+------------+------------------+--------------
            J1             | 2026-06-01 | 1001             | G1
        """,
    )
    run(engine, TELLER_DAY_MART, reporting_date="2026-06-30")
    assert [tuple(map(int, row)) for row in engine.fetch("SELECT handled_count, unrated_count, converted_workload FROM teller_day")] == [
        (1, 1, 0)
    ]


def test_errors_stand_with_the_teller_who_made_them_from_the_month_of_the_first_one_on(engine: Engine) -> None:
    """Two errors of G1 on one day, one of them without a code; what was handled before June has no register."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        teller_journal="""
            journal_number | handled_on | transaction_code | teller_number
            ---------------+------------+------------------+--------------
            J1             | 2026-05-31 | 1001             | G1
            J2             | 2026-06-01 | 1001             | G1
            J3             | 2026-06-10 | 1001             | G1
        """,
        staff_error="""
            error_number | occurred_on | teller_number | transaction_code | error_class
            -------------+-------------+---------------+------------------+------------
            E1           | 2026-06-10  | G1            | 1001             | first
            E2           | 2026-06-10  | G1            |                  | third
            E3           | 2026-07-01  | G1            | 1001             | first
        """,
    )
    run(engine, TELLER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "teller_day",
        """
        teller_number | transaction_code | business_date | handled_count | error_count | first_class_error_count | is_error_registered
        --------------+------------------+---------------+---------------+-------------+-------------------------+--------------------
        G1            | 1001             | 2026-05-31    | 1             | 0           | 0                       | no
        G1            | 1001             | 2026-06-01    | 1             | 0           | 0                       | yes
        G1            | 1001             | 2026-06-10    | 1             | 1           | 1                       | yes
        G1            | none             | 2026-06-10    | 0             | 1           | 0                       | yes
        """,
    )
