"""Queue hour month: how long customers wait at each hour, and how many leave."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.queue_hour_month import QUEUE_HOUR_MONTH_MART


def test_waits_are_summed_by_the_hour_of_the_ticket(engine: Engine) -> None:
    """10 minutes and 1 h 0 min 5 s from two hours' tickets; one left; a call before the ticket waits for nothing; older days are no history."""
    load_tables(
        engine,
        calendar_day=("2026-05-31", "2026-06-20"),
        queue_ticket="""
            organisation_code | taken_on   | ticket_number | taken_time | called_time
            ------------------+------------+---------------+------------+------------
            B10               | 2026-05-30 | A001          | 090000     | 100000
            B10               | 2026-05-31 | A001          | 095500     | 100500
            B10               | 2026-06-01 | A001          | 090001     | 100006
            B10               | 2026-06-01 | A002          | 093000     |
            B10               | 2026-06-02 | A001          | 091000     | 090959
            B10               | 2026-06-02 | A002          | 100000     | 100000
            B20               | 2026-06-02 | A001          | 160000     | 160130
            B20               | 2026-06-21 | A001          | 160000     | 170000
        """,
    )
    run(engine, QUEUE_HOUR_MONTH_MART, reporting_date="2026-06-20")
    expect(
        engine,
        "queue_hour_month",
        """
        organisation_code | hour_code | business_date | queue_day_count | ticket_count | called_count | left_count | wait_second_count
        ------------------+-----------+---------------+-----------------+--------------+--------------+------------+------------------
        B10               | 09        | 2026-05-31    | 1               | 1            | 1            | 0          | 600
        B10               | 09        | 2026-06-20    | 2               | 3            | 2            | 1          | 3605
        B10               | 10        | 2026-06-20    | 1               | 1            | 1            | 0          | 0
        B20               | 16        | 2026-06-20    | 1               | 1            | 1            | 0          | 90
        """,
    )
