"""Which deposit accounts lie dormant at the ends of months: by the owner's last movement, interest and batches apart."""

from maisui.steps.step import Step
from maisui.tables.dormant_account_day import DORMANT_ACCOUNT_DAY

DORMANT_ACCOUNT_DAY_MART = Step(
    name="fill_dormant_account_day",
    writes=DORMANT_ACCOUNT_DAY,
    reads=("account", "account_month", "account_snapshot", "account_transaction", "reversal", "parameter", "calendar_day"),
    query="""
WITH days AS (
  SELECT month_start, max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
limits AS (
  SELECT
    d.month_start,
    max(CASE WHEN p.parameter_code = 'dormant_personal_days' THEN CAST(p.number_value AS BIGINT) END) AS personal_days,
    max(CASE WHEN p.parameter_code = 'dormant_personal_balance' THEN CAST(p.number_value AS DECIMAL(18,2)) END) AS personal_balance,
    max(CASE WHEN p.parameter_code = 'dormant_corporate_days' THEN CAST(p.number_value AS BIGINT) END) AS corporate_days
  FROM days AS d
  INNER JOIN parameter AS p ON p.valid_from <= d.business_date AND (p.valid_until IS NULL OR p.valid_until > d.business_date)
  GROUP BY d.month_start
),
moved AS (
  SELECT t.account_number, t.currency, CAST(date_trunc('month', t.posted_on) AS DATE) AS month_start, max(t.posted_on) AS active_on
  FROM account_transaction AS t
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number AND r.currency = t.currency AND r.transaction_number = t.transaction_number
  WHERE t.account_kind = 'deposit' AND NOT t.is_bank_initiated AND coalesce(r.counts_as, 1) > 0
  GROUP BY t.account_number, t.currency, CAST(date_trunc('month', t.posted_on) AS DATE)
),
covered AS (
  SELECT coalesce(min(posted_on), DATE '9999-12-31') AS first_on FROM account_transaction WHERE account_kind = 'deposit'
),
told AS (
  SELECT s.account_number, s.currency, CAST(date_trunc('month', s.reported_on) AS DATE) AS month_start, max(s.last_active_on) AS active_on
  FROM account_snapshot AS s
  INNER JOIN covered AS c ON s.last_active_on < c.first_on
  WHERE s.account_kind = 'deposit' AND s.reported_on <= $reporting_date AND s.last_active_on <= s.reported_on
  GROUP BY s.account_number, s.currency, CAST(date_trunc('month', s.reported_on) AS DATE)
),
events AS (
  SELECT account_number, currency, month_start, active_on FROM moved
  UNION ALL
  SELECT account_number, currency, month_start, active_on FROM told
  UNION ALL
  SELECT account_number, currency, month_start, CAST(NULL AS DATE) AS active_on FROM account_month WHERE account_kind = 'deposit'
),
active AS (
  SELECT account_number, currency, month_start, max(active_on) AS active_on
  FROM events
  GROUP BY account_number, currency, month_start
),
lasting AS (
  SELECT
    account_number, currency, month_start,
    max(active_on) OVER (
      PARTITION BY account_number, currency ORDER BY month_start ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS active_on
  FROM active
),
traced AS (
  SELECT m.account_number, m.currency, m.month_start, m.organisation_code, m.product_group, m.closing_balance, v.active_on
  FROM account_month AS m
  INNER JOIN lasting AS v ON v.account_number = m.account_number AND v.currency = m.currency AND v.month_start = m.month_start
  WHERE m.account_kind = 'deposit'
),
judged AS (
  SELECT
    t.organisation_code, a.customer_kind, t.product_group, t.currency, d.business_date, t.closing_balance,
    CASE
      WHEN a.customer_kind = 'corporate'
        THEN date_diff('day', coalesce(t.active_on, a.opened_on), d.business_date) > l.corporate_days
      ELSE date_diff('day', coalesce(t.active_on, a.opened_on), d.business_date) > l.personal_days
        AND t.closing_balance <= l.personal_balance
    END AS is_dormant
  FROM traced AS t
  INNER JOIN account AS a ON a.account_number = t.account_number AND a.currency = t.currency
  INNER JOIN days AS d ON d.month_start = t.month_start
  INNER JOIN limits AS l ON l.month_start = t.month_start
  WHERE a.opened_on <= d.business_date AND (a.closed_on IS NULL OR a.closed_on > d.business_date)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  product_group,
  currency,
  business_date,
  count(*) AS account_count,
  count(*) FILTER (WHERE is_dormant) AS dormant_account_count,
  CAST(coalesce(sum(closing_balance) FILTER (WHERE is_dormant), 0) AS DECIMAL(38,2)) AS dormant_balance
FROM judged
GROUP BY organisation_code, customer_kind, product_group, currency, business_date
""",
)
