"""The day on which an organisation closed: its profile's, else that of its accounts' postings elsewhere, else that of the report."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.trace_organisation_periods import TRACE_ORGANISATION_PERIODS


def test_the_day_of_closing_comes_from_the_profile_where_it_fits(engine: Engine) -> None:
    """A day of closing between the two reports dates the closing; one outside them does not; a grade begins a period."""
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-04-30  | B10               | yes
            2026-04-30  | B20               | yes
            2026-05-31  | B10               | no
            2026-05-31  | B20               | no
        """,
        outlet_profile_snapshot="""
            reported_on | organisation_code | grade_code | closed_on
            ------------+-------------------+------------+-----------
            2026-05-10  | B10               | 二级       |
            2026-05-31  | B10               | 二级       | 2026-05-16
            2026-05-31  | B20               |            | 2026-03-01
        """,
        organisation="""
            organisation_code | first_reported_on | last_reported_on
            ------------------+-------------------+-----------------
            B10               | 2026-04-30        | 2026-05-31
            B20               | 2026-04-30        | 2026-05-31
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | grade_code | is_open
        ------------------+------------+-------------+------------+--------
        B10               | 2026-04-30 | 2026-05-10  |            | yes
        B10               | 2026-05-10 | 2026-05-16  | 二级       | yes
        B10               | 2026-05-16 |             | 二级       | no
        B20               | 2026-04-30 | 2026-05-31  |            | yes
        B20               | 2026-05-31 |             |            | no
        """,
    )


