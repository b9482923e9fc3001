"""Organisations: what each one is, who is above whom, and what it has at its disposal."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.build_organisation import BUILD_ORGANISATION
from maisui.integration.build_organisation_tree import BUILD_ORGANISATION_TREE
from maisui.integration.count_organisation_resources import COUNT_ORGANISATION_RESOURCES


def test_an_organisation_is_as_last_reported(engine: Engine) -> None:
    """Name, parent and state come from the last report; the day first seen stays."""
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | organisation_name | organisation_kind | parent_code | is_open
            ------------+-------------------+-------------------+-------------------+-------------+--------
            2026-05-31  | H                 | Head office       | head_office       |             | yes
            2026-05-31  | B10               | Old name          | outlet            | H           | yes
            2026-06-30  | H                 | Head office       | head_office       |             | yes
            2026-06-30  | B10               | New name          | outlet            | H           | no
        """,
    )
    run(engine, BUILD_ORGANISATION, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation",
        """
        organisation_code | organisation_name | parent_code | is_open | first_reported_on | last_reported_on
        ------------------+-------------------+-------------+---------+-------------------+-----------------
        H                 | Head office       |             | yes     | 2026-05-31        | 2026-06-30
        B10               | New name          | H           | no      | 2026-05-31        | 2026-06-30
        """,
    )


def test_an_outlet_that_is_only_mentioned_is_kept(engine: Engine) -> None:
    """An account, a posting, a ledger row or a loan may name an outlet nobody reported: it still counts, so that no balance falls out."""
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | organisation_kind
            ------------+-------------------+------------------
            2026-06-30  | B10               | outlet
        """,
        account_snapshot="""
            reported_on | organisation_code
            ------------+------------------
            2026-05-31  | B20
            2026-06-30  | B20
        """,
        account_transaction="""
            posted_on  | holding_organisation_code | balance_change
            -----------+---------------------------+---------------
            2026-06-03 | B30                       | 1.00
        """,
        ledger_snapshot="""
            reported_on | organisation_code | subject_code
            ------------+-------------------+-------------
            2026-06-30  | B40               | 2011
        """,
        loan_snapshot="""
            reported_on | organisation_code | loan_number | disbursed_on
            ------------+-------------------+-------------+-------------
            2026-06-30  | B50               | L1          | 2026-01-05
        """,
    )
    run(engine, BUILD_ORGANISATION, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation",
        """
        organisation_code | organisation_kind | parent_code | is_open | first_reported_on | last_reported_on
        ------------------+-------------------+-------------+---------+-------------------+-----------------
        B10               | outlet            |             | yes     | 2026-06-30        | 2026-06-30
        B20               | other             |             | yes     | 2026-05-31        | 2026-06-30
        B30               | other             |             | yes     | 2026-06-03        | 2026-06-03
        B40               | other             |             | yes     | 2026-06-30        | 2026-06-30
        B50               | other             |             | yes     | 2026-06-30        | 2026-06-30
        """,
    )


def test_an_organisation_whose_parent_is_unknown_stands_at_the_top(engine: Engine) -> None:
    """A parent that was never reported is left out: the organisation becomes a top of its own and loses nothing."""
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | parent_code
            ------------+-------------------+------------
            2026-06-30  | B10               | UNION
            2026-06-30  | B11               | B10
        """,
    )
    run(engine, BUILD_ORGANISATION, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation",
        """
        organisation_code | parent_code
        ------------------+------------
        B10               |
        B11               | B10
        """,
    )


def test_the_tree_pairs_each_organisation_with_all_above_it(engine: Engine) -> None:
    """Head office, branch and outlet give three levels; each organisation is also its own ancestor."""
    load_tables(
        engine,
        organisation="""
            organisation_code | parent_code | first_reported_on | last_reported_on
            ------------------+-------------+-------------------+-----------------
            H                 |             | 2026-06-30        | 2026-06-30
            B10               | H           | 2026-06-30        | 2026-06-30
            B11               | B10         | 2026-06-30        | 2026-06-30
        """,
    )
    run(engine, BUILD_ORGANISATION_TREE, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_closure",
        """
        ancestor_code | organisation_code | distance
        --------------+-------------------+---------
        H             | H                 | 0
        H             | B10               | 1
        H             | B11               | 2
        B10           | B10               | 0
        B10           | B11               | 1
        B11           | B11               | 0
        """,
    )


