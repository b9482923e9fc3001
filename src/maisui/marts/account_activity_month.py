"""How often each account was used through which channel in each month, and what that cost by unit costs."""

from maisui.steps.step import Step
from maisui.tables.account_activity_month import ACCOUNT_ACTIVITY_MONTH

ACCOUNT_ACTIVITY_MONTH_MART = Step(
    name="fill_account_activity_month",
    writes=ACCOUNT_ACTIVITY_MONTH,
    reads=("account_month", "account", "account_transaction", "reversal", "unit_cost", "calendar_day"),
    query="""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  WHERE business_date >= $needed_from
  GROUP BY month_start
),
costs AS (
  SELECT m.month_start, u.cost_unit_kind, u.channel_code, u.cost_item_code, u.unit_cost_amount
  FROM months AS m
  INNER JOIN unit_cost AS u ON u.effective_from <= m.business_date
  QUALIFY row_number() OVER (
    PARTITION BY m.month_start, u.cost_item_code, u.channel_code ORDER BY u.effective_from DESC
  ) = 1
),
by_channel AS (
  SELECT month_start, channel_code, CAST(sum(unit_cost_amount) AS DECIMAL(18,2)) AS unit_cost_amount
  FROM costs
  WHERE cost_unit_kind = 'transaction'
  GROUP BY month_start, channel_code
),
of_accounts AS (
  SELECT
    c.month_start, k.account_kind, c.cost_unit_kind,
    CASE
      WHEN c.cost_item_code IN ('deposit_account', 'loan_account', 'credit_card_account') AND c.cost_item_code <> k.item_code
        THEN CAST(0 AS DECIMAL(18,2))
      ELSE c.unit_cost_amount
    END AS unit_cost_amount
  FROM costs AS c
  CROSS JOIN (SELECT DISTINCT account_kind, concat(account_kind, '_account') AS item_code FROM account) AS k
),
by_account AS (
  SELECT
    month_start, account_kind,
    CAST(coalesce(sum(unit_cost_amount) FILTER (WHERE cost_unit_kind = 'account_month'), 0) AS DECIMAL(18,2)) AS keeping_amount,
    CAST(coalesce(sum(unit_cost_amount) FILTER (WHERE cost_unit_kind = 'account'), 0) AS DECIMAL(18,2)) AS opening_amount
  FROM of_accounts
  GROUP BY month_start, account_kind
),
used AS (
  SELECT
    t.account_number, t.currency, t.channel_code, CAST(date_trunc('month', t.posted_on) AS DATE) AS month_start,
    CAST(sum(coalesce(r.counts_as, 1)) AS BIGINT) AS activity_count
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.posted_on >= $needed_from
  GROUP BY t.account_number, t.currency, t.channel_code, CAST(date_trunc('month', t.posted_on) AS DATE)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  u.account_number,
  u.currency,
  u.channel_code,
  m.business_date,
  u.activity_count,
  CAST(u.activity_count * (
    coalesce(c.unit_cost_amount, CAST(0 AS DECIMAL(18,2))) + coalesce(e.unit_cost_amount, CAST(0 AS DECIMAL(18,2)))
  ) AS DECIMAL(18,2)) AS cost_amount
FROM used AS u
INNER JOIN months AS m ON m.month_start = u.month_start
LEFT JOIN by_channel AS c ON c.month_start = u.month_start AND c.channel_code = u.channel_code
LEFT JOIN by_channel AS e ON e.month_start = u.month_start AND e.channel_code = 'all'
WHERE u.channel_code <> 'none'
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  h.account_number,
  h.currency,
  'none' AS channel_code,
  m.business_date,
  coalesce(u.activity_count, CAST(0 AS BIGINT)) AS activity_count,
  CAST(
    CASE WHEN a.closed_on IS NULL OR a.closed_on >= h.month_start THEN b.keeping_amount ELSE CAST(0 AS DECIMAL(18,2)) END
    + CASE WHEN a.opened_on >= h.month_start AND a.opened_on <= m.business_date THEN b.opening_amount ELSE CAST(0 AS DECIMAL(18,2)) END
    + coalesce(CAST(u.activity_count * e.unit_cost_amount AS DECIMAL(18,2)), CAST(0 AS DECIMAL(18,2)))
    AS DECIMAL(18,2)
  ) AS cost_amount
FROM account_month AS h
INNER JOIN months AS m ON m.month_start = h.month_start
INNER JOIN by_account AS b ON b.month_start = h.month_start AND b.account_kind = h.account_kind
INNER JOIN account AS a ON a.account_number = h.account_number AND a.currency = h.currency
LEFT JOIN used AS u
  ON u.account_number = h.account_number AND u.currency = h.currency AND u.month_start = h.month_start AND u.channel_code = 'none'
LEFT JOIN by_channel AS e ON e.month_start = h.month_start AND e.channel_code = 'all'
""",
)
