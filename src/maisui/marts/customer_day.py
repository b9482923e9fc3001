"""How many customers each home outlet has on each day; each counts once."""

from maisui.steps.step import Step
from maisui.tables.customer_day import CUSTOMER_DAY

CUSTOMER_DAY_MART = Step(
    name="fill_customer_day",
    writes=CUSTOMER_DAY,
    reads=("customer_relation", "customer", "calendar_day"),
    query="""
WITH bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
relations AS (
  SELECT
    coalesce(c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind,
    r.relation, r.valid_from, r.valid_until, r.is_first
  FROM customer_relation AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
),
changes AS (
  SELECT
    organisation_code, customer_kind, relation, valid_from AS business_date, 1 AS change,
    CASE WHEN is_first AND relation = 'holder' THEN 1 ELSE 0 END AS new_count, 0 AS lost_count
  FROM relations
  UNION ALL
  SELECT
    organisation_code, customer_kind, relation, valid_until AS business_date, -1 AS change,
    0 AS new_count, CASE WHEN relation = 'holder' THEN 1 ELSE 0 END AS lost_count
  FROM relations
  WHERE valid_until IS NOT NULL
),
daily AS (
  SELECT
    c.organisation_code, c.customer_kind, greatest(c.business_date, b.first_day) AS business_date,
    CAST(coalesce(sum(c.change) FILTER (WHERE c.relation = 'holder'), 0) AS BIGINT) AS customer_change,
    CAST(coalesce(sum(c.change) FILTER (WHERE c.relation = 'depositor'), 0) AS BIGINT) AS depositor_change,
    CAST(coalesce(sum(c.change) FILTER (WHERE c.relation = 'borrower'), 0) AS BIGINT) AS borrower_change,
    CAST(coalesce(sum(c.new_count) FILTER (WHERE c.business_date >= b.first_day), 0) AS BIGINT) AS new_count,
    CAST(coalesce(sum(c.lost_count) FILTER (WHERE c.business_date >= b.first_day), 0) AS BIGINT) AS lost_count
  FROM changes AS c, bounds AS b
  WHERE c.business_date <= $reporting_date
  GROUP BY c.organisation_code, c.customer_kind, greatest(c.business_date, b.first_day)
),
groups AS (
  SELECT organisation_code, customer_kind, min(business_date) AS first_on
  FROM daily
  GROUP BY organisation_code, customer_kind
),
spine AS (
  SELECT g.organisation_code, g.customer_kind, c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c ON c.business_date >= g.first_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.organisation_code,
  s.customer_kind,
  s.business_date,
  CAST(sum(coalesce(d.customer_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) AS customer_count,
  CAST(sum(coalesce(d.depositor_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) AS depositor_count,
  CAST(sum(coalesce(d.borrower_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) AS borrower_count,
  coalesce(d.new_count, 0) AS new_customer_count,
  coalesce(d.lost_count, 0) AS lost_customer_count
FROM spine AS s
LEFT JOIN daily AS d
  ON d.organisation_code = s.organisation_code AND d.customer_kind = s.customer_kind AND d.business_date = s.business_date
""",
)
