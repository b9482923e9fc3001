"""What customers have with and through the bank on each day: deposits and holdings at market value."""

from maisui.steps.step import Step
from maisui.tables.asset_day import ASSET_DAY

ASSET_DAY_MART = Step(
    name="fill_asset_day",
    writes=ASSET_DAY,
    reads=("product_day", "asset_holding", "customer", "customer_home_period", "calendar_day"),
    query="""
WITH homed AS (
  SELECT
    coalesce(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    coalesce(c.customer_kind, 'unknown') AS customer_kind, h.product_group, h.product_line, h.currency,
    CASE WHEN p.valid_from > h.valid_from THEN p.valid_from ELSE h.valid_from END AS valid_from,
    CASE WHEN h.valid_until IS NULL OR p.valid_until < h.valid_until THEN p.valid_until ELSE h.valid_until END AS valid_until,
    h.market_amount
  FROM asset_holding AS h
  LEFT JOIN customer AS c ON c.customer_number = h.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = h.customer_number
    AND (h.valid_until IS NULL OR p.valid_from < h.valid_until) AND (p.valid_until IS NULL OR p.valid_until > h.valid_from)
),
held AS (
  SELECT
    organisation_code, customer_kind, product_group, product_line, currency, valid_from, valid_until,
    CAST(sum(market_amount) AS DECIMAL(38,2)) AS balance
  FROM homed
  GROUP BY organisation_code, customer_kind, product_group, product_line, currency, valid_from, valid_until
),
first_held AS (
  SELECT min(valid_from) AS first_on FROM held
),
every AS (
  SELECT
    p.organisation_code, p.customer_kind, 'deposit' AS asset_kind, p.product_group, p.product_line, p.currency, p.business_date, p.balance
  FROM product_day AS p
  INNER JOIN first_held AS f ON p.business_date >= f.first_on
  WHERE p.account_kind = 'deposit' AND p.balance IS NOT NULL
  UNION ALL
  SELECT
    h.organisation_code, h.customer_kind, 'holding' AS asset_kind, h.product_group, h.product_line, h.currency, d.business_date,
    h.balance
  FROM held AS h
  INNER JOIN calendar_day AS d ON d.business_date >= h.valid_from AND (h.valid_until IS NULL OR d.business_date < h.valid_until)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  asset_kind,
  product_group,
  product_line,
  currency,
  business_date,
  CAST(sum(balance) AS DECIMAL(38,2)) AS balance
FROM every
GROUP BY organisation_code, customer_kind, asset_kind, product_group, product_line, currency, business_date
""",
)
