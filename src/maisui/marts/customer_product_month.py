"""In which product groups each person has something open at the end of each month, under whichever of his merged numbers."""

from maisui.steps.persons_sql import PERSONS
from maisui.steps.step import Step
from maisui.tables.customer_product_month import CUSTOMER_PRODUCT_MONTH

CUSTOMER_PRODUCT_MONTH_MART = Step(
    name="fill_customer_product_month",
    writes=CUSTOMER_PRODUCT_MONTH,
    reads=("account", "card", "asset_holding", "customer_merge", "calendar_day"),
    query=f"""
WITH days AS (
  SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
{PERSONS},
open_spans AS (
  SELECT customer_number, product_line, product_group, opened_on AS valid_from, closed_on AS valid_until
  FROM account
  UNION ALL
  SELECT
    customer_number, 'card' AS product_line, CASE card_kind WHEN 'credit' THEN 'credit_card' ELSE 'debit_card' END AS product_group,
    coalesce(issued_on, DATE '1900-01-01') AS valid_from, closed_on AS valid_until
  FROM card
  WHERE card_kind <> 'passbook' AND customer_number IS NOT NULL
  UNION ALL
  SELECT customer_number, product_line, product_group, valid_from, valid_until
  FROM asset_holding
)
SELECT DISTINCT
  $legal_entity_code AS legal_entity_code,
  coalesce(p.surviving_number, s.customer_number) AS customer_number,
  d.business_date,
  s.product_line,
  s.product_group
FROM open_spans AS s
INNER JOIN days AS d ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
LEFT JOIN persons AS p ON p.customer_number = s.customer_number AND p.business_date = d.business_date
WHERE s.customer_number <> 'none'
""",
)
