"""What was moved on the accounts of each product through each channel in each month, as `channel_day` counts it."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.product_activity_month import PRODUCT_ACTIVITY_MONTH

_AMOUNT = in_local_currency("t.amount", "x")

PRODUCT_ACTIVITY_MONTH_MART = Step(
    name="fill_product_activity_month",
    writes=PRODUCT_ACTIVITY_MONTH,
    reads=("account_transaction", "account", "reversal", "calendar_day", "local_rate"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date FROM calendar_day WHERE business_date >= $needed_from GROUP BY month_start
),
by_account AS (
  SELECT
    t.account_number, t.currency, t.holding_organisation_code, t.channel_code, m.business_date,
    CAST(sum(coalesce(r.counts_as, 1)) AS BIGINT) AS transaction_count,
    CAST(sum(CASE coalesce(r.counts_as, 1) WHEN 1 THEN {_AMOUNT} WHEN -1 THEN -{_AMOUNT} ELSE CAST(0 AS DECIMAL(18,2)) END)
      AS DECIMAL(38,2)) AS transaction_amount
  FROM account_transaction AS t
  INNER JOIN months AS m ON m.month_start = CAST(date_trunc('month', t.posted_on) AS DATE)
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  {rate_of_day("t", "t.posted_on", "x")}
  WHERE NOT t.is_bank_initiated AND t.posted_on >= $needed_from AND t.posted_on <= $reporting_date
  GROUP BY t.account_number, t.currency, t.holding_organisation_code, t.channel_code, m.business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  b.holding_organisation_code AS organisation_code,
  coalesce(a.product_code, 'none') AS product_code,
  coalesce(a.product_group, 'unmapped') AS product_group,
  min(coalesce(a.product_line, 'unmapped')) AS product_line,
  coalesce(a.customer_kind, 'unknown') AS customer_kind,
  b.channel_code,
  b.currency,
  b.business_date,
  CAST(sum(b.transaction_count) AS BIGINT) AS transaction_count,
  CAST(sum(b.transaction_amount) AS DECIMAL(38,2)) AS transaction_amount
FROM by_account AS b
LEFT JOIN account AS a ON a.account_number = b.account_number AND a.currency = b.currency
GROUP BY
  b.holding_organisation_code, coalesce(a.product_code, 'none'), coalesce(a.product_group, 'unmapped'),
  coalesce(a.customer_kind, 'unknown'), b.channel_code, b.currency, b.business_date
""",
)
