"""Manager day and managed customers: what belongs to whom on each day, and whose customers they were."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.managed_customer_month import MANAGED_CUSTOMER_MONTH_MART
from maisui.marts.manager_day import MANAGER_DAY_MART

ACCOUNTS = """
    account_number | customer_number | customer_kind | opened_on  | closed_on
    ---------------+-----------------+---------------+------------+-----------
    A1             | C1              | personal      | 2020-01-01 |
    A2             | C1              | personal      | 2026-05-20 | 2026-06-02
    A3             | C2              | corporate     | 2020-01-01 |
"""


def test_a_managers_day_is_what_belongs_to_him_on_it(engine: Engine) -> None:
    """M1 has 60 and hands it over on the third; what nobody has keeps a line of its own on every day."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        account=ACCOUNTS,
        allocated_balance="""
            account_number | employee_number | organisation_code | valid_from | valid_until | balance
            ---------------+-----------------+-------------------+------------+-------------+--------
            A1             | M1              | B10               | 2026-05-01 | 2026-06-03  | 60.00
            A1             | unassigned      | B10               | 2026-05-01 | 2026-06-03  | 40.00
            A1             | M2              | B10               | 2026-06-03 |             | 100.00
            A3             | M1              | B10               | 2026-06-02 |             | 7.00
            A3             | M1              | B10               | 2026-07-02 |             | 9.00
        """,
    )
    run(engine, MANAGER_DAY_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "manager_day",
        """
        employee_number | customer_kind | business_date | balance
        ----------------+---------------+---------------+--------
        M1              | personal      | 2026-06-01    | 60.00
        M1              | personal      | 2026-06-02    | 60.00
        M1              | personal      | 2026-06-03    | 0.00
        unassigned      | personal      | 2026-06-01    | 40.00
        unassigned      | personal      | 2026-06-02    | 40.00
        unassigned      | personal      | 2026-06-03    | 0.00
        M2              | personal      | 2026-06-03    | 100.00
        M1              | corporate     | 2026-06-02    | 7.00
        M1              | corporate     | 2026-06-03    | 7.00
        """,
    )


def test_a_managed_customer_has_an_open_account_that_belongs_to_a_manager(engine: Engine) -> None:
    """Months are cut at their ends; a closed account and one that belongs to nobody make no managed customer; two accounts make one."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        account=ACCOUNTS,
        customer="""
            customer_number | customer_kind | home_organisation_code
            ----------------+---------------+-----------------------
            C1              | personal      | B20
        """,
        account_allocation="""
            account_number | employee_number | valid_from | valid_until | result_share
            ---------------+-----------------+------------+-------------+-------------
            A1             | M1              | 2026-04-01 | 2026-06-10  | 0.6
            A1             | unassigned      | 2026-04-01 |             | 0.4
            A2             | M2              | 2026-04-01 |             | 1
            A3             | M1              | 2026-06-30 |             | 1
            A3             | unassigned      | 2026-01-01 | 2026-06-30  | 1
        """,
    )
    run(engine, MANAGED_CUSTOMER_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "managed_customer_month",
        """
        customer_number | employee_number | organisation_code | business_date | managed_until
        ----------------+-----------------+-------------------+---------------+------------
        C1              | M1              | B20               | 2026-05-01    | 2026-06-01
        C1              | M1              | B20               | 2026-06-01    | 2026-06-10
        C1              | M2              | B20               | 2026-05-20    | 2026-06-01
        C1              | M2              | B20               | 2026-06-01    | 2026-06-02
        C2              | M1              | none              | 2026-06-30    | 2026-07-01
        """,
    )
