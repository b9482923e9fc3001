"""Whose birthday it is soon: customers a manager looks after who agreed to marketing; the day itself is not told."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

from maisui.answers.customer_relations import NamedParty, parties
from maisui.answers.marketing_consent import ConsentStanding, marketing_consents
from maisui.warehouse.reader import Reader

DAYS = 7


def birthdays(reader: Reader, employee_number: str, today: date) -> tuple[NamedParty, ...]:
    """Return the persons a manager looks after who have their birthday on `today` or the six days that follow, in order of numbers.

    Whoever did not agree to marketing, or withdrew it, is left out. Who was born on 29 February has it on the 28th of other years.
    """
    day = reader.manifest.reporting_date
    coming = [today + timedelta(days=ahead) for ahead in range(DAYS)]
    marks = [one.month * 100 + one.day for one in coming]
    marks += [229 for one in coming if (one.month, one.day) == (2, 28) and not isleap(one.year)]
    rows = reader.rows(
        "SELECT DISTINCT c.customer_number FROM customer AS c INNER JOIN managed_customer_month AS m "
        "ON m.customer_number = c.customer_number AND m.employee_number = ? AND m.business_date <= ? AND m.managed_until > ? "
        "WHERE c.customer_kind = 'personal' AND c.customer_number = c.person_customer_number "
        "AND month(c.born_on) * 100 + day(c.born_on) IN (SELECT unnest(CAST(? AS BIGINT[]))) ORDER BY 1",
        [employee_number, day, day, marks],
    )
    numbers = [number for (number,) in rows]
    agreed = [number for number, standing in marketing_consents(reader, numbers).items() if standing is ConsentStanding.GIVEN]
    known = parties(reader, agreed)
    return tuple(known[number] for number in agreed if number in known)
