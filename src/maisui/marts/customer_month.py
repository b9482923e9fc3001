"""What each customer held and did in each month."""

from maisui.steps.step import Step
from maisui.tables.customer_month import CUSTOMER_MONTH

CUSTOMER_MONTH_MART = Step(
    name="fill_customer_month",
    writes=CUSTOMER_MONTH,
    reads=("account_month", "account_transaction", "reversal", "customer", "customer_home_period", "calendar_day"),
    query="""
WITH days AS (
  SELECT month_start, max(business_date) AS last_on FROM calendar_day GROUP BY month_start
),
held AS (
  SELECT
    customer_number, month_start,
    CAST(coalesce(sum(closing_balance) FILTER (WHERE account_kind = 'deposit'), 0) AS DECIMAL(38,2)) AS deposit_balance,
    CAST(coalesce(sum(average_daily_balance) FILTER (WHERE account_kind = 'deposit'), 0) AS DECIMAL(38,2))
      AS deposit_average_daily_balance,
    CAST(coalesce(sum(closing_balance) FILTER (WHERE account_kind = 'loan'), 0) AS DECIMAL(38,2)) AS loan_balance,
    CAST(coalesce(sum(average_daily_balance) FILTER (WHERE account_kind = 'loan'), 0) AS DECIMAL(38,2))
      AS loan_average_daily_balance
  FROM account_month
  GROUP BY customer_number, month_start
),
moved AS (
  SELECT
    t.customer_number, CAST(date_trunc('month', t.posted_on) AS DATE) AS month_start,
    CAST(sum(coalesce(r.counts_as, 1)) AS BIGINT) AS transaction_count
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE NOT t.is_bank_initiated AND t.account_kind = 'deposit'
  GROUP BY t.customer_number, CAST(date_trunc('month', t.posted_on) AS DATE)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  h.customer_number,
  h.month_start,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  coalesce(p.organisation_code, c.home_organisation_code, 'none') AS home_organisation_code,
  h.deposit_balance,
  h.deposit_average_daily_balance,
  h.loan_balance,
  h.loan_average_daily_balance,
  coalesce(m.transaction_count, 0) AS transaction_count
FROM held AS h
INNER JOIN days AS d ON d.month_start = h.month_start
LEFT JOIN moved AS m ON m.customer_number = h.customer_number AND m.month_start = h.month_start
LEFT JOIN customer AS c ON c.customer_number = h.customer_number
LEFT JOIN customer_home_period AS p
  ON p.customer_number = h.customer_number
  AND d.last_on >= p.valid_from AND (p.valid_until IS NULL OR d.last_on < p.valid_until)
""",
)
