"""Who may be approached with an offer: consent to marketing that holds on the reporting date and is withdrawn nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from maisui.warehouse.reader import Reader


class ConsentStanding(StrEnum):
    """Whether a person may be approached; nobody is who never agreed, whose consent has ended, or who withdrew it."""

    GIVEN = "given"
    REFUSED = "refused"
    MISSING = "missing"


def marketing_consents(reader: Reader, customer_numbers: Sequence[str]) -> dict[str, ConsentStanding]:
    """Return how each of the customers stands on the reporting date; a withdrawal under any number of a person counts for him."""
    if not customer_numbers:
        return {}
    day = reader.manifest.reporting_date
    rows = reader.rows(
        "WITH asked AS (SELECT unnest(CAST(? AS VARCHAR[])) AS customer_number), "
        "person AS (SELECT a.customer_number, coalesce(c.person_customer_number, a.customer_number) AS person_number "
        "FROM asked AS a LEFT JOIN customer AS c ON c.customer_number = a.customer_number), "
        "own AS (SELECT p.customer_number, coalesce(c.customer_number, p.customer_number) AS number "
        "FROM person AS p LEFT JOIN customer AS c ON c.person_customer_number = p.person_number), "
        "last AS (SELECT customer_number, consent_status, expires_on FROM consent "
        "WHERE consent_purpose_code = 'marketing' AND effective_from <= ? AND customer_number IN (SELECT number FROM own) "
        "QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY effective_from DESC, consent_number DESC) = 1) "
        "SELECT o.customer_number, bool_or(l.consent_status = 'withdrawn'), "
        "bool_or(l.consent_status = 'given' AND (l.expires_on IS NULL OR l.expires_on >= ?)) "
        "FROM own AS o INNER JOIN last AS l ON l.customer_number = o.number GROUP BY o.customer_number",
        [list(customer_numbers), day, day],
    )
    known = {
        number: ConsentStanding.REFUSED if is_refused else ConsentStanding.GIVEN if is_given else ConsentStanding.MISSING
        for number, is_refused, is_given in rows
    }
    return {number: known.get(number, ConsentStanding.MISSING) for number in customer_numbers}
