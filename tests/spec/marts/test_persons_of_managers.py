"""One person with several employee or teller numbers: figures keep the number and name the person of the day."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.managed_customer_month import MANAGED_CUSTOMER_MONTH_MART
from maisui.marts.manager_day import MANAGER_DAY_MART
from maisui.marts.teller_day import TELLER_DAY_MART

# E9 is E1's second number, first reported on 30 April; T1 was E1's until 10 June and is E2's since; V1 is a virtual teller.
NUMBERS = """
    number_kind | worker_number | valid_from | valid_until | person_number | evidence
    ------------+---------------+------------+-------------+---------------+---------
    employee    | E1            | 2026-04-30 |             | E1            | number
    employee    | E9            | 2026-04-30 |             | E1            | number
    teller      | E9            | 2026-04-30 |             | E7            | number
    teller      | T1            | 2026-04-30 | 2026-06-10  | E1            | number
    teller      | T1            | 2026-06-10 |             | E2            | number
    teller      | V1            | 2026-04-30 |             |               | number
"""


def test_a_managers_numbers_are_one_person_also_before_the_first_report(engine: Engine) -> None:
    load_tables(
        engine,
        calendar_day=("2026-04-01", "2026-04-02"),
        person_number=NUMBERS,
        account="""
            account_number | customer_number | opened_on
            ---------------+-----------------+-----------
            A1             | C1              | 2020-01-01
        """,
        allocated_balance="""
            account_number | employee_number | organisation_code | valid_from | balance
            ---------------+-----------------+-------------------+------------+--------
            A1             | E1              | B10               | 2026-04-01 | 60.00
            A1             | E9              | B10               | 2026-04-02 | 30.00
            A1             | unassigned      | B10               | 2026-04-02 | 10.00
        """,
        account_allocation="""
            account_number | employee_number | valid_from | result_share
            ---------------+-----------------+------------+-------------
            A1             | E9              | 2026-04-01 | 1
        """,
    )
    run(engine, MANAGER_DAY_MART, reporting_date="2026-04-02")
    expect(
        engine,
        "manager_day",
        """
        employee_number | person_number | business_date | balance
        ----------------+---------------+---------------+--------
        E1              | E1            | 2026-04-01    | 60.00
        E1              | E1            | 2026-04-02    | 60.00
        E9              | E1            | 2026-04-02    | 30.00
        unassigned      | unassigned    | 2026-04-02    | 10.00
        """,
    )
    run(engine, MANAGED_CUSTOMER_MONTH_MART, reporting_date="2026-04-02")
    expect(
        engine,
        "managed_customer_month",
        """
        customer_number | employee_number | person_number
        ----------------+-----------------+--------------
        C1              | E9              | E1
        """,
    )


def test_a_teller_number_is_whose_it_was_on_that_day(engine: Engine) -> None:
    """A virtual teller and a number nobody reported stand for themselves."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-30"),
        person_number=NUMBERS,
        teller_journal="""
            journal_number | organisation_code | transaction_code | teller_number | handled_on
            ---------------+-------------------+------------------+---------------+-----------
            J1             | B10               | 1001             | T1            | 2026-06-09
            J2             | B10               | 1001             | T1            | 2026-06-10
            J3             | B10               | 1001             | V1            | 2026-06-10
            J4             | B10               | 1001             | X1            | 2026-06-10
        """,
    )
    run(engine, TELLER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "teller_day",
        """
        teller_number | person_number | business_date | handled_count
        --------------+---------------+---------------+--------------
        T1            | E1            | 2026-06-09    | 1
        T1            | E2            | 2026-06-10    | 1
        V1            | V1            | 2026-06-10    | 1
        X1            | X1            | 2026-06-10    | 1
        """,
    )
