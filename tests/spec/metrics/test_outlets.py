"""Figures of outlets, each on drawn marts against figures computed by hand."""

from datetime import date
from decimal import Decimal

_STAFF = """
    organisation_code | business_date | outlet_count | employee_count
    ------------------+---------------+--------------+---------------
    B10               | 2026-06-29    | 1            | 6
    B10               | 2026-06-30    | 1            | 4
    B20               | 2026-06-29    | 1            | 2
    B20               | 2026-06-30    | 1            | 1
"""


def test_employees_are_those_of_the_day(bank, figure) -> None:
    """4 + 1 on the last of June; the day before does not count."""
    bank.draw(organisation_day=_STAFF)
    assert figure("employee_count", numerator="5") == Decimal(5)


def test_what_each_employee_brings_is_held_against_the_average_number_of_them(bank, figure) -> None:
    """Two days of history and 13 employee-days: 700.00 loan-days ÷ 13 = 53.85; 451.00 contributed over 6.5 people on average = 69.38."""
    bank.version.first_date = date(2026, 6, 29)
    bank.draw(
        organisation_day=_STAFF,
        product_day="""
            organisation_code | account_kind | business_date | balance
            ------------------+--------------+---------------+--------
            B10               | loan         | 2026-06-29    | 300.00
            B10               | loan         | 2026-06-30    | 400.00
            B10               | deposit      | 2026-06-30    | 999.00
        """,
        contribution_month="""
            account_kind | employee_number | business_date | contribution_amount
            -------------+-----------------+---------------+--------------------
            deposit      | M1              | 2026-06-30    | 451.00
        """,
    )
    assert figure("loan_per_employee", numerator="700.00", denominator="13") == Decimal("53.85")
    assert figure("contribution_per_employee", numerator="451.00", denominator="13") == Decimal("69.38")


def test_waits_are_averaged_over_those_who_were_called(bank, figure) -> None:
    """3 + 5 tickets, of whom 2 left; 3,600 seconds waited by 6: 600 each, and a quarter left."""
    bank.draw(
        queue_hour_month="""
            organisation_code | hour_code | business_date | ticket_count | called_count | left_count | wait_second_count
            ------------------+-----------+---------------+--------------+--------------+------------+------------------
            B10               | 09        | 2026-06-30    | 3            | 2            | 1          | 3000
            B20               | 10        | 2026-06-30    | 5            | 4            | 1          | 600
            B10               | 09        | 2026-05-31    | 9            | 9            | 0          | 900
        """
    )
    assert figure("queue_ticket_count", numerator="8") == Decimal(8)
    assert figure("wait_seconds_per_ticket", numerator="3600", denominator="6") == Decimal("600.00")
    assert figure("queue_leave_rate", numerator="2", denominator="8") == Decimal("0.25")
