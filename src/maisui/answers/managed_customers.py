"""Whom an employee looks after on the reporting date."""

from __future__ import annotations

from maisui.warehouse.reader import Reader


def managed_now(reader: Reader, employee_number: str) -> frozenset[str]:
    """Return the numbers of the customers whom an employee looks after on the reporting date; none for an unknown number."""
    day = reader.manifest.reporting_date
    found = reader.rows(
        "SELECT DISTINCT customer_number FROM managed_customer_month "
        "WHERE employee_number = ? AND business_date <= ? AND managed_until > ? ORDER BY 1",
        [employee_number, day, day],
    )
    return frozenset(number for (number,) in found)
