"""Performance marts: which days tellers worked, and how good managed customers are at a month's end."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
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
            customer_number | organisation_code | business_date | is_quality | is_effective
            ----------------+-------------------+---------------+------------+-------------
            C1              | B10               | 2026-06-30    | yes        | yes
            C2              | B10               | 2026-06-30    | yes        | yes
            C3              | B20               | 2026-06-30    | no         | yes
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
        customer_number | employee_number | organisation_code | business_date | is_quality | electronic_transaction_count | counter_transaction_count
        ----------------+-----------------+-------------------+---------------+------------+------------------------------+--------------------------
        C1              | M1              | B10               | 2026-06-30    | yes        | 7                            | 3
        C1              | M2              | B10               | 2026-06-30    | yes        | 7                            | 3
        C3              | M2              | B20               | 2026-06-30    | no         | 0                            | 0
        """,
    )
