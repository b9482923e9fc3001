"""Whom somebody looks after on the reporting date, under whichever number of his and of theirs."""

from __future__ import annotations

from collections.abc import Collection

from maisui.warehouse.reader import Reader


def managed_now(reader: Reader, employee_numbers: Collection[str]) -> frozenset[str]:
    """Return every number of the customers whom somebody looks after on the reporting date under one of `employee_numbers`.

    A customer who has several numbers is looked after under all of them.
    """
    day = reader.manifest.reporting_date
    found = reader.rows(
        "WITH managed AS (SELECT customer_number FROM managed_customer_month "
        "WHERE employee_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND business_date <= ? AND managed_until > ?) "
        "SELECT customer_number FROM managed UNION SELECT c.customer_number FROM customer AS c "
        "WHERE c.person_customer_number IN (SELECT customer_number FROM managed) ORDER BY 1",
        [sorted(employee_numbers), day, day],
    )
    return frozenset(number for (number,) in found)
