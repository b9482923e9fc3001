"""Organisations over time: what each one was and when, who was above whom, and who took over a closed one (when it closed: see test_organisation_closings)."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.build_dated_tree import BUILD_DATED_TREE
from maisui.integration.find_successors import FIND_SUCCESSORS
from maisui.integration.trace_account_organisations import TRACE_ACCOUNT_ORGANISATIONS
from maisui.integration.trace_customer_homes import TRACE_CUSTOMER_HOMES
from maisui.integration.trace_organisation_periods import TRACE_ORGANISATION_PERIODS


def test_a_period_lasts_until_a_report_says_something_else(engine: Engine) -> None:
    """A new name begins a period; a report that repeats the last one does not; an outlet no longer reported is closed."""
    load_tables(
        engine,
        organisation_snapshot="""
            reported_on | organisation_code | organisation_name | parent_code | opened_on  | is_open
            ------------+-------------------+-------------------+-------------+------------+--------
            2026-04-30  | H                 | Head office       |             | 1995-06-18 | yes
            2026-04-30  | B10               | Old name          | H           | 2026-04-03 | yes
            2026-04-30  | B20               | Mill              | GONE        |            | yes
            2026-05-31  | H                 | Head office       |             | 1995-06-18 | yes
            2026-05-31  | B10               | Old name          | H           | 2026-04-03 | yes
            2026-06-30  | H                 | Head office       |             | 1995-06-18 | yes
            2026-06-30  | B10               | New name          | H           | 2026-04-03 | yes
        """,
        organisation="""
            organisation_code | organisation_kind | first_reported_on | last_reported_on
            ------------------+-------------------+-------------------+-----------------
            H                 | head_office       | 2026-04-30        | 2026-06-30
            B10               | outlet            | 2026-04-30        | 2026-06-30
            B20               | outlet            | 2026-04-30        | 2026-04-30
            B99               | other             | 2026-05-02        | 2026-06-30
        """,
    )
    run(engine, TRACE_ORGANISATION_PERIODS, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_period",
        """
        organisation_code | valid_from | valid_until | organisation_name | parent_code | is_open
        ------------------+------------+-------------+-------------------+-------------+--------
        H                 | 1995-06-18 |             | Head office       |             | yes
        B10               | 2026-04-03 | 2026-06-30  | Old name          | H           | yes
        B10               | 2026-06-30 |             | New name          | H           | yes
        B20               | 2026-04-30 | 2026-05-31  | Mill              |             | yes
        B20               | 2026-05-31 |             | Mill              |             | no
        B99               | 2026-05-02 |             |                   |             | yes
        """,
    )


def test_the_dated_tree_follows_an_outlet_from_one_branch_to_another(engine: Engine) -> None:
    """B11 moves from B10 to B20 on 1 June; a new name alone moves nothing; the first stretch reaches back before all reports."""
    load_tables(
        engine,
        organisation_period="""
            organisation_code | parent_code | organisation_name | valid_from | valid_until
            ------------------+-------------+-------------------+------------+------------
            H                 |             | Head office       | 2026-01-31 |
            B10               | H           | North             | 2026-01-31 | 2026-05-01
            B10               | H           | Far north         | 2026-05-01 |
            B20               | H           | South             | 2026-01-31 |
            B11               | B10         | Mill              | 2026-01-31 | 2026-06-01
            B11               | B20         | Mill              | 2026-06-01 |
        """,
    )
    run(engine, BUILD_DATED_TREE, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_closure_period",
        """
        ancestor_code | organisation_code | valid_from | valid_until | distance
        --------------+-------------------+------------+-------------+---------
        H             | H                 | 1900-01-01 |             | 0
        B10           | B10               | 1900-01-01 |             | 0
        B20           | B20               | 1900-01-01 |             | 0
        B11           | B11               | 1900-01-01 |             | 0
        H             | B10               | 1900-01-01 |             | 1
        H             | B20               | 1900-01-01 |             | 1
        B10           | B11               | 1900-01-01 | 2026-06-01  | 1
        B20           | B11               | 2026-06-01 |             | 1
        H             | B11               | 1900-01-01 | 2026-06-01  | 2
        H             | B11               | 2026-06-01 |             | 2
        """,
    )


def test_a_circle_of_parents_ends(engine: Engine) -> None:
    """Two outlets that name each other as parent are each above the other once, and nothing repeats."""
    load_tables(
        engine,
        organisation_period="""
            organisation_code | parent_code | valid_from | valid_until
            ------------------+-------------+------------+------------
            B10               | B20         | 2026-01-31 |
            B20               | B10         | 2026-01-31 |
        """,
    )
    run(engine, BUILD_DATED_TREE, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_closure_period",
        """
        ancestor_code | organisation_code | distance
        --------------+-------------------+---------
        B10           | B10               | 0
        B20           | B20               | 0
        B20           | B10               | 1
        B10           | B20               | 1
        """,
    )


def test_an_account_moves_on_the_day_its_outlet_closed_or_with_the_next_report(engine: Engine) -> None:
    """A1 moves with the closing of B10, A2 moves by itself, A3 moves there and back, A4 never moves."""
    load_tables(
        engine,
        organisation_period="""
            organisation_code | valid_from | valid_until | is_open
            ------------------+------------+-------------+--------
            B10               | 2026-01-31 | 2026-05-16  | yes
            B10               | 2026-05-16 |             | no
        """,
        account_snapshot="""
            reported_on | account_number | organisation_code
            ------------+----------------+------------------
            2026-05-31  | A1             | B20
            2026-04-30  | A1             | B10
            2026-04-30  | A2             | B20
            2026-05-31  | A2             | B30
            2026-04-30  | A3             | B20
            2026-05-31  | A3             | B30
            2026-06-30  | A3             | B20
            2026-04-30  | A4             | B10
        """,
    )
    run(engine, TRACE_ACCOUNT_ORGANISATIONS, reporting_date="2026-06-30")
    expect(
        engine,
        "account_organisation_period",
        """
        account_number | valid_from | valid_until | organisation_code | previous_organisation_code
        ---------------+------------+-------------+-------------------+---------------------------
        A1             | 1900-01-01 | 2026-05-16  | B10               |
        A1             | 2026-05-16 |             | B20               | B10
        A2             | 1900-01-01 | 2026-05-31  | B20               |
        A2             | 2026-05-31 |             | B30               | B20
        A3             | 1900-01-01 | 2026-05-31  | B20               |
        A3             | 2026-05-31 | 2026-06-30  | B30               | B20
        A3             | 2026-06-30 |             | B20               | B30
        """,
    )


def test_a_customers_home_changes_with_the_report_that_names_another(engine: Engine) -> None:
    """A report without a home leaves it as it was; of two rows of one day the last counts."""
    load_tables(
        engine,
        customer_snapshot="""
            reported_on | customer_number | organisation_code | source_line
            ------------+-----------------+-------------------+------------
            2026-04-30  | C1              | B10               | 1
            2026-05-31  | C1              |                   | 1
            2026-06-30  | C1              | B30               | 1
            2026-06-30  | C1              | B20               | 2
            2026-04-30  | C2              | B10               | 1
            2026-06-30  | C2              | B10               | 1
        """,
    )
    run(engine, TRACE_CUSTOMER_HOMES, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_home_period",
        """
        customer_number | valid_from | valid_until | organisation_code | previous_organisation_code
        ----------------+------------+-------------+-------------------+---------------------------
        C1              | 1900-01-01 | 2026-06-30  | B10               |
        C1              | 2026-06-30 |             | B20               | B10
        """,
    )


def test_a_customers_home_moves_on_the_day_his_own_outlet_closed_and_no_other(engine: Engine) -> None:
    """C1's outlet closed in June, after it had closed once before May's report; C2's stayed open while another one closed."""
    load_tables(
        engine,
        organisation_period="""
            organisation_code | valid_from | is_open
            ------------------+------------+--------
            B10               | 2026-03-01 | no
            B10               | 2026-04-01 | yes
            B10               | 2026-06-12 | no
            B20               | 2026-06-03 | no
            B30               | 2020-01-01 | yes
        """,
        customer_snapshot="""
            reported_on | customer_number | organisation_code
            ------------+-----------------+------------------
            2026-05-31  | C1              | B10
            2026-06-30  | C1              | B40
            2026-05-31  | C2              | B30
            2026-06-30  | C2              | B40
        """,
    )
    run(engine, TRACE_CUSTOMER_HOMES, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_home_period",
        """
        customer_number | valid_from | valid_until | organisation_code | previous_organisation_code
        ----------------+------------+-------------+-------------------+---------------------------
        C1              | 1900-01-01 | 2026-06-12  | B10               |
        C1              | 2026-06-12 |             | B40               | B10
        C2              | 1900-01-01 | 2026-06-30  | B30               |
        C2              | 2026-06-30 |             | B40               | B30
        """,
    )


