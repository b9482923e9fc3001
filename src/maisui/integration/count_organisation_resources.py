"""How many open outlets and people on duty each organisation had on each day, by the last report; a person counts once.

An outlet that closed between two reports counts until the day of closing.
"""

from maisui.steps.step import Step
from maisui.tables.organisation_day import ORGANISATION_DAY

COUNT_ORGANISATION_RESOURCES = Step(
    name="count_organisation_resources",
    writes=ORGANISATION_DAY,
    reads=("organisation_snapshot", "organisation_period", "employee_snapshot", "person_number", "calendar_day"),
    query="""
WITH outlet_reports AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM organisation_snapshot) AS d
),
employee_reports AS (
  SELECT reported_on, lead(reported_on) OVER (ORDER BY reported_on) AS next_on
  FROM (SELECT DISTINCT reported_on FROM employee_snapshot) AS d
),
outlets AS (
  SELECT
    reported_on, organisation_code,
    count(*) FILTER (WHERE organisation_kind = 'outlet' AND is_open) AS outlet_count
  FROM organisation_snapshot
  GROUP BY reported_on, organisation_code
),
persons AS (
  SELECT e.reported_on, e.organisation_code, e.is_on_duty
  FROM employee_snapshot AS e
  LEFT JOIN person_number AS n ON n.number_kind = 'employee' AND n.worker_number = e.employee_number
  QUALIFY row_number() OVER (
    PARTITION BY e.reported_on, coalesce(n.person_number, e.employee_number) ORDER BY e.is_on_duty DESC, e.employee_number
  ) = 1
),
employees AS (
  SELECT reported_on, organisation_code, count(*) FILTER (WHERE is_on_duty) AS employee_count
  FROM persons
  GROUP BY reported_on, organisation_code
),
counted AS (
  SELECT
    o.organisation_code, c.business_date, CASE WHEN p.organisation_code IS NULL THEN o.outlet_count ELSE 0 END AS outlet_count,
    CAST(0 AS BIGINT) AS employee_count
  FROM outlets AS o
  INNER JOIN outlet_reports AS r ON r.reported_on = o.reported_on
  INNER JOIN calendar_day AS c
    ON c.business_date >= r.reported_on AND (r.next_on IS NULL OR c.business_date < r.next_on)
  LEFT JOIN organisation_period AS p
    ON p.organisation_code = o.organisation_code AND NOT p.is_open
    AND c.business_date >= p.valid_from AND (p.valid_until IS NULL OR c.business_date < p.valid_until)
  UNION ALL
  SELECT e.organisation_code, c.business_date, CAST(0 AS BIGINT) AS outlet_count, e.employee_count
  FROM employees AS e
  INNER JOIN employee_reports AS r ON r.reported_on = e.reported_on
  INNER JOIN calendar_day AS c
    ON c.business_date >= r.reported_on AND (r.next_on IS NULL OR c.business_date < r.next_on)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  business_date,
  CAST(sum(outlet_count) AS BIGINT) AS outlet_count,
  CAST(sum(employee_count) AS BIGINT) AS employee_count
FROM counted
GROUP BY organisation_code, business_date
""",
)