def test_without_a_profile_an_outlet_closed_when_its_accounts_were_first_posted_elsewhere(engine: Engine) -> None:
    """B10 is posted under until the 9th, from the 15th on its accounts stand under B30; A3 alone moved on the 4th, before the end.

    B20's postings never name it (a mapping gives today's outlet), B40 has none at all: both closed with the report. B50 closed on
    the first of the month, without a posting of its own in it.
    """
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-04-30  | B10               | yes
            2026-04-30  | B20               | yes
            2026-04-30  | B40               | yes
            2026-04-30  | B50               | yes
            2026-05-31  | B10               | no
            2026-05-31  | B20               | no
            2026-05-31  | B40               | no
            2026-05-31  | B50               | no
        """,
        organisation="""
            organisation_code | first_reported_on | last_reported_on
            ------------------+-------------------+-----------------
            B10               | 2026-04-30        | 2026-05-31
            B20               | 2026-04-30        | 2026-05-31
            B40               | 2026-04-30        | 2026-05-31
            B50               | 2026-04-30        | 2026-05-31
        """,
        account_snapshot="""
            reported_on | account_number | currency | organisation_code
            ------------+----------------+----------+------------------
            2026-04-30  | A1             | CNY      | B10
            2026-04-30  | A2             | CNY      | B10
            2026-04-30  | A3             | CNY      | B10
            2026-04-30  | A4             | CNY      | B20
            2026-04-30  | A5             | CNY      | B40
            2026-04-30  | A6             | CNY      | B50
            2026-05-31  | A1             | CNY      | B30
            2026-05-31  | A4             | CNY      | B30
        """,
        account_transaction="""
            account_number | currency | posted_on  | holding_organisation_code
            ---------------+----------+------------+--------------------------
            A3             | CNY      | 2026-05-04 | B30
            A1             | CNY      | 2026-05-09 | B10
            A2             | CNY      | 2026-05-15 | B30
            A1             | CNY      | 2026-05-20 | B30
            A4             | CNY      | 2026-04-11 | B30
            A4             | CNY      | 2026-05-06 | B30
            A6             | CNY      | 2026-04-28 | B50
            A6             | CNY      | 2026-05-01 | B30
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | is_open
        ------------------+------------+-------------+--------
        B10               | 2026-04-30 | 2026-05-15  | yes
        B10               | 2026-05-15 |             | no
        B20               | 2026-04-30 | 2026-05-31  | yes
        B20               | 2026-05-31 |             | no
        B40               | 2026-04-30 | 2026-05-31  | yes
        B40               | 2026-05-31 |             | no
        B50               | 2026-04-30 | 2026-05-01  | yes
        B50               | 2026-05-01 |             | no
        """,
    )


def test_a_profile_of_another_outlet_between_two_reports_moves_no_day_of_closing(engine: Engine) -> None:
    """B30's profile of the 18th says nothing about B10 (posted elsewhere from the 5th on) and B20 (its profile says the 10th).

    B40's own grade changed on the 18th, so it was there: A4 is the first to leave after that; A3, gone on the 6th, says nothing.
    """
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-01-31  | B10               | yes
            2026-01-31  | B20               | yes
            2026-01-31  | B30               | yes
            2026-01-31  | B40               | yes
            2026-02-28  | B10               | no
            2026-02-28  | B20               | no
            2026-02-28  | B30               | yes
            2026-02-28  | B40               | no
        """,
        outlet_profile_snapshot="""
            reported_on | organisation_code | grade_code | closed_on
            ------------+-------------------+------------+-----------
            2026-02-18  | B30               |            |
            2026-02-18  | B40               | 二级       |
            2026-02-28  | B20               |            | 2026-02-10
        """,
        organisation="""
            organisation_code | first_reported_on | last_reported_on
            ------------------+-------------------+-----------------
            B10               | 2026-01-31        | 2026-02-28
            B20               | 2026-01-31        | 2026-02-28
            B30               | 2026-01-31        | 2026-02-28
            B40               | 2026-01-31        | 2026-02-28
        """,
        account_snapshot="""
            reported_on | account_number | currency | organisation_code
            ------------+----------------+----------+------------------
            2026-01-31  | A1             | CNY      | B10
            2026-01-31  | A2             | CNY      | B10
            2026-01-31  | A3             | CNY      | B40
            2026-01-31  | A4             | CNY      | B40
            2026-01-31  | A5             | CNY      | B40
        """,
        account_transaction="""
            account_number | currency | posted_on  | holding_organisation_code
            ---------------+----------+------------+--------------------------
            A1             | CNY      | 2026-01-10 | B10
            A2             | CNY      | 2026-02-05 | B30
            A1             | CNY      | 2026-02-20 | B30
            A3             | CNY      | 2026-02-06 | B30
            A3             | CNY      | 2026-02-20 | B30
            A4             | CNY      | 2026-02-23 | B30
            A5             | CNY      | 2026-02-26 | B30
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-02-28")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | grade_code | is_open
        ------------------+------------+-------------+------------+--------
        B10               | 2026-01-31 | 2026-02-05  |            | yes
        B10               | 2026-02-05 |             |            | no
        B20               | 2026-01-31 | 2026-02-10  |            | yes
        B20               | 2026-02-10 |             |            | no
        B30               | 2026-01-31 |             |            | yes
        B40               | 2026-01-31 | 2026-02-18  |            | yes
        B40               | 2026-02-18 | 2026-02-23  | 二级       | yes
        B40               | 2026-02-23 |             | 二级       | no
        """,
    )


