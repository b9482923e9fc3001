"""Who holds two product groups at once, and who took up one after the other within twelve months, by home outlet."""

from maisui.steps.step import Step
from maisui.tables.product_pair_day import PRODUCT_PAIR_DAY

PRODUCT_PAIR_DAY_MART = Step(
    name="fill_product_pair_day",
    writes=PRODUCT_PAIR_DAY,
    reads=("customer_product_month", "customer_standing", "customer_merge", "calendar_day"),
    query="""
WITH days AS (
  SELECT CAST(year(month_start) * 12 + month(month_start) AS BIGINT) AS month_number, max(business_date) AS business_date
  FROM calendar_day
  GROUP BY month_start
),
today AS (
  SELECT month_number, business_date FROM days WHERE business_date = (SELECT max(business_date) FROM calendar_day)
),
year_before AS (
  SELECT d.business_date FROM days AS d INNER JOIN today AS t ON d.month_number = t.month_number - 12
),
persons AS (
  SELECT m.customer_number, m.surviving_number
  FROM customer_merge AS m
  INNER JOIN today AS t ON t.business_date >= m.valid_from AND (m.valid_until IS NULL OR t.business_date < m.valid_until)
),
base AS (
  SELECT s.customer_number, s.organisation_code, s.customer_kind
  FROM customer_standing AS s
  INNER JOIN today AS t ON t.business_date = s.business_date
),
said AS (
  SELECT p.customer_number, p.product_group, 1 AS is_now, 0 AS was_then
  FROM customer_product_month AS p
  INNER JOIN today AS t ON t.business_date = p.business_date
  UNION ALL
  SELECT customer_number, 'all' AS product_group, 1 AS is_now, 0 AS was_then
  FROM base
  UNION ALL
  SELECT coalesce(m.surviving_number, p.customer_number) AS customer_number, p.product_group, 0 AS is_now, 1 AS was_then
  FROM customer_product_month AS p
  INNER JOIN year_before AS y ON y.business_date = p.business_date
  LEFT JOIN persons AS m ON m.customer_number = p.customer_number
  UNION ALL
  SELECT coalesce(m.surviving_number, s.customer_number) AS customer_number, 'all' AS product_group, 0 AS is_now, 1 AS was_then
  FROM customer_standing AS s
  INNER JOIN year_before AS y ON y.business_date = s.business_date
  LEFT JOIN persons AS m ON m.customer_number = s.customer_number
),
held AS (
  SELECT s.customer_number, b.organisation_code, b.customer_kind, s.product_group, max(s.is_now) AS is_now, max(s.was_then) AS was_then
  FROM said AS s
  INNER JOIN base AS b ON b.customer_number = s.customer_number
  GROUP BY s.customer_number, b.organisation_code, b.customer_kind, s.product_group
),
offered AS (
  SELECT DISTINCT product_group FROM held
),
pairs AS (
  SELECT
    h.organisation_code, h.customer_kind, h.product_group, g.product_group AS other_product_group,
    CASE WHEN h.is_now = 1 AND o.is_now = 1 THEN 1 ELSE 0 END AS holds_both,
    CASE WHEN h.was_then = 1 AND coalesce(o.was_then, 0) = 0 THEN 1 ELSE 0 END AS held_first,
    CASE WHEN h.was_then = 1 AND coalesce(o.was_then, 0) = 0 AND o.is_now = 1 THEN 1 ELSE 0 END AS took_up,
    CASE WHEN h.was_then = 1 AND coalesce(o.was_then, 0) = 0 AND o.is_now = 1 AND h.is_now = 0 THEN 1 ELSE 0 END AS switched
  FROM held AS h
  CROSS JOIN offered AS g
  LEFT JOIN held AS o ON o.customer_number = h.customer_number AND o.product_group = g.product_group
)
SELECT
  $legal_entity_code AS legal_entity_code,
  p.organisation_code,
  p.customer_kind,
  p.product_group,
  p.other_product_group,
  t.business_date,
  CAST(sum(p.holds_both) AS BIGINT) AS holder_count,
  CAST(sum(p.held_first) AS BIGINT) AS earlier_holder_count,
  CAST(sum(p.took_up) AS BIGINT) AS taken_up_count,
  CAST(sum(p.switched) AS BIGINT) AS switched_count
FROM pairs AS p
CROSS JOIN today AS t
GROUP BY p.organisation_code, p.customer_kind, p.product_group, p.other_product_group, t.business_date
HAVING sum(p.holds_both) + sum(p.held_first) > 0
""",
)
