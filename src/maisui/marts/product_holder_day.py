"""How many of an outlet's customers hold each product group at the ends of months."""

from maisui.steps.step import Step
from maisui.tables.product_holder_day import PRODUCT_HOLDER_DAY

PRODUCT_HOLDER_DAY_MART = Step(
    name="fill_product_holder_day",
    writes=PRODUCT_HOLDER_DAY,
    reads=("customer_standing", "customer_product_month"),
    query="""
WITH customers AS (
  SELECT organisation_code, customer_kind, business_date, count(*) AS customer_count
  FROM customer_standing
  GROUP BY organisation_code, customer_kind, business_date
),
holders AS (
  SELECT s.organisation_code, s.customer_kind, p.product_line, p.product_group, p.business_date, count(*) AS holder_count
  FROM customer_product_month AS p
  INNER JOIN customer_standing AS s ON s.customer_number = p.customer_number AND s.business_date = p.business_date
  GROUP BY s.organisation_code, s.customer_kind, p.product_line, p.product_group, p.business_date
),
offered AS (
  SELECT DISTINCT customer_kind, product_line, product_group, business_date FROM holders
)
SELECT
  $legal_entity_code AS legal_entity_code,
  c.organisation_code,
  c.customer_kind,
  o.product_line,
  o.product_group,
  c.business_date,
  coalesce(h.holder_count, 0) AS holder_count,
  c.customer_count AS target_customer_count
FROM customers AS c
INNER JOIN offered AS o ON o.customer_kind = c.customer_kind AND o.business_date = c.business_date
LEFT JOIN holders AS h
  ON h.organisation_code = c.organisation_code AND h.customer_kind = c.customer_kind
  AND h.product_group = o.product_group AND h.business_date = c.business_date
""",
)
