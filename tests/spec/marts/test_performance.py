"""Performance marts: which days tellers worked, how good managed customers are at a month's end, whose agency business it was."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.agency_business_day import AGENCY_BUSINESS_DAY_MART
from maisui.marts.managed_standing import MANAGED_STANDING_MART
from maisui.marts.teller_duty_day import TELLER_DUTY_DAY_MART


def test_duty_is_counted_for_who_holds_a_teller_number(engine: Engine) -> None:
    """E1 is a teller, present on the first and on leave on the second; E2 has no teller number; E3 is E1 under an older number."""
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        person_number="""
            number_kind | worker_number | person_number | valid_from | valid_until | evidence
            ------------+---------------+---------------+------------+-------------+---------
            employee    | E1            | E1            | 2026-01-01 |             | own
            employee    | E2            | E2            | 2026-01-01 |             | own
            employee    | E3            | E1            | 2026-01-01 |             | certificate
            teller      | G1            | E1            | 2026-01-01 |             | teller_table
            teller      | G9            |               | 2026-01-01 |             | virtual
        """,
        attendance="""
            employee_number | worked_on  | organisation_code | attendance_status | work_minute_count
            ----------------+------------+-------------------+-------------------+------------------
            E1              | 2026-05-31 | B10               | present           | 480
            E1              | 2026-06-01 | B10               | present           | 480
            E1              | 2026-06-02 | B10               | leave             |
            E2              | 2026-06-01 | B10               | present           | 480
            E3              | 2026-06-03 | B20               | present           | 240
            E1              | 2026-06-04 | B10               | present           | 480
        """,
    )
    run(engine, TELLER_DUTY_DAY_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "teller_duty_day",
        """
        organisation_code | employee_number | person_number | business_date | duty_count | work_minute_count
        ------------------+-----------------+---------------+---------------+------------+------------------
        B10               | E1              | E1            | 2026-06-01    | 1          | 480
        B10               | E1              | E1            | 2026-06-02    | 0          |
        B20               | E3              | E1            | 2026-06-03    | 1          | 240
        """,
    )


def test_a_managed_customer_stands_once_for_each_manager_with_the_months_channels(engine: Engine) -> None:
    """C1 has two managers, one of them by two accounts; C2 was handed over before the month's end; C3 used nothing."""
    load_tables(
        engine,
        managed_customer_month="""
            customer_number | employee_number | person_number | business_date | managed_until
            ----------------+-----------------+---------------+---------------+--------------
            C1              | M1              | M1            | 2026-06-01    | 2026-07-01
            C1              | M1              | M1            | 2026-06-10    | 2026-07-01
            C1              | M2              | M2            | 2026-06-20    | 2026-07-01
            C2              | M1              | M1            | 2026-06-01    | 2026-06-30
            C3              | M2              | M2            | 2026-06-01    | 2026-07-01
        """,
        customer_standing="""
            customer_number | organisation_code | business_date | is_quality | is_effective | loan_balance | product_group_count
            ----------------+-------------------+---------------+------------+--------------+--------------+--------------------
            C1              | B10               | 2026-06-30    | yes        | yes          | 0.01         | 3
            C2              | B10               | 2026-06-30    | yes        | yes          | 9.00         | 1
            C3              | B20               | 2026-06-30    | no         | yes          | 0.00         | 2
        """,
        customer_channel_month="""
            customer_number | channel_code | month_start | business_date | transaction_count
            ----------------+--------------+-------------+---------------+------------------
            C1              | mobile_bank  | 2026-06-01  | 2026-06-03    | 5
            C1              | atm          | 2026-06-01  | 2026-06-04    | 2
            C1              | counter      | 2026-06-01  | 2026-06-05    | 3
            C1              | batch        | 2026-06-01  | 2026-06-05    | 9
            C1              | counter      | 2026-05-01  | 2026-05-05    | 7
        """,
    )
    run(engine, MANAGED_STANDING_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "managed_standing",
        """
        customer_number | employee_number | organisation_code | business_date | is_quality | is_borrower | product_group_count | electronic_transaction_count | counter_transaction_count
        ----------------+-----------------+-------------------+---------------+------------+-------------+---------------------+------------------------------+--------------------------
        C1              | M1              | B10               | 2026-06-30    | yes        | yes         | 3                   | 7                            | 3
        C1              | M2              | B10               | 2026-06-30    | yes        | yes         | 3                   | 7                            | 3
        C3              | M2              | B20               | 2026-06-30    | no         | no          | 2                   | 0                            | 0
        """,
    )


