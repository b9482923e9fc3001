"""Who has a past of his own that is long enough to be held against it, and from when on the others have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class OwnPasts:
    """Of the customers of some organisations: how many are judged, and how many have too short a past.

    `months` are those asked at most; `first_on` and `last_on` the days from which the first and the last of those who wait will be judged.
    """

    judged: int
    waiting: int
    months: int
    first_on: date | None
    last_on: date | None


def own_pasts(reader: Reader, organisations: Sequence[str]) -> OwnPasts:
    """Return whose past is long enough in the month of the reporting date; counts of customers, no single one."""
    rows = reader.rows(
        """
        WITH held AS (
          SELECT
            coalesce(c.person_customer_number, m.customer_number) AS number, min(m.month_start) AS first_on, max(m.month_start) AS last_on,
            arg_max(m.home_organisation_code, m.month_start) AS home
          FROM customer_month AS m
          LEFT JOIN customer AS c ON c.customer_number = m.customer_number
          WHERE m.customer_number <> 'none' GROUP BY 1
        ),
        asked AS (
          SELECT
            t.threshold_value :: INTEGER AS months, (h.first_on + to_months(t.threshold_value :: INTEGER)) :: DATE AS speaks_on
          FROM held AS h
          INNER JOIN alert_threshold AS t
            ON t.threshold_code = 'unusual_months' AND t.organisation_code = h.home AND t.valid_from <= $1
            AND (t.valid_until IS NULL OR $1 < t.valid_until)
          WHERE h.last_on = date_trunc('month', $1 :: DATE) AND h.home IN (SELECT unnest(CAST($2 AS VARCHAR[])))
        )
        SELECT
          count(*) FILTER (speaks_on <= $1), count(*) FILTER (speaks_on > $1), coalesce(max(months), 0),
          min(speaks_on) FILTER (speaks_on > $1), max(speaks_on) FILTER (speaks_on > $1)
        FROM asked
        """,
        [reader.manifest.reporting_date, list(organisations)],
    )
    return OwnPasts(*rows[0])
