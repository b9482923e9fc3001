"""The counters' hours, on drawn journals against figures computed by hand."""

from datetime import date
from decimal import Decimal

from maisui.answers.counter_staffing import counter_staffing

DRAWN = {
    "teller_journal": """
        journal_number | handled_on | handled_time | organisation_code | transaction_code | teller_number
        ---------------+------------+--------------+-------------------+------------------+--------------
        J1             | 2026-06-01 | 090500       | B10               | T1               | N1
        J2             | 2026-06-01 | 095900       | B10               | T2               | N1
        J3             | 2026-06-08 | 091000       | B10               | T1               | N1
        J4             | 2026-06-08 | 110000       | B10               | NONE             | N1
        J5             | 2026-06-02 | 090000       | B20               | T1               | N2
        J6             | 2026-05-31 | 090000       | B10               | T1               | N1
    """,
    "workload_rate_snapshot": """
        reported_on | transaction_code | workload_rate | valid_from | valid_until
        ------------+------------------+---------------+------------+------------
        2026-05-31  | T1               | 9             | 2026-01-01 |
        2026-06-30  | T1               | 2             | 2026-01-01 | 2026-06-08
        2026-06-30  | T1               | 3             | 2026-06-08 |
        2026-06-30  | T2               | 0.5           | 2026-01-01 |
    """,
    "teller_duty_day": """
        organisation_code | employee_number | business_date | duty_count
        ------------------+-----------------+---------------+-----------
        B10               | E1              | 2026-06-01    | 1
        B10               | E2              | 2026-06-01    | 1
        B10               | E1              | 2026-06-08    | 1
        B10               | E2              | 2026-06-08    | 0
    """,
    "outlet_profile_snapshot": """
        reported_on | organisation_code | opens_at | closes_at
        ------------+-------------------+----------+----------
        2026-05-31  | B10               | 09:00    | 11:30
    """,
    "organisation_closure": """
        organisation_code | ancestor_code
        ------------------+--------------
        B10               | B10
        B20               | B20
    """,
}


def test_work_is_weighed_by_the_rate_of_its_day_and_divided_by_the_mondays(bank) -> None:
    """Two Mondays of B10: at nine 2 + 0.5 and 3 standard transactions of 4 minutes, 11.0 a day; at eleven one without a rate, 2.0 a day.

    Two on duty on the first Monday and one on the second are 1.5. Ten o'clock is an opening hour without work.
    """
    bank.draw(**DRAWN)
    found = counter_staffing(bank.version.reader, "B10", date(2026, 6, 1), date(2026, 6, 30))
    assert [(one.weekday, one.hour, one.count, one.minutes, one.tellers) for one in found.hours] == [
        (1, 9, Decimal("1.5"), Decimal("11.0"), Decimal("1.5")),
        (1, 10, Decimal("0.0"), Decimal("0.0"), Decimal("1.5")),
        (1, 11, Decimal("0.5"), Decimal("2.0"), Decimal("1.5")),
    ]
    assert (found.unrated_count, found.day_count) == (1, 2)
    assert [found.state_of(one) for one in found.hours] == ["idle", "idle", "idle"]


def test_an_outlet_without_attendance_has_hours_and_no_advice(bank) -> None:
    bank.draw(**DRAWN)
    found = counter_staffing(bank.version.reader, "B20", date(2026, 6, 1), date(2026, 6, 30))
    assert [(one.hour, one.minutes, one.tellers, found.state_of(one)) for one in found.hours] == [(9, Decimal("8.0"), None, "unknown")]
    assert found.advice == ()