def test_two_accounts_close_an_outlet_that_was_never_posted_under_and_one_closes_none(engine: Engine) -> None:
    """B10: nothing was ever posted under it, two accounts elsewhere from the 15th on. B20: A3 alone moved, twice, A4 and A5 are idle.

    B40: two accounts moved, but A8, opened there after the report, was posted under it on the 12th: only what came after counts.
    """
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-01-31  | B10               | yes
            2026-01-31  | B20               | yes
            2026-01-31  | B40               | yes
            2026-02-28  | B10               | no
            2026-02-28  | B20               | no
            2026-02-28  | B40               | no
        """,
        organisation="""
            organisation_code | first_reported_on | last_reported_on
            ------------------+-------------------+-----------------
            B10               | 2026-01-31        | 2026-02-28
            B20               | 2026-01-31        | 2026-02-28
            B40               | 2026-01-31        | 2026-02-28
        """,
        account_snapshot="""
            reported_on | account_number | currency | cash_form | organisation_code
            ------------+----------------+----------+-----------+------------------
            2026-01-31  | A1             | CNY      | none      | B10
            2026-01-31  | A2             | CNY      | none      | B10
            2026-01-31  | A3             | CNY      | none      | B20
            2026-01-31  | A3             | USD      | 钞        | B20
            2026-01-31  | A3             | USD      | 汇        | B20
            2026-01-31  | A4             | CNY      | none      | B20
            2026-01-31  | A5             | CNY      | none      | B20
            2026-01-31  | A6             | CNY      | none      | B40
            2026-01-31  | A7             | CNY      | none      | B40
        """,
        account_transaction="""
            account_number | currency | posted_on  | holding_organisation_code
            ---------------+----------+------------+--------------------------
            A1             | CNY      | 2026-02-15 | B30
            A2             | CNY      | 2026-02-20 | B30
            A4             | CNY      | 2026-01-10 | B20
            A3             | CNY      | 2026-02-02 | B30
            A3             | USD      | 2026-02-09 | B30
            A6             | CNY      | 2026-02-03 | B30
            A7             | CNY      | 2026-02-04 | B30
            A8             | CNY      | 2026-02-12 | B40
            A7             | CNY      | 2026-02-16 | B30
            A6             | CNY      | 2026-02-25 | B30
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-02-28")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | is_open
        ------------------+------------+-------------+--------
        B10               | 2026-01-31 | 2026-02-15  | yes
        B10               | 2026-02-15 |             | no
        B20               | 2026-01-31 | 2026-02-28  | yes
        B20               | 2026-02-28 |             | no
        B40               | 2026-01-31 | 2026-02-16  | yes
        B40               | 2026-02-16 |             | no
        """,
    )


def test_one_that_moved_by_itself_before_the_merger_dates_no_silent_outlet(engine: Engine) -> None:
    """Nothing is posted under any of them. B10: A1 moved to B20 on the 2nd, A2 and A3 are at B30 from the 15th on.

    B40: A4 moved to B30 on the 2nd; the accounts reported on the 10th show A5 and A6 still there (A7 had closed), so that only what
    came after counts.
    """
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-01-31  | B10               | yes
            2026-01-31  | B40               | yes
            2026-02-28  | B10               | no
            2026-02-28  | B40               | no
        """,
        organisation="""
            organisation_code | first_reported_on | last_reported_on
            ------------------+-------------------+-----------------
            B10               | 2026-01-31        | 2026-02-28
            B40               | 2026-01-31        | 2026-02-28
        """,
        account_snapshot="""
            reported_on | account_number | currency | organisation_code | closed_on
            ------------+----------------+----------+-------------------+-----------
            2026-01-31  | A1             | CNY      | B10               |
            2026-01-31  | A2             | CNY      | B10               |
            2026-01-31  | A3             | CNY      | B10               |
            2026-01-31  | A4             | CNY      | B40               |
            2026-01-31  | A5             | CNY      | B40               |
            2026-01-31  | A6             | CNY      | B40               |
            2026-01-31  | A7             | CNY      | B40               |
            2026-02-10  | A4             | CNY      | B30               |
            2026-02-10  | A5             | CNY      | B40               |
            2026-02-10  | A6             | CNY      | B40               |
            2026-02-20  | A7             | CNY      | B40               | 2026-02-05
        """,
        account_transaction="""
            account_number | currency | posted_on  | holding_organisation_code
            ---------------+----------+------------+--------------------------
            A1             | CNY      | 2026-02-02 | B20
            A2             | CNY      | 2026-02-15 | B30
            A3             | CNY      | 2026-02-16 | B30
            A4             | CNY      | 2026-02-02 | B30
            A5             | CNY      | 2026-02-17 | B30
            A4             | CNY      | 2026-02-19 | B30
            A6             | CNY      | 2026-02-21 | B30
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-02-28")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | is_open
        ------------------+------------+-------------+--------
        B10               | 2026-01-31 | 2026-02-15  | yes
        B10               | 2026-02-15 |             | no
        B40               | 2026-01-31 | 2026-02-17  | yes
        B40               | 2026-02-17 |             | no
        """,
    )