def test_agency_business_belongs_to_whom_the_account_belonged_and_is_split_to_the_cent(engine: Engine) -> None:
    """A1 is shared by three on the 2nd: 100.00 is 33.34 + 33.33 + 33.33, the trade counts with the first; alone M2's on the 3rd.

    A2 belongs to nobody and one trade names no account. M9 is M2 under an older number. The trade after the reporting date is none yet.
    """
    load_tables(
        engine,
        calendar_day=("2026-06-01", "2026-06-03"),
        customer="""
            customer_number | customer_kind
            ----------------+--------------
            C1              | personal
        """,
        person_number="""
            number_kind | worker_number | person_number | valid_from | valid_until | evidence
            ------------+---------------+---------------+------------+-------------+------------
            employee    | M2            | M2            | 2026-01-01 |             | own
            employee    | M9            | M2            | 2026-01-01 |             | certificate
        """,
        account_allocation="""
            account_number | employee_number | valid_from | valid_until | result_share | rule_code
            ---------------+-----------------+------------+-------------+--------------+----------
            A1             | M1              | 2026-01-01 | 2026-06-03  | 0.333334     | customer
            A1             | M2              | 2026-01-01 | 2026-06-03  | 0.333333     | customer
            A1             | M9              | 2026-01-01 | 2026-06-03  | 0.333333     | customer
            A1             | M2              | 2026-06-03 |             | 1            | account
            A2             | unassigned      | 2026-01-01 |             | 1            | none
        """,
        agency_sale="""
            transaction_number | customer_number | account_number | organisation_code | product_code | sale_kind | traded_on  | amount | fee_amount
            -------------------+-----------------+----------------+-------------------+--------------+-----------+------------+--------+-----------
            T0                 | C1              | A1             | B1                | F1           | buy       | 2026-05-31 | 900.00 | 9.00
            T1                 | C1              | A1             | B1                | F1           | buy       | 2026-06-02 | 100.00 | 1.00
            T2                 | C1              | A1             | B1                | F1           | sell      | 2026-06-03 | 40.00  | 0.00
            T3                 | C1              | A2             | B2                | F1           | buy       | 2026-06-03 | 7.00   | 0.10
            T4                 | none            |                | none              | F1           | buy       | 2026-06-03 | 5.00   | 0.00
            T5                 | C1              | A1             | B1                | F1           | buy       | 2026-06-04 | 900.00 | 9.00
        """,
    )
    run(engine, AGENCY_BUSINESS_DAY_MART, reporting_date="2026-06-03")
    expect(
        engine,
        "agency_business_day",
        """
        organisation_code | customer_kind | sale_kind | employee_number | person_number | business_date | sale_count | sale_amount | fee_amount
        ------------------+---------------+-----------+-----------------+---------------+---------------+------------+-------------+-----------
        B1                | personal      | buy       | M1              | M1            | 2026-06-02    | 1          | 33.34       | 0.34
        B1                | personal      | buy       | M2              | M2            | 2026-06-02    | 0          | 33.33       | 0.33
        B1                | personal      | buy       | M9              | M2            | 2026-06-02    | 0          | 33.33       | 0.33
        B1                | personal      | sell      | M2              | M2            | 2026-06-03    | 1          | 40.00       | 0.00
        B2                | personal      | buy       | unassigned      | unassigned    | 2026-06-03    | 1          | 7.00        | 0.10
        none              | unknown       | buy       | unassigned      | unassigned    | 2026-06-03    | 1          | 5.00        | 0.00
        """,
    )
