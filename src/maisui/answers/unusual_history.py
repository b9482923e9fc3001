"""Who has a past of his own that is long enough to be held against it, and from when on the others have."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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


def own_pasts_by_home(reader: Reader) -> dict[str, OwnPasts]:
    """Return for every home outlet whose past is long enough in the month of the reporting date; counts of customers, no single one.

    A person whose numbers are at home in several outlets is at home where the rule itself has him: in the last of them by its code.
    """
    rows = reader.rows(
        """
        WITH merged AS (
          SELECT customer_number, person_customer_number FROM customer WHERE person_customer_number <> customer_number
        ),
        held AS (
          SELECT
            coalesce(c.person_customer_number, m.customer_number) AS number, min(m.month_start) AS first_on,
            max(CASE WHEN m.month_start = date_trunc('month', $1 :: DATE) THEN m.home_organisation_code END) AS home
          FROM customer_month AS m
          LEFT JOIN merged AS c ON c.customer_number = m.customer_number
          WHERE m.customer_number <> 'none' GROUP BY 1
        ),
        asked AS (
          SELECT
            h.home, t.threshold_value :: INTEGER AS months, (h.first_on + to_months(t.threshold_value :: INTEGER)) :: DATE AS speaks_on
          FROM held AS h
          INNER JOIN alert_threshold AS t
            ON t.threshold_code = 'unusual_months' AND t.organisation_code = h.home AND t.valid_from <= $1
            AND (t.valid_until IS NULL OR $1 < t.valid_until)
        )
        SELECT
          home, count(*) FILTER (speaks_on <= $1), count(*) FILTER (speaks_on > $1), coalesce(max(months), 0),
          min(speaks_on) FILTER (speaks_on > $1), max(speaks_on) FILTER (speaks_on > $1)
        FROM asked GROUP BY home ORDER BY home
        """,
        [reader.manifest.reporting_date],
    )
    return {home: OwnPasts(*found) for home, *found in rows}


def own_pasts(by_home: Mapping[str, OwnPasts], organisations: Collection[str]) -> OwnPasts:
    """Return what `by_home` says of the customers at home in `organisations`."""
    found = [one for home, one in by_home.items() if home in organisations]
    return OwnPasts(
        sum(one.judged for one in found),
        sum(one.waiting for one in found),
        max((one.months for one in found), default=0),
        min((one.first_on for one in found if one.first_on), default=None),
        max((one.last_on for one in found if one.last_on), default=None),
    )