def test_a_successor_is_who_the_bank_names_or_who_got_most_accounts(engine: Engine) -> None:
    """B10: the profile; B20: the remark; B30: two of three accounts went to B40; B50: one of two did, nobody is inferred."""
    load_tables(
        engine,
        organisation="""
            organisation_code | organisation_name | first_reported_on | last_reported_on
            ------------------+-------------------+-------------------+-----------------
            B10               | Mill              | 2026-01-31        | 2026-05-31
            B20               | Weir              | 2026-01-31        | 2026-05-31
            B30               | Ford              | 2026-01-31        | 2026-05-31
            B40               | Town              | 2026-01-31        | 2026-06-30
            B50               | Rock              | 2026-01-31        | 2026-05-31
        """,
        organisation_period="""
            organisation_code | valid_from | valid_until | is_open
            ------------------+------------+-------------+--------
            B10               | 2026-01-31 | 2026-05-31  | yes
            B10               | 2026-05-31 |             | no
            B20               | 2026-01-31 | 2026-05-31  | yes
            B20               | 2026-05-31 |             | no
            B30               | 2026-01-31 | 2026-05-31  | yes
            B30               | 2026-05-31 |             | no
            B40               | 2026-01-31 |             | yes
            B50               | 2026-01-31 | 2026-05-31  | yes
            B50               | 2026-05-31 |             | no
        """,
        organisation_snapshot="""
            reported_on | organisation_code | is_open | remark
            ------------+-------------------+---------+------------
            2026-05-31  | B20               | no      | 已并入B10
            2026-05-31  | B10               | no      | 已并入B20
        """,
        outlet_profile_snapshot="""
            reported_on | organisation_code | successor_code
            ------------+-------------------+---------------
            2026-05-31  | B10               | B40
            2026-05-31  | B40               | B10
        """,
        account_organisation_period="""
            account_number | valid_from | organisation_code | previous_organisation_code
            ---------------+------------+-------------------+---------------------------
            A1             | 2026-05-31 | B40               | B30
            A2             | 2026-05-31 | B40               | B30
            A3             | 2026-05-31 | B10               | B30
            A4             | 2026-05-31 | B40               | B50
        """,
        account="""
            account_number | organisation_code | opened_on  | closed_on
            ---------------+-------------------+------------+-----------
            A5             | B50               | 2020-01-01 |
            A6             | B50               | 2020-01-01 | 2025-12-31
        """,
    )
    run(engine, FIND_SUCCESSORS, reporting_date="2026-06-30")
    expect(
        engine,
        "organisation_succession",
        """
        organisation_code | closed_on  | successor_code | current_successor_code | evidence | is_inferred | moved_account_count | account_count
        ------------------+------------+----------------+------------------------+----------+-------------+---------------------+--------------
        B10               | 2026-05-31 | B40            | B40                    | profile  | no          | 0                   | 0
        B20               | 2026-05-31 | B10            | B40                    | remark   | no          | 0                   | 0
        B30               | 2026-05-31 | B40            | B40                    | accounts | yes         | 2                   | 3
        """,
    )
