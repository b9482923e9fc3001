"""Whose birthday it is soon: customers a manager looks after who agreed to marketing; the day itself is not told."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Collection
from datetime import date, timedelta

from maisui.answers.customer_relations import NamedParty, parties
from maisui.answers.marketing_consent import ConsentStanding, marketing_consents
from maisui.warehouse.reader import Reader

DAYS = 7


def birthdays(reader: Reader, customer_numbers: Collection[str], today: date) -> tuple[NamedParty, ...]:
    """Return those of some customers who are persons with their birthday on `today` or the six days that follow, in order of numbers.

    Whoever did not agree to marketing, or withdrew it, is left out. Who was born on 29 February has it on the 28th of other years.
    """
    coming = [today + timedelta(days=ahead) for ahead in range(DAYS)]
    marks = [one.month * 100 + one.day for one in coming]
    marks += [229 for one in coming if (one.month, one.day) == (2, 28) and not isleap(one.year)]
    rows = reader.rows(
        "SELECT customer_number FROM customer WHERE customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) "
        "AND customer_kind = 'personal' AND customer_number = person_customer_number "
        "AND month(born_on) * 100 + day(born_on) IN (SELECT unnest(CAST(? AS BIGINT[]))) ORDER BY 1",
        [sorted(customer_numbers), marks],
    )
    numbers = [number for (number,) in rows]
    agreed = [number for number, standing in marketing_consents(reader, numbers).items() if standing is ConsentStanding.GIVEN]
    known = parties(reader, agreed)
    return tuple(known[number] for number in agreed if number in known)
