"""Accounts opened and closed in each month by outlet and product: their balance, rate, and whether they ended before they fell due."""

from maisui.steps.portable import div_half_up
from maisui.steps.step import Step
from maisui.tables.product_account_month import PRODUCT_ACCOUNT_MONTH

_YEARLY = div_half_up("CAST(CAST(h.closing_balance AS DECIMAL(20,2)) * r.interest_rate AS DECIMAL(38,8))", "1", numerator_scale=8)

PRODUCT_ACCOUNT_MONTH_MART = Step(
    name="fill_product_account_month",
    writes=PRODUCT_ACCOUNT_MONTH,
    reads=("account", "account_month", "account_rate_period", "deposit_term", "loan", "calendar_day"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
terms AS (
  SELECT account_number, currency, coalesce(value_on, first_reported_on) AS runs_from, matures_on FROM deposit_term
  UNION ALL
  SELECT account_number, currency, disbursed_on AS runs_from, matures_on FROM loan
),
broken AS (
  SELECT DISTINCT a.account_number, a.currency
  FROM account AS a
  INNER JOIN terms AS t
    ON t.account_number = a.account_number AND t.currency = a.currency AND t.runs_from <= a.closed_on AND t.matures_on > a.closed_on
  WHERE NOT a.is_vanished
),
touched AS (
  SELECT
    h.organisation_code, h.product_code, h.product_group, a.product_line, a.customer_kind, a.currency, m.business_date,
    CASE WHEN a.opened_on >= m.month_start AND a.opened_on <= m.business_date THEN 1 ELSE 0 END AS is_opened,
    CASE WHEN a.closed_on >= m.month_start AND a.closed_on <= m.business_date THEN 1 ELSE 0 END AS is_closed,
    CASE WHEN b.account_number IS NOT NULL THEN 1 ELSE 0 END AS is_broken,
    h.closing_balance,
    r.interest_rate,
    {_YEARLY} AS yearly_interest_amount
  FROM account AS a
  INNER JOIN account_month AS h ON h.account_number = a.account_number AND h.currency = a.currency
  INNER JOIN months AS m ON m.month_start = h.month_start
  LEFT JOIN broken AS b ON b.account_number = a.account_number AND b.currency = a.currency
  LEFT JOIN account_rate_period AS r
    ON r.account_number = a.account_number AND r.currency = a.currency
    AND r.valid_from <= m.business_date AND (r.valid_until IS NULL OR r.valid_until > m.business_date)
  WHERE (a.opened_on >= m.month_start AND a.opened_on <= m.business_date)
    OR (a.closed_on >= m.month_start AND a.closed_on <= m.business_date)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  product_code,
  product_group,
  min(product_line) AS product_line,
  customer_kind,
  currency,
  business_date,
  CAST(sum(is_opened) AS BIGINT) AS opened_count,
  CAST(sum(CASE WHEN is_opened = 1 THEN closing_balance ELSE CAST(0 AS DECIMAL(18,2)) END) AS DECIMAL(38,2)) AS opened_balance,
  CAST(sum(
    CASE WHEN is_opened = 1 AND interest_rate IS NOT NULL THEN closing_balance ELSE CAST(0 AS DECIMAL(18,2)) END
  ) AS DECIMAL(38,2)) AS rated_balance,
  CAST(sum(
    CASE WHEN is_opened = 1 AND interest_rate IS NOT NULL THEN yearly_interest_amount ELSE CAST(0 AS DECIMAL(18,2)) END
  ) AS DECIMAL(38,2)) AS yearly_interest_amount,
  CAST(sum(is_closed) AS BIGINT) AS closed_count,
  CAST(sum(is_closed * is_broken) AS BIGINT) AS early_closed_count
FROM touched
GROUP BY organisation_code, product_code, product_group, customer_kind, currency, business_date
""",
)
