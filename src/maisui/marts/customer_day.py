"""How many customers each home outlet has on each day; each counts once."""

from maisui.steps.step import Step
from maisui.tables.customer_day import CUSTOMER_DAY

CUSTOMER_DAY_MART = Step(
    name="fill_customer_day",
    writes=CUSTOMER_DAY,
    reads=("customer_relation", "customer", "customer_home_period", "customer_merge", "calendar_day"),
    query="""
WITH bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
relations AS (
  SELECT
    r.customer_number, coalesce(c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind,
    r.relation, r.valid_from, r.valid_until, r.is_first
  FROM customer_relation AS r
  LEFT JOIN customer AS c ON c.customer_number = r.customer_number
),
dated AS (
  SELECT
    customer_number, organisation_code, customer_kind, relation, valid_from AS business_date, 1 AS change,
    CASE WHEN is_first AND relation = 'holder' THEN 1 ELSE 0 END AS new_count, 0 AS lost_count
  FROM relations
  UNION ALL
  SELECT
    customer_number, organisation_code, customer_kind, relation, valid_until AS business_date, -1 AS change,
    0 AS new_count, CASE WHEN relation = 'holder' THEN 1 ELSE 0 END AS lost_count
  FROM relations
  WHERE valid_until IS NOT NULL
),
taken_along AS (
  SELECT h.organisation_code, h.previous_organisation_code, r.customer_kind, r.relation, h.valid_from AS business_date
  FROM customer_home_period AS h
  INNER JOIN relations AS r
    ON r.customer_number = h.customer_number
    AND r.valid_from < h.valid_from AND (r.valid_until IS NULL OR r.valid_until >= h.valid_from)
  WHERE h.previous_organisation_code IS NOT NULL
),
changes AS (
  SELECT
    coalesce(h.organisation_code, d.organisation_code) AS organisation_code, d.customer_kind, d.relation, d.business_date,
    d.change, d.new_count, d.lost_count
  FROM dated AS d
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = d.customer_number
    AND d.business_date >= h.valid_from AND (h.valid_until IS NULL OR d.business_date < h.valid_until)
  UNION ALL
  SELECT organisation_code, customer_kind, relation, business_date, 1 AS change, 0 AS new_count, 0 AS lost_count
  FROM taken_along
  UNION ALL
  SELECT
    previous_organisation_code AS organisation_code, customer_kind, relation, business_date, -1 AS change, 0 AS new_count,
    0 AS lost_count
  FROM taken_along
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
merged AS (
  SELECT customer_number, surviving_number, valid_from, valid_until FROM customer_merge
  UNION ALL
  SELECT surviving_number AS customer_number, surviving_number, min(valid_from) AS valid_from, CAST(NULL AS DATE) AS valid_until
  FROM customer_merge
  GROUP BY surviving_number
),
held_twice AS (
  SELECT
    r.customer_number, coalesce(h.organisation_code, r.organisation_code) AS organisation_code, r.customer_kind, r.relation,
    c.business_date
  FROM merged AS m
  INNER JOIN relations AS r ON r.customer_number = m.customer_number
  INNER JOIN calendar_day AS c
    ON c.business_date >= greatest(m.valid_from, r.valid_from)
    AND (m.valid_until IS NULL OR c.business_date < m.valid_until) AND (r.valid_until IS NULL OR c.business_date < r.valid_until)
  LEFT JOIN customer_home_period AS h
    ON h.customer_number = r.customer_number
    AND c.business_date >= h.valid_from AND (h.valid_until IS NULL OR c.business_date < h.valid_until)
  QUALIFY row_number() OVER (
    PARTITION BY m.surviving_number, r.relation, c.business_date
    ORDER BY CASE WHEN r.customer_number = m.surviving_number THEN 0 ELSE 1 END, r.customer_number
  ) > 1
),
repeated AS (
  SELECT
    organisation_code, customer_kind, business_date,
    count(*) FILTER (WHERE relation = 'holder') AS repeated_count,
    count(*) FILTER (WHERE relation = 'depositor') AS repeated_depositor_count,
    count(*) FILTER (WHERE relation = 'borrower') AS repeated_borrower_count
  FROM held_twice
  GROUP BY organisation_code, customer_kind, business_date
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
  CAST(sum(coalesce(d.customer_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) - coalesce(t.repeated_count, 0) AS person_count,
  CAST(sum(coalesce(d.depositor_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) - coalesce(t.repeated_depositor_count, 0) AS depositor_count,
  CAST(sum(coalesce(d.borrower_change, 0)) OVER (
    PARTITION BY s.organisation_code, s.customer_kind ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS BIGINT) - coalesce(t.repeated_borrower_count, 0) AS borrower_count,
  coalesce(d.new_count, 0) AS new_customer_count,
  coalesce(d.lost_count, 0) AS lost_customer_count
FROM spine AS s
LEFT JOIN repeated AS t
  ON t.organisation_code = s.organisation_code AND t.customer_kind = s.customer_kind AND t.business_date = s.business_date
LEFT JOIN daily AS d
  ON d.organisation_code = s.organisation_code AND d.customer_kind = s.customer_kind AND d.business_date = s.business_date
""",
)
