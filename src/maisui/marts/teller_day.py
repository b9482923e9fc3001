"""What tellers did on each day, weighted by the rate of that day, and the errors they made."""

from maisui.steps.step import Step
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.tables.teller_day import TELLER_DAY

TELLER_DAY_MART = Step(
    name="fill_teller_day",
    writes=TELLER_DAY,
    reads=("teller_journal", "staff_error", "workload_rate_snapshot", "person_number", "calendar_day"),
    query=f"""
WITH {numbers_of("teller")},
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
last_report AS (
  SELECT max(reported_on) AS reported_on FROM workload_rate_snapshot WHERE reported_on <= $reporting_date
),
rates AS (
  SELECT
    r.transaction_code, r.workload_rate, r.valid_from,
    least(
      coalesce(r.valid_until, DATE '9999-12-31'),
      coalesce(lead(r.valid_from) OVER (PARTITION BY r.transaction_code ORDER BY r.valid_from), DATE '9999-12-31')
    ) AS valid_until
  FROM workload_rate_snapshot AS r
  INNER JOIN last_report AS l ON l.reported_on = r.reported_on
),
journal AS (
  SELECT j.organisation_code, j.transaction_code, j.teller_number, j.checker_number, j.authoriser_number, j.handled_on
  FROM teller_journal AS j
  INNER JOIN bounds AS b ON j.handled_on >= b.first_day
  WHERE j.handled_on <= $reporting_date
),
parts AS (
  SELECT
    organisation_code, teller_number, transaction_code, handled_on AS business_date,
    1 AS handled, 0 AS checked, 0 AS authorised, 0 AS error, 0 AS first_class_error
  FROM journal
  UNION ALL
  SELECT
    organisation_code, checker_number AS teller_number, transaction_code, handled_on AS business_date,
    0 AS handled, 1 AS checked, 0 AS authorised, 0 AS error, 0 AS first_class_error
  FROM journal
  WHERE checker_number IS NOT NULL
  UNION ALL
  SELECT
    organisation_code, authoriser_number AS teller_number, transaction_code, handled_on AS business_date,
    0 AS handled, 0 AS checked, 1 AS authorised, 0 AS error, 0 AS first_class_error
  FROM journal
  WHERE authoriser_number IS NOT NULL
  UNION ALL
  SELECT
    e.organisation_code, e.teller_number, coalesce(e.transaction_code, 'none') AS transaction_code, e.occurred_on AS business_date,
    0 AS handled, 0 AS checked, 0 AS authorised, 1 AS error, CASE e.error_class WHEN 'first' THEN 1 ELSE 0 END AS first_class_error
  FROM staff_error AS e
  INNER JOIN bounds AS b ON e.occurred_on >= b.first_day
  WHERE e.occurred_on <= $reporting_date
),
register AS (
  SELECT CAST(date_trunc('month', min(occurred_on)) AS DATE) AS first_day FROM staff_error
),
counted AS (
  SELECT
    organisation_code, teller_number, transaction_code, business_date,
    CAST(sum(handled) AS BIGINT) AS handled_count,
    CAST(sum(checked) AS BIGINT) AS checked_count,
    CAST(sum(authorised) AS BIGINT) AS authorised_count,
    CAST(sum(error) AS BIGINT) AS error_count,
    CAST(sum(first_class_error) AS BIGINT) AS first_class_error_count
  FROM parts
  GROUP BY organisation_code, teller_number, transaction_code, business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.organisation_code,
  c.teller_number,
  coalesce(n.person_number, c.teller_number) AS person_number,
  c.transaction_code,
  c.business_date,
  c.handled_count,
  c.checked_count,
  c.authorised_count,
  CASE WHEN r.transaction_code IS NULL THEN c.handled_count ELSE 0 END AS unrated_count,
  CAST(c.handled_count * coalesce(r.workload_rate, CAST(0 AS DECIMAL(12,6))) AS DECIMAL(12,6)) AS converted_workload,
  c.error_count,
  c.first_class_error_count,
  coalesce(c.business_date >= g.first_day, false) AS is_error_registered
FROM counted AS c
CROSS JOIN register AS g
LEFT JOIN rates AS r
  ON r.transaction_code = c.transaction_code AND c.business_date >= r.valid_from AND c.business_date < r.valid_until
{holder_on("c.teller_number", "c.business_date")}
""",
)
