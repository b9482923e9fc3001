"""Which outlet was home to customers whose home changed: by reports; from the day the outlet closed, where it closed in between."""

from maisui.steps.step import Step
from maisui.tables.customer_home_period import CUSTOMER_HOME_PERIOD

TRACE_CUSTOMER_HOMES = Step(
    name="trace_customer_homes",
    writes=CUSTOMER_HOME_PERIOD,
    reads=("customer_snapshot", "organisation_period"),
    query="""
WITH movers AS (
  SELECT customer_number
  FROM customer_snapshot
  WHERE organisation_code IS NOT NULL
  GROUP BY customer_number
  HAVING min(organisation_code) <> max(organisation_code)
),
seen AS (
  SELECT s.customer_number, s.reported_on, s.organisation_code
  FROM customer_snapshot AS s
  INNER JOIN movers AS m ON m.customer_number = s.customer_number
  WHERE s.organisation_code IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY s.customer_number, s.reported_on ORDER BY s.source_file_id DESC, s.source_line DESC
  ) = 1
),
compared AS (
  SELECT
    customer_number, reported_on, organisation_code,
    lag(organisation_code) OVER (PARTITION BY customer_number ORDER BY reported_on) AS previous_organisation_code,
    lag(reported_on) OVER (PARTITION BY customer_number ORDER BY reported_on) AS reported_before
  FROM seen
),
closings AS (
  SELECT organisation_code, valid_from AS closed_on FROM organisation_period WHERE NOT is_open
),
moves AS (
  SELECT
    c.customer_number, c.organisation_code, c.previous_organisation_code,
    CASE
      WHEN c.previous_organisation_code IS NULL THEN DATE '1900-01-01'
      ELSE coalesce(min(p.closed_on), c.reported_on)
    END AS valid_from
  FROM compared AS c
  LEFT JOIN closings AS p
    ON p.organisation_code = c.previous_organisation_code AND p.closed_on > c.reported_before AND p.closed_on <= c.reported_on
  WHERE c.previous_organisation_code IS NULL OR c.previous_organisation_code <> c.organisation_code
  GROUP BY c.customer_number, c.organisation_code, c.previous_organisation_code, c.reported_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  valid_from,
  lead(valid_from) OVER (PARTITION BY customer_number ORDER BY valid_from) AS valid_until,
  organisation_code,
  previous_organisation_code
FROM moves
""",
)