def test_code_12_is_not_above_120(engine: Engine) -> None:
    """The tree goes by the parent reported, never by the beginning of a code."""
    load_tables(
        engine,
        organisation="""
            organisation_code | parent_code | first_reported_on | last_reported_on
            ------------------+-------------+-------------------+-----------------
            1                 |             | 2026-06-30        | 2026-06-30
            12                | 1           | 2026-06-30        | 2026-06-30
            120               | 1           | 2026-06-30        | 2026-06-30
            999               | 12          | 2026-06-30        | 2026-06-30
        """,
    )
    run(engine, BUILD_ORGANISATION_TREE, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT organisation_code FROM organisation_closure WHERE ancestor_code = '12'")) == [("12",), ("999",)]


def test_resources_count_from_one_report_to_the_next(engine: Engine) -> None:
    """Open outlets and people on duty hold from a report until the next; before the first report nothing is known."""
    load_tables(
        engine,
        calendar_day=("2026-06-29", "2026-07-02"),
        organisation_snapshot="""
            reported_on | organisation_code | organisation_kind | is_open
            ------------+-------------------+-------------------+--------
            2026-06-30  | H                 | head_office       | yes
            2026-06-30  | B10               | outlet            | yes
        """,
        employee_snapshot="""
            reported_on | employee_number | organisation_code | is_on_duty
            ------------+-----------------+-------------------+-----------
            2026-06-30  | E1              | B10               | yes
            2026-06-30  | E2              | B10               | yes
            2026-06-30  | E3              | B10               | no
            2026-06-30  | E4              | H                 | yes
        """,
    )
    run(engine, COUNT_ORGANISATION_RESOURCES, reporting_date="2026-07-02")
    expect(
        engine,
        "organisation_day",
        """
        organisation_code | business_date | outlet_count | employee_count
        ------------------+---------------+--------------+---------------
        H                 | 2026-06-30    | 0            | 1
        H                 | 2026-07-01    | 0            | 1
        H                 | 2026-07-02    | 0            | 1
        B10               | 2026-06-30    | 1            | 2
        B10               | 2026-07-01    | 1            | 2
        B10               | 2026-07-02    | 1            | 2
        """,
    )


def test_a_closing_outlet_and_leaving_staff_stop_counting_with_the_next_report(engine: Engine) -> None:
    """An outlet reported closed, or no longer reported, counts no more; so do people who left."""
    load_tables(
        engine,
        calendar_day=("2026-06-30", "2026-07-01"),
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-06-30  | B10               | yes
            2026-06-30  | B20               | yes
            2026-06-30  | B30               | yes
            2026-07-01  | B10               | yes
            2026-07-01  | B20               | no
        """,
        employee_snapshot="""
            reported_on | employee_number | organisation_code | is_on_duty
            ------------+-----------------+-------------------+-----------
            2026-06-30  | E1              | B10               | yes
            2026-06-30  | E2              | B10               | yes
            2026-06-30  | E3              | B20               | yes
            2026-07-01  | E1              | B10               | yes
            2026-07-01  | E3              | B20               | no
        """,
    )
    run(engine, COUNT_ORGANISATION_RESOURCES, reporting_date="2026-07-01")
    expect(
        engine,
        "organisation_day",
        """
        organisation_code | business_date | outlet_count | employee_count
        ------------------+---------------+--------------+---------------
        B10               | 2026-06-30    | 1            | 2
        B10               | 2026-07-01    | 1            | 1
        B20               | 2026-06-30    | 1            | 1
        B20               | 2026-07-01    | 0            | 0
        B30               | 2026-06-30    | 1            | 0
        """,
    )


def test_an_outlet_that_closed_between_two_reports_counts_until_the_day_before(engine: Engine) -> None:
    load_tables(
        engine,
        calendar_day=("2026-06-30", "2026-07-03"),
        organisation_snapshot="""
            reported_on | organisation_code | is_open
            ------------+-------------------+--------
            2026-06-30  | B10               | yes
            2026-07-03  | B10               | no
        """,
        organisation_period="""
            organisation_code | valid_from | valid_until | is_open
            ------------------+------------+-------------+--------
            B10               | 2001-01-01 | 2026-07-02  | yes
            B10               | 2026-07-02 |             | no
        """,
    )
    run(engine, COUNT_ORGANISATION_RESOURCES, reporting_date="2026-07-03")
    expect(
        engine,
        "organisation_day",
        """
        organisation_code | business_date | outlet_count
        ------------------+---------------+-------------
        B10               | 2026-06-30    | 1
        B10               | 2026-07-01    | 1
        B10               | 2026-07-02    | 0
        B10               | 2026-07-03    | 0
        """,
    )
